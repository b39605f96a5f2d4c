"""Numbers: whole, decimal, in percent, and with a unit; always Decimal, never float."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from docgen.definitions.cleaning import half_width
from docgen.definitions.results import Fault, Options, Result, shown
from docgen.model.case import Quantity

if TYPE_CHECKING:  # the process that opens a stranger's file needs numbers, and no formulas
    from docgen.definitions.definition import Field

NUMBER = r"[+\-−]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,30})(?:\.[0-9]{1,15})?"
WHOLE = re.compile(NUMBER)
DIGITS = 15
"""So many digits of a number a cell of a spreadsheet holds."""
SHORTENED = re.compile(r"\s*-?[0-9](?:\.[0-9]+)?E\+[0-9]{2}\s*")
MOST = 10**DIGITS - 1
"""The largest amount that is taken for one; what is longer is a telephone, an account or a slip of the hand."""
# A unit is a word or two, not the rest of a sentence: "3 months" is a quantity, "3 of the 5 reports were late" is text.
WITH_UNIT = re.compile(rf"({NUMBER})\s*([^\s0-9+\-−,.:;/，。；：、~～–—至到][^0-9,;，。；、！？!?\n]{{0,15}})?")


def parse_decimal(field: Field, raw: str, options: Options) -> Result:
    """``1,234.5`` or ``１２`` to Decimal."""
    number = _number(half_width(raw))
    return _not_a_number(raw) if number is None else check_range(field, number, raw)


def parse_integer(field: Field, raw: str, options: Options) -> Result:
    """A whole number to int; ``12.0`` counts as one."""
    number = _number(half_width(raw))
    if number is None:
        return _not_a_number(raw)
    if number != number.to_integral_value():
        return Fault("not_an_integer", shown(raw))
    checked = check_range(field, number, raw)
    return checked if isinstance(checked, Fault) else int(number)


def parse_percent(field: Field, raw: str, options: Options) -> Result:
    """A number in percent to Decimal: ``30`` and ``30%`` are 30, ``0.3`` is 0.3 percent."""
    text = half_width(raw)
    number = _number(text.removesuffix("%").rstrip())
    return _not_a_number(raw) if number is None else check_range(field, number, raw)


def parse_quantity(field: Field, raw: str, options: Options) -> Result | None:
    """``350000 元`` or ``35万元`` to Quantity, the unit as typed; None where the text is no number with a unit."""
    found = WITH_UNIT.fullmatch(half_width(raw))
    if not found:
        return None
    number = _decimal(found[1])
    checked = check_range(field, number, raw)
    return checked if isinstance(checked, Fault) else Quantity(number, (found[2] or "").strip())


def check_range(field: Field, number: Any, raw: object) -> Result:
    """``number`` itself, or the fault that it lies outside the limits of its field."""
    if abs(number) > MOST:
        return Fault("out_of_range", shown(raw), {"limit": f"±{MOST:,}"})
    limits = field.limits
    low, high = limits.minimum, limits.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        limit = f"{low}–{high}" if low is not None and high is not None else f"≥ {low}" if high is None else f"≤ {high}"
        return Fault("out_of_range", shown(raw), {"limit": limit})
    return number


def lost_digits(text: str) -> bool:
    """Whether ``text`` is what a spreadsheet leaves of a long number that it wrote as text: ``1.23457E+17``."""
    return SHORTENED.fullmatch(text) is not None


def _number(text: str) -> Decimal | None:
    return _decimal(text) if WHOLE.fullmatch(text) else None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("−", "-"))


def _not_a_number(raw: str) -> Fault:
    return Fault("not_a_number", shown(raw))
