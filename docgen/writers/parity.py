"""Prove that both files say what the tree says: read them back and compare line with line, text with text.

Text is compared without white space, in NFC, without characters that no page shows; in a PDF, characters that share a
glyph count as one, and words that run from right to left are compared without their order. The body must be equal as a
sequence. What the PDF says beyond it must be exactly the heads and feet of so many pages, the markers of its lists, and
the heads of the tables that run on over a page end. Word keeps heads and feet in parts of their own; paragraph by
paragraph it must give each item the tree's marker, and each table the tree's rows and cells. What a letterhead says
before and after them must be there as it stands in the letterhead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate

from docgen.errors import DocumentError
from docgen.layout.first_page import Opening, opening_of
from docgen.layout.pictures.drawing import words_in
from docgen.layout.theme import Theme
from docgen.model.document import (
    Block,
    Document,
    Drawing,
    Field,
    Inline,
    Picture,
    Text,
    contents,
    drawings,
)
from docgen.model.letterhead import without_letterhead
from docgen.model.problems import Words
from docgen.model.rewrite import rewrite
from docgen.writers.background import Background, taken_off
from docgen.writers.comparison import bare, drawn
from docgen.writers.direction import is_turned, runs_to_the_left, to_the_right, unordered
from docgen.writers.markers import marker_of
from docgen.writers.outline import joined, outline, shown
from docgen.writers.pdf_text import page_texts
from docgen.writers.printed import Printed, printed
from docgen.writers.split_rows import follows_split_rows
from docgen.writers.word_package import WordPackage
from docgen.writers.word_read import BODY, Story, read_word

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Extent:
    """How long a PDF is: its pages, and the share of the last one that is filled."""

    pages: int = 0
    last_page: float = 0.0


def check_parity(
    document: Document,
    theme: Theme,
    docx: bytes | None,
    pdf: bytes | None,
    *,
    package: WordPackage | None = None,
    background: Background | None = None,
) -> Extent:
    """Compare each file with the tree.

    Args:
        package: whose letterhead the Word file has; what that says must be there unchanged.
        background: the letterhead of the PDF's first page, where documents have one; it is all that may stand there
            beside what the tree says.

    Returns:
        How long the PDF was found to be; nothing where there is none.

    Raises:
        DocumentError: a file says something else; the text shows where they part.
    """
    if docx is not None:
        _check_word(document, theme, docx, package)
    if pdf is None:
        return Extent()
    opening = opening_of(document, has_background=background is not None)
    if background and opening == "background":
        document, pdf = without_letterhead(document), taken_off(pdf, background)
    return _check_pdf(document, theme, pdf, opening)


UNLIKE = Words(
    "{title}: {where} does not say what the document says: expected …{expected!r}…, found …{found!r}…",
    "{title}：{where}与应有的内容不一致：应为…{expected!r}…，实为…{found!r}…",
)
HEAD_OR_FOOT = Words("Word's head or foot ({place})", "Word文件的页眉或页脚（{place}）")
LETTERHEAD = Words("the letterhead in Word's {place}", "Word文件中的信头（{place}）")
FIELD, PAGE_FIELD = Words("a field of {where}", "{where}中的域"), Words("a page field of {where}", "{where}中的页码域")
PICTURE, IN_PDF = Words("a picture of {where}", "{where}中的图片"), Words("a picture in the PDF", "PDF中的图片")
HEAD = Words("the head of PDF page {number}", "PDF第{number}页的页眉")
FOOT = Words("the foot of PDF page {number}", "PDF第{number}页的页脚")
PDF = Words("the PDF", "PDF文件")


def _differ(document: Document, where: Words, expected: str, found: str) -> None:
    if expected == found:
        return
    shorter = min(len(expected), len(found))
    at = next((index for index in range(shorter) if expected[index] != found[index]), shorter)
    start = max(0, at - SHOWN // 2)
    wanted, there = (shown(text[start : at + SHOWN]) for text in (expected, found))
    raise DocumentError(UNLIKE.filled(title=document.title, where=where, expected=wanted, found=there))


def _check_word(document: Document, theme: Theme, docx: bytes, package: WordPackage | None) -> None:
    running = {
        ("header", "first"): document.first_head,
        ("header", "default"): document.head,
        ("footer", "first"): document.foot,
        ("footer", "default"): document.foot,
    }
    around = {
        place: package.around(place, landscape=document.landscape) for place in (BODY, *running) if package is not None
    }
    found = read_word(docx, {place: one.blocks for place, one in around.items()})
    _compare_story(document, theme, document.body, found.body, Words("Word", "Word文件"))
    for place in {**running, **found.running}:
        where = HEAD_OR_FOOT.filled(place=" ".join(place))
        _compare_story(document, theme, running.get(place, ()), found.running.get(place, Story()), where)
    for place, one in around.items():
        where = LETTERHEAD.filled(place=" ".join(place).strip())
        for wanted, story in zip(one.said, found.around[place], strict=True):
            _differ(document, where, wanted.text, story.text)
            _differ(document, FIELD.filled(where=where), " ".join(wanted.fields), " ".join(story.fields))


def _compare_story(document: Document, theme: Theme, blocks: tuple[Block, ...], found: Story, where: Words) -> None:
    fields = [one.kind for content in contents(blocks) for one in content if isinstance(one, Field)]
    _differ(document, PAGE_FIELD.filled(where=where), " ".join(fields), " ".join(found.fields))
    alts = [one.alt for content in contents(blocks) for one in content if isinstance(one, Picture | Drawing)]
    _differ(document, PICTURE.filled(where=where), bare(" ".join(alts)), bare(" ".join(found.pictures)))
    expected = outline(blocks, lambda listing, *at: marker_of(listing, theme, document.lang, *at))
    _differ(document, where, joined(expected), found.text)


def _check_pdf(document: Document, theme: Theme, pdf: bytes, opening: Opening) -> Extent:
    expected = printed(document, theme)
    found_pages = list(page_texts(pdf, theme, opening))
    extent = Extent(len(found_pages), found_pages[-1].filled)
    pages = [(drawn(one.head), drawn(one.body), drawn(one.foot)) for one in found_pages]
    for number, (head, _, foot) in enumerate(pages, 1):
        running = document.first_head if number == 1 else document.head
        for name, blocks, found in ((HEAD, running, head), (FOOT, document.foot, foot)):
            wanted = _running(replace(document, body=blocks), number, len(pages))
            _differ(document, name.filled(number=number), unordered(wanted), unordered(found))
    labels = [label for one in drawings(document.body) for label in words_in(one.svg)]
    shown_there = "".join(map(drawn, labels))
    _differ(document, IN_PDF, shown_there, "".join(drawn(one.drawn) for one in found_pages))
    said = ""
    bodies = [body for _, body, _ in pages]
    for index, body in enumerate(bodies):
        said += body if index == 0 else _without_repeated_head(body, len(said), expected)
    if said != expected.text and not _follows(expected, bodies, said):
        _differ(document, PDF, unordered(expected.text), unordered(said))
    return extent


def _follows(expected: Printed, bodies: list[str], said: str) -> bool:
    """Do the pages hold what is ``expected``, rows dealt out over page ends? ``said``: all of it in their order.

    Words that run from right to left stand in another order there, and so may what stands beside them in a row: they
    must be there, and all else about them in its order.
    """
    if follows_split_rows(expected.text, expected.rows, expected.tables, bodies):
        return True
    if not (runs_to_the_left(expected.text) and is_turned(said, expected.text)):
        return False
    at = [0, *accumulate(bool(to_the_right(letter)) for letter in expected.text)]
    rows = [(at[start], tuple(map(to_the_right, cells))) for start, cells in expected.rows]
    tables = [(at[start], at[end], to_the_right(head)) for start, end, head in expected.tables]
    return follows_split_rows(to_the_right(expected.text), rows, tables, [*map(to_the_right, bodies)])


def _without_repeated_head(body: str, position: int, expected: Printed) -> str:
    for start, end, head in expected.tables:
        if head and start < position < end and body.startswith(head):
            return body[len(head) :]
    return body


def _running(document: Document, page: int, pages: int) -> str:
    """The text of a head or foot, the body of ``document``, on one page."""
    figures = {"page-number": str(page), "page-count": str(pages)}

    def figured(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(Text(figures[one.kind], document.lang) if isinstance(one, Field) else one for one in content)

    return drawn(rewrite(document, figured).text())
