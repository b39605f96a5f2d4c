"""Whether the months of a case follow each other: what one month leaves open, the next must answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from docgen.checking import month_plan, schedule
from docgen.checking.computed import FIGURES, is_reached_early
from docgen.checking.context import Check, Context, Finding
from docgen.checking.figures import CENT, FULL
from docgen.checking.rows import Row
from docgen.checking.verdicts import declining
from docgen.definitions.formula import plain_number
from docgen.model.case import Month
from docgen.model.units import in_unit

REFERRING = ("indicators", "differences", "measures")


def gap_unanswered(context: Context) -> Iterator[Finding]:
    """An indicator of the month before that fell short, without a cause there or a measure here.

    What earlier months have made up already asks for neither.
    """
    return _unanswered(context, "gap")


def near_unanswered(context: Context) -> Iterator[Finding]:
    """The same for one that was nearly met."""
    return _unanswered(context, "near")


def _unanswered(context: Context, status: str) -> Iterator[Finding]:
    month, before = context.row, month_before(context)
    if before is None or before.values["absent"] or refs_wrong(context, month, before):
        return
    if _outside(context, before.values["month"]):
        return
    causes = {row.values["target_ref"] for row in context.of("differences", before) if row.values["cause"]}
    measures = {row.values["target_ref"] for row in context.of("measures", month)}
    doubtful = {row.values["target_id"] for row in context.of("targets") if row.doubtful(FIGURES)}
    here = {row.values["target_ref"] for row in context.of("indicators", month)}
    for row in context.of("indicators", before):
        ref = row.values["target_ref"]
        if row.values["status"] != status or row.values["made_up"]:
            continue
        if ref is None or ref in doubtful or "actual" in row.wrong:
            continue
        if ref not in here and _is_over(context, ref, month.values["month"]):
            continue
        found = {"target": row.values["name"] or ref, "result_month": before.values["month"]}
        if ref not in causes:
            yield Finding(before, "differences", found | {"month": month.values["month"]}, "no_cause")
        if ref not in measures:
            yield Finding(month, "measures", found, "no_measure")


def _is_over(context: Context, ref: Any, month: Month) -> bool:
    """Whether a target may be left out of ``month``: its date is past, or it is reached."""
    lines = [row.values for row in context.of("indicators") if row.values["target_ref"] == ref]
    earlier = [row for row in lines if isinstance(row["month"], Month) and row["month"] < month]
    for target in (row.values for row in context.of("targets") if row.values["target_id"] == ref):
        actuals = [in_unit(row["actual"], target["unit"]) for row in earlier]
        return month_plan.is_past(target, month) or is_reached_early(target, actuals)
    return False


def indicators_followed(context: Context) -> Iterator[Finding]:
    """A long target left out of a month in which it runs, or a short one that stands again after it was due.

    In a month of absence all targets are paused, whether they stand there or not.
    """
    row, month = context.row, context.row.values["month"]
    if month_before(context) is None or refs_wrong(context, row) or _outside(context, month):
        return
    here = {one.values["target_ref"] for one in context.of("indicators", row)}
    for target in context.of("targets"):
        if target.doubtful({"term_class", "start_date", "due_date"}):
            continue
        ref, named = target.values["target_id"], {"target": target.values["name"] or target.values["target_id"]}
        term, due = target.values["term_class"], target.values["due_date"]
        runs = schedule.runs_in(target.values, month) and not row.values["absent"]
        if term == "long" and runs and ref not in here:
            yield Finding(row, context.at, named, "long_missing")
        elif term == "short" and isinstance(due, date) and schedule.month_of(due) < month and ref in here:
            yield Finding(row, context.at, named, "short_repeated")


def month_left_out(context: Context) -> Iterator[Finding]:
    """Months without a row between this one and the one before; in a pause there are none, and those outside of the
    period are told already."""
    row, before = context.row, month_before(context)
    if before is None or any(not isinstance(one.values["month"], Month) for one in context.of("months")):
        return
    if refs_wrong(context, before, row) or any(one["month"] == row.values["month"] for one in _above(row)):
        return
    months = [before.values["month"], row.values["month"]]
    if _outside(context, *months):
        return
    life = context.table.case.values["life"]
    if missing := [one for one in schedule.month_range(*months)[1:-1] if not schedule.pause_of(life, one)]:
        yield Finding(row, context.at, {"months": missing, "result_month": months[0]})


def _outside(context: Context, *months: Month) -> bool:
    """Whether a month lies outside of the period: that is told, and what follows from it would be told twice."""
    start, end = (context.table.case.values[name] for name in ("period_start", "end"))
    if not isinstance(start, date) or not isinstance(end, date):
        return False
    return any(not schedule.month_of(start) <= month <= schedule.month_of(end) for month in months)


def _above(row: Row) -> Sequence[Mapping[str, Any]]:
    return row.siblings[: row.values["index"]]


def weights_moved(context: Context) -> Iterator[Finding]:
    """Targets whose weight is another than in the month before; the only target of a month has no choice."""
    row, before = context.row, month_before(context)
    if before is None or refs_wrong(context, row, before):
        return
    ours, theirs = (context.of("indicators", month) for month in (row, before))
    if len(ours) < 2 or not _adds_up(ours) or not _adds_up(theirs):
        return
    earlier = {one.values["target_ref"]: one.values["weight"] for one in theirs}
    both = [one.values for one in ours if one.values["target_ref"] in earlier]
    pairs = [(values["name"], earlier[values["target_ref"]], values["weight"]) for values in both]
    moved = [f"{name} {plain_number(one)} → {plain_number(now)}" for name, one, now in pairs if abs(now - one) > CENT]
    if moved:
        yield Finding(row, context.at, {"weights": moved, "result_month": before.values["month"]})


def _adds_up(indicators: Sequence[Row]) -> bool:
    """Whether the weights are there and right, each target once; where they aren't, that is told."""
    weights = {row.values["target_ref"]: row.values["weight"] for row in indicators}
    if len(weights) < len(indicators) or any(row.doubtful({"weight"}) for row in indicators):
        return False
    return None not in weights.values() and abs(sum(weights.values()) - FULL) <= CENT


