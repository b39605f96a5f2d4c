"""Review dates, the monthly decomposition of a target, and the months in which it runs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from docgen.checking import schedule
from docgen.model.case import Month, Quantity


def target(**values: Any) -> dict[str, Any]:
    given = {
        "start_date": date(2026, 1, 5),
        "due_date": date(2026, 3, 31),
        "current_value": Quantity(Decimal(60)),
        "target_value": Quantity(Decimal(90)),
        "accumulation": "last",
        "direction": "higher",
    }
    return given | values


def test_reviews_lie_at_the_end_of_each_month_and_of_the_period() -> None:
    assert schedule.review_dates(date(2026, 1, 5), date(2026, 4, 15), 31) == [
        (date(2026, 1, 31), "interim"),
        (date(2026, 2, 28), "interim"),
        (date(2026, 3, 31), "interim"),
        (date(2026, 4, 15), "final"),
    ]


def test_a_review_days_after_the_start_is_left_out() -> None:
    assert schedule.review_dates(date(2026, 1, 30), date(2026, 2, 27), 31) == [(date(2026, 2, 27), "final")]


def test_a_review_days_before_the_end_stays_where_the_gap_would_grow_too_long() -> None:
    dates = [day for day, _ in schedule.review_dates(date(2026, 1, 1), date(2026, 4, 3), 31)]
    assert dates[-2:] == [date(2026, 3, 31), date(2026, 4, 3)]


def test_a_period_that_does_not_end_has_no_reviews() -> None:
    assert schedule.review_dates(date(2026, 2, 1), date(2026, 1, 1), 31) == []


@pytest.mark.parametrize(
    ("changes", "figures"),
    [
        ({}, [70, 80, 90]),
        ({"accumulation": "average"}, [90, 90, 90]),
        ({"accumulation": "sum", "target_value": Quantity(Decimal(100))}, ["33.33", "33.33", "33.34"]),
        ({"current_value": None}, [90, 90, 90]),
        ({"direction": "on_date", "target_value": Quantity(Decimal(6))}, [6, 6, 6]),
        ({"direction": "lower", "target_value": Quantity(Decimal(30))}, [50, 40, 30]),
        ({"target_value": "good"}, []),
        ({"due_date": None}, []),
        ({"due_date": date(2025, 12, 1)}, []),
    ],
)
def test_a_target_is_broken_down_into_months(changes: dict[str, Any], figures: list[Any]) -> None:
    found = schedule.decomposition(target(**changes))
    assert [figure for _, figure in found] == [Decimal(figure) for figure in figures]
    assert [month for month, _ in found] == [Month(2026, number) for number in (1, 2, 3)][: len(figures)]


def test_a_year_end_is_crossed() -> None:
    assert list(schedule.month_range(Month(2025, 11), Month(2026, 2))) == [
        Month(2025, 11),
        Month(2025, 12),
        Month(2026, 1),
        Month(2026, 2),
    ]
    assert schedule.months_between(Month(2025, 11), Month(2026, 2)) == 3


def test_a_target_runs_from_the_month_it_starts_to_the_month_it_is_due() -> None:
    months = [Month(2025, 12), Month(2026, 1), Month(2026, 3), Month(2026, 4)]
    assert [schedule.runs_in(target(), month) for month in months] == [False, True, True, False]
    assert schedule.runs_in(target(due_date=None), Month(2030, 1))
