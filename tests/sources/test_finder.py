from __future__ import annotations

import pytest

from docgen.sources.grid import Grid
from tests.sources.books import grid, problems, records, said
from tests.sources.test_marked import LISTED, PEOPLE, ZHAO, card, targets

TABLE = targets("targets.weight", "Weight")


def without(tab: Grid, rows: int = 0, columns: int = 0) -> Grid:
    """``tab`` without its first rows or columns."""
    return Grid(tab.name, {number - rows: cells[columns:] for number, cells in tab.rows.items() if number > rows})


@pytest.mark.parametrize("lost", [{"rows": 1}, {"columns": 1}, {"rows": 1, "columns": 1}])
def test_a_table_without_marks_or_keys_is_read_by_its_labels(lost: dict[str, int]) -> None:
    whole, less = records(PEOPLE, TABLE), records(PEOPLE, without(TABLE, **lost))
    assert [record.data for record in less] == [record.data for record in whole]
    assert problems(PEOPLE, without(TABLE, **lost)) == []


def test_a_table_without_marks_and_labels_can_not_be_read() -> None:
    lost = without(TABLE, rows=2)
    for tabs in ((PEOPLE, lost), (PEOPLE, Grid("Targets", {1: ["docgen:-", "x"], **lost.rows}))):
        ((code, _, message),) = said(problems(*tabs))
        assert code == "E102" and "The tab “Targets” can't be read" in message


def test_a_card_without_its_keys_or_marks_can_not_be_read() -> None:
    rows = (
        *("| docgen:facts | case.period_start | case.trigger_reason |", "| docgen:- | Period starts | Reason |"),
        *("| | @2026-01-05 | own wish |", "| docgen:targets | targets.name | targets.weight |"),
        *("| docgen:- | Indicator | Weight |", "| | Sales | =60 |", "| docgen:- | Support | By |"),
    )
    keyless = card(*(row for row in rows if "." not in row))
    for tab in (keyless, without(card(*rows), columns=1)):
        found = said(problems(LISTED, tab, ZHAO))
        assert ("E102", "The tab “Wang” can't be read") in [(code, text.partition(":")[0]) for code, _, text in found]


NOTES = "| Month | Actual | Notes |\n| 2026-04 | 5 | scratch |"


def test_a_tab_of_ones_own_in_a_book_of_docgens_is_noted_and_not_read() -> None:
    tabs = PEOPLE, TABLE, grid("My notes", NOTES)
    assert said(problems(*tabs)) == [("I206", "My notes!A1", "Not read, as docgen didn't make it: the tab My notes.")]
    assert all("months" not in record.data for record in records(*tabs))


def test_a_tab_called_after_one_of_the_plan_is_read_in_a_book_of_docgens() -> None:
    support = grid("支持", "| Employee number | Support |\n| S1 | Training |")
    assert records(PEOPLE, TABLE, support)[0].data["support"] == [{"item": "Training"}]


def test_a_tab_called_after_a_person_is_read_in_a_book_of_cards() -> None:
    tab = grid("Wang", "| Indicator | Weight |\n| Sales | =60 |")
    assert records(LISTED, tab, ZHAO)[0].data["targets"] == [{"name": "Sales", "weight": "60"}]


def test_the_list_of_problems_makes_no_book_docgens() -> None:
    own = grid("People", "| Employee number | Period starts |\n| S1 | @2026-01-05 |")
    tab = grid("Plan of 2026", "| Employee number | Indicator | Weight |\n| S1 | Sales | =60 |")
    told = grid("Problems", "| docgen:not read | Problems |")
    assert records(own, tab, told)[0].data["targets"] == [{"name": "Sales", "weight": "60"}]
