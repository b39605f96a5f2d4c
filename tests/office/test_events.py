"""What becomes of documents on record when something changes: a table of events, each after a first run has issued all.

The same table stands in docs/design.md for people.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path

import pytest

from docgen.definitions.load import load_definitions
from docgen.generate import drawn
from docgen.kit import Kit
from docgen.layout.context import Mode, Stamp
from docgen.layout.sets import TemplateSet
from docgen.model.document import Document
from docgen.model.life import NEW, Life, Pause
from docgen.office import working
from docgen.office.batch import Batch
from docgen.office.entries import CLOSED, EXTENDED, PAUSED
from docgen.office.index import INDEX
from docgen.office.ledger import Ledger
from docgen.office.outcome import Order, Outcome
from docgen.office.publish import PRIVATE
from docgen.office.run import load_run
from docgen.office.store import opened
from docgen.office.working import kit_of
from docgen.paper import Paper
from docgen.sources.cases import read_cases
from tests.office.pack_help import without_engine

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
CASE = "S1024-202601"
FIRST, LATER = date(2026, 3, 2), date(2026, 3, 20)
LETTER, PLAN, JANUARY, FEBRUARY, LAUNCH, TALK = "L", "P", "M-2026-01", "M-2026-02", "N-1", "N-2"
ALL = (LETTER, PLAN, JANUARY, FEBRUARY, LAUNCH, TALK)
SAME = ("unchanged", "same", 1)
Became = tuple[str, str | None, int]


@dataclass
class Room:
    """An office with one case, and what is done to it."""

    folder: Path
    patch: pytest.MonkeyPatch
    order: Order = field(default_factory=lambda: Order(LATER, formats=("docx",)))

    @property
    def case(self) -> Path:
        return self.folder / "case.yaml"

    @property
    def out(self) -> Path:
        return self.order.out or self.folder / "out"

    def change(self, before: str, after: str) -> None:
        text = self.case.read_text("utf-8")
        assert before in text
        self.case.write_text(text.replace(before, after), "utf-8")

    def run(self) -> list[Outcome]:
        definitions = load_definitions()
        run = load_run(read_cases([self.case], definitions), definitions, (), FIRST, out=self.out)
        order = replace(self.order, out=self.out)
        return list(Batch(run, order).outcomes())

    def file(self, number: str, revision: int = 1) -> Path:
        return next(self.out.rglob(f"{CASE}-{number}-r{revision}.docx"))


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose documents were all issued by a first run."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copy(SAMPLES / "wang.yaml", folder / "case.yaml")
    shutil.copy(SAMPLES / "docgen.yaml", folder)
    with pytest.MonkeyPatch.context() as patch:
        room = Room(folder, patch, Order(FIRST, formats=("docx",)))
        assert {one.state for one in room.run()} == {"made"}
    return folder


TREES: dict[tuple[str, ...], tuple[TemplateSet, Document]] = {}
"""The trees that were drawn, each with its templates, which are known by where they are and so must stay there."""


def drawn_before(paper: Paper, kit: Kit, stamp: Stamp, mode: Mode, handwrite: bool = False) -> Document:
    """``drawn``, for what no event has changed only once."""
    asked = (repr(paper), repr(stamp), mode, repr(kit.settings), f"{id(kit.templates)} {handwrite}")
    if asked not in TREES:
        TREES[asked] = kit.templates, drawn(paper, kit, stamp, mode, handwrite)
    return TREES[asked][1]


@pytest.fixture
def room(issued: Path, tmp_path: Path) -> Iterator[Room]:
    shutil.copytree(issued, tmp_path / "office")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(working, "drawn", drawn_before)
        yield Room(tmp_path / "office", patch)


def nothing(room: Room) -> None:
    """The same command once more."""


def typo(room: Room) -> None:
    """A word in a cause is corrected, which the plan prints and, as last month's, the plan of February."""
    room.change("一月下旬两家客户提前放假", "一月下旬有两家客户提前放假")
    room.change("选型手册只有英文版", "选型手册仅有英文版")


def target(room: Room) -> None:
    room.change("target_value: 150000", "target_value: 160000")


