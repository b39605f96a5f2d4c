"""What last month's measures and results mean for the new month."""

from __future__ import annotations

from typing import Any

from tests.rollover.month_help import april, checked, events, new_month, roll, rolled, told

FIRST = "months.0.measures.0"
GOES_ON = {"targets.1.due_date": "2026-06-30"}
"""The test is taken each month, until the end of the period."""


def of_origin(row: dict[str, Any], origin: str) -> list[dict[str, Any]]:
    return [one for one in row["measures"] if one["origin"] == origin]


def test_r03_a_gap_brings_a_measure_that_names_its_root_cause() -> None:
    assert of_origin(april(), "variance") == [
        {"target_ref": "Sales", "why": "Two weeks without visits", "origin": "variance"}
    ]


def test_r03_a_gap_without_cause_is_asked_for_one_and_blocks_the_plan_until_then() -> None:
    done = roll({"months.0.differences": []})
    (asked,) = events(done, "ask_cause")
    assert asked.path == ("months", 1, "differences")
    assert of_origin(new_month(done), "variance") == [{"target_ref": "Sales", "origin": "variance"}]
    assert "E117" in {problem.code for problem in checked(done.record).problems}
    assert "E117" not in {problem.code for problem in checked(roll().record).problems}


def test_r03_a_result_that_is_nearly_met_asks_for_nothing() -> None:
    done = roll({"months.0.indicators.0.actual": "9500", "months.0.differences": []})
    assert not events(done, "variance", "variance_open", "ask_cause")


def test_r03_a_carried_measure_that_answers_the_cause_is_enough() -> None:
    done = roll({f"{FIRST}.why": "Two weeks  without visits"})
    assert not events(done, "variance") and len(events(done, "carried")) == 1


def test_r07_done_measures_are_closed_and_dropped_ones_told() -> None:
    done = roll()
    assert told(done, "closed", "dropped") == [
        "The measure “Read the manuals” is done and closed.",
        "The measure “Write a newsletter” was dropped and is not carried.",
    ]
    assert len(of_origin(new_month(done), "carried")) == 1


def test_r07_an_unfinished_measure_is_copied_and_needs_a_new_date() -> None:
    (carried,) = of_origin(april(), "carried")
    assert carried == {
        "target_ref": "Sales",
        "what": "Visit eight customers",
        "how": "Two on each Tuesday and Thursday",
        "check_standard": "Eight visit reports",
        "origin": "carried",
        "carried_count": "1",
        "from_ref": "2026-03-M1",
    }
    assert "for the first time: give it a new date" in told(roll(), "carried")[0]


def test_r07_all_that_is_not_done_is_carried() -> None:
    for status in ("open", "partly", "not_done", None):
        assert len(of_origin(april({f"{FIRST}.status": status}), "carried")) == 1, status


def test_r07_a_measure_carried_twice_is_warned_of() -> None:
    once = {f"{FIRST}.carried_count": "1", f"{FIRST}.origin": "carried", f"{FIRST}.from_ref": "2026-02-M1"}
    twice = roll(once)
    assert of_origin(new_month(twice), "carried")[0]["carried_count"] == "2"
    assert "W232" in {problem.code for problem in checked(twice.record).problems}
    assert "W232" not in {problem.code for problem in checked(roll().record).problems}


def test_r07_a_carried_measure_keeps_the_cause_that_it_was_planned_for() -> None:
    (carried,) = of_origin(april({f"{FIRST}.why": "No list of open offers"}), "carried")
    assert carried["why"] == "No list of open offers"


def test_r07_a_carried_measure_without_a_cause_of_its_own_answers_that_of_march() -> None:
    row = checked(roll().record).case.values["months"][0]["measures"][0]
    assert row["why"] == "Two weeks without visits"


def test_a_month_that_would_have_no_measure_gets_one_to_fill_in() -> None:
    bare: dict[str, Any] = {"months.0.measures": [], "months.0.differences": [], "steps": [], "interviews": []}
    (near,) = april(bare | GOES_ON | {"months.0.indicators.0.actual": "9500", "months.0.indicators.1.keep": None})[
        "measures"
    ]
    assert near == {"target_ref": "Sales", "origin": "new"}


