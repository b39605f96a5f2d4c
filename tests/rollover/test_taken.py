"""Which steps and agreed actions measures have taken up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from docgen.model.case import Month
from docgen.rollover.taken import origins_taken

Row = dict[str, Any]


def step(number: int, day: date | None, **more: Any) -> Row:
    return {"step_id": f"S{number}", "action": "Ask", "due_date": day, "start_date": date(2026, 1, 5)} | more


def talk(number: int, day: date, *due: date | None) -> Row:
    return {"interview_no": number, "date": day, "actions": [{"what": "ask", "due": one} for one in due]}


def month(number: int, *measures: Row) -> Row:
    blank = {"what": "Ask", "when_due": None, "status": None, "from_ref": None}
    rows = [blank | {"measure_id": f"M{index}"} | one for index, one in enumerate(measures, 1)]
    return {"month": Month(2026, number), "measures": rows}


def taken(steps: list[Row], talks: list[Row], *months: Row) -> set[str]:
    return set(origins_taken({"steps": steps, "interviews": talks, "months": months}))


MARCH_20, APRIL_10, MAY_10 = date(2026, 3, 20), date(2026, 4, 10), date(2026, 5, 10)
DONE = {"status": "done"}


@pytest.mark.parametrize("named", ["S1", "s1"])
def test_what_a_measure_names_is_taken_up_whatever_it_says(named: str) -> None:
    assert taken([step(1, APRIL_10)], [], month(3, {"what": "Other", "from_ref": named} | DONE)) == {"s1"}


def test_a_measure_that_was_carried_is_that_of_the_step_that_it_came_from_at_first() -> None:
    months = month(4, {"from_ref": "2026-03-M1"}), month(3, {"from_ref": "S1", "status": "partly"})
    assert taken([step(1, APRIL_10), step(2, MAY_10)], [], *months) == {"s1"}


def test_measures_that_name_each_other_end_nothing() -> None:
    months = month(4, {"from_ref": "2026-03-M1"}), month(3, {"from_ref": "2026-04-M1"})
    assert taken([step(1, APRIL_10, action="Other")], [], *months) == set()


def test_an_open_measure_of_a_step_is_also_that_of_the_action_that_says_the_same() -> None:
    talks = [talk(1, date(2026, 3, 30), APRIL_10)]
    assert taken([step(1, MARCH_20)], talks, month(3, {"from_ref": "S1"})) == {"s1", "n1 1"}
    assert taken([step(1, MARCH_20)], talks, month(3, {"from_ref": "S1"} | DONE)) == {"s1"}


def test_what_was_due_in_the_month_of_a_measure_that_says_the_same_is_done_with_it() -> None:
    talks = [talk(1, date(2026, 3, 2), MARCH_20)]
    assert taken([step(1, MARCH_20)], talks, month(3, {"from_ref": "S1"} | DONE)) == {"s1", "n1 1"}


def test_only_a_measure_of_the_latest_month_is_still_open() -> None:
    talks = [talk(1, date(2026, 3, 30), APRIL_10)]
    assert taken([], talks, month(2, {"status": "partly"})) == {"n1 1"}
    assert taken([], talks, month(3, {"what": "Other"}), month(2, {"status": "partly"})) == set()


def test_of_those_that_say_the_same_the_nearest_is_meant_and_those_without_a_day() -> None:
    talks = [talk(1, date(2026, 3, 2), APRIL_10, None, MAY_10)]
    assert taken([], talks, month(4, {"when_due": date(2026, 4, 20)} | DONE)) == {"n1 1", "n1 2"}
    assert taken([], talks, month(5, DONE)) == {"n1 3", "n1 2"}


def test_measures_that_say_nothing_take_up_nothing() -> None:
    assert taken([step(1, APRIL_10, action=None)], [], month(4, {"what": None})) == set()
