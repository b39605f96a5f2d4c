"""What a picture is drawn on and with: its width, the size of its letters, the wording, and values as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from docgen.layout.pictures.drawing import Anchor, Label
from docgen.layout.pictures.measure import Letters, balanced, wrapped

POINTS = 72 / 25.4
LEADING = 1.25
MOST_HIGH = 26.0
"""Ems: 78 mm of letters of 8.5 points. What would be higher is left to the tables."""


@dataclass(frozen=True, slots=True)
class Ground:
    """``width`` in points.

    ``say`` gives a sentence of the wording in the document's languages, for labels; ``tell`` in the first of them, for
    the text in a picture's place; ``text`` a value as the document prints it.
    """

    width: float
    letters: Letters
    say: Callable[..., str]
    tell: Callable[..., str]
    text: Callable[[Any], str]

    @property
    def em(self) -> float:
        return self.letters.size

    @property
    def line(self) -> float:
        """From one base line to the next."""
        return self.em * LEADING

    @property
    def high(self) -> float:
        return self.em * MOST_HIGH

    def lines(self, text: str, room: float, most: int, *, bold: bool = False) -> list[str]:
        return wrapped(text, room, self.letters, most, bold=bold)

    def heading(self, text: str, room: float, most: int) -> list[str]:
        """Bold lines for the middle of a box, none of them a mere rest."""
        return balanced(text, room, self.letters, most, bold=True)

    def wide(self, text: str, *, bold: bool = False) -> float:
        return self.letters.width(text, bold=bold)

    def label(
        self,
        x: float,
        y: float,
        text: str,
        room: float,
        anchor: Anchor = "start",
        *,
        bold: bool = False,
        colour: str = "text",
    ) -> Label:
        return Label(x, y, text, self.em, min(room, self.wide(text, bold=bold)), anchor, bold, colour)

    def column(
        self,
        x: float,
        y: float,
        lines: list[str],
        room: float,
        anchor: Anchor = "start",
        *,
        bold: bool = False,
        colour: str = "text",
    ) -> Iterator[Label]:
        """Lines below each other; ``y`` is the upper edge of the first."""
        for number, text in enumerate(lines):
            base = y + number * self.line + 0.95 * self.em
            yield self.label(x, base, text, room, anchor, bold=bold, colour=colour)
