"""Where the end of a case was moved, or it was paused, the checks see it; what is printed stays as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from docgen.checking.validate import Checker
from docgen.model.life import NEW, Life, Pause
from docgen.model.record import Record
from docgen.sources.settings import Settings
from tests.checking.complete_case import FORMS, Changes, changed, dotted

CASE, TODAY = "E100-202601", date(2026, 3, 20)
EXTENDED = NEW.extend(date(2026, 9, 30))
MAY, JULY, OCTOBER = ({"month": f"2026-{month}", "absent": "leave"} for month in ("05", "07", "10"))
EXTEND = {"final_result": "partly", "next_step": "extend", "type": "final"}


@pytest.fixture
def told(checker: Checker, settings: Settings, complete: Any) -> Any:
    def found(changes: Changes, life: Life = NEW, today: date = TODAY) -> list[tuple[str, str]]:
        record = Record("complete.yaml", changed(complete, changes), {})
        problems = checker.validate(record, settings, FORMS, today, {CASE: life}).problems
        return [(one.code, dotted(one.path)) for one in problems]

    return found


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("E105", {"targets.1.due_date": "2026-08-31"}),
        ("E105", {"months.1.month": "2026-07"}),
        ("E105", {"interviews.+": {"type": "monthly", "date": "2026-07-31"}}),
        ("E105", {"support.0.by_date": "2026-07-31"}),
    ],
)
def test_what_lies_behind_the_period_is_right_where_the_case_was_extended(
    code: str, changes: Changes, told: Any
) -> None:
    assert code in {found for found, _ in told(changes)}
    assert code not in {found for found, _ in told(changes, EXTENDED)}


def test_what_lies_behind_the_new_end_is_told_with_it(checker: Checker, settings: Settings, complete: Any) -> None:
    record = Record("complete.yaml", changed(complete, {"months.1.month": "2026-10"}), {})
    problems = checker.validate(record, settings, ("monthly",), TODAY, {CASE: EXTENDED}).problems
    (outside,) = [one for one in problems if one.code == "E105"]
    assert "2026-09-30" in outside.message.en and "2026-09-30" in outside.message.zh


def test_an_end_that_was_typed_later_still_counts(told: Any) -> None:
    earlier = NEW.extend(date(2026, 3, 31))
    assert told({}) == [] and told({}, earlier) == [("I207", "case.period_end")]


def test_an_extension_to_the_end_that_is_typed_now_needs_no_word(told: Any) -> None:
    assert told({}, NEW.extend(date(2026, 6, 30))) == told({}, EXTENDED) == []


def test_an_extension_that_has_no_effect_is_told_with_both_days(
    checker: Checker, settings: Settings, complete: Any
) -> None:
    lives = {CASE: NEW.extend(date(2026, 3, 31))}
    (note,) = checker.validate(Record("complete.yaml", complete, {}), settings, FORMS, TODAY, lives).problems
    for said in (note.message.en, note.message.zh):
        assert "2026-03-31" in said and "2026-06-30" in said
    assert "docgen extend" in note.fix.en and "docgen extend" in note.fix.zh


def test_another_case_is_not_extended_with_it(checker: Checker, settings: Settings, complete: Any) -> None:
    record = Record("complete.yaml", changed(complete, {"months.1.month": "2026-07"}), {})
    problems = checker.validate(record, settings, FORMS, TODAY, {"E100-202607": EXTENDED}).problems
    assert "E105" in {one.code for one in problems}


@pytest.mark.parametrize(("next_step", "wrong"), [("extend", False), ("none", True)])
def test_the_result_after_which_the_case_was_extended_was_not_stated_too_early(
    next_step: str, wrong: bool, told: Any
) -> None:
    stated: Mapping[str, Any] = {f"interviews.1.{name}": value for name, value in EXTEND.items()}
    found = told({**stated, "interviews.1.next_step": next_step}, EXTENDED, date(2026, 7, 1))
    assert (("E112", "interviews.1.final_result") in found) is wrong


def test_a_wrong_end_is_told_once_although_more_depends_on_it(told: Any) -> None:
    found = told({"case.period_end": "2026-06-31"}, EXTENDED)
    assert found == [("E103", "case.period_end")]


def test_months_in_a_pause_are_not_missed(told: Any) -> None:
    changes = {"months.+": MAY}
    pause = NEW.pause(Pause(date(2026, 3, 1), date(2026, 4, 30), "illness"))
    partly = NEW.pause(Pause(date(2026, 3, 10), date(2026, 4, 30), "illness"))
    assert "W242" in {code for code, _ in told(changes)}
    assert "W242" not in {code for code, _ in told(changes, pause)}
    assert "W242" in {code for code, _ in told(changes, partly)}


def test_what_is_printed_stays_as_it_was_typed(checker: Checker, settings: Settings, complete: Any) -> None:
    record = Record("complete.yaml", complete, {})
    plain, extended = (
        checker.validate(record, settings, FORMS, TODAY, lives).case.values for lives in ({}, {CASE: EXTENDED})
    )
    assert extended["case"]["end"] == date(2026, 9, 30) != extended["case"]["period_end"] == plain["case"]["end"]
    apart = {"life", "end", "extended_to"}
    assert {name: value for name, value in extended["case"].items() if name not in apart} == {
        name: value for name, value in plain["case"].items() if name not in apart
    }
    assert {name: rows for name, rows in extended.items() if name != "case"} == {
        name: rows for name, rows in plain.items() if name != "case"
    }
