"""After the end of the period: the final talk, and a case for the next cycle."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from docgen.checking.validate import Checker
from docgen.office.rollover_report import IMPORTANCE, TO_DO
from tests.rollover.month_help import defaults, definitions, events, record, roll, told

FINAL: dict[str, Any] = {"type": "final", "date": "2026-06-30", "final_result": "partly"}
JUNE = {"month": "2026-06", "indicators": [{"target_ref": "Sales", "actual": "7000"}]}
ALL_MET: dict[str, Any] = {
    "targets.0.due_date": "2026-03-31",
    "targets.0.start_date": "2026-03-01",
    "targets.1.start_date": "2026-03-01",
    "months.0.indicators.0.actual": "60000",
    "months.0.differences": [],
}


def test_r13_after_the_end_of_the_period_there_is_no_next_month_but_a_final_talk() -> None:
    done = roll(month="2026-07")
    assert done.state == "past_end"
    (problem,) = done.problems
    assert (problem.code, problem.path) == ("E124", ("case", "period_end"))
    assert "The period ended on 2026-06-30" in problem.message.en and "type its result" in problem.fix.en
    assert done.record.data["months"] == record().data["months"]
    assert done.record.data["interviews"][-1] == {"type": "final", "date": "2026-06-30"}


@pytest.mark.parametrize(
    ("june", "said"),
    [
        (None, "2026-06, the last month of the period, has no plan and no figures: "),
        ({"month": "2026-06", "indicators": [{"target_ref": "Sales"}]}, "has no figure for Sales: "),
    ],
)
def test_r13_as_long_as_the_last_month_lacks_figures_no_new_case_is_prepared(june: Any, said: str) -> None:
    done = roll({"months.+": june} if june else {}, month="2026-07")
    assert (done.state, done.new_case) == ("past_end", None)
    (event,) = events(done, "end_unplanned", "end_open")
    assert said in event.told("en").replace("June 2026", "2026-06") and "final talk" in event.told("en")
    assert "下一期" in event.told("zh") and IMPORTANCE[event.kind] < len(TO_DO)


@pytest.mark.parametrize("lines", [{"data_missing_reason": "The system was down"}, {"actual": "9000"}])
def test_r13_a_reason_or_a_figure_of_the_last_month_will_do(lines: dict[str, str]) -> None:
    done = roll({"months.+": JUNE | {"indicators": [{"target_ref": "Sales"} | lines]}}, month="2026-07")
    assert done.new_case is not None and not events(done, "end_unplanned", "end_open")


def test_r13_a_last_month_of_absence_lacks_nothing() -> None:
    assert roll({"months.+": {"month": "2026-06", "absent": "leave"}}, month="2026-07").new_case is not None


def test_r13_within_the_period_the_month_is_made() -> None:
    done = roll(month="2026-06")
    assert (done.state, done.problems, done.new_case) == ("rolled", (), None)


def test_r13_a_final_talk_that_is_planned_is_not_proposed_twice() -> None:
    planned = {"interviews.+": {"type": "final", "date": "2026-07-02"}}
    done = roll(planned, month="2026-07")
    assert len(done.record.data["interviews"]) == 3 and not events(done, "final_talk")


def test_r13_a_case_for_the_next_cycle_keeps_who_it_is_about_and_the_open_gaps() -> None:
    done = roll({"case.cycle_number": "1", "months.+": JUNE}, month="2026-07")
    assert done.new_case is not None
    case, gaps = done.new_case.data["case"], done.new_case.data["gaps"]
    assert (case["cycle_number"], case["previous_case_id"]) == ("2", "E100-202601")
    assert case["strengths"] == ["Knows the products", "Helps new colleagues"]
    assert not {"issue_date", "period_start", "period_end", "case_id"} & case.keys()
    assert gaps == [
        {
            "area": "Sales of the half-year",
            "standard": "60000 €",
            "expected_level": "Sells to five new customers a quarter",
            "reason_selected": "Below the agreed target",
            "direction": "higher",
        }
    ]
    assert done.new_case.data.keys() == {"case", "gaps"}
    assert "prepared, to be approved, with what is still open: Sales of the half-year" in told(done, "new_case")[0]


def test_r13_the_new_case_can_be_checked_and_asks_only_for_what_is_left_to_type() -> None:
    done = roll({"months.+": JUNE}, month="2026-07")
    assert done.new_case
    found = Checker(definitions()).validate(done.new_case, defaults(), ["plan"], date(2026, 7, 1))
    wrong = {problem.code for problem in found.problems if problem.code.startswith("E")}
    assert wrong <= {"E101", "E106", "E109", "E114"}


def test_r13_no_new_case_is_prepared_where_all_was_reached_or_nothing_was_to_be_improved() -> None:
    assert roll(ALL_MET, month="2026-07").new_case is None
    only_months: dict[str, Any] = {"gaps": [], "steps": [], "case.issue_date": None}
    assert roll(only_months, month="2026-07").new_case is None


def test_r13_a_letter_without_a_plan_has_a_next_cycle_too() -> None:
    done = roll({"gaps": [], "steps": [], "months.+": JUNE}, month="2026-07")
    assert done.new_case and done.new_case.data.keys() == {"case"}
    assert "Sales" in told(done, "new_case")[0]


def test_r13_a_case_with_its_final_result_is_finished() -> None:
    done = roll({"interviews.+": FINAL | {"final_result": "met"}}, month="2026-07")
    assert (done.state, done.new_case, done.problems) == ("finished", None, ())
    assert done.record.data == record({"interviews.+": FINAL | {"final_result": "met"}}).data
    assert told(done, "finished") == ["The final talk has its result (Met); there is nothing more to plan."]


def test_r13_a_final_result_that_is_not_met_prepares_the_next_cycle() -> None:
    for result in ("partly", "not_met"):
        done = roll({"interviews.+": FINAL | {"final_result": result}}, month="2026-07")
        assert done.state == "finished" and done.new_case is not None


def test_nothing_is_planned_for_somebody_who_left() -> None:
    done = roll({"case.employment_end": "2026-03-20"})
    assert (done.state, done.problems, done.new_case) == ("finished", (), None)
    assert told(done, "left") == ["Alex Morgan left on 20 March 2026; there is nothing more to plan."]
    assert roll({"case.employment_end": "2026-04-20"}).state == "rolled"


def test_a_period_that_was_extended_after_the_final_talk_goes_on() -> None:
    extended = {"interviews.+": FINAL | {"next_step": "extend"}, "case.period_end": "2026-09-30"}
    assert roll(extended, month="2026-07").state == "rolled"
    assert roll(extended | {"interviews.+": FINAL}, month="2026-07").state == "finished"
    last = roll(extended, month="2026-09")
    assert last.record.data["interviews"][3] == {"type": "final", "date": "2026-09-30"}
    after = roll(extended, month="2026-10")
    assert after.state == "past_end" and after.record.data["interviews"][3]["type"] == "final"
    unmoved = FINAL | {"next_step": "extend", "date": "2026-06-26"}
    assert roll({"interviews.+": unmoved}, month="2026-07").state == "finished"


def test_a_period_that_was_extended_after_a_final_talk_on_the_monday_after_its_end_goes_on() -> None:
    talk = FINAL | {"next_step": "extend", "date": "2026-06-01"}
    ended = {"targets.0.due_date": "2026-05-31", "interviews.+": talk}
    assert roll(ended | {"case.period_end": "2026-05-31"}, month="2026-06").state == "finished"
    assert roll(ended | {"case.period_end": "2026-06-30"}, month="2026-06").state == "rolled"
