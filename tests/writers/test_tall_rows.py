"""Rows that may need much of a page are told beforehand, as they must be let break over pages."""

from __future__ import annotations

import pytest

from docgen.model.document import Table
from docgen.writers.tall_rows import tall_rows
from tests.writers.pdf_help import row, table, templates, tree


def tall(rows: str, columns: int = 2, *, landscape: bool = False, widths: str = "") -> list[bool]:
    markup = table(rows, columns)
    if widths:
        cols = "".join(f'<col width="{width}"/>' for width in widths.split())
        markup = markup.replace('<col width="1"/>' * columns, cols)
    (made,) = tree(markup).body
    assert isinstance(made, Table)
    return tall_rows(made, templates().theme, landscape=landscape)


def test_short_rows_are_not_tall_long_ones_are() -> None:
    assert tall(row("a", "b") + row("a", "字" * 1500) + row("字" * 1500, "") + row("", "")) == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "字" * 1500,
        "word " * 700,
        "<br/>".join(["line"] * 50),
        "".join(f"<p>{word}</p>" for word in ["line"] * 50),
        "<ol>" + "<li>item</li>" * 50 + "</ol>",
        table(row("line") * 50, 1),
    ],
)
def test_it_is_the_lines_of_a_cell_that_count_whatever_they_are(cell: str) -> None:
    assert tall(row("a", cell)) == [True]


def test_a_narrow_column_is_tall_sooner() -> None:
    words = "字" * 400
    assert tall(row("a", words), widths="90 10") == [True]
    assert tall(row("a", words), widths="10 90") == [False]
    assert tall(f'<tr><td colspan="2">{words}</td></tr>', widths="90 10") == [False]


def test_a_landscape_page_is_wider_and_lower() -> None:
    lines = "<br/>".join(["line"] * 20)
    assert (tall(row("a", lines)), tall(row("a", lines), landscape=True)) == ([False], [True])


def test_where_cells_reach_down_the_narrowest_column_is_assumed() -> None:
    words = "字" * 400
    rows = f'<tr><td rowspan="2">a</td><td>b</td></tr><tr><td>{words}</td></tr>'
    assert tall(rows, widths="90 10") == [False, True]


def test_the_text_of_a_list_has_less_room_for_its_indent() -> None:
    words = "字" * 90
    assert tall(row(words, *["a"] * 9), 10) == [False]
    assert tall(row(f"<ol><li>{words}</li></ol>", *["a"] * 9), 10) == [True]
