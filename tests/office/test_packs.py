"""What goes into which pack, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from docgen.errors import UsageError
from docgen.model.case import Month
from docgen.model.issued import Issued
from docgen.office import packs as module
from docgen.office.packs import Choice, Pack, packs
from tests.office.pack_help import FORMS, SETTINGS, paper

EVERYTHING = Choice()


def chosen(papers: list[Issued], choice: Choice = EVERYTHING, **settings: Any) -> tuple[Pack, ...]:
    return packs(papers, choice, {**SETTINGS, **settings}, FORMS)


def numbers(pack: Pack) -> list[str]:
    return [one.issued.number for one in pack.sheaves]


def test_papers_lie_in_the_order_in_which_they_are_signed() -> None:
    found = chosen(
        [
            paper("E10-1-L"),
            paper("E9-1-N-10", "notes"),
            paper("E9-1-N-2", "notes"),
            paper("E9-1-M-2026-02", "monthly"),
            paper("E9-1-M-2026-01", "monthly"),
            paper("E9-1-P", "plan"),
            paper("E9-1-L"),
        ]
    )
    assert [numbers(pack) for pack in found] == [
        ["E9-1-L", "E9-1-P", "E9-1-M-2026-01", "E9-1-M-2026-02", "E9-1-N-2", "E9-1-N-10", "E10-1-L"]
    ]


def test_each_supervisor_has_a_pack_by_number_and_what_has_none_comes_last() -> None:
    papers = [
        paper("E1-1-L", supervisor_no="S10"),
        paper("E2-1-L", supervisor_no="", supervisor_name=""),
        paper("E3-1-L", supervisor_no="S9", supervisor_name="Kim"),
    ]
    assert [pack.stem for pack in chosen(papers)] == ["S9-Kim", "S10-Lee", "无主管"]
    assert [pack.stem for pack in chosen(papers, default_language="en")][-1] == "no supervisor"


def test_departments_have_packs_too() -> None:
    papers = [
        paper("E1-1-L", department="Sales"),
        paper("E2-1-L", department="A/B"),
        paper("E3-1-L", department="Sales"),
    ]
    found = chosen(papers, Choice(by="department"))
    assert [numbers(pack) for pack in found] == [["E2-1-L"], ["E1-1-L", "E3-1-L"]]
    assert found[1].stem == "Sales" and "/" not in found[0].stem


def test_a_file_name_holds_no_name_where_the_office_wants_none() -> None:
    papers = [paper("E1-1-L"), paper("E2-1-L", supervisor_no="", supervisor_name="Kim")]
    stems = [pack.stem for pack in chosen(papers, names_in_files=False)]
    assert "S1" in stems and not any("Kim" in stem or "Lee" in stem for stem in stems)


def test_two_groups_never_share_a_file() -> None:
    papers = [paper("E1-1-L", supervisor_no="ß1"), paper("E2-1-L", supervisor_no="ss 1")]
    papers += [paper("E3-1-L", supervisor_no="a?"), paper("E4-1-L", supervisor_no="A?")]
    stems = [pack.stem.casefold() for pack in chosen(papers, names_in_files=False)]
    assert len(set(stems)) == len(stems)


@pytest.mark.parametrize("by", ["supervisor", "department"])
def test_all_papers_of_a_case_go_to_whom_its_latest_names(by: Any) -> None:
    later = date(2026, 4, 1)
    papers = [
        replace(paper("E1-1-L", supervisor_no="S2", supervisor_name="Kim", department="Stores", on=later), revision=2),
        paper("E1-1-M-2026-01", "monthly"),
        replace(paper("E1-1-N-1", "notes", supervisor_no="S3", on=date(2026, 5, 1)), void="typed twice"),
        paper("E2-1-L"),
    ]
    found = chosen(papers, Choice(by))
    assert [numbers(pack) for pack in sorted(found, key=lambda pack: pack.sheaves[0].issued.number)] == [
        ["E1-1-L", "E1-1-M-2026-01"],
        ["E2-1-L"],
    ]
    (alone,) = chosen(papers, Choice(by, forms=("monthly",)))
    assert alone.name == ("Kim" if by == "supervisor" else "Stores")


def test_on_one_day_the_later_revision_names_the_supervisor() -> None:
    papers = [replace(paper("E1-1-L", supervisor_no="S2"), revision=2), paper("E1-1-P", "plan")]
    (pack,) = chosen(papers)
    assert pack.number == "S2" and len(pack.sheaves) == 2


def test_withdrawn_papers_are_left_out() -> None:
    assert numbers(*chosen([paper("E1-1-L"), paper("E2-1-L", void="typed twice")])) == ["E1-1-L"]


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        (Choice(forms=("plan",)), ["E1-1-P"]),
        (Choice(only=("e2",)), ["E2-1-L"]),
        (Choice(only=("E2-1",)), ["E2-1-L"]),
        (Choice(month=Month(2026, 2)), ["E1-1-M-2026-02", "E1-1-N-1"]),
        (Choice(since=date(2026, 3, 6)), ["E2-1-L"]),
    ],
)
def test_only_what_was_asked_for_is_packed(choice: Choice, left: list[str]) -> None:
    papers = [
        paper("E1-1-P", "plan"),
        paper("E1-1-M-2026-01", "monthly", month="2026-01"),
        paper("E1-1-M-2026-02", "monthly", month="2026-02"),
        paper("E1-1-N-1", "notes", month="2026-02"),
        replace(paper("E2-1-L"), on=date(2026, 3, 6)),
    ]
    assert numbers(*chosen(papers, choice)) == left


def test_a_name_that_is_on_no_paper_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="E1-202601"):
        chosen([paper("E1-202601-L")], Choice(only=("E1-202602",)))


def test_of_a_letter_there_are_as_many_copies_as_it_says_and_of_all_else_one() -> None:
    papers = [paper("E1-1-L"), paper("E1-1-P", "plan", pages=3)]
    (pack,) = chosen(papers, copies=3)
    assert [one.copies for one in pack.sheaves] == [3, 1]
    assert (pack.pages, pack.sheets, pack.people) == (9, 5, 1)
    (pack,) = chosen(papers, Choice(copies=2, duplex=False))
    assert (pack.pages, pack.sheets) == (10, 10)


def test_a_letter_lies_there_as_often_as_it_said_when_it_was_issued() -> None:
    papers = [paper("E1-1-L", copies=2), paper("E2-1-L"), paper("E3-1-P", "plan")]
    (pack,) = chosen(papers, copies=4)
    assert [one.copies for one in pack.sheaves] == [2, 4, 1]
    (pack,) = chosen(papers, Choice(copies=5), copies=4)
    assert [one.copies for one in pack.sheaves] == [5, 5, 5]


def test_more_than_a_ream_is_parted_between_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SHEETS", 4)
    papers = [paper(f"E{who}-1-{form[0]}", form, pages=2) for who in (1, 2, 3) for form in ("letter", "plan")]
    found = chosen(papers, Choice(copies=1))
    assert [(pack.stem, pack.part, pack.parts, pack.people) for pack in found] == [
        ("S1-Lee-1", 1, 2, 2),
        ("S1-Lee-2", 2, 2, 1),
    ]
