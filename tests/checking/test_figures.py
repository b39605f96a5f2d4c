"""Gap, difference, rate, status and cumulative figures: direction-aware, exact in Decimal, rounded only for paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from docgen.checking import figures
from docgen.model.case import Quantity


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("direction", "standard", "actual", "value", "percent"),
    [
        ("higher", "350000", "219000", "131000", "37.43"),
        ("higher", "100", "120", "-20", "-20"),
        ("lower", "3", "5", "2", "66.67"),
        ("lower", "5", "3", "-2", "-40"),
        ("higher", "0", "-5", "5", None),
        ("on_date", "6", "8", "2", None),
        ("on_date", "6", "5", "0", None),
        ("qualitative", "6", "5", None, None),
        (None, "6", "5", None, None),
    ],
)
def test_a_gap_is_positive_when_the_actual_is_worse(
    direction: str | None, standard: str, actual: str, value: str | None, percent: str | None
) -> None:
    assert figures.gap_value(direction, Decimal(standard), Decimal(actual)) == number(value)
    assert figures.gap_pct(direction, Decimal(standard), Decimal(actual)) == number(percent)


def test_text_has_no_gap() -> None:
    assert figures.gap_value("higher", "good", Decimal(5)) is None
    assert figures.gap_pct("higher", "good", Decimal(5)) is None


def test_a_gap_of_quantities_is_the_gap_of_their_numbers() -> None:
    assert figures.gap_value("higher", Quantity(Decimal(30), "CNY"), Quantity(Decimal(20), "CNY")) == 10


RATES = [
    # direction, target, actual, points per unit, rate
    ("higher", "200", "150", None, "75"),
    ("higher", "3", "2", None, "66.67"),
    ("higher", "100", "300", None, "300"),
    ("higher", "100", "0", None, "0"),
    ("higher", "100", "-5", None, "0"),
    ("lower", "4", "5", None, "80"),
    ("lower", "4", "2", None, "200"),
    ("lower", "4", "1", None, "200"),
    ("lower", "4", "0", None, "200"),
    ("lower", "0", "0", None, "100"),
    ("lower", "0", "3", None, "0"),
    ("lower", "0", "3", "10", "70"),
    ("lower", "0", "11", "10", "0"),
    ("lower", "0", "-1", None, "100"),
    ("higher", "0", "0", None, "100"),
    ("higher", "0", "4", None, "100"),
    ("higher", "0", "-2", "5", "90"),
    ("on_date", "6", "6", None, "100"),
    ("on_date", "6", "4", None, "100"),
    ("on_date", "6", "8", None, "80"),
    ("on_date", "6", "30", None, "0"),
    ("qualitative", "4", "4", None, None),
]


@pytest.mark.parametrize(("direction", "target", "actual", "points", "rate"), RATES)
def test_the_rate_says_how_far_a_target_was_reached(
    direction: str, target: str, actual: str, points: str | None, rate: str | None
) -> None:
    exact = figures.rate(direction, Decimal(target), Decimal(actual), number(points))
    assert figures.shown_rate(exact) == number(rate)


def test_a_day_of_the_month_is_a_number_and_a_date_is_none() -> None:
    assert figures.difference("on_date", Decimal(6), Decimal(8)) == -2
    assert figures.rate("on_date", date(2026, 3, 6), date(2026, 3, 8)) is None


@pytest.mark.parametrize(
    ("direction", "target", "actual", "difference", "status"),
    [
        ("lower", "0.005", "0.0049", "0.0001", "met"),
        ("lower", "0.005", "0.005", "0", "met"),
        ("lower", "0.005", "0.0051", "-0.0001", "near"),
        ("higher", "99.9999", "99.9999", "0", "met"),
        ("higher", "100", "99.999", "-0.001", "near"),
        ("higher", "100000", "89999.999", "-10000.001", "gap"),
    ],
)
def test_fine_figures_are_judged_as_typed_and_shown_as_fine(
    direction: str, target: str, actual: str, difference: str, status: str
) -> None:
    rate = figures.rate(direction, Decimal(target), Decimal(actual))
    assert figures.difference(direction, Decimal(target), Decimal(actual)) == Decimal(difference)
    assert figures.gap_value(direction, Decimal(target), Decimal(actual)) == -Decimal(difference)
    assert figures.status(rate, 90) == status


@pytest.mark.parametrize(
    ("rate", "shown"), [("99.996", "99.99"), ("89.996", "89.99"), ("100", "100"), ("66.666", "66.67"), (None, None)]
)
def test_a_shown_rate_does_not_contradict_the_verdict(rate: str | None, shown: str | None) -> None:
    assert figures.shown_rate(number(rate), 90) == number(shown)


def test_without_an_actual_there_is_no_rate() -> None:
    assert figures.rate("higher", Decimal(5), None) is None


@pytest.mark.parametrize(
    ("direction", "target", "actual", "expected"),
    [("higher", 10, 8, -2), ("higher", 10, 12, 2), ("lower", 10, 12, -2), ("lower", 10, 8, 2), ("on_date", 6, 8, -2)],
)
def test_a_negative_difference_is_worse_in_every_direction(
    direction: str, target: int, actual: int, expected: int
) -> None:
    assert figures.difference(direction, target, actual) == expected


@pytest.mark.parametrize(
    ("rate", "status"),
    [("100", "met"), ("99.999", "near"), ("90", "near"), ("89.99", "gap"), ("0", "gap"), (None, "no_data")],
)
def test_the_status_follows_the_rate(rate: str | None, status: str) -> None:
    assert figures.status(number(rate), 90) == status


@pytest.mark.parametrize(
    ("figure", "beside", "shown"),
    [
        ("33.33333", ["100"], "33.33"),
        ("0.00515", ["0.0051", "0.0052"], "0.0052"),
        ("0.0083333", ["0.05"], "0.0083"),
        ("0", ["5"], "0"),
        ("12.5", [], "12.5"),
    ],
)
def test_a_figure_is_as_fine_as_what_it_comes_from_and_never_vanishes(
    figure: str, beside: list[str], shown: str
) -> None:
    assert figures.fine(Decimal(figure), *map(Decimal, beside)) == Decimal(shown)


def test_rounding_is_half_up() -> None:
    assert figures.rounded(Decimal("0.125")) == Decimal("0.13")
    assert figures.rounded(Decimal("-0.125")) == Decimal("-0.13")


@pytest.mark.parametrize(("accumulation", "expected"), [("sum", 60), ("average", 30), ("last", 40)])
def test_months_are_put_together_by_accumulation(accumulation: str, expected: int) -> None:
    assert figures.accumulated(accumulation, [Decimal(20), None, "no figure", Decimal(40)]) == expected


def test_a_missing_actual_is_no_figure_and_never_zero() -> None:
    assert figures.accumulated("sum", [None, None]) is None
    assert figures.needed_per_month("sum", "higher", Decimal(100), [None], 3) is None


@pytest.mark.parametrize(
    ("accumulation", "direction", "actuals", "left", "needed"),
    [
        ("sum", "higher", [20, 20], 3, "20"),
        ("sum", "higher", [120], 3, "0"),
        ("sum", "lower", [20, 20], 3, "20"),
        ("average", "higher", [80, 90], 2, "115"),
        ("last", "higher", [40, 70], 3, "10"),
        ("last", "lower", [140, 130], 3, "10"),
        ("last", "on_date", [8], 3, None),
        ("sum", "higher", [20], 0, None),
    ],
)
def test_what_each_remaining_month_must_bring(
    accumulation: str, direction: str, actuals: list[int], left: int, needed: str | None
) -> None:
    assert figures.needed_per_month(accumulation, direction, Decimal(100), actuals, left) == number(needed)


def test_a_sum_is_spread_evenly_and_the_last_part_takes_the_remainder() -> None:
    assert figures.spread(Decimal(100), 3) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]
    assert figures.spread(Decimal("0.01"), 2) == [Decimal("0.005"), Decimal("0.005")]


def test_equal_steps_end_at_the_target() -> None:
    assert figures.linear(Decimal(60), Decimal(90), 3) == [70, 80, 90]
    assert figures.linear(Decimal("0.008"), Decimal("0.005"), 2) == [Decimal("0.0065"), Decimal("0.005")]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([None, None, None], ["33.33", "33.33", "33.34"]),
        ([None], ["100"]),
        ([50, 30], ["62.5", "37.5"]),
        ([60, 30, 30], ["50", "25", "25"]),
        ([], []),
    ],
)
def test_weights_are_rescaled_to_a_hundred(weights: list[Any], expected: list[str]) -> None:
    assert figures.shares(weights) == [Decimal(weight) for weight in expected]


def test_the_largest_figures_that_can_be_typed_have_a_rate() -> None:
    least, most = Decimal("0.000000000000001"), Decimal(10) ** 15 - 1
    assert figures.rate("higher", least, most) == most / least * 100
