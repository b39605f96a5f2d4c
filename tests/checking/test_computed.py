"""Figures that nobody types: what templates find in the rows of a checked case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from docgen.model.case import Month, Quantity
from tests.checking.complete_case import Check

JANUARY, FEBRUARY = 0, 1


def values(check: Check, changes: dict[str, Any] | None = None, **office: Any) -> Any:
    return check(changes or {}, office=office).case.values


def test_the_gap_is_computed_from_standard_and_actual(check: Check) -> None:
    gap = values(check)["gaps"][0]
    assert (gap["direction"], gap["gap_value"], gap["gap_pct"]) == ("higher", Decimal(131000), Decimal("37.43"))


def test_a_day_has_its_lateness_as_gap(check: Check) -> None:
    changes = {"gaps.0.standard": "6", "gaps.0.actual": "8", "gaps.0.direction": "on_date"}
    gap = values(check, changes)["gaps"][0]
    assert (gap["gap_value"], gap["gap_pct"]) == (2, None)


def test_what_was_typed_is_not_overruled(check: Check) -> None:
    changes = {"gaps.0.gap_value": "5", "months.0.indicators.0.status": "near", "months.1.measures.0.why": "A request"}
    typed = values(check, changes)
    assert typed["gaps"][0]["gap_value"] == 5
    assert typed["months"][JANUARY]["indicators"][0]["status"] == "near"
    assert typed["months"][FEBRUARY]["measures"][0]["why"] == "A request"


def test_blank_weights_are_equal_where_weights_are_used(check: Check) -> None:
    blank = {"targets.0.weight": None, "targets.1.weight": None}
    assert [row["weight"] for row in values(check, blank)["targets"]] == [50, 50]
    assert [row["weight"] for row in values(check, blank, use_weights=False)["targets"]] == [None, None]


def test_each_target_has_its_ticks_and_each_reference_its_name(check: Check) -> None:
    case = values(check)
    assert case["targets"][0]["smart"] == dict.fromkeys("SMART", True)
    assert case["targets"][0]["gap_ref_name"] == "Annual sales"
    assert case["months"][0]["measures"][0]["target_ref_name"] == "Sales of the half-year"


def test_reviews_and_milestones_are_made_when_nothing_was_typed(check: Check) -> None:
    case = values(check)
    assert [row["date"] for row in case["reviews"]][:2] == [date(2026, 1, 30), date(2026, 2, 27)]
    assert [row["type"] for row in case["reviews"]] == ["interim"] * 5 + ["final"]
    assert [row["value"] for row in case["targets"][1]["milestones"]] == [Quantity(Decimal(n)) for n in (70, 80, 90)]


def test_typed_reviews_stand_in_the_order_of_their_dates_and_the_latest_is_final(check: Check) -> None:
    days = ["2026-06-30", "2026-02-05", "2026-03-05", "2026-04-05", "2026-05-05", "2026-06-05"]
    checked = check({"reviews": [{"date": day} for day in days]})
    reviews = checked.case.values["reviews"]
    assert [str(row["date"]) for row in reviews] == sorted(days)
    assert [row["type"] for row in reviews] == ["interim"] * 5 + ["final"]
    assert checked.problems == ()


def test_a_month_without_indicators_gets_those_of_its_targets(check: Check) -> None:
    changes = {"months.1.indicators": None, "targets.1.due_date": "2026-01-31", "months.0.indicators.1.actual": "90"}
    assert [row["target_ref"] for row in values(check, changes)["months"][FEBRUARY]["indicators"]] == ["T1"]


def test_the_weights_of_a_month_are_those_of_its_targets_on_a_hundred(check: Check) -> None:
    changes = {"months.1.indicators": [{"target_ref": "T2"}]}
    months = values(check, changes)["months"]
    assert [row["weight"] for row in months[JANUARY]["indicators"]] == [60, 40]
    assert [row["weight"] for row in months[FEBRUARY]["indicators"]] == [100]


def test_the_figures_of_a_month(check: Check) -> None:
    months = values(check)["months"]
    row = months[JANUARY]["indicators"][0]
    assert (row["name"], row["unit"], row["direction"]) == ("Sales of the half-year", "CNY", "higher")
    assert (row["planned"], row["carried_in"], row["month_target"]) == (Quantity(Decimal(25000)), 0, row["planned"])
    assert (row["difference"], row["rate"], row["status"]) == (-5000, 80, "gap")
    assert (row["cumulative_target"], row["cumulative_actual"], row["needed_per_month"]) == (25000, 20000, 26000)
    later = months[FEBRUARY]["indicators"][0]
    assert (later["rate"], later["status"], later["cumulative_target"]) == (None, "no_data", 25000)


def test_months_without_a_figure_count_on_neither_side_of_the_cumulative_figures(check: Check) -> None:
    third = {"month": "2026-03", "indicators": [{"target_ref": "T1", "actual": "30000"}]}
    row = values(check, {"months.+": third})["months"][2]["indicators"][0]
    assert (row["cumulative_target"], row["cumulative_actual"], row["needed_per_month"]) == (
        50000,
        50000,
        Decimal("33333.33"),
    )


def test_figures_are_computed_in_the_unit_of_the_target(check: Check) -> None:
    typed = {
        "targets.0.target_value": "15万元",
        "targets.0.current_value": "10.95万",
        "targets.0.unit": "元",
        "months.0.indicators.0.actual": "2 万元",
    }
    case = values(check, typed)
    row = case["months"][JANUARY]["indicators"][0]
    assert case["targets"][0]["direction"] == "higher"
    assert case["targets"][0]["smart"] == dict.fromkeys("SMART", True)
    assert (row["planned"], row["actual"]) == (Quantity(Decimal(25000)), Quantity(Decimal(2), "万元"))
    assert (row["difference"], row["rate"], row["cumulative_actual"], row["needed_per_month"]) == (
        -5000,
        80,
        20000,
        26000,
    )
    assert case["interviews"][1]["results"][0]["actual"] == 20000


def test_a_gap_is_in_the_unit_of_its_standard(check: Check) -> None:
    gap = values(check, {"gaps.0.standard": "35万元", "gaps.0.actual": "219000 元"})["gaps"][0]
    assert (gap["direction"], gap["gap_value"], gap["gap_pct"]) == ("higher", Decimal("13.1"), Decimal("37.43"))
    assert gap["actual"] == Quantity(Decimal(219000), "元")


def test_units_that_differ_give_no_figure(check: Check) -> None:
    typed = {"gaps.0.actual": "219000 pieces", "months.0.indicators.0.actual": "2 pieces"}
    case = values(check, typed)
    row = case["months"][JANUARY]["indicators"][0]
    assert (case["gaps"][0]["direction"], case["gaps"][0]["gap_value"]) == (None, None)
    assert (row["difference"], row["rate"], row["status"], row["cumulative_actual"]) == (None, None, None, None)


def test_a_level_that_is_kept_is_not_to_fall_but_nothing_falls_below_0(check: Check) -> None:
    for now, direction in (("150000", "higher"), ("140000", "higher"), ("160000", "lower")):
        assert values(check, {"targets.0.current_value": now})["targets"][0]["direction"] == direction
    kept = {"targets.0.current_value": "0", "targets.0.target_value": "0"}
    assert values(check, kept)["targets"][0]["direction"] == "lower"


def test_a_month_knows_the_month_before_and_its_causes(check: Check) -> None:
    months = values(check)["months"]
    assert months[JANUARY]["last"] is None
    assert months[FEBRUARY]["last"]["month"] == Month(2026, 1)
    assert months[FEBRUARY]["last"]["indicators"][0]["rate"] == 80
    assert months[FEBRUARY]["measures"][0]["why"] == "Three offers went out late"


def test_a_cause_found_after_a_month_does_not_change_the_plan_of_that_month(check: Check) -> None:
    assert values(check)["months"][JANUARY]["measures"][0]["why"] == "Sales of the half-year"


def test_a_shortfall_is_carried_only_by_the_offices_policy(check: Check) -> None:
    def carried(policy: str, **office: Any) -> tuple[Any, Any, Any]:
        row = values(check, carry_policy=policy, **office)["months"][FEBRUARY]["indicators"][0]
        return row["carried_in"], row["month_target"].number, row["carried_excess"]

    assert carried("none") == (0, 25000, None)
    assert carried("full") == (5000, 30000, None)
    assert carried("spread") == (1000, 26000, None)
    assert carried("full", stretch_limit_pct=110) == (2500, 27500, 2500)


def test_what_was_delivered_beyond_a_target_lowers_nothing(check: Check) -> None:
    changes = {"months.0.indicators.0.actual": "40000"}
    row = values(check, changes, carry_policy="full")["months"][FEBRUARY]["indicators"][0]
    assert (row["carried_in"], row["month_target"].number) == (0, 25000)


def test_a_talk_has_the_figures_known_on_its_day(check: Check) -> None:
    launch, interim = values(check)["interviews"]
    assert launch["last"] is None
    assert interim["last"]["month"] == Month(2026, 2)
    sales, test = interim["results"]
    assert (sales["actual"], sales["rate"], sales["status"]) == (20000, Decimal("13.33"), "gap")
    assert (test["actual"], test["rate"]) == (71, Decimal("78.89"))


@pytest.mark.parametrize(
    ("day", "kind", "month"),
    [
        ("2026-02-05", "monthly", 1),
        ("2026-02-21", "monthly", 1),
        ("2026-02-22", "monthly", 2),
        ("2026-02-05", "final", 2),
    ],
)
def test_a_talk_early_in_a_month_does_not_know_its_figures(check: Check, day: str, kind: str, month: int) -> None:
    typed_later = {"months.1.indicators.0.actual": "30000", "interviews.1.date": day, "interviews.1.type": kind}
    assert values(check, typed_later)["interviews"][1]["last"]["month"] == Month(2026, month)


FINAL = {"interviews.1.type": "final"}
DUE_IN_FEBRUARY = {"targets.0.due_date": "2026-02-28", "targets.1.due_date": "2026-02-28"}


def final_results(check: Check, changes: dict[str, Any]) -> list[tuple[Any, Any, Any]]:
    results = values(check, FINAL | changes)["interviews"][1]["results"]
    return [(one["actual"], one["rate"], one["status"]) for one in results]


def test_a_final_talk_has_no_result_where_a_month_that_counts_has_no_figure(check: Check) -> None:
    assert final_results(check, {}) == [(None, None, "no_data"), (None, None, "no_data")]
    results = values(check, FINAL | DUE_IN_FEBRUARY)["interviews"][1]["results"]
    assert [one["missing"] for one in results] == [[Month(2026, 2)]] * 2


def test_a_final_talk_has_the_result_of_all_months_together(check: Check) -> None:
    whole = {"months.1.indicators.0.actual": "130000", "months.1.indicators.1.actual": "80"}
    assert final_results(check, DUE_IN_FEBRUARY | whole) == [(150000, 100, "met"), (80, Decimal("88.89"), "gap")]


def test_where_the_last_month_counts_an_earlier_one_may_lack_a_figure(check: Check) -> None:
    later = {"months.0.indicators.1.actual": None, "months.1.indicators.1.actual": "90"}
    assert final_results(check, DUE_IN_FEBRUARY | later)[1] == (90, 100, "met")


def test_a_month_of_absence_is_no_missing_month(check: Check) -> None:
    assert final_results(check, DUE_IN_FEBRUARY | {"months.1.absent": "leave"})[0] == (20000, Decimal("13.33"), "gap")


def test_a_verdict_rests_on_the_figures_as_typed(check: Check) -> None:
    def january(actual: str) -> Any:
        share = {"targets.1.target_value": "0.005", "targets.1.current_value": "0.005", "targets.1.unit": "%"}
        share |= {"targets.1.direction": "lower", "targets.1.basis_value": "0.005"}
        row = values(check, share | {"months.0.indicators.1.actual": actual})["months"][JANUARY]["indicators"][1]
        return row["difference"], row["rate"], row["status"]

    assert january("0.005") == (0, 100, "met")
    assert january("0.0051") == (Decimal("-0.0001"), Decimal("98.04"), "near")
    assert january("0.00500001") == (Decimal("-0.00000001"), Decimal("99.99"), "near")
