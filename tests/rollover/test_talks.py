"""What was agreed in talks, and the talk of the new month."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.rollover.month_help import april, events, new_month, roll, told

DECLINED: dict[str, Any] = {
    "interviews.1.progress": "declined",
    "interviews.1.employee_causes": "Two colleagues left",
    "interviews.+": {"type": "monthly", "date": "2026-03-31", "progress": "declined", "employee_causes": "The same"},
}


def agreed(row: dict[str, Any]) -> list[tuple[Any, ...]]:
    wanted = ("what", "when_due", "who", "from_ref")
    return [tuple(one.get(name) for name in wanted) for one in row["measures"] if one["origin"] == "talk"]


def test_r15_what_was_agreed_and_falls_due_or_is_overdue_becomes_a_measure() -> None:
    assert agreed(april()) == [
        ("Bring the open offers", "2026-04-10", None, "N2-1"),
        ("Get the demo case", None, "Sam Reed", "N2-2"),
    ]


def test_r15_what_was_taken_up_is_not_proposed_again() -> None:
    assert len(agreed(april({"months.0.measures.0.from_ref": "N2-1"}))) == 1
    assert len(agreed(april({"months.0.measures.2.what": "Get the demo case"}))) == 1


def test_r15_what_was_overdue_before_the_last_plan_is_not_dug_out() -> None:
    old = {"interviews.0.actions": [{"what": "Order a telephone", "due": "2026-01-30"}]}
    assert len(agreed(april(old))) == 2


def test_an_action_without_a_date_is_proposed_without_one() -> None:
    assert ("Bring the open offers", None, None, "N2-1") in agreed(april({"interviews.1.actions.0.due": None}))


def test_the_talk_of_the_month_is_on_the_day_that_the_last_talk_named() -> None:
    done = roll()
    assert done.record.data["interviews"][2] == {"type": "monthly", "date": "2026-04-28"}
    assert events(done, "talk")[0].path == ("interviews", 2)


def test_the_talk_of_the_month_is_on_the_day_of_the_review_where_no_other_was_named() -> None:
    for named in (None, "2026-05-04"):
        done = roll({"interviews.1.next_date": named})
        assert done.record.data["interviews"][2]["date"] == "2026-04-30"


def test_no_talk_is_proposed_where_one_is_planned_the_review_is_none_or_there_are_no_talks() -> None:
    planned = {"interviews.+": {"type": "monthly", "date": "2026-04-02"}}
    written = {"interviews.1.next_date": None, "reviews": [{"date": "2026-04-30", "form": "data", "type": "interim"}]}
    without: dict[str, Any] = {"interviews": [], "case.issue_date": None}
    for changes in (planned, written, without):
        assert not events(roll(changes), "talk", "interim", "final_talk"), changes


def test_r11_after_two_talks_running_that_found_results_declining_an_interim_talk_is_proposed() -> None:
    done = roll(DECLINED | {"interviews.1.next_date": None})
    assert done.record.data["interviews"][3] == {"type": "interim", "date": "2026-04-30"}
    assert told(done, "interim") == [
        "The last two talks both found results declining, so an interim talk is proposed on 30 April 2026."
    ]


def test_r11_one_talk_that_found_results_declining_is_followed_by_a_monthly_one() -> None:
    assert not events(roll(DECLINED | {"interviews.1.progress": "steady"}), "interim")
    assert not events(roll({"interviews.1.progress": "declined", "interviews.1.employee_causes": "Ill"}), "interim")


def test_r11_the_interim_talk_has_a_day_even_where_no_review_is_planned() -> None:
    written = {"reviews": [{"date": "2026-06-30", "type": "final"}], "interviews.1.next_date": None}
    assert roll(DECLINED | written).record.data["interviews"][3]["date"] == "2026-04-30"


def test_a_final_talk_that_is_planned_for_after_the_period_is_not_proposed_twice() -> None:
    done = roll({"interviews.+": {"type": "final", "date": "2026-07-06"}}, month="2026-06")
    assert done.state == "rolled" and len(done.record.data["interviews"]) == 3


def test_in_the_last_month_the_final_talk_is_proposed() -> None:
    done = roll(month="2026-06")
    assert done.record.data["interviews"][2] == {"type": "final", "date": "2026-06-30"}
    assert new_month(done)["month"] == "2026-06"


ON_SUNDAY: dict[str, Any] = {"case.period_end": "2026-05-31", "targets.0.due_date": "2026-05-31"}
"""A period that ends on a Sunday, the last day of a month: the final review is on Monday, 1 June."""


@pytest.mark.parametrize("month", ["2026-05", "2026-06"])
def test_the_final_talk_is_on_the_monday_after_a_period_that_ends_on_a_sunday(month: str) -> None:
    done = roll(ON_SUNDAY, month=month)
    assert done.state == ("rolled" if month == "2026-05" else "past_end")
    assert done.record.data["interviews"][2:] == [{"type": "final", "date": "2026-06-01"}]
    assert told(done, "final_talk") == ["Proposed: the final talk on 1 June 2026."]


def test_the_final_talk_is_proposed_in_the_last_month_only() -> None:
    done = roll(ON_SUNDAY | {"interviews.1.next_date": None}, month="2026-04")
    assert done.record.data["interviews"][2:] == [{"type": "monthly", "date": "2026-04-30"}]


@pytest.mark.parametrize("month", ["2026-06", "2026-07"])
def test_the_final_talk_is_on_the_day_that_was_typed_for_the_final_review(month: str) -> None:
    typed = {"reviews": [{"date": "2026-05-29"}, {"date": "2026-07-04", "type": "final"}]}
    assert roll(typed, month=month).record.data["interviews"][2:] == [{"type": "final", "date": "2026-07-04"}]


def test_the_talk_of_a_month_that_ends_on_a_weekend_is_on_its_last_weekday() -> None:
    done = roll({"interviews.1.next_date": None}, month="2026-05")
    assert done.record.data["interviews"][2] == {"type": "monthly", "date": "2026-05-29"}
    without = {"reviews": [{"date": "2026-06-30", "type": "final"}], "interviews.1.next_date": None}
    done = roll(DECLINED | without, month="2026-05")
    assert done.record.data["interviews"][3] == {"type": "interim", "date": "2026-05-29"}


def test_an_interim_talk_stays_in_its_month_and_in_the_period() -> None:
    last = {"case.period_end": "2026-05-03", "reviews": [{"date": "2026-05-03", "type": "final", "form": "data"}]}
    done = roll(DECLINED | ON_SUNDAY | last | {"targets.0.due_date": "2026-05-03"}, month="2026-05")
    assert done.record.data["interviews"][3] == {"type": "interim", "date": "2026-05-01"}


AGREED = "Bring the open offers"


def measure(month: str, **more: str) -> dict[str, Any]:
    """A month with one measure that says what the talk in March agreed."""
    typed = {"what": AGREED, "target_ref": "Sales", "how": "x", "check_standard": "y", "status": "done"}
    return {"months.+": {"month": month, "measures": [typed | {"when_due": f"{month}-20"} | more]}}


def test_r15_what_is_agreed_again_after_it_was_done_once_is_proposed() -> None:
    assert (AGREED, "2026-04-10", None, "N2-1") in agreed(april(measure("2026-02")))


def test_r15_what_is_agreed_while_a_measure_of_its_text_is_open_is_not_proposed_again() -> None:
    changes = {"months.0.measures.0.what": AGREED, "interviews.1.date": "2026-04-01", "interviews.1.next_date": None}
    assert AGREED not in [one[0] for one in agreed(april(changes))]
    done = agreed(april(changes | {"months.0.measures.0.status": "done"}))
    assert (AGREED, "2026-04-10", None, "N2-1") in done


def test_r15_the_same_action_of_two_talks_with_one_day_is_proposed_once() -> None:
    again = {"type": "monthly", "date": "2026-03-31", "actions": [{"what": AGREED, "due": "2026-04-10"}]}
    assert [one[0] for one in agreed(april({"interviews.+": again}))].count(AGREED) == 1
    again = {"type": "monthly", "date": "2026-03-31", "actions": [{"what": AGREED, "due": "2026-04-24"}]}
    assert [one[0] for one in agreed(april({"interviews.+": again}))].count(AGREED) == 2


def test_the_day_that_was_named_holds_although_a_later_talk_is_planned_or_an_objection_follows() -> None:
    for kind, day in (("final", "2026-06-30"), ("objection", "2026-03-31"), ("objection", "2026-04-03")):
        done = roll({"interviews.+": {"type": kind, "date": day, "employee_words": "I see it otherwise"}})
        assert done.record.data["interviews"][3] == {"type": "monthly", "date": "2026-04-28"}, (kind, day)


def test_in_the_last_month_the_final_talk_is_proposed_beside_another_that_is_planned() -> None:
    done = roll({"interviews.+": {"type": "monthly", "date": "2026-06-08"}}, month="2026-06")
    assert done.record.data["interviews"][3] == {"type": "final", "date": "2026-06-30"}


def test_r11_once_an_interim_talk_was_held_or_planned_none_is_proposed_again() -> None:
    answered = copy.deepcopy(DECLINED)
    answered["interviews.+"] = {"type": "interim", "date": "2026-04-15"}
    both = {"interviews.0.progress": "declined", "interviews.0.employee_causes": "x"}
    done = roll(answered | both, month="2026-05")
    assert events(done, "talk") and not events(done, "interim")


def test_r11_a_final_talk_months_ahead_does_not_answer_what_declines() -> None:
    both = {"interviews.0.progress": "declined", "interviews.0.employee_causes": "x"}
    planned = {"interviews.+": {"type": "final", "date": "2026-06-30"}}
    changes = {key: value for key, value in DECLINED.items() if key != "interviews.+"} | both | planned
    assert events(roll(changes), "interim")
