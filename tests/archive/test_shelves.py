"""Where files go: names that say what they are, that every system takes, and that nothing else has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from docgen.archive.shelves import (
    attachment_path,
    copy_path,
    picture_path,
    pile_mark,
    pile_name,
    pile_path,
    report_path,
    unused,
)
from tests.archive.intake_help import issued

LETTER = issued("S1-202601-L", pages=3)
DAY = date(2026, 11, 23)


def test_a_whole_copy_lies_under_the_year_of_issue_and_its_case() -> None:
    assert copy_path(LETTER, 1, 3, 3) == "signed/2026/S1-202601/S1-202601-L-r1.s1.pdf"
    later = replace(LETTER, revision=2, on=date(2027, 1, 4))
    assert copy_path(later, 12, 3, 3) == "signed/2027/S1-202601/S1-202601-L-r2.s12.pdf"


def test_what_belongs_to_a_copy_lies_beside_it() -> None:
    assert attachment_path(LETTER, 1, 2) == "signed/2026/S1-202601/S1-202601-L-r1.s1.a2.pdf"


def test_an_incomplete_copy_that_grows_gets_another_name() -> None:
    one, two = copy_path(LETTER, 1, 1, 3), copy_path(LETTER, 1, 2, 3)
    assert one != two and {one, two} == {
        "incomplete/S1-202601-L-r1.s1.1of3.pdf",
        "incomplete/S1-202601-L-r1.s1.2of3.pdf",
    }


def test_no_case_number_leads_out_of_the_archive() -> None:
    odd = replace(LETTER, number="../../x", case="..")
    assert ".." not in copy_path(odd, 1, 3, 3).split("/") and copy_path(odd, 1, 1, 3).count("/") == 1


def test_a_pile_is_called_by_its_day_and_what_is_in_it() -> None:
    name = pile_name(DAY, ["ab", "cd"])
    assert name.startswith("2026-11-23-") and len(pile_mark(name)) == 8
    assert pile_mark(pile_name(date(2026, 11, 24), ["ab", "cd"])) == pile_mark(name)
    assert pile_mark(pile_name(DAY, ["cd", "ab"])) != pile_mark(name)


def test_no_two_piles_have_one_mark() -> None:
    name = pile_name(DAY, ["ab"])
    other = pile_name(DAY, ["ab"], {pile_mark(name)})
    assert pile_mark(other) != pile_mark(name) and pile_name(DAY, ["ab"], {pile_mark(name)}) == other


def test_the_files_of_a_pile_keep_their_order_and_what_they_were_called() -> None:
    assert pile_path("p", 1, "Scan März.PDF", ".pdf") == "intake/p/001-Scan März.pdf"
    assert pile_path("p", 2, "a:b?.jpeg", ".jpg").startswith("intake/p/002-a_b_~")
    assert report_path("p") == "intake/p/report.json" and picture_path("ab-1") == "queue/ab-1.png"


def test_a_place_that_a_file_had_once_is_given_to_no_other() -> None:
    path = copy_path(LETTER, 1, 3, 3)
    assert unused(path, ()) == path and unused(path, {"signed/other.pdf"}) == path
    second = unused(path, {path})
    assert second == "signed/2026/S1-202601/S1-202601-L-r1.s1.v2.pdf"
    assert (
        unused(path, {path, second}).endswith(".s1.v3.pdf")
        and unused("queue/a-1.png", {"queue/a-1.png"}) == "queue/a-1.v2.png"
    )
