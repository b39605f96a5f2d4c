"""Prove that both files say what the tree says: read them back and compare text with text.

Text is compared without white space, in NFC, without characters that no page shows. The body must be equal as a
sequence. What the PDF says beyond it must be exactly the heads and feet of so many pages, the markers of its lists, and
the heads of the tables that run on over a page end; Word keeps heads and feet in parts of their own and counts its
lists itself.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import assert_never

import pypdfium2
from lxml import etree

from docgen.errors import DocumentError
from docgen.layout.theme import Theme
from docgen.model.document import (
    Block,
    Document,
    Field,
    Heading,
    Listing,
    Paragraph,
    Rule,
    Section,
    Table,
    Text,
    lines,
    plain,
)
from docgen.writers.markers import marker
from docgen.writers.split_rows import follows_split_rows

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
POINTS = 72 / 25.4
LINE_END_HYPHEN = "\x02"
HYPHENS = "-\u2010\u2011\u00ad"
SHOWN = 30

_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
# Radicals and compatibility forms may share a glyph with the plain character; a PDF then knows one of the two only.
_SHARED_GLYPHS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\u00b5\u2126\u2010\u2011]")


def bare(text: str) -> str:
    """What of ``text`` counts in a comparison."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def check_parity(document: Document, theme: Theme, docx: bytes | None, pdf: bytes | None) -> None:
    """Compare each file with the tree.

    Raises:
        DocumentError: a file says something else; the text shows where they part.
    """
    if docx is not None:
        _check_word(document, docx)
    if pdf is not None:
        _check_pdf(document, theme, pdf)