def no_figure(context: Context) -> Iterator[Finding]:
    """Indicators of a month that is over without a figure and without a reason.

    As long as no later month stands in the case, nobody is asked before the first figure of the month is there.
    """
    row, month = context.row, context.row.values["month"]
    if context.today <= schedule.last_day(month):
        return
    lines = context.of("indicators", row)
    later = any(isinstance(one.values["month"], Month) and one.values["month"] > month for one in context.of("months"))
    if not later and all(one.values["actual"] is None for one in lines):
        return
    told = {one.values["target_ref"] for one in lines if not _lacks_figure(one.values)} | {None}
    asked = [one for one in lines if one.values["target_ref"] not in told]
    asked = [one for one in asked if not one.doubtful({"actual", "data_missing_reason"})]
    names = {id(one): one.values["name"] or one.values["target_ref"] for one in asked}
    for one in asked:
        if isinstance(one.typed[-1], int):  # a line that nobody typed has no place of its own
            yield Finding(one, "actual", {"target": names.pop(id(one)), "month": month})
    if names:
        yield Finding(row, "indicators", {"target": [*names.values()], "month": month})


def _lacks_figure(indicator: Mapping[str, Any]) -> bool:
    return indicator["actual"] is None and not indicator["data_missing_reason"]


def declined_twice(context: Context) -> Iterator[Finding]:
    """Two talks running in which it went worse, and no talk after them that asks for more."""
    talks = [row for row in context.of("interviews") if isinstance(row.values["date"], date)]
    talks.sort(key=lambda row: row.values["date"])
    running = [talks[index] for index in declining([row.values for row in talks])]
    if running and not any(row.doubtful({"date", "type", "progress"}) for row in context.of("interviews")):
        first, second = running
        yield Finding(second, "progress", {"first": first.values["date"], "second": second.values["date"]})


def final_figures(context: Context) -> Iterator[Finding]:
    """A final talk about targets that lack the figures of months; where nobody keeps such figures, nothing is said."""
    indicators = context.of("indicators")
    if any("actual" in row.wrong for row in indicators) or refs_wrong(context, *context.of("months")):
        return
    doubtful = {row.values["target_id"] for row in context.of("targets") if row.doubtful(FIGURES)}
    kept = {row.values["target_ref"] for row in indicators if row.values["actual"] is not None} - doubtful
    open_results = [one for one in context.row.values["results"] if one["missing"] and one["target_id"] in kept]
    if open_results:
        names = [one["name"] or one["target_id"] for one in open_results]
        months = sorted({month for one in open_results for month in one["missing"]})
        yield Finding(context.row, context.at, {"targets": names, "months": months})


def month_before(context: Context) -> Row | None:
    """The latest month row before the one that is checked."""
    this = context.row.values["month"]
    known = [row for row in context.of("months") if isinstance(row.values["month"], Month)]
    earlier = [row for row in known if row.values["month"] < this]
    return max(earlier, key=lambda row: row.values["month"], default=None)


def refs_wrong(context: Context, *months: Row) -> bool:
    """Whether a line names no target: that is reported already, and what it was meant for can't be known."""
    lines = [row for sheet in REFERRING for month in months for row in context.of(sheet, month)]
    return any(row.values["target_ref"] is None for row in lines)


YEAR_CHECKS: dict[str, Check] = {
    "gap_unanswered": gap_unanswered,
    "near_unanswered": near_unanswered,
    "indicators_followed": indicators_followed,
    "month_left_out": month_left_out,
    "weights_moved": weights_moved,
    "no_figure": no_figure,
    "declined_twice": declined_twice,
    "final_figures": final_figures,
}
