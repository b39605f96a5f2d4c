"""The codes on the pages of a final document: what they say, and how they are drawn into a PDF before it is written."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from docgen.layout.theme import CodeField
from docgen.model.page_code import page_code

POINTS = 72 / 25.4
SHARE = 0.75
"""How much of its field's width a code takes: 15 mm of 20. What is left holds its quiet zone."""
QUIET = 4
"""Modules around a code that must stay white (ISO/IEC 18004)."""
MASK = 2
"""Of the eight patterns that a code may be laid under. To try them all takes five times as long and reads no better."""
PIXELS = 8
"""Of a picture, for each module: nobody has to guess where one ends. With one bit each, they are a byte."""

Modules = Sequence[bytearray]
"""The rows of a code from the top, without its quiet zone: 1 for each dark module, else 0."""


@dataclass(frozen=True, slots=True)
class Codes:
    """What the codes of a paper say; ``content``: the content hash of the document."""

    number: str
    revision: int
    content: str

    def text(self, page: int = 0, pages: int = 0) -> str:
        """That of one page; of a page that nobody knows, as in a Word file, with 0 of 0."""
        return str(page_code(self.number, self.revision, page, pages, self.content))


def modules_of(text: str) -> Modules:
    """The code that says ``text``: QR model 2, error level Q, version 2 (25 modules wide) for up to 29 characters."""
    import segno  # a command that makes nothing need not wait for it

    return segno.make_qr(text, error="q", mode="alphanumeric", mask=MASK, boost_error=False).matrix


def picture(code: Modules) -> bytes:
    """``code`` with its quiet zone as PNG, in black and white."""
    width = len(code) + 2 * QUIET
    white = b"\xff" * QUIET
    blank = [b"\0" + b"\xff" * width] * QUIET  # each line of a PNG begins with a byte that says how it is packed
    drawn = [b"\0" + white + bytes(0 if dark else 0xFF for dark in row) + white for row in code]
    pixels = b"".join(line * PIXELS for line in (*blank, *drawn, *blank))
    header = struct.pack(">IIBBBBB", width * PIXELS, width * PIXELS, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def draw(pdf: Any, codes: Codes, field: CodeField) -> None:
    """Draw two codes on each page of ``pdf``, a pydyf.PDF before it is written: at the right edge, above and below.

    They are drawn over all else, so nothing behind them can spoil them. Screen readers are told to pass them over.
    """
    pages = [one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/Page"]
    inset = (field.from_edge + field.size / 2) * POINTS
    for number, page in enumerate(pages, 1):
        _, low, right, high = page["TrimBox"]
        code = modules_of(codes.text(number, len(pages)))
        across = right - (field.from_side + field.size / 2) * POINTS
        drawings = [_drawing(code, field.size * SHARE * POINTS, across, up) for up in (high - inset, low + inset)]
        stream = pdf.objects[int(page["Contents"].split()[0])].stream
        # The engine turns the page upside down and leaves it so; between q and Q that ends with its own drawing.
        stream[:] = [b"q", *stream, b"Q", b"/Artifact", b"<</Type /Pagination>>", b"BDC", *drawings, b"EMC"]


def _drawing(code: Modules, side: float, across: float, up: float) -> bytes:
    """A code around a point, ``side`` points wide: white with its quiet zone, then all that is black as one shape.

    One shape, as edges that two shapes share may show as hair lines. A module is the unit, so the numbers are short.
    """
    count, module = len(code), side / len(code)
    black = "".join(f"{at} {count - line} {length} 1 re " for line, at, length in _runs(code))
    return "\n".join(
        (
            "q",
            f"{module:.5f} 0 0 {module:.5f} {across - side / 2:.3f} {up - side / 2:.3f} cm",
            "1 1 1 rg",
            f"{-QUIET} {-QUIET} {count + 2 * QUIET} {count + 2 * QUIET} re",
            "f",
            "0 0 0 rg",
            f"{black}f",
            "Q",
        )
    ).encode()


def _runs(code: Modules) -> Iterator[tuple[int, int, int]]:
    """The dark modules that touch each other in a row: in which row, from 1 at the top, from which column, how many."""
    for line, row in enumerate(code, 1):
        at = 0
        for dark, some in groupby(row):
            length = len(list(some))
            if dark:
                yield line, at, length
            at += length
