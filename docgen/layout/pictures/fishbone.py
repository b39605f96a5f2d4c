"""The fishbone of the causes: five aspects as bones, causes on twigs, root causes starred and bold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

from docgen.layout.pictures.drawing import HAIR, THICK, THIN, Drawing, Line, Mark, Shape, rectangle
from docgen.layout.pictures.ground import Ground
from docgen.layout.pictures.measure import drawable

ABOVE, BELOW = ("man", "machine", "material"), ("method", "environment")
HEAD = 10.5
"""Ems: how wide the head is."""
ENDS = 1.5
SLANT = 2.4
BESIDE = SLANT + 1.6
"""Ems of a column that are not the causes'."""
SHARE = 0.8
"""The power of the length of its text by which a column is wider: below 1, as the others are to be read too."""
GAP = 0.45
"""Ems between the causes of a bone."""
LEAST = 3.0
"""Ems of a bone without its name: shorter, it would be none."""
MOST_HIGH = 30.0
"""Ems: 90 mm of letters of 8.5 points. What would be higher, with all that it says, is left to the table."""
UNCUT = 99


@dataclass(frozen=True, slots=True)
class _Cause:
    lines: list[str]
    root: bool


@dataclass(frozen=True, slots=True)
class _Bone:
    """``left`` and ``right``: of the column that it stands in."""

    name: list[str]
    left: float
    right: float
    causes: list[_Cause]


def fishbone(ground: Ground, problem: Any, causes: Sequence[Mapping[str, Any]]) -> Drawing | None:
    """The causes by their ``aspect``, each to its last word; None where there are none, or more than can be read.

    It takes the place of a table: what has no room is not cut.
    """
    placed = [cause for cause in causes if cause["aspect"] in ABOVE + BELOW and cause["description"]]
    head = ground.text(problem)
    texts = [ground.text(cause["description"]) for cause in placed]
    if not placed or not all(map(drawable, [head, *texts])):
        return None
    if any(_least(ground, names) * len(names) > ground.width - (HEAD + ENDS) * ground.em for names in (ABOVE, BELOW)):
        return None
    upper, lower = (list(_bones(ground, placed, names)) for names in (ABOVE, BELOW))
    above, below = (max(_height(ground, bone) for bone in bones) for bones in (upper, lower))
    heading = ground.heading(head, (HEAD - 1) * ground.em, UNCUT)
    least = (len(heading) * ground.line + 1.2 * ground.em) / 2
    above, below = max(above, least), max(below, least)
    has_root = any(cause["is_root"] for cause in placed)
    if has_root:  # its key stands below the head
        below = max(below, least + len(_key_lines(ground)) * ground.line + 0.8 * ground.em)
    if above + below > MOST_HIGH * ground.em:
        return None
    marks = [*_spine(ground, above, heading, least)]
    for bones, down in ((upper, False), (lower, True)):
        for bone in bones:
            marks += _drawn(ground, bone, above, above + below if down else 0.0)
    if has_root:
        marks += _key(ground, above + least + 0.4 * ground.em)
    return Drawing(ground.width, above + below, tuple(marks), tuple(_told(ground, head, placed)))


