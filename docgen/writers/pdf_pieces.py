"""Look at the pieces of text that the PDF engine laid out, before it draws them: is one missing, hidden or covered?

Reading the PDF back finds all text that is drawn, wherever it lies. What only the layout tells is looked at here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from docgen.layout.theme import CodeField, Theme
from docgen.model.document import Document
from docgen.model.problems import Words
from docgen.writers.comparison import drawn
from docgen.writers.html import EVERYWHERE, NUMBER
from docgen.writers.pdf_text import SLACK as MARGIN_SLACK
from docgen.writers.printed import printed

SLACK = 1.5
"""Pixels that pieces may share, and by which they may reach over an edge: too little for a reader to miss anything."""
CORE = 0.45
"""So much of an em above the base line is ink in any script; what lies higher or lower may touch the next line."""
OPENING, CLOSING = "（《〈「『【〔“‘", "）》〉」』】〕”’，。、；：！？"
"""Signs of which one half, before or after, is blank in Chinese fonts; they may hang out of a line with it."""
SHOWN = 40
OVER_THE_EDGE = Words(
    "{piece} on page {page} of the PDF reaches over the edge of its room", "PDF第{page}页的{piece}超出了所在位置的边缘"
)
TOO_LONG = Words(
    "{piece} on page {page} of the PDF reaches over the edge of its room; heads and feet have only the margins: "
    "shorten the company's name (company_name in docgen.yaml) or the case number, or give a letterhead more room "
    "(letterhead.top in theme.yaml)",
    "PDF第{page}页的{piece}超出了页眉或页脚的位置，请缩短公司名称（docgen.yaml中的company_name）或个案编号，"
    "或为信头留出更多空间（theme.yaml中的letterhead.top）",
)
COVERED = Words(
    "{piece} and {other} on page {page} of the PDF are printed one over the other, as one of them has too little room",
    "PDF第{page}页的{piece}与{other}重叠，其中一处位置不足",
)
IN_A_FIELD = Words(
    "{piece} on page {page} of the PDF stands in a field of the page codes; margins and code_field in theme.yaml must "
    "leave them free",
    "PDF第{page}页的{piece}占用了页面二维码的位置，theme.yaml中的margins和code_field须为其留出空白",
)
MILLIMETRE = 96 / 25.4
"""In pixels."""

Room = tuple[float, float, float, float]
"""Left, top, right and bottom of the part of a page where a piece is seen and in its place."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text on one line: where its ink is sure to be, in pixels from the page's left upper corner."""

    text: str
    page: int
    left: float
    right: float
    top: float
    base: float
    room: Room
    own: bool
    """Is it the body's own text, no head, foot, or a table's head once more?"""
    running: bool = False
    """Is it of a head or foot?"""
    table: str = EVERYWHERE
    """The number of the table that it stands in."""


class Hidden(NamedTuple):
    """What a reader could not see, and the tables that it stands in, by their numbers."""

    words: Words
    tables: frozenset[str]


def pieces_of(laid_out: Any) -> list[Piece]:
    """All pieces of a document that WeasyPrint laid out, in the order of the source."""
    from weasyprint.formatting_structure.boxes import MarginBox, TableBox, TextBox

    found: list[Piece] = []
    begun: dict[Any, int] = {}  # the page on which each table begins, by the table's element
    for number, page in enumerate(laid_out.pages, 1):
        whole, top = page._page_box, page._page_box.content_box_y()
        for part in whole.children:
            running = isinstance(part, MarginBox)
            room = _margin(part, page.width) if running else (0, top, page.width, top + whole.height)
            boxes: list[tuple[Any, Room, bool, str]] = [(part, room, not running, EVERYWHERE)]
            while boxes:
                box, room, own, table = boxes.pop()
                if isinstance(box, TextBox):
                    found.append(_piece(box, number, room, own, running, table))
                    continue
                if isinstance(box, TableBox):
                    table = table or box.element.get(NUMBER, EVERYWHERE)
                inner = getattr(box, "children", ())
                if inner and box.style["overflow"] != "visible":
                    room = _within(room, box)
                again = isinstance(box, TableBox) and begun.setdefault(box.element, number) != number
                boxes += [(child, room, own and not (again and child.is_header), table) for child in reversed(inner)]
    return found


