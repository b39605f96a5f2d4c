"""A code as it was read on the picture of a page: which way up it stands, and whether docgen can have put it there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from docgen.archive.leaves import SeenCode

OURS = "DG"
"""How docgen's own codes begin; which of them can be read is for model/page_code.py to say."""
SIDE = 15 / 210
"""The side of a code, as a share of the shorter side of the page."""
SMALLEST, LARGEST = 0.72, 1.4
"""How much smaller or larger it may be: pages are scaled to fit when they are copied, two on a sheet are 0.707."""
RIGHT, END = 0.80, 0.15
"""A code's centre lies in the right fifth of the upright page, and so near to its top or bottom."""
SHEETS = ((210 / 15, 297 / 15), (297 / 15, 210 / 15))
"""Width and height of a page, upright and across, in sides of its codes."""
APART = 26 / 15
"""By so many sides the centres of its two codes are nearer to each other than the page is high."""
EXACT, LEANING = 0.1, 0.05
"""How far the distance of two codes may be off, and how far the line between them may lean beside the codes."""
AROUND = 1.3
"""How much wider and higher than the page its picture may be, of which a scanner took in more, or which it turned; with
two pages on a sheet it is twice as wide or high."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A code as it was read: corners in pixels of the whole picture, from its own top left clockwise."""

    text: str
    corners: tuple[Point, Point, Point, Point]
    is_mirrored: bool

    @property
    def is_ours(self) -> bool:
        return self.text.startswith(OURS)

    @property
    def centre(self) -> Point:
        return sum(x for x, _ in self.corners) / 4, sum(y for _, y in self.corners) / 4

    @property
    def side(self) -> float:
        """Its mean length in pixels."""
        around = zip(self.corners, self.corners[1:] + self.corners[:1], strict=True)
        return sum(math.dist(one, next_one) for one, next_one in around) / 4

    @property
    def angle(self) -> float:
        """By how many degrees it lies turned, clockwise."""
        top_left, top_right, bottom_right, bottom_left = self.corners
        across, down = ((top_right[i] - top_left[i]) + (bottom_right[i] - bottom_left[i]) for i in (0, 1))
        return math.degrees(math.atan2(down, across))

    @property
    def turn(self) -> int:
        """By how many degrees, clockwise, the page must be turned so that it is upright."""
        return -round(self.angle / 90) * 90 % 360


def seen(marks: Sequence[Mark], size: tuple[int, int]) -> tuple[SeenCode, ...]:
    """The codes of a picture of such a size as they stand on the upright page."""
    return tuple(_seen(mark, [other for other in marks if _are_a_pair(mark, other)], size) for mark in marks)


def _seen(mark: Mark, others: Sequence[Mark], size: tuple[int, int]) -> SeenCode:
    """``others``: those that can be the other one of its page. Two tell more than one; where one is alone, its place on
    the picture has to do."""
    x, y = mark.centre[0] / size[0], mark.centre[1] / size[1]
    across, down = {0: (x, y), 90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}[mark.turn]
    if others:
        is_placed = any(_are_a_page(mark, other, size) for other in others)
    else:
        has_size = SMALLEST <= mark.side / (SIDE * min(size)) <= LARGEST
        is_placed = has_size and across >= RIGHT and not END < down < 1 - END
    return SeenCode(mark.text, mark.turn, down < 0.5, is_placed)


def _are_a_pair(one: Mark, other: Mark) -> bool:
    return one is not other and (one.text, one.turn) == (other.text, other.turn)


def _are_a_page(one: Mark, other: Mark, size: tuple[int, int]) -> bool:
    """Whether two codes stand to each other as those of a page do, and the picture shows little else than that page.

    This is true of a page wherever it lies on the picture, and however it leans.
    """
    side, lean = (one.side + other.side) / 2, math.radians(one.angle)
    x, y = ((other.centre[i] - one.centre[i]) / side for i in (0, 1))
    beside, below = (x * math.cos(lean) + y * math.sin(lean), abs(y * math.cos(lean) - x * math.sin(lean)))
    if abs(beside) > LEANING * below:
        return False
    shown = [length / side for length in (size if one.turn % 180 == 0 else size[::-1])]
    return any(
        abs(below / (height - APART) - 1) <= EXACT and shown[0] <= AROUND * width and shown[1] <= AROUND * height
        for width, height in SHEETS
    )
