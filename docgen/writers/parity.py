"""Prove that both files say what the tree says: read them back and compare text with text.

Text is compared without white space, in NFC, without characters that no page shows; in a PDF, characters that share a
glyph count as one. The body must be equal as a sequence. What the PDF says beyond it must be exactly the heads and feet
of so many pages, the markers of its lists, and the heads of the tables that run on over a page end; Word keeps heads
and feet in parts of their own and counts its lists itself.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import assert_never

import pypdfium2
from lxml import etree

from docgen.errors import DocumentError
from docgen.layout.theme import Theme
from docgen.model.document import (
    Block,
    Cell,
    Document,
    Field,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Rule,
    Section,
    Table,
    Text,
    lines,
    plain,
)
from docgen.model.rewrite import rewrite
from docgen.writers.markers import marker
from docgen.writers.split_rows import follows_split_rows

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
POINTS = 72 / 25.4
SHOWN = 30
SLACK = 1.0
"""Millimetres that letters with marks above or below may reach into the margins."""

_UNSEEN = re.compile(r"[\s\u00ad\u034f\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u2069\u2800\u3164\ufeff\uffa0]+")
# A PDF knows one character a glyph. Radicals, ligatures and compatibility forms may share theirs with plain characters
# (some radicals only with each other); PDFium gives a hyphen at a line end as U+0002.
_SHARED_GLYPHS = re.compile("[\u00b5\u2126\u2e80-\u2fdf\uf900-\ufb4f]")
_ALIKE = str.maketrans("\x02\u2010\u2011⺐⺓⺫⻑⻝⻤➊➋➌➍➎➏➐➑➒➓", "---尢幺⺲長食鬼❶❷❸❹❺❻❼❽❾❿")


def bare(text: str) -> str:
    """What of ``text`` counts in a comparison."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def drawn(text: str) -> str:
    """What of ``text`` the glyphs of a PDF can tell."""
    return _SHARED_GLYPHS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), bare(text)).translate(_ALIKE)


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

    def walk(blocks: tuple[Block, ...], depth: int, lead: str = "", in_cell: bool = False) -> Iterator[str]:
        for block in blocks:
            match block:
                case Paragraph() | Heading():
                    yield lead + plain(block.content)
                case Listing():
                    for number, item in enumerate(block.items, 1):
                        sign = mark(block.ordered, depth, number)
                        led = bool(item) and isinstance(item[0], Paragraph | Heading)
                        if not led:
                            yield sign
                        yield from walk(item, depth + 1, sign if led else "", in_cell)
                case Section():
                    yield from walk(block.blocks, depth, "", in_cell)
                case Table() if in_cell:
                    yield plain(block.caption)
                    for row in block.head + block.body:
                        for cell in row.cells:
                            yield from walk(cell.blocks, 0, "", in_cell)
                case Table():
                    table(block)
                case Rule():
                    pass
                case _:
                    assert_never(block)
            lead = ""

    def table(block: Table) -> None:
        made.text += drawn(plain(block.caption))
        head = "".join(_cell(cell) for row in block.head for cell in row.cells)
        made.text += head
        start = len(made.text)
        for row in block.body:
            made.rows.append((len(made.text), tuple(_cell(cell) for cell in row.cells)))
            made.text += "".join(made.rows[-1][1])
        made.tables.append((start, len(made.text), head))

    def _cell(cell: Cell) -> str:
        return "".join(drawn(text) for text in walk(cell.blocks, 0, "", in_cell=True))

    for text in walk(document.body, 0):
        made.text += drawn(text)
    return made


def _check_pdf(document: Document, theme: Theme, pdf: bytes) -> None:
    expected = printed(document, lambda ordered, depth, number: marker(theme, document.lang, ordered, depth, number))
    pages = [(drawn(head), drawn(body), drawn(foot)) for head, body, foot in _pages(pdf, theme)]
    for number, (head, _, foot) in enumerate(pages, 1):
        running = document.first_head if number == 1 else document.head
        for name, blocks, found in (("head", running, head), ("foot", document.foot, foot)):
            wanted = _running(replace(document, body=blocks), number, len(pages))
            _differ(document, f"the {name} of PDF page {number}", wanted, found)
    said = ""
    bodies = [body for _, body, _ in pages]
    for index, body in enumerate(bodies):
        said += body if index == 0 else _without_repeated_head(body, len(said), expected)
    if said != expected.text and follows_split_rows(expected.text, expected.rows, expected.tables, bodies):
        return
    _differ(document, "the PDF", expected.text, said)


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


def _pages(pdf: bytes, theme: Theme) -> Iterator[tuple[str, str, str]]:
    """Head, body and foot of each page, told apart by the margins."""
    margins = theme.page.margins
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            width, height = page.get_size()
            low, high = (margins.bottom - SLACK) * POINTS, height - (margins.top - SLACK) * POINTS
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
