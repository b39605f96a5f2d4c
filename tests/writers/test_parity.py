"""Whatever a file says otherwise than the tree is found, and no page, however ugly, is accused wrongly."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from lxml import etree

from docgen.errors import DocumentError
from docgen.model.document import Block, Document, Inline, Listing, Paragraph, Section, Table, Text
from docgen.model.rewrite import rewrite
from docgen.writers.comparison import bare
from docgen.writers.parity import check_parity
from tests import sample_help as wang
from tests.writers.pdf_help import docx, opened, page_texts, pdf, prove, row, table, templates, tree
from tests.writers.word_help import W

LETTERS = 8


def check(document: Document, word: bytes | None, printed: bytes | None) -> None:
    check_parity(document, templates().theme, word, printed)


@pytest.mark.parametrize("form", wang.FORMS)
def test_the_samples_say_in_both_files_what_their_trees_say(form: str) -> None:
    files = wang.made(form).files
    check(wang.tree(form), files["docx"], files["pdf"])


# Word that says something else


def changed(content: bytes, name: str, change: Callable[[Any], None]) -> bytes:
    """The package with one part changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            part = old.read(info)
            if info.filename == name:
                root = etree.fromstring(part)
                change(root)
                assert etree.tostring(root) != etree.tostring(etree.fromstring(part))
                part = etree.tostring(root)
            new.writestr(info, part)
    return made.getvalue()


def texts(root: Any) -> list[Any]:
    return [node for node in root.iter(f"{W}t") if node.text and node.text.strip()]


def lose_a_clause(root: Any) -> None:
    clause = max((node for node in root.iter(f"{W}p")), key=lambda node: len("".join(node.itertext())))
    clause.getparent().remove(clause)


def change_a_figure(root: Any) -> None:
    node = next(node for node in texts(root) if any(map(str.isdigit, node.text)))
    figure = next(filter(str.isdigit, node.text))
    node.text = node.text.replace(figure, "7" if figure != "7" else "8", 1)


def swap_two_cells(root: Any) -> None:
    for line in root.iter(f"{W}tr"):
        cells = [node for node in line.iter(f"{W}t") if node.text]
        if len(cells) > 1 and cells[0].text != cells[-1].text:
            cells[0].text, cells[-1].text = cells[-1].text, cells[0].text
            return


def swap_two_paragraphs(root: Any) -> None:
    said = [node for node in root.iter(f"{W}p") if "".join(node.itertext()).strip()]
    first, last = list(said[0]), list(said[-1])
    said[0][:], said[-1][:] = last, first


def say_something_twice(root: Any) -> None:
    texts(root)[3].text *= 2


def hide_behind_a_field(root: Any) -> None:
    """Text that only a field's result says is not the document's own."""
    node = texts(root)[3].getparent()
    field = etree.Element(f"{W}fldSimple")
    node.addprevious(field)
    field.append(node)


WORD_CHANGES = [
    lose_a_clause, change_a_figure, swap_two_cells, swap_two_paragraphs, say_something_twice, hide_behind_a_field,
]  # fmt: skip


@pytest.mark.parametrize("form", wang.FORMS)
@pytest.mark.parametrize("change", WORD_CHANGES, ids=lambda change: change.__name__)
def test_word_that_says_something_else_is_caught(form: str, change: Callable[[Any], None]) -> None:
    word = changed(wang.made(form).files["docx"], "word/document.xml", change)
    with pytest.raises(DocumentError, match="Word does not say what the document says"):
        check(wang.tree(form), word, None)


