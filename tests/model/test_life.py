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


def test_an_outcome_is_added_to_a_closed_case_and_never_changed_there() -> None:
    closed = NEW.close(MARCH, "moved on")
    told = closed.close(MAY, "final talk", "met")
    assert (told.closed_on, told.closed, told.outcome) == (MARCH, "moved on; final talk", "met")
    assert told.close(JUNE, "again", "not_met") == told and told.reopen() == NEW


def test_a_line_without_an_outcome_is_as_before_there_were_any() -> None:
    closed, met = NEW.close(MARCH, "moved on"), NEW.close(MARCH, "moved on", "met")
    assert "outcome" not in plain(closed) and life_of(plain(closed)) == closed
    assert plain(met)["outcome"] == "met" and life_of(plain(met)) == met
    with pytest.raises(TypeError):
        life_of({**plain(met), "outcome": 5})


@pytest.mark.parametrize(
    ("first", "last", "rests"),
    [(MARCH, None, True), (APRIL, None, True), (MAY, None, False), (MARCH, APRIL, True), (MARCH, MAY, False)],
)
def test_a_pause_holds_the_days_from_its_first_to_its_last(first: date, last: date | None, rests: bool) -> None:
    assert bool(paused(MARCH, APRIL).pause_of(first, last)) is rests
    assert paused(MARCH, None).pause_of(first, last)


LAST_OF_APRIL = date(2026, 4, 30)


@pytest.mark.parametrize(
    ("first", "second", "rests"),
    [
        ((MARCH, MAY), (APRIL, JUNE), [(MARCH, JUNE)]),
        ((MARCH, JUNE), (APRIL, MAY), [(MARCH, JUNE)]),
        ((MARCH, None), (MARCH, APRIL), [(MARCH, None)]),
        ((MARCH, APRIL), (APRIL, None), [(MARCH, None)]),
        ((MARCH, LAST_OF_APRIL), (MAY, JUNE), [(MARCH, JUNE)]),
        ((MARCH, LAST_OF_APRIL), (date(2026, 5, 2), JUNE), [(MARCH, LAST_OF_APRIL), (date(2026, 5, 2), JUNE)]),
        ((date.min, date.max), (date.min, None), [(date.min, None)]),
    ],
)
def test_pauses_that_overlap_or_touch_are_one_that_none_of_them_shortens(
    first: tuple[date, date | None], second: tuple[date, date | None], rests: list[tuple[date, date | None]]
) -> None:
    assert spans(paused(*first).pause(Pause(*second, "leave"))) == rests
    assert spans(paused(*second).pause(Pause(*first, "leave"))) == rests


def test_a_pause_may_fill_the_time_between_two() -> None:
    both = paused(MARCH, MARCH).pause(Pause(JUNE, None, "leave"))
    assert spans(both.pause(Pause(date(2026, 3, 2), date(2026, 5, 31), "cure"))) == [(MARCH, None)]


def test_a_month_that_lies_in_two_pauses_that_touch_is_one_of_rest() -> None:
    rests = paused(MARCH, APRIL).pause(Pause(date(2026, 4, 2), LAST_OF_APRIL, "leave"))
    assert rests.pause_of(MARCH, LAST_OF_APRIL)


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("病假", "产假", "病假；产假"),
        ("病假；产假", "病假", "病假；产假"),
        ("illness", "产假", "illness；产假"),
        ("illness; leave", "leave; cure", "illness; leave; cure"),
    ],
)
def test_reasons_are_parted_as_their_language_parts_them(first: str, second: str, both: str) -> None:
    assert [one.why for one in paused(MARCH, APRIL, first).pause(Pause(APRIL, MAY, second)).pauses] == [both]


def test_a_joined_pause_has_the_reasons_of_both_each_once() -> None:
    rests = paused(MARCH, APRIL, "illness").pause(Pause(APRIL, MAY, "leave")).pause(Pause(MAY, JUNE, "illness"))
    assert [one.why for one in rests.pauses] == ["illness; leave"]
    assert [one.why for one in paused(MARCH, APRIL).pause(Pause(APRIL, MAY, "illness")).pauses] == ["illness"]


def test_pauses_that_were_recorded_one_beside_the_other_are_read_as_one() -> None:
    apart = [Pause(APRIL, date(2026, 5, 31), "leave"), Pause(JUNE, None, "leave")]
    assert spans(life_of(plain(Life(pauses=tuple(apart))))) == [(APRIL, None)]


@pytest.mark.parametrize("until", [APRIL, JUNE, None])
def test_to_resume_ends_the_pause_of_that_day_on_the_day_before(until: date | None) -> None:
    assert spans(paused(MARCH, until).resume(APRIL)) == [(MARCH, date(2026, 3, 31))]
    assert spans(paused(MARCH, until).resume(MARCH)) == []


def test_to_resume_leaves_every_other_pause() -> None:
    both = paused(MARCH, LAST_OF_APRIL).pause(Pause(JUNE, None, "leave"))
    assert spans(both.resume(APRIL)) == [(MARCH, date(2026, 3, 31)), (JUNE, None)]
    assert spans(both.resume(MARCH)) == [(JUNE, None)]
    assert spans(both.resume(JUNE)) == [(MARCH, LAST_OF_APRIL)]
    assert both.resume(MAY) == both and both.resume(date.min) == both
    assert paused(date.min, None).resume(date.min) == NEW


def test_what_is_left_of_a_joined_pause_keeps_all_its_reasons() -> None:
    joined = paused(MARCH, APRIL, "illness").pause(Pause(APRIL, MAY, "leave"))
    assert [one.why for one in joined.resume(APRIL).pauses] == ["illness; leave"]


def test_the_later_of_two_ends_counts() -> None:
    assert NEW.end(MAY) == MAY and NEW.end(None) is None
    extended = NEW.extend(JUNE)
    assert (extended.end(MAY), extended.end(date(2026, 7, 1)), extended.end(None)) == (JUNE, date(2026, 7, 1), None)


@pytest.mark.parametrize(
    "life", [NEW, paused(MARCH, None).pause(Pause(JUNE, JUNE, "“假”")).extend(MAY).close(MAY, "x")]
)
def test_what_the_ledger_keeps_comes_back_as_it_was(life: Life) -> None:
    assert life_of(plain(life)) == life
