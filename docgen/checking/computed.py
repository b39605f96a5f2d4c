"""Figures that nobody types are put into the rows, where templates find them; what was typed is never overruled.

Besides the fields of ``case.yaml`` the rows get these names:

- every row: ``index`` (from 0); for every reference such as ``target_ref`` its name, ``target_ref_name``
- targets: ``smart`` ({"S": bool, "M": …, "A": …, "R": …, "T": …})
- indicators: ``name unit direction accumulation target_value due_date term_class`` of the target;
  ``carried_excess`` (what the stretch limit kept from being carried in)
- months: ``last``: month, indicators, differences and measures of the month row before (part A and B of its plan), or
  None
- interviews: ``last``: the same for the latest month with figures on the day of the talk, or None; ``results``: one row
  a target with ``target_id name unit direction target_value actual rate status``, all months so far together, and
  ``missing``: the months without a figure that it would take; in a final talk such a target has no figure;
  ``agenda``: the carried measures of the latest month row by then

Figures of a target are computed in its ``unit``; a gap is in the unit of its standard; where units have nothing in
common (E119) there is no figure. Months without an actual count on neither side of the cumulative figures: their
planned figure is left out of ``cumulative_target`` as their result is of ``cumulative_actual``; so is a month without
a row. ``needed_per_month`` brings in what they left open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from docgen.checking import figures, schedule
from docgen.checking.figures import FULL, ZERO, amount
from docgen.checking.measurability import smart
from docgen.definitions.wordlists import WordLists
from docgen.model.case import Code, Month, Quantity
from docgen.model.units import beside, in_unit

Values = dict[str, Any]
Names = Mapping[str, Any]

COPIED = ("name", "unit", "direction", "accumulation", "target_value", "due_date", "term_class")
FIGURES = frozenset(("current_value", "target_value", "unit", "start_date", "due_date", "accumulation", "direction"))
COMPUTED_FROM: Mapping[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("gaps", "gap_value"): (("gaps", "standard"), ("gaps", "actual"), ("gaps", "direction")),
    ("gaps", "gap_pct"): (("gaps", "standard"), ("gaps", "actual"), ("gaps", "direction")),
    ("milestones", "value"): tuple(("targets", name) for name in sorted(FIGURES)),
    ("indicators", "planned"): (("milestones", "value"), ("milestones", "month")),
    ("indicators", "month_target"): (("indicators", "planned"), ("indicators", "carried_in")),
    ("indicators", "difference"): (("indicators", "month_target"), ("indicators", "actual")),
    ("indicators", "rate"): (("indicators", "difference"), ("targets", "points_per_unit")),
    ("indicators", "status"): (("indicators", "rate"),),
    ("indicators", "cumulative_target"): (("indicators", "planned"),),
    ("indicators", "cumulative_actual"): (("indicators", "actual"),),
    ("indicators", "needed_per_month"): (("indicators", "actual"), ("targets", "due_date")),
    ("indicators", "weight"): (("targets", "weight"),),
    ("reviews", "date"): (("case", "period_start"), ("case", "period_end")),
}
"""Computed fields and what they come from: a wrong value there concerns the forms that print the computed one."""


def monthly_reviews(case: Values, names: Names) -> list[Values]:
    """One interim review a month within the period and a final one at its end."""
    start, end = case["period_start"], case["period_end"]
    if start is None or end is None:
        return []
    longest = amount(names["settings"].get("max_review_gap_days")) or Decimal(31)
    dates = schedule.review_dates(start, end, int(longest))
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


def compute(values: Values, settings: Names, words: WordLists) -> None:
    """Put every computed value into the rows of a case."""
    for gap in values["gaps"]:
        actual = beside(gap["actual"], gap["standard"])
        put(gap, "gap_value", figures.gap_value(gap["direction"], gap["standard"], actual))
        put(gap, "gap_pct", figures.gap_pct(gap["direction"], gap["standard"], actual))
    if settings.get("use_weights"):
        share_weights(values["targets"])
    for target in values["targets"]:
        target["smart"] = smart(target, values["case"], settings, words)
    targets = {target["target_id"]: target for target in values["targets"]}
    months = sorted((row for row in values["months"] if isinstance(row["month"], Month)), key=lambda row: row["month"])
    for month in values["months"]:  # those without a month among them, which a draft prints too
        month["last"] = None
        for row in month["indicators"]:
            _describe(row, targets.get(row["target_ref"]))
    for index, month in enumerate(months):
        _month(month, months[:index], targets, settings)
    for interview in values["interviews"]:
        _interview(interview, months, values["targets"], settings)


def put(row: Values, name: str, value: Any) -> None:
    """Set what nobody typed."""
    if row.get(name) is None:
        row[name] = value


def share_weights(rows: Sequence[Values]) -> None:
    """All weights blank means equal weights, the last taking the remainder; a single row has 100."""
    if rows and all(row["weight"] is None for row in rows):
        for row, weight in zip(rows, figures.shares([None] * len(rows)), strict=True):
            row["weight"] = weight


def _describe(indicator: Values, target: Values | None) -> None:
    """What an indicator has from its target, whatever month it is for."""
    for name in COPIED:
        indicator[name] = target[name] if target else None
    indicator["carried_excess"] = None


def _month(month: Values, before: Sequence[Values], targets: Mapping[Any, Values], settings: Names) -> None:
    month["last"] = summary(before[-1]) if before else None
    indicators: list[Values] = month["indicators"]
    for row in indicators:
        target = targets.get(row["target_ref"])
        if target:
            past = [found for one in before for found in one["indicators"]]
            earlier = [found for found in past if found["target_ref"] == row["target_ref"]]
            _indicator(row, month["month"], target, earlier, settings)
    if settings.get("use_weights") and all(row["weight"] is None for row in indicators):
        weights = [targets[row["target_ref"]]["weight"] if row["target_ref"] in targets else None for row in indicators]
        for row, weight in zip(indicators, figures.shares(weights), strict=True):
            row["weight"] = weight
    for measure in month["measures"]:
        put(measure, "why", _reason(measure, month, targets))


def summary(month: Values) -> Values:
    return {name: month[name] for name in ("month", "indicators", "differences", "measures")}


def _indicator(row: Values, month: Month, target: Values, earlier: Sequence[Values], settings: Names) -> None:
    direction, accumulation, unit = target["direction"], target["accumulation"], target["unit"]
    put(row, "planned", _planned(target, month))
    left = max(schedule.months_between(month, _due_month(target, month)), 0)
    carried, excess = carried_in(row["planned"], target, earlier[-1] if earlier else None, left + 1, settings)
    put(row, "carried_in", carried)
    row["carried_excess"] = excess
    put(row, "month_target", _month_target(row, unit))
    wanted, actual = in_unit(row["month_target"], unit), in_unit(row["actual"], unit)
    put(row, "difference", figures.difference(direction, wanted, actual))
    near, typed = settings.get("near_pct"), row["rate"]
    rate = typed if typed is not None else figures.rate(direction, wanted, actual, target["points_per_unit"])
    put(row, "rate", figures.shown_rate(rate, near))
    if row["actual"] is None or rate is not None:
        put(row, "status", Code(figures.status(rate, near), "indicator_status"))
    so_far = [(in_unit(found["planned"], unit), in_unit(found["actual"], unit)) for found in (*earlier, row)]
    known = [(due, reached) for due, reached in so_far if reached is not None]
    actuals = [reached for _, reached in known]
    put(row, "cumulative_target", _together(accumulation, [due for due, _ in known]))
    put(row, "cumulative_actual", _together(accumulation, actuals))
    needed = figures.needed_per_month(accumulation, direction, in_unit(target["target_value"], unit), actuals, left)
    put(row, "needed_per_month", needed)


def _together(accumulation: str | None, amounts: Sequence[Any]) -> Decimal | None:
    """The amounts of several months as one figure, as it is printed."""
    figure = figures.accumulated(accumulation, amounts)
    return None if figure is None else figures.fine(figure, *amounts)


def _planned(target: Values, month: Month) -> Any:
    """The milestone of the month; in other months the target itself, or nothing more where the months are added up.

    A figure that can't be broken down, for want of a date, has no part for the month.
    """
    for milestone in target["milestones"]:
        if milestone["month"] == month:
            return milestone["value"]
    if amount(target["target_value"]) is not None and not target["milestones"]:
        return None
    return Quantity(ZERO) if target["accumulation"] == "sum" else target["target_value"]


def _month_target(row: Values, unit: Any) -> Any:
    planned, carried = in_unit(row["planned"], unit), amount(row["carried_in"])
    if planned is None or not carried:
        return row["planned"]
    return Quantity(planned + carried, unit if getattr(row["planned"], "unit", "") else "")


def _due_month(target: Values, otherwise: Month) -> Month:
    due = target["due_date"]
    return schedule.month_of(due) if isinstance(due, date) else otherwise


def carried_in(
    planned: Any, target: Values, before: Values | None, months_left: int, settings: Names
) -> tuple[Decimal, Decimal | None]:
    """What the month takes over from the one before, and what the stretch limit kept out.

    Only sums are carried, only by the office's policy, and what was delivered beyond a target lowers nothing.
    """
    policy, unit = settings.get("carry_policy"), target["unit"]
    if policy not in ("full", "spread") or target["accumulation"] != "sum" or target["direction"] != "higher":
        return ZERO, None
    plan, past = in_unit(planned, unit), before or dict.fromkeys(("month_target", "actual"))
    behind = figures.shortfall("higher", in_unit(past["month_target"], unit), in_unit(past["actual"], unit))
    if plan is None or behind is None or behind <= 0:
        return ZERO, None
    wanted = figures.fine(behind / months_left, behind) if policy == "spread" else behind
    stretch = amount(settings.get("stretch_limit_pct"))
    limit = wanted if stretch is None else max(figures.fine(plan * (stretch - FULL) / FULL, plan), ZERO)
    return min(wanted, limit), (wanted - limit if wanted > limit else None)


def _reason(measure: Values, month: Values, targets: Mapping[Any, Values]) -> Any:
    """The cause that the measure answers, the root first; else the target that it serves.

    Causes of its own month are found when the month has ended, and must not change a plan that was issued before.
    """
    ref, before = measure["target_ref"], month["last"]
    causes = [row for row in (before["differences"] if before else ()) if row["target_ref"] == ref and row["cause"]]
    root = next((row["cause"] for row in causes if row["is_root"]), causes[0]["cause"] if causes else None)
    return root or (targets[ref]["name"] if ref in targets else None)


def _interview(interview: Values, months: Sequence[Values], targets: Iterable[Values], settings: Names) -> None:
    day = interview["date"]
    known = [row for row in months if isinstance(day, date) and _has_figures(row, schedule.month_of(day))]
    interview["last"] = summary(known[-1]) if known else None
    planned = [row for row in months if isinstance(day, date) and row["month"] <= schedule.month_of(day)]
    interview["agenda"] = [one for one in (planned[-1]["measures"] if planned else ()) if one["carried_count"]]
    final = interview["type"] == "final"
    interview["results"] = [_result(target, known, final, settings) for target in targets]


def _has_figures(month: Values, today: Month) -> bool:
    """A month that has ended, or the month of the talk once its figures are there."""
    if month["month"] == today:
        return any(row["actual"] is not None for row in month["indicators"])
    return bool(month["month"] < today)


def _result(target: Values, months: Sequence[Values], final: bool, settings: Names) -> Values:
    ref = target["target_id"]
    rows = {month["month"]: row for month in months for row in month["indicators"] if row["target_ref"] == ref}
    actuals = {month: row["actual"] for month, row in rows.items() if row["actual"] is not None}
    missing: list[Month] = []
    if final:
        absent = {month["month"] for month in months if month["absent"]}
        missing = schedule.months_missing(target, actuals.keys(), absent)
    if missing:
        actuals = {}
    amounts = [in_unit(typed, target["unit"]) for typed in actuals.values()]
    exact = figures.accumulated(target["accumulation"], amounts)
    reached: Any = next(reversed(actuals.values()), None) if exact is None else figures.fine(exact, *amounts)
    wanted = in_unit(target["target_value"], target["unit"])
    rate = figures.rate(target["direction"], wanted, exact, target["points_per_unit"])
    near = settings.get("near_pct")
    status = figures.status(rate, near) if reached is None or rate is not None else None
    return {
        **{name: target[name] for name in ("target_id", "name", "unit", "direction", "target_value")},
        "actual": reached,
        "rate": figures.shown_rate(rate, near),
        "status": Code(status, "indicator_status") if status else None,
        "missing": missing,
    }
