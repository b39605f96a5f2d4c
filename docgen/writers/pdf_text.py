"""Read the text of a PDF's pages back with PDFium, heads and feet told apart by the margins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from docgen.layout.theme import Theme

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
            lowest = high
            for piece in page.get_objects(filter=[FPDF_PAGEOBJ_TEXT], textpage=text):
                left, bottom, right, top = piece.get_bounds()
                if left < 0 or bottom < 0 or right > width or top > height:
                    continue  # what hangs over the edge of the sheet is lost on paper
                middle = (bottom + top) / 2
                part = 0 if middle > high else 2 if middle < low else 1
                parts[part].append(piece.extract())
                if part == 1:
                    lowest = min(lowest, bottom)
            head, body, foot = map("".join, parts)
            yield PageText(head, body, foot, (high - lowest) / (high - low))
            text.close()
            page.close()


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()
