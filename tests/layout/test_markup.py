"""The markup reader takes the closed subset of XHTML, node by node, and refuses all else with its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docgen.errors import TemplateError
from docgen.layout.markup import read_markup
from docgen.model.document import (
    Block,
    Break,
    Cell,
    Column,
    Document,
    Field,
    Heading,
    Language,
    Listing,
    Paragraph,
    Picture,
    Row,
    Rule,
    Section,
    Table,
    Text,
)
from tests.layout.set_help import has_chinese, render

COLUMNS = '<colgroup><col width="1"/><col width="1"/></colgroup>'


def read(markup: str, lang: Language = "en") -> Document:
    return read_markup(markup, title="Plan", lang=lang)


def body(markup: str, lang: Language = "en") -> tuple[Block, ...]:
    return read(markup, lang).body


def runs(markup: str, lang: Language = "en") -> list[Text]:
    """The runs of the one paragraph that holds ``markup``."""
    (block,) = body(f"<p>{markup}</p>", lang)
    assert isinstance(block, Paragraph)
    assert all(isinstance(run, Text) for run in block.content)
    return [run for run in block.content if isinstance(run, Text)]


def words(markup: str, lang: Language = "en") -> str:
    return read(f"<p>{markup}</p>", lang).text()


def refusal(markup: str) -> str:
    with pytest.raises(TemplateError) as refused:
        read(markup)
    assert has_chinese(refused.value.words.zh), refused.value.words.zh
    return str(refused.value)


def t(text: str, lang: Language = "en") -> tuple[Text]:
    return (Text(text, lang),)


# Each element to its node


@pytest.mark.parametrize(
    ("markup", "node"),
    [
        ("<p>a</p>", Paragraph(t("a"))),
        ('<p class="note">a</p>', Paragraph(t("a"), "note")),
        ("<p></p>", Paragraph(())),
        ("<h1>a</h1>", Heading(1, t("a"))),
        ('<h2 class="lead">a</h2>', Heading(2, t("a"), "lead")),
        ("<h3>a</h3>", Heading(3, t("a"))),
        ("<hr/>", Rule()),
        ("<ul><li>a</li></ul>", Listing(((Paragraph(t("a")),),))),
        (
            '<ol class="ticks"><li>a</li><li/></ol>',
            Listing(((Paragraph(t("a")),), ()), ordered=True, role="ticks"),
        ),
        (
            "<ol><li><p>a</p><ul><li>b</li></ul></li></ol>",
            Listing(((Paragraph(t("a")), Listing(((Paragraph(t("b")),),))),), ordered=True),
        ),
        ('<section class="keep"><p>a</p></section>', Section((Paragraph(t("a")),), "keep")),
        ("<section>a</section>", Section((Paragraph(t("a")),))),
        (
            '<figure><img src="logo.png" alt="Logo" width="30"/></figure>',
            Paragraph((Picture("logo.png", "Logo", 30),), "figure"),
        ),
    ],
)
def test_each_block_becomes_its_node(markup: str, node: Block) -> None:
    assert body(markup) == (node,)


@pytest.mark.parametrize(
    ("markup", "content"),
    [
        ("<strong>a</strong>", (Text("a", "en", strong=True),)),
        ("<em>a</em>", (Text("a", "en", em=True),)),
        ("<u>a</u>", (Text("a", "en", underline=True),)),
        ("<strong>a<em>b</em></strong>", (Text("a", "en", strong=True), Text("b", "en", strong=True, em=True))),
        ('<span class="gap">a</span>', (Text("a", "en", role="gap"),)),
        ('<span class="note"><strong>a</strong></span>', (Text("a", "en", strong=True, role="note"),)),
        ('<span class="stamp">a<span class="nobreak">b</span></span>', (Text("ab", "en", role="stamp"),)),
        ('<span class="page-code">a<span class="nobreak">b</span></span>', (Text("ab", "en", role="page-code"),)),
        ('<span lang="zh">甲</span>', (Text("甲", "zh-CN"),)),
        ('<span class="line"></span>', (Text("", "en", role="line"),)),
        ('<span class="page-number"/>', (Field("page-number"),)),
        ('<span class="page-count"/>', (Field("page-count"),)),
        ("a<br/>b", (Text("a", "en"), Break(), Text("b", "en"))),
        ('<img src="a.png" alt="A" width="9.5"/>', (Picture("a.png", "A", 9.5),)),
        ("<span>a</span>b", (Text("ab", "en"),)),
        ("a<!-- remark -->b", (Text("ab", "en"),)),
    ],
)
def test_each_inline_becomes_its_node(markup: str, content: tuple[object, ...]) -> None:
    assert body(f"<p>{markup}</p>") == (Paragraph(content),)  # type: ignore[arg-type]


def test_a_table_becomes_columns_rows_and_cells() -> None:
    (made,) = body(
        '<table class="targets"><caption>C</caption>'
        '<colgroup><col width="1"/><col width="3" class="number"/></colgroup>'
        "<thead><tr><th>H</th><th>I</th></tr></thead>"
        '<tbody><tr class="total"><td colspan="2" class="note">a</td></tr>'
        "<tr><td/><td><p>b</p><p>c</p></td></tr></tbody>"
        "</table>"
    )
    assert made == Table(
        (Column(25), Column(75, "number")),
        (Row((Cell((Paragraph(t("H")),), head=True), Cell((Paragraph(t("I")),), head=True))),),
        (
            Row((Cell((Paragraph(t("a")),), 2, role="note"),), "total"),
            Row((Cell(()), Cell((Paragraph(t("b")), Paragraph(t("c")))))),
        ),
        t("C"),
        "targets",
    )


def test_a_cell_may_hold_lists_and_tables() -> None:
    (made,) = body(
        f"<table>{COLUMNS}<tbody><tr><td><ul><li>a</li></ul></td><td>{grid('<td>x</td>')}</td></tr></tbody></table>"
    )
    assert isinstance(made, Table)
    left, right = made.body[0].cells
    assert isinstance(left.blocks[0], Listing) and isinstance(right.blocks[0], Table)


def test_heads_and_feet_are_told_apart() -> None:
    made = read(
        '<header class="first"><p>one</p></header><header><p>next</p></header><footer><p>foot</p></footer><p>body</p>'
    )
    assert (made.first_head, made.head, made.foot, made.body) == tuple(
        (Paragraph(t(word)),) for word in ("one", "next", "foot", "body")
    )


def test_an_empty_first_head_keeps_the_first_page_free() -> None:
    made = read('<header class="first"></header><header><p>next</p></header><p>body</p>')
    assert made.first_head == () != made.head


def test_without_a_first_head_the_first_page_has_the_head_of_all() -> None:
    made = read("<header><p>all</p></header><p>body</p>")
    assert made.first_head == made.head != ()


def test_language_goes_down_to_every_run_below() -> None:
    (made,) = body('<section lang="zh"><p>甲<span lang="en">a</span></p></section>')
    assert made == Section((Paragraph((Text("甲", "zh-CN"), Text("a", "en"))),))


def test_title_language_and_orientation_are_kept() -> None:
    made = read_markup("<p>a</p>", title="Plan", lang="zh-CN", landscape=True)
    assert (made.title, made.lang, made.landscape) == ("Plan", "zh-CN", True)


# White space


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("  a \n\t b  ", "a b"),
        ("a <strong> b</strong>", "a b"),
        ("<strong>a </strong> b", "a b"),
        ("a<strong> </strong>b", "a b"),
        ("a <br/> b", "a\nb"),
        ("<br/> a", "\na"),
        ("a\r\nb", "a b"),
        ("a\u00a0 b", "a\u00a0 b"),
        ("a\u3000b", "a\u3000b"),
        ("a&#32;&#32;b", "a b"),
    ],
)
def test_white_space_is_folded_as_in_a_browser(markup: str, said: str) -> None:
    assert words(markup) == said


def test_a_space_before_a_line_to_write_on_stays() -> None:
    assert [run.text for run in runs('Name: <span class="line"/> end ')] == ["Name: ", "", " end"]


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("第一句。\n  第二句。", "第一句。第二句。"),
        ("第一，\r\n第二", "第一，第二"),
        ("《书》\n\n（一）", "《书》（一）"),
        ("𠮷\n野", "𠮷野"),
        ("中文\nEnglish", "中文 English"),
        ("English\n中文", "English 中文"),
        ("销售 2026\n年", "销售 2026 年"),
        ("王 某", "王 某"),
        ("甲\u3000\n乙", "甲\u3000乙"),
    ],
)
def test_a_line_end_between_han_characters_is_no_space(markup: str, said: str) -> None:
    assert words(markup, "zh-CN") == said


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<strong>甲</strong>\n<strong>乙</strong>", "甲乙"),
        ("<strong>甲\n</strong> 乙", "甲乙"),
        ("甲\n<strong>\n乙</strong>\nb", "甲乙 b"),
        ("<strong>甲</strong> <strong>乙</strong>", "甲 乙"),
        ('甲\n<span class="page-number"/>\n乙', "甲  乙"),
        ("甲\n<br/>\n乙", "甲\n乙"),
    ],
)
def test_nor_is_it_where_a_run_ends(markup: str, said: str) -> None:
    assert words(markup, "zh-CN") == said


def test_white_space_between_blocks_is_nothing() -> None:
    assert body("\n <p>a</p>\n\n <p>b</p> \n") == (Paragraph(t("a")), Paragraph(t("b")))


# Refusals


def grid(*rows: str, columns: int = 1) -> str:
    body_rows = "".join(f"<tr>{row}</tr>" for row in rows)
    cols = '<col width="1"/>' * columns
    return f"<table><colgroup>{cols}</colgroup><tbody>{body_rows}</tbody></table>"


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<p><b>a</b></p>", "<b> is not part of the markup; did you mean br?"),
        ("<tabel/>", "<tabel> is not part of the markup; did you mean table?"),
        ("<script>x</script>", "<script> is not part of the markup; known are br,"),
        ('<p style="color:red">a</p>', "attribute style is not allowed on <p>; known are class, lang"),
        ('<p clas="note">a</p>', "attribute clas is not allowed on <p>; did you mean class?"),
        ('<td onclick="x"/>', "attribute onclick is not allowed on <td>"),
        ('<p id="x">a</p>', "attribute id is not allowed"),
        ('<a href="x">a</a>', "<a> is not part of the markup"),
        ("loose", "text 'loose' stands outside a paragraph; wrap it in <p>"),
        ("<p>a</p>loose", "text 'loose' stands outside a paragraph"),
        ("<ul>loose<li>a</li></ul>", "text 'loose' stands outside a paragraph"),
        ("<section><p>a</p>loose</section>", "text 'loose' stands outside a paragraph"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "text 'a' stands outside a paragraph"),
        ("<ul><p>a</p></ul>", "<p> in a list; only <li> may stand there"),
        ("<p><p>a</p></p>", "<p> can't stand inside a paragraph"),
        ("<li>a</li>", "<li> can't stand here; did you mean ul?"),
        ("<strong>a</strong>", "<strong> can't stand here"),
        ('<header class="left"><p>a</p></header>', "<header class='left'> is unknown"),
        ('<span class="page-number"/>', "<span> can't stand here"),
        ('<p><span class="note-">a</span></p>', "class 'note-' is unknown on <span>; did you mean note?"),
        ('<p lang="fr">a</p>', "lang='fr' is unknown; known are en, zh, zh-CN"),
        ('<p><span lang="zh-TW">a</span></p>', "lang='zh-TW' is unknown; did you mean zh-CN?"),
        ('<p><img src="../a.png" alt="A" width="9"/></p>', "<img> needs src, the plain name of a picture"),
        ('<p><img src="http://x/a.png" alt="A" width="9"/></p>', "<img> needs src"),
        ('<p><img src="a.png" width="9"/></p>', "<img> needs src"),
        ('<p><img src="a.png" alt="A"/></p>', "<img> needs width as a number, not None"),
        ('<p><img src="a.png" alt="A" width="wide"/></p>', "<img> needs width as a number, not 'wide'"),
        ("<table><tbody><tr><td/></tr></tbody></table>", "a table needs <colgroup>"),
        ('<table><colgroup><col width="0"/></colgroup><tbody/></table>', "a table needs <colgroup>"),
        ('<table><colgroup><col width="9"/><col width="-1"/></colgroup></table>', "a table needs <colgroup>"),
        (f"<table>{COLUMNS}<tr><td/><td/></tr></table>", "<tr> in a table; put rows into <thead> or <tbody>"),
        (f"<table>{COLUMNS}<tbody><td/></tbody></table>", "<td> in a table; only <tr> may stand there"),
        (f"<table>{COLUMNS}<tbody><tr><p/></tr></tbody></table>", "<p> in a row; only <td> and <th>"),
        (grid("<td/>", columns=2), "this row fills 1 of the table's 2 columns"),
        (grid("<td/><td/><td/>", columns=2), "this row fills 3 of the table's 2 columns"),
        (grid('<td colspan="3"/>', columns=2), "this row fills 3 of the table's 2 columns"),
        (grid('<td rowspan="2"/><td/>', "<td/><td/>", columns=2), "this row fills 3 of the table's 2 columns"),
        (grid('<td rowspan="2"/><td/>', columns=2), "a cell's rowspan reaches below the last row"),
        (grid('<td rowspan="3"/>', '<td colspan="0"/>'), "colspan and rowspan go from 1 to 50"),
        (grid('<td colspan="1000000"/>'), "colspan and rowspan go from 1 to 50"),
        (grid('<td rowspan="two"/>'), "<td> needs rowspan as a number, not 'two'"),
        ("<!DOCTYPE html><p>a</p>", "<!DOCTYPE>, <!ENTITY> and CDATA have no place in a template"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><p>&a;</p>', "have no place in a template"),
        ("<p><![CDATA[<p>]]></p>", "have no place in a template"),
        ("<p>&nbsp;</p>", "Entity 'nbsp' not defined"),
        ("<p>a & b</p>", "write & as &amp;"),
        ("<p>3 < 4</p>", "StartTag: invalid element name"),
        ("<p class=note>a</p>", "AttValue"),
        ("<p>a<br>b</p>", "<br> is opened here and not closed where it must be; write <br/>"),
        ("<p>a</p></document><document>", "Extra content"),
        ("<?php echo ?><p>a</p>", "<?php …?> has no place in a template"),
        ("<p>a<?php echo ?></p>", "<?php …?> has no place in a template"),
        ('<p xmlns="x">a</p>', "is not part of the markup"),
    ],
)
def test_what_is_outside_the_subset_is_refused(markup: str, said: str) -> None:
    assert said in refusal(markup)


@pytest.mark.parametrize("deep", ["<section>{}</section>", "<ul><li>{}</li></ul>"])
def test_deep_nesting_is_refused_before_any_engine_chokes_on_it(deep: str) -> None:
    markup = "<p>a</p>"
    for _ in range(60):
        markup = deep.format(markup)
    assert "nested deeper than 40" in refusal(markup)


def test_deep_inlines_are_refused() -> None:
    assert "nested deeper than 40" in refusal("<p>" + "<strong>" * 60 + "a" + "</strong>" * 60 + "</p>")


def test_a_depth_that_no_stack_holds_is_refused_too() -> None:
    assert refusal("<section>" * 5000 + "</section>" * 5000)


def test_a_document_beyond_all_measure_is_refused() -> None:
    assert "longer than 5,000,000 characters" in refusal("<p>" + "x" * 5_000_001 + "</p>")


def test_spans_over_several_rows_fill_the_grid() -> None:
    (made,) = body(grid('<td rowspan="2" colspan="2"/><td/>', "<td/>", '<td/><td colspan="2"/>', columns=3))
    assert isinstance(made, Table) and len(made.body) == 3


# Places


@pytest.mark.parametrize(
    ("template", "files", "place"),
    [
        ("<p>a</p>\n\n<p><wrong/></p>", {}, "form.html:3"),
        ("<p>a</p>\n{% for i in range(3) %}\n<p>{{ i }}</p>\n<wrong/>\n{% endfor %}", {}, "form.html:4"),
        ("<p>a</p>\n{% include 'part.html' %}", {"part.html": "\n\n<wrong/>"}, "part.html:3"),
        (
            "{% import 'macros.html' as m with context %}\n<p>a</p>\n{{ m.faulty() }}",
            {"macros.html": "{% macro faulty() %}\n<p>ok</p>\n<wrong/>\n{% endmacro %}"},
            "macros.html:3",
        ),
        ("{% include 'part.html' %}\n<p>a</p>\n<wrong/>", {"part.html": "<p>b</p>\n<p>c</p>\n"}, "form.html:3"),
        ("<p>one</p>\n<p>two</p>\nloose\n", {}, "form.html:2"),
        ("<p>one</p>\n\n<p>two <strong>open</p>\n<p>three</p>", {}, "form.html:3"),
        ("<p>one</p>\n<p>a & b</p>\n<p>two</p>", {}, "form.html:2"),
        ("<p>one</p>\n<!DOCTYPE html>", {}, "form.html:2"),
        ("<p>one</p>\n<p>\n<![CDATA[x]]></p>", {}, "form.html:3"),
        ('<p>one</p>\n<p>two<br/>\n<span lang="fr">x</span></p>', {}, "form.html:3"),
        (
            "<table>\n<colgroup><col width='1'/></colgroup>\n<tbody>\n<tr>\n<td/><td/></tr></tbody></table>",
            {},
            "form.html:5",
        ),
    ],
)
def test_a_refusal_names_template_and_line(tmp_path: Path, template: str, files: dict[str, str], place: str) -> None:
    with pytest.raises(TemplateError, match=rf"^{place}: "):
        render(tmp_path, template, files=files)


def test_a_node_keeps_the_place_it_came_from(tmp_path: Path) -> None:
    made = render(tmp_path, "<p>a</p>\n{% for i in [1, 2] %}\n<h2>b</h2>\n{% endfor %}")
    assert [block.place for block in made.body] == ["form.html:1", "form.html:3", "form.html:3"]


def test_places_are_not_part_of_the_text(tmp_path: Path) -> None:
    made = render(tmp_path, "<p>a <strong>b</strong>\n<u>c</u> &lt;?at x:1?&gt;</p>")
    assert made.text() == "a b c <?at x:1?>"


@pytest.mark.parametrize(
    "markup",
    [
        "<hr>lost</hr>", "<p>a<br>lost</br></p>", '<p><img src="a.png" alt="b" width="9">lost</img></p>',
        '<p>a<span class="line">lost</span></p>', "<p>a<br><strong>lost</strong></br></p>",
        '<footer><p><span class="page-number">lost</span></p></footer>',
        '<table><colgroup><col width="1">lost</col></colgroup><tbody><tr><td>a</td></tr></tbody></table>',
        "<header><p>lost</p></header><header><p>a</p></header>",
        '<table><caption>lost</caption><caption>b</caption><colgroup><col width="1"/></colgroup></table>',
    ],
)  # fmt: skip
def test_no_text_is_lost_in_an_element_that_prints_none(markup: str) -> None:
    assert re.search("prints nothing that stands inside|would be lost|one <caption>", refusal(markup))


@pytest.mark.parametrize("number", ["nan", "inf", "1e400", "1.5", "-1", "0", "51"])
def test_a_cell_spans_a_whole_number_of_columns(number: str) -> None:
    row = f'<tr><td colspan="{number}">a</td></tr>'
    assert "colspan" in refusal(f'<table><colgroup><col width="1"/></colgroup><tbody>{row}</tbody></table>')


@pytest.mark.parametrize("width", ["nan", "inf", "0", "-5", "9999999"])
def test_a_picture_has_a_width_that_can_be(width: str) -> None:
    assert "<img> needs width as a number" in refusal(f'<p><img src="a.png" alt="b" width="{width}"/></p>')
