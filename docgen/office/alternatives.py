"""Other values that somebody might have typed: they are tried to see what hangs on a value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from docgen.checking.reporting import SETTINGS
from docgen.definitions.definition import Field
from docgen.model.case import Code, Month, Quantity
from docgen.model.problems import Words
from docgen.office.origins import Given

MORE = "※"
SHIFTS = 40, -40, -7
"""Days: more than a month, since much is worked out by months; then a little."""
FACTORS = "1.1", "3", "0.3"
SPREAD, STEP = 7, Decimal("0.013")


def others(given: Given, at: int = 0) -> list[Any]:
    """Other values of the same kind, as somebody might type them; of a setting as values. The first shows most.

    ``at``: its number among values that are changed together, and not all in proportion.
    """
    if given.field.type == "ref":
        return list(given.rows)
    is_setting = given.origin.path[0] == SETTINGS
    found = _OTHERS.get(type(given.value), _nothing)(given.value, given.field)
    if at % SPREAD and found:
        found[0] = _further(found[0], at % SPREAD)
    return found if is_setting else [_typed(one) for one in found]


def _figures(value: Decimal) -> list[Decimal]:
    """A tenth more: what is rounded shows it, and a figure below another mostly stays below it; then far off."""
    return [value * Decimal(times) for times in FACTORS] if value else [Decimal(1)]


def _further(value: Any, steps: int) -> Any:
    match value:
        case Decimal():
            return value * (1 + STEP * steps)
        case Quantity():
            return Quantity(value.number * (1 + STEP * steps), value.unit)
        case date():
            return value + timedelta(days=steps)
        case _:
            return value


def _other_codes(value: Code, of: Field) -> list[Any]:
    return [Code(code, value.list) for code in (of.choices.choices if of.choices else ()) if code != value]


def _other_list(value: list[Any], of: Field) -> list[Any]:
    if not value:
        return []
    first = _OTHERS.get(type(value[0]), _nothing)(value[0], of)
    return [[one, *value[1:]] for one in first[:1]]


def _nothing(value: Any, of: Field) -> list[Any]:
    return []


_OTHERS: dict[type, Callable[[Any, Field], list[Any]]] = {
    str: lambda value, of: [f"{value}9" if of.type == "id" else f"{value}{MORE}"],
    Code: _other_codes,
    bool: lambda value, of: [not value],
    int: lambda value, of: [value + 1],
    Decimal: lambda value, of: _figures(value),
    Quantity: lambda value, of: [Quantity(number, value.unit) for number in _figures(value.number)],
    date: lambda value, of: [value + timedelta(days=days) for days in SHIFTS],
    time: lambda value, of: [time((value.hour + 1) % 24, value.minute)],
    Month: lambda value, of: [Month(value.year + value.month // 12, value.month % 12 + 1)],
    Words: lambda value, of: [Words(value.en + MORE, value.zh + MORE)],
    list: _other_list,
}


def _typed(value: Any) -> Any:
    match value:
        case bool():
            return "yes" if value else "no"
        case Quantity():
            return f"{value.number} {value.unit}".strip()
        case list():
            return [_typed(one) for one in value]
        case _:
            return str(value)
