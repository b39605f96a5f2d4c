"""A company's letterhead: what of it docgen keeps, where docgen's own stands, and what it can't print on."""

from __future__ import annotations

import io
import pickle
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from docgen.company import Company
from docgen.errors import DocumentError, TemplateError
from docgen.generate import make
from docgen.kit import Kit
from docgen.model.document import Language, Listing
from docgen.writers.given_docx import open_given
from docgen.writers.given_faults import FAULTS as GIVEN_FAULTS
from docgen.writers.given_parts import GivenDocx
from docgen.writers.letterhead_faults import FAULTS
from docgen.writers.letterhead_parts import Carried
from docgen.writers.page_codes import Codes
from docgen.writers.parity import check_parity
from docgen.writers.word import build_package, write_docx
from samples import make_company
from tests import sample_help as wang
from tests.ooxml import schema_problems
from tests.writers.docx_help import changed, in_body, png, put, swapped, unpacked
from tests.writers.letterhead_help import (
    Draw,
    head,
    letterhead,
    logo,
    printed_on,
    references,
    said,
    sample,
    style_of,
    with_logo,
    write,
    xml,
)
from tests.writers.word_help import PROPERTIES, W, package, par, part, table, theme, tree

ROOT = Path(__file__).resolve().parents[2]
LIBREOFFICE = ROOT / "tests" / "assets" / "letterhead-libreoffice.docx"
SAMPLE = ROOT / "samples" / "company"
PLACES = [("header", "first"), ("header", "default"), ("footer", "first"), ("footer", "default")]
CODES = Codes("S1-202601-P", 1, "0123456789abcdef")


def nothing(document: WordDocument) -> None:
    pass


def around(*words: str) -> Draw:
    """A body of these paragraphs."""

    def draw(document: WordDocument) -> None:
        for one in words:
            document.add_paragraph(one)

    return draw


# What is kept


def test_a_letterhead_opens_the_first_page_and_docgens_head_stands_on_the_others(tmp_path: Path) -> None:
    made = write(sample(), printed_on(letterhead(with_logo), tmp_path))
    assert [said(head(made, *place)) for place in PLACES] == [
        ["Qinghe 青禾"],
        ["Qinghe 青禾", "docgen head"],
        ["docgen foot", "Bank 622"],
        ["docgen foot", "Bank 622"],
    ]


