from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.model.problems import Severity
from docgen.sources.grid import Book
from docgen.sources.records import BookReader
from tests.sources.books import FOREIGN, book, definitions, grid, run, said

PEOPLE = """
| Employee number | Employee name | Period starts |
| S1 | A. Wang | @2026-01-05 |
| S2 | B. Zhao | @2026-01-05 |"""


def notes(found: Book) -> list[tuple[str, str]]:
    """The cells and messages of the notes on a book."""
    problems = BookReader(definitions(), FOREIGN).read(found).problems
    assert {one.code for one in problems} <= {"I206", "W237"}
    return [(cell, message) for _, cell, message in said(list(problems))]


def test_what_is_plain_is_not_noted() -> None:
    assert notes(book(People=PEOPLE, Targets="| Employee number | Weight |\n| S1 | =60 |\n| S1 | 40 |")) == []


def test_dates_typed_as_text_are_noted_once_a_column() -> None:
    people = PEOPLE.replace("@2026-01-05", "2026年1月5日") + "\n| S3 | C. Sun | @2026-01-05 |\n| S4 | D. Hu | someday |"
    (note,) = notes(book(People=people))
    assert note == (
        "People!C2",
        "Period starts: dates typed as text were read, such as 2026年1月5日 as 2026-01-05 (cells like this: 2).",
    )
    assert notes(book(People=people, source="team.csv")) == []  # there, everything is text


def test_full_width_digits_are_noted_where_they_were_understood() -> None:
    targets = "| Employee number | Indicator | Weight |\n| S1 | （销售额） | ６０％ |\n| S1 | 测试 | 四十 |"
    (note,) = notes(book(People=PEOPLE, Targets=targets))
    assert note[0] == "Targets!C2" and "such as ６０％ as 60" in note[1]


def test_zeros_that_the_format_shows_are_noted() -> None:
    people = PEOPLE.replace("| S1", "| =007").replace("| S2", "| 008")
    (note,) = notes(book(People=people))
    assert note[0] == "People!A2" and "007" in note[1] and "cells like this: 1" in note[1]


def test_blanks_around_a_value_are_noted() -> None:
    tab = grid("People", PEOPLE)
    tab.rows[2][1] = " A. Wang\u3000"  # type: ignore[index]
    (note,) = notes(book(tab))
    assert note == (
        "People!B2",
        "Employee name: blanks around what is typed don't count, such as those of “A. Wang” (cells like this: 1).",
    )


def test_merged_cells_and_hidden_rows_are_noted() -> None:
    targets = grid(
        "Targets",
        "| Employee number | Indicator | Data source |\n| S1 | Sales | System |\n| S1 | Calls | |\n| S2 | Tests | |",
        merged=((2, 3, 4, 3), (1, 1, 1, 2)),
        hidden={3, 4, 99},
    )
    assert notes(book(grid("People", PEOPLE), targets)) == [
        ("Targets!A3", "Hidden rows were read like all others: 2 on this tab."),
        (
            "Targets!C2",
            "Data source: a merged cell counts for its first row, and for those below in which more of Targets is typed"
            " (cells like this: 1).",
        ),
    ]


def test_rows_that_belong_to_the_person_above_are_noted_once_a_tab() -> None:
    targets = "| Employee number | Indicator |\n| S1 | Sales |\n| | Calls |\n| | Tests |\n| S2 | Sales |"
    assert notes(book(People=PEOPLE, Targets=targets)) == [
        ("Targets!A3", "Rows without a number belong to the person above (2 on this tab): S1 (2–4).")
    ]


def test_a_part_of_one_may_be_a_percentage_where_no_formats_are_seen() -> None:
    targets = (
        "| Employee number | Indicator | Target value | Weight |\n| S1 | A | =0.81 | =0.4 |\n| S1 | B | =0.9 | 60% |"
    )
    targets += "\n| S1 | C | 0.5 | =1 |\n| S1 | D | =12.5 | =0 |"
    plain = book(People=PEOPLE, Targets=targets, source="team.xls")
    assert notes(plain) == []
    problems = BookReader(definitions(), FOREIGN).read(replace(plain, blind=True)).problems
    told = [(one.code, one.severity, one.position.cell, one.value) for one in problems if one.code != "I206"]
    assert told == [("W240", Severity.WARNING, "Targets!C2", "0.81"), ("W240", Severity.WARNING, "Targets!D2", "0.4")]
    assert "cells like this: 2" in next(one.message.en for one in problems if one.position.cell == "Targets!C2")


def test_a_reader_that_sees_only_values_is_noted_once() -> None:
    (note,) = notes(replace(book(People=PEOPLE, source="team.xls"), blind=True))
    assert note[0] == "" and note[1].startswith("In this kind of file only values are seen")


@pytest.mark.parametrize(("version", "said_of_it"), [("0", "was made for version 0"), ("99", "docgen knows version 1")])
def test_a_workbook_of_another_version_is_noted(version: str, said_of_it: str) -> None:
    (note,) = notes(replace(book(People=PEOPLE), properties={"docgen-version": version}))
    assert said_of_it in note[1]


@pytest.mark.parametrize("version", ["1", "", "soon"])
def test_a_workbook_of_this_version_is_not_noted(version: str) -> None:
    assert notes(replace(book(People=PEOPLE), properties={"docgen-version": version})) == []


def test_how_cells_of_a_column_were_read_is_noted_once_with_their_count() -> None:
    targets = (
        "| Employee no | Indicator | Due |\n| S1 | Sales | 46203 |\n| S1 | Calls | 46204 |\n| S2 | Test | 20260630 |"
    )
    found = [one for one in run(book(People=PEOPLE, Targets=targets)).all_problems if one.code == "I206"]
    assert said(found) == [
        (
            "I206",
            "Targets!C2",
            "Due: “46203” was read as 2026-06-30. So it is with 2 more cells of this column.",
        )
    ]
    assert "本列另有2处" in found[0].message.zh


CARD = """
| docgen:facts | case.period_start | | docgen:- |
| docgen:- | Period starts | | Sum |
| | @2026-01-05 | | 5 |
| docgen:targets | targets.name | | |
| docgen:- | Indicator | | |
| | Sales | | |"""
LISTED = """
| docgen:people | card | case.employee_no | case.department |
| docgen:- | Tab | Employee number | Department |
| | Wang | S1 | |"""


def test_what_stands_beside_the_columns_is_told_once_a_tab_and_not_repeated() -> None:
    card = CARD.replace("| | @2026", "| ill | @2026").replace("Sales | |", "Sales | ill | ill")
    assert notes(book(People=LISTED, Wang=CARD)) == []
    assert notes(book(People=LISTED, Wang=card)) == [
        ("Wang!A3", "What stands beside the columns was not read: 3 cells on this tab.")
    ]


def test_somebody_listed_without_number_and_name_is_told_too() -> None:
    listed = LISTED + "\n| | Zhao | | Sales |\n| | Sun | | |\n| | | | Stores |"
    ((cell, message),) = notes(book(People=listed, Wang=CARD))
    assert cell == "People!C4" and "filled in: Zhao, People!C6 (2)" in message


def test_a_hidden_tab_that_is_read_is_noted_once() -> None:
    people, guide = replace(grid("People", PEOPLE), hidden_tab=True), grid("Guide", "| docgen:not read | how to |")
    assert notes(book(people, replace(guide, hidden_tab=True))) == [
        ("People!A1", "The hidden tab People was read like all others.")
    ]
