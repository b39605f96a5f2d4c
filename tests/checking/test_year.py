"""The months of a case follow each other (R1 to R14): what one month leaves open, the next must answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from docgen.checking.checked import Checked
from docgen.checking.validate import Checker
from docgen.model.case import Quantity
from docgen.model.record import Record
from docgen.sources.settings import Settings
from tests.checking.complete_case import Changes, Check, changed, dotted

JANUARY, FEBRUARY, MARCH = 0, 1, 2
MEASURE = {
    "target_ref": "T1",
    "what": "Visit the five largest customers",
    "when_due": "2026-03-20",
    "how": "One a day, with the price list",
    "check_standard": "Five visit reports",
}
THIRD = {"month": "2026-03", "measures": [MEASURE]}
"""A month after February, its indicators those of its targets."""
DONE = {"months.1.indicators.0.actual": "26000", "months.1.indicators.1.actual": "81"}
MONTHLY = ("monthly",)


def told(checked: Checked) -> list[tuple[str, str]]:
    return [(one.code, dotted(one.path)) for one in checked.problems]


def indicator(checked: Checked, month: int, at: int = 0) -> Any:
    return checked.case.values["months"][month]["indicators"][at]


# R1: what is missing is never zero, and the reason is asked


def test_r1_a_month_that_is_over_asks_for_its_figures_or_the_reason(check: Check) -> None:
    gone = {"months.0.indicators.1.actual": None}
    checked = check(gone, MONTHLY)
    assert told(checked) == [("W247", "months.0.indicators.1.actual")]
    assert "Nothing is counted as zero" in checked.problems[0].fix.en
    row = indicator(checked, JANUARY, 1)
    assert (row["status"], row["rate"], row["cumulative_actual"]) == ("no_data", None, None)
    assert told(check(gone | {"months.0.indicators.1.data_missing_reason": "The test was moved"}, MONTHLY)) == []


@pytest.mark.parametrize(("day", "asked"), [("2026-02-28", False), ("2026-03-01", True)])
def test_r1_the_last_month_is_asked_once_it_has_ended_and_figures_are_there(
    checker: Checker, settings: Settings, complete: Any, day: str, asked: bool
) -> None:
    for changes, found in (({"months.1.indicators.0.actual": "26000"}, asked), ({}, False)):
        record = Record("complete.yaml", changed(complete, changes), {})
        checked = checker.validate(record, settings, MONTHLY, date.fromisoformat(day))
        assert told(checked) == ([("W247", "months.1.indicators.1.actual")] if found else [])


def test_r1_a_month_that_is_not_over_is_not_asked_although_the_next_is_planned(
    checker: Checker, settings: Settings, complete: Any
) -> None:
    record = Record("complete.yaml", changed(complete, {"months.0.indicators.1.actual": None}), {})
    for day, found in (("2026-01-31", []), ("2026-02-01", [("W247", "months.0.indicators.1.actual")])):
        assert told(checker.validate(record, settings, MONTHLY, date.fromisoformat(day))) == found


def test_r1_lines_that_nobody_typed_are_asked_for_at_their_month(check: Check) -> None:
    checked = check({"months.0.indicators": [], "months.0.differences": []}, MONTHLY)
    assert told(checked) == [("W247", "months.0.indicators")]
    said = checked.problems[0].message
    assert said.en == "Sales of the half-year, Product test result: 2026-01 is over, and has no actual."
    assert "“Sales of the half-year、Product test result”" in said.zh


@pytest.mark.parametrize("month", ["2025-11", "2026-08"])
def test_r1_a_month_outside_the_period_is_told_as_such_and_asked_for_no_figure(
    checker: Checker, settings: Settings, complete: Any, month: str
) -> None:
    gone: Changes = {"months.0.month": month, "months.0.indicators.1.actual": None, "months.0.differences": []}
    record = Record("complete.yaml", changed(complete, gone), {})
    found = told(checker.validate(record, settings, MONTHLY, date(2026, 10, 1)))
    assert ("E105", "months.0.month") in found
    assert "W247" not in {code for code, path in found if path.startswith("months.0.")}


def test_r1_a_figure_of_zero_is_a_figure(check: Check) -> None:
    checked = check({"months.0.indicators.0.actual": "0"}, MONTHLY)
    assert told(checked) == []
    assert indicator(checked, JANUARY)["status"] == "gap"


def test_r1_a_figure_that_is_no_number_is_told_once(check: Check) -> None:
    assert told(check({"months.0.indicators.0.actual": "n.a."}, MONTHLY)) == [("E103", "months.0.indicators.0.actual")]


# R3: a gap demands a cause and a measure


def test_r3_a_gap_takes_a_cause_and_a_measure_of_the_next_month(check: Check) -> None:
    assert told(check({}, MONTHLY)) == []
    assert told(check({"months.0.differences": []}, MONTHLY)) == [("E117", "months.0.differences")]
    assert told(check({"months.1.measures.0.target_ref": "T2"}, MONTHLY)) == [("E117", "months.1.measures")]


def test_r3_a_weak_month_of_a_sum_that_is_ahead_takes_neither(check: Check) -> None:
    ahead = {"months.0.indicators.0.actual": "60000", "months.0.differences": []}
    weak = {"months.1.indicators.0.actual": "5000", "months.1.indicators.1.actual": "81"}
    march = {"months.+": {**THIRD, "measures": [MEASURE | {"target_ref": "T2"}]}}
    checked = check({**ahead, **weak, **march}, MONTHLY)
    assert told(checked) == []
    assert (indicator(checked, FEBRUARY)["status"], indicator(checked, MARCH)["carried_in"]) == ("gap", 0)
    behind = check({**ahead, **weak, **march, "months.0.indicators.0.actual": "44000"}, MONTHLY)
    assert [path for code, path in told(behind) if code == "E117"] == ["months.1.differences", "months.2.measures"]


PAST_LIMIT = {
    "targets.1": {
        **{"name": "Complaints", "current_value": "9", "target_value": "3", "unit": "complaints", "weight": "40"},
        **{"direction": "lower", "accumulation": "sum", "due_date": "2026-01-31", "data_source": "Complaint log"},
    },
    "months.0.indicators.1.actual": "5",
    "months.1.indicators.1": None,
}
"""The second target is a limit that was exceeded in January, when it was due."""


def test_r3_what_can_no_longer_be_made_up_takes_no_cause_and_no_measure(check: Check) -> None:
    assert told(check(PAST_LIMIT, MONTHLY)) == []
    still_due = check(PAST_LIMIT | {"targets.1.due_date": "2026-02-28"}, MONTHLY)
    assert [path for code, path in told(still_due) if code == "E117"] == ["months.0.differences", "months.1.measures"]


def test_r3_what_goes_on_past_its_date_takes_a_cause_and_a_measure(check: Check) -> None:
    goes_on = {key: value for key, value in PAST_LIMIT.items() if key != "months.1.indicators.1"}
    found = told(check(goes_on, MONTHLY))
    assert [path for code, path in found if code == "E117"] == ["months.0.differences", "months.1.measures"]


def test_r3_what_was_reached_early_and_left_out_takes_none_either(check: Check) -> None:
    visits = {"name": "Visits", "current_value": "0", "target_value": "12", "unit": "visits", "weight": "40"}
    visits |= {"direction": "higher", "accumulation": "last", "due_date": "2026-03-31", "data_source": "Calendar"}
    changes: dict[str, Any] = {
        "targets.1": visits,
        "months.0.indicators.1.status": "gap",
        "months.1.indicators.1": None,
    }
    assert told(check(changes | {"months.0.indicators.1.actual": "12"}, MONTHLY)) == []
    assert "E117" in {code for code, _ in told(check(changes | {"months.0.indicators.1.actual": "11"}, MONTHLY))}


def test_r3_a_month_with_actuals_and_no_measure_has_no_plan(check: Check) -> None:
    checked = check(DONE | {"months.1.measures": []}, MONTHLY)
    assert ("E107", "months.1.measures") in told(checked)
    (said,) = [one for one in checked.problems if one.code == "E107"]
    assert said.message.en == "Actuals are typed for 2026-02, but no plan: the month has not one measure."
    assert "move the actuals" in said.fix.en


# R6: long and short indicators, and months in between

SHORT = {"targets.1.due_date": "2026-02-28"}
"""The second target, which the third month is past."""


def in_march(*targets: str, **changes: Any) -> dict[str, Any]:
    lines = [{"target_ref": ref} for ref in targets]
    return {**DONE, "months.+": THIRD | {"indicators": lines}, **changes}


def test_r6_a_long_target_left_out_is_told(check: Check) -> None:
    changes = in_march("T2") | {"months.2.measures.0.target_ref": "T2"}
    found = check(changes, MONTHLY)
    assert told(found) == [("W225", "months.2.indicators")]
    assert "leaves it out" in found.problems[0].message.en


def test_r6_a_short_one_that_was_reached_early_may_be_left_out(check: Check) -> None:
    early = in_march("T1") | {"targets.1.due_date": "2026-03-31", "months.1.indicators.1.actual": "90"}
    assert told(check(early, MONTHLY)) == []


def test_r6_an_unfinished_short_one_that_is_copied_is_told(check: Check) -> None:
    found = check(in_march("T1", "T2") | SHORT | {"months.1.indicators.1.actual": "80"}, MONTHLY)
    assert ("W225", "months.2.indicators") in told(found)


def test_r6_a_month_left_out_between_two_is_told_at_the_later(check: Check) -> None:
    april = THIRD | {"month": "2026-05", "measures": [MEASURE | {"when_due": "2026-05-20"}]}
    found = check(DONE | {"months.+": april}, MONTHLY)
    assert told(found) == [("W242", "months.2.month")]
    assert found.problems[0].message.en == "There is no row for 2026-03, 2026-04, between 2026-02 and 2026-05."


def test_r6_the_first_month_may_be_any_and_the_order_of_rows_is_free(check: Check, complete: Any) -> None:
    assert told(check({"months.0": None}, MONTHLY)) == []
    first, second = changed(complete, {})["months"]
    assert told(check({"months": [second, first]}, MONTHLY)) == []


# R9: weights


@pytest.mark.parametrize(
    ("weights", "reason", "codes"),
    [
        ((60, 40), "", []),
        ((70, 30), "", ["W243"]),
        ((70, 30), "The test is nearly passed", []),
        ((70, 20), "", ["E104"]),
    ],
)
def test_r9_weights_that_change_are_to_be_confirmed(
    check: Check, weights: tuple[int, int], reason: str, codes: list[str]
) -> None:
    lines = [{"target_ref": f"T{at}", "weight": str(weight)} for at, weight in enumerate(weights, 1)]
    found = check({"months.1.indicators": lines, "months.1.weight_change_reason": reason}, MONTHLY)
    assert [one.code for one in found.problems] == codes
    assert all("60 → 70" in one.message.en for one in found.problems if one.code == "W243")


def test_r9_a_target_that_takes_the_place_of_another_changes_no_weight(check: Check) -> None:
    third = {"name": "Offers within two days", "target_value": "95", "current_value": "60", "unit": "%"}
    third |= {"weight": "40", "due_date": "2026-06-30", "start_date": "2026-02-01", "data_source": "Mail system"}
    weights = [{"weight": "60"}, {"weight": "40"}]
    lines = [{"target_ref": "T1", **weights[0]}, {"target_ref": "T3", **weights[1]}]
    before = [{"target_ref": "T1", "actual": "25000", "weight": "60"}, {"target_ref": "T2", "actual": "90"}]
    before[1]["weight"] = "40"
    changes = {"targets.1.due_date": "2026-01-31", "months.0.indicators": before, "targets.+": third}
    found = check(changes | {"months.1.indicators": lines, "targets.1.weight": "0"}, MONTHLY)
    assert "W243" not in {one.code for one in found.problems}


def test_r9_the_only_target_left_has_no_choice(check: Check) -> None:
    changes = {"targets.1.due_date": "2026-01-31", "months.0.indicators.1.actual": "90", "months.1.indicators": []}
    assert told(check(changes, MONTHLY)) == []


def test_r9_where_no_weights_are_used_none_change(check: Check) -> None:
    lines = [{"target_ref": "T1", "weight": "70"}, {"target_ref": "T2", "weight": "30"}]
    assert told(check({"months.1.indicators": lines}, MONTHLY, {"use_weights": False})) == []


# R11: declined twice


def talks(*held: tuple[str, str, str]) -> Changes:
    rows = [
        {"type": kind, "date": day, "progress": progress or None, "employee_causes": "x", "practice_to_keep": "y"}
        for kind, day, progress in held
    ]
    return {"interviews": rows}


FIRST, SECOND = ("monthly", "2026-01-30", "declined"), ("monthly", "2026-02-27", "declined")


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        ((FIRST, SECOND), True),
        ((SECOND, FIRST), True),
        ((FIRST, ("monthly", "2026-02-10", ""), SECOND), True),
        ((FIRST, SECOND, ("monthly", "2026-03-31", "")), True),
        ((FIRST, SECOND, ("interim", "2026-03-10", "")), False),
        ((FIRST, SECOND, ("final", "2026-06-30", "")), False),
        ((FIRST, ("monthly", "2026-02-27", "steady")), False),
        ((FIRST, SECOND, ("monthly", "2026-03-31", "improved")), False),
        ((SECOND,), False),
    ],
)
def test_r11_two_declines_running_ask_for_an_interim_talk(
    check: Check, held: tuple[tuple[str, str, str], ...], asked: bool
) -> None:
    found = [one for one in check(talks(*held), ("notes",)).problems if one.code == "W244"]
    assert [dotted(one.path) for one in found] == ([f"interviews.{held.index(SECOND)}.progress"] if asked else [])
    assert all("(2026-01-30, 2026-02-27)" in one.message.en for one in found)


# R14: absent all month


def test_r14_a_month_of_absence_is_paused_and_asks_for_nothing(check: Check) -> None:
    checked = check({"months.0.absent": "leave", "months.0.differences": [], "months.0.measures": []}, MONTHLY)
    assert told(checked) == []
    row = indicator(checked, JANUARY)
    assert (row["status"], row["rate"], row["difference"]) == ("no_data", None, None)


def test_r14_nothing_is_carried_in_from_a_month_of_absence(check: Check) -> None:
    for actual in ("20000", None):
        changes = {"months.0.absent": "leave", "months.0.indicators.0.actual": actual}
        row = indicator(check(changes, MONTHLY, {"carry_policy": "full"}), FEBRUARY)
        assert (row["carried_in"], row["month_target"]) == (0, Quantity(Decimal(25000)))


def test_r14_what_was_done_in_a_month_of_absence_counts_and_nothing_was_due(check: Check) -> None:
    row = indicator(check(DONE | {"months.0.absent": "leave"}, MONTHLY), FEBRUARY)
    assert (row["cumulative_target"], row["cumulative_actual"]) == (25000, 46000)


def test_r14_a_long_target_may_be_left_out_of_a_month_of_absence(check: Check) -> None:
    absent = {"month": "2026-03", "absent": "leave", "indicators": [{"target_ref": "T2"}]}
    assert told(check(DONE | {"months.+": absent}, MONTHLY)) == []


# Mistakes that are each told once


@pytest.mark.parametrize(
    ("changes", "problem", "cure"),
    [
        ({"months.0.indicators.0.actual": "about 20000"}, ("E103", "months.0.indicators.0.actual"), "Type digits"),
        ({"months.0.indicators.1.target_ref": "T3"}, ("E102", "months.0.indicators.1.target_ref"), "these: Sales of"),
        ({"months.1.month": "2026-01"}, ("E102", "months.1.month"), "put the rows together"),
        (in_march("T1", "T2") | {"months.2.month": None}, ("E101", "months.2.month"), "Fill in “Month”"),
        ({"months.0.month": "2025-12"}, ("E105", "months.0.month"), "Correct the month"),
        ({"months.1.month": "2026-08"}, ("E105", "months.1.month"), "Correct the month"),
    ],
)
def test_a_mistake_in_a_month_is_told_once_with_its_cure(
    check: Check, changes: Changes, problem: tuple[str, str], cure: str
) -> None:
    found = check(changes, MONTHLY)
    errors = [(code, path) for code, path in told(found) if code[0] == "E"]
    assert errors == [problem]
    assert [cure in one.fix.en for one in found.problems if one.code == problem[0]] == [True]
    assert not {"W242", "W243", "W246", "W247"} & {code for code, _ in told(found)}
