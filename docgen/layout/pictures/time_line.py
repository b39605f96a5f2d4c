"""The time line of a plan: its steps as bars from start to due, support and reviews as marks, month by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from docgen.layout.pictures.drawing import HAIR, THIN, Drawing, Line, Mark, Shape, rectangle
from docgen.layout.pictures.ground import Ground
from docgen.layout.pictures.measure import drawable

MOST_STEPS = 12
MOST_DAYS = 800
NAMES = 0.36
"""The share of the width that is left to the names of the steps."""


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    start: date | None
    due: date


@dataclass(frozen=True, slots=True)
class Scale:
    """Days along the picture; ``left`` and ``right`` in points."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date, part: float = 0.5) -> float:
        """Where a day lies; ``part``: 0 its beginning, 1 its end."""
        whole = (self.last - self.first).days + 1
        return self.left + (self.right - self.left) * ((day - self.first).days + part) / whole


def time_line(
    ground: Ground,
    start: Any,
    end: Any,
    steps: Sequence[Mapping[str, Any]],
    reviews: Sequence[Mapping[str, Any]],
    support: Sequence[Mapping[str, Any]],
) -> Drawing | None:
    """The time line from ``start`` to ``end``; None without steps, with too many, or over too many days."""
    known = [
        Step(
            ground.text(one["action"]),
            one["start_date"] if isinstance(one["start_date"], date) else None,
            one["due_date"],
        )
        for one in steps
        if one["action"] and isinstance(one["due_date"], date)
    ]
    meetings = [one for one in reviews if isinstance(one["date"], date)]
    helps = [one for one in support if isinstance(one["by_date"], date)]
    if not known or len(known) != len(steps) or len(known) > MOST_STEPS:
        return None
    if not isinstance(start, date) or not isinstance(end, date) or not all(drawable(step.name) for step in known):
        return None
    if start > end or any(step.start and step.start > step.due for step in known):
        return None
    days = [start, end, *(step.due for step in known), *(step.start for step in known if step.start)]
    days += [one["date"] for one in meetings] + [one["by_date"] for one in helps]
    if (max(days) - min(days)).days > MOST_DAYS:
        return None
    scale = Scale(min(days), max(days), NAMES * ground.width, ground.width - 0.6 * ground.em)
    for most in (2, 1):
        rows = [
            ground.lines(f"{number}. {step.name}", NAMES * ground.width - ground.em, most)
            for number, step in enumerate(known, 1)
        ]
        height = sum(max(len(row), 1) * ground.line + 0.35 * ground.em for row in rows)
        height += ground.line * (1.3 + 1.3 * bool(helps) + 2.5 * bool(meetings))
        if height <= ground.high:
            break
    else:
        return None
    marks = list(_months(ground, scale, height - ground.line * bool(meetings), start, end))
    y = 1.3 * ground.line
    for row, step in zip(rows, known, strict=True):
        marks += _step(ground, scale, step, row, y, start)
        y += max(len(row), 1) * ground.line + 0.35 * ground.em
    if helps:
        marks += _marks(ground, scale, y, "picture.time.support", [one["by_date"] for one in helps], _square)
        y += 1.3 * ground.line
    if meetings:
        marks += _marks(ground, scale, y, "picture.time.reviews", [one["date"] for one in meetings], _triangle)
        marks += _days(ground, scale, y + 1.2 * ground.line, [one["date"] for one in meetings])
    told = _told(ground, start, end, known, meetings, helps)
    return Drawing(ground.width, height, tuple(marks), tuple(told))


