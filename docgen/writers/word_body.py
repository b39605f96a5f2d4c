"""Serialise the blocks of a tree to WordprocessingML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, assert_never

from docgen.layout.theme import PLAIN, Look
from docgen.model.document import (
    Block,
    Document,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Rule,
    Section,
    Table,
    Text,
    plain,
)
from docgen.writers.word_boxes import write_section
from docgen.writers.word_frame import TABLE_HEAD, Frame, borders, boxed, points
from docgen.writers.word_lines import unparted
from docgen.writers.word_lists import write_list
from docgen.writers.word_package import WordPackage
from docgen.writers.word_runs import Runs, blank_stops, squeeze, squeezed_word
from docgen.writers.word_tables import write_table
from docgen.writers.word_xml import role_style_id, twips

# Text shorter than this fills no line of its own; what must not stand alone then takes one more block along.
_SHORT = 60
# Between paragraphs of one cell, in twips.
_CELL_GAP = 40
# Below the last line to write on, in twips.
_AFTER_LINES = 120
_HAIR = Look(border="bottom")


class Blocks:
    """Writes the blocks of one part; ``out`` gathers its text, ``numbering`` the ordered lists of all parts."""

    def __init__(
        self,
        document: Document,
        package: WordPackage,
        pictures: Mapping[str, bytes],
        numbering: list[str],
        identity: int,
    ) -> None:
        self.theme = package.theme
        self.squeeze = partial(squeezed_word, letters=package.letters) if package.letters else squeeze
        self.looks = package.theme.looks(document.lang)
        self.landscape = document.landscape
        self.runs = Runs(package.theme, document.lang, pictures, identity)
        self.out: list[str] = []
        self.numbering = numbering
        self._after_table = False
        # How paragraphs begin that are alike in all that counts; a style's look is the same wherever it is used.
        self._properties: dict[tuple[Any, ...], str] = {}
        # Twips that the block before asks for below it, where it can't say so itself.
        self._pending = 0

    def blocks(self, blocks: Sequence[Block], frame: Frame, within: bool = False, tail: bool = False) -> None:
        """Write ``blocks``.

        Args:
            within: keep all of them together on one page.
            tail: and the last with what follows.
        """
        last = len(blocks) - 1
        for index, block in enumerate(blocks):
            keep = tail if index == last else within or self._wants_company(blocks, index + 1)
            match block:
                case Paragraph() if boxed(self.looks.role(block.role, block.place)):
                    within_box = Section((replace(block, role=""),), block.role, block.place)
                    write_section(self, within_box, frame, within, keep)
                case Paragraph() | Heading():
                    gap = _CELL_GAP if frame.in_cell and index else 0
                    self._paragraph(block, frame, keep=keep, together=within, space_before=gap)
                case Listing():
                    write_list(self, block, frame, within, keep)
                case Table():
                    self.part_tables()
                    write_table(self, block, frame, within, keep)
                    self.ends_in_table(self.looks.role(block.role, block.place).after)
                case Section():
                    write_section(self, block, frame, within, keep)
                case Rule():
                    self._rule(frame, keep)
                case _:
                    assert_never(block)

    def story(self, blocks: Sequence[Block], frame: Frame, within: bool = False, tail: bool = False) -> None:
        """Write a body, head, foot or cell; none may be empty or end with a table."""
        self.ends_in_text()
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and not blocks[0].role:
            # So are most cells; nothing of what blocks() looks after can be the matter.
            self._paragraph(blocks[0], frame, keep=tail, together=within, space_before=0)
            return
        before = len(self.out)
        # A table at the end needs a paragraph after it, which must not make a page of its own.
        self.blocks(blocks, frame, within, tail or (not frame.in_cell and _ends_in_table(blocks)))
        if self._after_table or len(self.out) == before:
            self.spacer(tail)

    def spacer(self, keep: bool = False, *, before: int = 0, height: int = 0) -> None:
        """A paragraph as good as invisible, ``height`` twips high."""
        line = f' w:line="{height}" w:lineRule="exact"' if height else ""
        room = f' w:before="{before}"' if before else ""
        self.out.append(
            f'<w:p><w:pPr><w:pStyle w:val="DocgenSpacer"/>{"<w:keepNext/>" if keep else ""}'
            + (f"<w:spacing{room}{line}/>" if room or line else "")
            + "</w:pPr></w:p>"
        )
        self.ends_in_text()

    def ends_in_table(self, after: float | None) -> None:
        """Tables have no distances of their own: the next paragraph keeps them."""
        usual = self.looks.elements["table"].after
        self._after_table, self._pending = True, points(usual if after is None else after)

    def ends_in_text(self, pending: int = 0) -> None:
        self._after_table, self._pending = False, pending

    def part_tables(self) -> None:
        """Word makes one table of two that touch."""
        if self._after_table:
            self.spacer(keep=True, height=max(self._pending, 20))

    def _wants_company(self, blocks: Sequence[Block], index: int) -> bool:
        """Does what begins at ``index`` stay together, so that the text before it must come along?

        Lines to write on stay with each other and with what asks for the writing, as do tables to write in; any table
        with a line that leads to it and with the note below it.
        """
        match blocks[index - 1], blocks[index]:
            case Paragraph() as leading, Table() if not _fills_a_line(leading):
                return True
            case Table(), Paragraph(role="note"):
                return True
            case _, block if self._by_hand(block):
                return True
        for block in blocks[index : index + 3]:
            if self._kept(block):
                return True
            if isinstance(block, Heading | Listing | Table | Section) or _fills_a_line(block):
                return False
        return False

    def _leads(self, block: Block) -> bool:
        """Is it a head within the text? What begins with one may begin a page."""
        return isinstance(block, Paragraph) and self.looks.role(block.role, block.place).keep_with_next

    def _by_hand(self, block: Block) -> bool:
        return isinstance(block, Paragraph) and self.looks.role(block.role, block.place).for_hands

    def _kept(self, block: Block) -> bool:
        match block:
            case Section(blocks=(first, *_)):
                whole = self.looks.role(block.role, block.place).keep_together
                return (whole and not self._leads(first)) or self._kept(first)
            case Table():
                look = self.looks.role(block.role, block.place)
                return look.keep_together and look.row_height is not None
            case _:
                return False

    def inside(self, frame: Frame, role: str, place: str) -> Frame:
        """The frame of what stands inside a block of ``role``: text looks reach in, distances don't."""
        if not role:
            return frame
        look = self.looks.role(role, place)
        align = look.align or frame.align
        if not look.writes:
            return frame._replace(align=align) if align != frame.align else frame
        bold = look.weight == "bold" if look.weight else frame.bold
        return frame._replace(style=role, look=look, align=align, bold=bold)

    def _paragraph(
        self, block: Paragraph | Heading, frame: Frame, *, keep: bool, together: bool, space_before: int
    ) -> None:
        own = self.looks.role(block.role, block.place)
        inner = self.inside(frame, block.role, block.place)
        if isinstance(block, Heading):
            style, look = f"Heading{block.level}", self.looks.elements[f"heading-{block.level}"]
            align = own.align or ("" if look.align else frame.align)
            inner = inner._replace(bold=look.weight == "bold")
        else:
            style, look = self.style(block.role, inner)
            align = inner.align if inner.align != look.align else ""
        self.paragraph(
            block.content, inner, style, look,
            keep=keep, together=together, align=align, box=own, space_before=space_before, place=block.place,
        )  # fmt: skip

    def style(self, role: str, frame: Frame) -> tuple[str, Look]:
        """The id and look of the style for a paragraph of ``role`` in ``frame``."""
        if frame.style == TABLE_HEAD:
            return "DocgenTableHead", frame.look
        if frame.style:
            return role_style_id(frame.style, frame.in_cell), frame.look
        if frame.in_cell:
            return "DocgenTable", PLAIN
        return (role_style_id(role), self.looks.role(role)) if role else ("Normal", PLAIN)

    def paragraph(
        self,
        content: tuple[Inline, ...],
        frame: Frame,
        style: str,
        look: Look,
        *,
        keep: bool = False,
        together: bool = False,
        align: str = "",
        box: Look = PLAIN,
        number: str = "",
        hanging: int = 0,
        space_before: int = 0,
        place: str = "",
    ) -> None:
        """Write one ``w:p``; the children of ``w:pPr`` in the schema's order."""
        left = frame.left + (twips(look.indent) if look.indent else 0)
        blanks = any([isinstance(inline, Text) and inline.role == "line" for inline in content])
        size = self.theme.sizes[look.size or ("table" if frame.in_cell else "body")]
        stops = blank_stops(content, size, frame.width - left - frame.right) if blanks else None
        scale = 100
        if frame.in_cell:
            scale = self.squeeze(content, size, frame.room)
            content = unparted(content, size, frame.room)
        begin: tuple[Any, ...] = (style, keep, together, number, align, hanging, space_before, self._pending, left)
        begin += (frame.right, frame.boxed)
        properties = self._properties.get(begin) if box is PLAIN and not blanks else None
        if properties is None:
            tabs = "".join(f'<w:tab w:val="left" w:pos="{left + stop}"/>' for stop in stops or ())
            indent = ""
            if (left or frame.right) and not number:
                indent = f'<w:ind w:left="{left}" w:right="{frame.right}"' + (
                    f' w:hanging="{hanging}"/>' if hanging else "/>"
                )
            properties = (
                f'<w:pPr><w:pStyle w:val="{style}"/>{"<w:keepNext/>" if keep else ""}'
                + ("<w:keepLines/>" if together else "")
                + number
                + ("" if boxed(box) else borders(self.theme, box, "pBdr", between=True))
                + (f"<w:tabs>{tabs}</w:tabs>" if tabs else "")
                + self._spacing(look, box, frame, blanks, space_before)
                + indent
                + (f'<w:jc w:val="{align}"/>' if align else "")
                + "</w:pPr>"
            )
            if box is PLAIN and not blanks:
                self._properties[begin] = properties
        runs = self.runs.write(content, frame.bold, place, loose=stops is None, scale=scale) if content else ""
        self.out.append(f"<w:p>{properties}{runs}</w:p>")
        self.ends_in_text(_AFTER_LINES if box.for_hands else 0)

    def _spacing(self, look: Look, box: Look, frame: Frame, blanks: bool, space_before: int) -> str:
        """What the style can't know: room after a table, inside a box, and the height that a hand needs."""
        by_hand = box.for_hands
        parts: list[str] = []
        if self._pending > points(look.before) and not by_hand:
            parts.append(f' w:before="{self._pending}"')
        elif space_before:
            parts.append(f' w:before="{space_before}"')
        elif frame.boxed:
            parts.append(' w:before="0"')
        if frame.boxed:
            parts.append(f' w:after="{points(self.looks.elements["paragraph"].after)}"')
        if blanks or by_hand:
            parts.append(f' w:line="{twips(box.row_height or self.theme.writing_line)}" w:lineRule="atLeast"')
        return f"<w:spacing{''.join(parts)}/>" if parts else ""

    def _rule(self, frame: Frame, keep: bool) -> None:
        look = self.looks.elements["rule"]
        before, after = max(points(look.before), self._pending), points(look.after)
        self.out.append(
            f'<w:p><w:pPr><w:pStyle w:val="DocgenSpacer"/>{"<w:keepNext/>" if keep else ""}'
            f'{borders(self.theme, _HAIR, "pBdr")}<w:spacing w:before="{before}" w:after="{after}"/>'
            + (f'<w:ind w:left="{frame.left}" w:right="{frame.right}"/>' if frame.left or frame.right else "")
            + "</w:pPr></w:p>"
        )
        self.ends_in_text()


def _fills_a_line(block: Block) -> bool:
    return isinstance(block, Paragraph) and len(plain(block.content)) >= _SHORT


def _ends_in_table(blocks: Sequence[Block]) -> bool:
    match blocks:
        case (*_, Section(blocks=inner)):
            return _ends_in_table(inner)
        case (*_, last):
            return isinstance(last, Table)
    return False
