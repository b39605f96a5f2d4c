"""Documents from a few lines of markup, written as PDF and Word, and read back by other means than docgen's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any

import pypdfium2

from docgen.layout.markup import read_markup
from docgen.layout.sets import TemplateSet, load_set
from docgen.model.document import Document, Language
from docgen.writers.parity import check_parity
from docgen.writers.pdf import PdfWriter
from docgen.writers.properties import Properties
from docgen.writers.word import write_docx
from tests.writers.word_help import package

PROPERTIES = Properties("Plan", "Example Ltd", date(2026, 1, 5), "abc123", "en", "S1-202601-P")
POINTS = 72 / 25.4


@cache
def templates() -> TemplateSet:
    return load_set()


@cache
def writer() -> PdfWriter:
    return PdfWriter(templates())


def tree(markup: str, lang: Language = "en", *, landscape: bool = False) -> Document:
    return read_markup(markup, title="Plan", lang=lang, landscape=landscape)


def pdf(document: Document) -> bytes:
    return writer().write(document, PROPERTIES)


def docx(document: Document) -> bytes:
    return write_docx(document, package(document.lang), PROPERTIES)


def prove(document: Document) -> bytes:
    """Write both files, prove them alike and return the PDF."""
    made = pdf(document)
    check_parity(document, templates().theme, docx(document), made)
    return made


@contextmanager
def opened(content: bytes) -> Iterator[Any]:
    """The PDF, opened with PDFium."""
    found = pypdfium2.PdfDocument(content)
    try:
        yield found
    finally:
        found.close()


def page_texts(content: bytes) -> list[str]:
    with opened(content) as found:
        return [page.get_textpage().get_text_range() for page in found]


def table(rows: str, columns: int, head: str = "", role: str = "") -> str:
    """A table of markup from its rows."""
    cols = '<col width="1"/>' * columns
    thead = f"<thead>{head}</thead>" if head else ""
    named = f' class="{role}"' if role else ""
    return f"<table{named}><colgroup>{cols}</colgroup>{thead}<tbody>{rows}</tbody></table>"


def row(*cells: str, tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"
