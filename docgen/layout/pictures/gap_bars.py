"""Bars of what is, what should be and what is aimed at, beside each other: of each gap, each target, or each result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from docgen.layout.pictures.drawing import HAIR, THIN, Drawing, Line, Mark, hatched, rectangle
from docgen.layout.pictures.ground import Ground
from docgen.layout.pictures.measure import drawable
from docgen.model.case import Quantity
from docgen.sandbox import number

BAR = 0.95
"""Ems: how high a bar is."""
BETWEEN = 2.4
"""Ems between two columns of bars."""
KINDS = {"current": "accent", "actual": "accent", "standard": "paper", "target": "tint"}
"""What each bar is filled with; a target is hatched too."""


@dataclass(frozen=True, slots=True)
class Group:
    """Bars that may be compared: what of, and the kind and the value of each. ``lower``: is less better?"""

    name: str
    bars: tuple[tuple[str, Any], ...]
    lower: bool


def gap_bars(
    ground: Ground, gaps: Sequence[Mapping[str, Any]] = (), targets: Sequence[Mapping[str, Any]] = ()
) -> Drawing | None:
    """The bars of ``gaps`` (actual, standard) and ``targets`` (current, target); what measures the same is one."""
    return _drawn(ground, [*_groups(gaps, targets)])


def result_bars(ground: Ground, figures: Sequence[Mapping[str, Any]]) -> Drawing | None:
    """The bars of what was reached (``actual``) and what was to be (``month_target``)."""
    found = (
        _group(row["name"], row, {"actual": row["actual"], "target": row["month_target"]}, row["unit"])
        for row in figures
    )
    return _drawn(ground, [one for one in found if one])


def _groups(gaps: Sequence[Mapping[str, Any]], targets: Sequence[Mapping[str, Any]]) -> Iterator[Group]:
    left = list(targets)
    for gap in gaps:
        own = next((one for one in left if _same(one, gap)), None)
        bars, name = {"current": gap["actual"], "standard": gap["standard"]}, gap["area"]
        if own is not None:
            left = [one for one in left if one is not own]
            bars["target"] = own["target_value"]
            name = name if own["name"] == name else f"{name} · {own['name']}"
        made = _group(name, gap, bars, getattr(gap["standard"], "unit", ""))
        if made:
            yield made
    for target in left:
        bars = {"current": target["current_value"], "target": target["target_value"]}
        made = _group(target["name"], target, bars, target["unit"])
        if made:
            yield made


def _same(target: Mapping[str, Any], gap: Mapping[str, Any]) -> bool:
    """Does a target measure what its gap does, from the same figure, and have both of them bars?"""
    unit = getattr(gap["actual"], "unit", "")
    figures = (target["current_value"], target["target_value"], gap["actual"], gap["standard"])
    return (
        all(not isinstance(one, bool) and number(one) is not None for one in figures)
        and number(target["current_value"]) == number(gap["actual"])
        and (target["unit"] or "") == unit == getattr(gap["standard"], "unit", "")
        and (target.get("direction") == "lower") is (gap.get("direction") == "lower")
        and gap["area"] in (target.get("gap_ref_name"), target["name"])
    )


def _group(name: Any, row: Mapping[str, Any], values: Mapping[str, Any], unit: Any) -> Group | None:
    """None where a figure is missing, or where units differ; a date that is to be kept is no length."""
    units = {value.unit for value in values.values() if isinstance(value, Quantity) and value.unit} | {unit or ""}
    if row.get("direction") == "on_date" or not name or len(units) > 1:
        return None
    if any(isinstance(value, bool) or number(value) is None for value in values.values()):
        return None
    bars = tuple((kind, Quantity(number(value) or Decimal(0), unit or "")) for kind, value in values.items())
    return Group(str(name), bars, row.get("direction") == "lower")


def _drawn(ground: Ground, groups: Sequence[Group]) -> Drawing | None:
    names = [_name(ground, group) for group in groups]
    if not groups or not all(map(drawable, [*names, *(ground.text(value) for one in groups for _, value in one.bars)])):
        return None
    across = 1 if len(groups) == 1 else 2
    width = (ground.width - (across - 1) * BETWEEN * ground.em) / across
    marks: list[Mark] = []
    top = height = 0.0
    for first in range(0, len(groups), across):
        below = top
        for column, (group, name) in enumerate(zip(groups[first:], names[first : first + across], strict=False)):
            left = column * (width + BETWEEN * ground.em)
            part = list(_bars(ground, group, name, left, top, width))
            marks += part
            below = max(below, top + _height(ground, group, name, width))
        height, top = below, below + 0.9 * ground.em
    if height > ground.high:
        return None
    return Drawing(ground.width, height, tuple(marks), tuple(_told(ground, groups)))


def _name(ground: Ground, group: Group) -> str:
    return f"{group.name}{ground.tell('targets.better.lower') if group.lower else ''}"


def _heading(ground: Ground, name: str, width: float) -> list[str]:
    return ground.lines(name, width, 3, bold=True)


def _height(ground: Ground, group: Group, name: str, width: float) -> float:
    return len(_heading(ground, name, width)) * ground.line + len(group.bars) * ground.line + 0.5 * ground.em


def _bars(ground: Ground, group: Group, name: str, left: float, top: float, width: float) -> Iterator[Mark]:
    em = ground.em
    heading = _heading(ground, name, width)
    yield from ground.column(left, top, heading, width, bold=True)
    top += len(heading) * ground.line + 0.2 * em
    words = [ground.say(f"picture.bars.{kind}") for kind, _ in group.bars]
    texts = [ground.text(value) for _, value in group.bars]
    before = min(max(map(ground.wide, words)), 0.3 * width) + 0.7 * em
    after = min(max(map(ground.wide, texts)), 0.4 * width) + 0.9 * em
    room = width - before - after
    figures = [number(value) or Decimal(0) for _, value in group.bars]
    low, high = min([Decimal(0), *figures]), max([Decimal(0), *figures])
    whole = (high - low) or Decimal(1)
    zero = left + before + float(-low / whole) * room
    for row, ((kind, _), word, text, figure) in enumerate(zip(group.bars, words, texts, figures, strict=True)):
        y = top + row * ground.line
        end = zero + float(figure / whole) * room
        x, long = min(zero, end), abs(end - zero)
        base = y + 0.95 * em
        yield ground.label(left + before - 0.5 * em, base, word, before - 0.6 * em, "end", colour="label")
        yield rectangle(x, y + 0.12 * em, long, BAR * em, fill=KINDS[kind], edge="text", line=HAIR)
        if kind == "target":
            yield hatched(x, y + 0.12 * em, long, BAR * em, "text")
        yield ground.label(max(zero, end) + 0.4 * em, base, text, after - 0.5 * em)
    yield Line(zero, top, zero, top + len(group.bars) * ground.line, THIN, "text")


def _told(ground: Ground, groups: Sequence[Group]) -> Iterator[str]:
    for group in groups:
        values = [
            ground.tell("picture.bars.alt_value", kind=ground.tell(f"picture.bars.{kind}"), value=value)
            for kind, value in group.bars
        ]
        yield ground.tell("picture.bars.alt", name=group.name, lower=group.lower, values=values)
