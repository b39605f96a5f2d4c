"""What belongs together stays on one page."""

from __future__ import annotations

from docgen.model.document import Heading, Listing, Paragraph, Section
from tests.writers.word_help import W, body_xml, par, paragraphs, said, table, text, tree

LONG = "A sentence that is long enough to fill more than one line of the page by itself, at any usual size of type."


def kept(*blocks: object) -> dict[str, bool]:
    return dict(paragraphs(body_xml(tree(*blocks))))  # type: ignore[arg-type]


def test_a_section_that_is_kept_brings_the_text_before_it_along() -> None:
    found = kept(par("far"), par(LONG), Section((par("one"), par("two"), par("three")), "keep"), par("after"))
    assert found == {"far": False, LONG: True, "one": True, "two": True, "three": False, "after": False}


def test_a_short_line_before_is_not_enough_company() -> None:
    found = kept(par(LONG), par("short"), Section((par("one"),), "keep"))
    assert found == {LONG: True, "short": True, "one": False}


def test_acknowledgement_and_signatures_form_one_chain() -> None:
    found = kept(
        par(LONG),
        Section((par("read"), par("agree")), "acknowledgement"),
        table("Boss | x", "Me | y", role="signatures"),
    )
    assert found == {LONG: True, "read": True, "agree": True, "Boss": True, "x": True, "Me": False, "y": False}


def test_paragraphs_of_a_kept_section_do_not_split() -> None:
    root = body_xml(tree(par(LONG), Section((par("one"), par("two")), "keep")))
    whole = {said(node): node.find(f"{W}pPr/{W}keepLines") is not None for node in root.iter(f"{W}p")}
    assert whole == {LONG: False, "one": True, "two": True}


def test_a_short_table_stays_whole() -> None:
    assert kept(table("h", "a", "b", "c", head=1)) == {"h": True, "a": True, "b": True, "c": False}


def test_the_head_of_a_long_table_stays_with_its_first_row_alone() -> None:
    rows = [f"r{n}" for n in range(9)]
    assert kept(table("h", *rows, head=1)) == {"h": True, "r0": True} | dict.fromkeys(rows[1:], False)


def test_a_long_table_of_signatures_stays_whole() -> None:
    rows = [f"r{n}" for n in range(9)]
    assert kept(table(*rows, role="signatures")) == dict.fromkeys(rows[:-1], True) | {"r8": False}


def test_a_caption_stays_with_its_table() -> None:
    found = kept(table("a", caption=(text("Caption"),)))
    assert found["Caption"]


def test_the_last_item_of_a_list_stays_with_what_needs_company() -> None:
    items = Listing(((par("a"),), (par(LONG),)))
    assert kept(items, Section((par("x"),), "signatures")) == {"a": False, LONG: True, "x": False}


def test_the_last_row_of_a_table_stays_with_what_needs_company() -> None:
    rows = [f"r{n}" for n in range(9)]
    found = kept(table("h", *rows, head=1), Section((par("x"),), "keep"))
    assert found["r8"] and not found["r7"]


def test_headings_stay_with_what_follows_by_their_style() -> None:
    root = body_xml(tree(Heading(2, (text("Head"),)), Paragraph((text("body"),))))
    assert root.find(f".//{W}pStyle").get(f"{W}val") == "Heading2"


def test_lines_to_write_on_stay_with_each_other_and_with_their_question() -> None:
    root = body_xml(tree(par("Why?"), Paragraph((), "lines"), Paragraph((), "lines"), par("next")))
    assert [node.find(f"{W}pPr/{W}keepNext") is not None for node in root.iter(f"{W}p")] == [True, True, False, False]
