"""An intake: the pile is kept, its pages become copies, wait, or are blank; nothing is lost on the way."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pikepdf import Pdf

from docgen.archive import bindery
from docgen.archive.copies import NotCopied, Sheet, Sources, copy_pdf
from docgen.archive.filing import opened_archive
from docgen.archive.intake import left_unsorted, sort_out, take_in
from docgen.archive.intake_report import loud, total
from docgen.archive.piles import Examined
from docgen.archive.result import Result
from docgen.archive.shelves import MANIFEST, archive_in
from docgen.errors import EnvironmentLacks, RecordFault
from docgen.office.publish import PRIVATE, TEMPORARY
from docgen.office.returns import Returns
from docgen.office.store import looked_at
from tests.archive.intake_help import (
    BLANK,
    FAULTY,
    MEANS,
    ON,
    PICTURE,
    TURNED,
    added,
    archive,
    code,
    codes,
    examined,
    fates,
    issued,
    office,
    scan,
    sheets,
)

A, B, LONG = issued("S1-1-L"), issued("S2-1-L"), issued("S3-1-P", pages=3)
A_FILE, B_FILE = "signed/2026/S1-1/S1-1-L-r1.s1.pdf", "signed/2026/S2-1/S2-1-L-r1.s1.pdf"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return office(tmp_path / "out", A, B, LONG)


def whys(result: Result) -> list[str]:
    return [page.decision.why for page in result.pages if page.decision.fate == "waiting"]


def test_pages_find_their_papers_in_whatever_order_they_lie(out: Path) -> None:
    (result,) = added(out, scan(code(B, 2), code(A, 1), BLANK, code(B, 1), code(A, 2)))
    assert fates(result) == ["filed", "filed", "blank", "filed", "filed"]
    assert sheets(out) == {A_FILE: codes(A), B_FILE: codes(B)}


def test_the_pile_is_kept_as_it_was_given(out: Path) -> None:
    content = scan(code(A, 1), code(A, 2))
    (result,) = added(out, content, scan(""))
    name = result.pile.name
    kept = archive(out)
    assert kept[f"intake/{name}/001-scan1.pdf"] == content and kept[f"intake/{name}/002-scan2.pdf"] == scan("")
    assert name.startswith("2026-11-23-")


def test_files_of_a_pile_are_one_row_of_pages(out: Path) -> None:
    (result,) = added(out, scan("", code(A, 1)), scan(code(A, 2), ""))
    mark = result.pile.name.rpartition("-")[2]
    assert [(page.leaf, page.file, page.page) for page in result.pages] == [
        (f"{mark}-1", "scan1.pdf", 1),
        (f"{mark}-2", "scan1.pdf", 2),
        (f"{mark}-3", "scan2.pdf", 1),
        (f"{mark}-4", "scan2.pdf", 2),
    ]
    assert sheets(out) == {A_FILE: codes(A)}
    assert [one.leaf for one in result.copies[0].pages] == [f"{mark}-2", f"{mark}-3"]


def test_a_second_scan_of_a_paper_is_a_second_copy(out: Path) -> None:
    added(out, scan(*codes(A)))
    (result,) = added(out, scan(*codes(A), BLANK))
    assert [one.copy for one in result.copies] == [2]
    assert sheets(out) == {A_FILE: codes(A), A_FILE.replace("s1", "s2"): codes(A)}


def test_a_copy_that_lacks_pages_is_completed_by_later_piles(out: Path) -> None:
    stages = []
    for page in (2, 3, 1):
        added(out, scan(code(LONG, page), BLANK))
        stages.append(sheets(out))
    assert stages == [
        {"incomplete/S3-1-P-r1.s1.1of3.pdf": [code(LONG, 2)]},
        {"incomplete/S3-1-P-r1.s1.2of3.pdf": codes(LONG)[1:]},
        {"signed/2026/S3-1/S3-1-P-r1.s1.pdf": codes(LONG)},
    ]
    assert "incomplete/" not in archive(out)[MANIFEST].decode()


def test_pages_of_an_incomplete_copy_whose_file_was_lost_come_from_their_pile(out: Path) -> None:
    added(out, scan(code(LONG, 1), ""))
    (archive_in(out) / "incomplete/S3-1-P-r1.s1.1of3.pdf").unlink()
    added(out, scan(code(LONG, 3), code(LONG, 2)))
    assert sheets(out) == {"signed/2026/S3-1/S3-1-P-r1.s1.pdf": codes(LONG)}


def test_where_the_pile_was_lost_too_that_is_told_and_what_came_in_is_kept(out: Path) -> None:
    (first,) = added(out, scan(code(LONG, 1)))
    (archive_in(out) / "incomplete/S3-1-P-r1.s1.1of3.pdf").unlink()
    (archive_in(out) / first.pile.files[0].file.path).unlink()
    with pytest.raises(RecordFault, match="from a backup"):
        added(out, scan(code(LONG, 2)))
    with looked_at(out) as store:
        assert store and len(Returns(store.register).unsorted()) == 1


def test_what_waits_has_a_picture_a_reason_and_a_suggestion(out: Path) -> None:
    (result,) = added(out, scan(code(LONG, 1), "", code(LONG, 3), f"{FAULTY}too_large"))
    assert fates(result) == ["incomplete", "waiting", "incomplete", "waiting"]
    with looked_at(out) as store:
        assert store
        first, second = Returns(store.register).waiting()
    assert (first.why, second.why) == ("no_code", "too_large")
    assert first.suggestion and (first.suggestion.number, first.suggestion.page) == ("S3-1-P", 2)
    assert archive(out)[f"queue/{first.leaf}.png"] == PICTURE + b"001-scan1.pdf 2"


def test_an_upside_down_page_is_filed_upright(out: Path) -> None:
    added(out, scan(code(A, 1), f"{TURNED}180 {code(A, 2)}"))
    with Pdf.open(archive_in(out) / A_FILE) as pdf:
        assert [int(page.obj.get("/Rotate", 0)) for page in pdf.pages] == [0, 180]


def test_the_picture_of_a_page_that_waits_is_upright_where_its_code_tells(out: Path) -> None:
    turns: list[int] = []

    def picture(file: Examined, page: int, turn: int) -> bytes:
        turns.append(turn)
        return PICTURE

    added(out, scan(f"{TURNED}180 {code(A, 1)} + {code(B, 1)}", "nothing"), means=replace(MEANS, picture=picture))
    assert turns == [180, 0]


def test_what_counts_no_more_is_filed_and_said_loudly(tmp_path: Path) -> None:
    newer, gone = issued("S1-1-L", revision=2), issued("S2-1-L", void="Issued to the wrong person")
    out = office(tmp_path / "out", A, newer)
    with opened_archive(out, PRIVATE) as store:
        pass
    office(out, B)
    with opened_archive(out, PRIVATE) as store:
        store.void(gone, gone.void, ON)
    (result,) = added(out, scan(*codes(A), *codes(B)))
    assert {one.file.path for one in result.copies} == {A_FILE, B_FILE}
    told = [one.en for one in loud(result)]
    assert len(told) == 2 and "revision 2 counts by now" in told[0] and "withdrawn" in told[1]
    assert not any("wrong person" in one for one in told)


def test_the_report_says_of_each_page_what_became_of_it(out: Path) -> None:
    (result,) = added(out, scan(code(A, 1), code(A, 2), BLANK, "", code(LONG, 1)))
    name = result.pile.name
    report = json.loads(archive(out)[f"intake/{name}/report.json"])
    assert report["counts"] == {"filed": 2, "incomplete": 1, "waiting": 1, "blank": 1}
    assert [page["result"] for page in report["pages"]] == fates(result)
    assert report["pages"][3]["why"] == "no_code" and {*report["pages"][3]["message"]} == {"en", "zh"}
    assert total([result], "en") == (
        "Pages: 5 = 2 filed + 1 of copies that lack pages + 1 waiting for a person + 1 blank"
    )
    assert total([result], "zh") == "页数：5 = 已归档 2 + 属缺页签署件 1 + 待人工处理 1 + 空白 1"


def test_a_page_that_can_not_be_copied_waits_and_the_rest_goes_on(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(sheets: Sequence[Sheet], sources: Sources) -> bytes:
        if places := [at for at, sheet in enumerate(sheets) if sheet.page == 2]:
            raise NotCopied(places)
        return copy_pdf(sheets, sources)

    monkeypatch.setattr(bindery, "copy_pdf", damaged)
    (result,) = added(out, scan(code(A, 1), code(A, 2), code(B, 1), code(B, 2)))
    assert fates(result) == ["incomplete", "waiting", "filed", "filed"] and whys(result) == ["unreadable"]
    assert sheets(out) == {B_FILE: codes(B), "incomplete/S1-1-L-r1.s1.1of2.pdf": [code(A, 1)]}


def test_the_same_pile_makes_the_same_archive(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        out = office(tmp_path / name / "out", A, B, LONG)
        added(out, scan(*codes(A), "", code(LONG, 2), BLANK))
        made.append(archive(out))
    assert made[0] == made[1]


def test_a_trial_decides_the_same_and_writes_nothing(out: Path) -> None:
    pages = scan(code(A, 1), "", code(LONG, 2), code(A, 2))
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    file = out.parent / "scan1.pdf"
    file.write_bytes(pages)
    with looked_at(out) as store:
        assert store
        taken = take_in(store, [examined(file)], ON, is_trial=True)
        (tried,) = sort_out(store, [taken], ON, replace(MEANS, is_trial=True), lambda _: None)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before
    (done,) = added(out, pages)
    assert tried == done


def stopped_after_taking_in(out: Path, content: bytes) -> None:
    """As far as a run comes that is stopped while it reads."""
    file = out.parent / "scan1.pdf"
    file.write_bytes(content)
    with opened_archive(out, PRIVATE) as store:
        take_in(store, [examined(file)], ON)


def test_in_a_trial_the_pile_goes_on_from_one_that_is_not_sorted_yet(out: Path) -> None:
    stopped_after_taking_in(out, scan(code(LONG, 1)))
    file = out.parent / "scan2.pdf"
    file.write_bytes(scan(code(LONG, 2), code(LONG, 3)))
    with looked_at(out) as store:
        assert store
        piles = [*left_unsorted(store), take_in(store, [examined(file)], ON, is_trial=True)]
        results = list(sort_out(store, piles, ON, replace(MEANS, is_trial=True), lambda _: None))
    assert fates(*results) == ["incomplete", "filed", "filed"]


def test_a_pile_that_was_not_sorted_is_sorted_by_the_next_run(out: Path) -> None:
    stopped_after_taking_in(out, scan(*codes(A)))
    first, second = added(out, scan(*codes(A), BLANK), on=date(2026, 11, 25))
    assert first.resumed and not second.resumed
    assert ([one.copy for one in first.copies], [one.copy for one in second.copies]) == ([1], [2])
    with looked_at(out) as store:
        assert store and Returns(store.register).unsorted() == []


def test_a_stopped_run_makes_the_same_files_when_it_goes_on(out: Path, tmp_path: Path) -> None:
    content = scan(*codes(A), "", code(LONG, 2))
    stopped_after_taking_in(out, content)
    added(out)
    straight = office(tmp_path / "straight" / "out", A, B, LONG)
    added(straight, content)
    assert archive(out) == archive(straight)


def test_a_kept_pile_that_is_damaged_is_not_sorted_and_told(out: Path) -> None:
    stopped_after_taking_in(out, scan(*codes(A)))
    with opened_archive(out, PRIVATE) as store:
        (taken,) = left_unsorted(store)
        taken.files[0].path.chmod(0o600)
        taken.files[0].path.write_bytes(b"%PDF-1.7 another")
        with pytest.raises(RecordFault, match="put it back from a backup"):
            left_unsorted(store)


def test_two_intakes_at_once_are_kept_apart(out: Path) -> None:
    with opened_archive(out, PRIVATE), pytest.raises(EnvironmentLacks, match="another run of docgen"):
        added(out, scan(*codes(A)))


def test_nothing_half_made_is_left_behind(out: Path) -> None:
    added(out, scan(*codes(A), "", code(LONG, 2)))
    assert not [path for path in archive(out) if TEMPORARY in path]
