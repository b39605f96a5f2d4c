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
        par("end"),
    )
    chain = {LONG: True, "read": True, "agree": True, "Boss": True, "x": True}
    assert found == chain | {"Me": False, "y": False, "end": False}


def test_paragraphs_of_a_kept_section_do_not_split() -> None:
    root = body_xml(tree(par(LONG), Section((par("one"), par("two")), "keep")))
    whole = {said(node): node.find(f"{W}pPr/{W}keepLines") is not None for node in root.iter(f"{W}p")}
    assert whole == {LONG: False, "one": True, "two": True}


def test_a_short_table_stays_whole() -> None:
    found = kept(table("h", "a", "b", "c", head=1), par("end"))
    assert found == {"h": True, "a": True, "b": True, "c": False, "end": False}


def test_a_line_that_leads_to_a_table_stays_with_it_and_a_longer_text_does_not() -> None:
    assert kept(par("as follows:"), table("a", "b"), par("end"))["as follows:"]
    assert not kept(par(LONG), table("a", "b"), par("end"))[LONG]


def test_a_picture_before_a_table_may_stay_behind() -> None:
    assert not kept(Section((par("picture"),), "picture"), table("a", "b"), par("end"))["picture"]


def test_a_note_below_a_table_stays_with_its_last_row() -> None:
    assert kept(table("a", "b"), par("note", role="note"), par("end"))["b"]
    assert not kept(table("a", "b"), par("clause", role="clause"), par("end"))["b"]


def test_a_row_that_fills_much_of_a_page_may_break_as_in_the_pdf() -> None:
    rows = [row for row in body_xml(tree(table("a", "字" * 4000, "b"))).iter(f"{W}tr")]
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [True, False, True]


def test_three_lines_of_a_long_table_stay_together_at_its_start_and_two_at_its_end() -> None:
    rows = [f"r{n}" for n in range(9)]
    found = kept(table("h", *rows, head=1), par("end"))
    assert [row for row in ("h", *rows) if found[row]] == ["h", "r0", "r1", "r7"]


def test_a_row_of_several_lines_may_stand_alone_with_the_head() -> None:
    found = kept(table("h", *(f"{n} {LONG * 3}" for n in range(4)), head=1), par("end"))
    assert list(found.values()) == [True, False, False, False, False, False]


def test_a_table_that_ends_the_document_takes_along_the_paragraph_that_word_wants_after_it() -> None:
    assert kept(table("a", "b")) == {"a": True, "b": True}


def test_a_long_table_of_signatures_stays_whole() -> None:
    rows = [f"r{n}" for n in range(9)]
    found = kept(table(*rows, role="signatures"), par("end"))
    assert found == dict.fromkeys(rows[:-1], True) | {"r8": False, "end": False}


def test_a_caption_stays_with_its_table() -> None:
    found = kept(table("a", caption=(text("Caption"),)))
    assert found["Caption"]


def test_the_last_two_items_of_a_list_stay_with_what_needs_company() -> None:
    items = Listing(((par("a"),), (par("b"),), (par(LONG),)))
    assert kept(items, Section((par("x"),), "signatures")) == {"a": False, "b": True, LONG: True, "x": False}


def test_the_last_row_of_a_table_stays_with_what_needs_company() -> None:
    rows = [f"r{n}" for n in range(9)]
    assert kept(table("h", *rows, head=1), Section((par("x"),), "keep"))["r8"]
    assert not kept(table("h", *rows, head=1), par("x"))["r8"]
    assert not kept(table("h", *rows, head=1), Section((Paragraph((text("head"),), "lead"), par("x")), "keep"))["r8"]


def test_what_has_a_heading_of_its_own_may_begin_a_page() -> None:
    assert not kept(par(LONG), Heading(2, (text("Head"),)), Section((par("x"),), "keep"))[LONG]


def test_headings_stay_with_what_follows_by_their_style() -> None:
    root = body_xml(tree(Heading(2, (text("Head"),)), Paragraph((text("body"),))))
    assert root.find(f".//{W}pStyle").get(f"{W}val") == "Heading2"


def test_lines_to_write_on_stay_with_each_other_and_with_their_question() -> None:
    root = body_xml(tree(par("Why?"), Paragraph((), "lines"), Paragraph((), "lines"), par("next")))
    assert [node.find(f"{W}pPr/{W}keepNext") is not None for node in root.iter(f"{W}p")] == [True, True, False, False]
