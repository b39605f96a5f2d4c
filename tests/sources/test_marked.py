from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from docgen.sources.grid import Grid
from tests.sources.books import book, cell, grid, problems, records, run, said

PEOPLE = grid(
    "People",
    """
    | docgen:people | case.employee_no | case.period_start |
    | docgen:- | Employee number* | Period starts* |
    | | S1 | @2026-01-05 |
    | | S2 | @2026-01-05 |
    """,
)
LISTED = grid(
    "People",
    """
    | docgen:people | card | case.employee_no |
    | docgen:- | Tab | Employee number |
    | | Wang | S1 |
    | | Zhao | S2 |
    """,
)
KEYS, LABELS = (
    "| docgen:targets | case.employee_no | targets.name | {} |",
    "| docgen:- | Employee number | Indicator | {} |",
)
LINES = "| | S1 | Sales | =60 |\n| | S2 | Tests | =80 |"


def targets(key: str, label: str, lines: str = LINES) -> Grid:
    return grid("Targets", "\n".join((KEYS.format(key), LABELS.format(label), lines)))


def weights(*tabs: Grid) -> list[Any]:
    return [record.data["targets"][0].get("weight") for record in records(*tabs)]


def card(*rows: str) -> Grid:
    """The card of Wang; ``~`` is a blank row."""
    lines: dict[int, Sequence[Any]] = {}
    for number, row in enumerate(rows, start=1):
        if row != "~":
            lines[number] = [cell(part.strip()) for part in row.strip("|").split("|")]
    return Grid("Wang", lines)


TITLE = ("| docgen:- | A. Wang | | Performance Improvement Plan |", "| docgen:- | Employee number: S1 | | ‹ People |")
TARGETS = (
    *("| docgen:- |", "| docgen:- | Targets |", "| docgen:- | One line for each target; the weights add up to 100. |"),
    "| docgen:targets | targets.name | targets.unit | targets.weight |",
    *("| docgen:- | Indicator* | Unit | Weight (%) |", "| | Sales | CNY | =60 |", "~"),
    "| docgen:- | Sum of the weights | | =60 |",
)
SUPPORT = (
    *("~", "| docgen:- | Support promised |", "| docgen:- | What you promise to give, and by when. |"),
    "| docgen:support | support.item | support.by_date |",
    *("| docgen:- | Support* | By* |", "| | Training | @2026-03-01 |"),
)
ZHAO = Grid("Zhao", {1: ["docgen:targets", "targets.name"], 2: ["docgen:-", "Indicator"], 3: [None, "Calls"]})


def of_card(*rows: str) -> tuple[list[tuple[str, str, str]], dict[str, Any]]:
    """What is told, and what is read of Wang."""
    tabs = (LISTED, card(*rows), ZHAO)
    return said(problems(*tabs)), dict(records(*tabs)[0].data)


def test_what_docgen_wrote_itself_is_not_told() -> None:
    told, data = of_card(*TITLE, *TARGETS, *SUPPORT)
    assert told == []
    assert data["targets"] == [{"name": "Sales", "unit": "CNY", "weight": "60"}]
    assert data["support"] == [{"item": "Training", "by_date": "2026-03-01"}]


@pytest.mark.parametrize("lost", ["", "~", "| | support.item | support.by_date |"])
def test_a_block_without_its_keys_is_not_read_as_the_one_above(lost: str) -> None:
    rows = [row for row in (*TITLE, *TARGETS, *SUPPORT)]
    at = next(number for number, row in enumerate(rows) if "support.item" in row)
    rows[at : at + 1] = [lost] if lost else []
    told, data = of_card(*rows)
    assert "support" not in data and len(data["targets"]) == 1
    ((code, place, message),) = told
    assert code == "E102" and place.startswith("Wang!B") and "belong to no block" in message


def test_a_block_without_lines_is_closed_by_the_next_title() -> None:
    empty = [row for row in TARGETS if "Sales" not in row and "Sum" not in row]
    told, _ = of_card(*empty, "~", *[row for row in SUPPORT if "support.item" not in row])
    assert [one[:2] for one in told] == [("E102", "Wang!B12")]


