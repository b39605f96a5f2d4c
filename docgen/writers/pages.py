"""The pages of a PDF as pictures, to look at."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pypdfium2

POINTS_AN_INCH = 72
PACKING = 1
"""Pages packed harder take twice as long and come out no smaller."""


def page_count(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def page_pictures(pdf: bytes, dpi: int) -> Iterator[bytes]:
    """Each page as PNG."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            png = BytesIO()
            page.render(scale=dpi / POINTS_AN_INCH).to_pil().save(png, "PNG", compress_level=PACKING)
            yield png.getvalue()
    finally:
        document.close()