@pytest.mark.parametrize("form", wang.FORMS)
def test_word_that_lost_one_letter_anywhere_is_caught(form: str) -> None:
    word = wang.made(form).files["docx"]
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        count = len(texts(etree.fromstring(package.read("word/document.xml"))))
    for index in range(0, count, count // LETTERS):

        def lose(root: Any, index: int = index) -> None:
            node = texts(root)[index]
            node.text = node.text.strip()[1:]

        with pytest.raises(DocumentError, match="Word"):
            check(wang.tree(form), changed(word, "word/document.xml", lose), None)


@pytest.mark.parametrize("form", wang.FORMS)
def test_words_head_and_foot_are_compared_too(form: str) -> None:
    word = wang.made(form).files["docx"]
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        parts = [name for name in package.namelist() if name.startswith(("word/header", "word/footer"))]
    for name in parts:
        with pytest.raises(DocumentError, match="Word's head or foot"):
            check(wang.tree(form), changed(word, name, lambda root: texts(root)[0].__setattr__("text", "x")), None)


def count_the_pages_wrong(root: Any) -> None:
    field = next(root.iter(f"{W}instrText"))
    field.text = " NUMPAGES " if "NUMPAGES" not in field.text else " PAGE "


def lose_a_page_field(root: Any) -> None:
    field = next(root.iter(f"{W}instrText"))
    field.getparent().remove(field)


@pytest.mark.parametrize("fault", [count_the_pages_wrong, lose_a_page_field])
def test_a_page_field_of_words_foot_is_compared(fault: Callable[[Any], None]) -> None:
    word = wang.made("letter").files["docx"]
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        feet = [name for name in package.namelist() if name.startswith("word/footer")]
    for name in feet:
        with pytest.raises(DocumentError, match="a page field of Word"):
            check(wang.tree("letter"), changed(word, name, fault), None)


def test_hidden_text_in_word_is_no_text() -> None:
    def hide(root: Any) -> None:
        run = texts(root)[3].getparent()
        etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}vanish")

    word = wang.made("letter").files["docx"]
    with pytest.raises(DocumentError, match="hidden text"):
        check(wang.tree("letter"), changed(word, "word/document.xml", hide), None)


def count_on(root: Any) -> None:
    """The second list goes on counting from the first."""
    first, second = list(dict.fromkeys(node.get(f"{W}val") for node in root.iter(f"{W}numId")))[:2]
    for node in root.iter(f"{W}numId"):
        if node.get(f"{W}val") == second:
            node.set(f"{W}val", first)


def lose_a_number(root: Any) -> None:
    node = list(root.iter(f"{W}numPr"))[1]
    node.getparent().remove(node)


def nest_an_item(root: Any) -> None:
    list(root.iter(f"{W}ilvl"))[1].set(f"{W}val", "1")


def merge_two_cells(root: Any) -> None:
    left, right = list(root.iter(f"{W}tc"))[:2]
    left.extend(right.findall(f"{W}p"))
    etree.SubElement(left.find(f"{W}tcPr"), f"{W}gridSpan").set(f"{W}val", "2")
    right.getparent().remove(right)


def drop_an_empty_cell(root: Any) -> None:
    cell = next(node for node in root.iter(f"{W}tc") if not "".join(node.itertext()))
    cell.getparent().remove(cell)


def put_text_into_the_next_cell(root: Any) -> None:
    left, right = list(root.iter(f"{W}tc"))[:2]
    right.find(f"{W}tcPr").addnext(left.find(f"{W}p"))
    etree.SubElement(left, f"{W}p")


def cover_a_cell_by_the_one_above(root: Any) -> None:
    above, below = (row.find(f"{W}tc") for row in list(root.iter(f"{W}tr"))[1:3])
    for cell, merge in ((above, "restart"), (below, "continue")):
        etree.SubElement(cell.find(f"{W}tcPr"), f"{W}vMerge").set(f"{W}val", merge)


def make_one_table_of_two(root: Any) -> None:
    first = next(root.iter(f"{W}tbl"))
    first.getparent().remove(first.getnext())


def lose_a_repeated_head(root: Any) -> None:
    node = next(root.iter(f"{W}tblHeader"))
    node.getparent().remove(node)