def _months(ground: Ground, scale: Scale, height: float, start: date, end: date) -> Iterator[Mark]:
    """Lines where months begin, their names above; and the period, stronger."""
    base = 0.95 * ground.em
    low = 1.2 * ground.line
    first = scale.first.replace(day=1)
    starts = []
    while first <= scale.last:
        starts.append(first)
        first = (first + timedelta(days=32)).replace(day=1)
    edges = [scale.at(max(day, scale.first), 0) for day in starts] + [scale.right]
    texts = [
        ground.tell(
            "picture.time.month" if day == starts[0] or day.month == 1 else "picture.trend.month",
            year=day.year,
            month=day.month,
        )
        for day in starts
    ]
    # Every month has its name where there is room for it, else every second, third, …; the first one always has.
    every = next((n for n in range(1, len(starts)) if _fit(ground, texts, edges, n)), len(starts))
    taken = 0.0
    for number, (edge, text) in enumerate(zip(edges[:-1], texts, strict=True)):
        yield Line(edge, low, edge, height, HAIR, "rule")
        left, wide = edge + 0.2 * ground.em, ground.wide(text)
        if number % every == 0 and left > taken and (number == 0 or left + wide <= scale.right):
            yield ground.label(left, base, text, min(wide, ground.width - left), colour="label")
            taken = left + wide + 0.3 * ground.em
    yield Line(scale.right, low, scale.right, height, HAIR, "rule")
    yield Line(scale.at(start, 0), low, scale.at(end, 1), low, 2.0, "text")


def _fit(ground: Ground, texts: Sequence[str], edges: Sequence[float], every: int) -> bool:
    """Do the names of every so many months fit, but for those at the ends, whose months may be cut?"""
    whole = range(every, len(texts) - every, every)
    return all(ground.wide(texts[at]) + 0.6 * ground.em <= edges[at + every] - edges[at] for at in whole)


def _step(ground: Ground, scale: Scale, step: Step, row: list[str], y: float, start: date) -> Iterator[Mark]:
    em = ground.em
    yield from ground.column(0, y, row, NAMES * ground.width - em)
    middle = y + max(len(row), 1) * ground.line / 2
    right = scale.at(step.due, 1)
    if step.start:
        left = scale.at(step.start, 0)
        yield rectangle(left, middle - 0.42 * em, right - left, 0.84 * em, fill="accent", edge="text", line=HAIR)
        return
    # Nobody said when it begins: from the start of the period on it may, which is drawn open.
    left = min(scale.at(max(start, scale.first), 0), right)
    yield rectangle(left, middle - 0.42 * em, right - left, 0.84 * em, fill="tint", edge="text", line=HAIR)
    yield Line(right, middle - 0.6 * em, right, middle + 0.6 * em, 1.6)


def _marks(ground: Ground, scale: Scale, y: float, key: str, days: Sequence[date], shape: Any) -> Iterator[Mark]:
    room = NAMES * ground.width - ground.em
    middle = y + 0.6 * ground.line
    yield from ground.column(0, y, ground.lines(ground.say(key), room, 1), room, colour="label")
    yield Line(scale.left, middle, scale.right, middle, HAIR, "rule")
    for day in days:
        yield shape(scale.at(day), middle, 0.42 * ground.em)


def _square(x: float, y: float, half: float) -> Shape:
    return rectangle(x - half, y - half, 2 * half, 2 * half, fill="paper", edge="text", line=THIN)


def _triangle(x: float, y: float, half: float) -> Shape:
    return Shape(((x - half, y + half), (x + half, y + half), (x, y - half)), "text", "text", HAIR)


def _days(ground: Ground, scale: Scale, y: float, days: Sequence[date]) -> Iterator[Mark]:
    """The days of the reviews, below their marks, where there is room for all."""
    ends = -1.0
    found = []
    for day in sorted(set(days)):
        text = ground.tell("picture.time.day", day=day.day, month=day.month)
        wide = ground.wide(text)
        left = min(scale.at(day) - wide / 2, ground.width - wide)
        if left < ends + 0.3 * ground.em:
            return
        found.append(ground.label(left, y + 0.95 * ground.em, text, wide, colour="label"))
        ends = left + wide
    yield from found


def _told(
    ground: Ground,
    start: date,
    end: date,
    steps: Sequence[Step],
    reviews: Sequence[Mapping[str, Any]],
    support: Sequence[Mapping[str, Any]],
) -> Iterator[str]:
    yield ground.tell("picture.time.alt", start=start, end=end)
    for number, step in enumerate(steps, 1):
        yield ground.tell("picture.time.alt_step", n=number, action=step.name, start=step.start, due=step.due)
    if support:
        yield ground.tell("picture.time.alt_support", days=[one["by_date"] for one in support])
    if reviews:
        yield ground.tell("picture.time.alt_reviews", days=[one["date"] for one in reviews])
