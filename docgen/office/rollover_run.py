"""A roll-over: the cases that were read, each in its next month, by the files that they come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

from docgen.checking.checked import Checked
from docgen.checking.reporting import SETTINGS
from docgen.checking.validate import Checker
from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE, spelling
from docgen.model.case import Month
from docgen.model.problems import Path as DataPath
from docgen.model.problems import Position, Problem, Severity
from docgen.model.record import Record, RolledOver
from docgen.office.run import Office, Run, load_run
from docgen.rollover.blocking import CHECKED_FOR, FORM
from docgen.rollover.event import Event
from docgen.rollover.rolled import Rolled, State
from docgen.rollover.rolling import Roller
from docgen.sources.cases import Reading, Source
from docgen.sources.places import Routed
from docgen.sources.telling import told

MOST_PREDECESSORS = 24
"""Every new case in YAML names them all."""
LEAST_TEAM = 3
"""In a file with so many cases, one of another supervisor is probably to be handed over."""
SUPERVISOR = ("supervisor_no", "supervisor_name")


@dataclass(frozen=True, slots=True)
class Turned:
    """A case with what rolling it over came to; ``to_fill``: how many cells its new month still asks for."""

    checked: Checked
    office: Office
    rolled: Rolled
    to_fill: int = 0

    @property
    def state(self) -> State:
        return self.rolled.state

    @property
    def values(self) -> Mapping[str, Any]:
        """The fields of the case, as they were checked."""
        found: Mapping[str, Any] = self.checked.case.values[CASE]
        return found

    @property
    def source(self) -> str:
        return self.checked.record.source

    def refused(self, *problems: Problem) -> Turned:
        """The same, kept back for these problems too."""
        return replace(self, rolled=Rolled("refused", self.checked.record, (), (*self.rolled.problems, *problems)))


@dataclass(frozen=True, slots=True)
class Bundle:
    """What goes into one new file: the cases of its ``sources``, and those who are only listed there.

    ``problems`` are those of the sources that are no case's; with any error nothing is written.
    """

    sources: tuple[Source, ...]
    cases: tuple[Turned, ...]
    waiting: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_blocked(self) -> bool:
        wrong = any(one.severity is Severity.ERROR for one in self.problems)
        return wrong or any(case.state == "refused" for case in self.cases)

    @property
    def goes_on(self) -> bool:
        """Whether there is anything new to write."""
        return any(case.state in ("rolled", "past_end") for case in self.cases)

    @property
    def has_begun(self) -> bool:
        return any(case.state != "not_begun" for case in self.cases)

    @property
    def is_over(self) -> bool:
        """Whether nobody in it has a new month: nothing of it is sent out to be filled in."""
        return not self.waiting and all(case.state in ("finished", "closed", "past_end") for case in self.cases)

    def records(self, month: Month) -> list[Record]:
        """The cases as they go into the new file, each saying which files it replaces."""
        origin = RolledOver(str(month), self.predecessors)
        return [replace(case.rolled.record, rolled=origin) for case in self.cases]

    @property
    def out(self) -> Path:
        """The folder where the office of its cases keeps its papers and its ledger."""
        return self.cases[0].office.out

    @property
    def predecessors(self) -> tuple[str, ...]:
        """The files that it replaces: its sources, then those which these had replaced, as far as there is room."""
        direct = dict.fromkeys(source.digest for source in self.sources if source.digest)
        earlier = zip_longest(*(source.rolled.predecessors for source in self.sources if source.rolled))
        known = dict.fromkeys(digest for generation in earlier for digest in generation if digest)
        more = [digest for digest in known if digest not in direct]
        return (*direct, *more[: max(0, MOST_PREDECESSORS - len(direct))])


def turn_over(reading: Reading, month: Month, definitions: Definitions, today: date) -> tuple[Run, tuple[Turned, ...]]:
    """Check what was read for its monthly plans, and roll each case over to ``month``."""
    run = load_run(reading, definitions, CHECKED_FOR, today, handwrite=True)
    roller, checker = Roller(definitions), Checker(definitions)
    cases: list[Turned] = []
    for checked, office in run.cases:
        turned = Turned(checked, office, roller.roll_over(checked, month, office.settings))
        if errors := [one for one in office.problems if one.severity is Severity.ERROR]:
            turned = turned.refused(*errors)
        if turned.state == "rolled":
            again = checker.validate(turned.rolled.record, office.settings, (FORM,), today, office.lives)
            turned = replace(turned, to_fill=_missing(again))
        cases.append(turned)
    return run, tuple(_with_moved(cases))


def _missing(checked: Checked) -> int:
    """How many cells the plan of the new month still asks for."""
    errors = (one for one in checked.problems if one.severity is Severity.ERROR)
    return len({one.path for one in errors if one.path[:1] != (SETTINGS,)})


def bundled(reading: Reading, cases: Iterable[Turned], apart: bool, definitions: Definitions) -> list[Bundle]:
    """The files to write: one of all, or ``apart`` one of each file that was read."""
    cases = _claimed_once(cases, apart, definitions)
    of_files = [one for one in reading.problems if one.position.source not in reading.replaced]
    if not apart:
        sources = tuple(reading.sources.values())
        return [Bundle(sources, tuple(cases), reading.waiting, tuple(of_files))] if sources else []
    own: dict[str, list[Turned]] = defaultdict(list)
    for case in cases:
        own[case.source].append(case)
    waiting: dict[str, list[Record]] = defaultdict(list)
    for record in reading.waiting:
        waiting[record.source].append(record)
    elsewhere = [one for case in cases for one in case.rolled.problems if one.position.source != case.source]
    problems = (*of_files, *elsewhere)
    return [
        Bundle((source,), tuple(own[name]), tuple(waiting[name]), tuple(_of_source(problems, name)))
        for name, source in reading.sources.items()
    ]


def _of_source(problems: Iterable[Problem], name: str) -> Iterable[Problem]:
    """The problems of a file, or of one of its tables where it is a folder of them."""
    for problem in problems:
        source = problem.position.source
        if source == name or (Path(name).is_dir() and Path(source).parent == Path(name)):
            yield problem


def _claimed_once(cases: Iterable[Turned], apart: bool, definitions: Definitions) -> list[Turned]:
    """The cases; each of which two files claim the person is kept back, in both."""
    checked = list(cases)
    if apart:
        checked = [_in_one_file(one, definitions) for one in checked]
    running: dict[str, list[Turned]] = defaultdict(list)
    for one in checked:
        if one.values["employee_no"] and one.state in ("rolled", "refused"):
            running[spelling(str(one.values["employee_no"]))].append(one)
    other = {
        id(one): next(two for two in those if two.source != one.source)
        for those in running.values()
        if len({one.source for one in those}) > 1 and len({spelling(one.checked.case.id) for one in those}) > 1
        for one in those
    }
    return [_two_cases(one, other[id(one)], definitions) if id(one) in other else one for one in checked]


def _two_cases(one: Turned, other: Turned, definitions: Definitions) -> Turned:
    path: DataPath = (CASE, "employee_no")
    place = other.checked.record.position(path)
    return one.refused(_told(definitions, "two_running", one, path, one.values["employee_no"], place))


def _in_one_file(one: Turned, definitions: Definitions) -> Turned:
    """A case that was put together of several files can't go back into each of them."""
    positions = one.checked.record.positions
    if not isinstance(positions, Routed):
        return one
    places = dict.fromkeys(record.source for record, _ in positions.routes.values())
    problems = [
        replace(_told(definitions, "in_two_files", one, (), one.checked.case.id, Position(other)), position=position)
        for name in places
        for other in [next(other for other in places if other != name)]
        for position in [_first_place(positions, name)]
    ]
    return one.refused(*problems)


