"""One document that is to be explained: what it prints, what it is printed from, and what can be asked of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from docgen.checking.checked import Checked
from docgen.checking.sole import SoleReader, rows_by_place
from docgen.checking.validate import Checker
from docgen.kit import Kit
from docgen.layout.context import Mode, Stamp, context
from docgen.layout.stretches import Line, Stretch, read_stretches, spots_of
from docgen.layout.template_lines import TemplateLines, template_lines
from docgen.layout.trace import Spot, Trace
from docgen.layout.tracing import tracer
from docgen.model.apart import apart, is_apart, parts
from docgen.model.problems import Path, UiLanguage
from docgen.office.bench import Bench
from docgen.office.effects import Effects
from docgen.office.ledger import Ledger
from docgen.office.origins import Origins
from docgen.office.run import Office, has_errors
from docgen.office.store import looked_at
from docgen.paper import Paper, blocking, papers
from docgen.wordforms.tracing import is_place, place_of, traced
from docgen.wordforms.writing import FormWriter


@dataclass(frozen=True)
class Subject:
    """One document, with all that is asked to explain it.

    ``form``: the company's own Word form, where it has one for it. ``language``: that of places in words.
    """

    paper: Paper
    kit: Kit
    origins: Origins
    stamp: Stamp
    mode: Mode
    names: Mapping[str, Any]
    known: Mapping[int, Path]
    effects: Effects
    form: FormWriter | None = None
    language: UiLanguage = "en"

    @property
    def name(self) -> str:
        """Its number, also of a draft, which bears none."""
        return self.paper.number

    @cached_property
    def _traced(self) -> tuple[list[Line], Trace]:
        form, case, by = self.paper.form, self.paper.case, tracer(self.kit.templates, self.kit.definitions)
        if self.form:
            document, trace = traced(self.form, by, self.kit.shelf.told(case, self.names), self.known)
        else:
            document, trace = by.traced(
                form.template, self.names, self.known, title="-", language=case.language, landscape=form.landscape
            )
        return read_stretches(document, trace), trace

    @property
    def lines(self) -> list[Line]:
        return self._traced[0]

    @cached_property
    def asked(self) -> frozenset[Path]:
        """What decides on what is printed: the names that conditions of the templates ask."""
        asked = self._traced[1].asked
        return frozenset((*asked, *(self.origins.of(path).path for path in asked)))

    @property
    def touched(self) -> Iterable[Path]:
        """The names that the template uses, where they stand."""
        return self._traced[1].touched

    @cached_property
    def printed(self) -> frozenset[Path]:
        values = (stretch.value for line in self.lines for stretch in line.stretches)
        return frozenset(path for value in values if value for path in value.paths)

    @cached_property
    def derived(self) -> tuple[Path, ...]:
        """What is printed or asked and docgen worked out."""
        return self.effects.derived(self.printed | self._traced[1].asked)

    @cached_property
    def template_lines(self) -> TemplateLines:
        return template_lines(self.kit.templates, self.kit.definitions)

    @cached_property
    def said(self) -> list[str]:
        return self.effects.before()

    def places(self, line: Line, stretch: Stretch, path: Path) -> tuple[str, ...]:
        lines, spots = self.template_lines, spots_of(line, stretch)
        names = [step for step in reversed(path[-2:]) if isinstance(step, str)]
        names += [key for spot in spots for key in sorted(lines.keys_at(spot))]
        return tuple(dict.fromkeys(self._placed(lines.exact(spot, names)) for spot in spots))

    def _placed(self, spot: Spot) -> str:
        if self.form and is_place(spot.file):
            return place_of(self.form, spot.file, spot.line, self.language)
        return self.template_lines.named(spot)


def subject(
    bench: Bench,
    checked: Checked,
    office: Office,
    form: str,
    path: Path,
    today: date,
    language: UiLanguage = "en",
) -> Subject:
    """Prepare the document of ``form`` for the row at ``path`` of a case.

    Raises:
        WordFormError: the company's own Word form for it has faults.
    """
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
    letterhead = kit.head.names(landscape=paper.form.landscape)
    made_of = context(paper.case, paper.form, paper.row, settings, stamp, definitions, mode)
    names, known = {**made_of, "letterhead": letterhead}, _known(origins)
    own = kit.shelf.writer(paper.case, paper.form, mode)
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
        known,
        own,
    )
    return Subject(paper, kit, origins, stamp, mode, names, _worked_out(origins) | known, effects, own, language)


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


def _worked_out(origins: Origins) -> dict[int, Path]:
    """The paths of what docgen filled in, in the rows that it belongs to; it is repeated elsewhere, as in results."""
    found: dict[int, list[tuple[str, Path]]] = defaultdict(list)
    for path, row in origins.rows.items():
        for name in origins.definitions.sheets[row.sheet].fields:
            if is_apart(row.values[name]):
                found[id(row.values[name])].append((f"{row.sheet}.{name}", (*path, name)))
    return {
        number: places[0][1]
        for number, places in found.items()
        if len({field for field, _ in places}) == len(places)  # else one object stands in all rows of a sheet
    }
