"""Read pieces of text off a page's content stream, where it is as plain as the PDF engine writes it.

PDFium works out the outline of each character on a page, several times over, before it tells the text: that was most of
what reading back cost. Here only those operators are understood that matter to text lying straight on the page, and
those that don't touch text at all are passed over; wherever anything else stands, nothing is said, and PDFium reads the
page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from struct import unpack
from typing import Any, NamedTuple

from pikepdf import Name, Page, PdfError

from docgen.writers.direction import runs_to_the_left

DESCENT, ASCENT = -0.12, 0.88
"""Of an em: where letters end below and above the base line, nearly."""

_NUMERIC = b"0123456789.- "
_PLAIN = frozenset(
    b"m l c v y h re S s f f* F B B* b b* n W W* w J j M i rg RG g G k K sc SC scn SCN ET EMC BMC BDC".split()
)
"""Operators that touch no text: of paths, of colours, and those that end something or mark it for screen readers."""
_MARK = re.compile(
    rb"/[\w-]+|<</(?:MCID \d+|Type /Pagination)>>|(?:/[\w.-]+ (?:gs|cs|CS))?|\[[-\d. ]*\] [-\d.]+ d"
    rb"|(?:\d+ \d+ \d+ 1 re )+f"
)
"""Other lines that touch none: what a mark says, where it says no text, states, colour spaces, dashes, page codes."""
_CODES = re.compile(rb"<((?:[\da-f]{4})*)>")
_CHARACTERS = re.compile(rb"beginbfchar\n(.*?)endbfchar", re.DOTALL)
_CHARACTER = re.compile(rb"<([\da-f]{4})> <([\da-f]*)>\n")
_WIDTHS = re.compile(rb"(\d+) \[ ([\d. ]*)\] ")

_TURNING = frozenset(("/Rotate", "/CropBox", "/UserUnit"))

Matrix = tuple[float, float, float, float]
"""(a, d, e, f), as nothing is turned or slanted: x times a plus e, y times d plus f."""


FIGURE = b"/Figure"
_MARKING = frozenset((FIGURE, b"BMC", b"BDC", b"EMC"))


class Piece(NamedTuple):
    """A run of text, and where on the page it lies, in points."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    drawn: bool = False
    """Does it belong to a picture?"""


class Sheet(NamedTuple):
    """A page: its size in points, and its pieces of text in the order in which they are drawn."""

    width: float
    height: float
    pieces: list[Piece]


class Font(NamedTuple):
    """What its codes say, and how wide they are in thousandths of an em."""

    texts: Mapping[int, str]
    widths: Mapping[int, float]


NO_FONT = Font({}, {})


class _Strange(Exception):
    """Something that is not understood here."""


class Contents:
    """Reads the pages of one PDF; what they share is read once."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], dict[str, Font]] = {}
        self._idle = {b"", *_PLAIN}
        """Lines that touch no text; most come again and again."""

    def sheet(self, page: Page) -> Sheet | None:
        """The page, or None where it isn't plain enough."""
        try:
            left, bottom, width, height = map(float, page.obj.MediaBox)
            if left or bottom or _TURNING & page.obj.keys():
                return None
            made = Sheet(width, height, list(self._pieces(page)))
        except (_Strange, AttributeError, KeyError, IndexError, ValueError, TypeError, PdfError):
            return None  # what is expected isn't there, or is another thing
        # PDFium orders the letters of such words, and the comparison knows how it does.
        return None if any(runs_to_the_left(piece.text) for piece in made.pieces) else made

    def _pieces(self, page: Page) -> Iterator[Piece]:
        content, resources = page.obj.Contents.read_bytes(), page.obj.Resources
        fonts = self._fonts_of(resources)
        matrix: Matrix = (1.0, 1.0, 0.0, 0.0)
        kept: list[Matrix] = []
        text: Matrix | None = None
        font, size = NO_FONT, 0.0
        figure = 0
        for line in content.split(b"\n"):
            if line in _MARKING:
                figure = _marked(line, figure)
            if line in self._idle:
                continue
            operand, _, operator = line.rpartition(b" ")
            if operator in _PLAIN and not operand.translate(None, _NUMERIC):
                self._idle.add(line)
                continue
            match operator:
                case b"q" if not operand:
                    kept.append(matrix)
                case b"Q" if not operand:
                    matrix = kept.pop()
                case b"cm":
                    matrix = _within(operand, matrix)
                case b"BT" if not operand:
                    text = None
                case b"Tm":
                    text = _within(operand, matrix)
                case b"Tf":
                    name, points = operand.decode().split(" ")
                    font, size = fonts[name], float(points)
                case b"TJ" if text and text[0] > 0 and text[1] > 0 and size > 0:
                    words, width = _run(operand, font)
                    across, up, left, base = text
                    right = left + width * size / 1000 * across
                    yield Piece(words, left, base + DESCENT * size * up, right, base + ASCENT * size * up, figure > 0)
                    text = (across, up, right, base)
                case b"Do" if resources.XObject[operand.decode()].Subtype == Name.Image:
                    pass
                case _ if _MARK.fullmatch(line):
                    self._idle.add(line)
                case _:
                    raise _Strange

    def _fonts_of(self, resources: Any) -> dict[str, Font]:
        known = self._fonts.get(resources.objgen)
        if known is None or resources.objgen == (0, 0):
            known = {name: _font(font) for name, font in resources.Font.items()}
            self._fonts[resources.objgen] = known
        return known


def _marked(line: bytes, figure: int) -> int:
    """Where in a picture the line after ``line`` stands: 0 in none, 1 before it begins, 2 inside."""
    if line == FIGURE:
        return 1
    if line == b"EMC":
        return 0
    if figure == 2:  # what is marked inside would end it too early
        raise _Strange
    return 2 * figure


def _font(font: Any) -> Font:
    if font.Subtype != Name.Type0 or font.Encoding != Name("/Identity-H"):
        raise _Strange
    said = font.ToUnicode.read_bytes()
    if b"beginbfrange" in said:
        raise _Strange
    entries = [entry for block in _CHARACTERS.findall(said) for entry in _CHARACTER.findall(block)]
    texts = _unhexed(b"ffff".join(text for _, text in entries)).decode("utf-16-be").split("\uffff")
    widths: dict[int, float] = {}
    given = font.DescendantFonts[0].W.unparse()
    for first, some in _WIDTHS.findall(given):
        widths.update(enumerate(map(float, some.split()), int(first)))
    return Font(dict(zip(_codes(b"".join(code for code, _ in entries)), texts, strict=True)), widths)


def _unhexed(digits: bytes) -> bytes:
    return bytes.fromhex(digits.decode())


def _codes(digits: bytes) -> tuple[int, ...]:
    return unpack(f">{len(digits) // 4}H", _unhexed(digits))


def _within(operand: bytes, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = map(float, operand.split())
    if b or c:
        raise _Strange
    return a * outer[0], d * outer[1], e * outer[0] + outer[2], f * outer[1] + outer[3]


def _run(operand: bytes, font: Font) -> tuple[str, float]:
    """The text of a run, and its width in thousandths of an em."""
    if operand[:1] != b"[" or operand[-1:] != b"]":
        raise _Strange
    parts = _CODES.split(operand[1:-1])
    codes = _codes(b"".join(parts[1::2]))
    width = sum(map(font.widths.__getitem__, codes)) - sum(map(float, filter(None, parts[::2])))
    return "".join(map(font.texts.__getitem__, codes)), width
