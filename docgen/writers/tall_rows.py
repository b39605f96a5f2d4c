"""Tell which rows of a table may need so much of a page that they must be let break over pages."""

from __future__ import annotations

import math
from collections.abc import Iterator

from docgen.layout.theme import Theme
from docgen.model.document import Block, Cell, Listing, Row, Section, Table, lines

TALL = 0.4
"""So much of a text area's height. A row that fits on no page costs a table its head; one that nearly does, a page."""
POINT = 25.4 / 72
LINE_HEIGHT = 1.3
LATIN, HAN = 0.55, 1.0
"""Widths of characters in ems, rather too wide than too narrow."""


def tall_rows(table: Table, theme: Theme, *, landscape: bool) -> list[bool]:
    """For each row of the body: may it need more than so much of a page? An estimate from the lengths of its texts."""
    margins, em = theme.page.margins, theme.sizes["table"] * POINT
    across, down = (theme.page.height, theme.page.width) if landscape else (theme.page.width, theme.page.height)
    most = TALL * (down - margins.top - margins.bottom) / (em * LINE_HEIGHT)
    percent = (across - margins.left - margins.right) / em / 100
    padding = 2 * theme.table.padding_x / em
    widths = [column.width for column in table.columns]
    if any(cell.rowspan > 1 for row in table.body for cell in row.cells):
        widths = [min(widths)] * len(widths)  # the least that a cell can have, wherever those from above push it
    indent = theme.lists.indent / em
    return [
        any(_lines(cell.blocks, share * percent - padding, indent) > most for cell, share in _shares(row, widths))
        for row in table.body
    ]


def _shares(row: Row, widths: list[float]) -> Iterator[tuple[Cell, float]]:
    at = 0
    for cell in row.cells:
        yield cell, sum(widths[at : at + cell.colspan])
        at += cell.colspan


def _lines(blocks: tuple[Block, ...], room: float, indent: float) -> int:
    """How many lines of ``room`` ems the texts of a cell fill; those of a list stand ``indent`` ems further in."""
    count = 0
    for block in blocks:
        match block:
            case Listing():
                count += sum(max(_lines(item, room - indent, indent), 1) for item in block.items)
            case Section():
                count += _lines(block.blocks, room, indent)
            case _:
                texts = (line for text in lines((block,)) for line in text.split("\n"))
                count += sum(math.ceil(_ems(text) / max(room, 1.0)) for text in texts)
    return count


def _ems(text: str) -> float:
    return sum(HAN if ord(character) > 0x2E7F else LATIN for character in text)
