"""Review dates, the monthly decomposition of a target, and the months in which it runs."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
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


def reviews(start: str, end: str, longest_gap: int = 31) -> list[str]:
    """The days of the reviews; the last of them is the final one, and no other is."""
    found = schedule.review_dates(date.fromisoformat(start), date.fromisoformat(end), longest_gap)
    assert [kind for _, kind in found] == ["interim"] * (len(found) - 1) + ["final"]
    return [str(day) for day, _ in found]


def test_reviews_lie_on_the_last_weekday_of_each_month_and_at_the_end_of_the_period() -> None:
    saturday, sunday, weekday = "2026-01-30", "2026-05-29", "2026-04-30"
    found = reviews("2026-01-05", "2026-06-15")
    assert found == [saturday, "2026-02-27", "2026-03-31", weekday, sunday, "2026-06-15"]


@pytest.mark.parametrize(
    ("end", "final"),
    [
        ("2026-02-27", "2026-02-27"),  # a Friday
        ("2026-02-28", "2026-03-02"),  # a Saturday, the last of February
        ("2026-05-31", "2026-06-01"),  # a Sunday
        ("2028-02-29", "2028-02-29"),  # a leap day, on a Tuesday
        ("2026-06-14", "2026-06-15"),  # a Sunday within the month
    ],
)
def test_the_final_review_is_at_the_end_of_the_period_or_on_the_monday_after(end: str, final: str) -> None:
    found = reviews(f"{end[:4]}-01-12" if end < "2026-06" else "2026-03-02", end)
    assert found[-1] == final


def test_a_month_end_right_before_the_monday_of_the_final_review_has_no_review_of_its_own() -> None:
    assert reviews("2026-03-02", "2026-05-31") == ["2026-03-31", "2026-04-30", "2026-06-01"]


def test_no_review_lies_on_a_weekend_and_none_further_from_the_next_than_a_month_and_a_weekend() -> None:
    for start in (date(2026, 1, 1) + timedelta(days=n) for n in range(0, 365, 5)):
        for end in (start + timedelta(days=n) for n in range(30, 366, 6)):
            days = [day for day, _ in schedule.review_dates(start, end, 31)]
            assert all(day.isoweekday() <= 5 for day in days)
            assert all(start < day < end for day in days[:-1]) and 0 <= (days[-1] - end).days <= 2
            assert max((after - before).days for before, after in pairwise([start, *days])) <= 31 + schedule.WEEKEND


def test_a_review_days_after_the_start_is_left_out() -> None:
    assert reviews("2026-01-29", "2026-02-27") == ["2026-02-27"]
    assert reviews("2026-02-26", "2026-04-04")[:1] == ["2026-03-31"], "one near the start, one near the end"


def test_a_review_days_before_the_end_stays_where_the_gap_would_grow_too_long() -> None:
    assert reviews("2026-01-01", "2026-04-03")[-2:] == ["2026-03-31", "2026-04-03"]
    assert reviews("2026-01-01", "2026-04-01")[-2:] == ["2026-02-27", "2026-04-01"]


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
