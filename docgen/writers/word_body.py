"""Serialise the blocks of a tree to WordprocessingML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from docgen.errors import TemplateError
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
)  # fmt: skip
from docgen.writers.word_package import WordPackage
from docgen.writers.word_runs import Runs, blank_stops
from docgen.writers.word_styles import BULLETS, LEVELS, NUMBERS, restarted
from docgen.writers.word_tables import write_table
from docgen.writers.word_xml import eighths, role_style_id, twips

# Text shorter than this fills no line of its own; what must not stand alone then takes one more block along.
_SHORT = 60
# Between paragraphs of one cell, in twips.
_CELL_GAP = 40
# Below the last line to write on, in twips.
_AFTER_LINES = 120
# The text look of a table's heads, beside the roles.
TABLE_HEAD = "table-head"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a block has from around it: the room in twips, the role that gives text its look, and where it stands."""

    width: int
    style: str = ""
    look: Look = PLAIN
    align: str = ""
    in_cell: bool = False
    bold: bool = False
    left: int = 0
    right: int = 0
    depth: int = 0
    boxed: bool = False


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
        self.looks = package.theme.looks(document.lang)
        self.runs = Runs(package.theme, document.lang, pictures, identity)
        self.out: list[str] = []
        self.numbering = numbering
        self.colours = {name: colour[1:] for name, colour in self.theme.colours.items()}
        self._after_table = False
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
                case Paragraph() | Heading():
                    self._paragraph(block, frame, keep, _CELL_GAP if frame.in_cell and index else 0)
                case Listing():
                    self._listing(block, frame, within, keep)
                case Table():
                    self._part_tables()
                    write_table(self, block, frame, within, keep)
                    self._ends_in_table(self.looks.role(block.role, block.place).after)
                case Section():
                    self._section(block, frame, within, keep)
                case Rule():
                    self._rule(frame, keep)
                case _:
                    assert_never(block)

    def cell(self, blocks: Sequence[Block], frame: Frame, keep: bool) -> None:
        """Write what stands in a table cell."""
        self.blocks(blocks, frame, keep, keep)
        self.end(keep)

    def end(self, keep: bool = False) -> None:
        """A cell, head or body must not end with a table."""
        if self._after_table:
            self.spacer(keep)

    def spacer(self, keep: bool = False) -> None:
        """A paragraph as good as invisible."""
        kept = "<w:keepNext/>" if keep else ""
        self.out.append(f'<w:p><w:pPr><w:pStyle w:val="DocgenSpacer"/>{kept}</w:pPr></w:p>')
        self._ends_in_text()

    def _ends_in_table(self, after: float | None) -> None:
        """Tables have no distances of their own: the next paragraph keeps them."""
        usual = self.looks.elements["table"].after
        self._after_table, self._pending = True, points(usual if after is None else after)

    def _ends_in_text(self, pending: int = 0) -> None:
        self._after_table, self._pending = False, pending

    def _part_tables(self) -> None:
        """Word makes one table of two that touch."""
        if self._after_table:
            self.out.append(
                '<w:p><w:pPr><w:pStyle w:val="DocgenSpacer"/><w:keepNext/>'
                f'<w:spacing w:line="{max(self._pending, 20)}" w:lineRule="exact"/></w:pPr></w:p>'
            )
            self._ends_in_text()

    def _wants_company(self, blocks: Sequence[Block], index: int) -> bool:
        """Does what begins at ``index`` stay together, so that the text before it must come along?"""
        for block in blocks[index : index + 3]:
            if self._kept(block):
                return True
            if isinstance(block, Listing | Table | Section) or _fills_a_line(block):
                return False
        return False

    def _kept(self, block: Block) -> bool:
        match block:
            case Section():
                return self.looks.role(block.role, block.place).keep_together or bool(
                    block.blocks and self._kept(block.blocks[0])
                )
            case Table():
                return self.looks.role(block.role, block.place).keep_together
            case _:
                return False

    def inside(self, frame: Frame, role: str, place: str) -> Frame:
        """The frame of what stands inside a block of ``role``: text looks reach in, distances don't."""
        look = self.looks.role(role, place)
        align = look.align or frame.align
        if not look.writes:
            return replace(frame, align=align) if align != frame.align else frame
        bold = look.weight == "bold" if look.weight else frame.bold
        return replace(frame, style=role, look=look, align=align, bold=bold)

    def _paragraph(self, block: Paragraph | Heading, frame: Frame, keep: bool, space_before: int) -> None:
        own = self.looks.role(block.role, block.place)
        inner = self.inside(frame, block.role, block.place)
        if isinstance(block, Heading):
            style, look = f"Heading{block.level}", self.looks.elements[f"heading-{block.level}"]
            align = own.align or ("" if look.align else frame.align)
            inner = replace(inner, bold=look.weight == "bold")
        else:
            style, look = self._style(block.role, inner)
            align = inner.align if inner.align != look.align else ""
        self.paragraph(
            block.content, inner, style, look,
            keep=keep, align=align, box=own, space_before=space_before, place=block.place,
        )  # fmt: skip

    def _style(self, role: str, frame: Frame) -> tuple[str, Look]:
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
        align: str = "",
        box: Look = PLAIN,
        number: str = "",
        hanging: int = 0,
        space_before: int = 0,
        place: str = "",
    ) -> None:
        """Write one ``w:p``; the children of ``w:pPr`` in the schema's order."""
        left = frame.left + (twips(look.indent) if look.indent else 0)
        stops = blank_stops(content, self.theme.sizes[look.size or ("table" if frame.in_cell else "body")],
                            frame.width - left - frame.right)  # fmt: skip
        blanks = any(isinstance(inline, Text) and inline.role == "line" for inline in content)
        tabs = "".join(f'<w:tab w:val="left" w:pos="{left + stop}"/>' for stop in stops or ())
        indent = ""
        if (left or frame.right) and not number:
            indent = f'<w:ind w:left="{left}" w:right="{frame.right}"' + (
                f' w:hanging="{hanging}"/>' if hanging else "/>"
            )
        self.out.append(
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:keepNext/>" if keep else ""}{number}'
            + self._box(box)
            + (f"<w:tabs>{tabs}</w:tabs>" if tabs else "")
            + self._spacing(look, box, frame, blanks, space_before)
            + indent
            + (f'<w:jc w:val="{align}"/>' if align else "")
            + "</w:pPr>"
            + (self.runs.write(content, frame.bold, place, loose=stops is None) if content else "")
            + "</w:p>"
        )
        self._ends_in_text(_AFTER_LINES if _for_hands(box) else 0)

    def _spacing(self, look: Look, box: Look, frame: Frame, blanks: bool, space_before: int) -> str:
        """What the style can't know: room after a table, inside a box, and the height that a hand needs."""
        by_hand = _for_hands(box)
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

    def _box(self, look: Look) -> str:
        """Border and tint of a paragraph; ``between``, as Word draws one border around paragraphs that are alike."""
        sides = {None: (), "top": ("top",), "bottom": ("bottom", "between"), "box": ("top", "left", "bottom", "right")}
        line = self.line(look, 0 if look.border == "bottom" else 4)
        borders = "".join(f"<w:{side} {line}/>" for side in sides[look.border])
        return (f"<w:pBdr>{borders}</w:pBdr>" if borders else "") + self.tint(look)

    def line(self, look: Look = PLAIN, space: int = 0) -> str:
        """A border: hair-thin, or stronger where it is a line to write on."""
        width, colour = (self.theme.table.writing, "label") if _for_hands(look) else (self.theme.table.hair, "rule")
        return f'w:val="single" w:sz="{eighths(width)}" w:space="{space}" w:color="{self.colours[colour]}"'

    def tint(self, look: Look) -> str:
        return f'<w:shd w:val="clear" w:color="auto" w:fill="{self.colours[look.tint]}"/>' if look.tint else ""

    def _listing(self, block: Listing, frame: Frame, within: bool, tail: bool) -> None:
        inner = self.inside(frame, block.role, block.place)
        level = inner.depth
        if level >= LEVELS:
            raise TemplateError(f"{block.place or 'document'}: lists are nested deeper than {LEVELS} levels")
        marked = self.looks.role(block.role, block.place).markers
        number = self._number(block.ordered, level) if marked else ""
        step = twips(self.theme.lists.indent)
        items = replace(inner, left=inner.left + step, depth=level + 1)
        usual = ("ListNumber" if block.ordered else "ListBullet") if marked else "ListContinue"
        for index, item in enumerate(block.items):
            keep = tail if index == len(block.items) - 1 else within
            # The marker needs a paragraph to stand in, also where the item begins with a table or holds nothing.
            lead, rest = (item[0], item[1:]) if item and isinstance(item[0], Paragraph) else (Paragraph(()), item)
            own = self.inside(items, lead.role, lead.place)
            style, look = self._style(lead.role, own)
            self.paragraph(
                lead.content, own, usual if style == "Normal" else style, look,
                keep=keep or bool(rest), align=own.align if own.align != look.align else "",
                box=self.looks.role(lead.role, lead.place), number=number, hanging=0 if number else step,
                place=lead.place,
            )  # fmt: skip
            self.blocks(rest, items, within, keep)

    def _number(self, ordered: bool, level: int) -> str:
        identity = BULLETS
        if ordered:
            identity = NUMBERS + 1 + len(self.numbering)
            self.numbering.append(restarted(identity, level))
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identity}"/></w:numPr>'

    def _rule(self, frame: Frame, keep: bool) -> None:
        look = self.looks.elements["rule"]
        before, after = max(points(look.before), self._pending), points(look.after)
        self.out.append(
            f'<w:p><w:pPr><w:pStyle w:val="DocgenSpacer"/>{"<w:keepNext/>" if keep else ""}'
            f'<w:pBdr><w:bottom {self.line()}/></w:pBdr><w:spacing w:before="{before}" w:after="{after}"/>'
            + (f'<w:ind w:left="{frame.left}" w:right="{frame.right}"/>' if frame.left or frame.right else "")
            + "</w:pPr></w:p>"
        )
        self._ends_in_text()

    def _section(self, block: Section, frame: Frame, within: bool, tail: bool) -> None:
        look = self.looks.role(block.role, block.place)
        inner = self.inside(frame, block.role, block.place)
        within = within or look.keep_together
        if not (look.border or look.tint):
            self.blocks(block.blocks, inner, within, tail)
            return
        self._part_tables()
        self._boxed(block, look, inner, within, tail)
        self._ends_in_table(look.after)

    def _boxed(self, block: Section, look: Look, frame: Frame, within: bool, tail: bool) -> None:
        """A box around blocks of any kind is a table of one cell: paragraph borders break at each list and table."""
        width = frame.width - frame.left - frame.right
        pad = twips(look.padding or 0)
        below = max(0, pad - points(self.looks.elements["paragraph"].after))
        if look.before:
            self.out.append(
                '<w:p><w:pPr><w:pStyle w:val="DocgenSpacer"/><w:keepNext/>'
                f'<w:spacing w:before="{points(look.before)}"/></w:pPr></w:p>'
            )
        sides = {"box": ("top", "left", "bottom", "right"), "top": ("top",), "bottom": ("bottom",), None: ()}
        borders = "".join(f"<w:{side} {self.line()}/>" for side in sides[look.border])
        margins = "".join(
            f'<w:{side} w:w="{room}" w:type="dxa"/>'
            for side, room in (("top", pad), ("left", pad), ("bottom", below), ("right", pad))
        )
        self.out.append(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="DocgenTableNone"/><w:tblW w:w="{width}" w:type="dxa"/>'
            + (f'<w:tblInd w:w="{frame.left}" w:type="dxa"/>' if frame.left else "")
            + (f"<w:tblBorders>{borders}</w:tblBorders>" if borders else "")
            + f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
            f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>'
            # Where each paragraph stays with the next, LibreOffice heeds that only in rows that might split.
            f"<w:tr>{'<w:trPr><w:cantSplit/></w:trPr>' if look.keep_together and not tail else ''}"
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{self.tint(look)}</w:tcPr>'
        )
        self._ends_in_text()
        inner = replace(frame, width=width - 2 * pad, left=0, right=0, depth=0, boxed=True)
        self.blocks(block.blocks, inner, within, tail)
        if not block.blocks:
            self.spacer(tail)
        self.end(tail)
        self.out.append("</w:tc></w:tr></w:tbl>")


def points(given: float | None) -> int:
    """Twips of a distance in points."""
    return round((given or 0) * 20)


def _for_hands(look: Look) -> bool:
    """Is it a line to write on?"""
    return look.border == "bottom" and look.row_height is not None


def _fills_a_line(block: Block) -> bool:
    return isinstance(block, Paragraph) and len(plain(block.content)) >= _SHORT
