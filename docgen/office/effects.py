"""What hangs on a value: it is changed, the case checked again, and what comes out otherwise hung on it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from docgen.checking.checked import Checked
from docgen.checking.reporting import SETTINGS
from docgen.checking.validate import Checker
from docgen.errors import DocgenError
from docgen.kit import Kit
from docgen.layout.context import Mode, Stamp, context
from docgen.layout.stretches import texts
from docgen.layout.variants import variants
from docgen.model.document import Document
from docgen.model.identity import COUNTED
from docgen.model.life import Life
from docgen.model.problems import Path
from docgen.model.record import Record
from docgen.office.origins import Given
from docgen.paper import Paper, papers
from docgen.wordforms.tracing import document_of
from docgen.wordforms.writing import FormWriter

Names = Mapping[str, Any]
Change = tuple[Given, Any]
"""What was given, and what it is changed to."""
ROWS = "#"
"""As the last step of a path: how many rows a list has."""


@dataclass(frozen=True, slots=True)
class Watched:
    """Names of a document: ``made`` by docgen, which may come to nothing; ``taken`` over from elsewhere, or chosen."""

    made: tuple[Path, ...]
    taken: tuple[Path, ...]

    @property
    def all(self) -> tuple[Path, ...]:
        return self.made + self.taken


@dataclass
class Effects:
    """Tries out changes of one case for one of its documents.

    ``base``: the names of the document as it is; ``known``: of all values that somebody gave the paths, by their ids.
    Where one of these is taken over as it is, everybody knows where it comes from, and nothing is tried.
    ``form``: the company's own Word form, where it has one for the document.
    """

    checker: Checker
    kit: Kit
    record: Record
    forms: tuple[str, ...]
    today: date
    lives: Mapping[str, Life]
    paper: Paper
    stamp: Stamp
    mode: Mode
    base: Names
    known: Mapping[int, Path]
    form: FormWriter | None = None
    _tries: dict[tuple[Path, str], tuple[Paper, Names] | None] = field(default_factory=dict)
    _values: dict[Path, Any] = field(init=False)

    def __post_init__(self) -> None:
        self._values = _leaves(self.base)

    def derived(self, wanted: Container[Path]) -> tuple[Path, ...]:
        """Those of the names of the document that are wanted and that nobody gave."""
        return tuple(path for path, value in self._values.items() if path in wanted and id(value) not in self.known)

    def watched(self, touched: Iterable[Path]) -> Watched:
        """What is looked at to see whether a change turns anything in rows like the ``touched`` ones, or chooses others
        of them for a list."""
        shapes = {_shape(path)[:end] for path in touched for end in range(1, len(path) + 1)}
        near = [path for path in self._values if _shape(path) in shapes]
        elsewhere = [path for path in near if self.known.get(id(self._values[path]), path) != path]
        rows = [path for path in self._values if path[-1] == ROWS and (len(path) == 2 or _shape(path[:-1]) in shapes)]
        made = tuple(path for path in near if id(self._values[path]) not in self.known)
        return Watched(made, (*elsewhere, *rows))

    def turns(self, given: Given, other: Any, watched: Watched) -> bool:
        """Whether something that is made is there then and not now, or the other way round, or another value is taken
        over, or there are more or fewer rows."""
        tried = self._changed(given, other)
        if tried is None:
            return False
        values, now, own = self._values, tried[1], given.origin.path
        return any(_at(now, path) != values[path] for path in watched.taken if path[: len(own)] != own) or any(
            (_at(now, path) is None) != (values[path] is None) for path in watched.made if path[: len(own)] != own
        )

    def of_values(self, given: Given, other: Any, watched: Sequence[Path]) -> tuple[Path, ...]:
        """The others of these names that have another value, or none, where ``given`` is ``other``."""
        return self._different([given], self._changed(given, other), watched)

    def of_each(self, changes: Sequence[Change], watched: Sequence[Path]) -> Iterator[tuple[Change, tuple[Path, ...]]]:
        """Of each change what ``of_values`` tells, where it tells anything; those together that change nothing."""
        if len(changes) > 1:
            tried = self._tried(changes)
            if tried and not self._different([given for given, _ in changes], tried, watched):
                return
            half = len(changes) // 2
            yield from self.of_each(changes[:half], watched)
            yield from self.of_each(changes[half:], watched)
        elif changes and (paths := self.of_values(*changes[0], watched)):
            yield changes[0], paths

    def _different(
        self, changed: Iterable[Given], tried: tuple[Paper, Names] | None, watched: Sequence[Path]
    ) -> tuple[Path, ...]:
        if tried is None:
            return ()
        own = [given.origin.path for given in changed]
        different = (path for path in watched if _at(tried[1], path) != self._values[path])
        return tuple(path for path in different if not any(path[: len(one)] == one for one in own))

    def value_at(self, path: Path) -> Any:
        return self._values.get(path)

    def on_page(self, before: list[str], given: Given, other: Any) -> dict[int, str]:
        """The lines (by number in ``before``) that are said otherwise, or not at all, where ``given`` is ``other``,
        each with what is said instead."""
        changed = self._changed(given, other)
        document = self._said(*changed) if changed else None
        if document is None:
            return {}
        after = texts(document)
        found: dict[int, str] = {}
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, _uncounted(before), _uncounted(after), False).get_opcodes():
            if tag != "equal":
                pairs = dict(zip(range(i1, i2), after[j1:j2], strict=True)) if i2 - i1 == j2 - j1 else {}
                found |= {line: pairs.get(line, "\n".join(after[j1:j2])) for line in range(i1, i2)}
        return found

    def before(self) -> list[str]:
        """The lines of the document as it is."""
        document = self._said(self.paper, self.base)
        assert document is not None
        return texts(document)

    def _changed(self, given: Given, other: Any) -> tuple[Paper, Names] | None:
        mark = given.origin.path, repr(other)
        if mark not in self._tries:
            self._tries[mark] = self._tried([(given, other)])
        return self._tries[mark]

    def _tried(self, changes: Iterable[Change]) -> tuple[Paper, Names] | None:
        record, settings = self.record, self.kit.settings
        try:
            for given, other in changes:
                if given.origin.path[0] == SETTINGS:
                    settings = with_value(settings, given.typed, other)
                else:
                    record = replace(record, data=with_value(record.data, given.typed, other))
            checked = self._checked(record, settings)
            found = [one for one in papers(checked, self.kit.definitions) if one.form.name == self.paper.form.name]
            paper = next(one for one in found if one.path == self.paper.path)
            stamp = replace(self.stamp, number=paper.number if self.stamp.number else "")
            form, row = paper.form, paper.row
            names = context(paper.case, form, row, settings, stamp, self.kit.definitions, self.mode)
            return paper, {**names, "letterhead": self.base["letterhead"]}
        except (DocgenError, StopIteration, ArithmeticError, LookupError, TypeError, ValueError):
            return None  # such a case can't be: nothing is learned from it

    def _checked(self, record: Record, settings: Names) -> Checked:
        """Of a document without gaps, values are enough; a draft shows what the rules find missing."""
        if self.mode == "final":
            case = self.checker.complete(record, settings, self.today, self.lives)
            return Checked(case, self.forms, (), record)
        return self.checker.validate(record, settings, list(self.forms), self.today, self.lives)

    def _said(self, paper: Paper, names: Names) -> Document | None:
        try:
            if self.form:
                return document_of(self.form, self.kit.shelf.told(paper.case, names))
            return variants(self.kit.templates, self.kit.definitions).render(
                paper.form.template, names, title="-", language=paper.case.language, landscape=paper.form.landscape
            )
        except DocgenError:
            return None


def _uncounted(texts: Iterable[str]) -> list[str]:
    return [COUNTED.sub("", text) for text in texts]


def with_value(data: Any, path: Path, value: Any) -> Any:
    """``data`` with another value at ``path``; what is not changed is shared."""
    if not path:
        return value
    step = path[0]
    if isinstance(data, list | tuple):
        return [with_value(one, path[1:], value) if index == step else one for index, one in enumerate(data)]
    return {**data, step: with_value(data.get(step), path[1:], value)}


def _shape(path: Path) -> Path:
    """The path of a name, whichever row it stands in."""
    return tuple(step for step in path if isinstance(step, str))


def _at(names: Any, path: Path) -> Any:
    for step in path:
        if step == ROWS:
            return len(names)
        try:
            names = names[step]
        except (LookupError, TypeError):
            return None
    return names


def _leaves(names: Names) -> dict[Path, Any]:
    """Every value by its first path, and of lists how many rows they have; the settings are no names of the document's
    own."""
    found: dict[Path, Any] = {}
    seen: set[int] = set()

    def walk(value: Any, path: Path) -> None:
        kind = value.__class__
        if kind is dict:
            if id(value) not in seen:
                seen.add(id(value))
                for name, inner in value.items():
                    walk(inner, (*path, name))
        elif kind is list or kind is tuple:
            if not value or value[0].__class__ is dict:
                found[*path, ROWS] = len(value)
            for index, inner in enumerate(value):
                walk(inner, (*path, index))
        else:
            found[path] = value

    for name, value in names.items():
        if name != SETTINGS:
            walk(value, (name,))
    return found
