"""Pages go back into the queue, and their copies do without them; nothing of it is lost, and nothing used twice."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from docgen.archive import filing, originals
from docgen.archive.by_hand import Wanted, file_by_hand
from docgen.archive.confirming import Seen, Signing, confirm
from docgen.archive.dismissal import dismiss
from docgen.archive.piles import Examined
from docgen.archive.queue import queue
from docgen.archive.recall import Named
from docgen.archive.reopening import Order, reopen
from docgen.archive.verifying import surveyed, verified
from docgen.errors import RecordFault, UsageError
from docgen.model.problems import Words
from docgen.model.returned import Copy, CopyPage, Suggestion
from docgen.office.ledger import Ledger
from docgen.office.owed import Terms, owed
from docgen.office.publish import PRIVATE
from docgen.office.recovery import recover
from docgen.office.returns import Returns
from tests.archive import intake_help
from tests.archive.queue_help import (
    LETTER,
    MARK,
    NOTES,
    ON,
    PLAN,
    SHORT,
    Back,
    Page,
    agrees,
    events,
    files_in,
    held,
    office,
    pictures,
    pile,
    turns,
)
from tests.office.pack_help import DEFINITIONS, SETTINGS

WHY = "the wrong person"


@pytest.fixture(autouse=True)
def no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(originals, "examine", intake_help.examined)
    monkeypatch.setattr(originals, "limited", lambda does, *given, seconds: does(*given))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return office(tmp_path / "out")


def picture(file: Examined, page: int, turn: int) -> bytes:
    return f"picture of {file.path.name} {page}, turned by {turn}".encode()


def reopened(out: Path, *what: str, dry_run: bool = False, why: str = WHY, **given: Any) -> list[Words]:
    with held(out) as store:
        return reopen(store, Order(Named(what, **given), why, ON, dry_run), picture)


def filed(out: Path, leaf: str, number: str, **given: Any) -> None:
    with held(out) as store:
        file_by_hand(store, Wanted(leaf, number, **given), ON)


def copies(out: Path, number: str) -> list[Copy]:
    with held(out) as store:
        return Returns(store.register).copies(number)


def waits(out: Path) -> list[str]:
    with held(out) as store:
        return [one.waiting.leaf for one in queue(store)]


def is_sound(out: Path) -> bool:
    return agrees(out) and verified(surveyed(out)).findings == []


def state(out: Path, number: str) -> str:
    with held(out) as store:
        terms = Terms({}, DEFINITIONS, SETTINGS, ON)
        papers = [one for one in store.register.all() if one.number == number]
        (one,) = owed(papers, Returns(store.register).back(), terms)
        return one.state


def test_a_page_that_was_filed_by_its_code_waits_again_and_its_copy_lacks_it(out: Path) -> None:
    made = pile(out, [], [Back(PLAN, {1: 1, 2: 2, 3: 3})])
    scanned = pictures(out / "archive" / made.files[0].file.path)
    page, copy_now = reopened(out, made.leaf(2).upper())
    (copy,) = copies(out, PLAN)
    assert copy.pages == (CopyPage(1, made.leaf(1)), CopyPage(3, made.leaf(3))) and copy.copy == 1
    assert pictures(out / "archive" / copy.file.path) == [scanned[0], scanned[2]]
    assert copy.replaces == f"signed/2026/E1-1/{PLAN}-r1.s1.pdf" and state(out, PLAN) == "incomplete"
    assert waits(out) == [made.leaf(2)] and is_sound(out)
    assert (
        page.en == f"{made.leaf(2)}: waits for a person again ({WHY}); it was page 2 of copy 1 of {PLAN}, revision 1."
    )
    assert page.zh == f"{made.leaf(2)}：已退回待处理（{WHY}）；此前归为 {PLAN} 第1版签署件1的第2页。"
    assert "copy 1: page 2 missing now: " in copy_now.en and "现缺第2页" in copy_now.zh
    line = next(one for one in Ledger(out).read().entries if one.event == "requeued")
    assert line.details == {
        **{"leaf": made.leaf(2), "was": "filed", "why": WHY, "number": PLAN, "revision": 1, "copy": 1, "page": 2},
        "file": copy.replaces,
    }


def test_it_can_be_filed_elsewhere_and_the_right_one_in_its_place(out: Path) -> None:
    """As where two sheets changed places: no file gets the name of one that was kept before."""
    made = pile(out, [Page(4)], [Back(PLAN, {1: 1, 2: 2, 3: 3})])
    before = (out / "archive" / f"signed/2026/E1-1/{PLAN}-r1.s1.pdf").read_bytes()
    reopened(out, PLAN, page=2)
    filed(out, made.leaf(2), SHORT, page=1)
    filed(out, made.leaf(4), PLAN, page=2)
    (copy,) = copies(out, PLAN)
    assert copy.is_complete and copy.by_hand and [one.leaf for one in copy.pages] == [made.leaf(at) for at in (1, 4, 3)]
    assert copy.file.path == f"signed/2026/E1-1/{PLAN}-r1.s1.v2.pdf"
    assert (out / "archive" / copy.file.path).read_bytes() != before and waits(out) == [] and is_sound(out)
    for at in (3, 4):
        reopened(out, made.leaf(4))
        (part,) = copies(out, PLAN)
        assert part.file.path == f"incomplete/{PLAN}-r1.s1.2of3.v{at - 1}.pdf"
        filed(out, made.leaf(4), PLAN, page=2)
        assert copies(out, PLAN)[0].file.path.endswith(f".s1.v{at}.pdf") and is_sound(out)


def test_a_copy_of_which_no_page_is_left_stands_no_more_and_its_number_is_not_used_again(out: Path) -> None:
    made = pile(out, [], [Back(SHORT, {1: 1}), Back(NOTES, {1: 2})])
    _, told = reopened(out, SHORT)
    assert "no page of it is left" in told.en and "已无任何一页" in told.zh and copies(out, SHORT) == []
    assert state(out, SHORT) in ("out", "overdue") and is_sound(out)
    filed(out, made.leaf(1), SHORT, page=1)
    assert [one.copy for one in copies(out, SHORT)] == [2] and is_sound(out)
    assert "all pages" not in told.en and [one.copy for one in copies(out, NOTES)] == [1]


def test_the_next_scan_begins_a_copy_with_a_new_number_or_completes_what_is_left(tmp_path: Path) -> None:
    letter, plan = intake_help.issued("S1-1-L"), intake_help.issued("S1-1-P", pages=3)
    out = intake_help.office(tmp_path / "out", letter, plan)
    intake_help.added(out, intake_help.scan(*intake_help.codes(letter), *intake_help.codes(plan)))
    with held(out) as store:
        reopen(store, Order(Named(["S1-1-L"]), WHY, ON), picture)
        reopen(store, Order(Named(["S1-1-P"], page=2), WHY, ON), picture)
    intake_help.added(out, intake_help.scan(*intake_help.codes(letter), intake_help.code(plan, 2), ""))
    assert [one.copy for one in copies(out, "S1-1-L")] == [2]
    (whole,) = copies(out, "S1-1-P")
    assert whole.is_complete and whole.copy == 1 and whole.file.path.endswith("S1-1-P-r1.s1.v2.pdf") and is_sound(out)


def test_what_was_confirmed_of_a_copy_counts_no_more_once_a_page_is_taken_back(out: Path) -> None:
    made = pile(out, [], [Back(NOTES, {1: 1}), Back(PLAN, {1: 2, 2: 3, 3: 4})])
    everybody = ",".join(DEFINITIONS.forms["plan"].signers)
    with held(out) as store:
        confirm(store, Seen([PLAN], [everybody]), Signing(DEFINITIONS, SETTINGS), ON)
    assert state(out, PLAN) == "confirmed"
    *_, told = reopened(out, made.leaf(3), made.leaf(3))
    assert f"Its confirmation of {ON} no longer counts" in told.en and f"其{ON}的签字确认不再有效" in told.zh
    assert state(out, PLAN) == "incomplete"
    filed(out, made.leaf(3), PLAN, page=2)
    assert state(out, PLAN) == "returned"
    with held(out) as store:
        (told,) = confirm(store, Seen([PLAN], [everybody]), Signing(DEFINITIONS, SETTINGS), ON)
    assert "already" not in told.en and "Before" not in told.en and state(out, PLAN) == "confirmed"


def test_what_was_attached_dismissed_or_taken_for_blank_waits_again(out: Path) -> None:
    made = pile(out, [Page(2), Page(3), Page(5)], [Back(SHORT, {1: 1})], {"scan.pdf": 5})
    filed(out, made.leaf(2), SHORT)
    filed(out, made.leaf(5), SHORT)
    with held(out) as store:
        dismiss(store, [made.leaf(3)], "an advert", ON)
    told = reopened(out, made.leaf(2), made.leaf(3), made.leaf(4))
    assert [one.en.rpartition("it was ")[2] for one in told] == [
        f"attached to copy 1 of {SHORT}, revision 1.",
        "dismissed.",
        "taken for blank.",
    ]
    assert [one.zh.rpartition("此前")[2] for one in told] == [
        f"附于 {SHORT} 第1版签署件1。",
        "剔除。",
        "被识别为空白页。",
    ]
    assert waits(out) == [made.leaf(at) for at in (2, 3, 4)] and is_sound(out)
    assert [one.is_complete for one in copies(out, SHORT)] == [True]
    filed(out, made.leaf(4), SHORT)
    with held(out) as store:
        paths = [one.file.path.rpartition(".s1.")[2] for one in Returns(store.register).attachments(SHORT)]
        dismiss(store, [made.leaf(2)], "an advert too", ON)
    assert paths == ["a2.pdf", "a3.pdf"] and waits(out) == [made.leaf(3)] and is_sound(out)


def test_with_a_whole_copy_what_was_attached_to_it_goes_back(out: Path) -> None:
    made = pile(out, [Page(2), Page(4)], [Back(SHORT, {1: 1}), Back(SHORT, {1: 3}, copy=2)])
    filed(out, made.leaf(2), SHORT, copy=1)
    filed(out, made.leaf(4), SHORT, copy=2)
    reopened(out, SHORT, copy=1)
    assert waits(out) == [made.leaf(1), made.leaf(2)] and is_sound(out)
    with held(out) as store:
        assert [one.leaf for one in Returns(store.register).attachments(SHORT)] == [made.leaf(4)]


def test_a_digitally_signed_file_goes_back_whole_and_stays_whole(out: Path) -> None:
    made = pile(out, [Page(at, "digital_unknown") for at in (2, 3, 4)], files={"scan.pdf": 1, "signed.pdf": 3})
    filed(out, made.leaf(3), PLAN)
    told = reopened(out, PLAN, page=2)
    assert len(told) == 4 and waits(out) == [made.leaf(at) for at in (2, 3, 4)] and copies(out, PLAN) == []
    with held(out) as store:
        assert {one.waiting.why for one in queue(store)} == {"digital_reopened"}
    with pytest.raises(UsageError, match="leave out --page"):
        filed(out, made.leaf(2), PLAN, page=1)
    filed(out, made.leaf(2), PLAN)
    assert [(one.copy, one.kind) for one in copies(out, PLAN)] == [(2, "digital")] and is_sound(out)
    with held(out) as store:
        dismissed = [made.leaf(at) for at in (2, 3, 4)]
        reopen(store, Order(Named([PLAN]), WHY, ON), picture)
        dismiss(store, dismissed, "none of ours", ON)
    assert len(reopened(out, made.leaf(4))) == 3 and waits(out) == dismissed and is_sound(out)


def test_a_page_may_go_back_and_forth_on_one_day(out: Path) -> None:
    """Then lines of the ledger are the same as ones before."""
    made = pile(out, [Page(2)], [Back(SHORT, {1: 1})])
    for _ in range(3):
        with held(out) as store:
            dismiss(store, [made.leaf(2)], "an advert", ON)
        assert waits(out) == []
        reopened(out, made.leaf(2))
        assert waits(out) == [made.leaf(2)] and is_sound(out)


def test_a_page_that_was_turned_stays_so_where_it_is_filed_next(out: Path) -> None:
    made = pile(out, [Page(1), Page(2)], [Back(SHORT, {1: 3})])
    filed(out, made.leaf(2), PLAN, page=2, turn=270)
    filed(out, made.leaf(1), SHORT, turn=90)
    reopened(out, made.leaf(2), made.leaf(1))
    with held(out) as store:
        shown = [(out / "archive" / one.waiting.picture.path).read_text() for one in queue(store)]
    assert [one.partition("turned by ")[2] for one in shown] == ["90", "270"]
    filed(out, made.leaf(1), PLAN, page=1)
    filed(out, made.leaf(2), PLAN, page=2)
    (copy,) = copies(out, PLAN)
    assert turns(out / "archive" / copy.file.path) == [90, 270]


def test_a_trial_puts_nothing_back(out: Path) -> None:
    made = pile(out, [], [Back(PLAN, {1: 1, 2: 2, 3: 3})])
    before, files = events(out), files_in(out)
    assert len(reopened(out, made.leaf(2), dry_run=True)) == 2
    assert (events(out), files_in(out)) == (before, files)


REFUSALS: dict[str, tuple[list[str], dict[str, Any], str]] = {
    "a page that waits": ([f"{MARK}-7"], {}, "waits for a person already"),
    "a page of no pile": ([f"{MARK}-9"], {}, "no page of that name"),
    "a page beyond the copy": ([PLAN], {"page": 2}, "copy 1 of revision 1 of E1-1-P has no such page; it has: 1, 3"),
    "one of several copies": ([LETTER], {}, "say which with --revision and --copy: copy 1 of revision 1, copy 2 of"),
    "a copy that is not there": ([LETTER], {"copy": 3}, "there are: copy 1 of revision 1, copy 2 of revision 1"),
    "nothing back": ([NOTES], {}, "no copy of it is in the archive"),
    "a page of a page": ([f"{MARK}-1"], {"page": 1}, "name one paper, and nothing else"),
    "a page of two papers": ([PLAN, LETTER], {"page": 1}, "name one paper, and nothing else"),
    "a paper that is not there": (["E1-1-Q"], {}, "did you mean"),
    "one right, one wrong": ([f"{MARK}-1", f"{MARK}-7"], {}, "waits for a person already"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_can_not_be_is_refused_and_nothing_is_changed(case: str, out: Path) -> None:
    letters = [Back(LETTER, {1: 3, 2: 4}), Back(LETTER, {1: 5, 2: 6}, copy=2)]
    pile(out, [Page(7)], [Back(PLAN, {1: 1, 3: 2}), *letters], {"scan.pdf": 8})
    before, files = events(out), files_in(out)
    what, given, told = REFUSALS[case]
    with pytest.raises(UsageError) as error:
        reopened(out, *what, **given)
    assert told in error.value.words.en and error.value.words.zh != error.value.words.en
    assert (events(out), files_in(out)) == (before, files)


def test_a_pile_that_is_not_sorted_yet_is_left_alone(out: Path) -> None:
    made = pile(out, is_sorted=False)
    with pytest.raises(UsageError, match="not sorted yet"):
        reopened(out, made.leaf(1))


@pytest.mark.parametrize("damaged", ["intake", "signed"])
def test_where_the_page_or_the_rest_of_its_copy_is_damaged_nothing_is_changed(damaged: str, out: Path) -> None:
    pile(out, [], [Back(PLAN, {1: 1, 2: 2, 3: 3})])
    (file,) = (out / "archive" / damaged).rglob("*.pdf")
    file.chmod(0o600)
    file.write_bytes(file.read_bytes() + b"\n")
    before = events(out)
    with pytest.raises(RecordFault, match="archive verify"):
        reopened(out, PLAN, page=2)
    assert events(out) == before


def test_all_pages_of_a_copy_whose_file_is_damaged_can_be_had_from_their_pile(out: Path) -> None:
    made = pile(out, [], [Back(PLAN, {1: 1, 2: 2, 3: 3})])
    (out / "archive" / f"signed/2026/E1-1/{PLAN}-r1.s1.pdf").unlink()
    reopened(out, PLAN)
    for at in (1, 2, 3):
        filed(out, made.leaf(at), PLAN, page=at)
    assert [(one.copy, one.is_complete) for one in copies(out, PLAN)] == [(2, True)] and is_sound(out)


def test_what_the_ledger_lost_of_it_is_given_back(out: Path) -> None:
    """Whichever of its lines are gone: the last word on a page and on a copy stays the last."""
    made = pile(out, [Page(4, suggestion=Suggestion(PLAN, 1, 2))], [Back(PLAN, {1: 1, 2: 2, 3: 3})])
    start = len(events(out))
    reopened(out, PLAN, page=2)
    filed(out, made.leaf(2), PLAN, page=2)
    with held(out) as store:
        confirm(store, Seen([PLAN], ["employee"]), Signing(DEFINITIONS, SETTINGS), ON)
    reopened(out, made.leaf(2))
    known, before = (copies(out, PLAN), waits(out)), files_in(out)
    ledger = out / "ledger.jsonl"
    lines = ledger.read_bytes().splitlines(keepends=True)
    register = (out / "register.sqlite").read_bytes()
    cut = [lines[:left] for left in range(start, len(lines) - 1, 3)]
    taken_out = [lines[:at] + lines[at + 1 :] for at in range(start, len(lines), 3)]
    for left in (*cut, *taken_out):
        ledger.write_bytes(b"".join(left))
        (out / "register.sqlite").write_bytes(register)
        list(recover(out, "no backup", ON, PRIVATE))
        assert (copies(out, PLAN), waits(out)) == known and files_in(out) == before, len(left)
        with held(out) as store:
            assert Returns(store.register).back(PLAN)[0].confirmation is None, len(left)
        assert agrees(out), len(left)


def test_lines_that_were_half_written_when_the_power_failed_are_written_again(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever of those that a filing ends with reached the disk; what they replace is still there then."""
    made = pile(out, [], [Back(PLAN, {1: 1, 2: 2, 3: 3}), Back(SHORT, {1: 4})])
    start = (out / "ledger.jsonl").read_bytes().count(b"\n")
    with monkeypatch.context() as stopped:
        stopped.setattr(filing, "_clear", lambda *_: None)
        reopened(out, made.leaf(2), made.leaf(4))
    lines = (out / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    for at in range(start + 1, len(lines)):
        again = Path(shutil.copytree(out, out.parent / str(at)))
        (again / "ledger.jsonl").write_bytes(b"".join(lines[:at]) + lines[at][: len(lines[at]) // 2])
        (again / "register.sqlite").unlink()
        assert [one.kind for one in verified(surveyed(again)).faults] == ["no_register"], at
        assert waits(again) == [made.leaf(2), made.leaf(4)] and copies(again, SHORT) == [], at
        assert copies(again, PLAN)[0].missing == (2,), at
        assert {one.kind for one in verified(surveyed(again)).findings} <= {"torn"}, at
