"""End a line of a Word cell before what must not be parted: Word breaks lines between any two Han characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from docgen.model.document import Break, Inline, Text
from docgen.writers.columns import TOGETHER, ems

MOST_LINES = 4
"""Further down in a cell it is too uncertain where lines end."""
SURE = 1.01
"""What fits exactly may not in another font."""
_HAN = "\u2e80-\U0010ffff"
_OPENS = "（《“〔【("
_OPENING = re.compile(rf"[{_OPENS}]+$")
_STEPS = re.compile(rf"[{_OPENS}]*[{_HAN}][，。、；：！？）》”〕】]*|[^\s{_HAN}]+|\s+")
"""Between these a line may end."""


def unparted(content: tuple[Inline, ...], points: float, width: int) -> tuple[Inline, ...]:
    """``content`` with a line end before each date, box or remark that would else stand on two lines.

    Args:
        points: the size of its letters.
        width: twips that a line has.
    """
    if len(content) == 1 and isinstance(content[0], Text) and content[0].role == "nobreak":
        return content  # nothing stands before it
    if not any(isinstance(one, Text) and (one.role == "nobreak" or TOGETHER.search(one.text)) for one in content):
        return content
    room = width / (points * 20)
    made: list[Inline] = []
    at, line = 0.0, 1
    for one in content:
        match one:
            case Break():
                made.append(one)
                at, line = 0.0, line + 1
            case Text(role=role) if role != "line":
                start = 0
                for begin, end, whole in _pieces(one):
                    piece = one.text[begin:end]
                    if not whole:
                        at, more = _filled(piece, at, room)
                        line += more
                        continue
                    wanted = ems(piece) * SURE
                    if at and at + wanted > room >= wanted and line <= MOST_LINES:
                        made += [replace(one, text=one.text[start:begin])] if begin > start else []
                        start, at, line = begin, _end_line(made, at), line + 1
                    at, more = (at + wanted, 0) if at + wanted <= room else _filled(piece, at, room)
                    line += more
                made.append(replace(one, text=one.text[start:]))
            case _:
                return content
    return tuple(made)


def _end_line(made: list[Inline], at: float) -> float:
    """End the line after ``made``, which reaches to ``at``, but before brackets that open there; how far these reach.

    Where nothing else stands on the line, it stays.
    """
    last = made[-1]
    opening = _OPENING.search(last.text) if isinstance(last, Text) else None
    if not isinstance(last, Text) or opening is None:
        made.append(Break())
        return 0.0
    reached = ems(opening[0])
    if at > reached:
        made[-1:] = [replace(last, text=last.text[: opening.start()]), Break(), replace(last, text=opening[0])]
    return reached


def _pieces(run: Text) -> Iterator[tuple[int, int, bool]]:
    """Begin and end of each piece of ``run``, and whether it must stay on one line."""
    if run.role == "nobreak":
        yield 0, len(run.text), True
        return
    at = 0
    for found in TOGETHER.finditer(run.text):
        if found.start() > at:
            yield at, found.start(), False
        yield found.start(), found.end(), True
        at = found.end()
    if at < len(run.text):
        yield at, len(run.text), False


def _filled(text: str, at: float, room: float) -> tuple[float, int]:
    """How far the last line reaches after ``text``, begun ``at`` ems into a line, and how many lines that adds."""
    lines = 0
    for step in _STEPS.findall(text):
        wide = 0.3 * len(step) if step.isspace() and step.isascii() else ems(step)
        if at and at + wide > room and not step.isspace():
            at, lines = 0.0, lines + 1
        at += wide
    return at, lines