def test_a_first_page_of_its_own_is_kept_apart(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "with address"
        section.header.paragraphs[0].text = "name only"

    made = write(sample(), printed_on(letterhead(draw), tmp_path))
    assert [said(head(made, *place)) for place in PLACES] == [
        ["with address"],
        ["name only", "docgen head"],
        ["docgen foot"],
        ["docgen foot"],
    ]


def test_a_letterhead_whose_first_page_has_no_head_leaves_docgens_there(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        with_logo(document)
        document.sections[0].different_first_page_header_footer = True

    made = write(sample(), printed_on(letterhead(draw), tmp_path))
    assert said(head(made)) == ["docgen first"]


def test_placeholders_choose_the_place_of_docgens_lines(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        header, footer = document.sections[0].header, document.sections[0].footer
        for story, word in ((header, "head"), (footer, "页脚")):
            story.paragraphs[0].text = "above"
            story.add_paragraph(f"[[ {word} ]]")
            story.add_paragraph("below")

    made = write(sample(), printed_on(letterhead(draw), tmp_path))
    assert said(head(made, "header", "default")) == ["above", "docgen head", "below"]
    assert said(head(made, "footer", "default")) == ["above", "docgen foot", "below"]


def test_a_first_page_that_asks_for_docgens_head_gets_it(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "[[ head ]]"
        section.first_page_header.add_paragraph("address")

    assert said(head(write(sample(), printed_on(letterhead(draw), tmp_path)))) == ["docgen first", "address"]


def test_the_body_of_a_letterhead_gives_way(tmp_path: Path) -> None:
    made = write(sample(), printed_on(letterhead(around("Dear all", "yours")), tmp_path))
    assert said(part(made, "word/document.xml")) == ["the body"]


@pytest.mark.parametrize("mark", ["[[ document ]]", "[[document]]", "【【 文档 】】", "［［文档］］\u200b"])
def test_what_stands_around_the_document_stays(mark: str, tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        document.add_paragraph("To: the employee")
        document.add_picture(io.BytesIO(logo()))
        document.add_table(1, 2).cell(0, 1).text = "in a table"
        document.add_paragraph(mark)
        document.add_paragraph("Bank 622", style="List Number")

    document = tree(table("a | b", "c | d"), Listing(((par("one"),),), ordered=True))
    made = write(document, printed_on(letterhead(draw), tmp_path))
    assert said(part(made, "word/document.xml")) == [
        "To: the employee",
        "in a table",
        "a",
        "b",
        "c",
        "d",
        "one",
        "Bank 622",
    ]
    assert len([name for name in zipfile.ZipFile(io.BytesIO(made)).namelist() if name.endswith(".png")]) == 1
    assert schema_problems(made, tmp_path) == []


def test_words_like_a_tag_or_in_brackets_stay_as_they_are(tmp_path: Path) -> None:
    words = ["{{ employee_name }} {% if x %}", "see [[ document ]]s", "a [[note]] here"]

    def draw(document: WordDocument) -> None:
        document.sections[0].header.paragraphs[0].text = words[0]
        document.sections[0].footer.paragraphs[0].text = words[2]

    made = write(sample(), printed_on(letterhead(draw), tmp_path))
    assert said(head(made)) == [words[0]] and said(head(made, "footer"))[-1] == words[2]


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
@pytest.mark.parametrize("landscape", [False, True])
def test_what_is_made_keeps_to_the_schema_and_opens(lang: Language, landscape: bool, tmp_path: Path) -> None:
    package = printed_on(letterhead(with_logo), tmp_path, lang)
    made = write(sample(lang, landscape=landscape), package, codes=CODES)
    assert schema_problems(made, tmp_path) == []
    opened = docx.Document(io.BytesIO(made))
    assert opened.sections[0].header.tables[0].cell(0, 1).text == "Qinghe 青禾"
    assert write(sample(lang, landscape=landscape), pickle.loads(pickle.dumps(package)), codes=CODES) == made


def test_size_and_margins_of_the_page_are_the_letterheads(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        section = document.sections[0]
        section.page_width, section.page_height = Mm(216), Mm(279)
        section.left_margin, section.right_margin, section.gutter = Mm(30), Mm(26), Mm(5)
        section.top_margin, section.bottom_margin = Mm(40), Mm(30)

    package = printed_on(letterhead(draw), tmp_path)
    section = docx.Document(io.BytesIO(write(tree(table("a | b", "c | d")), package))).sections[0]
    sides = (section.page_width, section.page_height, section.left_margin, section.right_margin, section.top_margin)
    assert [round(side.mm) for side in sides if side] == [216, 279, 35, 26, 40]
    widths = [
        int(one.get(f"{W}w", "0"))
        for one in part(write(tree(table("a | b", "c | d")), package), "word/document.xml").iter(f"{W}gridCol")
    ]
    assert sum(widths) == pytest.approx((216 - 35 - 26) * 56.7, abs=3)
    turned = docx.Document(io.BytesIO(write(sample(landscape=True), package))).sections[0]
    assert turned.orientation == WD_ORIENT.LANDSCAPE and turned.page_width and round(turned.page_width.mm) == 279


def test_a_letterhead_on_its_side_serves_upright_documents_too(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        section = document.sections[0]
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)

    section = docx.Document(io.BytesIO(write(sample(), printed_on(letterhead(draw), tmp_path)))).sections[0]
    assert section.page_width and round(section.page_width.mm) == 210


def test_text_stays_clear_of_the_codes_where_margins_are_small(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        section = document.sections[0]
        section.right_margin = section.top_margin = section.bottom_margin = Mm(12)
        with_logo(document)
        section.header.add_paragraph("to the right").alignment = WD_ALIGN_PARAGRAPH.RIGHT

    made = write(sample(), printed_on(letterhead(draw), tmp_path))
    section = docx.Document(io.BytesIO(made)).sections[0]
    field = theme().code_field
    assert section.top_margin and section.top_margin.mm == pytest.approx(field.from_edge + field.size, abs=0.1)
    room = (210 - 25 - 12 - (field.from_side + field.size - 12)) * 56.7
    root: Any = head(made)
    assert sum(int(one.get(f"{W}w", "0")) for one in root.iter(f"{W}gridCol")) <= room + 3
    aligned = next(one for one in root.iter(f"{W}p") if said(one) == ["to the right"])
    assert int(aligned.find(f"{W}pPr/{W}ind").get(f"{W}right")) / 56.7 == pytest.approx(13, abs=0.1)


def test_nothing_that_sets_the_end_of_a_line_reaches_under_the_code(tmp_path: Path) -> None:
    """Characters outrank twips, tabs may count from the margin, tables stand at the right, indents are below zero."""

    def draw(document: WordDocument) -> None:
        section = document.sections[0]
        section.right_margin = Mm(12)
        document.styles["Header"].paragraph_format.right_indent = Mm(-10)
        header = section.header
        for indent in ("", '<w:ind w:rightChars="-100" w:right="-210"/>', '<w:ind w:end="-500"/>'):
            header._element.append(xml(f"<w:p><w:pPr>{indent}</w:pPr><w:r><w:t>to the right</w:t></w:r></w:p>"))
        header.add_paragraph("as the style has it", style="Header")
        tab = '<w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/>'
        header._element.append(xml(f"<w:p><w:r>{tab}<w:t>at a tab</w:t></w:r></w:p>"))
        for aligned in (WD_TABLE_ALIGNMENT.RIGHT, WD_TABLE_ALIGNMENT.CENTER):
            table = header.add_table(1, 1, Mm(60 if aligned == WD_TABLE_ALIGNMENT.RIGHT else 155))
            table.alignment = aligned

    made = write(sample(), printed_on(letterhead(draw), tmp_path), codes=CODES)
    root: Any = head(made)
    clear = 13 * 56.7
    for one in root.iter(f"{W}p"):
        if said(one) and said(one) != ["docgen first"]:
            indent = one.find(f"{W}pPr/{W}ind")
            assert int(indent.get(f"{W}right")) == pytest.approx(clear, abs=3)
            assert indent.get(f"{W}end") is None and indent.get(f"{W}rightChars") == "0"
    assert [one.get(f"{W}relativeTo") for one in root.iter(f"{W}ptab")] == ["indent"]
    for grid in root.iter(f"{W}tbl"):
        ends = int(grid.find(f"{W}tblPr/{W}tblInd").get(f"{W}w")) + int(grid.find(f".//{W}gridCol").get(f"{W}w"))
        assert grid.find(f"{W}tblPr/{W}jc") is None and ends <= 173 * 56.7 - clear + 3
    assert schema_problems(made, tmp_path) == []


@pytest.mark.parametrize(("wide", "share"), [(150, 1), (173, 160 / 173)])
def test_only_a_table_that_is_too_wide_gets_narrower_with_its_pictures(
    wide: float, share: float, tmp_path: Path
) -> None:
    def draw(document: WordDocument) -> None:
        section = document.sections[0]
        section.right_margin = Mm(12)
        table = section.header.add_table(1, 1, Mm(wide))
        table.cell(0, 0).paragraphs[0].add_run().add_picture(io.BytesIO(logo()), width=Mm(20))

    root: Any = head(write(sample(), printed_on(letterhead(draw), tmp_path)))
    assert int(root.find(f".//{W}gridCol").get(f"{W}w")) == pytest.approx(wide * share * 56.7, abs=3)
    assert int(next(root.iter("{*}extent")).get("cx")) == pytest.approx(20 * share * 36000, abs=500)


def test_lines_of_a_head_reach_over_a_page_on_its_side(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        with_logo(document)
        line = document.sections[0].header.add_paragraph("left\tright")
        line.paragraph_format.tab_stops.add_tab_stop(Mm(160), WD_TAB_ALIGNMENT.RIGHT)

    package = printed_on(letterhead(draw), tmp_path)
    for landscape, width in ((False, 160), (True, 247)):
        root = head(write(sample(landscape=landscape), package))
        assert sum(int(one.get(f"{W}w", "0")) for one in root.iter(f"{W}gridCol")) == pytest.approx(width * 56.7, abs=9)
        ends = [int(one.get(f"{W}pos", "0")) for one in root.iter(f"{W}tab") if one.get(f"{W}val") == "right"]
        assert max(ends) == pytest.approx(width * 56.7, abs=9)


# Fonts, styles, lists, pictures


def test_text_and_headings_take_the_letterheads_fonts_and_colour(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        for name, latin, han in (("Normal", "Georgia", "Microsoft YaHei"), ("Heading 1", "Verdana", "DengXian")):
            style = document.styles[name]
            style.font.name = latin
            for key in [key for key in style.element.rPr.rFonts.attrib if key.endswith("Theme")]:
                del style.element.rPr.rFonts.attrib[key]
            style.element.rPr.rFonts.set(f"{W}eastAsia", han)
        document.styles["Heading 1"].font.color.rgb = RGBColor(0x1F, 0x6F, 0x78)
        document.styles["Normal"].font.size = Pt(14)

    languages: tuple[Language, ...] = ("en", "zh-CN")
    for lang in languages:
        made = write(sample(lang), printed_on(letterhead(draw), tmp_path, lang))
        for style, latin, han in (("Normal", "Georgia", "Microsoft YaHei"), ("Heading1", "Verdana", "DengXian")):
            fonts = style_of(made, style).find(f"{W}rPr/{W}rFonts")
            assert (fonts.get(f"{W}ascii"), fonts.get(f"{W}eastAsia")) == (latin, han)
        assert style_of(made, "Heading1").find(f"{W}rPr/{W}color").get(f"{W}val") == "1F6F78"
        assert style_of(made, "Title").find(f"{W}rPr/{W}color").get(f"{W}val") == "1F6F78"
        size = style_of(made, "Normal").find(f"{W}rPr/{W}sz").get(f"{W}val")
        assert int(size) == theme().sizes["body"] * 2, "columns and lines are measured by the theme's sizes"


@pytest.mark.parametrize(("colour", "taken"), [("FFFFFF", False), ("FFE000", False), ("1F6F78", True)])
def test_a_colour_that_can_not_be_read_on_paper_is_not_taken(colour: str, taken: bool, tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        document.styles["Heading 1"].font.color.rgb = RGBColor.from_string(colour)

    look = printed_on(letterhead(draw), tmp_path).theme
    assert (look.en.elements["heading-1"].colour == "letterhead-heading-1") is taken


def test_words_and_figures_stay_whole_in_columns_that_got_narrow(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        document.sections[0].left_margin = document.sections[0].right_margin = Mm(35)

    document = tree(table("109,500 | Environment | ordinary words | a | b | c | d | e | f | g"))
    narrow: Any = part(write(document, printed_on(letterhead(draw), tmp_path)), "word/document.xml")
    scaled = {said(one.getparent().getparent())[0] for one in narrow.iter(f"{W}rPr") if one.find(f"{W}w") is not None}
    assert scaled == {"109,500", "Environment", "ordinary words"}
    plain = part(write_docx(document, package("en"), PROPERTIES), "word/document.xml")
    assert [*plain.iter(f"{W}w")] == []


def test_a_chinese_font_without_bold_keeps_the_themes_strong_font(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        for name in ("Normal", "Heading 1"):
            fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
            for key in list(fonts.attrib):
                del fonts.attrib[key]
            fonts.set(f"{W}eastAsia", "FangSong")

    fonts = printed_on(letterhead(draw), tmp_path, "zh-CN").theme.fonts.word.zh
    assert (fonts.body.east_asian, fonts.heading.east_asian, fonts.bold) == ("FangSong", "SimHei", False)


def test_the_letterheads_own_text_keeps_its_own_styles(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        document.styles["Normal"].font.size = Pt(17)
        document.styles["Header"].font.italic = True
        header = document.sections[0].header
        header.paragraphs[0].text = "in the style of heads"
        header.add_paragraph("in no style", style="Normal")

    made = write(sample(), printed_on(letterhead(draw), tmp_path))
    root: Any = head(made)
    styles = [one.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for one in root.iter(f"{W}p") if said(one)]
    assert len(styles) == 2 and all(one.startswith("Letterhead") for one in styles)
    assert style_of(made, styles[0]).find(f"{W}rPr/{W}i") is not None
    assert style_of(made, styles[1]).find(f"{W}rPr/{W}sz").get(f"{W}val") == "34"
    names = [style.name for style in docx.Document(io.BytesIO(made)).styles]
    assert len(names) == len(set(names)) and "Letterhead Normal" in names


def test_a_style_called_like_one_of_docgens_roles_wins(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        document.styles.add_style("Docgen Clause", 1).font.size = Pt(13)

    made = write(sample(), printed_on(letterhead(draw), tmp_path))
    assert style_of(made, "DocgenClause").find(f"{W}rPr/{W}sz").get(f"{W}val") == "26"


def test_styles_of_one_id_or_one_name_stay_apart_and_the_first_keeps_its_id(tmp_path: Path) -> None:
    """As programs leave them that put files together; so says ECMA-376 (part 1, 17.7.4.17), and Word mends nothing."""
    same_ids = [("Bank", "Bank Line", "b"), ("Bank", "Other Line", "i")]
    same_names = [("Two", "Bank Line", "i"), ("One", "Docgen Clause", "b"), ("Clause2", "Docgen Clause", "i")]

    def draw(document: WordDocument) -> None:
        for identity, name, look in same_ids + same_names:
            document.styles.element.append(
                xml(
                    f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{identity}"><w:name w:val="{name}"/>'
                    f"<w:rPr><w:{look}/></w:rPr></w:style>"
                )
            )
        document.sections[0].header._element.append(
            xml('<w:p><w:pPr><w:pStyle w:val="Bank"/></w:pPr><w:r><w:t>Bank 622</w:t></w:r></w:p>')
        )

    made = write(sample(), printed_on(letterhead(draw), tmp_path))
    styles = [*part(made, "word/styles.xml").iter(f"{W}style")]
    ids = [one.get(f"{W}styleId") for one in styles]
    names = [one.find(f"{W}name").get(f"{W}val").casefold() for one in styles]
    assert len(ids) == len(set(ids)) and len(names) == len(set(names))
    assert {"bank line", "other line", "docgen clause"} <= set(names)
    (line,) = [one for one in head(made).iter(f"{W}pStyle") if "Bank" in str(one.get(f"{W}val"))]
    for identity in (str(line.get(f"{W}val")), "DocgenClause"):
        assert style_of(made, identity).find(f"{W}rPr/{W}b") is not None


def test_a_document_made_on_a_letterhead_may_be_one(tmp_path: Path) -> None:
    """As people take what they have at hand; the names of styles stay apart."""
    before = write(sample(), printed_on(letterhead(with_logo), tmp_path))
    made = write(sample(), printed_on(before, tmp_path))
    names = [style.name for style in docx.Document(io.BytesIO(made)).styles]
    assert len(names) == len(set(names)) and {"Normal", "Letterhead Normal"} <= set(names)
    assert schema_problems(made, tmp_path) == []


def test_styles_that_nobody_uses_are_left_behind(tmp_path: Path) -> None:
    made = write(sample(), printed_on(letterhead(nothing), tmp_path))
    names = {style.name for style in docx.Document(io.BytesIO(made)).styles}
    assert "Intense Quote" not in names and {"Normal", "Heading 1", "Docgen Clause"} <= names


def test_what_holds_for_all_text_of_a_letterhead_neither_hides_nor_moves_docgens(tmp_path: Path) -> None:
    """A style of another kind that is called like docgen's takes no one's place, and none hides text."""
    loud = '<w:vanish/><w:caps/><w:color w:val="FFFFFF"/><w:spacing w:val="60"/>'
    moved = '<w:pPr><w:keepNext/><w:spacing w:afterLines="100" w:after="200"/><w:ind w:left="3000"/></w:pPr>'

    def change(parts: dict[str, bytes]) -> None:
        styles = etree.fromstring(parts["word/styles.xml"])
        for element, inner in (("rPrDefault/{}rPr", loud), ("pPrDefault", moved)):
            into = next(styles.iterfind(f"{W}docDefaults/{W}{element.format(W)}"))
            into.extend(xml(f"<w:x>{inner}</w:x>"))
        for kind, name in (("character", "Docgen Table"), ("paragraph", "Docgen Clause")):
            styles.append(
                xml(
                    f'<w:style w:type="{kind}" w:customStyle="1" w:styleId="{name[-3:]}"><w:name w:val="{name}"/>'
                    "<w:rPr><w:b/><w:vanish/></w:rPr></w:style>"
                )
            )
        parts["word/styles.xml"] = etree.tostring(styles)

    made = write(sample(), printed_on(letterhead(nothing, change), tmp_path))
    defaults = next(part(made, "word/styles.xml").iter(f"{W}docDefaults"))
    left = {etree.QName(one).localname for one in defaults.iter() if len(one) == 0}
    assert left <= {"rFonts", "sz", "szCs", "lang", "kern", "spacing"}
    assert [one.get(f"{W}afterLines") for one in defaults.iter(f"{W}spacing")] == [None] * len(
        [*defaults.iter(f"{W}spacing")]
    )
    assert style_of(made, "DocgenTable").get(f"{W}type") == "paragraph"
    clause = style_of(made, "DocgenClause")
    assert clause.find(f"{W}rPr/{W}b") is not None and clause.find(f"{W}rPr/{W}vanish") is None


def test_effects_and_tick_boxes_of_later_words_keep_what_they_say(tmp_path: Path) -> None:
    """Without it Word calls the file damaged."""
    later = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    box = f'<w:sdt {later}><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/></w14:checkbox></w:sdtPr><w:sdtContent>'
    draw = in_header(f"{box}<w:r><w:t>box</w:t></w:r></w:sdtContent></w:sdt>")
    (ticked,) = head(write(sample(), printed_on(letterhead(draw), tmp_path))).iter("{*}checked")
    assert list(ticked.attrib.values()) == ["0"]


def test_parts_get_names_that_every_program_takes(tmp_path: Path) -> None:
    """Spaces and Han characters go, and no two differ in their case alone."""
    carried = Carried(GivenDocx("x", {}, {}, ""))
    names = [carried.carry(one) for one in ("word/media/图片 1.png", "word/media/a.png", "word/other/A.png")]
    assert names == ["word/letterhead/---1.png", "word/letterhead/a.png", "word/letterhead/x-A.png"]


def test_figures_without_end_are_left_alone(tmp_path: Path) -> None:
    digits = "9" * 5000
    tray = in_section(f'<w:paperSrc w:first="{digits}" w:other="7"/>')
    assert printed_on(letterhead(tray), tmp_path).paper_source == '<w:paperSrc w:other="7"/>'
    number = in_header(f'<w:pPr><w:numPr><w:numId w:val="{digits}"/></w:numPr></w:pPr>')
    assert printed_on(letterhead(number), tmp_path)


def test_lists_of_both_count_on_their_own(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        document.add_paragraph("theirs", style="List Number")
        document.add_paragraph("[[ document ]]")

    made = write(tree(Listing(((par("ours"),),), ordered=True)), printed_on(letterhead(draw), tmp_path))
    numbering = part(made, "word/numbering.xml")
    ids = [one.get(f"{W}numId") for one in numbering.iter(f"{W}num")]
    kinds = [one.get(f"{W}abstractNumId") for one in numbering.iter(f"{W}abstractNum")]
    assert len(ids) == len(set(ids)) and len(kinds) == len(set(kinds))
    theirs: Any = next(one for one in part(made, "word/document.xml").iter(f"{W}p") if said(one) == ["theirs"])
    style = style_of(made, theirs.find(f"{W}pPr/{W}pStyle").get(f"{W}val"))
    number = style.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val")
    assert int(number) >= 10_000 and number in ids
    assert schema_problems(made, tmp_path) == []


def test_pictures_of_both_stand_in_one_head(tmp_path: Path) -> None:
    """Of one name, too."""
    made = write(sample(), printed_on(letterhead(with_logo), tmp_path), codes=CODES)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        pictures = sorted(name for name in archive.namelist() if name.endswith(".png"))
        assert pictures == ["word/letterhead/image1.png", "word/media/page-code.png"]
        assert archive.read(pictures[0]) == logo()
    drawings = [one.get("id") for one in head(made).iter("{*}docPr")]
    assert len(drawings) == len(set(drawings)) == 2


def test_fields_and_fillable_fields_are_kept(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        paragraph = document.sections[0].footer.paragraphs[0]._p
        paragraph.append(xml('<w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>'))
        paragraph.append(
            xml(
                '<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr>'
                "<w:sdtContent><w:r><w:t>box</w:t></w:r></w:sdtContent></w:sdt>"
            )
        )

    made = write(sample(), printed_on(letterhead(draw), tmp_path))
    root = head(made, "footer")
    assert next(root.iter(f"{W}fldSimple")).get(f"{W}instr") == " PAGE " and said(root)[-1].endswith("box")
    assert schema_problems(made, tmp_path) == []


def test_comments_and_bookmarks_are_left_out(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        paragraph = document.sections[0].header.paragraphs[0]
        paragraph._p.append(xml('<w:bookmarkStart w:id="0" w:name="x"/>'))
        paragraph._p.append(xml('<w:commentRangeStart w:id="0"/>'))
        paragraph.add_run("name")

    made = write(sample(), printed_on(letterhead(draw), tmp_path))
    assert [one.tag for one in head(made).iter(f"{W}bookmarkStart", f"{W}commentRangeStart")] == []
    assert said(head(made)) == ["name"]


def test_two_tables_that_meet_stay_two(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        document.add_table(1, 2)
        document.add_paragraph("[[ document ]]")
        document.add_table(1, 2)

    made = write(tree(table("a | b", "c | d")), printed_on(letterhead(draw), tmp_path))
    for one in part(made, "word/document.xml").iter(f"{W}tbl"):
        following = one.getnext()
        assert following is not None and following.tag != one.tag


def test_a_letterhead_that_libreoffice_wrote_serves_as_well(tmp_path: Path) -> None:
    package = printed_on(LIBREOFFICE.read_bytes(), tmp_path, "zh-CN")
    for landscape in (False, True):
        made = write(sample("zh-CN", landscape=landscape), package, codes=CODES)
        assert schema_problems(made, tmp_path) == []
        assert said(part(made, "word/document.xml")) == ["To the employee", "list one", "the body", "Bank 622"]
        assert [said(head(made, *place)) for place in PLACES] == [
            ["青禾仪器 Qinghe"],
            ["Qinghe青禾", "docgen head"],
            ["docgen foot", "first foot"],
            ["docgen foot", "following foot"],
        ]


def test_a_text_box_is_kept_and_its_words_are_read_back(tmp_path: Path) -> None:
    """Word writes each twice, for newer programs and for older ones."""
    content = "<w:txbxContent><w:p><w:r><w:t>window</w:t></w:r></w:p></w:txbxContent>"
    anchor = etree.tostring(float_at(20, 50)[0][0], encoding="unicode").partition("<a:graphic")[0]
    box = (
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{anchor}<a:graphic><a:graphicData'
        ' uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>'
        f"{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback>"
        '<w:pict><v:shape style="position:absolute;margin-left:500pt;margin-top:0;width:50pt;height:50pt">'
        f"<v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    package = printed_on(letterhead(floating(xml(box))), tmp_path)
    made = write(sample(), package)
    assert said(head(made)) == ["windowwindow", "window", "window"]  # the paragraph around them first
    with pytest.raises(DocumentError):
        changes = swapped(references(made)["header", "first"], "window", "door")
        check_parity(package.of(sample()), theme(), changed(made, changes), None, package=package)


# For a company


@cache
def company_kit(folder: Path) -> Kit:
    return Kit(wang.definitions(), wang.kit().settings, wang.kit().templates, Company(folder))


@pytest.mark.parametrize("form", ["letter", "monthly"])
def test_the_documents_of_a_company_are_printed_on_its_letterhead(form: str) -> None:
    """Of the sample's, upright and on their side; each file is read back as it is made."""
    made = make(wang.wang(form), company_kit(SAMPLE), issued=wang.TODAY, formats=["docx"])
    first, following = (said(head(made.files["docx"], "header", place)) for place in ("first", "default"))
    assert first[:2] == ["青禾仪器有限公司", "Qinghe Instruments Ltd"] and len(first) == 5
    assert following[0] == "青禾仪器有限公司Qinghe Instruments Ltd" and "1024" in following[-1]
    for place in ("first", "default"):
        foot = said(head(made.files["docx"], "footer", place))
        assert made.paper.number in foot[0] and foot[-1].endswith("www.qinghe.example")


def test_the_sample_is_what_its_script_makes() -> None:
    kept, made = (SAMPLE / "letterhead.docx").read_bytes(), make_company.letterhead()
    assert unpacked(kept) == unpacked(made)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}, "else it differs each time"


def test_a_letterhead_is_read_once_for_all_documents_of_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    kit = company_kit(SAMPLE)
    before = kit.package("en")
    monkeypatch.setattr("docgen.kit.build_package", None)
    assert kit.package("en") is before


def test_a_letterhead_that_can_not_be_used_stops_the_run_with_its_name(tmp_path: Path) -> None:
    put(tmp_path, b"%PDF-1.7")
    with pytest.raises(TemplateError, match=r"letterhead\.docx"):
        company_kit(tmp_path).package("en")


# What is proved


def test_a_file_that_lacks_something_of_the_letterhead_is_no_true_one(tmp_path: Path) -> None:
    package = printed_on(letterhead(with_logo), tmp_path)
    made = write(sample(), package)
    for name, old, new in (
        (references(made)["header", "default"], "Qinghe", "Others"),
        (references(made)["footer", "first"], "Bank 622", "Bank 623"),
        ("word/document.xml", "the body", "the body and more"),
    ):
        with pytest.raises(DocumentError):
            check_parity(package.of(sample()), theme(), changed(made, swapped(name, old, new)), None, package=package)


# What can't be printed on


def float_at(
    left: float, top: float, *, of: str = "page", width: float = 40, height: float = 20, more: str = ""
) -> Any:
    """A paragraph from which a shape floats; millimetres."""
    x, y, cx, cy = (round(one * 36000) for one in (left, top, width, height))
    down = of if of in ("page", "margin") else "paragraph"
    return xml(
        '<w:p><w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"'
        ' behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="{of}"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="{down}"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:wrapNone/><wp:docPr id="9" name="Stamp"/><a:graphic><a:graphicData'
        ' uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="9" name="Stamp"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:stretch/></pic:blipFill>'
        f"<pic:spPr>{more}</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>"
    )


def floating(element: Any, kind: str = "header") -> Draw:
    def draw(document: WordDocument) -> None:
        section = document.sections[0]
        story = section.header if kind == "header" else section.footer
        story.is_linked_to_previous = False
        story._element.append(element)

    return draw


def vml(style: str) -> Any:
    return xml(f'<w:p><w:r><w:pict><v:shape id="Box" style="{style}"/></w:pict></w:r></w:p>')


def sections(document: WordDocument) -> None:
    document.add_paragraph("one")
    document.add_section()


def evens(document: WordDocument) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    document.sections[0].even_page_header.paragraphs[0].text = "even"


def narrow(document: WordDocument) -> None:
    document.sections[0].left_margin = Mm(70)


def low(document: WordDocument) -> None:
    document.sections[0].top_margin = Mm(90)


def in_cells(document: WordDocument, width: Any, shapes: list[Any]) -> None:
    """A head that is a table of two columns, with shapes in its cells."""
    table = document.sections[0].header.add_table(1, 2, width)
    for index, shape in enumerate(shapes):
        table.cell(0, index)._tc.append(shape)


def in_section(markup: str) -> Draw:
    def draw(document: WordDocument) -> None:
        section = document.sections[0]._sectPr
        for old in section.findall(f"{W}cols"):
            section.remove(old)
        section.append(xml(markup))

    return draw


def in_header(markup: str) -> Draw:
    return floating(xml(f"<w:p>{markup}</w:p>"))


def in_a_table(document: WordDocument) -> None:
    document.add_table(1, 1).cell(0, 0).text = "[[ document ]]"


def sized(document: WordDocument, width: int, height: int) -> None:
    document.sections[0].page_width, document.sections[0].page_height = Mm(width), Mm(height)


def in_headers(lines: int) -> Draw:
    def draw(document: WordDocument) -> None:
        for number in range(lines):
            document.sections[0].header.add_paragraph(f"line {number}")

    return draw


def outwards(document: WordDocument) -> None:
    for margins in document.sections[0]._sectPr.iter(f"{W}pgMar"):
        margins.set(f"{W}left", "-999")


def on_the_mark(document: WordDocument) -> None:
    document.add_paragraph("[[ document ]]").add_run().add_picture(io.BytesIO(logo()))


CANNOT: dict[str, tuple[str, str, Draw]] = {
    "several sections": ("sections", "", sections),
    "pages of their own for even numbers": ("even", "", evens),
    "margins too wide": ("narrow", "115 mm", narrow),
    "margins too high": ("low", "95 mm", low),
    "two columns": ("columns", "", in_section('<w:cols w:num="2"/>')),
    "vertical text": ("direction", "", in_section('<w:textDirection w:val="tbRl"/>')),
    "a page border": ("page_border", "", in_section('<w:pgBorders><w:top w:val="single" w:sz="4"/></w:pgBorders>')),
    "a head without end": ("long", "header", in_header("<w:r/>" * 31_000)),
    "text outside of paragraphs": ("damaged", "header", floating(xml("<w:r><w:t>x</w:t></w:r>"))),
    "tracked changes": ("changes", "header", in_header('<w:ins w:id="1" w:author="x"><w:r><w:t>x</w:t></w:r></w:ins>')),
    "a footnote": ("notes", "header", in_header('<w:r><w:footnoteReference w:id="1"/></w:r>')),
    "a date that changes": ("date", "DATE", in_header('<w:fldSimple w:instr=" DATE \\@ &quot;d MMM&quot; "/>')),
    "two places for the document": ("twice", "body", around("[[ document ]]", "[[ document ]]")),
    "a place beside text": ("not_alone", "body", around("Text [[ document ]]")),
    "a place in a table": ("not_alone", "body", in_a_table),
    "a place in the wrong part": ("misplaced", "head", around("[[ head ]]")),
    "a place in other brackets": ("placeholder", "did you mean [[ document ]]?", around("[ document ]")),
    "a place that a picture hangs on": ("not_alone", "body", on_the_mark),
    "a field of what is left behind": ("lost_field", "REF", in_header('<w:fldSimple w:instr=" REF name "/>')),
    "a head that isn't there": ("lost_part", "", in_section('<w:headerReference w:type="default" r:id="rId99"/>')),
    "a page that no printer takes": ("large", "1000 × 1200 mm", lambda document: sized(document, 1000, 1200)),
    "a margin beyond the page": ("beyond", "", outwards),
    "a head far down": ("low", "75 mm", lambda document: setattr(document.sections[0], "header_distance", Mm(110))),
    "a head of many lines": ("crowded", "", in_headers(60)),
    "a picture as high as a page": ("crowded", "", lambda document: document.sections[0].header.paragraphs[0].add_run(
        ).add_picture(io.BytesIO(png(40, 60)), width=Mm(150))),
    "a place misspelt": ("placeholder", "did you mean [[ document ]]?", around("[[ documnt ]]")),
    "a shape over the upper code": ("over_code", "“Stamp” lies over the field of the page", floating(float_at(160, 5))),
    "a shape over the lower code": ("over_code", "bottom right, portrait", floating(float_at(170, 270), "footer")),
    "a shape over a code when turned": ("over_code", "top right, landscape", floating(float_at(260, 0, height=30))),
    "a shape that reaches over both": ("over_code", "top right", floating(float_at(0, 0, width=210, height=297))),
    "a shape counted from the margin": ("over_code", "top right", floating(float_at(130, -20, of="margin"))),
    "a turned shape": (
        "over_code",
        "top right",
        floating(float_at(150, 0, width=60, height=2, more='<a:xfrm rot="2700000"/>')),
    ),
    "a shape of old": (
        "over_code",
        "“Box”",
        floating(vml("position:absolute;margin-left:480pt;margin-top:10pt;width:90pt;height:40pt;"
                     "mso-position-horizontal-relative:page;mso-position-vertical-relative:page")),
    ),
    "a shape of old at the right": (
        "over_code",
        "top right",
        floating(vml("position:absolute;width:90pt;height:40pt;mso-position-horizontal:right;"
                     "mso-position-horizontal-relative:page;mso-position-vertical:top;mso-position-vertical-relative:page")),
    ),
    "a shape in the last cell": (
        "over_code",
        "“Stamp”",
        lambda document: in_cells(document, Mm(160), [float_at(0, 0, of="column"), float_at(45, 0, of="column")]),
    ),
    "a shape that moves with letters": ("anywhere", "“Stamp”", floating(float_at(0, 0, of="character"))),
}  # fmt: skip


@pytest.mark.parametrize("what", CANNOT)
def test_what_can_not_be_printed_on_is_refused_with_place_and_cure(what: str, tmp_path: Path) -> None:
    kind, place, draw = CANNOT[what]
    with pytest.raises(TemplateError) as caught:
        printed_on(letterhead(draw), tmp_path)
    words = caught.value.words
    assert place in words.en
    for language, told in (("en", words.en), ("zh", words.zh)):
        what_is_wrong, cure = (one[language] for one in {**GIVEN_FAULTS, **FAULTS}[kind])  # type: ignore[index]
        assert told.startswith("letterhead.docx") and told.endswith(cure) and "{" not in told
        longest = max(re.split(r"\{[^}]*\}", what_is_wrong), key=len)
        assert longest in told


@pytest.mark.parametrize("what", ["a shape over the upper code", "a shape that moves with letters", "a page border"])
def test_without_codes_on_word_pages_anything_may_float_anywhere(what: str, tmp_path: Path) -> None:
    given = open_given(put(tmp_path, letterhead(CANNOT[what][2])))
    assert build_package(theme(), "en", given, has_code=False).theme.page.margins.top == pytest.approx(25, abs=0.1)


FINE: dict[str, Draw] = {
    "at the left": floating(float_at(10, 5)),
    "between the codes": floating(float_at(150, 100)),
    "across the middle, turned": floating(float_at(30, 140, width=150, height=20, more='<a:xfrm rot="18900000"/>')),
    "from its paragraph, at the left": floating(float_at(0, 0, of="column")),
    "of old, at the left": floating(vml("position:absolute;margin-left:0;margin-top:0;width:90pt;height:40pt")),
    "in a cell at the left": lambda document: in_cells(document, Mm(160), [float_at(0, 0, of="page")]),
    "in the last cell, within it": lambda document: in_cells(
        document, Mm(160), [float_at(0, 0, of="column"), float_at(5, 0, of="column")]
    ),
    "a number of pages in a frame": in_header(
        '<w:pPr><w:framePr w:hAnchor="margin" w:xAlign="center" w:y="1"/></w:pPr>'
    ),
    "even pages that are switched off": lambda document: setattr(
        document.sections[0].even_page_header.paragraphs[0], "text", "even"
    ),
}


@pytest.mark.parametrize("what", FINE)
def test_shapes_elsewhere_are_no_matter(what: str, tmp_path: Path) -> None:
    package = printed_on(letterhead(FINE[what]), tmp_path)
    for landscape in (False, True):
        assert schema_problems(write(sample(landscape=landscape), package), tmp_path) == []


def test_changes_that_are_tracked_in_a_body_that_gives_way_are_no_matter(tmp_path: Path) -> None:
    change = in_body('<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>new</w:t></w:r></w:ins></w:p>')
    assert said(part(write(sample(), printed_on(letterhead(nothing, change), tmp_path)), "word/document.xml")) == [
        "the body"
    ]
