"""Words cut in two by the end of a line in a table's column: a wide font or large letters leave it too little room."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from docgen.layout.first_page import Opening, first_page
from docgen.layout.theme import Theme
from docgen.model.document import Block, Cell, Document, Listing, Section, Table, contents, plain
from docgen.model.problems import Severity, Words
from docgen.proofs.tree_faults import Fault, quoted
from docgen.writers.columns import placed
from docgen.writers.comparison import drawn
from docgen.writers.pdf_content import Piece
from docgen.writers.pdf_text import POINTS, SLACK, sheets
from docgen.writers.printed import Printed, printed

SAME_LINE = 2.0
"""Points by which the base lines of one line of text may differ."""
_LETTER = "[^\\W_\u2e80-\U0010ffff]"
WORD = re.compile(rf"{_LETTER}+(?:[.,'’]{_LETTER}+)*")
"""Letters and digits that belong together; behind a hyphen or a stroke a line may end."""

CUT = Words(
    "the word {word} is cut by the end of a line in column {number}{head} of the table.",
    "表格第 {number} 列{head}中的单词{word}在行末被截成两段。",
)
CUT_IN_WORD = Words(
    "in Word, with the font {font}, the word {word} is cut by the end of a line in column {number}{head} of the table.",
    "在 Word 中（字体 {font}），表格第 {number} 列{head}中的单词{word}在行末被截成两段。",
)
HEAD = Words(" ({head})", "（{head}）")
CUT_FIX = Words(
    "Name a narrower font or a smaller size in theme.yaml (fonts, sizes.table), or give its <col> more width.",
    "请在 theme.yaml 中改用较窄的字体或较小的字号（fonts、sizes.table），或加宽该列的 <col>。",
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell, and where its drawn text begins in the body's."""

    at: int
    table: Table
    column: int
    cell: Cell


def broken_words(document: Document, theme: Theme, pdf: bytes, opening: Opening, font: str = "") -> Iterator[Fault]:
    """The words that ``pdf`` cuts in the columns of tables, one a column.

    Args:
        font: the one in which Word is to show the document, where ``pdf`` is a print of that.
    """
    made = printed(document, theme)
    cuts = line_ends(made, [*bodies(pdf, theme, opening)])
    told: set[tuple[str, int]] = set()
    for spot in spots(document, made):
        mark = spot.table.place, spot.column
        if mark in told:
            continue
        for start, word in words(spot, made.text):
            if any(start < cut < start + len(drawn(word)) for cut in cuts):
                told.add(mark)
                yield _fault(spot, word, font)
                break


def _fault(spot: Spot, word: str, font: str) -> Fault:
    head = " ".join(
        plain(content)
        for column, cell in placed(spot.table.head, len(spot.table.columns))
        if column == spot.column
        for content in contents(cell.blocks)
    )
    names = {"word": quoted(word), "number": spot.column + 1, "font": font}
    names["head"] = HEAD.filled(head=quoted(head)) if head else Words("", "")
    said = (CUT_IN_WORD if font else CUT).filled(**names)
    return Fault(spot.table.place, "cut-word", Severity.WARNING, said, CUT_FIX, f"column {spot.column} {font}")


def bodies(pdf: bytes, theme: Theme, opening: Opening) -> Iterator[list[Piece]]:
    """The pieces of each page between its head and its foot, but for those of pictures."""
    for number, sheet in enumerate(sheets(pdf)):
        room = first_page(theme, "plain" if number else opening)
        low, high = (room.bottom - SLACK) * POINTS, sheet.height - (room.top - SLACK) * POINTS
        yield [one for one in sheet.pieces if not one.drawn and low <= (one.bottom + one.top) / 2 <= high]


def line_ends(made: Printed, pages: Sequence[Sequence[Piece]]) -> set[int]:
    """Where in the text of the body a line ends, as far as the pages say it in its order."""
    found: set[int] = set()
    at = 0
    for pieces in pages:
        here = "".join(drawn(piece.text) for piece in pieces)
        heads = [head for start, end, head in made.tables if start < at < end]
        skipped = next((len(head) for head in heads if here.startswith(head)), 0)
        below = float("inf")
        for piece in pieces:
            said = drawn(piece.text)
            if skipped >= len(said) > 0:  # the head of a table that goes on, once more
                skipped -= len(said)
                continue
            if abs(piece.bottom - below) > SAME_LINE and made.text.startswith(said, at):
                found.add(at)
            at, below = at + len(said), piece.bottom
    return found


def spots(document: Document, made: Printed) -> Iterator[Spot]:
    """The cells of all tables but those within cells, each with its place in the text."""
    rows = iter(made.rows)
    for table, (start, _, head) in zip(tables(document.body), made.tables, strict=True):
        at = start - len(head)
        for column, cell in placed(table.head, len(table.columns)):
            yield Spot(at, table, column, cell)
            at += sum(len(drawn(plain(content))) for content in contents(cell.blocks))
        texts = chain.from_iterable(next(rows)[1] for _ in table.body)
        at = start
        for (column, cell), text in zip(placed(table.body, len(table.columns)), texts, strict=True):
            yield Spot(at, table, column, cell)
            at += len(text)


def tables(blocks: Sequence[Block]) -> Iterator[Table]:
    for block in blocks:
        match block:
            case Table():
                yield block
            case Section():
                yield from tables(block.blocks)
            case Listing():
                for item in block.items:
                    yield from tables(item)


def words(spot: Spot, text: str) -> Iterator[tuple[int, str]]:
    """The words of a cell and where they begin in ``text``, as far as they are found there."""
    at = spot.at
    for content in contents(spot.cell.blocks):
        said = plain(content)
        for found in WORD.finditer(said):
            start = at + len(drawn(said[: found.start()]))
            if len(found[0]) > 1 and text.startswith(drawn(found[0]), start):
                yield start, found[0]
        at += len(drawn(said))
