"""Words that run from right to left are printed, and don't let anything else lose its order."""

from __future__ import annotations

import pytest

from docgen.errors import DocumentError
from docgen.writers.direction import unordered
from docgen.writers.parity import check_parity
from tests.writers.pdf_help import docx, pdf, prove, templates, tree


@pytest.mark.parametrize("name", ["שלום עולם", "السلام عليكم", "אבג 123 (ד)", "王某 מרים, hello"])
def test_a_name_from_right_to_left_is_printed(name: str) -> None:
    prove(tree(f"<p>Supervisor {name} and others</p>"))


def test_invisible_orders_to_turn_text_round_have_no_effect() -> None:
    document = tree("<p>weight \u202e05\u202c %, phone \u202a+86 21\u202c</p>")
    assert b"\xe2\x80\xae" not in docx(document)
    prove(document)


def test_other_words_keep_their_order_beside_right_to_left_ones() -> None:
    said, changed = (tree(f"<p>{one} שלום {other}</p>") for one, other in (("first", "second"), ("second", "first")))
    with pytest.raises(DocumentError):
        check_parity(said, templates().theme, None, pdf(changed))


def test_a_lost_letter_is_noticed_from_right_to_left_too() -> None:
    assert unordered("a שלום b") == unordered("a םולש b") != unordered("a שלו b")


def test_words_from_right_to_left_may_stand_in_a_row_split_over_pages() -> None:
    """Two scripts side by side are turned round as one stretch, and each page holds a piece of both."""
    row = "<tr><td>1</td><td>{}</td><td>{}</td><td>end {}</td></tr>"
    hebrew, arabic = "אבג דהו " * 90, "سلام كتب " * 90
    columns = "<colgroup>" + "<col width='25'/>" * 4 + "</colgroup>"
    made = tree(f"<table>{columns}<tbody>{row.format(hebrew, arabic, '12')}</tbody></table>")
    printed = prove(made)
    for lost in (row.format(hebrew[:-8], arabic, "12"), row.format(hebrew, arabic, "13")):
        with pytest.raises(DocumentError):
            check_parity(tree(f"<table>{columns}<tbody>{lost}</tbody></table>"), templates().theme, None, printed)
