"""Steps of the plan: made of chosen options, taken up as measures when they fall due."""

from __future__ import annotations

from typing import Any

from docgen.model.record import Record
from docgen.rollover.steps import seeded
from tests.rollover.month_help import april, definitions, errors, events, new_month, record, roll, rolled, told

FIRST_MONTH: dict[str, Any] = {"months": []}
NO_STEPS: dict[str, Any] = {"steps": []}
OTHER_GAP = {"area": "Offers", "options": [{"description": "Offers within a day", "chosen": "是"}]}


def whats(row: dict[str, Any], origin: str) -> list[str]:
    return [one["what"] for one in row["measures"] if one["origin"] == origin]


def test_r15_steps_due_in_the_new_month_become_measures() -> None:
    (step,) = [one for one in april()["measures"] if one["origin"] == "step"]
    assert step == {
        "target_ref": "Sales",
        "what": "Ask ten customers what they miss",
        "when_due": "2026-04-17",
        "check_standard": "A list of ten answers",
        "origin": "step",
        "from_ref": "S1",
    }


def test_r15_a_step_that_was_taken_up_is_not_proposed_again() -> None:
    assert whats(april({"months.0.measures.0.from_ref": "S1"}), "step") == []
    assert whats(april({"months.0.measures.2.what": "ask ten customers what they miss"}), "step") == []


def test_r15_steps_that_fell_due_in_months_without_a_plan_are_proposed_without_a_date() -> None:
    steps = [one for one in new_month(roll(month="2026-05"))["measures"] if one["origin"] == "step"]
    assert [(one["what"], one.get("when_due")) for one in steps] == [
        ("Ask ten customers what they miss", None),
        ("Show a colleague the offers", "2026-05-15"),
    ]


def test_r15_a_step_says_who_does_it_where_it_is_not_the_employee() -> None:
    (step,) = [one for one in april({"steps.0.owner": "Sam Reed"})["measures"] if one["origin"] == "step"]
    assert step["who"] == "Sam Reed"
    (step,) = [one for one in april({"steps.0.owner": "Alex Morgan"})["measures"] if one["origin"] == "step"]
    assert "who" not in step


def test_r15_a_step_serves_the_heaviest_target_of_its_gap() -> None:
    same: dict[str, Any] = {"targets.1.due_date": "2026-06-30", "months.0.indicators.1.actual": "70"}
    (step,) = [one for one in april(same)["measures"] if one["origin"] == "step"]
    assert step["target_ref"] == "Sales"
    heavier = same | {"targets.0.weight": "40", "targets.1.weight": "60"}
    (step,) = [one for one in april(heavier)["measures"] if one["origin"] == "step"]
    assert step["target_ref"] == "Product test"


def test_r15_in_the_first_month_the_remedy_of_the_root_cause_is_proposed() -> None:
    done = roll(FIRST_MONTH | NO_STEPS, month="2026-01")
    assert new_month(done)["measures"] == [
        {
            "target_ref": "Sales",
            "what": "Two visits more a week",
            "why": "Too few visits",
            "origin": "variance",
        }
    ]
    assert "answers the cause “Too few visits” of the gap “Sales of the half-year”" in told(done, "remedy")[0]


def test_r15_no_remedy_is_proposed_where_a_step_falls_due_or_the_gap_is_left_out() -> None:
    due: dict[str, Any] = {"steps.0.due_date": "2026-01-30"}
    assert not events(roll(FIRST_MONTH | due, month="2026-01"), "remedy")
    out: dict[str, Any] = {"gaps.0.decision": "exclude"}
    assert not events(roll(FIRST_MONTH | NO_STEPS | out, month="2026-01"), "remedy")
    assert not events(roll(NO_STEPS), "remedy")


def test_the_first_month_of_a_case_has_the_steps_since_the_period_began() -> None:
    done = roll(FIRST_MONTH, month="2026-02")
    assert whats(new_month(done), "step") == ["Learn the price list"]
    assert errors(done.record, "2026-02") <= {"E107"}