def _differ(document: Document, where: str, expected: str, found: str) -> None:
    if expected == found:
        return
    shorter = min(len(expected), len(found))
    at = next((index for index in range(shorter) if expected[index] != found[index]), shorter)
    start = max(0, at - SHOWN // 2)
    raise DocumentError(
        f"{document.title}: {where} does not say what the document says: expected "
        f"…{expected[start : at + SHOWN]!r}…, found …{found[start : at + SHOWN]!r}…"
    )


def _check_word(document: Document, docx: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        _differ(document, "Word", bare(document.text()), bare(_word_text(package.read("word/document.xml"))))
        found = sorted(
            bare(_word_text(package.read(name)))
            for name in package.namelist()
            if re.fullmatch(r"word/(header|footer)\d*\.xml", name)
        )
    expected = [bare("\n".join(lines(part))) for part in (document.first_head, document.head, document.foot)]
    missing = [text for text in expected if text and text not in found]
    strange = [text for text in found if text and text not in expected]
    _differ(document, "Word's head or foot", "|".join(missing), "|".join(strange))


def _word_text(xml: bytes) -> str:
    """The text of a part in order, without the results of its fields."""
    parts: list[str] = []
    in_result = False
    root = etree.fromstring(xml)
    for field_result in root.iter(f"{W}fldSimple"):
        field_result.clear()
    for element in root.iter(f"{W}t", f"{W}fldChar", f"{W}p", f"{W}br", f"{W}tab"):
        match element.tag.removeprefix(W):
            case "fldChar":
                in_result = element.get(f"{W}fldCharType") == "separate"
            case "t" if not in_result:
                parts.append(element.text or "")
            case "p" | "br" | "tab":
                parts.append("\n")
    return "".join(parts)


@dataclass(slots=True)
class Printed:
    """The body as a PDF prints it: its text with list markers, and where the rows of its tables stand in it."""

    text: str = ""
    tables: list[tuple[int, int, str]] = field(default_factory=list)
    """Start and end of a table's rows, and the head that is repeated."""
    rows: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    """Start of a row, and its cells' texts."""


def printed(document: Document, mark: Callable[[bool, int, int], str]) -> Printed:
    made = Printed()

    def walk(blocks: tuple[Block, ...], depth: int, lead: str) -> Iterator[str]:
        for block in blocks:
            match block:
                case Paragraph() | Heading():
                    yield lead + plain(block.content)
                case Listing():
                    for number, item in enumerate(block.items, 1):
                        yield from walk(item, depth + 1, mark(block.ordered, depth, number))
                case Section():
                    yield from walk(block.blocks, depth, "")
                case Table():
                    table(block)
                case Rule():
                    pass
                case _:
                    assert_never(block)
            lead = ""

    def add(blocks: tuple[Block, ...], depth: int = 0) -> None:
        for text in walk(blocks, depth, ""):
            made.text += bare(text)

    def table(block: Table) -> None:
        made.text += bare(plain(block.caption))
        head = ""
        for row in block.head:
            head += "".join(_cell(cell.blocks) for cell in row.cells)
        made.text += head
        start = len(made.text)
        for row in block.body:
            made.rows.append((len(made.text), tuple(_cell(cell.blocks) for cell in row.cells)))
            made.text += "".join(made.rows[-1][1])
        made.tables.append((start, len(made.text), head))

    def _cell(blocks: tuple[Block, ...]) -> str:
        return "".join(bare(text) for text in walk(blocks, 0, ""))

    add(document.body)
    return made


def _check_pdf(document: Document, theme: Theme, pdf: bytes) -> None:
    expected = printed(document, lambda ordered, depth, number: marker(theme, document.lang, ordered, depth, number))
    pages = list(_pages(pdf, theme))
    for number, (head, _, foot) in enumerate(pages, 1):
        running = document.first_head if number == 1 else document.head
        _differ(document, f"the head of PDF page {number}", _running(running, number, len(pages)), bare(head))
        _differ(document, f"the foot of PDF page {number}", _running(document.foot, number, len(pages)), bare(foot))
    found = ""
    bodies = [bare(body) for _, body, _ in pages]
    for index, body in enumerate(bodies):
        found += bodies[index] if index == 0 else _without_repeated_head(body, len(found), expected)
    found = _healed(found, expected.text)
    if found != expected.text and follows_split_rows(expected.text, expected.rows, expected.tables, bodies):
        return
    _differ(document, "the PDF", expected.text, found)


def _without_repeated_head(body: str, position: int, expected: Printed) -> str:
    for start, end, head in expected.tables:
        if head and start < position < end and body.startswith(head):
            return body[len(head) :]
    return body


def _running(blocks: tuple[Block, ...], page: int, pages: int) -> str:
    """The text of a head or foot on one page."""
    figures = {"page-number": str(page), "page-count": str(pages)}
    parts = []
    for block in blocks:
        for inline in block.content if isinstance(block, Paragraph | Heading) else ():
            match inline:
                case Field():
                    parts.append(figures[inline.kind])
                case Text():
                    parts.append(inline.text)
    return bare("".join(parts))


def _healed(found: str, expected: str) -> str:
    """PDFium gives a hyphen at a line end as U+0002, and one of two characters that share a glyph: take the tree's."""
    if LINE_END_HYPHEN not in found and not _SHARED_GLYPHS.search(expected) and not _SHARED_GLYPHS.search(found):
        return found
    healed = []
    for have, want in zip(found, expected, strict=False):
        hyphen = have == LINE_END_HYPHEN and want in HYPHENS
        shared = have != want and unicodedata.normalize("NFKC", have) == unicodedata.normalize("NFKC", want)
        healed.append(want if hyphen or (shared and _SHARED_GLYPHS.search(have + want)) else have)
    return "".join(healed) + found[len(healed) :]


def _pages(pdf: bytes, theme: Theme) -> Iterator[tuple[str, str, str]]:
    """Head, body and foot of each page, told apart by the margins."""
    margins = theme.page.margins
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            width, height = page.get_size()
            low, high = margins.bottom * POINTS, height - margins.top * POINTS
            text = page.get_textpage()
            yield (
                text.get_text_bounded(0, high, width, height),
                text.get_text_bounded(0, low, width, high),
                text.get_text_bounded(0, 0, width, low),
            )
            text.close()
            page.close()
    finally:
        document.close()
