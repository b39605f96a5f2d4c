"""Values that are found again wherever they are printed: for each field two that nothing else of its record holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

from docgen.definitions.definition import Field
from docgen.model.case import Code, Month, Quantity


def first_value(field: Field) -> Any:
    """A value for ``field`` that nothing else in the record holds."""
    seed = sum(map(ord, f"{field.sheet}.{field.name}"))
    kinds: dict[str, Callable[[], Any]] = {
        "integer": lambda: 2,
        "decimal": lambda: Decimal(seed) + Decimal("0.25"),
        "percent": lambda: Decimal(seed),
        "quantity": lambda: Quantity(Decimal(seed), "u"),
        "date": lambda: date(2026, 1 + seed % 6, 1 + seed % 27),
        "month": lambda: Month(2026, 3),
        "time": lambda: time(9, seed % 60),
        "choice": lambda: Code(codes(field)[0], list_name(field)),
        "choices": lambda: [Code(codes(field)[0], list_name(field))],
        "yes_no": lambda: True,
        "list": lambda: [canary(field)],
    }
    return kinds.get(field.type, lambda: canary(field))()


def second_value(field: Field) -> Any:
    """Another value of the same kind."""
    seed = sum(map(ord, f"{field.sheet}.{field.name}"))
    kinds: dict[str, Callable[[], Any]] = {
        "integer": lambda: 3,
        "decimal": lambda: Decimal(seed) + Decimal("7.75"),
        "percent": lambda: Decimal(seed) + 11,
        "quantity": lambda: Quantity(Decimal(seed) + 7, "u"),
        "date": lambda: date(2031, 11, 30),
        "month": lambda: Month(2031, 11),
        "time": lambda: time(23, 59),
        "choice": lambda: Code(codes(field)[-1], list_name(field)),
        "choices": lambda: [Code(codes(field)[-1], list_name(field))],
        "yes_no": lambda: False,
        "list": lambda: ["other"],
    }
    return kinds.get(field.type, lambda: "other")()


def canary(field: Field) -> str:
    return f"canary:{field.sheet}.{field.name}~"


def codes(field: Field) -> list[str]:
    assert field.choices is not None
    return list(field.choices.choices)


def list_name(field: Field) -> str:
    assert field.choices is not None
    return field.choices.name
