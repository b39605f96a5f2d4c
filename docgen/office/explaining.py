"""Explain a document: for each stretch of its text the cell, setting or default it comes from, and the line that
prints it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

from docgen.checking.checked import Checked
from docgen.checking.sole import SoleReader, rows_by_place
from docgen.checking.validate import Checker
from docgen.definitions.definition import Definitions
from docgen.generate import Kit, Paper, blocking, papers
from docgen.layout.context import Mode, Stamp, context
from docgen.layout.stretches import Line, Part, Stretch, read_stretches, spots_of
from docgen.layout.template_lines import TemplateLines
from docgen.layout.trace import Spot
from docgen.layout.tracing import Tracer
from docgen.marked_yaml import Marked
from docgen.model.apart import apart, is_apart, parts
from docgen.model.problems import Path
from docgen.office.effects import Effects, deciding, others
from docgen.office.ledger import Ledger
from docgen.office.origins import Given, Origin, Origins
from docgen.office.run import Office, has_errors
from docgen.office.store import looked_at
from docgen.sources.files import read_yaml

What = Literal["value", "decided", "words"]
"""``value``: data are printed. ``decided``: fixed words or a tick, which data decide on. ``words``: fixed words."""
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
        form = self.paper.form
        tracer = Tracer(self.kit.templates, self.kit.definitions, self.mode)
        document, trace = tracer.traced(
            form.template,
            self.names,
            self.known,
            title="-",
            language=self.paper.case.language,
            landscape=form.landscape,
        )
        return read_stretches(document, trace.marks)

    @cached_property
    def template_lines(self) -> TemplateLines:
        tracer = Tracer(self.kit.templates, self.kit.definitions, self.mode)
        return TemplateLines(self.kit.templates, tracer.environment("en", None))

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


def subject(
    checked: Checked, office: Office, definitions: Definitions, form: str, path: Path, today: date
) -> Subject:
    """Prepare the document of ``form`` for the row at ``path`` of a case."""
    settings = apart(dict(office.settings))
    checker = Checker(definitions, reader=SoleReader(definitions))
    table = checker.read(checked.record, settings)
    made = checker.check(table, checked.record, settings, list(checked.forms), today, office.lives)
    paper = next(one for one in papers(made, definitions) if one.form.name == form and one.path == path)
    shared = office.kit
    kit = Kit(definitions, settings, shared.templates, shared.company)
    problems = [*office.problems, *blocking(paper, made.problems)]
    mode: Mode = "draft" if has_errors(problems) else "final"
    stamp, register = _stamp(paper, office, today, mode)
    rows = rows_by_place(table)
    origins = Origins(
        definitions,
        checked.record,
        rows,
        paper.path,
        settings,
        settings_file(office),
        office.out / Ledger(office.out).file.name if register else None,
    )
    names = context(paper.case, paper.form, paper.row, settings, stamp, definitions, mode)
    effects = Effects(Checker(definitions), kit, checked.record, checked.forms, today, office.lives, paper, stamp, mode, names)
    return Subject(paper, kit, origins, stamp, mode, names, _known(origins), effects)


def settings_file(office: Office) -> Marked | None:
    """The settings as they stand in their file."""
    file = read_yaml(office.file) if office.file else None
    return None if isinstance(file, tuple) else file


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
    return [
        _explained(one, number, line, stretch, inputs, decided.get(number, ()))
        for number, line in enumerate(one.lines)
        for stretch in line.stretches
    ]


def _explained(
    one: Subject, number: int, line: Line, stretch: Stretch, inputs: Mapping[Path, Sequence[Given]], decided: Decided
) -> Explained:
    mark, text = stretch.value, stretch.text.strip()
    paths = mark.paths if mark else ()
    sources = tuple(_with_inputs(one.origins.of(path), one, inputs) for path in paths)
    by = [given.origin for given, instead in decided if text not in instead and given.origin.path not in paths]
    what: What = "value" if mark else ("decided" if by else "words")
    places = one.places(line, stretch, paths[0] if paths else ())
    made = bool(mark and mark.made and len(paths) > 1)
    return Explained(what, line.part, line.under, number, text, line.text, sources, made, tuple(by), places)


def _with_inputs(origin: Origin, one: Subject, inputs: Mapping[Path, Sequence[Given]]) -> Origin:
    if origin.kind != "derived":
        return origin
    found = inputs.get(origin.path) or one.origins.named_in_formula(origin.path)
    return replace(origin, inputs=tuple(given.origin for given in found))


def derived_from(one: Subject) -> dict[Path, list[Given]]:
    """By path, what the values that docgen worked out were worked out from: what changes them if it is changed."""
    found: dict[Path, list[Given]] = defaultdict(list)
    for given in one.origins.all_given:
        if _only_names(given):
            continue
        for other in others(given)[:1]:
            paths = one.effects.of_values(given, other)
            for path in dict.fromkeys(name for path in paths for name in (path, one.origins.of(path).path)):
                found[path].append(given)
    return found


def _only_names(given: Given) -> bool:
    """Whether it only says which row is meant: another name of a row would leave those that refer to it alone."""
    return given.field.type == "ref" or given.typed[-1] == "language"


def decided_lines(one: Subject) -> dict[int, Decided]:
    """By line, the choices and figures that decide whether it is printed or what it says, and what it says otherwise."""
    found: dict[int, list[tuple[Given, str]]] = defaultdict(list)
    printed = {path for line in one.lines for stretch in line.stretches if stretch.value for path in stretch.value.paths}
    for given in deciding(one.origins.all_given, one.paper, one.kit.templates):
        lines: dict[int, str] = {}
        for other in others(given)[: 1 if given.origin.path in printed else None]:
            gone, instead = one.effects.on_page(one.said, given, other)
            lines |= {line: "\n".join(instead) for line in gone}
        if len(lines) * TOO_MANY <= len(one.said):
            for line, instead in lines.items():
                found[line].append((given, instead))
    return found
