"""What is known of each value that a template prints: which of the names it was given it is, or is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any, Literal

from markupsafe import Markup

from docgen.model.apart import apart, is_apart, parts
from docgen.model.case import Gap, Month, Quantity
from docgen.model.problems import Path, Words

SETTINGS = "settings"
FIRST, LAST = 0xF0000, 0xFFFFD
END = "\U0010fffd"
FOREIGN = "\ufffd"
"""Marks are letters of Unicode's private planes; where the data hold such letters, they show as unknown ones."""
MARKS = {**dict.fromkeys(range(FIRST, LAST + 1)), ord(END): None}
Kind = Literal["value", "sentence", "fixed"]


class Flag(int):
    """Yes or no, as an object of its own, which Python's ``bool`` can't be."""


class Whole(int):
    """A whole number as an object of its own."""


class Said(str):
    """A text as an object of its own, also where it is a single letter."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """A line of a template, or of the wording."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What one stretch of printed text is.

    ``kind``: a ``value``, a ``sentence`` of the wording, or ``fixed``: letters that the template itself prints.
    ``paths``: of the names that the value is, or (``made``) is made of by the template. ``spots``: where it is printed:
    the innermost place first, then where that was called from.
    """

    kind: Kind
    paths: tuple[Path, ...]
    spots: tuple[Spot, ...]
    made: bool = False


class Trace:
    """The names of one rendering, each value an object of its own.

    Args:
        names: what the template is given.
        known: paths of values by their ``id``, where they are known already: those that somebody typed.
        is_silent: nothing is marked.

    ``marks`` are those of the text, in the order in which they were made; ``drawings`` those of pictures by their
    names; ``asked``: the names that decided what is printed, in a condition or by choosing among rows. ``touched``: the
    names whose values were used in any way, each where it stands, wherever it was taken over from.
    """

    def __init__(self, names: Mapping[str, Any], known: Mapping[int, Path], is_silent: bool = False) -> None:
        self.is_silent = is_silent
        self.marks: list[Mark] = []
        self.drawings: dict[str, Mark] = {}
        self.asked: set[Path] = set()
        self.touched: set[Path] = set()
        self._places: dict[int, Path] = {}
        self._paths: dict[int, tuple[Path, ...]] = {}
        self._made: set[int] = set()
        self._known = dict(known)
        self._rows: dict[int, dict[Any, Any]] = {}
        self._kept: list[Any] = [names]  # an id means nothing once its object is gone
        order = sorted(names, key=lambda name: name != SETTINGS)  # what a case takes from the settings is theirs
        own = {name: self._followed(names[name], (name,)) for name in order}
        self.names: dict[str, Any] = {name: own[name] for name in names}

    def paths(self, value: Any) -> tuple[Path, ...]:
        """The names that ``value`` is, or is made of; none of what the template says by itself."""
        if isinstance(value, Gap):
            return (value.path,)
        self.touch(value)
        return self._paths.get(id(value), ())

    def touch(self, value: Any) -> None:
        """Note that the value is used."""
        if place := self._places.get(id(value)):
            self.touched.add(place)

    def is_made(self, value: Any) -> bool:
        return id(value) in self._made

    def mark(self, kind: Kind, paths: tuple[Path, ...], spots: tuple[Spot, ...], said: Markup, made: bool) -> Markup:
        """``said`` between marks; past so many that letters run out, as it is."""
        if self.is_silent or FIRST + len(self.marks) > LAST:
            return said
        self.marks.append(Mark(kind, paths, spots, made))
        return Markup(chr(FIRST + len(self.marks) - 1)) + said + Markup(END)

    def ask(self, *values: Any) -> None:
        """Note that it depends on these values what is printed."""
        self.asked.update(path for value in values for path in self.paths(value))

    def derived(self, result: Any, given: Sequence[Any]) -> Any:
        """What a filter or a sum made of ``given``, so that it is known as made of that.

        A filter changes the first that it is given; only where that is no value, the others say what it is about.
        """
        if not _is_leaf(result):
            if given and isinstance(given[0], list | tuple):  # rows that were chosen, or sorted, by what they hold
                self.asked.update(self._sources([row for row in given[0] if isinstance(row, Mapping)], given[1:]))
            return result
        if self.paths(result) or isinstance(result, Markup):
            return result
        found = next(filter(None, (tuple(dict.fromkeys(self._sources(one, given[1:]))) for one in given)), ())
        if not found:
            return result
        own = self._own(result, found)
        self._made.add(id(own))
        return own

    def combined(self, result: Any, given: Sequence[Any]) -> Any:
        """The same of what all of ``given`` count in, as in a sum."""
        return self.derived(result, [list(given)])

    def _sources(self, value: Any, more: Sequence[Any]) -> Iterable[Path]:
        match value:
            case Mapping():
                for name in more:
                    if isinstance(name, str) and name in value:
                        yield from self.paths(value[name])
            case list() | tuple():
                for inner in value:
                    yield from self._sources(inner, more)
            case _:
                yield from self.paths(value)

    def _followed(self, value: Any, path: Path) -> Any:
        match value:
            case Mapping():
                if id(value) not in self._rows:  # a row that stands in several places is one row in all of them
                    copy = self._rows[id(value)] = {}
                    copy.update((name, self._followed(inner, (*path, name))) for name, inner in value.items())
                return self._rows[id(value)]
            case list() | tuple():
                return [self._followed(inner, (*path, index)) for index, inner in enumerate(value)]
            case _ if _is_leaf(value):
                where = path
                if is_apart(value):
                    where = self._known.get(id(value), path)
                    for part in filter(is_apart, parts(value)):
                        self._known.setdefault(id(part), where)
                return self._own(value, (where,), path)
            case _:
                return value

    def _own(self, value: Any, paths: tuple[Path, ...], place: Path = ()) -> Any:
        own = _OWN.get(type(value), apart)(value)
        self._kept.append(own)
        for part in parts(own):
            if part is own or is_apart(part):
                self._paths[id(part)], self._places[id(part)] = paths, place
        return own


def _is_leaf(value: Any) -> bool:
    return isinstance(value, str | int | Decimal | Quantity | date | time | Month | Words)


_OWN: dict[type, Callable[[Any], Any]] = {bool: Flag, int: Whole, str: Said}


def plain(value: Any) -> Any:
    """``value`` as filters, tests and the formatting know it."""
    return bool(value) if isinstance(value, Flag) else value


def unmarked(text: str) -> str:
    return str.translate(text, MARKS)
