"""Serialise tables: fixed grid, spans, repeated heads, rows that don't split and stay where they belong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from docgen.layout.theme import Look
from docgen.model.document import Block, Cell, Paragraph, Row, Table
from docgen.writers.columns import widths as shares
from docgen.writers.tall_rows import held_rows, tall_rows
from docgen.writers.word_frame import TABLE_HEAD, Frame, borders, tint
from docgen.writers.word_xml import twips

if TYPE_CHECKING:
    from docgen.writers.word_body import Blocks


NOTHING: tuple[Block, ...] = (Paragraph(()),)
Openings = dict[tuple[int, int, str, bool, str, str, bool], tuple[str, Frame]]
"""The openings of a table's cells by column, colspan, merge, head or not, own role, row's role, in the head or not."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell in the grid; ``merge`` is '' or one of Word's ``restart`` and ``continue`` for cells that reach down."""

    cell: Cell
    column: int
    merge: str


def write_table(to: Blocks, table: Table, frame: Frame, within: bool, tail: bool) -> None:
    """Write ``table`` with its caption; ``within`` and ``tail`` as in Blocks.blocks."""
    look = to.looks.role(table.role, table.place)
    usual = to.looks.elements["table"]
    frame = to.inside(frame, table.role, table.place)
    if table.caption:
        caption = to.looks.elements["caption"]
        titled = frame._replace(bold=caption.weight == "bold")
        to.paragraph(table.caption, titled, "Caption", caption, keep=True, place=table.place)
    width = frame.room
    widths = _widths(shares(table, to.theme, width * 25.4 / 1440), width)
    lines = look.lines or usual.lines or "rows"
    to.out.append(
        f'<w:tbl><w:tblPr><w:tblStyle w:val="DocgenTable{lines.title()}"/><w:tblW w:w="{width}" w:type="dxa"/>'
        + (f'<w:tblInd w:w="{frame.left}" w:type="dxa"/>' if frame.left else "")
        + f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="{int(bool(table.head))}" w:lastRow="0"'
        ' w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{part}"/>' for part in widths)
        + "</w:tblGrid>"
    )
    rows = table.head + table.body
    together = within or look.keep_together
    held = [True] * len(table.head) + held_rows(table, to.theme, to.looks, width * 25.4 / 1440)
    tall = [False] * len(table.head) + tall_rows(table, to.theme, landscape=to.landscape)
    inner = frame._replace(left=0, right=0, depth=0, in_cell=True)
    plain_heads = (look.head or usual.head) == "plain"
    grid = [*_grid(table.head, len(table.columns)), *_grid(table.body, len(table.columns))]
    openings: Openings = {}
    for index, (row, places) in enumerate(zip(rows, grid, strict=True)):
        # A head never stands alone at the foot of a page, nor do a few lines of a table at either side of its end.
        keep = tail if index == len(rows) - 1 else together or held[index]
        head = index < len(table.head)
        _row(
            to,
            row,
            places,
            widths,
            table,
            look,
            inner,
            openings,
            keep=keep,
            head=head,
            tall=tall[index],
            plain_heads=plain_heads,
        )
    to.out.append("</w:tbl>")


def _widths(columns: list[float], width: int) -> list[int]:
    """Twips for each column; rounding is settled over the running sum, so that they add up to ``width``."""
    total = sum(columns)
    edges = [0]
    reached = 0.0
    for column in columns:
        reached += column
        edges.append(round(width * reached / total))
    return [right - left for left, right in pairwise(edges)]


def _grid(rows: tuple[Row, ...], count: int) -> Iterator[list[Place]]:
    """Set each row's cells into the columns, with a continuing cell below each one that reaches down."""
    reaching: dict[int, tuple[Cell, int]] = {}
    for row in rows:
        places: list[Place] = []
        cells = iter(row.cells)
        following: dict[int, tuple[Cell, int]] = {}
        column = 0
        while column < count:
            if column in reaching:
                cell, left = reaching[column]
                places.append(Place(cell, column, "continue"))
            else:
                cell = next(cells, Cell(()))
                left = cell.rowspan
                places.append(Place(cell, column, "restart" if left > 1 else ""))
            if left > 1:
                following[column] = (cell, left - 1)
            column += cell.colspan
        reaching = following
        yield places


def _row(
    to: Blocks, row: Row, places: list[Place], widths: list[int], table: Table, look: Look, frame: Frame,
    openings: Openings, *, keep: bool, head: bool, tall: bool, plain_heads: bool,
) -> None:  # fmt: skip
    row_look = to.looks.role(row.role, table.place)
    frame = to.inside(frame, row.role, table.place)
    heights = [look.row_height, row_look.row_height]
    heights += [to.looks.role(place.cell.role, place.cell.place).row_height for place in places]
    height = max((given for given in heights if given), default=0)
    to.out.append(
        f"<w:tr><w:trPr>{'' if tall else '<w:cantSplit/>'}"
        + (f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>' if height else "")
        + f"{'<w:tblHeader/>' if head else ''}</w:trPr>"
    )
    for place in places:
        cell = place.cell
        kind = (place.column, cell.colspan, place.merge, cell.head, cell.role, row.role, head)
        if kind not in openings:
            openings[kind] = _opening(
                to, place, widths, table, row_look, look, frame, tinted=head, plain_heads=plain_heads
            )
        opening, inner = openings[kind]
        to.out.append(opening)
        to.story((() if place.merge == "continue" else cell.blocks) or NOTHING, inner, keep, keep)
        to.out.append("</w:tc>")
    to.out.append("</w:tr>")


def _opening(
    to: Blocks, place: Place, widths: list[int], table: Table, row_look: Look, table_look: Look, frame: Frame, *,
    tinted: bool, plain_heads: bool,
) -> tuple[str, Frame]:  # fmt: skip
    """How a cell begins, and the frame of what stands in it; the same for all cells of a kind."""
    cell = place.cell
    look = to.looks.role(cell.role, cell.place)
    heading = to.looks.elements["table-head"]
    width = sum(widths[place.column : place.column + cell.colspan])
    padding = 2 * twips(to.theme.table.padding_x)
    if cell.colspan == 1:
        frame = to.inside(frame, table.columns[place.column].role, table.place)
    frame = to.inside(frame, cell.role, cell.place)
    bordered = look if look.border else row_look
    valign = look.valign or row_look.valign or table_look.valign or (heading.valign if tinted else None)
    opening = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else "")
        + (f'<w:vMerge w:val="{place.merge}"/>' if place.merge else "")
        + borders(to.theme, bordered, "tcBorders")
        + (tint(to.theme, heading) if tinted and not plain_heads else tint(to.theme, look) or tint(to.theme, row_look))
        + (f'<w:vAlign w:val="{valign}"/>' if valign else "")
        + "</w:tcPr>"
    )
    if not cell.head:
        return opening, frame._replace(width=width - padding)
    if plain_heads:
        return opening, to.inside(frame, "label", cell.place)._replace(width=width - padding)
    bold = heading.weight == "bold"
    return opening, frame._replace(width=width - padding, style=TABLE_HEAD, look=heading, bold=bold)
