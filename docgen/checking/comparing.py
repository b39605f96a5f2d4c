"""Whether the figures of a month can be compared with their target: they are numbers, and in its unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.checking.context import Check, Context, Finding
from docgen.checking.figures import amount
from docgen.checking.rows import Row
from docgen.model.units import in_unit

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


def _typed(row: Row, target: Row) -> Iterator[tuple[str, Any]]:
    """The figures that stand in an indicator; what is only taken over from the target is a matter of the target."""
    taken_over = [target.values["target_value"], *(one["value"] for one in target.values["milestones"])]
    for name in INDICATOR_FIGURES:
        value = row.values[name]
        if value is not None and (name == "actual" or value not in taken_over):
            yield name, value
            taken_over.append(value)


def _target(context: Context) -> Row | None:
    ref = context.row.values["target_ref"]
    return next((row for row in context.of("targets") if ref is not None and row.values["target_id"] == ref), None)


COMPARING_CHECKS: dict[str, Check] = {"other_unit": other_unit, "no_number": no_number}
