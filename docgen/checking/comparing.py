"""Whether figures can be compared: those of a month with their target, the actual of a gap with its standard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from docgen.checking.computed import FIGURES
from docgen.checking.context import Check, Context, Finding
from docgen.checking.figures import amount
from docgen.checking.rows import Row
from docgen.checking.schedule import month_of
from docgen.definitions.naming import spelling
from docgen.model.case import Quantity
from docgen.model.units import beside, in_unit

MEANT_AS_NUMBER = re.compile(r"[¥$€£+\-−]?\s*\d[\d\s.,，]*\s*[^\d\s]{0,6}")
MOST_TIMES = 3
INDICATOR_FIGURES = ("actual", "planned", "month_target")


def other_unit(context: Context) -> Iterator[Finding]:
    """The figures of an indicator that are typed in a unit its target doesn't have."""
    row, target = context.row, _target(context)
    if target is None or target.doubtful({"unit", "target_value"}):
        return
    unit = target.values["unit"]
    for name, value in _typed(row, target):
        if unit and amount(value) is not None and in_unit(value, unit) is None:
            found = {"target": target.values["name"], "unit": unit, "figure": value}
            yield Finding(row, name, found, forms=context.used("indicators", name))


def no_number(context: Context) -> Iterator[Finding]:
    """The figures of an indicator that are words, although its target is a number."""
    row, target = context.row, _target(context)
    if target is None or target.doubtful({"measure_class", "target_value"}):
        return
    if target.values["measure_class"] != "quantitative" or amount(target.values["target_value"]) is None:
        return
    for name, value in _typed(row, target):
        if amount(value) is None:
            found = {"target": target.values["name"], "figure": value}
            yield Finding(row, name, found, forms=context.used("indicators", name))


def unlikely(context: Context) -> Iterator[Finding]:
    """An actual of more than three times the target of its month, or of less than a third where less is better.

    Figures of different sign, 0 and days have no such ratio; what is far too little is asked about as a gap.
    """
    row, target = context.row, _target(context)
    if target is None or target.doubtful(FIGURES) or row.doubtful({"planned", "carried_in"}):
        return
    direction, unit = target.values["direction"], target.values["unit"]
    wanted, reached = in_unit(row.values["month_target"], unit), in_unit(row.values["actual"], unit)
    if direction not in ("higher", "lower") or wanted is None or reached is None or wanted * reached <= 0:
        return
    wanted, reached = abs(wanted), abs(reached)
    if reached > wanted * MOST_TIMES or (direction == "lower" and reached * MOST_TIMES < wanted):
        yield Finding(row, context.at, {"target": row.values["name"], "wanted": row.values["month_target"]})


def breakdown(context: Context) -> Iterator[Finding]:
    """A target whose months, as somebody typed them, don't make it up: of a sum all together, else the last of them."""
    row, target = context.row, context.row.values
    months = context.of("milestones", row)
    figures = {one.values["month"]: in_unit(one.values["value"], target["unit"]) for one in months}
    wanted = in_unit(target["target_value"], target["unit"])
    doubts = row.doubtful(FIGURES) or any(one.doubtful({"month", "value"}) for one in months)
    if not months or None in figures or doubts:
        return
    known = [figure for figure in figures.values() if figure is not None]
    if wanted is None or len(known) < len(months) or target["direction"] == "on_date":
        return
    if target["accumulation"] == "sum" and sum(known) != wanted:
        yield Finding(row, context.at, {"together": Quantity(sum(known, Decimal()))}, "sum")
    elif target["accumulation"] == "last" and figures[last := max(figures)] != wanted:
        is_the_end = not target["due_date"] or last >= month_of(target["due_date"])
        if is_the_end:
            yield Finding(row, context.at, {"month": last, "figure": Quantity(figures[last] or Decimal())}, "last")


def half_a_gap(context: Context) -> Iterator[Finding]:
    """A standard or an actual that was meant as a number, beside one that is: "350,00" and 219000."""
    values = context.row.values
    for name, other in (("standard", "actual"), ("actual", "standard")):
        text = values[name]
        if isinstance(text, str) and amount(values[other]) is not None and MEANT_AS_NUMBER.fullmatch(text):
            yield Finding(context.row, name, {"figure": text, "other": values[other]})


def direction_unsure(context: Context) -> Iterator[Finding]:
    """A gap that is one only because less is better, which neither the gap nor a target for it says, or one denies."""
    row, values = context.row, context.row.values
    actual, standard = beside(values["actual"], values["standard"]), amount(values["standard"])
    if values["direction"] != "lower" or actual is None or standard is None or actual <= standard:
        return
    area = spelling(str(values["area"] or ""))
    targets = [target.values for target in context.of("targets")]
    same = {target["direction"] for target in targets if spelling(str(target["name"] or "")) == area}
    if "higher" in same:
        yield Finding(row, context.at, wording="contradicted")
        return
    meant = same | {target["direction"] for target in targets if target["gap_ref"] == values["gap_id"]}
    if "lower" not in meant and not context.is_typed("direction"):
        yield Finding(row, context.at, wording="not_typed")


def _typed(row: Row, target: Row) -> Iterator[tuple[str, Any]]:
    """The figures that stand in an indicator; what is only taken over from the target is a matter of the target."""
    taken_over = [target.values["target_value"], *(one["value"] for one in target.values["milestones"])]
    for name in INDICATOR_FIGURES:
        value = row.values[name]
        if value is not None and (name == "actual" or value not in taken_over):
            yield name, value
            taken_over.append(value)


def _target(context: Context) -> Row | None:
    """The target of an indicator; none where two have that id, as nobody knows which is meant."""
    ref = context.row.values["target_ref"]
    found = [row for row in context.of("targets") if ref is not None and row.values["target_id"] == ref]
    return found[0] if len(found) == 1 else None


COMPARING_CHECKS: dict[str, Check] = {
    "other_unit": other_unit,
    "no_number": no_number,
    "unlikely": unlikely,
    "breakdown": breakdown,
    "half_a_gap": half_a_gap,
    "direction_unsure": direction_unsure,
}
