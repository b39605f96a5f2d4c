"""A batch: every document of a run is issued, unchanged, refused or failed, and each is told; none stops another."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from docgen.checking.checked import Checked
from docgen.checking.schedule import pause_of
from docgen.errors import UsageError
from docgen.generate import Format, Paper, blocking, papers
from docgen.model.identity import folded
from docgen.model.issued import Issued, IssuedFile
from docgen.model.life import Pause
from docgen.model.problems import Severity, Words
from docgen.office.crew import Alone, Crew
from docgen.office.judging import MADE, Leave
from docgen.office.ledger import Fault
from docgen.office.lives import LeftOut, life, told_of_pauses, without_closed
from docgen.office.lock import locked
from docgen.office.outcome import (
    ANOTHERS,
    CHANGED,
    FOREIGN,
    GONE,
    NOTHING,
    REFUSED,
    SAME_NAME,
    TOLD,
    Order,
    Outcome,
    State,
)
from docgen.office.publish import PRIVATE, SHARED, Access, publish
from docgen.office.report import ordered
from docgen.office.run import Office, Run
from docgen.office.shelf import Revision, holder_of, month_of_paper, path_of
from docgen.office.store import Store, looked_at, opened
from docgen.office.working import Job, Work


@dataclass(frozen=True, slots=True)
class _Task:
    """A document that may have to be made, the job for it, and the folder that it goes to."""

    paper: Paper
    checked: Checked
    office: Office
    store: Store | None
    out: Path
    job: Job

    @property
    def recorded(self) -> Mapping[str, IssuedFile]:
        """The files on record, by format."""
        return self.job.standing.files if self.job.standing else {}


@dataclass(slots=True)
class Batch:
    """The documents of a run; ``crew`` makes them. ``closed``: its cases of which none are made; ``faults``: what was
    found wrong with the record."""

    run: Run
    order: Order
    crew: Crew = field(default_factory=Alone)
    closed: tuple[LeftOut, ...] = ()
    faults: list[Fault] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)
    _settings: dict[int, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.order.mode == "final":
            self.run, self.closed = without_closed(self.run)

    def papers(self) -> list[tuple[Paper, Checked, Office]]:
        """Everything that was asked for, in the order of the cases; nothing that lies in a pause."""
        return [one for one in self._asked() if self._pause(one[0]) is None]

    def left_out(self) -> list[LeftOut]:
        """What the run leaves out of what was asked for, as its case is closed or paused."""
        resting = ((paper.case.id, self._pause(paper)) for paper, _, _ in self._asked())
        return [*self.closed, *told_of_pauses((case, pause) for case, pause in resting if pause)]

    def _asked(self) -> Iterator[tuple[Paper, Checked, Office]]:
        for checked, office in self.run.cases:
            for paper in papers(checked, self.run.definitions):
                in_month = self.order.month is None or month_of_paper(paper) == self.order.month
                if in_month and (not self.order.numbers or paper.number in self.order.numbers):
                    yield paper, checked, office

    def _pause(self, paper: Paper) -> Pause | None:
        """The pause in which the month of a plan or the day of a talk lies; one that is named to be revised is made."""
        if self.order.mode != "final" or paper.form.unit == "case" or paper.number in self.order.revise:
            return None
        return pause_of(life(paper.case), paper.row.get("month") or paper.row.get("date"))

    def outcomes(self) -> Iterator[Outcome]:
        """Make and publish what is to be made; one outcome for each document, in their order.

        Raises:
            EnvironmentLacks: the disk is full, the folder can't be written, another run holds it, a library lacks: the
                next would fail alike.
        """
        with ExitStack() as held:
            stores: dict[Path, Store | None] = {}
            plans = [self._plan(*one, stores, held) for one in self.papers()]
            jobs = (plan.job if isinstance(plan, _Task) else None for plan in plans)
            works = held.enter_context(closing(self.crew.results(jobs)))
            for plan, work in zip(plans, works, strict=True):
                if isinstance(plan, Outcome):
                    yield plan
                elif work:
                    yield self._finished(plan, work)

    def _plan(
        self, paper: Paper, checked: Checked, office: Office, stores: dict[Path, Store | None], held: ExitStack
    ) -> _Task | Outcome:
        order = self.order
        causes = [one for one in office.problems if one.severity is Severity.ERROR]
        causes += blocking(paper, checked.problems)
        if order.mode == "final" and causes:
            return Outcome(paper, "refused", reason=REFUSED, cause=ordered(causes)[0])
        out = order.out or office.out
        first: Revision = 1 if order.mode == "final" else order.mode
        place = out.resolve()  # two offices may call one folder by two names
        names = {folded(str(place / path_of(paper, checked, office.settings, first, name))) for name in order.formats}
        if names & self._taken:
            return Outcome(paper, "failed", reason=SAME_NAME)
        self._taken |= names
        store = self._store(out, office, stores, held)
        standing = store.register.standing(paper.number) if store and order.mode == "final" else None
        if standing and standing.holder.is_another(holder_of(checked)):
            reason = ANOTHERS.filled(number=paper.number, other=standing.holder.employee_no)
            return Outcome(paper, "refused", reason=reason)
        leave = Leave(order.reason, order.reissue, paper.number in order.revise)
        lacking: tuple[Format, ...] = ()
        if store and standing:
            states = {name: store.state(file) for name, file in standing.files.items() if name in order.formats}
            changed = [standing.files[name].path for name, state in states.items() if state == "changed"]
            if changed and not leave.to_revise(paper.form.unit != "case"):
                return Outcome(paper, "refused", reason=CHANGED.filled(file=out / changed[0], flag=_flag(paper)))
            lacking = tuple(name for name in order.formats if states.get(name, "gone") == "gone")
        job = Job(
            paper.case,
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
        return _Task(paper, checked, office, store, out, job)

    def _pickled(self, office: Office) -> bytes:
        """Once an office: all its jobs carry the same bytes."""
        if id(office) not in self._settings:
            self._settings[id(office)] = pickle.dumps(dict(office.settings))
        return self._settings[id(office)]

    def _store(self, out: Path, office: Office, stores: dict[Path, Store | None], held: ExitStack) -> Store | None:
        """The office's folder, held until the run ends; a draft and a run that writes nothing leave no record."""
        place = out.resolve()
        if place not in stores:
            store = None
            if self.order.planned:
                store = held.enter_context(looked_at(out))
            elif self.order.mode == "final":
                store = held.enter_context(opened(out, access_of(office)))
            else:
                held.enter_context(locked(out, access_of(office)))
            self.faults += store.register.faults if store else ()
            stores[place] = store
        return stores[place]

    def _finished(self, task: _Task, work: Work) -> Outcome:
        paper, order = task.paper, self.order
        if work.verdict is None:
            return Outcome(paper, "failed", reason=work.reason, crash=work.crash)
        there = task.recorded.values()
        known = Outcome(
            paper,
            "unchanged",
            reason=self._told(task, work),
            verdict=work.verdict,
            revision=work.revision,
            content_hash=work.content,
            pages=work.extent.pages or max((file.pages for file in there), default=0),
            size=sum(map(len, work.files.values())) or sum(file.size for file in there),
            last_page=work.extent.last_page,
            rare=work.rare,
        )
        gone = [file for name, file in task.recorded.items() if name in task.job.lacking]
        if work.verdict == "frozen" and gone:
            return replace(known, state="failed", reason=GONE.filled(file=task.out / gone[0].path, flag=_flag(paper)))
        if work.verdict not in MADE:
            return replace(known, state="refused" if work.verdict == "ask" else "unchanged")
        revision: Revision = work.revision if order.mode == "final" else order.mode
        formats = task.job.lacking if work.verdict == "add" else order.formats
        paths = {name: path_of(paper, task.checked, task.office.settings, revision, name) for name in formats}
        if work.verdict == "add":  # beside what was issued, wherever the person's folder would be now
            beside = Path(next(iter(there)).path).parent
            paths = {name: beside / path.name for name, path in paths.items()}
        if order.planned:
            return replace(known, state="planned", files=tuple(task.out / path for path in paths.values()))
        if order.mode != "final":
            contents = {paths[name]: content for name, content in work.files.items()}
            files = publish(contents, task.out, access_of(task.office))
            return replace(known, state="made", files=files, revision=0)
        return self._issued(task, work, paths, known)

    def _issued(self, task: _Task, work: Work, paths: Mapping[Format, Path], known: Outcome) -> Outcome:
        store, standing = task.store, task.job.standing
        assert store is not None
        made: dict[str, IssuedFile] = {
            name: IssuedFile(
                paths[name].as_posix(),
                sha256(content).hexdigest(),
                len(content),
                work.extent.pages if name == "pdf" else 0,
            )
            for name, content in work.files.items()
        }
        for name, file in made.items():
            before = standing.files.get(name) if standing and work.verdict == "add" else None
            if before and before.sha256 != file.sha256:
                reason = GONE.filled(file=task.out / before.path, flag=_flag(task.paper))
                return replace(known, state="failed", reason=reason)
            if not before and store.is_foreign(task.paper.number, file):
                return replace(known, state="failed", reason=FOREIGN.filled(file=task.out / file.path))
        if standing and work.verdict == "add":
            issued = replace(standing, files={**standing.files, **made})
        else:
            issued = Issued(
                task.paper.number,
                work.revision,
                task.paper.case.id,
                task.paper.form.name,
                self.order.on,
                work.printed,
                work.content,
                work.look,
                work.parts,
                made,
                holder_of(task.checked),
                task.job.leave.reason if work.verdict == "revise" else "",
                month=str(month_of_paper(task.paper) or ""),
                changed=work.notice.changed if work.notice else (),
                replaced=work.notice.date.isoformat() if work.notice else "",
            )
        try:
            files = store.issue(issued, work.files, self.order.on)
        except UsageError as error:  # a link stands in the way of this one
            return replace(known, state="failed", reason=error.words)
        return replace(known, state="made", files=files)

    def _told(self, task: _Task, work: Work) -> Words:
        words, before = TOLD.get(work.verdict) if work.verdict else None, task.job.standing
        if words is None or before is None:
            return NOTHING
        return words.filled(
            number=before.number,
            revision=work.revision,
            next=before.revision + 1,
            on=before.on.isoformat(),
            reason=task.job.leave.reason,
            void=before.void,
        )


def access_of(office: Office) -> Access:
    return SHARED if office.settings.get("group") else PRIVATE


def _flag(paper: Paper) -> str:
    """What issues a revision of it even where it says the same."""
    return "--reissue" if paper.form.unit == "case" else f"--revise {paper.number}"


def counts(outcomes: Sequence[Outcome]) -> Counter[State]:
    return Counter(outcome.state for outcome in outcomes)
