"""Which indicators go on, which are done, what is still open of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from docgen.model.case import Quantity
from tests.rollover.month_help import april, checked, events, new_month, roll, told

TEST, SALES = "months.0.indicators.1.actual", "months.0.indicators.0.actual"
FULL: dict[str, Any] = {"carry_policy": "full"}
SHORT_SUM = {
    "targets.1": {
        **{"name": "New customers", "current_value": "0", "target_value": "12", "unit": "customers"},
        **{"accumulation": "sum", "weight": "40", "due_date": "2026-03-31", "data_source": "Sales system"},
    },
    "months.0.indicators.1": {"target_ref": "New customers", "actual": "2"},
    "months.0.measures.1.target_ref": "New customers",
}


def targets(row: dict[str, Any]) -> list[str]:
    return [one["target_ref"] for one in row["indicators"]]


def test_r04_nothing_is_carried_in_unless_the_office_says_so() -> None:
    assert not events(roll(), "carried_in", "excess")
    assert not events(roll(carry_policy="none"), "carried_in", "excess")


def test_r04_the_whole_difference_is_carried_up_to_the_limit_and_the_excess_told() -> None:
    done = roll({SALES: "8000"}, **FULL)
    assert told(done, "carried_in") == [
        "“Sales”: 2,000 € that March 2026 left open is added to April 2026, whose target is 12,000 €."
    ]
    assert "carried_in" not in new_month(done)["indicators"][0]
    much = roll({SALES: "1000"}, **FULL)
    assert "3,000 € that March" in told(much, "carried_in")[0]
    assert told(much, "excess") == [
        "“Sales”: a further 6,000 € that March 2026 left open is not added to April 2026, as a month's target may not "
        "exceed 130% of its plan."
    ]


def test_r04_the_difference_is_spread_over_the_months_left() -> None:
    (event,) = events(roll(carry_policy="spread"), "carried_in")
    assert event.details["carried"] == Quantity(Decimal(1000), "€")


def test_r04_delivering_more_lowers_nothing() -> None:
    done = roll({SALES: "15000", "months.0.differences": []}, **FULL)
    assert not events(done, "carried_in", "excess")
    row = checked(done.record, office=FULL).case.values["months"][0]["indicators"][0]
    assert row["month_target"] == Quantity(Decimal(10000))


def test_r05_the_new_month_stands_on_the_decomposition_and_takes_no_notes_from_the_last() -> None:
    done = roll({"months.0.environment_note": "Fair in March", "months.0.resource_note": "A second car"})
    assert new_month(done).keys() == {"month", "indicators", "measures"}
    (row,) = checked(done.record).case.values["months"][0]["indicators"]
    assert row["planned"] == Quantity(Decimal(10000)) and row["target_ref"] == "T1"


def test_r06_a_long_indicator_goes_on_even_when_its_target_is_reached() -> None:
    assert targets(april({SALES: "70000", "months.0.differences": []})) == ["Sales"]


def test_r06_a_short_indicator_is_dropped_once_it_is_done() -> None:
    done = roll()
    assert targets(new_month(done)) == ["Sales"]
    assert "was reached and is past its date" in told(done, "done")[0]


def test_r06_a_short_indicator_that_is_done_early_is_dropped_too() -> None:
    done = roll({"targets.1.due_date": "2026-05-29"})
    assert targets(new_month(done)) == ["Sales"]
    assert told(done, "done_early") == [
        "“Product test” was reached before its date; it is not among the indicators of April 2026."
    ]


def test_r06_what_is_reached_stays_where_nothing_else_is_left() -> None:
    early = {"targets.0.due_date": "2026-05-29", SALES: "60000", "targets.1.due_date": "2026-05-29"}
    done = roll(early | {"months.0.differences": []})
    assert targets(new_month(done)) == ["Sales", "Product test"] and not events(done, "done_early", "rescaled")
    assert len(told(done, "all_reached")) == 2


def test_r06_a_month_that_was_met_does_not_end_a_short_indicator() -> None:
    """80 was enough for March; the target is 90."""
    done = roll({"targets.1.due_date": "2026-05-29", TEST: "80"})
    assert targets(new_month(done)) == ["Sales", "Product test"] and not events(done, "done_early")


def test_r06_what_may_still_get_worse_is_not_done_before_its_date() -> None:
    average = {"targets.1.accumulation": "average", "targets.1.due_date": "2026-05-29", TEST: "95"}
    assert targets(april(average)) == ["Sales", "Product test"]
    assert targets(april(average | {"targets.1.due_date": "2026-03-31"})) == ["Sales"]


def test_r06_an_unfinished_short_indicator_is_copied_with_a_warning() -> None:
    done = roll({TEST: "70"})
    assert sorted(targets(new_month(done))) == ["Product test", "Sales"]
    (warned,) = events(done, "unfinished")
    assert warned.path == ("months", 0, "indicators", 1) and "was not reached" in warned.told("en")
    (unknown,) = events(roll({TEST: None}), "unfinished_unknown")
    assert "has no result yet" in unknown.told("en")


def test_r06_of_an_unfinished_short_sum_the_rest_is_planned() -> None:
    done = roll(SHORT_SUM)
    row = next(one for one in new_month(done)["indicators"] if one["target_ref"] == "New customers")
    assert row["planned"] == "10" and "carried_in" not in row
    assert "10 customers is still open" in told(done, "unfinished_rest")[0]
    figures = checked(done.record).case.values["months"][0]["indicators"]
    assert [one["month_target"].number for one in figures if one["name"] == "New customers"] == [10]


def test_r06_the_rest_is_in_the_unit_of_the_target() -> None:
    yuan = {**SHORT_SUM["targets.1"], "target_value": "12", "unit": "万元", "name": "订单"}  # type: ignore[dict-item]
    changes = SHORT_SUM | {
        "targets.1": yuan,
        "months.0.indicators.1": {"target_ref": "订单", "actual": "30000 元"},
        "months.0.measures.1.target_ref": "订单",
        "months.0.differences.+": {"target_ref": "订单", "aspect": "man", "cause": "Late offers"},
    }
    done = roll(changes)
    row = next(one for one in new_month(done)["indicators"] if one["target_ref"] == "订单")
    assert row["planned"] == "9"
    (event,) = events(done, "unfinished_rest")
    assert "尚差9万元" in event.told("zh")
    assert checked(done.record).case.values["months"][0]["indicators"][1]["month_target"] == Quantity(Decimal(9))


def test_a_typed_milestone_of_the_new_month_is_its_target() -> None:
    milestones = [{"month": "2026-03", "value": "9000"}, {"month": "2026-04", "value": "14000 €"}]
    done = roll({"targets.0.milestones": milestones}, **FULL)
    (event,) = events(done, "carried_in")
    assert event.details["month_target"] == Quantity(Decimal(16000), "€")


def test_r06_the_rest_is_not_carried_in_once_more() -> None:
    done = roll(SHORT_SUM, **FULL)
    row = next(one for one in new_month(done)["indicators"] if one["target_ref"] == "New customers")
    assert (row["planned"], row["carried_in"]) == ("10", "0")
    assert "New customers" not in " ".join(told(done, "carried_in"))


def test_r06_the_rest_does_not_raise_the_target_of_all_months() -> None:
    done = roll(SHORT_SUM)
    changes: Any = {**done.record.data}
    changes["months"][0]["indicators"][1]["actual"] = "4"
    figures = checked(done.record).case.values["months"][0]["indicators"][1]
    assert (figures["cumulative_target"], figures["cumulative_actual"]) == (12, 6)


def test_r06_an_excess_that_cannot_be_made_up_is_not_copied() -> None:
    complaints = {"name": "Complaints", "current_value": "9", "target_value": "3", "unit": "complaints"}
    lower = SHORT_SUM | {
        "targets.1": {**SHORT_SUM["targets.1"], **complaints, "direction": "lower"},  # type: ignore[dict-item]
        "months.0.indicators.1": {"target_ref": "Complaints", "actual": "5"},
        "months.0.differences.+": {"target_ref": "Complaints", "aspect": "man", "cause": "Late answers"},
        "months.0.measures.1.target_ref": "Complaints",
    }
    done = roll(lower)
    assert targets(new_month(done)) == ["Sales"] and "nothing of it can be made up" in told(done, "past")[0]


def test_r06_an_indicator_that_begins_is_told() -> None:
    later = {"targets.0.start_date": "2026-04-01", "months.0.indicators": [{"target_ref": "Product test"}]}
    later |= {"months.0.differences": [], "months.0.measures": []}
    (told_of,) = events(roll(later), "new_indicator")
    assert told_of.told("en") == "“Sales” is among the indicators from April 2026 on."


def test_r10_indicators_with_a_gap_stand_first() -> None:
    met = {SALES: "12000", TEST: "40", "months.0.differences": [], "targets.1.due_date": "2026-06-30"}
    assert targets(april(met)) == ["Product test", "Sales"]
    assert targets(april(met | {TEST: "95"})) == ["Sales", "Product test"]


def test_a_month_of_which_only_the_month_was_typed_has_its_indicators_all_the_same() -> None:
    done = roll({"months.0": {"month": "2026-03"}})
    assert sorted(targets(new_month(done))) == ["Product test", "Sales"]
    assert len(events(done, "ask_actual")) == 2