def test_r15_a_chosen_option_without_a_step_seeds_one() -> None:
    done = roll(NO_STEPS)
    assert done.record.data["steps"] == [{"action": "Two visits more a week"}]
    (told_of,) = events(done, "seeded")
    assert told_of.path == ("steps", 0) and "“Sales of the half-year”" in told_of.told("en")
    assert not events(roll(), "seeded")


def test_steps_are_seeded_from_a_record_that_nobody_checked() -> None:
    found, told_of = seeded(record({"gaps.+": OTHER_GAP, "steps.0.gap_ref": "sales of the half-year"}), definitions())
    assert found.data["steps"][3] == {"action": "Offers within a day", "gap_ref": "Offers"}
    assert [one.path for one in told_of] == [("steps", 3)]
    again, nothing = seeded(found, definitions())
    assert again is found and nothing == ()


def test_what_can_not_be_understood_seeds_nothing() -> None:
    for gaps in (
        None,
        "many",
        [None, "x"],
        [{"options": "none"}],
        [{"options": [{"chosen": "maybe", "description": "x"}]}],
    ):
        of = Record("x.yaml", {"case": {}, "gaps": gaps}, {})
        assert seeded(of, definitions()) == (of, ())


def test_gaps_of_one_name_are_told_apart_by_their_numbers() -> None:
    gaps = [{"area": "Offers", "options": [{"description": f"Way {n}", "chosen": "yes"}]} for n in (1, 2)]
    found, _ = seeded(Record("x.yaml", {"case": {}, "gaps": gaps}, {}), definitions())
    assert [row["gap_ref"] for row in found.data["steps"]] == ["G1", "G2"]


AGAIN: dict[str, Any] = {"months.0.measures.1.what": "Ask ten customers what they miss"}
"""A measure of March, done, with the text of the step that is due in April."""


def test_r15_a_step_that_began_after_a_measure_of_its_text_was_done_is_proposed() -> None:
    assert whats(april(AGAIN), "step") == []
    began_later = AGAIN | {"steps.0.start_date": "2026-04-01"}
    assert whats(april(began_later), "step") == ["Ask ten customers what they miss"]
    still_open = began_later | {"months.0.measures.1.status": "open"}
    assert whats(april(still_open), "step") == []


def test_r15_two_steps_of_one_text_with_different_days_are_two() -> None:
    same = {"steps.2.action": "Ask ten customers what they miss"}
    both = same | {"steps.2.due_date": "2026-04-24"}
    assert [one.get("from_ref") for one in april(both)["measures"] if one["origin"] == "step"] == ["S1", "S3"]
    assert len(whats(april(same | {"steps.2.due_date": "2026-04-17"}), "step")) == 1
    may = rolled(roll(same).record, "2026-05")
    assert [one.get("from_ref") for one in new_month(may)["measures"] if one["origin"] == "step"] == ["S3"]


def test_r15_a_measure_that_was_typed_takes_up_the_step_that_is_nearest_to_it() -> None:
    same = {"steps.1.action": "Ask ten customers what they miss", "steps.1.due_date": "2026-03-13"}
    assert whats(april(AGAIN | same), "step") == ["Ask ten customers what they miss"]


def test_r15_a_step_of_a_gap_that_is_left_out_is_not_proposed() -> None:
    other: dict[str, Any] = {"gaps.+": OTHER_GAP, "targets.0.gap_ref": "Sales of the half-year"}
    other |= {"targets.1.gap_ref": "Sales of the half-year", "steps.0.gap_ref": "Offers"}
    for decision in ("exclude", "refer"):
        assert whats(april(other | {"gaps.+": OTHER_GAP | {"decision": decision}}), "step") == [], decision
    (step,) = [one for one in april(other)["measures"] if one["origin"] == "step"]
    assert "target_ref" not in step  # whose gap it serves has no target


def test_r15_a_step_without_a_gap_serves_the_only_target() -> None:
    other: dict[str, Any] = {"gaps.+": OTHER_GAP}
    (step,) = [one for one in april(other)["measures"] if one["origin"] == "step"]
    assert step["target_ref"] == "Sales"
