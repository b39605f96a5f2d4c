"""Read the text of a PDF's pages back, heads and feet told apart by the margins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdfium2
from pikepdf import Pdf, PdfError
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from docgen.layout.theme import Theme
from docgen.writers.pdf_content import Contents, Piece, Sheet

POINTS = 72 / 25.4
SLACK = 1.0
"""Millimetres that letters with marks above or below may reach into the margins."""


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says. ``filled``: the share of the room between the margins down to which its body reaches."""

    head: str
    body: str
    foot: str
    filled: float


def page_texts(pdf: bytes, theme: Theme) -> Iterator[PageText]:
    """The text of each page, piece by piece in the order in which it is drawn.

    A piece that reaches over an edge of the page is left out, as paper would.
    """
    margins = theme.page.margins
    for sheet in sheets(pdf):
        low, high = (margins.bottom - SLACK) * POINTS, sheet.height - (margins.top - SLACK) * POINTS
        parts: tuple[list[str], list[str], list[str]] = ([], [], [])
        lowest = high
        for piece in sheet.pieces:
            if piece.left < 0 or piece.bottom < 0 or piece.right > sheet.width or piece.top > sheet.height:
                continue  # what hangs over the edge of the sheet is lost on paper
            middle = (piece.bottom + piece.top) / 2
            part = 0 if middle > high else 2 if middle < low else 1
            parts[part].append(piece.text)
            if part == 1:
                lowest = min(lowest, piece.bottom)
        head, body, foot = map("".join, parts)
        yield PageText(head, body, foot, (high - lowest) / (high - low))


def sheets(pdf: bytes) -> list[Sheet]:
    """The pages with their pieces of text: from the content streams where these are plain, else as PDFium has them."""
    try:
        with Pdf.open(BytesIO(pdf)) as source:
            contents = Contents()
            found = [contents.sheet(page) for page in source.pages]
            if source.get_warnings():  # it was mended, and a viewer might do so otherwise
                found = []
    except PdfError:
        found = []
    if found and all(found):
        return [sheet for sheet in found if sheet]
    with _opened(pdf) as document:
        return [known or _seen(document[index]) for index, known in enumerate(found or [None] * len(document))]


def seen_sheets(pdf: bytes) -> list[Sheet]:
    """The pages as PDFium has them, whoever made the file."""
    with _opened(pdf) as document:
        return [_seen(document[index]) for index in range(len(document))]


def _seen(page: Any) -> Sheet:
    """A page as PDFium has it, piece by piece.

    Its reading of the whole page puts pieces that seem to share a line in order from left to right, and is wrong about
    lines where a glyph is wide (a dash of three ems) or where cells that begin in different rows end together.
    """
    text = page.get_textpage()
    objects = page.get_objects(filter=[FPDF_PAGEOBJ_TEXT], textpage=text)
    width, height = page.get_size()
    return Sheet(width, height, [Piece(one.extract(), *one.get_bounds()) for one in objects])


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()
