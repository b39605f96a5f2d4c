"""Read the text of a PDF's pages back with PDFium, heads and feet told apart by the margins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from docgen.layout.theme import Theme

POINTS = 72 / 25.4
SLACK = 1.0
"""Millimetres that letters with marks above or below may reach into the margins."""

PageText = tuple[str, str, str]
"""Head, body and foot of a page."""


def page_texts(pdf: bytes, theme: Theme) -> Iterator[PageText]:
    """The text of each page, piece by piece in the order in which it is drawn.

    PDFium's own reading puts pieces that seem to share a line in order from left to right, and is wrong about lines
    where a glyph is wide (a dash of three ems) or where cells that begin in different rows end together. A piece that
    reaches over an edge of the page is left out, as paper would.
    """
    margins = theme.page.margins
    with _opened(pdf) as document:
        for page in document:
            text = page.get_textpage()
            width, height = page.get_size()
            low, high = (margins.bottom - SLACK) * POINTS, height - (margins.top - SLACK) * POINTS
            parts: tuple[list[str], list[str], list[str]] = ([], [], [])
            for piece in page.get_objects(filter=[FPDF_PAGEOBJ_TEXT], textpage=text):
                left, bottom, right, top = piece.get_bounds()
                if left < 0 or bottom < 0 or right > width or top > height:
                    continue  # what hangs over the edge of the sheet is lost on paper
                middle = (bottom + top) / 2
                parts[0 if middle > high else 2 if middle < low else 1].append(piece.extract())
            head, body, foot = map("".join, parts)
            yield head, body, foot
            text.close()
            page.close()


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()
