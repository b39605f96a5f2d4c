"""Units of measure: whether two figures are in the same one, and what a figure is in another size of it."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from docgen.model.case import Quantity

SIZES = (
    ("百万", 10**6),
    ("千万", 10**7),
    ("亿", 10**8),
    ("万", 10**4),
    ("千", 10**3),
    ("thousand", 10**3),
    ("million", 10**6),
    ("billion", 10**9),
)
"""What may stand before a unit and multiply it: 万元 is ten thousand 元."""

SAME = {
    **dict.fromkeys(("cny", "rmb", "yuan", "人民币", "¥"), "元"),
    **dict.fromkeys(("percent", "per cent", "pct"), "%"),
    **dict.fromkeys(("天", "日"), "day"),
    "小时": "hour",
    "point": "分",
}
"""Other names of a unit, in small letters and in the singular."""

PARTS = frozenset(("%", "‰", "百分点"))
"""Of these nobody counts ten thousands: 12万 is not so many of them."""


def in_unit(value: object, unit: object) -> Decimal | None:
    """The figure in ``value`` as so many of ``unit``; one without a unit of its own is taken to be in it.

    None for text and missing values, and where the units have nothing in common.
    """
    match value:
        case Quantity():
            if not value.unit or value.unit == unit:
                return value.number
            return _converted(value.number, value.unit, unit if isinstance(unit, str) else "")
        case bool():
            return None
        case Decimal() | int():
            return Decimal(value)
        case _:
            return None


def beside(value: object, other: object) -> Decimal | None:
    """The figure in ``value`` in the unit of ``other``, which somebody typed beside it.

    Of 35 万元 and 219000 nobody knows whether the second is in 万元 too, nor of 66 % and 0.8 whether that is 80 %:
    None, as where the units differ.
    """
    unit = getattr(other, "unit", "")
    if isinstance(value, Quantity) and not value.unit and _measured(unit)[0] != 1:
        return None
    if _may_be_share(value, unit) or _may_be_share(other, getattr(value, "unit", "")):
        return None
    return in_unit(value, unit)


def _may_be_share(value: object, unit: str) -> bool:
    """Whether a figure without a unit, beside one in percent, may be a part of one instead of a hundred."""
    if not isinstance(value, Quantity) or value.unit or not unit or _measured(unit)[1] != "%":
        return False
    return 0 < abs(value.number) <= 1


def _converted(number: Decimal, unit: str, wanted: str) -> Decimal | None:
    size, base = _measured(unit)
    wanted_size, wanted_base = _measured(wanted)
    if size != wanted_size and not PARTS.isdisjoint((base, wanted_base)):
        return None
    # "35万" in a column of 元 means 35万元; "21.9万元" beside a figure without any unit may mean anything.
    alike = base == wanted_base or (not base and size != 1) or (not wanted_base and wanted_size != 1)
    if alike or (size == wanted_size and not (base and wanted_base)):
        return number * size / wanted_size
    return None


def _measured(unit: str) -> tuple[int, str]:
    """How many of which unit: 万元 is 10,000 of 元."""
    base, size = unicodedata.normalize("NFKC", unit).casefold().strip(), 1
    for prefix, times in SIZES:
        if base.startswith(prefix):
            base, size = base.removeprefix(prefix).strip(), times
            break
    if base.isascii() and len(base) > 2:
        base = base.removesuffix("s")
    return size, SAME.get(base, base)
