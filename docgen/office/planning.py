"""What is to be done for each document of a run: a job for a worker, or an outcome that is known before."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from docgen.checking.checked import Checked
from docgen.definitions.naming import CASE, spelling
from docgen.generate import Format, Paper, blocking
from docgen.model.identity import folded
from docgen.model.issued import Holder, IssuedFile
from docgen.model.life import NEW, Life
from docgen.model.problems import Problem, Severity
from docgen.office.judging import Leave
from docgen.office.lives import life
from docgen.office.outcome import ANOTHERS, CHANGED, DECIDED, REFUSED, SAME_NAME, TWICE, Order, Outcome
from docgen.office.publish import Access
from docgen.office.report import ordered
from docgen.office.run import Office
from docgen.office.shelf import Revision, holder_of, path_of, start_of
from docgen.office.store import Store
from docgen.office.working import Job


@dataclass(frozen=True)
class Place:
    """The folder that documents go to. ``store``: what is on record there; a draft leaves no record."""

    out: Path
    access: Access
    store: Store | None = None

    @cached_property
    def lives(self) -> Mapping[str, Life]:
        """How the cases stand, now that nobody else may decide on them."""
        return self.store.register.lives() if self.store else {}

    @cached_property
    def cases(self) -> Mapping[str, tuple[Holder, str]]:
        """The cases on record before this run: whose they are, and the day on which they begin (ISO)."""
        return self.store.register.cases() if self.store else {}

    @cached_property
    def _begun(self) -> Mapping[tuple[str, ...], str]:
        """The open ones, by what tells that two of them are one: who, and since when."""
        of_people: dict[tuple[str, ...], str] = {}
        for case, (holder, start) in self.cases.items():
            if not self.lives.get(case, NEW).is_closed:
                of_people |= dict.fromkeys(_people(holder, start), case)
        return of_people

    def twin(self, checked: Checked, present: Collection[str]) -> str:
        """The open case on record that seems to be this new one under another number; '' where there is none.

        One of the same employee is; a namesake's in the department too, unless both are ``present`` in the run or this
        one's number was typed.
        """
        case = checked.case.id
        if case in self.cases:
            return ""
        same, *namesake = (self._begun.get(one, "") for one in _people(holder_of(checked), start_of(checked)))
        typed = checked.record.data.get(CASE)
        if isinstance(typed, Mapping) and typed.get("case_id"):
            return same
        return same or next((other for other in namesake if other not in present), "")


def _people(holder: Holder, start: str) -> Iterator[tuple[str, ...]]:
    """By number, and by name within the department."""
    number, named = (holder.employee_no,), (holder.department, holder.name)
    yield from ((*map(spelling, person), start) if all(person) and start else () for person in (number, named))


@dataclass(frozen=True, slots=True)
class Task:
    """A document that may have to be made, the job for it, and where it goes."""

    paper: Paper
    checked: Checked
    office: Office
    place: Place
    job: Job

    @property
    def recorded(self) -> Mapping[str, IssuedFile]:
        """The files on record, by format."""
        return self.job.standing.files if self.job.standing else {}


@dataclass(slots=True)
class Planner:
    """Plans the documents of a run one by one; no two of them get one file name.

    ``places``: of all documents that nothing keeps back, by folder; ``present``: the cases of the run.
    """

    order: Order
    places: Mapping[Path, Place]
    present: Collection[str]
    _taken: set[str] = field(default_factory=set)
    _settings: dict[int, bytes] = field(default_factory=dict)

    def plan(self, paper: Paper, checked: Checked, office: Office) -> Task | Outcome:
        order = self.order
        if causes := kept_back(paper, checked, office, order):
            return Outcome(paper, "refused", reason=REFUSED, cause=ordered(causes)[0])
        place = self.places[order.out or office.out]
        store = place.store
        if not self._is_free(paper, checked, office, place):
            return Outcome(paper, "failed", reason=SAME_NAME)
        case, frozen = paper.case, paper.form.unit != "case"
        if store and place.lives.get(case.id, NEW) != life(case):
            return Outcome(paper, "refused", reason=DECIDED.filled(case=case.id))
        standing = store.register.standing(paper.number) if store else None
        if standing and standing.holder.is_another(holder_of(checked)):
            reason = ANOTHERS.filled(number=paper.number, other=standing.holder.employee_no)
            return Outcome(paper, "refused", reason=reason)
        if store and not standing and (twin := place.twin(checked, self.present)):
            holder, start = place.cases[twin]
            reason = TWICE.filled(case=case.id, known=twin, name=holder.name, number=holder.employee_no, start=start)
            return Outcome(paper, "refused", reason=reason)
        leave = Leave(order.reason, order.reissue, paper.number in order.revise)
        lacking: tuple[Format, ...] = ()
        if store and standing:
            states = {name: store.state(file) for name, file in standing.files.items() if name in order.formats}
            changed = [standing.files[name].path for name, state in states.items() if state == "changed"]
            if changed and not leave.to_revise(frozen):
                reason = CHANGED.filled(file=place.out / changed[0], flag=flag(paper))
                return Outcome(paper, "refused", reason=reason)
            lacking = tuple(name for name in order.formats if states.get(name, "gone") == "gone")
        job = Job(
            case,
            paper.form.name,
            paper.path,
            paper.number if order.mode == "final" else "",
            self._pickled(office),
            () if order.planned else order.formats,
            order.mode,
            order.handwrite,
            order.on,
            order.dated,
            standing,
            lacking,
            leave,
        )
        return Task(paper, checked, office, place, job)

    def _is_free(self, paper: Paper, checked: Checked, office: Office, place: Place) -> bool:
        """Whether no other document of the run goes by its name; two offices may call one folder by two names."""
        first: Revision = 1 if self.order.mode == "final" else self.order.mode
        out = place.out.resolve()
        names = {folded(str(out / path_of(paper, checked, office.settings, first, one))) for one in self.order.formats}
        free = not names & self._taken
        self._taken |= names
        return free

    def _pickled(self, office: Office) -> bytes:
        """Once an office: all its jobs carry the same bytes."""
        if id(office) not in self._settings:
            self._settings[id(office)] = pickle.dumps(dict(office.settings))
        return self._settings[id(office)]


def kept_back(paper: Paper, checked: Checked, office: Office, order: Order) -> list[Problem]:
    """The errors for which it is not made; a draft is made in spite of them."""
    if order.mode != "final":
        return []
    return [one for one in office.problems if one.severity is Severity.ERROR] + [*blocking(paper, checked.problems)]


def flag(paper: Paper) -> str:
    """What issues a revision of it even where it says the same."""
    return "--reissue" if paper.form.unit == "case" else f"--revise {paper.number}"