GRID = (
    "<ol><li>a</li><li>b</li></ol><p>x</p><ol><li>c</li><li>d</li></ol>"
    + table(row("one", "two") + row("three", "") + row("four", "five"), 2, row("H", "I", tag="th"))
    + table(row("six", "seven"), 2)
)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (count_on, "expected …'.*item1. c.*found …'.*item3. c"),
        (lose_a_number, "item2. b"),
        (nest_an_item, r"item\(a\) b"),
        (merge_two_cells, "cell2×1 H I"),
        (drop_an_empty_cell, "1columnsfilled"),
        (put_text_into_the_next_cell, "cell H .cell I.*found.*cell .cell H I"),
        (cover_a_cell_by_the_one_above, "cell1×2 one"),
        (make_one_table_of_two, "noparagraphbetweentables"),
        (lose_a_repeated_head, "headrow"),
    ],
)
def test_lists_and_tables_of_word_are_the_trees(change: Callable[[Any], None], told: str) -> None:
    document = tree(GRID)
    word = docx(document)
    check(document, word, None)
    with pytest.raises(DocumentError, match=told):
        check(document, changed(word, "word/document.xml", change), None)


@pytest.mark.parametrize(
    ("element", "attribute", "value"),
    [("startOverride", "val", "2"), ("numFmt", "val", "upperRoman"), ("lvlText", "val", "%1)")],
)
def test_the_numbers_of_word_are_counted_and_shown_as_the_tree_has_them(
    element: str, attribute: str, value: str
) -> None:
    def change(root: Any) -> None:
        for node in root.iter(f"{W}{element}"):
            node.set(f"{W}{attribute}", value)

    document = tree(GRID)
    with pytest.raises(DocumentError, match="item"):
        check(document, changed(docx(document), "word/numbering.xml", change), None)


# PDF that says something else: the tree is changed instead, which parts the two just the same


