"""Tell where a table may break over pages: rows too tall for one, and rows that must not part from their neighbours."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from docgen.layout.theme import Looks, Theme
from docgen.model.document import Block, Cell, Listing, Paragraph, Row, Section, Table, lines, plain

TALL = 0.4
"""So much of a text area's height. A row that fits on no page costs a table its head; one that nearly does, a page."""
POINT = 25.4 / 72
LINE_HEIGHT = 1.3
FEW = 3
"""So many lines of a table that breaks stand before the page's end at least: a head and one short row are no table."""
REST = 2
"""And so many after it, below the repeated head."""
LATIN, HAN = 0.55, 1.0
"""Widths of characters in ems, rather too wide than too narrow."""
WIDE = re.compile("[\u2e80-\U0010ffff]")


def tall_rows(table: Table, theme: Theme, *, landscape: bool) -> list[bool]:
    """For each row of the body: may it need more than so much of a page? An estimate from the lengths of its texts."""
    margins, page = theme.page.margins, theme.page
    down = (page.width if landscape else page.height) - margins.top - margins.bottom
    most = TALL * down / (theme.sizes["table"] * POINT * LINE_HEIGHT)
    width = text_width(theme, landscape=landscape)
    return [count > most for count in _row_lines(table, table.body, theme, width)]


def held_rows(table: Table, theme: Theme, looks: Looks, width: float) -> list[bool]:
    """For each row of the body of a table ``width`` millimetres wide: must the next stand on the same page?

    A table of few lines stays whole; a longer one breaks where a few lines of it stand before and after.
    """
    rows = len(table.body)
    last = rows - 1
    near = [index for index in range(rows) if index < FEW or index > last - REST or rows <= theme.short_table]
    heights = [1] * rows  # at least; what stands in the middle of a long table needs no closer look
    for index, count in zip(near, _row_lines(table, [table.body[index] for index in near], theme, width), strict=True):
        heights[index] = max(count, _lines_by_hand(table.body[index], table, theme, looks))
    if sum(heights) <= theme.short_table:
        return [index < last for index in range(rows)]
    before, after = list(accumulate(heights)), list(accumulate(reversed(heights)))
    return [index < last and (before[index] < FEW or after[last - index - 1] < REST) for index in range(rows)]


def text_width(theme: Theme, *, landscape: bool) -> float:
    """Millimetres between the margins."""
    page = theme.page
    return (page.height if landscape else page.width) - page.margins.left - page.margins.right


def _row_lines(table: Table, rows: Sequence[Row], theme: Theme, width: float) -> list[int]:
    """How many lines each of ``rows`` of the body needs, rather too many than too few."""
    em = theme.sizes["table"] * POINT
    percent, padding, indent = width / em / 100, 2 * theme.table.padding_x / em, theme.lists.indent / em
    widths = [column.width for column in table.columns]
    if any(cell.rowspan > 1 for row in table.body for cell in row.cells):
        widths = [min(widths)] * len(widths)  # the least that a cell can have, wherever those from above push it
    return [
        max((_lines(cell.blocks, share * percent - padding, indent) for cell, share in _shares(row, widths)), default=1)
        for row in rows
    ]


def _lines_by_hand(row: Row, table: Table, theme: Theme, looks: Looks) -> int:
    """The lines that a row is high because of its role or its table's."""
    if not row.role and not table.role:
        return 1
    height = max(looks.role(role, table.place).row_height or 0 for role in (row.role, table.role))
    return max(1, round(height / (theme.sizes["table"] * POINT * LINE_HEIGHT)))


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
            case Paragraph():
                count += _height(plain(block.content), room)
            case Listing():
                count += sum(max(_lines(item, room - indent, indent), 1) for item in block.items)
            case Section():
                count += _lines(block.blocks, room, indent)
            case _:
                count += sum(_height(text, room) for text in lines((block,)))
    return count


def _height(text: str, room: float) -> int:
    if not text:
        return 0
    if len(text) * HAN <= room:
        return text.count("\n") + 1
    return sum(math.ceil(_ems(line) / max(room, 1.0)) for line in text.split("\n"))


def _ems(text: str) -> float:
    wide = 0 if text.isascii() else len(text) - len(WIDE.sub("", text))
    return wide * HAN + (len(text) - wide) * LATIN
