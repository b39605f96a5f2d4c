"""Explain a document: for each stretch of its text the cell, setting or default it comes from, and the line that
prints it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from itertools import takewhile
from typing import Any, Literal

from docgen.checking.checked import Checked
from docgen.checking.sole import SoleReader, rows_by_place
from docgen.checking.validate import Checker
from docgen.kit import Kit
from docgen.layout.context import Mode, Stamp, context
from docgen.layout.stretches import Line, Part, Stretch, read_stretches, spots_of
from docgen.layout.template_lines import TemplateLines, template_lines
from docgen.layout.trace import Spot
from docgen.layout.tracing import tracer
from docgen.model.apart import apart, is_apart, parts
from docgen.model.problems import Path
from docgen.office.bench import Bench
from docgen.office.effects import Effects, deciding, others
from docgen.office.ledger import Ledger
from docgen.office.origins import Given, Origin, Origins
from docgen.office.run import Office, has_errors
from docgen.office.store import looked_at
from docgen.paper import Paper, blocking, papers

What = Literal["value", "decided", "words"]
"""``value``: data are printed. ``decided``: fixed words or a tick, which data decide on. ``words``: fixed words."""
FIGURES = frozenset(("integer", "decimal", "percent", "quantity", "date", "time"))
Decided = Sequence[tuple[Given, str]]
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


@dataclass(frozen=True)
class Subject:
    """One document, with all that is asked to explain it."""

    paper: Paper
    kit: Kit
    origins: Origins
    stamp: Stamp
    mode: Mode
    names: Mapping[str, Any]
    known: Mapping[int, Path]
    effects: Effects

    @property
    def name(self) -> str:
        """Its number, also of a draft, which bears none."""
        return self.paper.number

    @cached_property
    def lines(self) -> list[Line]:
        form, language = self.paper.form, self.paper.case.language
        document, trace = tracer(self.kit.templates, self.kit.definitions).traced(
            form.template, self.names, self.known, title="-", language=language, landscape=form.landscape
        )
        return read_stretches(document, trace.marks)

    @cached_property
    def template_lines(self) -> TemplateLines:
        return template_lines(self.kit.templates, self.kit.definitions)

    @cached_property
    def said(self) -> list[str]:
        return self.effects.before()

    def places(self, line: Line, stretch: Stretch, path: Path) -> tuple[str, ...]:
        spots: list[Spot] = []
        for spot in spots_of(line, stretch):
            exact = self.template_lines.exact(spot, path) if path else spot
            if exact not in spots:
                spots.append(exact)
        return tuple(self.template_lines.named(spot) for spot in spots)


def subject(bench: Bench, checked: Checked, office: Office, form: str, path: Path, today: date) -> Subject:
    """Prepare the document of ``form`` for the row at ``path`` of a case."""
    definitions, shared = bench.definitions, bench.kit(office)
    settings = apart(dict(office.settings))
    kit = Kit(definitions, settings, shared.templates, shared.company)
    checker = Checker(definitions, reader=SoleReader(definitions))
    table = checker.read(checked.record, settings)
    made = checker.check(table, checked.record, settings, list(checked.forms), today, office.lives)
    paper = next(one for one in papers(made, definitions) if one.form.name == form and one.path == path)
    mode: Mode = "draft" if has_errors([*office.problems, *blocking(paper, made.problems)]) else "final"
    stamp, is_issued = _stamp(paper, office, today, mode)
    rows, file = rows_by_place(table), bench.settings_file(office)
    origins = Origins(definitions, checked.record, rows, paper.path, settings, file, Ledger(office.out).file, is_issued)
    names = context(paper.case, paper.form, paper.row, settings, stamp, definitions, mode)
    effects = Effects(
        bench.checker,
        kit,
        checked.record,
        checked.forms,
        today,
        office.lives,
        paper,
        stamp,
        mode,
        names,
    )
    return Subject(paper, kit, origins, stamp, mode, names, _known(origins), effects)


def _stamp(paper: Paper, office: Office, today: date, mode: Mode) -> tuple[Stamp, bool]:
    """Number, revision and date as the record has them, and whether it has; else those of a first issue today."""
    if mode != "final":
        return Stamp("", 1, None), False
    with looked_at(office.out) as store:
        standing = store.register.standing(paper.number) if store else None
    if standing:
        return Stamp(paper.number, standing.revision, standing.printed, standing.notice), True
    return Stamp(paper.number, 1, paper.printed_date or today), False


def _known(origins: Origins) -> dict[int, Path]:
    """The paths of all that was typed or set, by the ids of the values."""
    found: dict[int, Path] = {}
    for given in origins.all_given:
        values = given.value if isinstance(given.value, list) else [given.value]
        for index, value in enumerate(values):
            path = (*given.origin.path, index) if isinstance(given.value, list) else given.origin.path
            found.update((id(part), path) for part in parts(value) if is_apart(part))
    return found


def explain(one: Subject) -> list[Explained]:
    """Every stretch of text of a document, in reading order; what comes from one place is one stretch."""
    inputs = derived_from(one)
    decided = decided_lines(one)
    found = []
    for number, line in enumerate(one.lines):
        otherwise = [(given, _kept(line.text, instead)) for given, instead in decided.get(number, ())]
        start = 0
        for stretch in line.stretches:
            where = range(start, start := start + len(stretch.text))
            by = [given.origin for given, kept in otherwise if sum(at in kept for at in where) * 2 < len(where)]
            found.append(_explained(one, number, line, stretch, inputs, tuple(dict.fromkeys(by))))
    return found


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
    decided_by: tuple[Origin, ...],
) -> Explained:
    mark, text = stretch.value, stretch.text.strip()
    paths = mark.paths if mark else ()
    sources = tuple(_with_inputs(one.origins.of(path), one, inputs) for path in paths)
    by = tuple(origin for origin in decided_by if origin.path not in paths)
    what: What = "value" if mark else ("decided" if by else "words")
    places = one.places(line, stretch, paths[0] if paths else ())
    made = bool(mark and mark.made and len(paths) > 1)
    return Explained(what, line.part, line.under, number, text, line.text, sources, made, by, places)


def _with_inputs(origin: Origin, one: Subject, inputs: Mapping[Path, Sequence[Given]]) -> Origin:
    if origin.kind != "derived":
        return origin
    found = inputs.get(origin.path) or one.origins.named_in_formula(origin.path)
    if len(found) == 1 and found[0].value == one.effects.value_at(origin.path):
        return found[0].origin  # taken over as it is
    return replace(origin, inputs=tuple(given.origin for given in sorted(found, key=lambda given: _far(given, origin))))


def _far(given: Given, origin: Origin) -> tuple[bool, int]:
    """Figures before what only says which figure counts, and what stands near before what stands elsewhere."""
    near = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(given.origin.path, origin.path, strict=False)))
    return given.field.type not in FIGURES, -near


def derived_from(one: Subject) -> dict[Path, list[Given]]:
    """By path, what the values that docgen worked out were worked out from: what changes them if it is changed."""
    found: dict[Path, list[Given]] = defaultdict(list)
    for given in one.origins.all_given:
        if _only_names(given):
            continue
        for other in others(given)[:1]:
            paths = one.effects.of_values(given, other)
            for name in dict.fromkeys(name for path in paths for name in (path, one.origins.of(path).path)):
                found[name].append(given)
    return found


def _only_names(given: Given) -> bool:
    """Whether it only says which row is meant: another name of a row would leave those that refer to it alone."""
    return given.field.type == "ref" or given.typed[-1] == "language"


def decided_lines(one: Subject) -> Mapping[int, Decided]:
    """By line, what decides whether it is printed or what it says, and what is said otherwise."""
    found: dict[int, list[tuple[Given, str]]] = defaultdict(list)
    printed = {
        path for line in one.lines for stretch in line.stretches if stretch.value for path in stretch.value.paths
    }
    for given in deciding(one.origins.all_given, one.paper, one.kit.templates):
        lines: dict[int, list[str]] = defaultdict(list)
        for other in others(given)[: 1 if given.origin.path in printed else None]:
            for line, instead in one.effects.on_page(one.said, given, other).items():
                lines[line].append(instead)
        if len(lines) * TOO_MANY <= len(one.said):
            for line, said in lines.items():
                found[line] += ((given, text) for text in said)
    return dict(found)
