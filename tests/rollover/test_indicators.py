"""Which indicators go on, which are done, what is still open of them."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

from docgen.model.case import Quantity
from docgen.model.record import Record
from docgen.rollover.rolled import Rolled
from tests.rollover.month_help import april, checked, errors, events, new_month, roll, rolled, told

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


def only_named(row: dict[str, Any]) -> dict[str, Any]:
    """What is typed in a row, without its weight."""
    return {name: value for name, value in row.items() if name != "weight"}


def figures(done: Rolled, name: str, **office: Any) -> Any:
    """The figures of a target in the new month."""
    rows = checked(done.record, office=office).case.values["months"][0]["indicators"]
    return next(row for row in rows if row["name"] == name)


def targets(row: dict[str, Any]) -> list[str]:
    return [one["target_ref"] for one in row["indicators"]]


def test_r04_nothing_is_carried_in_unless_the_office_says_so() -> None:
    assert not events(roll(), "carried_in", "excess")
    assert not events(roll(carry_policy="none"), "carried_in", "excess")


def test_r04_the_whole_difference_is_carried_up_to_the_limit_and_the_excess_told() -> None:
    done = roll({SALES: "8000"}, **FULL)
    assert told(done, "carried_in") == [
        "“Sales”: 2,000 € left open up to March 2026 is added to April 2026, whose target is 12,000 €."
    ]
    assert "carried_in" not in new_month(done)["indicators"][0]
    much = roll({SALES: "1000"}, **FULL)
    assert "3,000 € left open up to March" in told(much, "carried_in")[0]
    assert told(much, "excess") == [
        "“Sales”: a further 6,000 € left open up to March 2026 is not added to April 2026, as a month's target may not "
        "exceed 130% of its plan."
    ]


def test_r04_the_difference_is_spread_over_the_months_left() -> None:
    (event,) = events(roll(carry_policy="spread"), "carried_in")
    assert event.details["carried"] == Quantity(Decimal(1000), "€")
    met = rolled(changed_april(roll(), "11000"), "2026-05", {"carry_policy": "spread"})
    assert [one.details["carried"] for one in events(met, "carried_in")] == [Quantity(Decimal(1000), "€")]


def changed_april(done: Any, sales: str) -> Record:
    """The April of a roll-over with its figure typed."""
    data = copy.deepcopy(done.record.data)
    data["months"][0]["indicators"][0]["actual"] = sales
    return Record("april.yaml", data, {})


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


def test_r06_a_target_whose_result_stands_in_an_earlier_month_has_one() -> None:
    earlier = {"month": "2026-02", "indicators": [{"target_ref": "Product test", "actual": "70"}]}
    done = roll({TEST: None, "months.+": earlier})
    assert events(done, "unfinished") and not events(done, "unfinished_unknown")


def test_r06_of_an_unfinished_short_sum_the_rest_is_planned_and_not_typed() -> None:
    done = roll(SHORT_SUM)
    assert {"target_ref": "New customers"} in [only_named(row) for row in new_month(done)["indicators"]]
    assert "10 customers is still open" in told(done, "unfinished_rest")[0]
    assert figures(done, "New customers")["month_target"].number == 10


def test_r06_a_late_correction_counts_in_the_rest() -> None:
    done = roll(SHORT_SUM)
    data: Any = copy.deepcopy(done.record.data)
    data["months"][1]["indicators"][1]["actual"] = "5"
    (row,) = [
        one
        for one in checked(Record("april.yaml", data, {})).case.values["months"][0]["indicators"]
        if one["name"] == "New customers"
    ]
    assert row["month_target"].number == 7


def test_r06_of_a_sum_without_any_figure_it_is_told_that_there_is_none() -> None:
    done = roll(SHORT_SUM | {"months.0.indicators.1": {"target_ref": "New customers"}})
    assert not events(done, "unfinished_rest", "excess", "carried_in")
    assert "has no result yet" in told(done, "unfinished_unknown")[0]


def test_r06_the_rest_is_in_the_unit_of_the_target() -> None:
    yuan = {**SHORT_SUM["targets.1"], "target_value": "12", "unit": "万元", "name": "订单"}  # type: ignore[dict-item]
    changes = SHORT_SUM | {
        "targets.1": yuan,
        "months.0.indicators.1": {"target_ref": "订单", "actual": "30000 元"},
        "months.0.measures.1.target_ref": "订单",
        "months.0.differences.+": {"target_ref": "订单", "aspect": "man", "cause": "Late offers"},
    }
    done = roll(changes)
    (event,) = events(done, "unfinished_rest")
    assert "尚差9万元" in event.told("zh")
    assert figures(done, "订单")["month_target"] == Quantity(Decimal(9))


LOST: dict[str, Any] = {"months.0.indicators.1": None, "months.0.measures.1": None}
"""The short target has no row in March, when it was due."""


def test_r06_a_target_that_came_due_without_a_row_is_copied_with_a_warning() -> None:
    done = roll(LOST)
    assert targets(new_month(done)) == ["Sales", "Product test"]
    assert told(done, "unfinished_unknown", "new_indicator") == [
        "“Product test” was due on 31 March 2026 and has no result yet; it was copied to April 2026. Type the result, "
        "or agree what becomes of it."
    ]


def test_r06_one_that_came_due_before_the_first_month_of_a_case_is_copied_too() -> None:
    done = roll({"months": [], "targets.1.due_date": "2026-02-27"})
    assert sorted(targets(new_month(done))) == ["Product test", "Sales"] and events(done, "unfinished_unknown")


def test_r06_one_that_came_due_without_a_row_and_was_reached_is_told() -> None:
    earlier = {"month": "2026-02", "indicators": [{"target_ref": "Product test", "actual": "95"}]}
    done = roll(LOST | {"months.+": earlier})
    assert targets(new_month(done)) == ["Sales"]
    (event,) = events(done, "done")
    assert event.path == ("targets", 1)


def test_r06_one_that_was_taken_out_after_its_date_stays_out() -> None:
    done = roll(LOST | {"targets.1.due_date": "2026-02-27"})
    assert targets(new_month(done)) == ["Sales"] and not events(done, "unfinished_unknown")


def test_a_typed_milestone_of_the_new_month_is_its_target() -> None:
    milestones = [{"month": "2026-03", "value": "9000"}, {"month": "2026-04", "value": "14000 €"}]
    done = roll({"targets.0.milestones": milestones}, **FULL)
    (event,) = events(done, "carried_in")
    assert event.details["month_target"] == Quantity(Decimal(16000), "€")


def test_r06_the_rest_is_not_carried_in_once_more() -> None:
    for policy in ("full", "spread"):
        done = roll(SHORT_SUM, carry_policy=policy)
        row = figures(done, "New customers", carry_policy=policy)
        assert (row["planned"].number, row["carried_in"], row["month_target"].number) == (10, 0, 10)
        assert "New customers" not in " ".join(told(done, "carried_in", "excess"))


def test_r06_the_rest_does_not_raise_the_target_of_all_months() -> None:
    done = roll(SHORT_SUM)
    changes: Any = {**done.record.data}
    changes["months"][0]["indicators"][1]["actual"] = "4"
    row = figures(done, "New customers")
    assert (row["cumulative_target"], row["cumulative_actual"]) == (12, 6)


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
    without_cause = roll({key: value for key, value in lower.items() if key != "months.0.differences.+"})
    assert all("Complaints" not in one for one in told(without_cause, "ask_cause", "variance", "variance_open"))
    assert "E117" not in errors(without_cause.record)


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
