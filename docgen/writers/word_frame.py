"""What a block of a Word file has from around it, and the lines and tints that it may be given."""

from __future__ import annotations

from typing import NamedTuple

from docgen.layout.theme import PLAIN, Look, Theme
from docgen.writers.word_xml import eighths

# The text look of a table's heads, which is no role.
TABLE_HEAD = "table-head"
_BOX = ("top", "left", "bottom", "right")


class Frame(NamedTuple):
    """Room and indents in twips, the role that gives text its look, and where the block stands.

    ``depth`` counts the lists around it; ``boxed`` tells that a box keeps the outer distances.
    """

    width: int
    style: str = ""
    look: Look = PLAIN
    align: str = ""
    bold: bool = False
    left: int = 0
    right: int = 0
    depth: int = 0
    in_cell: bool = False
    boxed: bool = False

    @property
    def room(self) -> int:
        return self.width - self.left - self.right


def points(given: float | None) -> int:
    """Twips of a distance in points."""
    return round((given or 0) * 20)


def boxed(look: Look) -> bool:
    """Is it a box, that needs padding between its edge and the text?"""
    return look.border == "box" or look.tint is not None


def tint(theme: Theme, look: Look) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{theme.colours[look.tint][1:]}"/>' if look.tint else ""


def borders(theme: Theme, look: Look, element: str, *, between: bool = False) -> str:
    """The borders of a paragraph, table or cell: hair-thin, or stronger where they are lines to write on.

    Args:
        element: ``pBdr``, ``tblBorders`` or ``tcBorders``.
        between: repeat a lower border between paragraphs that are alike; Word draws it once below them all.
    """
    if look.border is None:
        return ""
    width, colour = (theme.table.writing, "label") if look.for_hands else (theme.table.hair, "rule")
    line = f'w:val="single" w:sz="{eighths(width)}" w:space="0" w:color="{theme.colours[colour][1:]}"'
    sides: tuple[str, ...] = _BOX if look.border == "box" else (look.border,)
    if between and look.border == "bottom":
        sides = ("bottom", "between")
    return f"<w:{element}>{''.join(f'<w:{side} {line}/>' for side in sides)}</w:{element}>"
