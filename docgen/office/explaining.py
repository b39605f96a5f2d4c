"""Explain a document: for each stretch of its text the cell, setting or default it comes from, and the line that
prints it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any, Literal

from docgen.definitions.naming import CASE
from docgen.layout.stretches import Line, Part, Stretch
from docgen.model.case import Code, Quantity
from docgen.model.problems import Path, Words
from docgen.office.alternatives import others
from docgen.office.effects import Change
from docgen.office.origins import Given, Origin
from docgen.office.subject import Subject

What = Literal["value", "picture", "decided", "words"]
"""``value``: data are printed. ``picture``: data are drawn; what it says in words. ``decided``: fixed words or a tick,
which data decide on. ``words``: fixed words."""
FIGURES = frozenset(("integer", "decimal", "percent", "quantity", "date", "time"))
Decided = Sequence[tuple[Given, str]]
CHANCE = 6
"""Letters that another line may have by chance."""
MOST_TRIED, OF_ROWS = 6, 2
"""Of a choice or a date so many others are tried, as each may say something else; so many where it is one row of many.
"""
LEADING = frozenset((CASE, "months", "interviews"))
"""The sheets whose rows documents are made for."""
LANGUAGE = "language"
"""It decides on every word: nothing is said of a line by telling it."""
BOTH_WAYS = 2
"""Of a date, what is worked out may show only when it is earlier."""
ALL = 3
"""Of a figure that a code is worked out from, the code may turn only when it is far off."""
TOO_MANY = 3
"""What changes more than one line in this many decides on the whole document, and is told of no line by itself."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A stretch of printed text.

    ``line``: its number among the lines of the document. ``within``: the whole line. ``origins``: where the value comes
    from; several where the template makes one figure of them (``made``). ``decided_by``: what else decides on the line.
    ``places``: the lines that print it, as ``letter.html:42``, the innermost first.
    """

    what: What
    part: Part
    under: str
    line: int
    text: str
    within: str
    origins: tuple[Origin, ...]
    made: bool
    decided_by: tuple[Origin, ...]
    places: tuple[str, ...]


def explain(one: Subject) -> list[Explained]:
    """Every stretch of text of a document, in reading order; what comes from one place is one stretch."""
    known = derived_from(one)
    inputs, decided = known.inputs, decided_lines(one, known)
    found = []
    for number, line in enumerate(one.lines):
        otherwise = [(given, _kept(line.text, instead)) for given, instead in decided.get(number, ())]
        start = 0
        for stretch in line.stretches:
            where = range(start, start := start + len(stretch.text))
            by = [
                given for given, kept in otherwise if _is_otherwise(stretch.text, where, kept, len(line.stretches) == 1)
            ]
            found.append(_explained(one, number, line, stretch, inputs, by))
    return found


def _is_otherwise(text: str, where: Sequence[int], kept: Collection[int], is_whole: bool) -> bool:
    """Whether letters of a stretch are lost in what is said instead; of a short one half, as chance keeps a few, unless
    it is the whole line."""
    letters = [at for letter, at in zip(text, where, strict=True) if not letter.isspace()]
    lost = sum(at not in kept for at in letters)
    return lost > (0 if len(letters) > CHANCE or is_whole else len(letters) / 2)


def _kept(text: str, instead: str) -> set[int]:
    """The letters of ``text``, by number, that stand in what would be said instead."""
    blocks = SequenceMatcher(None, text, instead, False).get_matching_blocks()
    return {at for block in blocks for at in range(block.a, block.a + block.size)}


def _explained(
    one: Subject,
    number: int,
    line: Line,
    stretch: Stretch,
    inputs: Mapping[Path, Sequence[Given]],
    decided_by: Sequence[Given],
) -> Explained:
    mark, text = stretch.value, stretch.text.strip()
    paths = mark.paths if mark else ()
    sources = tuple(_with_inputs(one.origins.of(path), one, inputs) for path in paths)
    deciding = {given.origin.path: given.origin for given in decided_by if given.origin.path not in paths}
    by = tuple(_with_inputs(origin, one, inputs) for origin in deciding.values())
    what: What = "picture" if line.is_picture else "value" if mark else "decided" if by else "words"
    places = one.places(line, stretch, paths[0] if paths else ())
    made = bool(mark and mark.made and len(paths) > 1)
    return Explained(what, line.part, line.under, number, text, line.text, sources, made, by, places)


def _with_inputs(origin: Origin, one: Subject, inputs: Mapping[Path, Sequence[Given]]) -> Origin:
    if origin.kind != "derived":
        return origin
    found = list(inputs.get(origin.path, ()))
    if not found or isinstance(one.effects.value_at(origin.path), Code):  # a change seldom turns a code
        shown = {given.origin.path for given in found}
        found += [given for given in one.origins.named_in_formula(origin.path) if given.origin.path not in shown]
    if len(found) == 1 and found[0].value == one.effects.value_at(origin.path):
        return found[0].origin  # taken over as it is
    return replace(origin, inputs=tuple(given.origin for given in sorted(found, key=lambda given: _far(given, origin))))


def _far(given: Given, origin: Origin) -> tuple[bool, int]:
    """Figures before what only says which figure counts, and what stands near before what stands elsewhere."""
    near = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(given.origin.path, origin.path, strict=False)))
    return given.field.type not in FIGURES, -near


@dataclass(frozen=True, slots=True)
class Found:
    """What changing each value in turn shows.

    ``inputs``: by path, what the values that docgen worked out were worked out from: what changes them if it is
    changed. ``turning``: the changes by which something is there or not, or another value is taken over.
    """

    inputs: Mapping[Path, Sequence[Given]]
    turning: Sequence[tuple[Given, Any]]


def derived_from(one: Subject) -> Found:
    """Change each value that somebody gave."""
    effects, order = one.effects, {given.origin.path: at for at, given in enumerate(one.origins.all_given)}
    watched = effects.watched(one.touched)
    codes = [code.origin.path for code in one.origins.assumed()]
    turning = {given.origin.path for code in codes for given in one.origins.named_in_formula(code)}
    together: dict[tuple[Any, ...], list[Change]] = defaultdict(list)
    for at, given in enumerate(one.origins.all_given):
        most = 0 if given.typed[-1] == LANGUAGE else ALL if given.origin.path in turning else _most(given)
        for number, other in enumerate(others(given, at)[:most]):
            together[given.origin.path[0], _is_text(given.value), number].append((given, other))
    every = (*one.derived, *watched.all)
    found = [each for changes in together.values() for each in effects.of_each(changes, every)]
    inputs: dict[Path, dict[Path, Given]] = defaultdict(dict)
    wanted = {*one.derived}
    for (given, _), paths in found:
        for path in paths:
            if path in wanted:
                for name in (path, one.origins.of(path).path):
                    inputs[name][given.origin.path] = given
    return Found(
        {name: sorted(by.values(), key=lambda given: order[given.origin.path]) for name, by in inputs.items()},
        [
            change
            for change, _ in found
            if not _is_text(change[0].value) or change[0].rows
            if effects.turns(*change, watched)
        ],
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str | Words) and not isinstance(value, Code)


def _most(given: Given) -> int:
    """So many others are tried of one: each row that it could name, a date that is later and one that is earlier."""
    return len(given.rows) or (BOTH_WAYS if isinstance(given.value, date) else 1)


def decided_lines(one: Subject, known: Found) -> Mapping[int, Decided]:
    """By line, what decides whether it is printed or what it says, and what is said otherwise."""
    found: dict[int, list[tuple[Given, str]]] = defaultdict(list)
    changes = [(given, other) for given in _deciding(one, known.inputs) for other in others(given)[: _tries(given)]]
    tried = {(given.origin.path, repr(other)) for given, other in changes}
    changes += [one for one in known.turning if (one[0].origin.path, repr(one[1])) not in tried]
    for given, other in changes:
        lines = one.effects.on_page(one.said, given, other)
        if len(lines) * TOO_MANY <= len(one.said):
            for line, instead in lines.items():
                found[line].append((given, instead))
    return dict(found)


def _tries(given: Given) -> int:
    if given.origin.kind == "derived" or not isinstance(given.value, Code | date):
        return 1
    return OF_ROWS if given.row and given.row.sheet not in LEADING else MOST_TRIED


def _deciding(one: Subject, inputs: Mapping[Path, Sequence[Given]]) -> list[Given]:
    """What may decide on lines, given or worked out: what a template asks itself, or asks what is worked out of it."""
    asked = one.asked | {given.origin.path for path in one.asked for given in inputs.get(path, ())}
    every = (*one.origins.all_given, *one.origins.assumed())
    own = one.paper.path  # the row of the month or talk: by its dates other rows are chosen
    figures = [
        given
        for given in one.origins.all_given
        if _is_figure(given.value) and (given.origin.path in one.asked or (own and given.origin.path[:-1] == own))
    ]
    return [given for given in every if given.origin.path in asked and _may_decide(given)] + figures


def _may_decide(given: Given) -> bool:
    return isinstance(given.value, bool | Code | int) and given.typed[-1] != LANGUAGE


def _is_figure(value: Any) -> bool:
    return isinstance(value, Decimal | Quantity | date)
