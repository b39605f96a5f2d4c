"""Which of the workbooks that were sent out are back, and in what state: who is to be reminded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

from docgen.checking.reporting import SETTINGS
from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE, spelling
from docgen.model.identity import folded
from docgen.model.problems import Problem, Severity
from docgen.model.record import Record
from docgen.office.run import load_run
from docgen.office.sent import Sending
from docgen.sources.cases import Reading, Source, case_files, read_cases

State = Literal["not_back", "back", "problems", "empty", "elsewhere", "several", "not_there"]
"""``empty``: back, but nothing was filled in. ``elsewhere``: it is not back, but its people came in other workbooks.
``several``: more than one file is this workbook, and they differ; nobody but their author knows which one counts.
``not_there``: it was written, perhaps for a trial, but is gone and never came back; so an earlier one still counts."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A file that came back.

    ``people``: name by employee number; ``begun``: those of whom something is filled in, beyond who they are.
    """

    path: Path
    digest: str
    sent: str = ""
    readable: bool = True
    people: Mapping[str, str] = field(default_factory=dict)
    begun: frozenset[str] = frozenset()
    errors: tuple[Problem, ...] = ()
    changed: datetime | None = None

    @property
    def at(self) -> datetime:
        """When the file was last changed, as far as that is known."""
        return self.changed or datetime.min


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody who was sent to one and came back in the workbook of another."""

    person: str
    path: Path


@dataclass(frozen=True, slots=True)
class Status:
    """A workbook that was sent out, and what became of it.

    ``names``: of its people, as far as they are known, else their numbers. ``gone``: those who stand in no file that
    came back, though this one did.
    """

    sending: Sending
    state: State
    files: tuple[Returned, ...] = ()
    names: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def begun(self) -> int:
        """Of how many people something is filled in."""
        held = frozenset[str]().union(*(one.begun for one in self.files))
        return sum(spelling(number) in held for number in self.sending.sent.people)

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for one in self.files for problem in one.errors)


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it. ``others``: files that are nobody's; ``earlier``: those in whose place another workbook was sent."""

    workbooks: tuple[Status, ...]
    others: tuple[Path, ...] = ()
    earlier: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """The workbooks that count now, and the ids of those that are ``gone``, so that an earlier one still counts."""

    current: tuple[Sending, ...] = ()
    gone: frozenset[str] = frozenset()


def latest(sendings: Sequence[Sending], there: Container[str]) -> Round:
    """Those in whose place no later one was sent: to all of their people, or to some in the same group.

    One that is not ``there`` takes the place of none that is, and came perhaps of a trial.
    """
    found: list[Sending] = []
    gone: set[str] = set()
    later: set[str] = set()
    of_group: dict[str, set[str]] = defaultdict(set)
    for at, one in reversed([*enumerate(sendings)]):
        people = _numbers(one)
        if people & of_group[one.sent.group] or (people and people <= later):
            continue
        found.append(one)
        if one.sent.id not in there and any(
            other.sent.id in there and people & _numbers(other) for other in sendings[:at]
        ):
            gone.add(one.sent.id)
            continue
        later |= people
        of_group[one.sent.group] |= people
    return Round(tuple(found[::-1]), frozenset(gone))


def _numbers(sending: Sending) -> set[str]:
    return set(map(spelling, sending.sent.people))


def files_of(folders: Sequence[Path]) -> list[Path]:
    """The files in ``folders`` that may be workbooks which came back; a file may be named itself."""
    found: dict[Path, None] = {}
    for folder in folders:
        files = [one for one in case_files(folder) if one != folder] if folder.is_dir() else [folder]
        found.update(dict.fromkeys(files))
    return list(found)


def look_through(
    files: Sequence[Path], definitions: Definitions, office: Path, today: date, password: str = ""
) -> list[Returned]:
    """What each file is and what is wrong with it, by the settings beside it, else by those near ``office``.

    Copies of a file, the same byte for byte, count as one.
    """
    once = {_digest(file) or str(file): file for file in reversed(files)}
    readings = [(digest, file, read_cases([file], definitions, password)) for digest, file in reversed(once.items())]
    together = Reading(
        tuple(record for *_, one in readings for record in one.records),
        tuple(problem for *_, one in readings for problem in one.problems),
    )
    errors: dict[str, list[Problem]] = defaultdict(list)
    for problem in load_run(together, definitions, (), today, settings_near=office).all_problems:
        if problem.severity is Severity.ERROR and problem.path[:1] != (SETTINGS,):
            errors[problem.position.source].append(problem)
    return [_returned(file, digest, one, errors[str(file)]) for digest, file, one in readings]


