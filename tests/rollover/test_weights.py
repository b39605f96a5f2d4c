"""Weights after the indicators changed."""

from __future__ import annotations

from typing import Any

from tests.rollover.month_help import april, checked, events, new_month, roll, told

SAME: dict[str, Any] = {"targets.1.due_date": "2026-06-30"}
TYPED = {"months.0.indicators.0.weight": "70", "months.0.indicators.1.weight": "30"}
THIRD = {
    "targets.+": {
        **{"name": "Visits", "current_value": "5", "target_value": "8", "unit": "visits", "weight": "20"},
        **{"due_date": "2026-06-30", "data_source": "Calendar", "start_date": "2026-04-01"},
    },
    "targets.0.weight": "40",
}


def weights(row: dict[str, Any]) -> list[str | None]:
    return [one.get("weight") for one in row["indicators"]]


def test_r09_weights_stay_derived_where_nothing_was_typed_and_nothing_changed() -> None:
    done = roll(SAME)
    assert weights(april(SAME)) == [None, None] and not events(done, "rescaled")
    assert [row["weight"] for row in checked(done.record).case.values["months"][0]["indicators"]] == [60, 40]


def test_r09_typed_weights_are_copied_while_the_indicators_stay_the_same() -> None:
    assert weights(april(SAME | TYPED)) == ["70", "30"] and not events(roll(SAME | TYPED), "rescaled")


def test_r09_weights_are_brought_to_100_when_an_indicator_is_dropped_and_are_to_be_confirmed() -> None:
    done = roll(TYPED)
    assert weights(april(TYPED)) == ["100"]
    (told_of,) = events(done, "rescaled")
    assert told_of.path == ("months", 0, "weight_change_reason")
    assert told(done, "rescaled")[0].startswith(
        "The indicators changed, so the weights were brought to 100 again: Sales 70% → 100%"
    )


def test_r09_an_indicator_that_joins_brings_its_own_share_and_the_last_takes_the_remainder() -> None:
    """Its 20 beside 80 of the others is as much as 25 beside their 100."""
    with_third = SAME | THIRD | {"months.0.indicators.0.weight": "50", "months.0.indicators.1.weight": "50"}
    assert weights(april(with_third)) == ["40", "40", "20"]
    uneven = {"months.0.indicators.0.weight": "33.33", "months.0.indicators.1.weight": "66.67"}
    assert weights(april(with_third | uneven)) == ["26.66", "53.34", "20"]


def test_r09_where_nothing_was_typed_the_weights_of_the_targets_hold_once_one_joins() -> None:
    done = roll(SAME | THIRD | {"targets.1.weight": "40"})
    assert weights(new_month(done)) == ["40", "40", "20"]
    assert "Sales 50% → 40%, Product test 50% → 40%, Visits 20% → 20%" in told(done, "rescaled")[0]


def test_r09_offices_without_weights_are_given_none() -> None:
    assert weights(april(use_weights=False)) == [None]