def test_r08_what_went_well_with_a_target_that_was_met_is_kept_up() -> None:
    assert of_origin(april(GOES_ON), "keep") == [
        {
            "target_ref": "Product test",
            "what": "Half an hour of reading each morning",
            "when_due": "2026-04-30",
            "origin": "keep",
            "from_ref": "T2",
        }
    ]


def test_r08_what_is_kept_up_is_due_by_the_end_of_the_period_at_the_latest() -> None:
    ends = GOES_ON | {"case.period_end": "2026-04-15"}
    ends |= {f"targets.{number}.due_date": "2026-04-15" for number in (0, 1)} | {"steps.2.due_date": "2026-04-10"}
    assert [one["when_due"] for one in of_origin(april(ends), "keep")] == ["2026-04-15"]


def test_r08_without_a_lesson_or_without_success_nothing_is_kept_up() -> None:
    assert not of_origin(april(GOES_ON | {"months.0.indicators.1.keep": None}), "keep")
    assert not of_origin(april(GOES_ON | {"months.0.indicators.1.actual": "55"}), "keep")


def test_r08_what_went_well_with_a_target_that_is_done_needs_no_measure() -> None:
    assert not of_origin(april(), "keep")


def test_r10_carried_measures_stand_first_then_answers_steps_talks_and_what_is_kept() -> None:
    origins = [row["origin"] for row in april(GOES_ON)["measures"]]
    assert origins == ["carried", "variance", "step", "talk", "talk", "keep"]


def test_r10_among_carried_measures_those_of_a_gap_stand_first() -> None:
    both = {f"{FIRST}.target_ref": "Product test", "months.0.measures.1.target_ref": "Sales"}
    both |= {"months.0.measures.1.status": "open", f"{FIRST}.status": "open"}
    whats = [row["what"] for row in of_origin(april(both), "carried")]
    assert whats == ["Read the manuals", "Visit eight customers"]


def test_a_second_roll_over_counts_on_and_leaves_the_past_as_it_was() -> None:
    april_record = roll().record
    may = rolled(april_record, "2026-05")
    assert may.state == "rolled"
    assert may.record.data["months"][1:] == april_record.data["months"]
    carried = of_origin(new_month(may), "carried")
    assert (carried[0]["carried_count"], carried[0]["from_ref"]) == ("2", "2026-04-M1")
    assert "2026-04-M4" in {row["from_ref"] for row in carried}  # what the talk agreed is not proposed once more
    assert not events(may, "talk_action") or "Plan the summer" in told(may, "talk_action")[0]


def test_r03_a_weak_month_of_a_sum_that_is_ahead_asks_for_nothing() -> None:
    ahead: dict[str, Any] = {
        "targets.0.start_date": "2026-02-01",
        "months.+": {"month": "2026-02", "indicators": [{"target_ref": "Sales", "actual": "50000"}]},
        "months.0.indicators.0.actual": "100",
        "months.0.differences": [],
        "months.0.measures": [],
    }
    done = roll(ahead, carry_policy="full")
    assert done.state == "rolled" and not events(done, "ask_cause", "variance", "variance_open", "carried_in")
    assert events(roll(ahead | {"months.1.indicators.0.actual": "9000"}), "ask_cause")


def test_r08_what_went_well_with_a_target_that_is_done_is_told() -> None:
    done = roll()
    assert told(done, "went_well") == [
        "“Product test” is done; what went well there: “Half an hour of reading each morning”."
    ]
    (event,) = events(done, "went_well")
    assert event.rule == "R8" and event.path == ("months", 1, "indicators", 1, "keep")
    assert not events(roll(GOES_ON), "went_well") and events(roll(GOES_ON), "keep")
    assert not events(roll({"months.0.indicators.1.keep": None}), "went_well")
