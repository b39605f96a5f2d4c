"""A page that waits goes where a person says: into a copy, to one, or with its whole file where that is signed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docgen.archive import by_hand
from docgen.archive.by_hand import Wanted, file_by_hand
from docgen.archive.copies import NotCopied
from docgen.archive.dismissal import dismiss
from docgen.errors import RecordFault, UsageError
from docgen.model.problems import Words
from docgen.model.returned import Copy, CopyPage, Suggestion
from docgen.office.ledger import Ledger
from docgen.office.returns import Returns
from tests.archive import intake_help
from tests.archive.queue_help import (
    LETTER,
    MARK,
    ON,
    PLAN,
    SHORT,
    WORD_ONLY,
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

LEAF, OTHER = f"{MARK}-2", "5e6f7a8b"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return office(tmp_path / "out")


def filed(out: Path, number: str, leaf: str = LEAF, dry_run: bool = False, **given: Any) -> Words:
    with held(out) as store:
        return file_by_hand(store, Wanted(leaf, number, **given), ON, dry_run)


def copies(out: Path, number: str) -> list[Copy]:
    with held(out) as store:
        return Returns(store.register).copies(number)


def test_a_page_completes_the_copy_that_lacks_it_and_takes_its_place_in_it(out: Path) -> None:
    made = pile(out, [Page(2)], [Back(PLAN, {1: 1, 3: 3})])
    (before,) = copies(out, PLAN)
    told = filed(out, PLAN.lower(), page=2)
    (copy,) = copies(out, PLAN)
    assert copy.pages == tuple(CopyPage(page, made.leaf(page)) for page in (1, 2, 3))
    assert (copy.copy, copy.by_hand, copy.kind, copy.replaces) == (1, True, "scan", before.file.path)
    assert copy.file.path == f"signed/2026/E1-1/{PLAN}-r1.s1.pdf"
    scanned = pictures(out / "archive" / made.files[0].file.path)
    assert pictures(out / "archive" / copy.file.path) == scanned[:3]
    assert agrees(out) and sorted(files_in(out)) == ["manifest-sha256.txt", copy.file.path]
    assert told.en.startswith(f"{LEAF}: filed as page 2 of 3 of {PLAN}, revision 1, copy 1: ")
    assert "whole now" in told.en and "已齐全" in told.zh
    (*_, last, _) = Ledger(out).read().entries
    assert (last.event, last.details["leaf"], last.details["how"]) == ("settled", LEAF, "filed")
    assert last.details["number"] == PLAN


def test_a_copy_that_lacks_more_pages_stays_incomplete(out: Path) -> None:
    pile(out, [Page(2), Page(3)], [Back(PLAN, {1: 1})])
    told = filed(out, PLAN, page=2)
    (copy,) = copies(out, PLAN)
    assert copy.missing == (3,) and copy.file.path.startswith("incomplete/") and agrees(out)
    assert "Still missing: page 3." in told.en and "仍缺第3页。" in told.zh
    filed(out, PLAN, f"{MARK}-3", page=3)
    (copy,) = copies(out, PLAN)
    assert copy.is_complete and agrees(out)


def test_where_no_copy_lacks_the_page_a_new_one_begins(out: Path) -> None:
    pile(out, [Page(2), Page(4)], [Back(SHORT, {1: 1})])
    filed(out, SHORT, page=1)
    assert [(one.copy, one.is_complete) for one in copies(out, SHORT)] == [(1, True), (2, True)]
    filed(out, PLAN, f"{MARK}-4", page=3)
    assert [(one.copy, one.missing) for one in copies(out, PLAN)] == [(1, (1, 2))] and agrees(out)


def test_the_revision_is_the_suggested_one_else_the_latest_unless_it_is_named(out: Path) -> None:
    suggested = [Page(at, suggestion=Suggestion(LETTER, 1, 1)) for at in (2, 5)]
    pile(out, [*suggested, *map(Page, (1, 3, 4))], files={"scan.pdf": 5})
    assert "Mind that revision 2 has replaced this one" in filed(out, LETTER, page=1).en
    assert "Mind" not in filed(out, LETTER, f"{MARK}-1", page=1).en
    assert "已被第2版取代" in filed(out, LETTER, f"{MARK}-3", page=2, revision=1).zh
    assert "Mind" not in filed(out, LETTER, f"{MARK}-5", page=2, revision=2).en
    assert [(one.revision, one.missing) for one in copies(out, LETTER)] == [(1, ()), (2, ())]
    assert "Mind" not in filed(out, PLAN, f"{MARK}-4", page=1).en


def test_what_was_suggested_of_another_paper_says_nothing_of_this_one(out: Path) -> None:
    pile(out, [Page(2, suggestion=Suggestion(PLAN, 1, 1))])
    filed(out, LETTER, page=1)
    assert [one.revision for one in copies(out, LETTER)] == [2]


CLAIM = {"number": LETTER, "revision": "1", "page": "2", "pages": "2"}


def test_a_page_whose_code_names_a_revision_is_filed_as_one_of_that(out: Path) -> None:
    """Whether several copies lie among each other, or it is a print from Word: nothing is suggested of it."""
    pile(out, [Page(2, "mixed_copies", details=CLAIM)])
    told = filed(out, LETTER, page=2)
    assert [(one.revision, one.missing) for one in copies(out, LETTER)] == [(1, (1,))]
    assert "revision 2 has replaced this one" in told.en and "code on it says" not in told.en


@pytest.mark.parametrize("given", [{"page": 1}, {"page": 2, "revision": 2}])
def test_that_the_code_of_a_page_says_other_than_the_person_is_told(given: dict[str, Any], out: Path) -> None:
    pile(out, [Page(2, "mixed_copies", details=CLAIM)])
    told = filed(out, LETTER, **given)
    assert f"the code on it says: page 2 of {LETTER}, revision 1." in told.en
    assert f"页面二维码显示为 {LETTER} 第1版第2页。" in told.zh


def test_that_the_code_of_a_page_names_another_paper_is_told(out: Path) -> None:
    pile(out, [Page(2, "mixed_copies", details=CLAIM), Page(3, "mixed_copies", details=CLAIM)], [Back(SHORT, {1: 1})])
    assert "the code on it says" in filed(out, SHORT).en
    assert "the code on it says" in filed(out, PLAN, f"{MARK}-3", page=1).en


def test_that_a_paper_was_withdrawn_is_told(out: Path) -> None:
    pile(out, [Page(2)])
    with held(out) as store:
        standing = store.register.standing(SHORT)
        assert standing
        store.void(standing, "wrong person", ON)
    told = filed(out, SHORT, page=1)
    assert "withdrawn" in told.en and "作废" in told.zh and "wrong person" not in told.en


@pytest.mark.parametrize(
    ("turn", "details", "expected"), [(90, {"turn": "270"}, 0), (0, {"turn": "270"}, 270), (90, {}, 90)]
)
def test_a_page_is_turned_as_its_picture_is_and_further_as_a_person_says(
    turn: int, details: dict[str, str], expected: int, out: Path
) -> None:
    pile(out, [Page(2, "mixed_copies", details=details)], [Back(PLAN, {1: 1, 3: 3})])
    filed(out, PLAN, page=2, turn=turn)
    (copy,) = copies(out, PLAN)
    assert turns(out / "archive" / copy.file.path) == [0, expected, 0]


def test_an_intake_notes_how_a_page_that_waits_must_be_turned(tmp_path: Path) -> None:
    plan = intake_help.issued(PLAN, pages=3)
    out = intake_help.office(tmp_path / "out", plan)
    beside = f"{intake_help.TURNED}180 {intake_help.code(plan, 2)} + https://example.com"
    (result,) = intake_help.added(out, intake_help.scan(beside))
    filed(out, PLAN, result.pages[0].leaf, page=2)
    (copy,) = copies(out, PLAN)
    assert turns(out / "archive" / copy.file.path) == [180]


REFUSALS: dict[str, tuple[dict[str, Any], str]] = {
    "beyond its pages": ({"number": PLAN, "page": 4}, "pages 1 to 3"),
    "a page that is there": ({"number": PLAN, "page": 1, "copy": 1}, f"come back already ({MARK}-1)"),
    "a copy that is not there": ({"number": PLAN, "page": 2, "copy": 5}, "there are: 1 (incomplete/"),
    "a revision that is not there": ({"number": LETTER, "page": 1, "revision": 3}, "on record: 1, 2"),
    "a paper without a PDF": ({"number": WORD_ONLY, "page": 1}, "as Word only"),
    "nothing to attach it to": ({"number": LETTER}, "no copy of revision 2"),
    "a paper that is not there": ({"number": "E1-1-Q", "page": 1}, "did you mean"),
    "one of several that lack it": ({"number": LETTER, "page": 2, "revision": 1}, "say which with --copy: 1 (inc"),
    "one of several to attach it to": ({"number": LETTER, "revision": 1}, "say with --copy to which"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_can_not_be_is_refused_and_nothing_is_filed(case: str, out: Path) -> None:
    both = [Back(LETTER, {1: 3}), Back(LETTER, {1: 4}, copy=2)]
    pile(out, [Page(2)], [Back(PLAN, {1: 1, 3: 5}), *both], files={"scan.pdf": 5})
    before, files = events(out), files_in(out)
    given, told = REFUSALS[case]
    with pytest.raises(UsageError) as error:
        filed(out, **given)
    assert told in error.value.words.en and error.value.words.zh != error.value.words.en
    assert (events(out), files_in(out)) == (before, files)


def test_what_is_no_page_of_the_paper_is_attached_to_its_copy(out: Path) -> None:
    made = pile(out, [Page(2), Page(3)], [Back(SHORT, {1: 1})])
    told = filed(out, SHORT, why="statement of the employee")
    filed(out, SHORT, made.leaf(3))
    with held(out) as store:
        first, second = Returns(store.register).attachments(SHORT)
    assert first.file.path == f"signed/2026/E2-1/{SHORT}-r1.s1.a1.pdf" and second.file.path.endswith(".s1.a2.pdf")
    assert (first.leaf, first.why) == (made.leaf(2), "statement of the employee")
    assert pictures(out / "archive" / first.file.path) == pictures(out / "archive" / made.files[0].file.path)[1:2]
    assert [one.pages for one in copies(out, SHORT)] == [(CopyPage(1, made.leaf(1)),)] and agrees(out)
    assert f"attached to copy 1 of {SHORT}" in told.en and f"已附于 {SHORT}" in told.zh


def test_a_digitally_signed_file_is_filed_whole_and_byte_for_byte(out: Path) -> None:
    made = pile(
        out,
        [Page(at, "digital_unknown") for at in (3, 4, 5)],
        [Back(PLAN, {1: 1, 2: 2})],
        {"scan.pdf": 2, "signed.pdf": 3},
    )
    told = filed(out, PLAN, made.leaf(4))
    _, copy = copies(out, PLAN)
    assert (copy.copy, copy.kind, copy.by_hand, copy.is_complete) == (2, "digital", True, True)
    assert [page.leaf for page in copy.pages] == [made.leaf(at) for at in (3, 4, 5)]
    source = out / "archive" / made.files[1].file.path
    assert (out / "archive" / copy.file.path).read_bytes() == source.read_bytes()
    with held(out) as store:
        assert Returns(store.register).waiting() == []
    assert agrees(out) and "doesn't check its signature" in told.en
    assert all(made.leaf(at) in told.zh for at in (3, 4, 5)) and "Mind that it has" not in told.en


def test_that_a_digitally_signed_file_is_longer_or_shorter_than_the_paper_is_told(out: Path) -> None:
    pile(out, [Page(2, "digital_unknown")])
    told = filed(out, PLAN)
    assert "it has 4 pages, and the paper was issued with 3" in told.en and "该文件共4页，而签发时共3页" in told.zh


@pytest.mark.parametrize("given", [{"page": 1}, {"copy": 1}, {"turn": 90}])
def test_a_digitally_signed_file_is_never_taken_apart(given: dict[str, Any], out: Path) -> None:
    pile(out, [Page(2, "digital_unknown")])
    (flag,) = given
    with pytest.raises(UsageError, match=f"leave out --{flag}"):
        filed(out, PLAN, **given)


def test_a_trial_files_nothing(out: Path) -> None:
    pile(out, [Page(2)], [Back(PLAN, {1: 1, 3: 3})])
    before, files = events(out), files_in(out)
    assert "filed as page 2" in filed(out, PLAN, page=2, dry_run=True).en
    assert (events(out), files_in(out)) == (before, files)


@pytest.mark.parametrize("damaged", ["incomplete", "intake"])
def test_what_was_changed_since_it_was_filed_is_taken_into_no_copy(damaged: str, out: Path) -> None:
    pile(out, [Page(2)], [Back(PLAN, {1: 1, 3: 3})])
    (file,) = (out / "archive" / damaged).rglob("*.pdf")
    file.chmod(0o600)
    file.write_bytes(file.read_bytes() + b"\n")
    before = events(out)
    with pytest.raises(RecordFault, match="archive verify"):
        filed(out, PLAN, page=2)
    assert events(out) == before


def test_a_page_that_can_not_be_copied_is_told(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pile(out, [Page(2)])
    monkeypatch.setattr(by_hand, "bind", lambda jobs, workers: [NotCopied([0])])
    with pytest.raises(UsageError, match=f"archive dismiss {LEAF}"):
        filed(out, PLAN, page=2)


def test_a_page_is_filed_once(out: Path) -> None:
    pile(out, [Page(2)])
    filed(out, PLAN, page=2)
    with pytest.raises(UsageError, match="doesn't wait: it is page 2 of copy 1"):
        filed(out, PLAN, page=3)
    with held(out) as store, pytest.raises(UsageError, match="doesn't wait"):
        dismiss(store, [LEAF], "again", ON)


def test_what_is_filed_by_hand_is_on_record_for_whoever_makes_the_register_anew(out: Path) -> None:
    pile(out, [Page(2), Page(4)], [Back(PLAN, {1: 1, 3: 3})])
    filed(out, PLAN, page=2)
    filed(out, PLAN, f"{MARK}-4")
    before = copies(out, PLAN)
    (out / "register.sqlite").unlink()
    assert copies(out, PLAN) == before and agrees(out)