def test_lines_below_the_sum_are_told() -> None:
    told, data = of_card(*TARGETS, "| | Tests | % | =40 |", "~", *SUPPORT)
    assert len(data["targets"]) == 1 and data["support"]
    assert told == [
        ("E102", "Wang!B9", "On the tab “Wang”, rows are filled in from here on that belong to no block (1).")
    ]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("| Sum of the weights | | =60", "| Sum of the weights | % | =60", "Wang!C10"),
        ("| Sum of the weights | | =60", "| Tests | | =40", "Wang!B10"),
        ("| docgen:- | Targets |", "| docgen:- | Targets | | =40 |", "Wang!D4"),
        ("| docgen:- |", "| docgen:- | Sales | CNY |", "Wang!B3"),
        ("| Unit |", "| =5 |", "Wang!C7"),
        ("| A. Wang | |", "| A. Wang | Sales |", "Wang!C1"),
    ],
)
def test_what_is_typed_in_a_row_of_docgens_own_is_told(old: str, new: str, place: str) -> None:
    rows = [row.replace(old, new) if old != "| docgen:- |" or row == old else row for row in (*TITLE, *TARGETS)]
    assert [(code, at) for code, at, _ in of_card(*rows, *SUPPORT)[0]] == [("E102", place)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| Indicator* |", "| What counts |"),
        ("| Targets |", "| Goals |"),
        ("Unit", "Measured in"),
        ("One line", "A line"),
    ],
)
def test_titles_and_labels_may_be_called_otherwise(old: str, new: str) -> None:
    told, data = of_card(*(row.replace(old, new) for row in (*TITLE, *TARGETS, *SUPPORT)))
    assert told == [] and len(data["targets"]) == 1


def test_a_line_of_a_table_that_bears_a_mark_is_told() -> None:
    told = said(problems(PEOPLE, targets("targets.weight", "Weight", LINES.replace("| | S1", "| docgen:- | S1"))))
    assert told == [("E102", "Targets!B3", "“S1” is typed in a row that is not read (cells like this in the row: 3).")]


def test_lines_above_the_keys_are_told_and_a_title_is_not() -> None:
    tab = targets("targets.weight", "Weight")
    for typed, expected in (([None, "S1", "Sales"], [("E102", "Targets!B1")]), ([None, "Targets of 2026"], [])):
        moved = Grid("Targets", {1: typed, **{number + 1: cells for number, cells in tab.rows.items()}})
        assert [one[:2] for one in said(problems(PEOPLE, moved))] == expected


@pytest.mark.parametrize("key", [" Targets.Weight ", "targets. weight", "targets.wieght", "targets.goal", "", "weight"])
def test_a_key_may_be_written_otherwise_and_else_the_label_counts(key: str) -> None:
    tabs = PEOPLE, targets(key, "Weight (%)*")
    assert weights(*tabs) == ["60", "80"] and problems(*tabs) == []


def test_a_column_without_key_and_label_that_is_filled_in_is_told_with_the_nearest() -> None:
    (problem,) = problems(PEOPLE, targets("targets.weigth", "How heavy"))
    assert said([problem]) == [
        ("E102", "Targets!D2", "Nothing says what the column “How heavy” holds (cells filled in: 2).")
    ]
    assert "Perhaps Weight?" in problem.fix.en and "是否为“权重”？" in problem.fix.zh
    assert problems(PEOPLE, targets("targets.weigth", "How heavy", "| | S1 | Sales |")) == []


def test_a_key_used_twice_is_told_where_the_second_column_is_filled_in() -> None:
    tabs = PEOPLE, targets("targets.weight | targets.weight", "Weight | Weight")
    assert weights(*tabs) == ["60", "80"] and problems(*tabs) == []
    twice = PEOPLE, targets("targets.weight | targets.weight", "Weight | Weight", LINES.replace("=80", "=80 | =70"))
    told = [one for one in said(run(book(*twice)).all_problems) if one[0] == "E103"]
    assert [one[:2] for one in told] == [("E103", "Targets!E2")]


def test_columns_of_docgens_own_are_neither_read_nor_told() -> None:
    tabs = PEOPLE, targets("targets.weight | docgen:-", "Weight | Sum", LINES.replace("=80", "=80 | =80"))
    assert weights(*tabs) == ["60", "80"] and problems(*tabs) == []


def test_a_remark_that_begins_like_a_mark_is_text() -> None:
    people = "| Employee number | Period starts | Remark |\n| S1 | @2026-01-05 | docgen: please check |"
    assert records(People=people)[0].data["case"]["period_start"] == "2026-01-05"


def test_labels_without_their_mark_are_no_data() -> None:
    tab = targets("targets.weight", "Weight (%)*")
    unmarked = Grid("Targets", {**tab.rows, 2: [None, *tab.rows[2][1:]], 5: [None, *tab.rows[2][1:]]})
    assert weights(PEOPLE, unmarked) == ["60", "80"] and problems(PEOPLE, unmarked) == []
