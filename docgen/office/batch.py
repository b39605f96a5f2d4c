"""A batch: every document of a run is issued, unchanged, refused or failed, and each is told; none stops another."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

from docgen.checking.checked import Checked
from docgen.checking.schedule import pause_of
from docgen.errors import UsageError
from docgen.model.life import Pause
from docgen.model.problems import Words
from docgen.office.crew import Alone, Crew
from docgen.office.issuing import outcome_of
from docgen.office.ledger import Fault
from docgen.office.lives import LeftOut, in_time, life, told_of_pauses
from docgen.office.lock import locked, refuse_if_held
from docgen.office.outcome import Order, Outcome, State
from docgen.office.planning import Place, Planner, Task, kept_back
from docgen.office.publish import Access
from docgen.office.run import Office, Run
from docgen.office.shelf import month_of_paper
from docgen.office.store import looked_at, lost, opened
from docgen.office.working import Job
from docgen.paper import Paper, papers

TWO_MODES = Words(
    "{out}: two docgen.yaml of this run name this folder, one with group: true and one without; let both say the same",
    "{out}：本次运行有两个 docgen.yaml 指向该文件夹，但 group 设置不同；请统一",
)
Asked = tuple[Paper, Checked, Office]


@dataclass(slots=True)
class Batch:
    """The documents of a run; ``crew`` makes them. ``closed``: its cases of which some or all aren't made, as they are
    closed (or not yet); ``faults``: what was found wrong with the record."""

    run: Run
    order: Order
    crew: Crew = field(default_factory=Alone)
    closed: tuple[LeftOut, ...] = ()
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.faults += self.run.faults
        if self.order.mode == "final":
            self.run, self.closed = in_time(self.run)

    def papers(self) -> list[Asked]:
        """Everything that was asked for, in the order of the cases; nothing that lies in a pause."""
        return [one for one in self._asked() if self._pause(one[0]) is None]

    def left_out(self) -> list[LeftOut]:
        """What the run leaves out of what was asked for, as its case is closed or paused."""
        resting = ((paper.case.id, self._pause(paper)) for paper, _, _ in self._asked())
        return [*self.closed, *told_of_pauses((case, pause) for case, pause in resting if pause)]

    def _asked(self) -> Iterator[Asked]:
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

    def outcomes(self, tell: Callable[[Fault], object] = lambda _: None) -> Iterator[Outcome]:
        """Make and publish what is to be made; one outcome for each document, in their order.

        Args:
            tell: is told what is wrong with the record, before anything is made.

        Raises:
            EnvironmentLacks: the disk is full, the folder can't be written, another run holds it, a library lacks: the
                next would fail alike.
            RecordFault: a ledger has lost what its register knows.
            UsageError: the settings of two offices contradict each other.
        """
        asked = self.papers()
        with ExitStack() as held:
            places = self._places(asked, held)
            for fault in self.faults:
                tell(fault)
            planner = Planner(self.order, places, {checked.case.id for checked, _ in self.run.cases})
            plans: deque[Task | Outcome] = deque()

            def jobs() -> Iterator[Job | None]:
                for one in asked:
                    plan = planner.plan(*one)
                    plans.append(plan)
                    yield plan.job if isinstance(plan, Task) else None

            for work in held.enter_context(closing(self.crew.results(jobs()))):
                plan = plans.popleft()
                if isinstance(plan, Outcome):
                    yield plan
                elif work:
                    yield outcome_of(plan, work, self.order)

    def _places(self, asked: Sequence[Asked], held: ExitStack) -> dict[Path, Place]:
        """The folders of all documents that nothing keeps back, held until the run ends."""
        places: dict[Path, Place] = {}
        to_do = (one for one in asked if not kept_back(*one, self.order))
        for office in {id(office): office for _, _, office in to_do}.values():
            out, access = self.order.out or office.out, office.access
            same = next((one for one in places.values() if one.out.resolve() == out.resolve()), None)
            if same and same.access != access:
                raise UsageError(TWO_MODES.filled(out=out))
            if out not in places:
                places[out] = Place(out, access, same.store) if same else self._opened(out, access, held)
        return places

    def _opened(self, out: Path, access: Access, held: ExitStack) -> Place:
        """A draft leaves no record; a run that writes nothing only looks at it."""
        store = None
        if self.order.mode != "final":
            if not self.order.planned:
                held.enter_context(locked(out, access))
        elif self.order.planned:
            refuse_if_held(out)  # what it is writing just now would be told as in the way
            store = held.enter_context(looked_at(out))
            if store and store.register.before:
                raise lost(store.register)
        else:
            store = held.enter_context(opened(out, access))
        self.faults += [fault for fault in (store.register.faults if store else ()) if fault not in self.faults]
        return Place(out, access, store)


def counts(outcomes: Sequence[Outcome]) -> Counter[State]:
    return Counter(outcome.state for outcome in outcomes)
