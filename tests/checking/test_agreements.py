"""The next talk looks back on what the last one agreed: each action with how it stands, promises, practice to keep."""

from __future__ import annotations

from datetime import date
from typing import Any

from docgen.checking.agreements import talks_before

ACTION = {"what": "Ask Luo for a lesson", "owner": "Li", "due": date(2026, 4, 10)}


def talk(day: date | None, **more: Any) -> dict[str, Any]:
    named = {"date": day, "type": "monthly", "interviewer": "Li", "support_promised": None, "practice_to_keep": None}
    return {**named, "progress": None, "actions": [], "agenda": [], **more}


MARCH, APRIL, MAY = (talk(date(2026, month, 6)) for month in (3, 4, 5))


def test_a_talk_looks_back_on_what_the_last_one_agreed() -> None:
    march = {**MARCH, "actions": [ACTION], "support_promised": "a lesson", "practice_to_keep": "a page a day"}
    found = talks_before(APRIL, [march, APRIL], [])["before"]
    assert (found["date"], found["interviewer"]) == (date(2026, 3, 6), "Li")
    assert (found["support_promised"], found["practice_to_keep"]) == ("a lesson", "a page a day")
    assert found["actions"] == [{**ACTION, "status": None}]


def test_a_talk_that_was_not_held_hides_nothing_of_the_one_before() -> None:
    march = {**MARCH, "actions": [ACTION]}
    assert talks_before(MAY, [MAY, APRIL, march], [])["before"]["date"] == date(2026, 3, 6)


def test_the_first_talk_looks_back_on_nothing_nor_does_one_without_a_date() -> None:
    assert talks_before(MARCH, [MARCH, {**APRIL, "actions": [ACTION]}], [])["before"] is None
    assert talks_before(talk(None), [{**MARCH, "actions": [ACTION]}], [])["before"] is None


def test_an_action_says_how_the_measure_stands_that_took_it_up() -> None:
    march = {**MARCH, "actions": [ACTION]}
    months = [{"measures": [{"what": "ask luo for a lesson", "status": "done"}, {"what": "other", "status": "partly"}]}]
    assert talks_before(APRIL, [march, APRIL], months)["before"]["actions"][0]["status"] == "done"


def test_an_action_that_stands_on_the_agenda_as_a_measure_is_not_told_twice() -> None:
    march, april = {**MARCH, "actions": [ACTION]}, {**APRIL, "agenda": [{"what": ACTION["what"]}]}
    assert talks_before(april, [march, april], [])["before"]["actions"] == []


def test_a_talk_knows_when_the_two_before_it_both_found_results_declining() -> None:
    march, april = {**MARCH, "progress": "declined"}, {**APRIL, "progress": "declined"}
    assert talks_before(MAY, [march, april, MAY], [])["declining"]
    assert not talks_before(april, [march, april, MAY], [])["declining"]
    assert not talks_before(MAY, [march, {**april, "progress": "steady"}, MAY], [])["declining"]
