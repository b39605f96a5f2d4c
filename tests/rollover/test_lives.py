"""Cases that were closed, paused or extended, at the turn of a month."""

from __future__ import annotations

from datetime import date

from docgen.model.case import Month
from docgen.model.life import NEW, Life, Pause
from docgen.rollover.blocking import CHECKED_FOR
from docgen.rollover.rolled import Rolled
from tests.checking.complete_case import Changes
from tests.rollover.month_help import checker, defaults, events, new_month, record, roller, told

APRIL, JULY, OCTOBER = Month(2026, 4), Month(2026, 7), Month(2026, 10)
EXTENDED = NEW.extend(date(2026, 9, 30))


def rolled(life: Life, month: Month = APRIL, changes: Changes | None = None) -> Rolled:
    of = record(changes)
    id = checker().validate(of, defaults(), CHECKED_FOR, date(month.year, month.month, 1)).case.id
    checked = checker().validate(of, defaults(), CHECKED_FOR, date(month.year, month.month, 1), {id: life})
    return roller().roll_over(checked, month, defaults())


def test_a_closed_case_is_told_and_kept_as_it_is() -> None:
    done = rolled(NEW.close(date(2026, 3, 20), "moved on"))
    assert done.state == "closed" and done.record.data == record().data and not done.problems
    assert told(done, "case_closed") == [
        "The case was closed on 20 March 2026 (moved on); it stays as it is (docgen reopen)."
    ]


def test_a_case_that_is_paused_all_month_is_carried_as_it_is() -> None:
    done = rolled(NEW.pause(Pause(date(2026, 4, 1), date(2026, 4, 30), "illness")))
    assert done.state == "paused" and done.record.data == record().data and not done.problems
    (event,) = done.events
    assert "30 April 2026" in event.told("en") and "illness" in event.told("zh")
    assert [one.kind for one in rolled(NEW.pause(Pause(date(2026, 3, 20), None, "leave"))).events] == ["case_paused_on"]


def test_a_case_that_is_paused_for_a_part_of_the_month_is_rolled_over() -> None:
    assert rolled(NEW.pause(Pause(date(2026, 4, 2), date(2026, 4, 30), "illness"))).state == "rolled"


def test_after_a_pause_no_month_is_missed() -> None:
    pause = NEW.pause(Pause(date(2026, 4, 1), date(2026, 5, 31), "illness"))
    assert events(rolled(NEW, Month(2026, 6)), "missing_months")
    done = rolled(pause, Month(2026, 6))
    assert done.state == "rolled" and not events(done, "missing_months")
    assert new_month(done)["measures"]


def test_an_extended_case_goes_on_to_its_new_end() -> None:
    assert rolled(NEW, JULY).state == "past_end"
    assert rolled(EXTENDED, JULY).state == "rolled"
    done = rolled(EXTENDED, OCTOBER)
    assert done.state == "past_end" and "2026-09-30" in done.problems[0].message.en
    assert [str(event.details["day"]) for event in events(done, "final_talk")] == ["2026-09-30"]


def test_the_final_talk_is_proposed_at_the_new_end() -> None:
    assert not events(rolled(EXTENDED, Month(2026, 6)), "final_talk")
    assert events(rolled(EXTENDED, Month(2026, 9)), "final_talk")
