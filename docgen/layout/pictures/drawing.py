"""A drawing: lines, shapes and labels on a sheet, and the SVG that it is written as. All lengths are points."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Literal, assert_never

from docgen.layout.theme import Theme

Anchor = Literal["start", "middle", "end"]
PAPER = "#FFFFFF"
ASCENT, DESCENT = 0.88, 0.24
"""Of an em: where the letters of a label end above and below its base line."""
HAIR, THIN, THICK = 0.5, 0.8, 1.4
_TEXT = re.compile("<text [^>]*>([^<]*)</text>")


@dataclass(frozen=True, slots=True)
class Line:
    """``dash``: lengths of dashes and of what is between them; none: a line without gaps."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = THIN
    colour: str = "text"
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Strokes:
    """Lines of one look, each from (x1, y1) to (x2, y2)."""

    ends: tuple[tuple[float, float, float, float], ...]
    width: float
    colour: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed shape; ``fill`` and ``edge`` are colours of the theme, 'paper', or '' for none."""

    points: tuple[tuple[float, float], ...]
    fill: str = ""
    edge: str = ""
    width: float = THIN


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text with its base line at ``y``, never wider than ``room``: where a font is, it is set narrower."""

    x: float
    y: float
    text: str
    size: float
    room: float
    anchor: Anchor = "start"
    bold: bool = False
    colour: str = "text"

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what it may cover."""
        left = self.x - self.room * {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        return left, self.y - ASCENT * self.size, left + self.room, self.y + DESCENT * self.size


Mark = Line | Strokes | Shape | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture, and ``alt``, which says all that it says, sentence by sentence."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    alt: tuple[str, ...]

    @property
    def labels(self) -> tuple[Label, ...]:
        return tuple(mark for mark in self.marks if isinstance(mark, Label))


def rectangle(
    x: float, y: float, width: float, height: float, *, fill: str = "", edge: str = "", line: float = THIN
) -> Shape:
    return Shape(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), fill, edge, line)


def hatched(x: float, y: float, width: float, height: float, colour: str, step: float = 3.0) -> Strokes:
    """Slanted lines that fill a rectangle, so that a fax shows it otherwise than a grey or a white one."""
    ends = []
    start = step
    while start < width + height:
        low, high = max(0.0, start - height), min(start, width)
        if high - low > 0.1:
            ends.append((x + low, y + (start - low), x + high, y + (start - high)))
        start += step
    return Strokes(tuple(ends), HAIR, colour)


def svg(drawing: Drawing, theme: Theme, language: str) -> str:
    """``drawing`` as SVG, in the theme's colours and its fonts for PDF."""
    faces = theme.fonts.pdf.of(language)
    stacks = {
        bold: ", ".join(dict.fromkeys((face.latin, face.east_asian)))
        for bold, face in ((False, faces.body), (True, faces.heading))
    }
    size = f"{_short(drawing.width)} {_short(drawing.height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">'
        + "".join(_written(mark, theme.colours, stacks) for mark in drawing.marks)
        + "</svg>"
    )


def words_in(text: str) -> list[str]:
    """The labels of an SVG that ``svg`` wrote, in order."""
    return [unescape(found) for found in _TEXT.findall(text)]


def _written(mark: Mark, colours: Mapping[str, str], stacks: Mapping[bool, str]) -> str:
    def colour(name: str) -> str:
        return PAPER if name == "paper" else colours[name] if name else "none"

    match mark:
        case Line():
            dash = f' stroke-dasharray="{_list(mark.dash)}"' if mark.dash else ""
            ends = (f'{name}="{_short(getattr(mark, name))}"' for name in ("x1", "y1", "x2", "y2"))
            look = f'stroke="{colour(mark.colour)}" stroke-width="{_short(mark.width)}"{dash}'
            return f"<line {' '.join(ends)} {look}/>"
        case Strokes():
            path = "".join(f"M{_short(a)},{_short(b)}L{_short(c)},{_short(d)}" for a, b, c, d in mark.ends)
            return f'<path d="{path}" stroke="{colour(mark.colour)}" stroke-width="{_short(mark.width)}" fill="none"/>'
        case Shape():
            corners = " ".join(f"{_short(x)},{_short(y)}" for x, y in mark.points)
            edge = f' stroke="{colour(mark.edge)}" stroke-width="{_short(mark.width)}"' if mark.edge else ""
            return f'<polygon points="{corners}" fill="{colour(mark.fill)}"{edge}/>'
        case Label():
            return (
                f'<text x="{_short(mark.x)}" y="{_short(mark.y)}" font-family="{escape(stacks[mark.bold])}"'
                f' font-size="{_short(mark.size)}" font-weight="{700 if mark.bold else 400}"'
                f' text-anchor="{mark.anchor}" fill="{colour(mark.colour)}" data-room="{_short(mark.room)}">'
                f"{escape(mark.text)}</text>"
            )
        case _:
            assert_never(mark)


def _list(lengths: Sequence[float]) -> str:
    return " ".join(map(_short, lengths))


def _short(length: float) -> str:
    """Two decimals, and none that say nothing."""
    return f"{length:.2f}".rstrip("0").rstrip(".")
