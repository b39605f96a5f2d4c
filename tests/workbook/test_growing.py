"""The heights of rows."""

from __future__ import annotations

import zipfile
from io import BytesIO

from docgen.workbook.growing import LEAST, MOST, height
from tests.workbook.new_help import filled


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
