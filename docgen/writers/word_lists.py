"""Serialise lists as real numbering; each ordered list has its own, so that it starts at one.

Word counts all ordered lists of a level with one counter, wherever they stand: a list whose item holds a table with
another list is given a further numbering, which goes on where it left off.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docgen.errors import TemplateError
from docgen.model.document import Block, Listing, Paragraph, Section, Table
from docgen.model.problems import Words
from docgen.writers.word_frame import Frame
from docgen.writers.word_styles import BULLETS, LEVELS, NUMBERS, restarted
from docgen.writers.word_xml import twips

if TYPE_CHECKING:
    from docgen.writers.word_body import Blocks

TOO_DEEP = Words("{place}: lists are nested deeper than {most} levels", "{place}：列表嵌套超过 {most} 层")


def write_list(to: Blocks, block: Listing, frame: Frame, within: bool, tail: bool) -> None:
    """Write ``block``; ``within`` and ``tail`` as in Blocks.blocks.

    Raises:
        TemplateError: nested deeper than Word's numbering goes.
    """
    frame = to.inside(frame, block.role, block.place)
    if frame.depth >= LEVELS:
        raise TemplateError(TOO_DEEP.filled(place=block.place or "document", most=LEVELS))
    marked = to.looks.role(block.role, block.place).markers
    number = _number(to, block.ordered, frame.depth, 1) if marked else ""
    usual = ("ListNumber" if block.ordered else "ListBullet") if marked else "ListContinue"
    step = twips(to.theme.lists.indent)
    inner = frame._replace(left=frame.left + step, depth=frame.depth + 1)
    last = len(block.items) - 1
    for index, item in enumerate(block.items):
        keep = tail if index == last else within or (tail and index == last - 1)  # one item does not move along alone
        # The marker needs a paragraph to stand in, also where the item begins with a table or holds nothing.
        lead, rest = (item[0], item[1:]) if item and isinstance(item[0], Paragraph) else (Paragraph(()), item)
        own = to.inside(inner, lead.role, lead.place)
        style, look = to.style(lead.role, own)
        to.paragraph(
            lead.content,
            own,
            usual if style == "Normal" else style,
            look,
            keep=keep or bool(rest),
            together=within,
            align=own.align if own.align != look.align else "",
            box=to.looks.role(lead.role, lead.place),
            number=number,
            hanging=0 if number else step,
            place=lead.place,
        )
        to.blocks(rest, inner, within, keep)
        if number and block.ordered and index + 1 < len(block.items) and _counts_in_cells(rest):
            number = _number(to, block.ordered, frame.depth, index + 2)


def _counts_in_cells(blocks: Iterable[Block], in_cell: bool = False) -> bool:
    """Does a cell of a table among ``blocks`` hold an ordered list?"""
    for block in blocks:
        match block:
            case Listing(items=items, ordered=ordered):
                found = (ordered and in_cell) or any(_counts_in_cells(item, in_cell) for item in items)
            case Table(head=head, body=body):
                found = any(_counts_in_cells(cell.blocks, True) for row in head + body for cell in row.cells)
            case Section(blocks=inner):
                found = _counts_in_cells(inner, in_cell)
            case _:
                found = False
        if found:
            return True
    return False


def _number(to: Blocks, ordered: bool, level: int, start: int) -> str:
    identity = BULLETS
    if ordered:
        identity = NUMBERS + 1 + len(to.numbering)
        to.numbering.append(restarted(identity, level, start))
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identity}"/></w:numPr>'