def supervisor(room: Room) -> None:
    room.change("supervisor_name: 李某", "supervisor_name: 赵某")


def reason(room: Room) -> None:
    room.order = replace(room.order, reason="双方同意提高目标")


def reissue(room: Room) -> None:
    room.order = replace(room.order, reissue=True)


def wording(room: Room) -> None:
    """The company words a sentence of the letter anew."""
    own = room.folder / "templates"
    own.mkdir()
    (own / "wording.zh.yaml").write_text("letter: {changes_clause: 变更须经双方书面确认。}\n", "utf-8")


def other_look(room: Room) -> None:
    """Another letterhead, another theme, another docgen."""
    look = cached_property(lambda _: "another")
    look.__set_name__(Kit, "look")
    room.patch.setattr(Kit, "look", look)
    room.patch.setattr(working, "kit_of", cache(kit_of.__wrapped__))  # a kit keeps its look


def month(room: Room) -> None:
    """February has passed, its figures are typed; March is planned."""
    text = room.case.read_text("utf-8")
    march = text[text.index("  - month: 2026-02") : text.index("interviews:")].replace("2026-02", "2026-03")
    room.case.write_text(text.replace("interviews:", march + "interviews:"), "utf-8")


def void(room: Room) -> None:
    with opened(room.out, PRIVATE) as store:
        letter = store.register.standing(f"{CASE}-{LETTER}")
        assert letter
        store.void(letter, "发错了人", LATER)


def lives(room: Room, event: str, life: Life) -> None:
    with opened(room.out, PRIVATE) as store:
        store.live(CASE, event, life, "双方商定", LATER)


def extended(room: Room) -> None:
    lives(room, EXTENDED, NEW.extend(date(2026, 9, 30)))


def paused(room: Room) -> None:
    lives(room, PAUSED, NEW.pause(Pause(date(2026, 2, 1), date(2026, 2, 28), "病假")))


def closed(room: Room) -> None:
    lives(room, CLOSED, NEW.close(LATER, "调岗"))


def revise(room: Room) -> None:
    room.order = replace(room.order, revise=frozenset((f"{CASE}-{FEBRUARY}",)))


def name_letter(room: Room) -> None:
    room.order = replace(room.order, revise=frozenset((f"{CASE}-{LETTER}",)))


def once_more(room: Room) -> None:
    """The run was made already."""
    room.run()


def second_lost(room: Room) -> None:
    """It is made again with the notice that it had."""
    room.file(LETTER, 2).unlink()


def somebody_else(room: Room) -> None:
    """Another person's case was given the same number."""
    corrected(room)
    room.change("employee_name: 王某", "employee_name: 尤某")


def corrected(room: Room) -> None:
    """The employee's number was mistyped; the case keeps its own."""
    room.change("employee_no: S1024", f"case_id: {CASE}\n  employee_no: S2048")


def draft(room: Room) -> None:
    room.order = replace(room.order, mode="draft")


def another_out(room: Room) -> None:
    room.order = replace(room.order, out=room.folder / "elsewhere")


def killed(room: Room) -> None:
    """A run was stopped after the letter had been reserved and written, and before that was recorded."""
    place = Ledger(room.out).file
    lines = place.read_bytes().split(b"\n")
    place.write_bytes(b"\n".join(lines[:1]) + b"\n")
    (room.out / INDEX).unlink()
    (room.file(LETTER).parent / ".docgen-0123456789abcdef.tmp").write_bytes(b"half")
    for number in ALL[1:]:
        room.file(number).unlink()


def lost(room: Room) -> None:
    room.file(LETTER).unlink()


def february_lost(room: Room) -> None:
    room.file(FEBRUARY).unlink()


def moved(room: Room) -> None:
    """Somebody has moved to another department since; what was issued stays where it is."""
    room.change("department: 销售部", "department: 客户服务部")


def nameless(room: Room) -> None:
    """File names hold no person's name any more."""
    settings = room.folder / "docgen.yaml"
    settings.write_text(settings.read_text("utf-8") + "\nnames_in_files: no\n", "utf-8")


def by_hand(room: Room) -> None:
    """Somebody has opened the issued file and saved it."""
    room.file(LETTER).write_bytes(room.file(LETTER).read_bytes() + b" ")


