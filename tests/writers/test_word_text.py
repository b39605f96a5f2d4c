"""A Word file says what the tree says, in its order, letter by letter."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from docgen.errors import TemplateError
from docgen.model.document import Break, Cell, Column, Document, Field, Heading, Listing, Paragraph, Row, Section, Table
from docgen.writers.direction import CONTROLS
from tests.writers.word_help import W, body_xml, cell, opened, par, part, said, table, text, tree, written

UGLY = "<b>&amp; \"quoted\" 'single' ]]> “双引号”——……《书名》 𠮷野家 😀 a\u00a0b  two  spaces "


def ugly(lang: str) -> Document:
    other = "en" if lang == "zh-CN" else "zh-CN"
    inner = Listing(((par("inner one"), Listing(((par("deepest"),),), ordered=True)), ()), ordered=True)
    grid = Table(
        (Column(20), Column(50), Column(30, "number")),
        (Row((cell("Head", head=True, colspan=2), cell("%", head=True))),),
        (
            Row((Cell((par("down"), inner, table("nested | cell")), rowspan=2), cell(""), cell("12"))),
            Row((Cell((Paragraph((text("with"), Break(), text("break"))),)), cell(""))),
            Row((cell("total", colspan=3),), "total"),
        ),
        caption=(text("Caption & more"),),
    )
    body = (
        Heading(1, (text(UGLY),)),
        par(UGLY, "zh-CN"),
        par(" led and trailed ", other),  # type: ignore[arg-type]
        Section((par("boxed"), Listing(((grid,), (par("after"),)))), "acknowledgement"),
        Paragraph((text("☐ yes ☑ no", strong=True), text("", role="line"), text("end", "zh-CN", em=True))),
        Paragraph((), "lines"),
        table("a | b", "c | d", head=1),
        table("directly | below"),
    )
    return tree(*body, lang=lang)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_the_ugliest_tree_reads_back_as_it_was(lang: str) -> None:
    document = ugly(lang)
    assert said(body_xml(document)) == document.text().replace("\n", "")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=60))
@example("a\u202eb\u2066c")
def test_any_text_reads_back_as_it_was(words: str) -> None:
    """But for the signs that order others to run in a direction."""
    document = tree(par(words, "zh-CN"), table("x", "y"), par(words))
    kept = words.translate(CONTROLS)
    assert said(body_xml(document)) == kept + "xy" + kept


@pytest.mark.parametrize("wrong", ["a\tb", "a\nb", "\r", "\x0b", "\x00", "\ud800", "\ufffe"])
def test_a_control_character_is_a_bug_of_whoever_let_it_pass(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"U\+"):
        written(tree(par(wrong)))


def test_spaces_at_the_ends_are_preserved() -> None:
    document = opened(tree(Paragraph((text("a "), text(" b", strong=True)))))
    assert document.paragraphs[0].text == "a  b"


def test_a_break_is_a_line_break() -> None:
    document = opened(tree(Paragraph((text("one"), Break(), text("two")))))
    assert document.paragraphs[0].text == "one\ntwo"


def test_page_fields_have_no_text_of_their_own() -> None:
    foot = (Paragraph((text("page "), Field("page-number"), text(" of "), Field("page-count")), "foot"),)
    content = written(tree(par("body"), foot=foot))
    feet = [part(content, f"word/footer{n}.xml") for n in (1, 2)]
    assert [said(root) for root in feet] == ["page  of "] * 2
    assert [node.text.strip() for node in feet[0].iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]


def test_bold_italic_and_underline_are_set_on_the_run() -> None:
    runs = (
        opened(tree(Paragraph((text("a", strong=True), text("b", em=True), text("c", underline=True)))))
        .paragraphs[0]
        .runs
    )
    assert [(run.bold, run.italic, run.underline) for run in runs] == [
        (True, None, None), (None, True, None), (None, None, True),
    ]  # fmt: skip


def run_properties(document: Document, words: str) -> str:
    for run in body_xml(document).iter(f"{W}r"):
        if said(run) == words:
            found = run.find(f"{W}rPr")
            return "" if found is None else re.sub(r' xmlns:\w+="[^"]+"', "", _source(found))
    raise AssertionError(words)


def _source(element: object) -> str:
    from lxml import etree

    return etree.tostring(element, encoding="unicode")  # type: ignore[call-overload, no-any-return]


def test_chinese_punctuation_is_full_width_in_chinese_and_narrow_in_english() -> None:
    document = tree(Paragraph((text("“中文”", "zh-CN"), text("“english”", "en"))), lang="zh-CN")
    assert 'w:hint="eastAsia"' in run_properties(document, "“中文”")
    assert "hint" not in run_properties(document, "“english”")


def test_a_run_in_the_other_language_is_tagged() -> None:
    document = tree(Paragraph((text("English"), text("中文", "zh-CN"))))
    assert '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>' in run_properties(document, "中文")
    assert run_properties(document, "English") == ""


def test_han_characters_are_neither_slanted_nor_made_bold_artificially() -> None:
    document = tree(Paragraph((text("重要", "zh-CN", strong=True), text("强调", "zh-CN", em=True))), lang="zh-CN")
    strong, stressed = run_properties(document, "重要"), run_properties(document, "强调")
    assert "SimHei" in strong and "<w:b/>" not in strong
    assert "underDot" in stressed and "<w:i/>" not in stressed


def test_chinese_in_an_english_heading_is_not_bold() -> None:
    document = tree(Heading(2, (text("Plan"), text("计划", "zh-CN"))))
    assert '<w:b w:val="0"/>' in run_properties(document, "计划")


def test_ticks_alone_are_drawn_in_the_font_for_ticks() -> None:
    document = tree(par("☐ 同意　☑ 不同意", "zh-CN"), lang="zh-CN")
    assert "Segoe UI Symbol" in run_properties(document, "☐")
    assert "Segoe" not in run_properties(document, " 同意　")


def test_roles_of_runs_are_character_styles() -> None:
    runs = opened(tree(Paragraph((text("missing", role="gap"), text("K7", role="code"))))).paragraphs[0].runs
    assert [run.style.name for run in runs] == ["Docgen Gap Text", "Docgen Code Text"]


def test_an_unknown_role_of_a_run_names_the_nearest() -> None:
    with pytest.raises(TemplateError, match="did you mean label"):
        written(tree(Paragraph((text("x", role="lable"),))))


def test_an_unknown_role_of_a_block_names_its_place_and_the_nearest() -> None:
    with pytest.raises(TemplateError, match=r"letter.html:12: .*did you mean signatures"):
        written(tree(Section((par("x"),), "signature", "letter.html:12")))


def test_blanks_of_one_line_share_the_room_that_its_words_leave() -> None:
    root = body_xml(tree(Paragraph((text("Date "), text("", role="line"), text(" Name "), text("", role="line")))))
    stops = [int(tab.get(f"{W}pos")) for tab in root.iter(f"{W}tabs").__next__()]
    assert len(stops) == len(root.findall(f".//{W}r/{W}tab")) == 2
    assert stops == sorted(stops) and stops[-1] <= 9638


def test_a_blank_in_a_text_that_wraps_is_still_wide_enough_for_a_hand() -> None:
    content = (text("word " * 60), text("", role="line"), text(" and on"))
    root = body_xml(tree(Paragraph(content)))
    assert not root.findall(f".//{W}r/{W}tab")
    assert any(set(said(run)) == {"\u00a0"} for run in root.iter(f"{W}r"))


def test_a_date_a_little_too_long_for_its_cell_is_squeezed_so_that_it_never_breaks() -> None:
    def date_in(percent: float, beside: str = "x" * 99) -> str:
        content = Cell((Paragraph((text("2026年6月30日", "zh-CN", role="nobreak"),)),))
        full = (cell(beside),) * 3  # of so long a word none of the others can spare any of its width
        made = Table((Column(percent), *(Column((100 - percent) / 3),) * 3), (), (Row((content, *full)),))
        return run_properties(tree(made, lang="zh-CN"), "2026年6月30日")

    assert 'w:w w:val="8' in date_in(14)
    assert 'w:w w:val="9' in date_in(15)  # LibreOffice parts Han characters and figures a little
    assert "w:w " not in date_in(30, "x")
    assert "w:w " not in date_in(5)


def test_an_english_date_does_not_break() -> None:
    document = tree(Paragraph((text("from "), text("5 January 2026", role="nobreak"))))
    assert said(body_xml(document)) == "from 5\u00a0January\u00a02026"
