"""A run: the cases that were asked for, read and checked, each with the settings of its office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.checking.across_cases import across
from docgen.checking.checked import Checked
from docgen.checking.reporting import SETTINGS, accepted_rules
from docgen.checking.validate import Checker
from docgen.company import Company, company_near, company_of, find_settings
from docgen.definitions.definition import Definitions, Form
from docgen.definitions.load import load_definitions
from docgen.errors import UsageError
from docgen.layout.review import refuse_faulty
from docgen.model.identity import folded
from docgen.model.life import Life
from docgen.model.problems import Path as DataPath
from docgen.model.problems import Position, Problem, Severity, UiLanguage, Words
from docgen.model.record import Record
from docgen.office.cells import told_once
from docgen.office.glyphs import Glyphs
from docgen.office.ledger import Fault
from docgen.office.publish import PRIVATE, SHARED, Access
from docgen.office.register import lives_in
from docgen.office.reviewing import template_problems
from docgen.sources.cases import Reading
from docgen.sources.settings import place_in_settings, read_settings

if TYPE_CHECKING:
    from docgen.kit import Kit

MOST_NAMED = 10
HERE = Path(".")
DEFAULT_OUT = Path("out")
TWO_COMPANIES = Words(
    "{one} and {other} belong to companies with forms of their own; give docgen one company's files at a time",
    "{one} 与 {other} 属于两个自有表单不同的公司；请分别处理",
)


@dataclass(frozen=True, slots=True)
class Office:
    """The settings that hold for some of the cases, and the file they stand in (None: the defaults).

    ``lives``: how its cases stand of which something is on record, by their ids; ``faults``: what is wrong with that.
    """

    settings: Mapping[str, Any]
    file: Path | None
    problems: tuple[Problem, ...]
    lives: Mapping[str, Life] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    _places: dict[DataPath, Position] = field(default_factory=dict)

    @property
    def company(self) -> Company:
        return company_of(self.file)

    @property
    def kit(self) -> Kit:
        """What its documents share; made anew each time.

        Raises:
            DefinitionError, TemplateError: a file of the company is faulty; with all its faults.
        """
        from docgen.kit import Kit  # with the writers: half of what a command that makes nothing would wait for

        kit = Kit.of(self.settings, self.company)
        refuse_faulty(kit.templates, kit.definitions)
        return kit

    @property
    def access(self) -> Access:
        """Who may read what is written: its owner alone, or the group too."""
        return SHARED if self.settings.get("group") else PRIVATE

    @property
    def out(self) -> Path:
        """The folder for documents where the command names none: that of the settings, else ``out``."""
        named = self.settings.get("out")
        return self.file.parent / str(named) if self.file and named else DEFAULT_OUT

    def placed(self, problem: Problem) -> Problem:
        """A problem of the settings with its place in their file; any other as it is."""
        if problem.path[:1] != (SETTINGS,) or self.file is None:
            return problem
        place = self._places.get(problem.path)
        if place is None:
            place = self._places[problem.path] = place_in_settings(self.file, problem.path[1:])
        return replace(problem, position=place)


def definitions_near(*paths: Path | None) -> Definitions:
    """The definitions that hold for ``paths`` (None, or without any: where one is), those of their company first.

    Raises:
        UsageError: the paths belong to companies with different ones.
        DefinitionError: a definition is faulty; with file and line.
    """
    places = {company_near(path).forms: path for path in (one or HERE for one in paths or (None,))}
    if len(places) > 1:
        one, other, *_ = places.values()
        raise UsageError(TWO_COMPANIES.filled(one=one, other=other))
    return load_definitions(*places)


def office_near(path: Path, definitions: Definitions) -> Office:
    """The office to whose settings ``path`` belongs."""
    file = find_settings(path)
    settings, problems = read_settings(file, definitions)
    return Office(settings, file, problems)


@dataclass(frozen=True, slots=True)
class Run:
    """Everything of a run that is known before a document is made.

    ``cases`` hold their own problems, those with other cases among them; ``problems`` are those of files and settings.
    """

    definitions: Definitions
    cases: tuple[tuple[Checked, Office], ...]
    problems: tuple[Problem, ...]

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Those of files and settings, then those of the cases.

        What lies in the settings is told once, not by case; so is what lies in a cell that many rows or cases share
        (see office/cells.py).
        """
        told: dict[tuple[object, ...], Problem] = {}
        known = {(problem.position.source, problem.path) for problem in self.problems}
        of_cases: list[Problem] = []
        for problem in (problem for checked, _ in self.cases for problem in checked.problems):
            if problem.path[:1] != (SETTINGS,):
                of_cases.append(problem)
                continue
            source = problem.position.source
            if (source, ()) in known or (source, problem.path[1:]) in known:
                continue  # the file can't be read, or the setting is wrong: that is told already
            same = problem.position, problem.path, problem.message
            before = told.get(same, replace(problem, case_id=""))
            told[same] = replace(before, forms=before.forms | problem.forms)
        return (*self.problems, *told.values(), *told_once(of_cases))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the records that tell how its cases stand, each once."""
        return tuple(dict.fromkeys(fault for _, office in self.cases for fault in office.faults))


def load_run(
    reading: Reading,
    definitions: Definitions,
    forms: Sequence[str],
    today: date,
    *,
    only: Sequence[str] = (),
    handwrite: bool = False,
    settings_near: Path | None = None,
    out: Path | None = None,
) -> Run:
    """Check the cases that were read, each with the settings nearest to its file.

    Args:
        forms: the forms to check for; empty: those that each case asks for.
        only: case numbers or employee numbers; empty: all cases.
        handwrite: characters that no font can show are no problem, a line is printed for them.
        settings_near: where to look for the settings of files that have none beside or above them.
        out: the folder whose ledger tells how cases stand; by default that of the settings.

    Raises:
        UsageError: ``only`` names a case that is not there, or ``forms`` a form.
    """
    glyphs = None if handwrite else Glyphs(definitions)
    offices = _Offices(definitions, glyphs, settings_near, out)
    checker = Checker(definitions)
    cases: list[tuple[Checked, Office]] = []
    for record in reading.records:
        office = offices.near(Path(record.source))
        cases.append((checker.validate(record, office.settings, list(forms) or None, today, office.lives), office))
    between = defaultdict(list)
    for problem in across([checked for checked, _ in cases], definitions, {}):
        between[problem.case_id].append(problem)
    complete = []
    for checked, office in cases:
        missing = glyphs.in_case(checked) if glyphs else ()
        met = _not_accepted(_placed_in(checked.record, between[checked.case.id]), office)
        own = (*map(office.placed, checked.problems), *met, *missing)
        complete.append((replace(checked, problems=own), office))
    of_files = [
        problem
        for problem in reading.problems
        if problem.severity is Severity.ERROR or _not_accepted([problem], offices.near(Path(problem.position.source)))
    ]
    settings = [problem for office in offices.known for problem in office.problems]
    return Run(definitions, tuple(_chosen(complete, only)), (*settings, *of_files))


class _Offices:
    """The settings files of a run, each read once."""

    def __init__(
        self,
        definitions: Definitions,
        glyphs: Glyphs | None,
        else_near: Path | None = None,
        out: Path | None = None,
    ) -> None:
        self.definitions = definitions
        self.else_near = else_near
        self.out = out
        self.look = glyphs.in_settings if glyphs else lambda _: ()
        self._by_file: dict[Path | None, Office] = {}
        self._by_folder: dict[Path, Office] = {}

    @property
    def known(self) -> Iterable[Office]:
        return self._by_file.values()

    def near(self, case: Path) -> Office:
        folder = case if case.is_dir() else case.parent  # the tables of a folder are one source
        found = self._by_folder.get(folder)
        if found is None:
            file = find_settings(case) or (find_settings(self.else_near) if self.else_near else None)
            if file not in self._by_file:
                settings, problems = read_settings(file, self.definitions, self.look)
                office = Office(settings, file, problems)
                if office.company.forms != self.definitions.folders:
                    raise UsageError(TWO_COMPANIES.filled(one=self.definitions.folders[:1] or "docgen", other=case))
                lives, faults = lives_in(self.out or office.out)
                problems += template_problems(settings, office.company, self.definitions)
                self._by_file[file] = replace(office, problems=problems, lives=lives, faults=faults)
            found = self._by_folder[folder] = self._by_file[file]
        return found


def with_lines(reading: Reading, form: Form, language: UiLanguage) -> Reading:
    """The same cases (without any, an empty one in ``language``), each with a month or talk for ``form`` to print."""
    records = reading.records or (Record("", {"case": {"language": language}}, {}),)
    if form.unit == "case":
        return replace(reading, records=records)
    row: dict[str, Any] = {form.unit: [{}]}
    return replace(reading, records=tuple(replace(one, data=row | _typed(one.data)) for one in records))


def _typed(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value}


def _placed_in(record: Record, problems: Iterable[Problem]) -> list[Problem]:
    """Those of ``problems`` that lie in ``record``: two cases may have one number."""
    return [problem for problem in problems if problem.position == record.position(problem.path)]


def _not_accepted(problems: Iterable[Problem], office: Office) -> list[Problem]:
    """Without the warnings (of files, between cases) that this office has accepted; another's list doesn't count."""
    silent = accepted_rules(office.settings)
    return [problem for problem in problems if problem.severity is Severity.ERROR or problem.code not in silent]


def _chosen(cases: Sequence[tuple[Checked, Office]], only: Sequence[str]) -> list[tuple[Checked, Office]]:
    if not only or not cases:  # of files without a case it is told anyway what is wrong with them
        return list(cases)
    names = [{folded(checked.case.id), folded(str(checked.case.values["case"]["employee_no"]))} for checked, _ in cases]
    for name in only:
        if not any(folded(name) in known for known in names):
            raise _unknown(name, [checked.case.id for checked, _ in cases])
    wanted = {folded(name) for name in only}
    return [case for case, known in zip(cases, names, strict=True) if wanted & known]


def _unknown(name: str, ids: Sequence[str]) -> UsageError:
    near = "".join(get_close_matches(name, ids, 1))
    known = ", ".join([*ids[:MOST_NAMED], *(["…"] if len(ids) > MOST_NAMED else [])])
    return UsageError(
        Words(
            f"--only: no case {name!r} was read{f'; did you mean {near!r}?' if near else '.'} Read: {known or '–'}",
            f"--only：没有读到个案“{name}”{f'，是否指“{near}”？' if near else '。'}已读入：{known or '–'}",
        )
    )


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