def second_by_hand(room: Room) -> None:
    file = room.file(LETTER, 2)
    file.write_bytes(file.read_bytes() + b" ")


def plan_by_hand(room: Room) -> None:
    file = room.file(JANUARY)
    file.write_bytes(file.read_bytes() + b" ")


def in_the_way(room: Room) -> None:
    """A file that nobody recorded stands where revision 2 is to be written."""
    file = room.file(LETTER)
    file.with_name(file.name.replace("-r1", "-r2")).write_bytes(b"somebody's")


def also_pdf(room: Room) -> None:
    """What stands in the PDF matters here to nobody."""
    room.order = replace(room.order, formats=("docx", "pdf"))
    without_engine(room.patch)


def dry(room: Room) -> None:
    room.order = replace(room.order, planned=True)


def each(names: Iterable[str], became: Became) -> dict[str, Became]:
    return dict.fromkeys(names, became)


EVENTS: dict[str, tuple[tuple[Callable[[Room], None], ...], dict[str, Became]]] = {
    "nothing changed": ((nothing,), {}),
    "a typo corrected": ((typo,), {LETTER: SAME, PLAN: ("refused", "ask", 1), FEBRUARY: ("unchanged", "frozen", 1)}),
    "a typo corrected, with the reason": (
        (typo, reason),
        {PLAN: ("made", "revise", 2), FEBRUARY: ("unchanged", "frozen", 1)},
    ),
    "a target changed, with the reason": (
        (target, reason),
        {LETTER: ("made", "revise", 2), PLAN: ("made", "revise", 2), FEBRUARY: ("unchanged", "frozen", 1)},
    ),
    "another supervisor": (
        (supervisor,),
        {LETTER: ("refused", "ask", 1), PLAN: ("refused", "ask", 1)}
        | each((JANUARY, FEBRUARY, LAUNCH, TALK), ("unchanged", "frozen", 1)),
    ),
    "a wording changed": ((wording,), {LETTER: ("refused", "ask", 1)}),
    "a wording changed, with the reason": ((wording, reason), {LETTER: ("made", "revise", 2)}),
    "letterhead changed, docgen upgraded": ((other_look,), each(ALL, ("unchanged", "other_look", 1))),
    "reissued in the new look": (
        (other_look, reissue, reason),
        each((LETTER, PLAN), ("made", "revise", 2))
        | each((JANUARY, FEBRUARY, LAUNCH, TALK), ("unchanged", "other_look", 1)),
    ),
    "a month passed": ((month,), {"M-2026-03": ("made", "new", 1)}),
    "withdrawn": ((void,), {LETTER: ("unchanged", "void", 1)}),
    "withdrawn, and issued anew": (
        (void, name_letter, reason),
        {LETTER: ("made", "revise", 2)},
    ),
    "withdrawn, and all others reissued": (
        (void, reissue, reason),
        {LETTER: ("unchanged", "void", 1), PLAN: ("made", "revise", 2)},
    ),
    "the same revision once more": (
        (target, reason, once_more),
        each((LETTER, PLAN), ("unchanged", "same", 2)) | {FEBRUARY: ("unchanged", "frozen", 1)},
    ),
    "the same reissue once more": ((reissue, reason, once_more), each((LETTER, PLAN), ("unchanged", "same", 2))),
    "a file of revision 2 is gone": (
        (target, reason, once_more, second_lost),
        {LETTER: ("made", "add", 2), PLAN: ("unchanged", "same", 2), FEBRUARY: ("unchanged", "frozen", 1)},
    ),
    "extended": ((extended,), {}),
    "a frozen plan revised": (
        (target, revise, reason),
        {
            LETTER: ("made", "revise", 2),
            PLAN: ("made", "revise", 2),
            FEBRUARY: ("made", "revise", 2),
        },
    ),
    "a draft": ((target, draft), each(ALL, ("made", "new", 0))),
    "another folder": ((another_out,), each(ALL, ("made", "new", 1))),
    "a run was killed": ((killed,), each(ALL[1:], ("made", "new", 1))),
    "a run was killed while it put the files in place": ((killed, lost), each(ALL, ("made", "new", 1))),
    "a file is gone": ((lost,), {LETTER: ("made", "add", 1)}),
    "a file is gone, and docgen was upgraded": (
        (lost, other_look),
        {LETTER: ("made", "add", 1)} | each(ALL[1:], ("unchanged", "other_look", 1)),
    ),
    "a file of a frozen plan is gone, and its data changed": (
        (typo, february_lost),
        {PLAN: ("refused", "ask", 1), FEBRUARY: ("failed", "frozen", 1)},
    ),
    "somebody moved, and a further format": (
        (moved, also_pdf),
        each((LETTER, PLAN), ("refused", "ask", 1)) | each((JANUARY, FEBRUARY, LAUNCH, TALK), ("refused", "frozen", 1)),
    ),
    "a file is gone, and is made again where it was": ((lost, nameless), {LETTER: ("made", "add", 1)}),
    "a number corrected, with the reason": (
        (corrected, reason),
        each((LETTER, PLAN), ("refused", None, 0))
        | each((JANUARY, FEBRUARY, LAUNCH, TALK), ("unchanged", "frozen", 1)),
    ),
    "a number corrected, and the letter named": (
        (corrected, name_letter, reason),
        {LETTER: ("made", "revise", 2), PLAN: ("refused", None, 0)}
        | each((JANUARY, FEBRUARY, LAUNCH, TALK), ("unchanged", "frozen", 1)),
    ),
    "changed by hand, and reissued for the same reason": (
        (reissue, reason, once_more, second_by_hand),
        {LETTER: ("made", "revise", 3), PLAN: ("unchanged", "same", 2)},
    ),
    "withdrawn, and changed by hand": ((void, by_hand), {LETTER: ("unchanged", "void", 1)}),
    "the number of somebody else": ((somebody_else, reason), each(ALL, ("refused", None, 0))),
    "a file was changed by hand": ((by_hand,), {LETTER: ("refused", None, 0)}),
    "a frozen plan was changed by hand, and all is reissued": (
        (plan_by_hand, reissue, reason),
        each((LETTER, PLAN), ("made", "revise", 2)) | {JANUARY: ("refused", None, 0)},
    ),
    "a stranger's file in the way": (
        (target, reason, in_the_way),
        {LETTER: ("failed", "revise", 2), PLAN: ("made", "revise", 2), FEBRUARY: ("unchanged", "frozen", 1)},
    ),
    "a further format": ((also_pdf,), each(ALL, ("made", "add", 1))),
    "only a trial, and a file is gone": ((lost, dry), {LETTER: ("planned", "add", 1)}),
    "only a trial": (
        (target, reason, dry),
        {
            LETTER: ("planned", "revise", 2),
            PLAN: ("planned", "revise", 2),
            FEBRUARY: ("unchanged", "frozen", 1),
        },
    ),
}
"""What is done after the first run, and what becomes of each document: its state, the verdict, its revision; those that
are not named are the same as before."""


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_has_the_effect_that_the_table_gives(event: str, room: Room) -> None:
    changes, expected = EVENTS[event]
    for change in changes:
        change(room)
    touched = {path: path.read_bytes() for path in room.out.rglob("*-r1.*")}
    outcomes = room.run()
    became = {one.paper.number.removeprefix(f"{CASE}-"): (one.state, one.verdict, one.revision) for one in outcomes}
    assert became == dict.fromkeys(became, SAME) | expected
    assert became.keys() >= set(ALL)
    assert all(path.read_bytes() == content for path, content in touched.items()), "what was issued is never changed"
    assert not Ledger(room.out).read().faults
    assert not [*room.out.rglob("*.tmp")]


@pytest.mark.parametrize(("change", "left"), [(closed, ()), (paused, (LETTER, PLAN, JANUARY, LAUNCH))])
def test_of_a_case_that_rests_nothing_is_asked_for(
    change: Callable[[Room], None], left: tuple[str, ...], room: Room
) -> None:
    target(room)
    reason(room)
    change(room)
    became = {one.paper.number.removeprefix(f"{CASE}-"): one.state for one in room.run()}
    assert became.keys() == set(left) and set(became.values()) <= {"made", "unchanged"}
