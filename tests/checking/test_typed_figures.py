"""Figures that are typed although docgen works them out (R2, R4)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from docgen.model.case import Quantity
from tests.checking.complete_case import Check
from tests.checking.test_year import DONE, FEBRUARY, JANUARY, MONTHLY, THIRD, indicator, told

# R2: the figures of a month are kept


def test_r2_what_is_typed_is_kept_and_denied_where_the_months_say_otherwise(check: Check) -> None:
    checked = check({"months.0.indicators.0.difference": "-4000"}, MONTHLY)
    assert told(checked) == [("W246", "months.0.indicators.0.difference")]
    assert "-4000 was typed for 2026-01 as “Difference”, but the months give -5000" in checked.problems[0].message.en
    assert indicator(checked, JANUARY)["difference"] == -4000


@pytest.mark.parametrize(
    ("typed", "right"),
    [("cumulative_target", "25000"), ("cumulative_actual", "20000"), ("difference", "-5000"), ("rate", "80")],
)
def test_r2_figures_that_are_typed_as_docgen_computes_them_are_right(check: Check, typed: str, right: str) -> None:
    assert told(check({f"months.0.indicators.0.{typed}": right}, MONTHLY)) == []


def test_r2_a_figure_may_be_rounded_as_it_is_typed(check: Check) -> None:
    third = {"months.0.indicators.0.actual": "8333.33", "months.0.indicators.0.rate": "33"}
    assert told(check(third, MONTHLY)) == []
    assert told(check(third | {"months.0.indicators.0.rate": "35"}, MONTHLY)) == [
        ("W246", "months.0.indicators.0.rate")
    ]


def test_r2_where_a_month_has_no_figure_somebody_may_know_more(check: Check) -> None:
    late = {"months.1.indicators.0": {"target_ref": "T1", "actual": "26000", "cumulative_actual": "70000"}}
    assert told(check(late, MONTHLY)) == [("W246", "months.1.indicators.0.cumulative_actual")]
    begun_before = {"targets.0.start_date": "2025-12-05", "case.period_start": "2025-12-05"}
    assert "W246" not in {code for code, _ in told(check(late | begun_before, MONTHLY))}
    no_figure = {"months.0.indicators.0": {"target_ref": "T1", "data_missing_reason": "The system was replaced"}}
    assert told(check(late | no_figure | {"months.0.differences": []}, MONTHLY)) == []


# R4: what is carried in


@pytest.mark.parametrize(
    ("policy", "typed", "said"),
    [
        ("none", "5000", "nothing is carried over"),
        ("full", "5000", ""),
        ("full", "5000.5", "0.5 more than the 5000"),
        ("full", "3000", ""),
        ("full", "-100", "lowers nothing"),
        ("spread", "1000", ""),
        ("spread", "5000", "4000 more than the 1000"),
    ],
)
def test_r4_what_is_typed_as_carried_in_keeps_to_the_policy(check: Check, policy: str, typed: str, said: str) -> None:
    checked = check({"months.1.indicators.0.carried_in": typed}, MONTHLY, {"carry_policy": policy})
    assert told(checked) == ([("E123", "months.1.indicators.0.carried_in")] if said else [])
    assert all(said in one.message.en for one in checked.problems)


def test_r4_the_stretch_limit_holds_and_the_excess_is_named(check: Check) -> None:
    office = {"carry_policy": "full", "stretch_limit_pct": 110}
    checked = check({"months.1.indicators.0.carried_in": "5000"}, MONTHLY, office)
    assert [one.message.en for one in checked.problems if one.code == "E123"] == [
        "Sales of the half-year: 5000 is typed as carried in, 2500 more than the 2500 that the months before and the "
        "stretch limit of 110 % allow."
    ]
    in_the_first = {"months.0.indicators.0.carried_in": "2501"}  # what was open before, nobody knows
    assert told(check(in_the_first, MONTHLY, office)) == [("E123", "months.0.indicators.0.carried_in")]
    assert told(check({"months.0.indicators.0.carried_in": "2500"}, MONTHLY, office)) == []


@pytest.mark.parametrize(("typed", "said"), [("1000", ""), ("2000", "1000 more than the 1000")])
def test_r4_a_share_of_an_earlier_month_is_carried_in_by_every_month_left(check: Check, typed: str, said: str) -> None:
    lines = [{"target_ref": "T1", "carried_in": typed}, {"target_ref": "T2"}]
    changes = DONE | {"months.+": THIRD | {"indicators": lines}}
    checked = check(changes, MONTHLY, {"carry_policy": "spread"})
    assert told(checked) == ([("E123", "months.2.indicators.0.carried_in")] if said else [])
    assert all(said in one.message.en for one in checked.problems)


def test_r4_what_was_spread_before_the_record_began_nobody_knows(check: Check) -> None:
    typed = {"months.0.indicators.0.carried_in": "3000", "months.1.indicators.0.carried_in": "4600"}
    assert told(check(typed, MONTHLY, {"carry_policy": "spread"})) == []
    assert [code for code, _ in told(check(typed, MONTHLY, {"carry_policy": "spread", "stretch_limit_pct": 115}))] == [
        "E123"
    ]


def test_r4_only_sums_of_which_more_is_better_are_carried(check: Check) -> None:
    checked = check({"months.1.indicators.1.carried_in": "5"}, MONTHLY, {"carry_policy": "full"})
    assert told(checked) == [("E123", "months.1.indicators.1.carried_in")]
    assert "only targets whose months are added up" in checked.problems[0].message.en


def test_r4_what_has_no_figure_leaves_nothing_to_carry(check: Check) -> None:
    none = {"months.0.indicators.0": {"target_ref": "T1", "data_missing_reason": "Moved"}, "months.0.differences": []}
    checked = check(none, MONTHLY, {"carry_policy": "full"})
    assert (told(checked), indicator(checked, FEBRUARY)["carried_in"]) == ([], 0)


def test_r4_nothing_is_lowered_by_what_was_delivered_beyond(check: Check) -> None:
    row = indicator(check({"months.0.indicators.0.actual": "40000"}, MONTHLY, {"carry_policy": "full"}), FEBRUARY)
    assert (row["carried_in"], row["month_target"]) == (0, Quantity(Decimal(25000)))
