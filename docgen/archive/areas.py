"""Where pictures lie on a page of a PDF: boxes in points, and the matrices that put pictures there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

CELLS = 24
"""Rows and columns of the points at which a page is looked at, to see how much of it pictures cover."""
ASKEW = 0.05
"""How far the corners of a shape may lie from those of a rectangle, as a share of its longer side."""
MOST = 400
"""More pictures are not looked at: a scanner's strips are fewer."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in points; y grows upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.top - self.bottom)

    def within(self, other: Box) -> Box:
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )


NOWHERE = Box(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Matrix:
    """What makes the square of a picture (its left lower corner 0, its right upper one 1) lie on a page, as PDF has it:
    x' = a x + c y + e, y' = b x + d y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def then(self, other: Matrix) -> Matrix:
        return Matrix(
            self.a * other.a + self.b * other.c,
            self.a * other.b + self.b * other.d,
            self.c * other.a + self.d * other.c,
            self.c * other.b + self.d * other.d,
            self.e * other.a + self.f * other.c + other.e,
            self.e * other.b + self.f * other.d + other.f,
        )

    @property
    def box(self) -> Box:
        """The smallest upright rectangle around the picture."""
        across = [self.e + u * self.a + v * self.c for u, v in product((0, 1), repeat=2)]
        up = [self.f + u * self.b + v * self.d for u, v in product((0, 1), repeat=2)]
        return Box(min(across), min(up), max(across), max(up))

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of the page is a point of the picture."""
        size = self.a * self.d - self.b * self.c
        if not size:
            return False
        x, y = x - self.e, y - self.f
        return 0 <= (x * self.d - y * self.c) / size <= 1 and 0 <= (y * self.a - x * self.b) / size <= 1


def frame(points: Sequence[tuple[float, float]]) -> Box:
    """The rectangle that a line draws, perhaps a bit askew; NOWHERE if it draws another shape."""
    if not 4 <= len(points) <= 5:
        return NOWHERE
    across, up = [x for x, _ in points], [y for _, y in points]
    box = Box(min(across), min(up), max(across), max(up))
    far = ASKEW * max(box.right - box.left, box.top - box.bottom)
    corners = product((box.left, box.right), (box.bottom, box.top))
    has_all = all(any(abs(x - one) <= far and abs(y - other) <= far for x, y in points) for one, other in corners)
    return box if has_all else NOWHERE


def covered(page: Box, pictures: Sequence[Matrix]) -> float:
    """The share of a page that pictures cover, roughly."""
    steps = [(at + 0.5) / CELLS for at in range(CELLS)]
    points = [
        (page.left + x * (page.right - page.left), page.bottom + y * (page.top - page.bottom))
        for x, y in product(steps, repeat=2)
    ]
    return sum(any(one.holds(x, y) for one in pictures[:MOST]) for x, y in points) / len(points)
