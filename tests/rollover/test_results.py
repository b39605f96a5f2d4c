"""What the month that ended came to, and what it lacks."""

from __future__ import annotations

from typing import Any

from docgen.rollover.event import SENTENCES
from tests.rollover.month_help import events, new_month, roll, told

ACTUAL = "months.0.indicators.0.actual"
ABSENT: dict[str, Any] = {
    "months.0.absent": "leave",
    ACTUAL: None,
    "months.0.indicators.1.actual": None,
    "months.0.differences": [],
}


def test_r01_a_missing_actual_is_no_data_and_its_reason_is_asked() -> None:
    done = roll({ACTUAL: None})
    (asked,) = events(done, "ask_actual")
    assert asked.path == ("months", 1, "indicators", 0, "actual")
    assert "as no data, not as zero" in asked.told("en") and not events(done, "variance", "ask_cause")


def test_r01_an_actual_that_is_there_is_not_asked_for() -> None:
    assert not events(roll(), "ask_actual", "no_data")


def test_r01_a_reason_that_was_given_is_told_and_not_asked_for() -> None:
    done = roll({ACTUAL: None, "months.0.indicators.0.data_missing_reason": "the system was down"})
    assert told(done, "no_data") == ["“Sales” has no figure for March 2026: the system was down."]
    assert not events(done, "ask_actual")


def test_r02_each_indicator_of_the_month_that_ended_is_told_with_its_figures() -> None:
    (sales,), (test,) = told(roll(), "result_sum"), told(roll(), "result")
    assert sales == (
        "“Sales” in March 2026: 7,000 € against a target of 10,000 €, a difference of -3,000 €, a rate of 70%; "
        "7,000 € so far: Gap."
    )
    assert test == (
        "“Product test” in March 2026: 92 points against a target of 90 points, a difference of 2 points, "
        "a rate of 102.22%: Met."
    )
    (average,) = told(roll({"targets.1.accumulation": "average"}), "result_average")
    assert "an average of 92 points so far" in average


def test_r02_a_result_in_words_is_told_with_its_status_or_asked_for_one() -> None:
    words = {"targets.1.target_value": "good", "targets.1.current_value": "fair", "targets.1.scoring_rule": "By vote"}
    words |= {"months.0.indicators.1.actual": "two of three said good"}
    (asked,) = events(roll(words), "ask_status")
    assert asked.path == ("months", 1, "indicators", 1, "status")
    judged = roll(words | {"months.0.indicators.1.status": "met"})
    assert told(judged, "result_in_words") == ["“Product test” in March 2026: “two of three said good”: Met."]


def test_r14_of_a_month_of_absence_no_figures_and_no_causes_are_asked() -> None:
    done = roll(ABSENT)
    assert told(done, "absent") == [
        "March 2026 was a month of absence (Leave): no causes are asked for, indicators and measures go on as they "
        "were."
    ]
    assert not events(done, "result", "result_sum", "ask_actual", "ask_cause", "variance")
    assert [row["target_ref"] for row in new_month(done)["indicators"]] == ["Sales", "Product test"]


def test_r14_measures_pause_over_a_month_of_absence() -> None:
    done = roll(ABSENT | {"months.0.measures.0.carried_count": "1", "months.0.measures.0.origin": "carried"})
    (paused,) = events(done, "paused")
    assert new_month(done)["measures"][0]["carried_count"] == "1"
    assert "goes on in April 2026" in paused.told("en")


def test_months_without_a_plan_are_told() -> None:
    done = roll(month="2026-06")
    assert told(done, "missing_months") == [
        "There is no plan for April 2026, May 2026; June 2026 follows on March 2026."
    ]
    assert not events(roll(), "missing_months")


def test_sentences_are_whole_in_both_languages() -> None:
    for kind, words in SENTENCES.items():
        assert words.en.endswith(".") and words.zh.endswith("。"), kind
        assert not set(words.zh) & set(",:;()"), kind
