"""The arithmetic of the trade: gap, difference, rate, status, cumulative figures and what is still needed, in Decimal.

Amounts are ``Decimal``, ``int`` or ``Quantity`` (for a target that is to be met on a day: the day of the month);
anything else counts as "not a number". Results are exact, so that a verdict never rests on a rounded figure; ``fine``
and ``shown_rate`` round them for paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from typing import Any

from docgen.model.case import Quantity

PLACES = 2
CENT = Decimal("0.01")
UNITS = tuple(Decimal(1).scaleb(-places) for places in range(40))
"""One of each place after the point; nobody types a figure with more (see definitions/numbers.py)."""
ZERO = Decimal(0)
WIDE = Context(prec=100)
"""Rates of the largest figures that can be typed have more places than Decimal allows for by itself."""
FULL = Decimal(100)
BEST_RATE = Decimal(200)
POINTS_PER_LATE_DAY = Decimal(10)


def rounded(amount: Decimal) -> Decimal:
    """Half up to two places."""
    return amount.quantize(CENT, ROUND_HALF_UP, WIDE)


def fine(figure: Decimal, *beside: Any) -> Decimal:
    """Half up to two places, or as many as the finest of ``beside`` has; never to less than two significant digits."""
    return figure if figure == rounded(figure) else _to(figure, _places(beside))


def _places(figures: Sequence[Any]) -> int:
    """The places of the finest of several figures, two at least."""
    exponents = [one.as_tuple().exponent for one in map(amount, figures) if one is not None]
    return max([PLACES, *(-exponent for exponent in exponents if isinstance(exponent, int))])


def _to(figure: Decimal, places: int) -> Decimal:
    if figure == rounded(figure):
        return figure
    places = max(places, 1 - figure.adjusted())
    short = figure.quantize(UNITS[min(places, len(UNITS) - 1)], ROUND_HALF_UP, WIDE)
    return figure if short == figure else short


def shown_rate(rate: Decimal | None, near_pct: Any = None) -> Decimal | None:
    """A rate in two places that doesn't contradict the verdict: 99.996 % is not met, and doesn't read 100."""
    if rate is None:
        return None
    shown = rounded(rate)
    marks = [FULL, amount(near_pct)]
    if any(mark is not None and rate < mark <= shown for mark in marks):
        return rate.quantize(CENT, ROUND_DOWN, WIDE)
    return shown


def amount(value: Any) -> Decimal | None:
    """The number in a value; None for text, a missing value or a tick."""
    match value:
        case Decimal():
            return value
        case Quantity():
            return value.number
        case bool():
            return None
        case int():
            return Decimal(value)
        case _:
            return None


def shortfall(direction: str | None, standard: Any, actual: Any) -> Decimal | None:
    """How far ``actual`` stays behind ``standard``: positive is worse, negative is better; for a day, the days late."""
    wanted, reached = amount(standard), amount(actual)
    if wanted is None or reached is None or direction not in ("higher", "lower", "on_date"):
        return None
    if direction == "on_date":
        return max(reached - wanted, ZERO)
    return wanted - reached if direction == "higher" else reached - wanted


def gap_value(direction: str | None, standard: Any, actual: Any) -> Decimal | None:
    """The gap, positive when the actual is worse than the standard; days late where a day counts."""
    behind = shortfall(direction, standard, actual)
    return None if behind is None else fine(behind, standard, actual)


def gap_pct(direction: str | None, standard: Any, actual: Any) -> Decimal | None:
    """The gap in percent of the standard; None for text, a standard of 0 and a day."""
    behind, wanted = shortfall(direction, standard, actual), amount(standard)
    if behind is None or not wanted or direction == "on_date":
        return None
    return rounded(behind / abs(wanted) * FULL)


def difference(direction: str | None, target: Any, actual: Any) -> Decimal | None:
    """What was reached beyond the target; negative is always worse, whichever direction is better."""
    behind = shortfall(direction, target, actual)
    return None if behind is None else fine(ZERO - behind, target, actual)


def rate(direction: str | None, target: Any, actual: Any, points_per_unit: Any = None) -> Decimal | None:
    """How far the target was reached, in percent, unrounded; None where either side is no number.

    A target of 0 (or below) has no ratio: 100 when met, otherwise ``points_per_unit`` is deducted for each unit.
    """
    behind = shortfall(direction, target, actual)
    if behind is None:
        return None
    if direction == "on_date":
        return max(FULL - POINTS_PER_LATE_DAY * behind, ZERO)
    wanted, reached = amount(target), amount(actual)
    assert wanted is not None and reached is not None  # shortfall() is None otherwise
    if wanted <= 0:
        return _rate_at_zero(behind, amount(points_per_unit))
    if direction == "higher":
        return max(WIDE.divide(reached * FULL, wanted), ZERO)
    return min(WIDE.divide(wanted * FULL, reached), BEST_RATE) if reached > 0 else BEST_RATE


def _rate_at_zero(behind: Decimal, points_per_unit: Decimal | None) -> Decimal:
    if behind <= 0:
        return FULL
    return max(FULL - points_per_unit * behind, ZERO) if points_per_unit else ZERO


def status(reached: Decimal | None, near_pct: Any) -> str:
    """``met``, ``near``, ``gap`` by the unrounded rate, or ``no_data``."""
    if reached is None:
        return "no_data"
    if reached >= FULL:
        return "met"
    near = amount(near_pct)
    return "near" if near is not None and reached >= near else "gap"


def accumulated(accumulation: str | None, amounts: Sequence[Any]) -> Decimal | None:
    """The amounts of several months as one figure: their sum, average or last; months without a figure are left out."""
    known = [figure for figure in map(amount, amounts) if figure is not None]
    if not known:
        return None
    if accumulation == "sum":
        return sum(known, ZERO)
    return sum(known, ZERO) / len(known) if accumulation == "average" else known[-1]


def needed_per_month(
    accumulation: str | None, direction: str | None, target: Any, actuals: Sequence[Any], months_left: int
) -> Decimal | None:
    """What each remaining month has to bring: an amount (sum), an average or a step (last); None when none remain.

    For ``lower`` with ``sum`` or ``average`` it is what each remaining month may still use up.
    """
    wanted = amount(target)
    known = [figure for figure in map(amount, actuals) if figure is not None]
    if wanted is None or not known or months_left < 1 or direction not in ("higher", "lower"):
        return None
    if accumulation == "sum":
        left = wanted - sum(known, ZERO)
    elif accumulation == "average":
        left = wanted * (len(known) + months_left) - sum(known, ZERO)
    else:
        left = wanted - known[-1] if direction == "higher" else known[-1] - wanted
    return fine(max(left, ZERO) / months_left, wanted, *known)


def spread(total: Decimal, parts: int) -> list[Decimal]:
    """``total`` in equal parts as fine as itself; the last takes the remainder."""
    part = fine(total / parts, total)
    return [part] * (parts - 1) + [total - part * (parts - 1)]


def linear(start: Decimal, end: Decimal, parts: int) -> list[Decimal]:
    """Equal steps from ``start`` to ``end``; the first figure lies one step after the start, the last is the end."""
    places = _places((start, end))
    return [_to(start + (end - start) * step / parts, places) for step in range(1, parts)] + [end]


def shares(weights: Sequence[Any]) -> list[Decimal]:
    """Weights rescaled to 100; all blank means equal; the last takes the remainder."""
    known = [amount(weight) or ZERO for weight in weights]
    total = sum(known, ZERO)
    if not known:
        return []
    if total == 0:
        return spread(FULL, len(known))
    scaled = [rounded(weight / total * FULL) for weight in known[:-1]]
    return [*scaled, FULL - sum(scaled, ZERO)]
