"""From a list of people to the workbooks that are sent out: one for each supervisor or department, people filled in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from docgen.checking.checked import Checked
from docgen.checking.validate import Checker
from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE, spelling
from docgen.model.identity import safe_name
from docgen.model.problems import Position, Problem, Severity, Words
from docgen.model.record import Record
from docgen.sources.cases import Reading
from docgen.sources.telling import some, told

By = Literal["supervisor", "department"]
MISSING = "E101"
ALWAYS = frozenset(("employee_no", "employee_name"))
"""Without these nobody can be filled in."""
NAMED: Mapping[By, tuple[str, ...]] = {
    "supervisor": ("supervisor_name", "supervisor_no"),
    "department": ("department",),
}
"""The fields that say to whom a person's workbook goes."""
NUMBER = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9][A-Za-z0-9-]*")

TWICE = Words(
    "{place}: “{name}” stands in the roster at {other} too, with the same data, and counts once",
    "{place}：“{name}”在名单中重复（另见{other}），内容一致，按一人计",
)
TWO_NAMES = Words(
    "{place}: supervisor {number} is called “{name}” here and “{other}” elsewhere; “{other}” was taken",
    "{place}：主管工号{number}在此处为“{name}”，在其他行为“{other}”；已采用“{other}”",
)
NO_NUMBER = Words(
    "{place}: “{name}” has no number here, but {numbers} elsewhere; if this is one supervisor, fill the number in",
    "{place}：主管“{name}”在此处没有工号，其他行为{numbers}；如为同一人，请补填工号",
)
NO_DEPARTMENT = Words(
    "{place}: docgen.yaml has no department “{name}”; add it there, or correct it in the roster",
    "{place}：docgen.yaml 中没有部门“{name}”；请在设置中补充，或更正名单",
)
TWO_SUPERVISORS = Words(
    "{place}: the roster names another supervisor than the case that has begun at {other}; the case was taken as it is",
    "{place}：名单中的主管与已开始的个案（{other}）不一致，已按个案处理",
)


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one workbook: those of a supervisor or of a department; what isn't known of it is ''."""

    by: By
    number: str
    name: str
    department: str
    records: tuple[Record, ...]
    people: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.by}:{spelling(self.department if self.by == 'department' else self.number or self.name)}"

    @property
    def stem(self) -> str:
        """The name of its file, which says whose it is."""
        supervisor = "-".join(filter(None, (self.name, self.number)))
        return safe_name(self.department if self.by == "department" else supervisor)


@dataclass(frozen=True, slots=True)
class Roster:
    """The people in groups; ``problems`` are errors, which keep everything back; ``doubts`` are worth a look."""

    groups: tuple[Group, ...]
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Words, ...] = ()


@dataclass(slots=True)
class _Person:
    """One who is in the roster: their record, with the supervisor filled in, and what it says."""

    record: Record
    begun: bool
    checked: Checked
    values: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.values = self.checked.case.values[CASE]

    def said(self, name: str) -> str:
        return str(self.values[name] or "")

    def place(self, name: str) -> Position:
        return self.record.position((CASE, name))


def part(reading: Reading, by: By, settings: Mapping[str, Any], definitions: Definitions, today: date) -> Roster:
    """Put the people of ``reading``, listed and begun, into groups by supervisor or department."""
    records = [*((one, True) for one in reading.records), *((one, False) for one in reading.waiting)]
    everybody = [_raw(record) for record, _ in records]
    names = {spelling(raw["employee_no"]): raw["employee_name"] for raw in everybody if raw["employee_no"]}
    numbers: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for raw in everybody:
        numbers[_who(raw)] |= {raw["supervisor_no"]} - {""}
    checker = Checker(definitions)
    people = []
    for record, begun in records:
        whole = _with_supervisor(record, names, numbers)
        people.append(_Person(whole, begun, checker.validate(whole, settings, None, today)))
    doubts: list[Words] = []
    people, problems = _once(people, by, definitions, doubts)
    problems += [problem for person in people for problem in _wrong(person, by)]
    doubts += _unknown_departments(people, settings)
    if by == "supervisor":
        problems += _two_namesakes(people, definitions)
    groups = tuple(_groups(people, by, doubts)) if not problems else ()
    return Roster(groups, tuple(dict.fromkeys(problems)), tuple(doubts))


