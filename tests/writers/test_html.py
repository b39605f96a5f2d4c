"""The HTML for the PDF engine says what the tree says, escaped, with its roles and no words of its own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import html

from docgen.errors import TemplateError
from docgen.model.document import Document, Paragraph, Text
from docgen.writers.html import EVERYWHERE, RIGID, Give, write_html
from tests import sample_help as wang
from tests.writers.pdf_help import row, table, templates, tree


def written(markup: str, lang: Any = "en", give: Give = RIGID) -> str:
    """What stands between the tags of the body."""
    text = write_html(tree(markup, lang), templates().theme, give)
    return text.partition("<body>")[2].removesuffix("</body></html>")


@pytest.mark.parametrize(
    ("markup", "made"),
    [
        ("<p>a</p>", "<p>a</p>"),
        ('<p class="note">a</p>', '<p class="note">a</p>'),
        ("<h2>a</h2>", "<h2>a</h2>"),
        ("<hr/>", "<hr/>"),
        ('<section class="keep"><p>a</p></section>', '<section class="keep"><p>a</p></section>'),
        ("<p><strong>a</strong></p>", '<p><span class="strong">a</span></p>'),
        ("<p><strong><em><u>a</u></em></strong></p>", '<p><span class="strong em underline">a</span></p>'),
        ('<p><span class="gap">a</span></p>', '<p><span class="gap">a</span></p>'),
        ('<p><span class="line"/></p>', '<p><span class="line"></span></p>'),
        ('<p><span lang="zh">甲</span></p>', '<p><span lang="zh-CN">甲</span></p>'),
        ("<p>a<br/>b</p>", "<p>a<br/>b</p>"),
        ('<p><span class="page-number"/></p>', '<p><span class="page-number"></span></p>'),
        (
            '<p><img src="a.png" alt="A &amp; &quot;B&quot;" width="9.5"/></p>',
            '<p><img src="a.png" alt="A &amp; &quot;B&quot;" style="width:9.5mm"/></p>',
        ),
        (
            "<p>☐ a b ☑☑</p>",
            '<p><span class="nobreak"><span class="tick">☐</span> a b</span> <span class="tick">☑☑</span></p>',
        ),
        ("<p>甲（重点）</p>", '<p>甲<span class="nobreak">（重点）</span></p>'),
        ("<p>甲（重点）乙</p>", "<p>甲（重点）乙</p>"),
        ("<ul><li>a</li></ul>", '<ul><li><p><span class="marker">•</span>a</p></li></ul>'),
        (
            "<ol><li>a</li><li><p>b</p><p>c</p></li></ol>",
            '<ol><li><p><span class="marker">1.</span>a</p></li>'
            '<li><p><span class="marker">2.</span>b</p><p>c</p></li></ol>',
        ),
        ("<ol><li/></ol>", '<ol><li><p><span class="marker">1.</span></p></li></ol>'),
        (
            "<ol><li><ul><li>a</li></ul></li></ol>",
            '<ol><li><p><span class="marker">1.</span></p>'
            '<ul><li><p><span class="marker">–</span>a</p></li></ul></li></ol>',
        ),
        ("<ol><li><h3>a</h3></li></ol>", '<ol><li><h3><span class="marker">1.</span>a</h3></li></ol>'),
    ],
)
def test_each_node_becomes_its_element(markup: str, made: str) -> None:
    assert written(markup) == made


def test_a_table_has_its_columns_head_spans_and_roles() -> None:
    made = written(
        '<table class="targets"><caption>C</caption><colgroup><col width="1"/><col width="3"/></colgroup>'
        '<thead><tr><th class="number">H</th><th>I</th></tr></thead>'
        '<tbody><tr class="total"><td rowspan="2">a</td><td/></tr><tr><td>b</td></tr></tbody></table>'
    )
    assert made == (
        '<table class="targets" data-table="1"><caption>C</caption>'
        '<colgroup><col style="width:25.000%"/><col style="width:75.000%"/></colgroup>'
        '<thead><tr><th class="number">H</th><th>I</th></tr></thead>'
        '<tbody><tr class="total held"><td rowspan="2">a</td><td></td></tr><tr><td>b</td></tr></tbody></table>'
    )


def test_a_table_is_short_up_to_the_lines_that_the_theme_says() -> None:
    most = templates().theme.short_table
    assert written(table(row("a") * most, 1)).count('class="held"') == most - 1
    assert written(table(row("a") * (most + 3), 1)).count('class="held"') == 3


def test_a_tall_row_may_break() -> None:
    made = written(table(row("a") + row("字" * 4000), 1))
    assert (made.count("<tr>"), made.count('<tr class="tall">')) == (0, 1)
    assert made.count('<tr class="held">') == 1


def test_rows_and_words_break_where_they_are_given_leave() -> None:
    markup = table(row("a", '<span class="nobreak">b c</span>') * 2, 2)
    assert ("tall" in written(markup), "nobreak" in written(markup)) == (False, True)
    assert written(markup, give=Give(rows=True)).count('<tr class="tall">') == 2
    assert "<td>b c</td>" in written(markup, give=Give(loose=frozenset(("1",))))
    assert "break-all" in write_html(tree(markup), templates().theme, Give(broken=frozenset((EVERYWHERE,))))


def test_english_quotes_in_a_chinese_document_are_narrow() -> None:
    assert written('<p lang="en">a’s</p>') == "<p>a’s</p>"
    assert written('<p>“甲”<span lang="en">a’s</span></p>', "zh-CN") == (
        '<p>“甲”<span lang="en">a<span class="narrow">’</span>s</span></p>'
    )


def test_heads_and_feet_are_elements_of_their_own() -> None:
    made = written('<header class="first"><p>1</p></header><header><p>2</p></header><footer><p>3</p></footer><p>4</p>')
    assert made == '<header class="first"><p>1</p></header><header><p>2</p></header><footer><p>3</p></footer><p>4</p>'


def test_language_and_title_are_those_of_the_document() -> None:
    document = Document("A <b> & title", "zh-CN", False, (), (), (), ())
    text = write_html(document, templates().theme)
    assert '<html lang="zh-CN">' in text
    assert "<title>A &lt;b&gt; &amp; title</title>" in text


def test_what_was_typed_stays_text() -> None:
    hostile = "<script>x</script>&amp;\"'<!--"
    document = Document("Plan", "en", False, (), (), (), (Paragraph((Text(hostile, "en"),)),))
    (made,) = html.fromstring(write_html(document, templates().theme)).iter("p")
    assert made.text == hostile and not len(made)


def test_a_soft_hyphen_is_left_to_the_engine_by_leaving_it_out() -> None:
    assert written("<p>inter&#173;national</p>") == "<p>international</p>"


@pytest.mark.parametrize(
    "markup",
    [
        '<p class="nonesuch">a</p>',
        '<section class="nonesuch"><p>a</p></section>',
        '<table class="nonesuch"><colgroup><col width="1"/></colgroup><tbody><tr><td/></tr></tbody></table>',
        '<table><colgroup><col width="1"/></colgroup><tbody><tr class="nonesuch"><td/></tr></tbody></table>',
        '<table><colgroup><col width="1"/></colgroup><tbody><tr><td class="nonesuch"/></tr></tbody></table>',
        '<ul class="nonesuch"><li>a</li></ul>',
        '<p class="note&quot; onload=&quot;x">a</p>',
    ],
)
def test_a_role_that_the_theme_does_not_know_is_refused_with_its_place(markup: str) -> None:
    with pytest.raises(TemplateError, match=r"^form\.html:7: "):
        written(f"<?at form.html:7?>{markup}")


@pytest.mark.parametrize("form", wang.FORMS)
def test_the_html_of_a_sample_says_its_text_and_nothing_else(form: str) -> None:
    document = wang.tree(form)
    body = re.sub(r"<header.*?</header>|<footer.*?</footer>", "", write_html(document, templates().theme))
    body = re.sub(r'<span class="marker">.*?</span>|<title>.*?</title>', "", body)
    said = "".join(str(text) for text in html.fromstring(body).itertext())
    assert "".join(said.split()) == "".join(document.text().split())
