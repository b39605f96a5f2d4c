"""The heights of rows."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest

from docgen.workbook.growing import LEAST, MOST, height
from docgen.workbook.guide import Layout
from tests.workbook.new_help import ALL, filled, new

FORMULA = re.compile(r"<(?:f|formula[12]?)(?: [^>]*)?>([^<]*)</")
FUNCTION = re.compile(r"[A-Z][A-Z.0-9]*(?=\()")
OF_2007 = {
    *("AND", "CELL", "FIND", "IF", "IFERROR", "INDEX", "ISNUMBER", "LEFT", "LEN", "LOOKUP", "MATCH", "MID"),
    *("OFFSET", "ROUND", "ROW", "SUM", "SUMIF", "SUMPRODUCT", "TRIM"),
}
"""What needs no prefix in a file; newer functions do (_xlfn.), and would not get it here."""


def test_a_row_is_as_high_as_its_longest_text_needs() -> None:
    assert height([("short", 20.0), (None, 5.0)]) == LEAST
    assert height([("word " * 20, 21.0)]) > 5 * 15
    assert height([("汉" * 20, 21.0)]) > height([("x" * 20, 21.0)])
    assert height([("one\ntwo\nthree", 90.0)]) > LEAST
    assert height([("x" * 30_000, 10.0)]) == MOST


def test_rows_to_type_in_still_grow() -> None:
    package = zipfile.ZipFile(BytesIO(filled("wang.yaml", "table")))
    rows = package.read("xl/worksheets/sheet3.xml").decode().split("<row ")
    (row,) = [one for one in rows if one.startswith('r="4"')]
    assert " ht=" in row.partition(">")[0] and "customHeight" not in row.partition(">")[0]


@pytest.mark.parametrize("layout", ["table", "card"])
def test_formulas_use_no_function_that_needs_a_prefix(layout: Layout) -> None:
    package = zipfile.ZipFile(BytesIO(new(layout, "en", ALL, optional=True)))
    formulas = [formula for name in package.namelist() for formula in FORMULA.findall(package.read(name).decode())]
    assert formulas and not any(formula.startswith("=") for formula in formulas)
    assert {function for formula in formulas for function in FUNCTION.findall(formula)} <= OF_2007
