"""Serialise sections.

One with a border or tint is a table of one cell, as the borders of paragraphs break at lists and tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docgen.layout.theme import Look
from docgen.model.document import Section
from docgen.writers.word_frame import Frame, borders, points, tint
from docgen.writers.word_xml import twips

if TYPE_CHECKING:
    from docgen.writers.word_body import Blocks


def write_section(to: Blocks, block: Section, frame: Frame, within: bool, tail: bool) -> None:
    """Write ``block``; ``within`` and ``tail`` as in Blocks.blocks."""
    look = to.looks.role(block.role, block.place)
    frame = to.inside(frame, block.role, block.place)
    within = within or look.keep_together
    if not (look.border or look.tint):
        to.blocks(block.blocks, frame, within, tail)
        return
    to.part_tables()
    _box(to, block, look, frame, within, tail)
    to.ends_in_table(look.after)


def _box(to: Blocks, block: Section, look: Look, frame: Frame, within: bool, tail: bool) -> None:
    width = frame.room
    pad = twips(look.padding or 0)
    # The last paragraph's own distance counts as padding.
    below = max(0, pad - points(to.looks.elements["paragraph"].after))
    if look.before:
        to.spacer(keep=True, before=points(look.before))
    margins = "".join(
        f'<w:{side} w:w="{room}" w:type="dxa"/>'
        for side, room in (("top", pad), ("left", pad), ("bottom", below), ("right", pad))
    )
    to.out.append(
        f'<w:tbl><w:tblPr><w:tblStyle w:val="DocgenTableNone"/><w:tblW w:w="{width}" w:type="dxa"/>'
        + (f'<w:tblInd w:w="{frame.left}" w:type="dxa"/>' if frame.left else "")
        + borders(to.theme, look, "tblBorders")
        + f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>'
        # Where each paragraph stays with the next, LibreOffice heeds that only in rows that might split.
        f"<w:tr>{'<w:trPr><w:cantSplit/></w:trPr>' if look.keep_together and not tail else ''}"
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{tint(to.theme, look)}</w:tcPr>'
    )
    inner = frame._replace(width=width - 2 * pad, left=0, right=0, boxed=True)
    to.story(block.blocks, inner, within, tail)
    to.out.append("</w:tc></w:tr></w:tbl>")
