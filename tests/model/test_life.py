"""How a case stands: what each decision makes of it, and what the ledger keeps."""

from __future__ import annotations

from datetime import date

import pytest

from docgen.model.life import NEW, Life, Pause, life_of, plain

MARCH, APRIL, MAY, JUNE = (date(2026, month, 1) for month in (3, 4, 5, 6))


def paused(start: date, until: date | None, why: str = "illness") -> Life:
    return NEW.pause(Pause(start, until, why))


def spans(life: Life) -> list[tuple[date, date | None]]:
    return [(one.start, one.until) for one in life.pauses]


def test_a_closed_case_keeps_the_first_reason_until_it_is_opened() -> None:
    closed = NEW.close(MARCH, "moved on")
    assert closed.is_closed and closed.close(MAY, "again") == closed
    assert closed.reopen() == NEW and not NEW.is_closed


@pytest.mark.parametrize(
    ("first", "last", "rests"),
    [(MARCH, None, True), (APRIL, None, True), (MAY, None, False), (MARCH, APRIL, True), (MARCH, MAY, False)],
)
def test_a_pause_holds_the_days_from_its_first_to_its_last(first: date, last: date | None, rests: bool) -> None:
    assert bool(paused(MARCH, APRIL).pause_of(first, last)) is rests
    assert paused(MARCH, None).pause_of(first, last)


def test_a_pause_that_meets_another_joins_it_and_says_how_long_it_lasts() -> None:
    assert spans(paused(MARCH, MAY).pause(Pause(APRIL, JUNE, "longer"))) == [(MARCH, JUNE)]
    assert spans(paused(MARCH, None).pause(Pause(MARCH, APRIL, "shorter"))) == [(MARCH, APRIL)]
    assert spans(paused(MAY, JUNE).pause(Pause(MARCH, APRIL, "another"))) == [(MARCH, APRIL), (MAY, JUNE)]


def test_to_resume_ends_the_pause_on_the_day_before_and_calls_off_what_lies_ahead() -> None:
    assert spans(paused(MARCH, None).resume(MAY)) == [(MARCH, date(2026, 4, 30))]
    assert spans(paused(MAY, JUNE).resume(MAY)) == []
    assert paused(MARCH, APRIL).resume(MAY) == paused(MARCH, APRIL)


def test_the_later_of_two_ends_counts() -> None:
    assert NEW.end(MAY) == MAY and NEW.end(None) is None
    extended = NEW.extend(JUNE)
    assert (extended.end(MAY), extended.end(date(2026, 7, 1)), extended.end(None)) == (JUNE, date(2026, 7, 1), None)


@pytest.mark.parametrize(
    "life", [NEW, paused(MARCH, None).pause(Pause(JUNE, JUNE, "“假”")).extend(MAY).close(MAY, "x")]
)
def test_what_the_ledger_keeps_comes_back_as_it_was(life: Life) -> None:
    assert life_of(plain(life)) == life
