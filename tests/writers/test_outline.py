"""A tree's outline has a line for each paragraph, marker, table, row and cell."""

from __future__ import annotations

from docgen.model.document import Document
from docgen.writers.markers import marker_of
from docgen.writers.outline import joined, outline, said, shown
from tests.writers.pdf_help import row, table, templates, tree


def lines(document: Document) -> str:
    theme = templates().theme
    return joined(outline(document.body, lambda listing, *at: marker_of(listing, theme, document.lang, *at)))


def test_items_stand_behind_their_markers_by_depth() -> None:
    markup = (
        "<ol><li>a b</li><li><p>c</p><ol><li>d</li></ol></li></ol><ul><li>e</li></ul><ul class='ticks'><li>f</li></ul>"
    )
    assert shown(lines(tree(markup))) == "|item1. ab |item2. c |item(a) d |item• e f"


def test_cells_stand_row_by_row_with_what_they_reach_over() -> None:
    rows = '<tr><td rowspan="2">a</td><td colspan="2">b</td></tr><tr><td>c</td><td/></tr>'
    assert shown(lines(tree(table(rows, 3, row("h", "i", "j", tag="th"))))) == (
        "|tableof3 |headrow |cell h |cell i |cell j |row |cell1×2 a |cell2×1 b |row |cell c |cell |end"
    )


def test_a_list_in_a_cell_begins_at_the_first_level() -> None:
    markup = "<ol><li><p>a</p>" + table(row("<ol><li>b</li></ol>", ""), 2) + "</li></ol>"
    assert "|item1. b" in shown(lines(tree(markup)))


def test_a_single_cell_is_no_table_as_word_has_its_boxes_so() -> None:
    assert shown(lines(tree(table(row("a"), 1) + "<p/><hr/>"))) == "a"


def test_text_that_looks_like_a_sign_is_none() -> None:
    assert said(lines(tree("<p>|row</p><ol><li>end</li></ol>"))) == "|rowend"
    assert lines(tree("<ol><li>a</li></ol>")) != lines(tree("<p>item1.</p><p>a</p>"))
