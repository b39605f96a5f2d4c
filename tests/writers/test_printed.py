"""The body as one endless page prints it."""

from __future__ import annotations

from docgen.writers.printed import printed
from tests.writers.pdf_help import row, table, templates, tree


def test_lists_are_printed_with_their_markers_and_tables_with_one_head() -> None:
    grid = table(row("a", "<ol><li>b</li></ol>") + row("c", ""), 2, row("H", "I", tag="th"))
    made = printed(tree(f"<ol><li>x</li></ol>{grid}<p>y \u2f08</p>"), templates().theme)
    assert made.text == "1.xHIa1.bcy人"
    assert made.tables == [(5, 10, "HI")]
    assert made.rows == [(5, ("a", "1.b")), (9, ("c", ""))]


def test_a_table_in_a_cell_is_part_of_its_row() -> None:
    made = printed(tree(table(row("a", table(row("b"), 1, row("H", tag="th"))), 2)), templates().theme)
    assert (made.text, made.rows) == ("aHb", [(0, ("a", "Hb"))])
