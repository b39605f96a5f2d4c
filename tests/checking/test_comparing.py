"""An actual that is far from its target: is the unit right, and the decimal point?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.checking.complete_case import Changes, Check, dotted

ACTUAL = "months.0.indicators.0.actual"
LOWER = {"targets.0.direction": "lower", "targets.0.target_value": "90000", "targets.0.accumulation": "average"}
"""The months are to be 90,000 each."""


def asked(check: Check, changes: Changes) -> list[str]:
    return [dotted(one.path) for one in check(changes, ("monthly",)).problems if one.code == "W248"]


@pytest.mark.parametrize(
    ("actual", "found"), [("75000", []), ("75001", [ACTUAL]), ("3", []), ("0", []), ("-80000", [])]
)
def test_more_than_three_times_the_target_is_questioned(check: Check, actual: str, found: list[str]) -> None:
    assert asked(check, {ACTUAL: actual}) == found


@pytest.mark.parametrize(
    ("actual", "found"), [("30000", []), ("29999", [ACTUAL]), ("270000", []), ("270001", [ACTUAL]), ("0", [])]
)
def test_where_less_is_better_so_is_less_than_a_third(check: Check, actual: str, found: list[str]) -> None:
    planned = {"months.0.indicators.0.planned": "90000"}
    assert asked(check, {**LOWER, **planned, ACTUAL: actual}) == found


def test_a_target_of_zero_and_a_day_have_no_ratio(check: Check) -> None:
    assert asked(check, {"months.0.indicators.0.planned": "0", ACTUAL: "90000"}) == []
    day: dict[str, Any] = {"targets.0.direction": "on_date", "months.0.indicators.0.planned": "5", ACTUAL: "28"}
    assert asked(check, day) == []


def test_what_is_asked_is_said_in_both_languages(check: Check) -> None:
    (one,) = [one for one in check({ACTUAL: "200000"}, ("monthly",)).problems if one.code == "W248"]
    assert one.fix.en == "Is that right? Check unit and decimal point."
    assert "200,000" in one.message.en or "200000" in one.message.en
    assert "小数点" in one.fix.zh
