"""The tab that says what became of last month."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.definitions.tabs import NOT_READ
from docgen.model.problems import UiLanguage
from docgen.workbook.creating import Order, new_workbook
from docgen.workbook.guide import Layout
from docgen.workbook.last_month import BOX, LAST_MONTH, Line, Told
from tests.workbook.new_help import again, definitions, opened, records

TOLD = [
    Told("王某 (S1024)", [Line("=Give it a new date: " + "long " * 60, True), Line("Closed.")]),
    Told("陈某 (S1101)", []),
]


def made(layout: Layout, language: UiLanguage) -> bytes:
    order = Order((), language, "april.xlsx", layout, rolled="2026-04", told=TOLD)
    return new_workbook(order, definitions(), records("wang.yaml"))[0]


@pytest.mark.parametrize("layout", ["card", "table"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_stands_behind_the_guide_with_a_box_for_what_is_to_be_done(layout: Layout, language: UiLanguage) -> None:
    book = opened(made(layout, language))
    assert book.sheetnames[1] == LAST_MONTH[language]
    rows = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows(min_row=4, min_col=3, max_col=4)]
    assert rows[0][0] == "王某 (S1024)" and rows[1][0] == BOX and rows[1][1].startswith("=Give")
    assert rows[2] == [None, "Closed."] and rows[4][0] == "陈某 (S1101)"


def test_it_is_not_read_and_prints_on_one_page_across(tmp_path: Path) -> None:
    content = made("card", "zh")
    tab = opened(content).worksheets[1]
    assert tab["A1"].value == NOT_READ and tab.page_setup.paperSize == 9 and tab.sheet_properties.pageSetUpPr.fitToPage
    assert len(again(content, tmp_path)) == 1


@pytest.mark.parametrize("layout", ["card", "table"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_guide_sends_to_it_first(layout: Layout, language: UiLanguage) -> None:
    rows = opened(made(layout, language)).worksheets[0].iter_rows(min_col=3, max_col=3, values_only=True)
    (first,) = [str(cell) for (cell,) in rows if str(cell).startswith("1.")]
    assert LAST_MONTH[language] in first and BOX in first


def test_without_anything_to_tell_there_is_no_such_tab() -> None:
    book = opened(new_workbook(Order(("letter",), "en", "new.xlsx"), definitions())[0])
    assert LAST_MONTH["en"] not in book.sheetnames
    guide = book.worksheets[0].iter_rows(min_col=3, max_col=3, values_only=True)
    assert not any(LAST_MONTH["en"] in str(cell) for (cell,) in guide)
