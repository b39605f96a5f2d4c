"""What a month has to bring of a target: its part, and what earlier months left open (R4, R6)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.checking.complete_case import Changes, Check

FEBRUARY, MARCH, APRIL = 1, 2, 3
SPREAD, FULL = {"carry_policy": "spread"}, {"carry_policy": "full"}


def sales(check: Check, month: int, changes: Changes, office: dict[str, Any]) -> Any:
    """The figures of the half-year's sales, of which each month has 25,000 to bring; January brought 20,000."""
    return check(changes, ("monthly",), office).case.values["months"][month]["indicators"][0]


def months(*actuals: Any, **row: Any) -> dict[str, Any]:
    """The months of the year, by what each brought; None for one without a figure."""
    lines = [{"target_ref": "T1", **({} if actual is None else {"actual": str(actual)})} for actual in actuals]
    return {"months": [{"month": f"2026-{at:02}", "indicators": [line]} for at, line in enumerate(lines, 1)], **row}


def test_a_shortfall_is_spread_over_all_months_that_are_left(check: Check) -> None:
    office = SPREAD
    brought: list[Any] = [20000]
    for at in range(1, 6):
        row = sales(check, at, months(*brought, None), office)
        assert (row["carried_in"], row["month_target"].number) == (1000, 26000)
        brought.append(row["month_target"].number)
    assert sum(brought) == 150000


def test_what_falls_short_of_a_month_with_its_share_is_spread_again(check: Check) -> None:
    """March: 1,000 of January, and a quarter of the 4,000 that February lacked of 26,000."""
    assert sales(check, MARCH, months(20000, 22000, None), SPREAD)["carried_in"] == 2000


@pytest.mark.parametrize("february", ["28000", None])
def test_neither_more_than_the_target_nor_a_missing_figure_changes_what_is_spread(check: Check, february: Any) -> None:
    assert sales(check, MARCH, months(20000, february, None), SPREAD)["carried_in"] == 1000


def test_a_month_of_absence_leaves_nothing_open_and_what_was_open_before_stays_spread(check: Check) -> None:
    away = months(20000, 100, None)
    away["months"][1]["absent"] = "leave"
    assert sales(check, MARCH, away, SPREAD)["carried_in"] == 1000


def test_a_month_that_was_left_out_had_its_share_too(check: Check) -> None:
    left_out = months(20000, None, None)
    del left_out["months"][1]
    assert sales(check, 1, left_out, SPREAD)["carried_in"] == 1000


def test_the_last_month_takes_what_rounding_leaves(check: Check) -> None:
    short = {"targets.0.due_date": "2026-04-30"}
    shares = []
    brought: list[Any] = [27500]
    for at in range(1, 4):
        row = sales(check, at, months(*brought, None) | short, SPREAD)
        shares.append(row["carried_in"])
        brought.append(row["month_target"].number)
    assert shares == [Decimal("3333.33"), Decimal("3333.33"), Decimal("3333.34")]


def test_the_stretch_limit_caps_what_is_spread_and_the_excess_is_told(check: Check) -> None:
    row = sales(check, MARCH, months(20000, 22000, None), SPREAD | {"stretch_limit_pct": 104})
    assert (row["carried_in"], row["carried_excess"]) == (1000, 1000)


def test_without_a_date_nothing_can_be_spread(check: Check) -> None:
    plans = months(20000, None, **{"targets.0.due_date": None})
    for row in plans["months"]:
        row["indicators"][0]["planned"] = "25000"
    assert sales(check, FEBRUARY, plans, SPREAD)["carried_in"] == 0


PAST = {"targets.0.due_date": "2026-02-28"}
"""The sum is due in February, 75,000 a month."""


def test_past_its_date_the_plan_of_a_sum_is_what_is_still_open(check: Check) -> None:
    row = sales(check, MARCH, months(70000, 60000, None) | PAST, {})
    assert (row["planned"].number, row["month_target"].number) == (20000, 20000)
    later = sales(check, APRIL, months(70000, 60000, 5000, None) | PAST, {})
    assert (later["planned"].number, later["cumulative_target"]) == (15000, 150000)


def test_a_late_correction_counts_in_what_is_still_open(check: Check) -> None:
    assert sales(check, MARCH, months(70000, 75000, None) | PAST, {})["planned"].number == 5000
    assert sales(check, MARCH, months(70000, 90000, None) | PAST, {})["planned"].number == 0


@pytest.mark.parametrize("office", [SPREAD, FULL, FULL | {"stretch_limit_pct": 101}])
def test_what_is_still_open_past_the_date_is_not_carried_in_besides(check: Check, office: dict[str, Any]) -> None:
    row = sales(check, MARCH, months(70000, 60000, None) | PAST, office)
    assert (row["carried_in"], row["carried_excess"], row["month_target"].number) == (0, None, 20000)


def test_what_was_typed_as_planned_past_the_date_stays(check: Check) -> None:
    plans = months(70000, 60000, None) | PAST
    plans["months"][2]["indicators"][0]["planned"] = "12000"
    assert sales(check, MARCH, plans, {})["month_target"].number == 12000


def test_an_excess_is_told_only_where_the_limit_is_what_was_carried_in(check: Check) -> None:
    plans = months(20000, None)
    office = FULL | {"stretch_limit_pct": 110}
    assert sales(check, FEBRUARY, plans, office)["carried_excess"] == 2500
    for typed, excess in (("2500", 2500), ("0", None)):
        plans["months"][1]["indicators"][0]["carried_in"] = typed
        assert sales(check, FEBRUARY, plans, office)["carried_excess"] == excess


@pytest.mark.parametrize("office", [SPREAD, FULL])
def test_a_weak_month_that_earlier_ones_have_made_up_leaves_nothing_open(check: Check, office: dict[str, Any]) -> None:
    row = sales(check, MARCH, months(160000, 100, None), office)
    assert (row["carried_in"], row["carried_excess"], row["month_target"].number) == (0, None, 25000)
    assert sales(check, FEBRUARY, months(160000, 100, None), office)["status"] == "gap"


@pytest.mark.parametrize("office", [SPREAD, FULL])
def test_what_later_months_have_made_up_is_no_longer_carried(check: Check, office: dict[str, Any]) -> None:
    assert sales(check, MARCH, months(20000, 30000, None), office)["carried_in"] == 0


def test_only_what_all_months_together_lack_is_carried(check: Check) -> None:
    """February lacks 15,000 of its 25,000, of which January has brought 10,000 beyond its own."""
    assert sales(check, MARCH, months(35000, 10000, None), FULL)["carried_in"] == 5000
    assert sales(check, MARCH, months(38000, 10000, None), SPREAD)["carried_in"] == 2000


def test_a_limit_or_an_average_is_never_made_up(check: Check) -> None:
    for changes in ({"targets.0.direction": "lower"}, {"targets.0.accumulation": "average"}):
        assert not sales(check, FEBRUARY, months(160000, 100) | changes, FULL)["made_up"]
    assert sales(check, FEBRUARY, months(160000, 100), FULL)["made_up"]