def _raw(record: Record) -> Mapping[str, Any]:
    case = record.data.get(CASE)
    typed = case if isinstance(case, Mapping) else {}
    names = ("employee_no", "employee_name", "department", *NAMED["supervisor"])
    return {name: typed[name].strip() if isinstance(typed.get(name), str) else "" for name in names}


def _who(raw: Mapping[str, str]) -> tuple[str, ...]:
    """Two supervisors of one name in one department are taken for one, unless they have numbers."""
    return spelling(raw["supervisor_name"]), spelling(raw["department"])


def _with_supervisor(
    record: Record, names: Mapping[str, str], numbers: Mapping[tuple[str, ...], Collection[str]]
) -> Record:
    """``record`` with number and name of the supervisor apart, and looked up where only one of them stands.

    ``names``: of all people, by number; ``numbers``: of the supervisors, by name and department.
    """
    raw = _raw(record)
    name, number = raw["supervisor_name"], raw["supervisor_no"]
    if name and not number and (spelling(name) in names or NUMBER.fullmatch(name)):
        name, number = "", name
    known = numbers[_who(raw)] if name and not number else ()
    name, number = name or names.get(spelling(number), ""), next(iter(known)) if len(known) == 1 else number
    found = {"supervisor_name": name or None, "supervisor_no": number or None}
    if [name, number] == [raw["supervisor_name"], raw["supervisor_no"]]:
        return record
    return replace(record, data={**record.data, CASE: {**record.data[CASE], **found}})


def _once(
    people: Sequence[_Person], by: By, definitions: Definitions, doubts: list[Words]
) -> tuple[list[_Person], list[Problem]]:
    """Everybody once: a case that has begun goes before the row that lists its person; and who is there twice."""
    same: dict[tuple[str, str] | int, list[_Person]] = defaultdict(list)
    begun: dict[str, _Person] = {}
    for index, person in enumerate(people):
        number = spelling(person.said("employee_no"))
        if person.begun:
            begun.setdefault(number, person)
        elif number in begun and begun[number].record.source != person.record.source:
            other = begun[number]
            if any(spelling(person.said(one)) != spelling(other.said(one)) for one in NAMED[by][-1:]):
                doubts.append(_doubt(TWO_SUPERVISORS, person.place(NAMED[by][0]), other=other.place("employee_no")))
            continue
        same[(number, spelling(str(_typed_id(person)))) if number else index].append(person)
    problems: list[Problem] = []
    for those in same.values():
        if len(those) > 1 and any(_differ(those[0], other) for other in those[1:]):
            known = some([str(one.place("employee_no")) for one in those])
            value = those[0].said("employee_no")
            problems.append(told(definitions, "person_twice", those[1].place("employee_no"), (), value, known=known))
        for other in those[1:] if not problems else ():
            name, first = other.said("employee_no"), those[0].place("employee_no")
            doubts.append(_doubt(TWICE, other.place("employee_no"), name=name, other=first))
    return [those[0] for those in same.values()], problems


def _typed_id(person: _Person) -> Any:
    case = person.record.data.get(CASE)
    return case.get("case_id") or "" if isinstance(case, Mapping) else ""


def _differ(one: _Person, other: _Person) -> bool:
    return one.begun or other.begun or one.values != other.values