def _bones(ground: Ground, causes: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Iterator[_Bone]:
    """The bones of one side, each with room as it has text, in columns as wide as the spine in all."""
    of = [[cause for cause in causes if cause["aspect"] == name] for name in names]
    least = _least(ground, names)
    weights = [sum(ground.wide(ground.text(one["description"])) for one in some) ** SHARE for some in of]
    spare = ground.width - (HEAD + ENDS) * ground.em - least * len(names)
    left = 0.0
    for name, some, weight in zip(names, of, weights, strict=True):
        right = left + least + spare * (weight / sum(weights) if sum(weights) else 1 / len(names))
        room = right - left - BESIDE * ground.em
        rows = [
            _Cause(ground.lines(ground.text(one["description"]), room, UNCUT, bold=one["is_root"]), one["is_root"])
            for one in some
        ]
        rows = rows or [_Cause(ground.lines(ground.tell("none_found"), room, UNCUT), False)]
        title = ground.lines(ground.say(f"aspect.{name}"), right - left - ground.em, UNCUT, bold=True)
        yield _Bone(title, left, right, rows)
        left = right


def _least(ground: Ground, names: Sequence[str]) -> float:
    """The width that every bone of a side must have."""
    titles = [ground.wide(ground.say(f"aspect.{name}"), bold=True) for name in names]
    nothing = ground.wide(ground.tell("none_found"))
    return max((SLANT + 5.5) * ground.em, max(titles) + 1.5 * ground.em, nothing + (BESIDE + 0.1) * ground.em)


def _height(ground: Ground, bone: _Bone) -> float:
    rows = sum(len(cause.lines) * ground.line + GAP * ground.em for cause in bone.causes)
    return max(rows, LEAST * ground.em) + 2.2 * ground.em


def _drawn(ground: Ground, bone: _Bone, spine: float, end: float) -> Iterator[Mark]:
    """``end``: the edge of the picture at which the bone's name stands."""
    em, down = ground.em, end > spine
    tip = end - 1.7 * em if down else end + 1.7 * em
    foot = bone.right - 0.6 * em
    top = foot - SLANT * em
    yield Line(foot, spine, top, tip, THIN)
    name = bone.name[0] if bone.name else ""
    width = min(ground.wide(name, bold=True) + em, bone.right - bone.left - 0.2 * em)
    left = min(max(bone.left, top - width / 2), bone.right - width)
    yield rectangle(left, min(tip, end) + 0.1 * em, width, 1.5 * em, fill="tint", edge="label", line=HAIR)
    yield ground.label(left + width / 2, min(tip, end) + 1.15 * em, name, width - 0.6 * em, "middle", bold=True)
    y = spine + 0.3 * em if down else tip + 0.2 * em

    def across(height: float) -> float:
        return foot + (top - foot) * (height - spine) / (tip - spine)

    for cause in bone.causes:
        low = y + len(cause.lines) * ground.line + 0.1 * em
        ends = min(across(y), across(low)) - 0.5 * em
        room = ends - bone.left - 0.4 * em
        yield from ground.column(ends, y, cause.lines, room, "end", bold=cause.root)
        longest = max((ground.wide(line, bold=cause.root) for line in cause.lines), default=0.0)
        thick, colour = (THICK, "accent") if cause.root else (HAIR, "label")
        yield Line(ends - min(longest, room), low, across(low), low, thick, colour)
        if cause.root:
            yield star(across(low), low, 0.55 * em)
        y += len(cause.lines) * ground.line + GAP * em


def _spine(ground: Ground, y: float, heading: list[str], half: float) -> Iterator[Mark]:
    left = ground.width - HEAD * ground.em
    yield Line(0.2 * ground.em, y, left, y, THICK)
    yield rectangle(left, y - half, ground.width - left - 0.5, 2 * half, fill="paper", edge="text", line=THICK)
    middle = left + HEAD * ground.em / 2
    top = y - len(heading) * ground.line / 2
    yield from ground.column(middle, top, heading, (HEAD - 1) * ground.em, "middle", bold=True)


def _key(ground: Ground, y: float) -> Iterator[Mark]:
    left = ground.width - HEAD * ground.em
    yield star(left + 0.7 * ground.em, y + 0.65 * ground.em, 0.55 * ground.em)
    yield from ground.column(left + 1.6 * ground.em, y, _key_lines(ground), (HEAD - 1.7) * ground.em)


def _key_lines(ground: Ground) -> list[str]:
    return ground.lines(ground.say("picture.fishbone.root"), (HEAD - 1.7) * ground.em, 2)


def star(x: float, y: float, radius: float) -> Shape:
    """With five points; black and white show it as well."""
    reach = [radius if point % 2 == 0 else radius * 0.42 for point in range(10)]
    points = [(x + far * sin(pi * n / 5), y - far * cos(pi * n / 5)) for n, far in enumerate(reach)]
    return Shape(tuple(points), "accent", "text", HAIR)


def _told(ground: Ground, head: str, causes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield ground.tell("picture.fishbone.alt", problem=head)
    for name in ABOVE + BELOW:
        some = [
            ground.tell(
                "picture.fishbone.alt_root" if one["is_root"] else "picture.fishbone.alt_cause",
                cause=ground.text(one["description"]),
            )
            for one in causes
            if one["aspect"] == name
        ]
        aspect = ground.tell(f"aspect.{name}")
        yield ground.tell("picture.fishbone.alt_aspect", aspect=aspect, causes=ground.text(some))
