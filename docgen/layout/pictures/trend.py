"""The trend of months: for each indicator a panel, for each month a column, and a beam where its target lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from docgen.layout.pictures.drawing import HAIR, THIN, Drawing, Line, Mark, rectangle
from docgen.layout.pictures.ground import Ground
from docgen.layout.pictures.measure import drawable
from docgen.model.case import Month, Quantity
from docgen.sandbox import number

LEAST_MONTHS = 2
MOST_MONTHS = 12
MOST_PANELS = 8
ACROSS = 4
TALL = 5.6
"""Ems: how high the columns may become."""
BETWEEN = 1.8
MOST_WIDE = 26.0
"""Ems: a panel needs no more, however few there are."""


@dataclass(frozen=True, slots=True)
class Point:
    month: Month
    target: Decimal
    actual: Decimal | None


@dataclass(frozen=True, slots=True)
class Panel:
    name: str
    unit: str
    points: tuple[Point, ...]


def trend(ground: Ground, months: Sequence[Mapping[str, Any]], before: Any) -> Drawing | None:
    """The months that lie before the month ``before``; None of fewer than two, or of more indicators than can be read.

    An indicator that was measured in fewer than two months has no trend.
    """
    past = sorted(
        (
            one
            for one in months
            if isinstance(one["month"], Month) and isinstance(before, Month) and one["month"] < before
        ),
        key=lambda one: one["month"],
    )[-MOST_MONTHS:]
    panels = [one for one in _panels(past) if sum(point.actual is not None for point in one.points) >= LEAST_MONTHS]
    if not panels or len(panels) > MOST_PANELS or not all(drawable(one.name + one.unit) for one in panels):
        return None
    across = min(ACROSS, len(panels))
    width = min((ground.width - (across - 1) * BETWEEN * ground.em) / across, MOST_WIDE * ground.em)
    marks: list[Mark] = []
    top = height = 0.0
    for first in range(0, len(panels), across):
        row = panels[first : first + across]
        headings = [ground.lines(_name(ground, panel), width, 2, bold=True) for panel in row]
        plot = top + max(map(len, headings)) * ground.line + 0.3 * ground.em
        for column, (panel, heading) in enumerate(zip(row, headings, strict=True)):
            left = column * (width + BETWEEN * ground.em)
            marks += ground.column(left, top, heading, width, bold=True)
            marks += _panel(ground, panel, left, plot, width)
        height = plot + (TALL + 1.2) * ground.em + ground.line
        top = height + 0.5 * ground.em
    marks += _key(ground, top)
    return Drawing(ground.width, top + ground.line + 0.2 * ground.em, tuple(marks), tuple(_told(ground, panels)))


def _panels(months: Sequence[Mapping[str, Any]]) -> list[Panel]:
    found: dict[str, dict[Month, Point]] = {}
    units: dict[str, set[str]] = {}
    for month in months:
        for row in month["indicators"] or ():
            target, actual = number(row["month_target"]), number(row["actual"])
            if not isinstance(row["name"], str) or target is None or row["direction"] == "on_date":
                continue
            units.setdefault(row["name"], set()).update(
                {row["unit"] or ""}
                | {one.unit for one in (row["month_target"], row["actual"]) if isinstance(one, Quantity) and one.unit}
            )
            found.setdefault(row["name"], {})[month["month"]] = Point(month["month"], target, actual)
    return [
        Panel(name, next(iter(units[name])), tuple(points[month] for month in sorted(points)))
        for name, points in found.items()
        if len(units[name]) == 1
    ]


def _name(ground: Ground, panel: Panel) -> str:
    return f"{panel.name}{ground.tell('in_brackets', text=panel.unit) if panel.unit else ''}"


def _panel(ground: Ground, panel: Panel, left: float, top: float, width: float) -> Iterator[Mark]:
    em = ground.em
    figures = [value for point in panel.points for value in (point.target, point.actual) if value is not None]
    low, high = min([Decimal(0), *figures]), max([Decimal(0), *figures])
    whole = (high - low) or Decimal(1)
    room = TALL * em
    top += 1.1 * em

    def at(value: Decimal) -> float:
        return top + float((high - value) / whole) * room

    slot = width / len(panel.points)
    texts = [
        ground.text(point.actual) if point.actual is not None else ground.tell("none_found") for point in panel.points
    ]
    months = [ground.tell("picture.trend.month", month=point.month.month) for point in panel.points]
    shown = all(ground.wide(text) <= slot - 0.2 * em for text in texts)
    every = next((n for n in range(1, 13) if max(map(ground.wide, months)) + 0.2 * em <= n * slot), 13)
    for place, (point, text, month) in enumerate(zip(panel.points, texts, months, strict=True)):
        x, half = left + (place + 0.5) * slot, min(0.3 * slot, 1.4 * em)
        peak = min(at(point.target), at(point.actual if point.actual is not None else Decimal(0)), at(Decimal(0)))
        if point.actual is not None:
            y = min(at(point.actual), at(Decimal(0)))
            yield rectangle(
                x - half, y, 2 * half, abs(at(point.actual) - at(Decimal(0))), fill="accent", edge="text", line=HAIR
            )
        yield Line(x - half - 0.25 * em, at(point.target), x + half + 0.25 * em, at(point.target), 1.8, "paper")
        yield Line(
            x - half - 0.25 * em, at(point.target), x + half + 0.25 * em, at(point.target), THIN, "text", (2.4, 1.2)
        )
        if shown:
            yield ground.label(x, peak - 0.35 * em, text, slot - 0.1 * em, "middle")
        if place % every == 0:
            yield ground.label(x, top + room + ground.line, month, every * slot, "middle", colour="label")
    if not shown:
        last = next(value for value in reversed(panel.points) if value.actual is not None)
        yield ground.label(left + width, top - 0.3 * em, ground.text(last.actual), width, "end")
    yield Line(left, at(Decimal(0)), left + width, at(Decimal(0)), THIN, "text")


def _key(ground: Ground, top: float) -> Iterator[Mark]:
    em, base = ground.em, top + 0.95 * ground.em
    x = 0.0
    for kind in ("actual", "target"):
        if kind == "actual":
            yield rectangle(x, top + 0.3 * em, 1.6 * em, 0.7 * em, fill="accent", edge="text", line=HAIR)
        else:
            yield Line(x, top + 0.65 * em, x + 1.6 * em, top + 0.65 * em, THIN, "text", (2.4, 1.2))
        word = ground.say(f"picture.bars.{kind}")
        room = min(ground.wide(word), ground.width / 3)
        yield ground.label(x + 2.1 * em, base, word, room, colour="label")
        x += 4 * em + room


def _told(ground: Ground, panels: Sequence[Panel]) -> Iterator[str]:
    for panel in panels:
        points = [
            ground.tell(
                "picture.trend.alt_month",
                month=point.month,
                actual=None if point.actual is None else Quantity(point.actual, panel.unit),
                target=Quantity(point.target, panel.unit),
            )
            for point in panel.points
        ]
        yield ground.tell("picture.trend.alt", name=panel.name, months=points)