def _wrong(person: _Person, by: By) -> Iterator[Problem]:
    """What keeps a person from being sent: no number or name, nobody to send to, oneself as supervisor."""
    sendable = any(person.values[name] for name in NAMED[by])
    for problem in (*person.checked.problems, *person.record.problems):
        name = problem.path[1] if len(problem.path) == 2 and problem.path[0] == CASE else ""
        if problem.severity is not Severity.ERROR:
            continue
        if problem.code != MISSING:
            if problem in person.record.problems or name in {*ALWAYS, *NAMED["supervisor"], "department", "position"}:
                yield problem
        elif name in ALWAYS or (not sendable and name == NAMED[by][0]):
            yield problem


def _unknown_departments(people: Iterable[_Person], settings: Mapping[str, Any]) -> Iterator[Words]:
    """Departments that the settings don't have, each once: nothing could be made of what comes back."""
    known = {spelling(name) for name in settings.get("departments") or ()}
    first = {spelling(person.said("department")): person for person in reversed(list(people))}
    for spelled, person in reversed(first.items()):
        if known and spelled and spelled not in known:
            yield _doubt(NO_DEPARTMENT, person.place("department"), name=person.said("department"))


def _two_namesakes(people: Iterable[_Person], definitions: Definitions) -> Iterator[Problem]:
    """One name in two departments without a number: their people may be two supervisors', and theirs alone to see."""
    unnumbered: dict[str, list[_Person]] = defaultdict(list)
    for person in people:
        if person.said("supervisor_name") and not person.said("supervisor_no"):
            unnumbered[spelling(person.said("supervisor_name"))].append(person)
    for those in unnumbered.values():
        departments = _different(those, "department")
        if len(departments) > 1:
            place, name = those[0].place("supervisor_name"), those[0].said("supervisor_name")
            yield told(definitions, "two_namesakes", place, (), name, known=some(departments))


def _groups(people: Iterable[_Person], by: By, doubts: list[Words]) -> Iterator[Group]:
    grouped: dict[str, list[_Person]] = defaultdict(list)
    for person in people:
        name, number = (person.said("supervisor_name"), person.said("supervisor_no"))
        key = f"n{spelling(number)}" if number else f"a{spelling(name)}"
        grouped[spelling(person.said("department")) if by == "department" else key].append(person)
    with_number: dict[str, set[str]] = defaultdict(set)
    for those in grouped.values():
        number = those[0].said("supervisor_no")
        with_number[spelling(those[0].said("supervisor_name"))] |= {number} - {""}
    for those in grouped.values():
        departments = _different(those, "department")
        numbers, names = _different(those, "supervisor_no"), _different(those, "supervisor_name")
        if by == "department":
            numbers, names = (one if len(one) == 1 else [] for one in (numbers, names))
        elif len(names) > 1:
            other = next(one for one in those if spelling(one.said("supervisor_name")) != spelling(names[0]))
            said = {"name": other.said("supervisor_name"), "other": names[0], "number": numbers[0]}
            doubts.append(_doubt(TWO_NAMES, other.place("supervisor_name"), **said))
        elif not numbers and with_number[spelling(names[0])]:
            others = some(sorted(with_number[spelling(names[0])]))
            doubts.append(_doubt(NO_NUMBER, those[0].place("supervisor_name"), name=names[0], numbers=others))
        yield Group(
            by,
            numbers[0] if numbers else "",
            names[0] if names else "",
            " / ".join(departments),
            tuple(one.record for one in those),
            tuple(one.said("employee_no") for one in those),
        )


def _different(people: Iterable[_Person], name: str) -> list[str]:
    """What is said under a field, each once, what most people say first."""
    every = [said for one in people if (said := one.said(name))]
    first = {spelling(said): said for said in reversed(every)}
    return [first[key] for key, _ in Counter(map(spelling, every)).most_common()]


def _doubt(words: Words, place: Position, **names: object) -> Words:
    said = {
        of: {name: one[of] if isinstance(one, Words) else one for name, one in names.items()} for of in ("en", "zh")
    }
    return Words(words.en.format(place=place, **said["en"]), words.zh.format(place=place, **said["zh"]))
