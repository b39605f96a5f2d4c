"""Serialise lists as real numbering; each ordered list has its own, so that it starts at one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docgen.errors import TemplateError
from docgen.model.document import Listing, Paragraph
from docgen.writers.word_frame import Frame
from docgen.writers.word_styles import BULLETS, LEVELS, NUMBERS, restarted
from docgen.writers.word_xml import twips

if TYPE_CHECKING:
    from docgen.writers.word_body import Blocks


def write_list(to: Blocks, block: Listing, frame: Frame, within: bool, tail: bool) -> None:
    """Write ``block``; ``within`` and ``tail`` as in Blocks.blocks.

    Raises:
        TemplateError: nested deeper than Word's numbering goes.
    """
    frame = to.inside(frame, block.role, block.place)
    if frame.depth >= LEVELS:
        raise TemplateError(f"{block.place or 'document'}: lists are nested deeper than {LEVELS} levels")
    marked = to.looks.role(block.role, block.place).markers
    number = _number(to, block.ordered, frame.depth) if marked else ""
    usual = ("ListNumber" if block.ordered else "ListBullet") if marked else "ListContinue"
    step = twips(to.theme.lists.indent)
    inner = replace(frame, left=frame.left + step, depth=frame.depth + 1)
    for index, item in enumerate(block.items):
        keep = tail if index == len(block.items) - 1 else within
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


def _number(to: Blocks, ordered: bool, level: int) -> str:
    identity = BULLETS
    if ordered:
        identity = NUMBERS + 1 + len(to.numbering)
        to.numbering.append(restarted(identity, level))
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identity}"/></w:numPr>'
