"""What follows from the calendar: review dates, the monthly decomposition of a target, and the targets of a month."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from docgen.checking.figures import amount, linear, spread
from docgen.model.case import Code, Month
from docgen.model.life import Life, Pause
from docgen.model.units import in_unit

NEAR_DAYS = 7
WEEKEND = 2
"""Reviews a month apart lie so many days further apart at most, where each is moved to a weekday."""


def month_of(day: date) -> Month:
    return Month(day.year, day.month)


def following(month: Month) -> Month:
    return Month(month.year + month.month // 12, month.month % 12 + 1)


def months_between(first: Month, last: Month) -> int:
    """Months from ``first`` to ``last``; 0 when they are the same, negative when ``last`` lies before."""
    return (last.year - first.year) * 12 + last.month - first.month


@lru_cache(maxsize=1024)
def month_range(first: Month, last: Month) -> tuple[Month, ...]:
    """Both ends included; nothing when ``last`` lies before ``first``."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return tuple(Month(index // 12, index % 12 + 1) for index in numbers)


def last_day(month: Month) -> date:
    return date(month.year, month.month, calendar.monthrange(month.year, month.month)[1])


def weekday_before(day: date) -> date:
    """The day itself, or the Friday before it where it lies on a weekend."""
    return day - timedelta(days=max(day.weekday() - calendar.FRIDAY, 0))


def weekday_after(day: date) -> date:
    """The day itself, or the Monday after it where it lies on a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > calendar.FRIDAY else day


def review_dates(start: date, end: date, longest_gap: int) -> list[tuple[date, str]]:
    """The last weekday of each month within the period as ``interim``, and the end of the period as ``final``.

    Where the period ends on a weekend, the final review is on the Monday after: no result may be stated before the
    end. An interim review within a week of the start or of the final one is left out, unless the reviews would then
    lie further apart than ``longest_gap`` days and a weekend. Public holidays are not known: who doesn't want a
    review on one types the dates.
    """
    if end <= start:
        return []
    final = weekday_after(end)
    days = [weekday_before(last_day(month)) for month in month_range(month_of(start), month_of(end))]
    days = [day for day in days if start < day < end]
    kept = [start]
    for day, after in zip(days, (*days, final)[1:], strict=True):
        is_near = min((day - start).days, (final - day).days) < NEAR_DAYS
        if not is_near or (after - kept[-1]).days > longest_gap + WEEKEND:
            kept.append(day)
    return [(day, "interim") for day in kept[1:]] + [(final, "final")]


def decomposition(target: Mapping[str, Any]) -> list[tuple[Month, Decimal]]:
    """The figure of each month from a target's start to its due date; nothing for a target without figures or dates.

    A sum is spread evenly, the last month takes the remainder; a last figure goes in equal steps from the current value
    to the target; an average, and a day of the month, are the same every month, so that who meets each month meets all.
    """
    start, due, unit = target.get("start_date"), target.get("due_date"), target.get("unit")
    wanted, now = in_unit(target.get("target_value"), unit), in_unit(target.get("current_value"), unit)
    if not isinstance(start, date) or not isinstance(due, date) or wanted is None or due < start:
        return []
    months = month_range(month_of(start), month_of(due))
    if target.get("accumulation") == "sum":
        figures = spread(wanted, len(months))
    elif now is None or target.get("accumulation") == "average" or target.get("direction") == "on_date":
        figures = [wanted] * len(months)
    else:
        figures = linear(now, wanted, len(months))
    return list(zip(months, figures, strict=True))


def runs_in(target: Mapping[str, Any], month: Month) -> bool:
    """Whether a target is worked on in a month: begun by its end and not due before it began."""
    start, due = target.get("start_date"), target.get("due_date")
    begun = not isinstance(start, date) or month_of(start) <= month
    return begun and (not isinstance(due, date) or month <= month_of(due))


def pause_of(life: Life, of: object) -> Pause | None:
    """The pause of a case in which a day, or a whole month, lies."""
    if isinstance(of, Month):
        return life.pause_of(date(of.year, of.month, 1), last_day(of))
    return life.pause_of(of) if isinstance(of, date) else None


def longest_gap(settings: Mapping[str, Any]) -> int:
    """So many days may pass without a review."""
    return int(amount(settings.get("max_review_gap_days")) or 31)


def reviews_to_end(values: Mapping[str, Any], settings: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The reviews of a case; where its end was moved, the final one moves with it, and others follow until then.

    Printed are those of the letter, until that is issued anew.
    """
    rows, case = list(values["reviews"] or ()), values["case"]
    typed, end = case["period_end"], case["end"]
    days = [row["date"] for row in rows]
    if not rows or not isinstance(typed, date) or not all(isinstance(day, date) for day in days):
        return rows
    if typed == end or max(days) >= end:
        return rows
    finals = [row for row in rows if row["type"] == "final"]
    like = (finals or rows)[-1]
    dates = review_dates(typed, end, longest_gap(settings))
    added = [(day, kind) for day, kind in dates if kind == "final" or day > max(days)]
    before = [row for row in rows if row["type"] != "final"]
    return [*before, *({**like, "date": day, "type": Code(kind, "review_type")} for day, kind in added)]


def months_missing(
    target: Mapping[str, Any], with_figure: Collection[Month], absent: Collection[Month], life: Life
) -> list[Month]:
    """The months without a figure that the end result of a target takes; a month of absence, or in a pause, is none.

    Where the last figure counts, an earlier month may lack one. A target without dates is not judged.
    """
    start, due = target.get("start_date"), target.get("due_date")
    if not isinstance(start, date) or not isinstance(due, date):
        return []
    months = month_range(month_of(start), month_of(due))
    wanted = [month for month in months if month not in absent and not pause_of(life, month)]
    if target.get("accumulation") in ("sum", "average"):
        return [month for month in wanted if month not in with_figure]
    return [month for month in wanted[-1:] if not any(month <= known for known in with_figure)]