def names_of(
    current: Iterable[Sending],
    returned: Iterable[Returned],
    originals: Mapping[str, Path],
    definitions: Definitions,
    password: str = "",
) -> dict[str, str]:
    """The names of those who did not come back, by number, from the workbooks as they were sent, if these are there."""
    back = {number for one in returned for number in one.people}
    asked = [one.sent.id for one in current if not back.issuperset(map(spelling, one.sent.people))]
    files = [originals[mark] for mark in asked if mark in originals and originals[mark].is_file()]
    readings = [read_cases([file], definitions, password) for file in files]
    records = (record for one in readings for record in (*one.records, *one.waiting))
    return {spelling(number): name for number, name in map(_who, records) if number}


def overview(
    current: Sequence[Sending],
    known: Iterable[Sending],
    returned: Sequence[Returned],
    originals: Mapping[str, Path],
    names: Mapping[str, str],
    gone: Collection[str] = (),
) -> Overview:
    """Match what came back with what was sent: by the mark in the file, else by its people.

    Args:
        current: the workbooks to tell of; ``known`` all that were ever sent.
        originals: by id, where a workbook was written; as long as it lies there as it was, it is not back.
        names: of people who did not come back, by number, as far as they are known.
        gone: the ids of those that are told as not there, see ``latest``.
    """
    by_id = {one.sent.id: one for one in current}
    counting = [one for one in current if one.sent.id not in gone]
    ever = {one.sent.id for one in known}
    found: dict[str, list[Returned]] = defaultdict(list)
    others: list[Path] = []
    earlier: list[Path] = []
    called = dict(names)
    for file in returned:
        called.update(file.people)
        mark = file.sent if file.sent in by_id else "" if file.sent in ever else _by_people(file, counting)
        if mark:
            if not _is_original(file, by_id[mark], originals):
                found[mark].append(file)
        else:
            (earlier if file.sent in ever else others).append(file.path)
    held: dict[str, list[tuple[str, Path]]] = defaultdict(list)
    for mark, many in found.items():
        for file in many:
            for person in file.people:
                held[person].append((by_id[mark].sent.group, file.path))
    statuses = [_status(one, tuple(found[one.sent.id]), held, called) for one in current]
    statuses = [replace(one, state="not_there") if one.sending.sent.id in gone else one for one in statuses]
    return Overview(tuple(statuses), tuple(others), tuple(earlier))


def _digest(file: Path) -> str:
    """The SHA-256 of a file; '' where it can't be read, which reading tells of."""
    try:
        return sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
    except OSError:
        return ""


def _returned(file: Path, digest: str, reading: Reading, errors: Sequence[Problem]) -> Returned:
    source = next(iter(reading.sources.values()), None)
    begun = {spelling(number): name for number, name in map(_who, reading.records) if number}
    people = {spelling(number): name for number, name in map(_who, reading.waiting) if number} | begun
    sent = source.sent if isinstance(source, Source) else ""
    return Returned(file, digest, sent, source is not None, people, frozenset(begun), tuple(errors), _changed(file))


def _changed(file: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(file.stat().st_mtime)
    except (OSError, OverflowError, ValueError):
        return None


def _who(record: Record) -> tuple[str, str]:
    case = record.data.get(CASE)
    typed = case if isinstance(case, Mapping) else {}
    number, name = (str(typed.get(one) or "").strip() for one in ("employee_no", "employee_name"))
    return number, name or number


def _by_people(file: Returned, current: Sequence[Sending]) -> str:
    """The workbook that shares the most people with ``file``; of one that can't be read, that of its name."""
    if not file.readable:
        named = [one.sent.id for one in current if folded(one.sent.file) == folded(file.path.name)]
        return named[0] if len(named) == 1 else ""
    shared = {one.sent.id: len(file.people.keys() & set(map(spelling, one.sent.people))) for one in current}
    most = max(shared.values(), default=0)
    found = [mark for mark, count in shared.items() if count == most]
    return found[0] if most and len(found) == 1 else ""


def _is_original(file: Returned, sending: Sending, originals: Mapping[str, Path]) -> bool:
    place = originals.get(sending.sent.id)
    same_place = place is not None and place.exists() and file.path.resolve() == place.resolve()
    return same_place and file.digest == sending.sent.sha256


def _status(
    sending: Sending,
    files: tuple[Returned, ...],
    held: Mapping[str, Sequence[tuple[str, Path]]],
    names: Mapping[str, str],
) -> Status:
    """``held``: by person, the files that came back with them, and of which group these are."""
    called = {number: names.get(spelling(number), number) for number in sending.sent.people}
    moved: list[Moved] = []
    gone: list[str] = []
    for number, name in called.items():
        places = held.get(spelling(number), ())
        moved += [Moved(name, path) for group, path in places if group != sending.sent.group]
        if files and not places and all(one.readable for one in files):
            gone.append(name)
    status = Status(sending, "back", files, tuple(called.values()), tuple(moved), tuple(gone))
    return replace(status, state=_state(status))


def _state(status: Status) -> State:
    files, sent = status.files, status.sending.sent
    if not files:
        return "elsewhere" if status.moved else "not_back"
    if len(files) > 1:
        return "several"
    if files[0].errors:
        return "problems"
    return "empty" if files[0].digest == sent.sha256 or not files[0].begun else "back"
