"""The codes on the pages of a final document: what they say, and how they are drawn into a PDF before it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from docgen.errors import DocumentError
from docgen.layout.theme import CodeField
from docgen.model.page_code import MOST, page_code
from docgen.model.problems import Words

if TYPE_CHECKING:
    import segno

POINTS = 72 / 25.4
SHARE = 0.75
"""How much of its field's width a code takes: 15 mm of 20. What is left holds its quiet zone."""
QUIET = 4
"""Modules around a code that must stay white (ISO/IEC 18004)."""
MASK = 2
"""Of the eight patterns that a code may be laid under. To try them all takes five times as long and reads no better."""
PIXELS = 8
"""Of a picture, for each module: nobody has to guess where one ends."""
TOO_FAR = Words(
    "{number}: revision {revision} with {pages} pages can't be issued, as page codes count to {most}; begin a case "
    "with a new number, or shorten its texts",
    "{number}：第{revision}版共{pages}页，无法签发，因为页面二维码最多计到{most}；请以新编号另立个案，或精简内容",
)

Modules = Sequence[bytearray]
"""The rows of a code from the top, without its quiet zone: 1 for each dark module, else 0."""


@dataclass(frozen=True, slots=True)
class Codes:
    """What the codes of a paper say; ``content``: the content hash of the document."""

    number: str
    revision: int
    content: str

    def text(self, page: int = 0, pages: int = 0) -> str:
        """That of one page; of a page that nobody knows, as in a Word file, with 0 of 0.

        Raises:
            DocumentError: it would be a code that no pile is filed by, as it counts too far.
        """
        if max(self.revision, pages) > MOST:
            raise DocumentError(TOO_FAR.filled(number=self.number, revision=self.revision, pages=pages, most=MOST))
        return str(page_code(self.number, self.revision, page, pages, self.content))


def code_of(text: str) -> segno.QRCode:
    """The code that says ``text``: QR model 2, error level Q, version 2 (25 modules wide) for up to 29 characters."""
    import segno  # a command that makes nothing need not wait for it

    return segno.make_qr(text, error="q", mode="alphanumeric", mask=MASK, boost_error=False)


def picture(code: segno.QRCode) -> bytes:
    """``code`` with its quiet zone as PNG, in black and white."""
    made = BytesIO()
    code.save(made, kind="png", scale=PIXELS, border=QUIET)
    return made.getvalue()


def draw(pdf: Any, codes: Codes, field: CodeField) -> None:
    """Draw two codes on each page of ``pdf``, a pydyf.PDF before it is written: at the right edge, above and below.

    They are drawn over all else, so nothing behind them can spoil them. Screen readers are told to pass them over.
    """
    pages = [one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/Page"]
    for number, page in enumerate(pages, 1):
        _, low, right, high = page["TrimBox"]
        drawings = drawings_of(code_of(codes.text(number, len(pages))).matrix, field, right, low, high)
        stream = pdf.objects[int(page["Contents"].split()[0])].stream
        # The engine turns the page upside down and leaves it so; between q and Q that ends with its own drawing.
        stream[:] = [b"q", *stream, b"Q", b"/Artifact", b"<</Type /Pagination>>", b"BDC", *drawings, b"EMC"]


def drawings_of(code: Modules, field: CodeField, right: float, low: float, high: float) -> list[bytes]:
    """The code at the right edge of a page, above and below; its edges in points."""
    inset = (field.from_edge + field.size / 2) * POINTS
    across = right - (field.from_side + field.size / 2) * POINTS
    return [_drawing(code, field.size * SHARE * POINTS, across, up) for up in (high - inset, low + inset)]


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
