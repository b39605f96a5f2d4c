"""What is to be done for each document of a run: a job for a worker, or an outcome that is known before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from docgen.checking.checked import Checked
from docgen.definitions.naming import CASE
from docgen.model.identity import document_number, folded
from docgen.model.issued import Issued, IssuedFile
from docgen.model.life import NEW, Life
from docgen.model.problems import Problem, Severity, Words
from docgen.office.judging import Leave
from docgen.office.lives import life
from docgen.office.outcome import (
    ANOTHERS,
    CHANGED,
    DECIDED,
    NAMESAKE,
    OTHER_TALK,
    PERSON,
    REFUSED,
    SAME_NAME,
    TWICE,
    Order,
    Outcome,
)
from docgen.office.people import Open, People, is_same, people
from docgen.office.publish import Access
from docgen.office.report import ordered
from docgen.office.run import Office
from docgen.office.shelf import TALKS, Revision, holder_of, iso, path_of, period_of, talk_of
from docgen.office.store import Store
from docgen.office.working import Job, packed
from docgen.paper import Format, Paper, blocking


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
    def talks(self) -> Mapping[str, Mapping[str, str]]:
        """By case, the days of the talks on record (ISO), by the number of their notes."""
        return self.store.register.talks() if self.store else {}

    @cached_property
    def people(self) -> People:
        latest = self.store.register.latest() if self.store else {}
        return people(latest, self.lives)


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
    _offices: dict[int, bytes] = field(default_factory=dict)

    def plan(self, paper: Paper, checked: Checked, office: Office) -> Task | Outcome:
        order = self.order
        if causes := kept_back(paper, checked, office, order):
            return Outcome(paper, "refused", reason=REFUSED, cause=ordered(causes)[0])
        place = self.places[order.out or office.out]
        if not self._is_free(paper, checked, office, place):
            return Outcome(paper, "failed", reason=SAME_NAME)
        standing = place.store.register.standing(paper.number) if place.store and order.mode == "final" else None
        if place.store and (reason := self._contradiction(paper, checked, place, standing)):
            return Outcome(paper, "refused", reason=reason)
        leave = Leave(order.reason, order.reissue, paper.number in order.revise)
        lacking: tuple[Format, ...] = ()
        changed: list[str] = []
        if place.store and standing:
            states = {name: place.store.state(file) for name, file in standing.files.items() if name in order.formats}
            changed = [standing.files[name].path for name, state in states.items() if state == "changed"]
            if changed and not (standing.void or leave.to_revise(paper.form.unit != "case")):
                reason = CHANGED.filled(file=place.out / changed[0], flag=flag(paper))
                return Outcome(paper, "refused", reason=reason)
            lacking = tuple(name for name in order.formats if states.get(name, "gone") == "gone")
        job = Job(
            paper.case,
            paper.form.name,
            paper.path,
            paper.number if order.mode == "final" else "",
            self._packed(office),
            () if order.planned else order.formats,
            order.mode,
            order.handwrite,
            order.on,
            order.dated,
            standing,
            lacking,
            bool(changed),
            leave,
        )
        return Task(paper, checked, office, place, job)

    def _contradiction(self, paper: Paper, checked: Checked, place: Place, standing: Issued | None) -> Words | None:
        """Why the record speaks against issuing it: decisions made meanwhile, another person, another talk."""
        case, holder = paper.case.id, holder_of(checked)
        if place.lives.get(case, NEW) != life(paper.case):
            return DECIDED.filled(case=case)
        if standing and standing.holder.is_another(holder):
            return ANOTHERS.filled(number=paper.number, other=standing.holder.employee_no)
        is_kept = standing is not None and paper.form.unit != "case"
        known = place.people.holder(case)
        if known and not is_same(known, holder) and not is_kept and paper.number not in self.order.revise:
            return PERSON.filled(case=case, name=known.name, number=known.employee_no, revise=paper.number)
        if moved := _moved(paper, standing, place.talks.get(case, {})):
            return OTHER_TALK.filled(number=moved[0], day=moved[1])
        one = Open(case, holder, *period_of(checked))
        if twin := place.people.twin(one):
            return _told(TWICE, case, twin)
        typed = checked.record.data.get(CASE)
        is_typed = isinstance(typed, Mapping) and bool(typed.get("case_id"))
        if not is_typed and (namesake := place.people.namesake(one, self.present)):
            return _told(NAMESAKE, case, namesake)
        place.people.add(one)
        return None

    def _is_free(self, paper: Paper, checked: Checked, office: Office, place: Place) -> bool:
        """Whether no other document of the run goes by its name; two offices may call one folder by two names."""
        first: Revision = 1 if self.order.mode == "final" else self.order.mode
        out = place.out.resolve()
        names = {folded(str(out / path_of(paper, checked, office.settings, first, one))) for one in self.order.formats}
        free = not names & self._taken
        self._taken |= names
        return free

    def _packed(self, office: Office) -> bytes:
        """Once an office: all its jobs carry the same bytes."""
        if id(office) not in self._offices:
            self._offices[id(office)] = packed(office.settings, office.company)
        return self._offices[id(office)]


def _told(words: Words, case: str, known: Open) -> Words:
    who = known.holder
    return words.filled(
        case=case, known=known.case, name=who.name, number=who.employee_no, start=known.start, end=known.end
    )


def _moved(paper: Paper, standing: Issued | None, known: Mapping[str, str]) -> tuple[str, str] | None:
    """The notes on record whose talk has another place in the list by now, where that concerns ``paper``: a talk was
    put in before it, or taken out. ``known``: the days of the case's talks on record, by number of their notes."""
    day = talk_of(paper)
    if not day:
        return None
    now = {
        document_number(paper.case.id, paper.form.code, str(row["interview_no"])): iso(row["date"])
        for row in paper.case.values[TALKS]
    }
    if standing and standing.talk not in ("", day) and standing.talk in now.values():
        return paper.number, standing.talk
    return next(((number, was) for number, was in known.items() if was == day and now.get(number) != day), None)


def kept_back(paper: Paper, checked: Checked, office: Office, order: Order) -> list[Problem]:
    """The errors for which it is not made; a draft is made in spite of them."""
    if order.mode != "final":
        return []
    return [one for one in office.problems if one.severity is Severity.ERROR] + [*blocking(paper, checked.problems)]


def flag(paper: Paper) -> str:
    """What issues a revision of it alone, even where it says the same."""
    return f"--revise {paper.number}"
