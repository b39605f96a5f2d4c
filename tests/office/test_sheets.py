"""Reports as plain workbooks."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from docgen.model.problems import Words
from docgen.office.sheets import Cell, Column, sheet_file
from tests.ooxml import schema_problems

TITLE = Words("Who & what", "名单")
COLUMNS = (Column(Words("Name", "姓名"), 20), Column(Words("On", "日期")), Column(Words("Count", "人数")))
ROWS: list[list[Cell]] = [["王某", date(2026, 4, 1), 3], ["A. Li", None, 0]]


def opened(rows: list[list[Cell]] | None = None, language: str = "en") -> Any:
    content = sheet_file(TITLE, COLUMNS, ROWS if rows is None else rows, "zh" if language == "zh" else "en")
    return load_workbook(BytesIO(content)).worksheets[0]


def test_the_first_row_holds_the_headings_and_dates_are_dates() -> None:
    found = [[cell.value for cell in row] for row in opened().iter_rows()]
    assert found == [["Name", "On", "Count"], ["王某", datetime(2026, 4, 1), 3], ["A. Li", None, 0]]
    assert [cell.value for cell in opened(language="zh")[1]] == ["姓名", "日期", "人数"]


def test_it_can_be_filtered_and_prints_on_a4_across() -> None:
    sheet = opened()
    assert sheet.auto_filter.ref == "A1:C3" and sheet.freeze_panes == "A2"
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$1:$1" and "Who && what" in str(sheet.oddHeader.left.text)


@pytest.mark.parametrize("said", ["=cmd|'/c calc'!A0", "+1+1", "-2", "@SUM(A1)", "{=1+1}", "http://example.org", "'=1"])
def test_a_text_is_never_a_formula_or_a_link(said: str) -> None:
    cell = opened([[said, None, 0]])["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (said, "s", None)
    assert cell.quotePrefix == (said[0] in "=+-@")


def test_what_no_cell_can_hold_is_shown_or_cut() -> None:
    assert opened([["a\x07b\ud800\u202e", None, 0]])["A2"].value == "a\\x07b\\ud800\\u202e"
    assert len(str(opened([["长" * 40_000, None, 0]])["A2"].value)) == 32_767


def test_the_same_rows_make_the_same_bytes() -> None:
    assert sheet_file(TITLE, COLUMNS, ROWS, "en") == sheet_file(TITLE, COLUMNS, ROWS, "en")


@pytest.mark.parametrize("rows", [ROWS, [], [["=1", date(2026, 1, 1), -3]]])
def test_it_is_as_the_schemas_want_it(rows: list[list[Cell]], tmp_path: Path) -> None:
    assert schema_problems(sheet_file(TITLE, COLUMNS, rows, "zh"), tmp_path) == []