def _first_place(positions: Routed, source: str) -> Position:
    """The first place of a case that was put together, in one of its files."""
    routes = (route for route in positions.routes.values() if route[0].source == source)
    record, path = next(routes)
    return record.position(path)


def _told(definitions: Definitions, kind: str, one: Turned, path: DataPath, value: object, known: Position) -> Problem:
    record = one.checked.record
    problem = told(definitions, kind, record.position(path), path, value, known=str(known))
    return replace(problem, case_id=one.checked.case.id)


def _with_moved(cases: Sequence[Turned]) -> list[Turned]:
    """The cases; one whose supervisor is not that of all others in its file is to be handed over."""
    found = list(cases)
    by_source: dict[str, list[int]] = defaultdict(list)
    for at, case in enumerate(cases):
        by_source[case.source].append(at)
    for those in by_source.values():
        leads = [_lead(cases[at]) for at in those]
        common = max(leads, key=leads.count)
        strangers = [at for at, lead in zip(those, leads, strict=True) if lead and lead != common]
        if len(those) >= LEAST_TEAM and len(strangers) == 1 and all(leads):
            at = strangers[0]
            other = cases[next(at for at, lead in zip(those, leads, strict=True) if lead == common)]
            found[at] = _moved(cases[at], other)
    return found


def _lead(case: Turned) -> str:
    """Who leads a person: the number, or where none is typed the name."""
    return next((spelling(str(case.values[name])) for name in SUPERVISOR if case.values[name]), "")


def _moved(case: Turned, other: Turned) -> Turned:
    details = {
        "employee": str(case.values["employee_name"] or case.checked.case.id),
        "supervisor": str(case.values["supervisor_name"] or case.values["supervisor_no"]),
        "other": str(other.values["supervisor_name"] or other.values["supervisor_no"]),
    }
    event = Event("moved", "", (CASE, SUPERVISOR[0]), details)
    return replace(case, rolled=replace(case.rolled, events=(event, *case.rolled.events)))