def contents(document: Document) -> list[str]:
    found: list[str] = []

    def look(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        found.append("".join(one.text for one in content if isinstance(one, Text)))
        return content

    rewrite(replace(document, first_head=(), head=(), foot=()), look)
    return found


def with_text(document: Document, index: int, change: Callable[[str], str]) -> Document:
    """The tree with the text of its paragraph ``index`` changed."""
    seen = -1

    def one(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        nonlocal seen
        seen += 1
        if seen != index:
            return content
        first = next(run for run in content if isinstance(run, Text) and bare(run.text))
        return tuple(replace(first, text=change(first.text)) if run is first else run for run in content)

    made = rewrite(replace(document, first_head=(), head=(), foot=()), one)
    return replace(document, body=made.body)


def said_at(document: Document, wanted: Callable[[str], bool]) -> list[int]:
    return [index for index, words in enumerate(contents(document)) if wanted(words)]


def blocks(many: tuple[Block, ...]) -> Iterator[Block]:
    for one in many:
        yield one
        if isinstance(one, Section):
            yield from blocks(one.blocks)


def without_a_clause(document: Document) -> Document:
    clause = next(block for block in document.body if isinstance(block, Paragraph) and block.role == "clause")
    return replace(document, body=tuple(block for block in document.body if block is not clause))


def with_a_figure_changed(document: Document) -> Document:
    index = said_at(document, lambda words: any(map(str.isdigit, words)) and len(words) < 12)[-1]
    return with_text(document, index, lambda words: words.translate(str.maketrans("0123456789", "1234567890")))


def with_cells_swapped(document: Document) -> Document:
    grid = next(block for block in blocks(document.body) if isinstance(block, Table) and len(block.body) > 1)
    first = grid.body[0]
    cells = (first.cells[-1], *first.cells[1:-1], first.cells[0])
    swapped = replace(grid, body=(replace(first, cells=cells), *grid.body[1:]))
    return replace(document, body=tuple(swapped if block is grid else block for block in document.body))


def with_rows_swapped(document: Document) -> Document:
    grid = next(block for block in blocks(document.body) if isinstance(block, Table) and len(block.body) > 1)
    swapped = replace(grid, body=(*grid.body[1::-1], *grid.body[2:]))
    return replace(document, body=tuple(swapped if block is grid else block for block in document.body))


def with_another_head(document: Document) -> Document:
    return replace(document, head=(Paragraph((Text("another", document.lang),), "head"),))


def with_another_first_head(document: Document) -> Document:
    return replace(document, first_head=(Paragraph((Text("another", document.lang),), "head"),))


def without_a_foot(document: Document) -> Document:
    return replace(document, foot=document.foot[1:])


def with_more_at_the_end(document: Document) -> Document:
    return replace(document, body=(*document.body, Paragraph((Text("x", "en"),))))


TREE_CHANGES = [
    without_a_clause, with_a_figure_changed, with_cells_swapped, with_rows_swapped, with_another_head,
    with_another_first_head, without_a_foot, with_more_at_the_end,
]  # fmt: skip


@pytest.mark.parametrize("form", wang.FORMS)
@pytest.mark.parametrize("change", TREE_CHANGES, ids=lambda change: change.__name__)
def test_a_pdf_that_says_something_else_is_caught(form: str, change: Callable[[Document], Document]) -> None:
    with pytest.raises(DocumentError, match=r"PDF.* does not say what the document says"):
        check(change(wang.tree(form)), None, wang.made(form).files["pdf"])


@pytest.mark.parametrize("form", wang.FORMS)
def test_one_letter_more_or_less_anywhere_is_caught(form: str) -> None:
    document, printed = wang.tree(form), wang.made(form).files["pdf"]
    said = said_at(document, lambda words: bool(bare(words)))
    for index in said[:: len(said) // LETTERS]:
        for change in (lambda words: words.strip()[1:], lambda words: "一" + words):
            with pytest.raises(DocumentError, match="the PDF"):
                check(with_text(document, index, change), None, printed)


def test_a_pdf_written_without_a_clause_is_caught() -> None:
    document = wang.tree("letter")
    with pytest.raises(DocumentError, match="the PDF does not say"):
        check(document, None, pdf(without_a_clause(document)))


def repaged(content: bytes, order: list[int]) -> bytes:
    made = io.BytesIO()
    new, old = pypdfium2.PdfDocument.new(), pypdfium2.PdfDocument(content)
    new.import_pages(old, order)
    new.save(made)
    return made.getvalue()


@pytest.mark.parametrize("order", [[0], [1, 0], [0, 1, 1]], ids=["lost", "swapped", "twice"])
def test_pages_lost_swapped_or_printed_twice_are_caught(order: list[int]) -> None:
    printed = wang.made("letter").files["pdf"]
    check(wang.tree("letter"), None, repaged(printed, [0, 1]))
    with pytest.raises(DocumentError, match="PDF"):
        check(wang.tree("letter"), None, repaged(printed, order))


def test_a_message_shows_where_the_two_part() -> None:
    document = tree("<p>The target is 350 units by the end of June.</p>")
    with pytest.raises(DocumentError) as found:
        check(with_text(document, 0, lambda words: words.replace("350", "305")), None, pdf(document))
    assert str(found.value) == (
        "Plan: the PDF does not say what the document says: expected …'Thetargetis305unitsbytheendofJune.'…, "
        "found …'Thetargetis350unitsbytheendofJune.'…"
    )
    assert found.value.words.zh.startswith("Plan：PDF文件与应有的内容不一致：应为…")


# Ugly pages that are right

EN = "The quick brown fox jumps over the lazy dog and some more words follow to fill the line. "
ZH = "本月销售额与目标相差三千二百元，主要原因是报价慢，客户已转向他人。"

UGLY = {
    "nested lists in cells": table(
        row("<ol><li>one</li><li><p>two</p><ul><li><p>deep</p><ol><li>deeper</li></ol></li></ul></li></ol>", "")
        + row("", "<p>before</p><ul><li><p>p1</p><p>p2</p></li></ul><p>after</p>"),
        2,
    ),
    "odd list items": "<ol><li/><li><ol><li>a</li></ol></li><li><h3>Head</h3><p>x</p></li>"
    "<li><section class='keep'><p>s</p></section></li><li>" + table(row("a", "b"), 2) + "</li></ol>",
    "a table in a cell": table(
        row("<p>before</p>" + table(row("c", "d"), 2, row("a", "b", tag="th")) + "<p>after</p>", "right"), 2
    ),
    "cells over rows and columns": table(
        '<tr><td rowspan="2">down</td><td colspan="2">across</td></tr><tr><td>a</td><td>b</td></tr>'
        '<tr><td colspan="2">c</td><td rowspan="2">d</td></tr><tr><td/><td/></tr>',
        3,
    ),
    "empty cells": table(row("", "", "") + row("a", "", "b") + row("", "c", ""), 3, row("", "x", "", tag="th")),
    "soft hyphens": f"<p>{'extra&#173;ordinary&#173;ly inter&#173;national ' * 30}</p>",
    "hyphens at line ends": f"<p>{'long-term-employment-relationship self-assessment-based e-mail ' * 20}</p>"
    + table(row("well-being-" * 20, "non‑breaking‑hyphen true‐hyphen em—dash en–dash " * 9, "x-"), 3),
    "ligatures": "<p>office affine fluffy fi fl ffi ffl ﬁ ﬂ ﬀ ﬃ ﬄ</p>",
    "emoji": "<p>done 😀 yes</p>",
    "rare Han": "<p>王𠮷 𠮷野家</p>",
    "combining characters": "<p>e\u0301 a\u0308 x\u0323\u0307 q\u0303 é</p>",
    "radicals beside characters": "<p>人 \u2f08 人\u2f08 \u2fa7 \u2ed3 \u2f2a 長\uf9d1六</p>",
    "signs of one glyph": "<p>µ μ Ω Ω ➊ ❶ Å Å</p>",
    "spaces of all kinds": "<p>a\u00a0b 100\u202f000 c\u2003d\u3000e \u2009f</p>",
    "quotes and signs": "<p>“a” ‘b’ \"c\" 'd' &amp; &lt;b&gt; &amp;amp; 《书》——…… ]]&gt; {{ x }}</p>",
    "right to left": "<p>שלום</p><p>abc שלום def 12</p>",
    "right to left beside brackets": "<p>אבג 123 (דה)</p><p>نقطة قوة 123 (ab) 话术熟练</p><p>قوة (ab（cd）) 12) a</p>",
    "joiners and invisible signs": "<p>a\u200db a\u200bb \u2060c\u200e\u3164d\u034f</p>",
    "ticks": "<p>☐ yes ☑ no ☐☑☐ <strong>☑ bold</strong></p>",
    "an unbreakable word": f"<p>{'x' * 400}</p><h2>{'y' * 200}</h2>" + table(row("z" * 300, "Amtsgericht" * 20, ""), 3),
    "lines to write on": '<p>Name: <span class="line"/> date <span class="line"/></p>'
    '<p class="lines"/><p class="lines"/>',
    "weights and languages": "<p><strong>bold</strong> <em>slant 斜</em> <u>under</u>"
    ' <span lang="en">English “q”</span> <span lang="zh">中文“引号”</span> '
    '<span class="nobreak">2026年3月5日</span></p>',
    "letters that tower": "<h1>ẨȰ Ǻ（《》</h1>" + "<p>ẨǺȰ ịỆj（g）</p>" * 90,
}


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
@pytest.mark.parametrize("name", UGLY)
def test_an_ugly_page_is_not_accused_wrongly(name: str, lang: Any) -> None:
    prove(tree(UGLY[name], lang))


HEADS = (
    '<header class="first"><p class="head">First</p></header>'
    '<header><p class="head">Next, page <span class="page-number"/></p></header>'
    '<footer><p class="foot">Foot</p><p class="foot">page <span class="page-number"/> of <span class="page-count"/></p>'
    "</footer>"
)


@pytest.mark.parametrize(("lang", "count"), [("en", 60), ("zh-CN", 60)])
def test_a_table_over_many_pages_repeats_its_head_on_each(lang: Any, count: int) -> None:
    rows = "".join(row(str(number), EN if number % 9 else "", "甲") for number in range(count))
    made = prove(tree(HEADS + "<p>x</p>" + table(rows, 3, row("No.", "What", "Who", tag="th")) + "<p>y</p>", lang))
    texts = page_texts(made)
    assert len(texts) > 3
    assert all("What" in text for text in texts)


def test_rows_that_read_as_their_head_are_told_from_it() -> None:
    prove(tree(table(row("No.", "Name") * 150, 2, row("No.", "Name", tag="th"))))


@pytest.mark.parametrize(("lang", "words", "landscape"), [("en", EN, True), ("zh-CN", ZH, False)], ids=["en", "zh"])
def test_a_row_longer_than_a_page_is_printed_whole_under_its_head(lang: Any, words: str, landscape: bool) -> None:
    cells = [(words * 100)[:3000], (words * 100)[:2600], "short", "", "a" * 900]
    markup = f"<p>{words * 3}</p>" + table(
        row("1", "2", "3", "4", "5") + row(*cells) + row("next", "row", "is", "here", ""),
        5,
        row("H-one", "H-two", "H3", "", "H5", tag="th"),
    )
    made = prove(tree(HEADS + markup, lang, landscape=landscape))
    texts = page_texts(made)
    assert len(texts) > 1
    assert all("H-one" in text.replace("\ufffe", "-") for text in texts)


def test_a_cell_beside_many_rows_may_run_over_the_page_end() -> None:
    group = f'<tr><td rowspan="2">both</td><td>{EN * 6}</td></tr><tr><td>{EN * 8}</td></tr>'
    made = prove(tree(table(group * 12, 2, row("Head", "Text", tag="th"))))
    assert len(page_texts(made)) > 2


def test_a_long_list_in_a_cell_may_run_over_the_page_end() -> None:
    items = "".join(f"<li>{EN}</li>" for _ in range(60))
    made = prove(tree(table(row("a", f"<ol>{items}</ol>") + row("b", "c"), 2, row("H", "I", tag="th"))))
    assert len(page_texts(made)) > 1


def test_a_short_table_stays_on_one_page() -> None:
    for filler in (43, 45, 47, 49):
        short = table(row("first", EN) + row("mid", EN * 3) + row("last", "x"), 2)
        texts = page_texts(prove(tree(f"<p>{'x<br/>' * filler}</p>" + short)))
        assert all(("first" in text) == ("last" in text) for text in texts)


def test_a_head_may_hold_more_than_paragraphs() -> None:
    head = table(row("Left", '<span class="page-number"/>'), 2)
    made = prove(tree(f"<header>{head}</header><p>{EN * 120}</p>"))
    with opened(made) as found:
        assert len(found) > 1


def test_a_document_without_any_text_is_the_same_in_both() -> None:
    document = tree("<p></p>")
    check(document, docx(document), pdf(document))


def test_a_format_that_was_not_made_is_not_compared() -> None:
    check(tree("<p>a</p>"), None, None)


def test_the_order_of_cells_counts_even_where_the_letters_are_the_same() -> None:
    printed = pdf(tree(table(row("ab", "ba"), 2)))
    with pytest.raises(DocumentError, match="the PDF"):
        check(tree(table(row("ba", "ab"), 2)), None, printed)


def test_lists_are_known_by_their_markers() -> None:
    numbered = tree("<ol><li>a</li><li>b</li></ol>")
    (listing,) = numbered.body
    assert isinstance(listing, Listing)
    bulleted = replace(numbered, body=(replace(listing, ordered=False),))
    with pytest.raises(DocumentError, match="the PDF"):
        check(bulleted, None, pdf(numbered))
