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
    """What is known of a month: nothing, its target, or both figures."""

    month: Month
    target: Decimal | None = None
    actual: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """``points``: of every month from the first to the last; ``lower``: is less better?"""

    name: str
    unit: str
    lower: bool
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
        headings = [ground.lines(_name(ground, panel), width, 3, bold=True) for panel in row]
        plot = top + max(map(len, headings)) * ground.line + 0.3 * ground.em
        for column, (panel, heading) in enumerate(zip(row, headings, strict=True)):
            left = column * (width + BETWEEN * ground.em)
            marks += ground.column(left, top, heading, width, bold=True)
            marks += _panel(ground, panel, left, plot, width)
        height = plot + (TALL + 0.5) * ground.em + 2 * ground.line
        top = height + 0.5 * ground.em
    marks += _key(ground, top)
    return Drawing(ground.width, top + ground.line + 0.2 * ground.em, tuple(marks), tuple(_told(ground, panels)))


def _panels(months: Sequence[Mapping[str, Any]]) -> Iterator[Panel]:
    """An indicator a panel; none of what can't be compared: of two units or directions, or of two rows for a month."""
    rows: dict[str, list[tuple[Month, Mapping[str, Any]]]] = {}
    for month in months:
        for row in month["indicators"] or ():
            if isinstance(row["name"], str):
                rows.setdefault(row["name"], []).append((month["month"], row))
    for name, some in rows.items():
        units = {unit for _, row in some for unit in _units(row)}
        directions = {row["direction"] or "higher" for _, row in some}
        known = {
            month: Point(month, target, number(row["actual"]))
            for month, row in some
            if (target := number(row["month_target"])) is not None
        }
        if (
            len(units) > 1
            or len(directions) > 1
            or "on_date" in directions
            or len({one for one, _ in some}) < len(some)
        ):
            continue
        if known:
            every = _every(min(known), max(known))[-MOST_MONTHS:]
            yield Panel(name, units.pop(), "lower" in directions, tuple(known.get(one, Point(one)) for one in every))


def _units(row: Mapping[str, Any]) -> Iterator[str]:
    yield row["unit"] or ""
    yield from (one.unit for one in (row["month_target"], row["actual"]) if isinstance(one, Quantity) and one.unit)


def _every(first: Month, last: Month) -> list[Month]:
    count = (last.year - first.year) * 12 + last.month - first.month
    months = (first.month - 1 + number for number in range(count + 1))
    return [Month(first.year + month // 12, month % 12 + 1) for month in months]


def _name(ground: Ground, panel: Panel) -> str:
    unit = ground.tell("in_brackets", text=panel.unit) if panel.unit else ""
    return f"{panel.name}{unit}{ground.tell('targets.better.lower') if panel.lower else ''}"


def _panel(ground: Ground, panel: Panel, left: float, top: float, width: float) -> Iterator[Mark]:
    em = ground.em
    figures = [value for point in panel.points for value in (point.target, point.actual) if value is not None]
    low, high = min([Decimal(0), *figures]), max([Decimal(0), *figures])
    whole = (high - low) or Decimal(1)
    room = TALL * em
    top += 0.2 * em

    def at(value: Decimal) -> float:
        return top + float((high - value) / whole) * room

    slot = width / len(panel.points)
    nothing = ground.tell("none_found")
    texts = [nothing if point.actual is None else ground.text(point.actual) for point in panel.points]
    months = [ground.tell("picture.trend.month", month=point.month.month) for point in panel.points]
    shown = all(ground.wide(text) <= slot - 0.2 * em for text in texts)
    base = top + room + ground.line
    every = next((n for n in range(1, 13) if max(map(ground.wide, months)) + 0.2 * em <= n * slot), 13)
    for place, (point, text, month) in enumerate(zip(panel.points, texts, months, strict=True)):
        x, half = left + (place + 0.5) * slot, min(0.3 * slot, 1.4 * em)
        zero, beam = at(Decimal(0)), half + 0.25 * em
        if point.actual is not None:
            end = at(point.actual)
            yield rectangle(x - half, min(end, zero), 2 * half, abs(end - zero), fill="accent", edge="text", line=HAIR)
        if point.target is not None:
            aim = at(point.target)
            yield Line(x - beam, aim, x + beam, aim, 1.8, "paper")
            yield Line(x - beam, aim, x + beam, aim, THIN, "text", (2.4, 1.2))
        if place % every == 0:
            yield ground.label(x, base, month, every * slot, "middle", colour="label")
        if shown:  # below the months, where it can't be taken for the target's
            yield ground.label(x, base + ground.line, text, slot - 0.1 * em, "middle")
    if not shown:
        known = [at for at, point in enumerate(panel.points) if point.actual is not None][-1]
        last = f"{months[known]}{ground.tell('colon')}{texts[known]}"
        yield ground.label(left + width, base + ground.line, last, width, "end")
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
            if point.target is not None
        ]
        yield ground.tell("picture.trend.alt", name=panel.name, lower=panel.lower, months=points)
