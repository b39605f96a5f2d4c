"""What keeps a case from being rolled over."""

from __future__ import annotations

from typing import Any

import pytest

from docgen.marked_yaml import load_marked
from docgen.model.case import Month
from docgen.model.problems import Problem
from docgen.model.record import Record
from docgen.rollover.blocking import without_period
from docgen.rollover.turn import turn_of
from tests.rollover.month_help import MARCH, checked, definitions, record, roll, rolled, roller


def refused(changes: dict[str, Any], month: str = "2026-04") -> Problem:
    done = roll(changes, month)
    assert done.state == "refused" and done.new_case is None and done.events == ()
    (problem,) = done.problems
    assert problem.case_id == "E100-202601"
    return problem


def test_a_month_that_is_there_is_refused_with_its_place() -> None:
    content = load_marked(MARCH.read_bytes(), "march.yaml")
    of = Record("march.yaml", content.data, content.positions, content.keys, content.text)
    (problem,) = rolled(of, "2026-03").problems
    assert (problem.code, problem.path) == ("E124", ("months", 0, "month"))
    assert str(problem.position).startswith("march.yaml:") and problem.position.line > 1
    assert problem.message.en == "There is a plan for 2026-03 already: this case has been rolled over."
    assert problem.fix.en.startswith("Go on in this file")


def test_a_month_before_the_last_one_is_refused() -> None:
    problem = refused({}, "2026-02")
    assert problem.message.en == "There is a plan for 2026-03 already, which is later than 2026-02."
    assert roll(month="2026-04").state == "rolled"


def test_a_case_whose_period_begins_later_stays_as_it_is() -> None:
    waiting = roll({"months": []}, month="2025-12")
    assert (waiting.state, [one.kind for one in waiting.events]) == ("not_begun", ["starts_later"])
    assert roll({"months": []}, month="2026-01").state == "rolled"


def test_a_case_that_is_still_being_prepared_stays_as_it_is() -> None:
    waiting = roll({"months": [], "case.period_end": None, "targets.0.due_date": None})
    assert (waiting.state, [one.kind for one in waiting.events]) == ("not_begun", ["no_dates"])


def test_errors_that_would_be_carried_on_are_told_as_the_check_tells_them() -> None:
    text = refused({"months.0.indicators.0.actual": "7000 pieces"})
    assert text.code == "E119"
    assert refused({"months.0.measures.0.when_due": "soon"}).code == "E103"
    assert refused({"targets.0.weight": "50"}).code == "E104"
    removed = roll({"targets": [], "gaps": [], "steps": []})
    assert removed.state == "refused" and {one.code for one in removed.problems} <= {"E101", "E102"}


def test_a_case_without_a_period_is_refused_once() -> None:
    done = roll({"case.period_end": None})
    assert done.state == "refused" and done.problems[0].path == ("case", "period_end")
    assert done.problems[0].code == "E101"  # forms of an office that ask for no period have a sentence of their own
    turn = turn_of(checked(record({"case.period_end": None})), Month(2026, 4), {}, definitions(), roller().vocabulary)
    assert [(one.code, one.path) for one in without_period(turn)] == [("E124", ("case", "period_end"))]


def test_what_the_new_month_asks_for_later_blocks_nothing() -> None:
    lacking: dict[str, Any] = {
        "months.0.measures.0.how": None,
        "months.0.measures.0.target_ref": None,
        "months.0.differences": [],
    }
    assert roll(lacking).state == "rolled"
    assert roll({"months.0.differences.0.cause": None}).state == "rolled"


def test_a_case_past_its_end_with_errors_is_refused_for_these() -> None:
    done = roll({"months.0.indicators.0.actual": "7000 pieces"}, month="2026-07")
    assert done.state == "refused" and {one.code for one in done.problems} == {"E119"}


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("months.0.measures.0.status", "foo"),
        ("interviews.1.progress", "foo"),
        ("interviews.1.next_date", "2026-13-45"),
        ("interviews.1.final_result", "foo"),
        ("interviews.1.actions.0.due", "soon"),
        ("steps.0.due_date", "soon"),
        ("targets.1.term_class", "foo"),
        ("case.employment_end", "soon"),
    ],
)
def test_a_wrong_value_is_not_taken_for_none(place: str, value: str) -> None:
    problem = refused({place: value})
    assert (problem.code, ".".join(map(str, problem.path)), problem.value) == ("E103", place, value)


def test_what_only_the_plan_and_the_notes_miss_blocks_nothing() -> None:
    lacking: dict[str, Any] = {
        **dict.fromkeys(("case.strengths", "case.job_requirement", "gaps.0.evidence", "steps.0.expected_effect")),
        **dict.fromkeys(("interviews.1.type", "interviews.1.actions.0.due")),
    }
    assert roll(lacking).state == "rolled"
    talks: dict[str, Any] = {"interviews": [], "case.strengths": None, "gaps": [], "steps": [], "support": []}
    assert roll(talks).state == "rolled"


def test_a_wrong_verdict_keeps_a_case_back_after_its_end_too() -> None:
    wrong = {"type": "final", "date": "2026-06-30", "final_result": "nearly"}
    done = roll({"interviews.+": wrong}, month="2026-07")
    assert (done.state, {one.code for one in done.problems}) == ("refused", {"E103"})
