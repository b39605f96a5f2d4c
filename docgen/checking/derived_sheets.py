"""Whole sheets that docgen fills in where nothing was typed: reviews, a target's months, a month's indicators."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from docgen.checking import schedule
from docgen.model.case import Code, Month, Quantity

Values = dict[str, Any]
Names = Mapping[str, Any]


def monthly_reviews(case: Values, names: Names) -> list[Values]:
    """One interim review a month within the period and a final one at its end, each on a weekday."""
    start, end = case["period_start"], case["period_end"]
    if start is None or end is None:
        return []
    dates = schedule.review_dates(start, end, schedule.longest_gap(names["settings"]))
    return [{"date": day, "type": Code(kind, "review_type")} for day, kind in dates]


def monthly_decomposition(target: Values, names: Names) -> list[Values]:
    """What each month has to bring for the target."""
    return [{"month": month, "value": Quantity(figure)} for month, figure in schedule.decomposition(target)]


def month_indicators(month: Values, names: Names) -> list[Values]:
    """One indicator for each target that runs in the month."""
    this = month["month"]
    if not isinstance(this, Month):
        return []
    return [{"target_ref": row["target_id"]} for row in names["targets"] if schedule.runs_in(row, this)]


DERIVED_SHEETS: Mapping[str, Callable[[Values, Names], list[Values]]] = {
    "monthly_reviews": monthly_reviews,
    "monthly_decomposition": monthly_decomposition,
    "month_indicators": month_indicators,
}
"""What makes a whole sheet when nothing was typed: called with the parent row and the names of the expressions."""