def _margin(box: Any, width: float) -> Room:
    """Of a head or foot: what reaches to the end of its margin would be read back as text of the body."""
    spared = MARGIN_SLACK * MILLIMETRE + SLACK
    return 0, box.padding_box_y() + spared, width, box.padding_box_y() + box.padding_height() - spared


def _within(room: Room, box: Any) -> Room:
    left, top = box.padding_box_x(), box.padding_box_y()
    right, bottom = left + box.padding_width(), top + box.padding_height()
    return max(room[0], left), max(room[1], top), min(room[2], right), min(room[3], bottom)


def _piece(box: Any, page: int, room: Room, own: bool, running: bool, table: str) -> Piece:
    """White space at its ends may lie anywhere; an em is the most that a blank takes."""
    text, size = box.text, box.style["font_size"]
    start, end = text.lstrip(), text.rstrip()
    before = len(text) - len(start) + 0.5 * start.startswith(tuple(OPENING))
    after = len(text) - len(end) + 0.5 * end.endswith(tuple(CLOSING))
    left, right, base = box.position_x, box.position_x + box.width, box.position_y + box.baseline
    ink = left + before * size, right - after * size, base - CORE * size, base
    return Piece(text, page, *ink, room, own, running, table)


def lost(pieces: Sequence[Piece], document: Document, theme: Theme) -> bool:
    """Did the engine leave out some of the body's text?"""
    found = Counter(drawn("".join([piece.text for piece in pieces if piece.own and _on_page(piece)])))
    return any(found[letter] < count for letter, count in Counter(printed(document, theme).text).items())


def faults(pieces: Sequence[Piece]) -> Iterator[Hidden]:
    """What a reader could not see: text over other text, or over the edge of the page or of what shows it."""
    for page, some in groupby(pieces, lambda piece: piece.page):
        shown = sorted((piece for piece in some if piece.right - piece.left > SLACK), key=lambda piece: piece.top)
        for piece in shown:
            if not _inside(piece):
                words = (TOO_LONG if piece.running else OVER_THE_EDGE).filled(piece=_quoted(piece), page=page)
                yield Hidden(words, frozenset((piece.table,)))
        for one, other in _covered(shown):
            words = COVERED.filled(piece=_quoted(one), other=_quoted(other), page=page)
            yield Hidden(words, frozenset((one.table, other.table)))


def in_fields(pieces: Sequence[Piece], laid_out: Any, field: CodeField) -> Iterator[Hidden]:
    """What stands where page codes are to be drawn, at the right edge of each page above and below."""
    size, side, edge = (length * MILLIMETRE for length in (field.size, field.from_side, field.from_edge))
    for piece in pieces:
        page = laid_out.pages[piece.page - 1]
        right = page.width - side
        if min(piece.right, right) - max(piece.left, right - size) <= SLACK:
            continue
        for top in (edge, page.height - edge - size):
            if min(piece.base, top + size) - max(piece.top, top) > SLACK:
                words = IN_A_FIELD.filled(piece=_quoted(piece), page=piece.page)
                yield Hidden(words, frozenset((piece.table,)))


def _on_page(piece: Piece) -> bool:
    return piece.room[1] - SLACK <= piece.top and piece.base <= piece.room[3] + SLACK


def _inside(piece: Piece) -> bool:
    return _on_page(piece) and piece.room[0] - SLACK <= piece.left and piece.right <= piece.room[2] + SLACK


def _covered(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Piece]]:
    """Pairs that lie over each other, of the pieces of a page from top to bottom."""
    beside: list[Piece] = []
    for piece in pieces:
        beside = [other for other in beside if other.base > piece.top]
        for other in beside:
            if min(piece.right, other.right) - max(piece.left, other.left) > SLACK:
                yield other, piece
        beside.append(piece)


def _quoted(piece: Piece) -> str:
    text = " ".join(piece.text.split())
    return repr(text if len(text) <= SHOWN else text[:SHOWN] + "…")
