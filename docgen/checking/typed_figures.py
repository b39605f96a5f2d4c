"""Figures of a month that are typed although docgen works them out: whether months and policy bear them out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from docgen.checking import schedule
from docgen.checking.computed import FIGURES
from docgen.checking.context import Check, Context, Finding
from docgen.checking.figures import CENT, amount
from docgen.checking.month_plan import POLICIES, most_carried
from docgen.checking.rows import Row
from docgen.checking.year import refs_wrong
from docgen.model.case import Month
from docgen.model.units import in_unit

TOGETHER = frozenset(("cumulative_target", "cumulative_actual"))


def figures_denied(context: Context) -> Iterator[Finding]:
    """Figures that are typed, and come out otherwise from those that they are made of."""
    row, values, target = context.row, context.row.values, _target(context)
    reckoned = {name: made for name, made in values["reckoned"].items() if name != "carried_in"}
    if (
        not reckoned
        or target is None
        or target.doubtful(FIGURES | {"points_per_unit"})
        or row.doubtful({*reckoned, "actual"})
    ):
        return
    if TOGETHER & reckoned.keys() and not _has_all_months(context, target):
        reckoned = {name: made for name, made in reckoned.items() if name not in TOGETHER}
    for name, made in reckoned.items():
        typed = values[name]
        if made is not None and abs(typed - made) > max(CENT, Decimal(1).scaleb(typed.as_tuple().exponent)):
            label = context.uses.sheets[row.sheet].fields[name].label
            found = {"target": values["name"], "label": label, "figure": typed, "reckoned": made}
            yield Finding(row, name, found | {"month": values["month"]}, forms=context.used(row.sheet, name))


def _has_all_months(context: Context, target: Row) -> bool:
    """Whether the record has the figure of every month so far; else somebody may know more than it does."""
    this, ref = context.row.parent, target.values["target_id"]
    assert this is not None
    known = {
        one.values["month"]
        for one in context.of("indicators")
        if one.values["target_ref"] == ref and (one.values["actual"] is not None or one.values["paused"])
    }
    if any("actual" in one.wrong for one in context.of("indicators")) or refs_wrong(context, *context.of("months")):
        return False
    start = target.values["start_date"]
    if not isinstance(start, date) or not isinstance(this.values["month"], Month):
        return False
    return known.issuperset(schedule.month_range(schedule.month_of(start), this.values["month"]))


def carried_against_policy(context: Context) -> Iterator[Finding]:
    """What is typed as carried in although the office's policy, the kind of target or the stretch limit forbid it."""
    row, values, target = context.row, context.row.values, _target(context)
    typed = values["carried_in"]
    if (
        "carried_in" not in values["reckoned"]
        or not typed
        or target is None
        or target.doubtful(FIGURES)
        or row.doubtful({"planned", "carried_in"})
    ):
        return
    found = {"target": values["name"], "figure": typed}
    if context.settings.get("carry_policy") not in POLICIES:
        yield Finding(row, context.at, found, "carry_none")
    elif values["accumulation"] != "sum" or values["direction"] != "higher":
        yield Finding(row, context.at, found, "carry_no_sum")
    elif typed < 0:
        yield Finding(row, context.at, found, "carry_less")
    else:
        limit = _limit(context)
        if limit is not None and typed - limit > CENT:
            yield Finding(row, context.at, found | {"limit": limit, "excess": typed - limit}, "carry_more")


def _limit(context: Context) -> Decimal | None:
    """The most that may be carried in; None where that can't be told.

    What was open before the first month of the record nobody knows, nor how it was spread; the stretch limit holds all
    the same.
    """
    row, values = context.row, context.row.values
    same = [one for one in context.of("indicators") if one.values["target_ref"] == values["target_ref"]]
    if any(not isinstance(one.values["month"], Month) or one.doubtful({"actual", "planned"}) for one in same):
        return None
    first = min(same, key=lambda one: one.values["month"])
    older = context.settings.get("carry_policy") == "spread" and first.values["carried_in"]
    if first is not row and not older:
        return amount(values["reckoned"]["carried_in"])
    plan = in_unit(values["planned"], values["unit"])
    return None if plan is None else most_carried(plan, context.settings)


def _target(context: Context) -> Row | None:
    ref = context.row.values["target_ref"]
    return next((row for row in context.of("targets") if ref is not None and row.values["target_id"] == ref), None)


TYPED_FIGURES_CHECKS: dict[str, Check] = {
    "figures_denied": figures_denied,
    "carried_against_policy": carried_against_policy,
}
