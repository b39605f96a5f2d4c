"""What a month has to bring of a target: its part of it, and what earlier months left open.

``earlier`` are the rows of the same target in earlier months, in their order, each with its ``month``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from docgen.checking import figures, schedule
from docgen.checking.figures import FULL, ZERO, amount
from docgen.model.case import Month, Quantity
from docgen.model.units import in_unit

Names = Mapping[str, Any]


def due_month(target: Names, otherwise: Month) -> Month:
    due = target["due_date"]
    return schedule.month_of(due) if isinstance(due, date) else otherwise


def is_past(target: Names, month: Month) -> bool:
    """Whether the target was due before the month."""
    return due_month(target, month) < month


def planned(target: Names, month: Month, earlier: Sequence[Names]) -> Any:
    """The milestone of the month; in other months the target itself, or of a sum what is still open past its date.

    A figure that can't be broken down, for want of a date, has no part for the month.
    """
    for milestone in target["milestones"]:
        if milestone["month"] == month:
            return milestone["value"]
    if amount(target["target_value"]) is not None and not target["milestones"]:
        return None
    if target["accumulation"] != "sum":
        return target["target_value"]
    rest = still_open(target, earlier) if is_past(target, month) else None
    return Quantity(ZERO if rest is None else rest)


def still_open(target: Names, earlier: Sequence[Names]) -> Decimal | None:
    """What the months so far leave open of a sum of which more is better; None for any other target."""
    wanted = in_unit(target["target_value"], target["unit"])
    if wanted is None or not _can_catch_up(target):
        return None
    actuals = [in_unit(row["actual"], target["unit"]) for row in earlier]
    known = [actual for actual in actuals if actual is not None]
    return figures.fine(max(wanted - sum(known, ZERO), ZERO), wanted, *known)


def _can_catch_up(target: Names) -> bool:
    """Whether a later month can bring what an earlier one lacked."""
    return bool(target["accumulation"] == "sum" and target["direction"] == "higher")


def month_target(row: Names, unit: Any) -> Any:
    plan, carried = in_unit(row["planned"], unit), amount(row["carried_in"])
    if plan is None or not carried:
        return row["planned"]
    return Quantity(plan + carried, unit if getattr(row["planned"], "unit", "") else "")


def due_so_far(target: Names, month: Month, together: Decimal | None) -> Decimal | None:
    """What was planned up to ``month``; after its date a sum is its target, which months beyond it can't add to."""
    wanted = in_unit(target["target_value"], target["unit"])
    over = target["accumulation"] == "sum" and is_past(target, month)
    return wanted if over and together is not None and wanted is not None else together


def carried_in(
    plan: Any, target: Names, month: Month, earlier: Sequence[Names], settings: Names
) -> tuple[Decimal, Decimal | None]:
    """What the month takes over from earlier ones, and what the stretch limit kept out.

    Only sums are carried, only by the office's policy, and only as far as all months together lie behind: a weak month
    that others have made up leaves nothing open. What was delivered beyond a target lowers nothing; nor does a month of
    absence leave anything open. Past its date a sum is planned with all that is still open of it.
    """
    policy = POLICIES.get(str(settings.get("carry_policy")))
    figure = in_unit(plan, target["unit"])
    if policy is None or not _can_catch_up(target) or is_past(target, month) or figure is None:
        return ZERO, None
    wanted, behind = policy(target, month, earlier), _together_behind(target, earlier)
    wanted, limit = wanted if behind is None else min(wanted, behind), most_carried(figure, settings)
    return (wanted, None) if limit is None or wanted <= limit else (limit, wanted - limit)


def is_made_up(target: Names, rows: Sequence[Names]) -> bool:
    """Whether the months of ``rows`` together brought what was planned for them, however weak the last of them was."""
    behind = _together_behind(target, rows)
    return behind is not None and behind == 0


def _together_behind(target: Names, rows: Sequence[Names]) -> Decimal | None:
    """How far the months so far together lie behind their plans, or the target if that is less; None if unknown.

    Months without a figure count on neither side, nor does the plan of a month of absence.
    """
    unit = target["unit"]
    wanted = in_unit(target["target_value"], unit)
    known = [row for row in rows if in_unit(row["actual"], unit) is not None]
    plans = [in_unit(row["planned"], unit) for row in known if not row.get("paused")]
    if wanted is None or not known or None in plans or not _can_catch_up(target):
        return None
    due = wanted if is_past(target, known[-1]["month"]) else min(sum(filter(None, plans), ZERO), wanted)
    return max(due - sum((in_unit(row["actual"], unit) or ZERO for row in known), ZERO), ZERO)


def most_carried(plan: Decimal, settings: Names) -> Decimal | None:
    """What the stretch limit leaves room for beside the plan of a month; None where there is no limit."""
    stretch = amount(settings.get("stretch_limit_pct"))
    return None if stretch is None else max(figures.fine(plan * (stretch - FULL) / FULL, plan), ZERO)


def _whole(target: Names, _: Month, earlier: Sequence[Names]) -> Decimal:
    """All that the month before fell short of its target, which holds what it had taken over itself."""
    return _behind(earlier[-1], target["unit"]) if earlier else ZERO


def _shares(target: Names, month: Month, earlier: Sequence[Names]) -> Decimal:
    """The month's share of what each earlier month fell short of its target, its own shares included."""
    if not isinstance(target["due_date"], date):
        return ZERO
    total = ZERO
    for row in earlier:
        behind, at = _behind(row, target["unit"]), schedule.months_between(row["month"], month)
        if behind and at > 0:
            left = schedule.months_between(row["month"], due_month(target, month))
            total += figures.spread(behind, left)[at - 1]
    return total


def _behind(row: Names, unit: Any) -> Decimal:
    """How far a month fell short of its target; a month of absence, or without a figure, leaves nothing open."""
    behind = figures.shortfall("higher", in_unit(row["month_target"], unit), in_unit(row["actual"], unit))
    return ZERO if behind is None or row.get("paused") else max(behind, ZERO)


POLICIES: Mapping[str, Callable[[Names, Month, Sequence[Names]], Decimal]] = {"full": _whole, "spread": _shares}
"""The policies of the office by which a shortfall is carried into later months, and what they come to."""
