"""Figures that nobody types are put into the rows, where templates find them; what was typed is never overruled.

Besides the fields of ``case.yaml`` the rows get these names:

- case: ``life`` (what the office decided on it, see model/life.py), ``end`` (the day on which it ends: period_end, or a
  later day to which it was extended), ``results``: what the targets came to until it was closed, as those of a talk are
- every row: ``index`` (from 0); for every reference such as ``target_ref`` its name, ``target_ref_name``
- targets: ``smart`` ({"S": bool, "M": …, "A": …, "R": …, "T": …})
- indicators: ``name unit direction accumulation target_value due_date term_class`` of the target; ``month`` of its
  row of months; ``carried_excess`` (what the stretch limit kept from being carried in), ``paused`` (absent all month:
  nothing is demanded), ``made_up`` (of a sum: all months so far together brought what they had to), ``reckoned`` (what
  comes out where a figure was typed nevertheless, by field)
- months: ``last``: month, absent, indicators, differences and measures of the month row before (part A and B of its
  plan), or None
- interviews: ``last``: the same for the latest month with figures on the day of the talk (its own month only in a final
  talk or in its last days, as whole figures are not known before), or None; ``results``: one row
  a target with ``target_id name unit direction target_value actual rate status``, all months so far together, and
  ``missing``: the months without a figure that it would take; in a final talk such a target has no figure;
  ``agenda``: the carried measures of the latest month row by then; ``before``: what the last talk agreed (its date,
  interviewer, support_promised, practice_to_keep, and actions, each with the ``status`` of the measure that took it up
  and none that stands on the agenda), or None; ``declining``: whether the talks before both found results declining;
  ``concludes``: whether it is the final talk that counts (see checking/verdicts.py)

Figures of a target are computed in its ``unit``; a gap is in the unit of its standard; where units have nothing in
common (E119) there is no figure. Months without an actual count on neither side of the cumulative figures: their
planned figure is left out of ``cumulative_target`` as their result is of ``cumulative_actual``; so is a month without
a row. ``needed_per_month`` brings in what they left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from docgen.checking import figures, month_plan, schedule
from docgen.checking.agreements import talks_before
from docgen.checking.measurability import smart
from docgen.checking.verdicts import CONCLUSIONS, concluding
from docgen.definitions.rules import OF_TARGET
from docgen.definitions.wordlists import WordLists
from docgen.model.case import Code, Month
from docgen.model.life import Life
from docgen.model.units import beside, in_unit

Values = dict[str, Any]
Names = Mapping[str, Any]

LAST_DAYS = 7
"""So many days before its end, the figures of a month may be known as a whole."""
RECKONED = ("carried_in", "difference", "rate", "cumulative_target", "cumulative_actual")
FIGURES = frozenset(("current_value", "target_value", "unit", "start_date", "due_date", "accumulation", "direction"))
COMPUTED_FROM: Mapping[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("case", "end"): (("case", "period_end"),),
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
    ("interviews", "concludes"): tuple(("interviews", name) for name in ("type", "date", *CONCLUSIONS)),
}
"""Computed fields and what they come from: a wrong value there concerns the forms that print the computed one."""


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
            _describe(row, month, targets.get(row["target_ref"]))
    for index, month in enumerate(months):
        _month(month, months[:index], targets, settings)
    last = concluding(values["interviews"])
    for interview in values["interviews"]:
        _interview(interview, months, values["targets"], settings, values["case"]["life"])
        interview.update(talks_before(interview, values["interviews"], months), concludes=interview is last)
    values["case"]["results"] = _results(values["case"], months, values["targets"], settings)


def put(row: Values, name: str, value: Any) -> None:
    """Set what nobody typed."""
    if row.get(name) is None:
        row[name] = value


def share_weights(rows: Sequence[Values]) -> None:
    """All weights blank means equal weights, the last taking the remainder; a single row has 100."""
    if rows and all(row["weight"] is None for row in rows):
        for row, weight in zip(rows, figures.shares([None] * len(rows)), strict=True):
            row["weight"] = weight


def _describe(indicator: Values, month: Values, target: Values | None) -> None:
    """What an indicator has from its target and its row of months, whatever month that is."""
    for name in OF_TARGET:
        indicator[name] = target[name] if target else None
    indicator.update(
        month=month["month"], carried_excess=None, made_up=False, reckoned={}, paused=bool(month["absent"])
    )


def _month(month: Values, before: Sequence[Values], targets: Mapping[Any, Values], settings: Names) -> None:
    month["last"] = summary(before[-1]) if before else None
    indicators: list[Values] = month["indicators"]
    for row in indicators:
        target = targets.get(row["target_ref"])
        if target:
            past = [found for one in before for found in one["indicators"]]
            earlier = [found for found in past if found["target_ref"] == row["target_ref"]]
            figures_of(row, month["month"], target, earlier, settings)
    if settings.get("use_weights") and all(row["weight"] is None for row in indicators):
        weights = [targets[row["target_ref"]]["weight"] if row["target_ref"] in targets else None for row in indicators]
        for row, weight in zip(indicators, figures.shares(weights), strict=True):
            row["weight"] = weight
    for measure in month["measures"]:
        put(measure, "why", _reason(measure, month, targets))


def summary(month: Values) -> Values:
    return {name: month[name] for name in ("month", "absent", "indicators", "differences", "measures")}


def figures_of(row: Values, month: Month, target: Names, earlier: Sequence[Names], settings: Names) -> None:
    """Put its figures into an indicator of ``month``; ``earlier`` are those of the same target in earlier months."""
    direction, accumulation, unit = target["direction"], target["accumulation"], target["unit"]
    put(row, "planned", month_plan.planned(target, month, earlier))
    carried, excess = month_plan.carried_in(row["planned"], target, month, earlier, settings)
    paused, typed = bool(row.get("paused")), {name: row[name] for name in RECKONED if row[name] is not None}
    made: Values = {"carried_in": carried}
    put(row, "carried_in", carried)
    row["carried_excess"] = excess if row["carried_in"] == carried else None
    put(row, "month_target", month_plan.month_target(row, unit))
    wanted, actual = in_unit(row["month_target"], unit), in_unit(row["actual"], unit)
    near, points = settings.get("near_pct"), target["points_per_unit"]
    rate = None if paused else figures.rate(direction, wanted, actual, points)
    made["difference"] = None if paused else figures.difference(direction, wanted, actual)
    made["rate"] = figures.shown_rate(rate, near)
    known = [found for found in (*earlier, row) if in_unit(found["actual"], unit) is not None]
    actuals = [in_unit(found["actual"], unit) for found in known]
    demanded = [in_unit(found["planned"], unit) for found in known if not found.get("paused")]
    made["cumulative_target"] = month_plan.due_so_far(target, month, _together(accumulation, demanded))
    made["cumulative_actual"] = _together(accumulation, actuals)
    row["reckoned"] = {name: made[name] for name in typed}
    row.update((name, value) for name, value in made.items() if name not in typed)
    rate = typed.get("rate", rate)
    if row["actual"] is None or paused or rate is not None:
        put(row, "status", Code(figures.status(rate, near), "indicator_status"))
    left = max(schedule.months_between(month, month_plan.due_month(target, month)), 0)
    needed = figures.needed_per_month(accumulation, direction, in_unit(target["target_value"], unit), actuals, left)
    put(row, "needed_per_month", needed)
    row["made_up"] = month_plan.is_made_up(target, (*earlier, row))


def _together(accumulation: str | None, amounts: Sequence[Any]) -> Decimal | None:
    """The amounts of several months as one figure, as it is printed."""
    figure = figures.accumulated(accumulation, amounts)
    return None if figure is None else figures.fine(figure, *amounts)


def _reason(measure: Values, month: Values, targets: Mapping[Any, Values]) -> Any:
    """The cause that the measure answers, the root first; else the target that it serves.

    Causes of its own month are found when the month has ended, and must not change a plan that was issued before.
    """
    ref, before = measure["target_ref"], month["last"]
    causes = [row for row in (before["differences"] if before else ()) if row["target_ref"] == ref and row["cause"]]
    root = next((row["cause"] for row in causes if row["is_root"]), causes[0]["cause"] if causes else None)
    return root or (targets[ref]["name"] if ref in targets else None)


def _interview(
    interview: Values, months: Sequence[Values], targets: Iterable[Values], settings: Names, life: Life
) -> None:
    day, final = interview["date"], interview["type"] == "final"
    known = [row for row in months if isinstance(day, date) and _is_known(row, day, final)]
    interview["last"] = summary(known[-1]) if known else None
    planned = [row for row in months if isinstance(day, date) and row["month"] <= schedule.month_of(day)]
    interview["agenda"] = [one for one in (planned[-1]["measures"] if planned else ()) if one["carried_count"]]
    interview["results"] = [result(target, known, final, settings, life) for target in targets]


def _results(case: Names, months: Sequence[Values], targets: Iterable[Values], settings: Names) -> list[Values]:
    """The final figures of a case that was closed after its end; before that, those there are so far."""
    closed, end, life = case["closed_on"], case["end"], case["life"]
    known = [row for row in months if not isinstance(closed, date) or _has_figures(row, schedule.month_of(closed))]
    final = isinstance(closed, date) and isinstance(end, date) and closed >= end
    return [result(target, known, final, settings, life) for target in targets]


def _is_known(month: Values, day: date, final: bool) -> bool:
    """Whether a talk on ``day`` can have the figures of ``month``: of its own month, only in the last days of it."""
    today = schedule.month_of(day)
    if month["month"] == today and not final and (schedule.last_day(today) - day).days >= LAST_DAYS:
        return False  # typed since: the paper must not say that they were known
    return _has_figures(month, today)


def _has_figures(month: Values, today: Month) -> bool:
    """A month that has ended, or the month of the talk once its figures are there."""
    if month["month"] == today:
        return any(row["actual"] is not None for row in month["indicators"])
    return bool(month["month"] < today)


def can_be_early(target: Names) -> bool:
    """Whether a target may be reached before its date: an average or a limit may still change for the worse."""
    return target["direction"] == "higher" and target["accumulation"] in ("sum", "last")


def is_reached_early(target: Names, amounts: Sequence[Decimal | None]) -> bool:
    """Whether a short target is reached by the amounts of some of its months, whenever it is due."""
    exact, wanted = (
        figures.accumulated(target["accumulation"], amounts),
        in_unit(target["target_value"], target["unit"]),
    )
    early = target["term_class"] == "short" and can_be_early(target)
    return early and exact is not None and wanted is not None and exact >= wanted


def result(target: Names, months: Sequence[Names], final: bool, settings: Names, life: Life) -> Values:
    """What a target came to over ``months``; a final result needs all of them, unless a short one was reached early."""
    ref = target["target_id"]
    rows = {month["month"]: row for month in months for row in month["indicators"] if row["target_ref"] == ref}
    actuals = {month: row["actual"] for month, row in rows.items() if row["actual"] is not None}
    missing: list[Month] = []
    amounts = [in_unit(typed, target["unit"]) for typed in actuals.values()]
    if final and not is_reached_early(target, amounts):
        absent = {month["month"] for month in months if month["absent"]}
        missing = schedule.months_missing(target, actuals.keys(), absent, life)
    if missing:
        actuals, amounts = {}, []
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
