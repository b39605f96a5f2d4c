"""The text of a page comes back in the order in which it was written, however its lines lie."""

from __future__ import annotations

import pytest

from docgen.errors import DocumentError
from docgen.model.document import Document
from docgen.writers.parity import check_parity
from tests.writers.pdf_help import docx, page_texts, pdf, prove, row, table, templates, tree


@pytest.mark.parametrize(
    "markup",
    [
        '<p><span class="note">已确认</span> <strong>' + "完成率————已确认" * 8 + "</strong></p>",
        "<h2>约翰·史密斯</h2><ul><li>约翰·史密斯 • ‧ ・</li></ul>",
        '<table class="signatures"><colgroup><col width="1"/><col width="1"/></colgroup><tbody>'
        '<tr><td>a</td><td rowspan="2">last</td></tr><tr><td>first</td></tr></tbody></table>',
        "<p>– ‒ … ⋯ ～ 〜 ① ➀ ⻅ 见 ⼾ 户</p>",
    ],
    ids=["wide dashes", "middle dots and bullets", "cells that end together", "signs that share a glyph"],
)
def test_no_order_of_drawing_is_taken_for_another_text(markup: str) -> None:
    prove(tree(markup, "zh-CN"))


def test_a_list_whose_role_has_no_markers_has_none_in_either_format() -> None:
    document = tree('<ul class="ticks"><li>☐ first</li><li><p>☑ second</p><ol><li>inner</li></ol></li><li/></ul>')
    assert "•" not in "".join(page_texts(prove(document)))


def test_a_line_to_write_on_fits_its_cell() -> None:
    blank = '负责人：<span class="line"></span>。已确认'
    prove(tree(table(row(*(["一"] * 8), blank), 9), "zh-CN"))


def running(first: str, further: str, foot: str) -> Document:
    heads = f'<header class="first"><p>{first}</p></header><header><p>{further}</p></header>'
    return tree(f"{heads}<footer><p>{foot}</p></footer><p>Body</p>")


@pytest.mark.parametrize("other", [("b", "a", "c"), ("c", "b", "a"), ("a", "c", "b")])
def test_heads_and_foot_of_word_must_stand_where_they_belong(other: tuple[str, str, str]) -> None:
    document = running("a", "b", "c")
    check_parity(document, templates().theme, docx(document), None)
    with pytest.raises(DocumentError, match="head or foot"):
        check_parity(document, templates().theme, docx(running(*other)), None)
    with pytest.raises(DocumentError):
        check_parity(document, templates().theme, None, pdf(running("x", *other[1:])))


@pytest.mark.parametrize(
    ("lines", "pages", "low", "high"),
    [(1, 1, 0.01, 0.05), (10, 1, 0.15, 0.35), (70, 2, 0.2, 0.8)],
)
def test_pages_and_how_far_the_last_is_filled_are_found(lines: int, pages: int, low: float, high: float) -> None:
    document = tree("".join(f"<p>line {number}</p>" for number in range(lines)))
    extent = check_parity(document, templates().theme, None, pdf(document))
    assert extent.pages == pages
    assert low < extent.last_page < high


def test_feet_fill_no_page_and_without_a_pdf_there_is_no_page() -> None:
    document = tree("<p>x</p><footer><p>foot</p></footer>")
    assert check_parity(document, templates().theme, None, pdf(document)).last_page < 0.05
    assert check_parity(document, templates().theme, docx(document), None).pages == 0
