"""Headings, lists, tables, heads and feet are Word's own, not their looks alone."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from docgen.errors import DocumentError, TemplateError
from docgen.model.document import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Row,
    Rule,
    Section,
    Table,
)
from docgen.writers.parity import check_parity
from tests.ooxml import schema_problems
from tests.writers.test_word_text import ugly
from tests.writers.word_help import W, body_xml, cell, opened, par, part, said, table, text, theme, tree, written


def png(across: int, down: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + b"\x80" * across) * down
    header = struct.pack(">IIBBBBB", across, down, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def styles(document: Document) -> list[str]:
    return [paragraph.style.name for paragraph in opened(document).paragraphs if paragraph.style]


def test_headings_are_heading_styles_and_roles_are_paragraph_styles() -> None:
    body = (
        Heading(1, (text("a"),)),
        Heading(2, (text("b"),)),
        par("c"),
        par("d", role="clause"),
        par("e", role="note"),
    )
    assert styles(tree(*body)) == ["Heading 1", "Heading 2", "Normal", "Docgen Clause", "Docgen Note"]


def numbers(root: object) -> list[tuple[str, str, str]]:
    """Text, list and level of each numbered paragraph."""
    found = []
    for node in root.iter(f"{W}p"):  # type: ignore[attr-defined]
        numbered = node.find(f"{W}pPr/{W}numPr")
        if numbered is not None:
            found.append((said(node), *(numbered.find(f"{W}{key}").get(f"{W}val") for key in ("numId", "ilvl"))))
    return found


def items(*words: str) -> tuple[tuple[Block, ...], ...]:
    return tuple((par(word),) for word in words)


def test_numbering_restarts_in_each_list() -> None:
    content = written(tree(Listing(items("a", "b"), True), par("x"), Listing(items("c"), True)))
    found = numbers(part(content, "word/document.xml"))
    assert [(words, level) for words, _, level in found] == [("a", "0"), ("b", "0"), ("c", "0")]
    assert found[0][1] == found[1][1] != found[2][1]
    starts = {
        num.get(f"{W}numId"): num.find(f"{W}lvlOverride/{W}startOverride") is not None
        for num in part(content, "word/numbering.xml").iter(f"{W}num")
    }
    assert starts[found[0][1]] and starts[found[2][1]]


def test_a_nested_list_counts_on_its_own_level_and_lets_the_outer_count_on() -> None:
    nested = Listing(((par("a"), Listing(items("a1", "a2"), True)), (par("b"),)), True)
    found = numbers(body_xml(tree(nested)))
    assert [(words, level) for words, _, level in found] == [("a", "0"), ("a1", "1"), ("a2", "1"), ("b", "0")]
    assert found[0][1] == found[3][1] and found[1][1] == found[2][1] != found[0][1]


def test_a_list_goes_on_counting_after_a_list_in_a_cell_of_its_item() -> None:
    inner = Table((Column(50), Column(50)), (), (Row((Cell((Listing(items("x", "y", "z"), True),)), cell("w"))),))
    document = tree(Listing(((par("a"), inner), (par("b"),), (par("c"),)), True))
    check_parity(document, theme(), written(document), None)
    outer = [(words, number) for words, number, _ in numbers(body_xml(document)) if words in "abc"]
    assert outer[0][1] != outer[1][1] == outer[2][1]


def test_a_list_in_a_box_in_an_item_is_nested_as_it_is_in_the_pdf() -> None:
    box = Section((Listing(items("b"), True),), "acknowledgement")
    document = tree(Listing(((par("a"), box), (par("c"),)), True))
    assert [level for _, _, level in numbers(body_xml(document))] == ["0", "1", "0"]
    check_parity(document, theme(), written(document), None)


def test_an_item_that_begins_with_a_table_or_is_empty_keeps_its_marker() -> None:
    found = numbers(body_xml(tree(Listing(((table("t"),), (), (par("c"),)), True))))
    assert [words for words, *_ in found] == ["", "", "c"]


def test_further_paragraphs_of_an_item_are_indented_and_unnumbered() -> None:
    root = body_xml(tree(Listing(((par("a"), par("more")),), True)))
    assert [words for words, *_ in numbers(root)] == ["a"]
    more = root.findall(f".//{W}p")[1]
    assert int(more.find(f"{W}pPr/{W}ind").get(f"{W}left")) > 0


def test_a_list_of_ticks_has_no_markers() -> None:
    assert numbers(body_xml(tree(Listing(items("☐ yes", "☐ no"), role="ticks")))) == []


def test_lists_nested_deeper_than_word_counts_are_refused_with_their_place() -> None:
    block: Block = par("x")
    for _ in range(10):
        block = Listing(((par("y"), block),), True, place="plan.html:7")
    with pytest.raises(TemplateError, match=r"plan\.html:7"):
        written(tree(block))


def test_columns_have_the_widths_of_the_template_and_fill_the_text() -> None:
    columns = (Column(10), Column(60), Column(30))
    root = body_xml(tree(table("a | b | c", columns=columns)))
    widths = [int(column.get(f"{W}w")) for column in root.iter(f"{W}gridCol")]
    assert sum(widths) == 9638 and [round(width / 96.38) for width in widths] == [10, 60, 30]
    assert root.find(f".//{W}tblLayout").get(f"{W}type") == "fixed"


def test_spans_over_columns_and_rows_reopen_as_merged_cells() -> None:
    spans = Table(
        (Column(30), Column(30), Column(40)),
        (),
        (
            Row((cell("tall", rowspan=2), cell("wide", colspan=2))),
            Row((cell("x"), cell("y"))),
            Row((cell("z", colspan=3),)),
        ),
    )
    [made] = opened(tree(spans)).tables
    grid = [[cell.text for cell in row.cells] for row in made.rows]
    assert grid == [["tall", "wide", "wide"], ["tall", "x", "y"], ["z", "z", "z"]]


def test_a_cell_that_is_wide_and_tall_leaves_its_neighbours_in_place() -> None:
    spans = Table(
        (Column(25),) * 4,
        (),
        (Row((cell("a"), cell("big", colspan=2, rowspan=2), cell("b"))), Row((cell("c"), cell("d")))),
    )
    [made] = opened(tree(spans)).tables
    assert [[cell.text for cell in row.cells] for row in made.rows] == [
        ["a", "big", "big", "b"],
        ["c", "big", "big", "d"],
    ]


def test_heads_repeat_and_rows_do_not_split() -> None:
    rows = body_xml(tree(table("h", "a", "b", head=1))).findall(f".//{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_number_columns_are_right_aligned() -> None:
    made = table("Name | Share", "a | 60", head=1, columns=(Column(70), Column(30, "number")))
    aligned = {
        said(node): node.find(f"{W}pPr/{W}jc").get(f"{W}val")
        for node in body_xml(tree(made)).iter(f"{W}p")
        if node.find(f"{W}pPr/{W}jc") is not None
    }
    assert aligned == {"Share": "right", "60": "right"}


def test_text_in_tables_takes_the_looks_of_row_cell_and_table() -> None:
    made = Table(
        (Column(50), Column(50)),
        (Row((cell("h", head=True), cell("i", head=True))),),
        (Row((cell("a"), cell("b", role="label"))), Row((cell("t"), cell("u")), "total")),
    )
    [opened_table] = opened(tree(made)).tables
    found = [[cell.paragraphs[0].style.style_id for cell in row.cells] for row in opened_table.rows]
    assert found == [
        ["DocgenTableHead"] * 2,
        ["DocgenTable", "DocgenLabelCell"],
        ["DocgenTotalCell"] * 2,
    ]


def test_two_tables_in_a_row_stay_two() -> None:
    body = body_xml(tree(table("a"), table("b")))[0]
    assert [node.tag.removeprefix(W) for node in body] == ["tbl", "p", "tbl", "p", "sectPr"]


@pytest.mark.parametrize("blocks", [(), (par("x"), table("inner")), (Rule(),), (Listing(()),)])
def test_a_cell_ends_with_a_paragraph(blocks: tuple[Block, ...]) -> None:
    made = Table((Column(100),), (), (Row((Cell(blocks),)),))
    assert all(node[-1].tag == f"{W}p" for node in body_xml(tree(made)).iter(f"{W}tc"))


def test_lines_to_write_on_are_high_enough_and_each_has_its_own_line() -> None:
    root = body_xml(tree(Paragraph((), "lines"), Paragraph((), "lines")))
    first = root.find(f".//{W}p/{W}pPr")
    assert first.find(f"{W}pBdr/{W}between") is not None
    assert int(first.find(f"{W}spacing").get(f"{W}line")) >= 453


def test_a_tinted_paragraph_stands_in_a_box_with_padding() -> None:
    root = body_xml(tree(par("advice", role="guide")))
    box = root.find(f".//{W}tbl")
    assert said(box) == "advice" and box.find(f".//{W}tc/{W}tcPr/{W}shd") is not None
    assert int(box.find(f".//{W}tblCellMar/{W}left").get(f"{W}w")) > 0


def test_pages_are_a4_upright_or_on_the_side_with_the_margins_of_the_theme() -> None:
    for landscape, across in ((False, 210), (True, 297)):
        section = opened(tree(par("x"), landscape=landscape)).sections[0]
        assert section.page_width is not None and abs(section.page_width - Mm(across)) < Mm(0.1)
        assert (section.orientation == WD_ORIENT.LANDSCAPE) == landscape
        assert section.left_margin is not None and abs(section.left_margin - Mm(20)) < Mm(0.1)


def test_the_first_page_has_a_head_of_its_own_and_all_have_the_foot() -> None:
    made = tree(par("x"), first_head=(par("first"),), head=(par("later"),), foot=(par("foot"),))
    section = opened(made).sections[0]
    assert section.different_first_page_header_footer
    stories = (section.first_page_header, section.header, section.first_page_footer, section.footer)
    assert [story.paragraphs[0].text for story in stories] == ["first", "later", "foot", "foot"]


def test_heads_keep_clear_of_the_page_codes() -> None:
    head = part(written(tree(par("x"), head=(par("h"), table("a | b")))), "word/header2.xml")
    # A field of 20 mm that begins 5 mm from the edge reaches 5 mm over the margin of 20 mm.
    assert int(head.find(f".//{W}p/{W}pPr/{W}ind").get(f"{W}right")) >= 284
    assert int(head.find(f".//{W}tblW").get(f"{W}w")) <= 9638 - 284


def test_a_picture_has_its_alternative_text_and_keeps_its_shape() -> None:
    picture = Picture("logo.png", 'Logo "A & B"', 40)
    made = tree(Paragraph((picture, picture)), first_head=(Paragraph((picture,)),))
    document = opened(made, {"logo.png": png(200, 50)})
    shape = document.inline_shapes[0]
    assert (round(shape.width.mm), round(shape.height.mm)) == (40, 10)
    drawn = document.element.xpath("//wp:docPr")
    assert [node.get("descr") for node in drawn] == ['Logo "A & B"'] * 2
    assert len({node.get("id") for node in drawn}) == 2
    assert document.sections[0].first_page_header.part.rels


def test_a_picture_that_is_missing_or_no_png_stops_the_document() -> None:
    made = tree(Paragraph((Picture("logo.png", "Logo", 40),), place="letter.html:3"))
    for pictures in ({}, {"logo.png": b"GIF89a"}):
        with pytest.raises(DocumentError, match=r"letter.html:3: .*logo.png"):
            written(made, pictures)


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_every_part_is_valid(lang: str, tmp_path: Path) -> None:
    assert schema_problems(written(ugly(lang)), tmp_path) == []


def test_a_document_with_everything_is_valid(tmp_path: Path) -> None:
    picture = Paragraph((Picture("logo.png", "Logo", 40),), "figure")
    body: tuple[Block, ...] = (
        *(par("x", role=role) for role in ("title", "subtitle", "draft-mark", "guide", "lines", "acknowledgement")),
        Rule(),
        picture,
        table("h | i", "a | b", head=1, role="facts", caption=(text("Caption"),)),
        table("h | i", "a | b", role="signatures"),
    )
    made = tree(*body, landscape=True, first_head=(picture,), head=(table("a | b"),), foot=(Rule(),))
    assert schema_problems(written(made, {"logo.png": png(4, 4)}), tmp_path) == []
