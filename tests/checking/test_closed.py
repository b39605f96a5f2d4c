"""What is told of a closed case: only its outcome letter is asked for, and its rules weigh the outcome."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from docgen.checking.checked import Checked
from docgen.checking.validate import Checker
from docgen.model.case import Month
from docgen.model.life import NEW, Life, Pause
from docgen.model.problems import Words
from docgen.model.record import Record
from docgen.sources.settings import Settings
from tests.checking.complete_case import Changes, changed, dotted

CASE, TODAY = "E100-202601", date(2026, 7, 6)
JULY, MAY = date(2026, 7, 3), date(2026, 5, 20)
FINAL = {"type": "final", "date": "2026-07-02", "final_result": "partly", "next_step": "coaching"}
ALL_MET = [{"target_ref": ref, "actual": "150000" if ref == "T1" else "95"} for ref in ("T1", "T2")]
NONE_MET = [{"target_ref": ref, "actual": "1"} for ref in ("T1", "T2")]


@pytest.fixture
def closed(checker: Checker, settings: Settings, complete: Any) -> Any:
    def found(
        changes: Changes, outcome: str, on: date = JULY, forms: tuple[str, ...] | None = None, life: Life = NEW
    ) -> Checked:
        lives = {CASE: life.close(on, "they moved", outcome)}
        return checker.validate(Record("complete.yaml", changed(complete, changes), {}), settings, forms, TODAY, lives)

    return found


def codes(checked: Checked) -> set[tuple[str, str]]:
    return {(one.code, dotted(one.path)) for one in checked.problems}


def test_a_closed_case_asks_for_its_outcome_letter_alone(closed: Any) -> None:
    assert closed({}, "met").forms == ("outcome",)


def test_a_case_that_was_closed_without_an_outcome_asks_for_nothing(closed: Any) -> None:
    found = closed({}, "")
    assert found.forms == () and found.problems == ()


def test_an_open_case_does_not_ask_for_it(checker: Checker, settings: Settings, complete: Any) -> None:
    assert "outcome" not in checker.validate(Record("", complete, {}), settings, None, TODAY).forms


def test_what_is_recorded_is_missed_with_the_command_that_records_it(
    checker: Checker, settings: Settings, complete: Any
) -> None:
    found = checker.validate(Record("", complete, {}), settings, ("outcome",), TODAY)
    (missed,) = [one for one in found.problems if one.code == "E101"]
    assert missed.path == ("case", "outcome"), "once for all that the command records"
    assert "docgen close" in missed.fix.en and missed.fix.zh
    assert {gap.field for gap in found.case.missing} == {"case.outcome", "case.closed_on"}


@pytest.mark.parametrize("key", ["outcome", "Closed on", "最终结果"])
def test_what_is_recorded_is_never_typed(key: str, closed: Any) -> None:
    found = closed({f"case.{key}": "met"}, "met")
    (problem,) = [one for one in found.problems if one.path == ("case", key)]
    assert "never typed" in problem.message.en and found.case.values["case"]["outcome"] == "met"


@pytest.mark.parametrize("outcome", ["partly", "not_met"])
def test_e112_a_shortfall_is_stated_once_the_case_has_ended(outcome: str, closed: Any) -> None:
    early = closed({"interviews.+": FINAL | {"final_result": outcome}}, outcome, MAY)
    assert ("E112", "case.period_end") in codes(early)
    after = closed({"interviews.+": FINAL | {"final_result": outcome}}, outcome)
    assert "E112" not in {code for code, _ in codes(after)}


def test_e112_an_extended_case_ends_on_its_new_day(closed: Any) -> None:
    later = NEW.extend(date(2026, 8, 31))
    assert ("E112", "case.period_end") in codes(closed({}, "not_met", life=later))


def test_e112_met_early_is_before_the_end(closed: Any) -> None:
    assert ("E112", "case.period_end") in codes(closed({}, "met_early"))
    assert "E112" not in {code for code, _ in codes(closed({}, "met_early", MAY))}


@pytest.mark.parametrize(
    ("outcome", "told"), [("partly", False), ("met", True), ("not_met", True), ("withdrawn", True)]
)
def test_w251_the_outcome_is_that_of_the_final_talk(outcome: str, told: bool, closed: Any) -> None:
    found = codes(closed({"interviews.+": FINAL}, outcome))
    assert (("W251", "interviews.2.final_result") in found) is told


def test_w251_of_several_final_talks_the_one_held_last_tells_the_outcome(closed: Any) -> None:
    extended, later = NEW.extend(date(2026, 7, 31)), {**FINAL, "date": "2026-07-31", "final_result": "met"}
    for rows in ([FINAL | {"next_step": "extend"}, later], [later, FINAL | {"next_step": "extend"}]):
        found = closed({"interviews": rows}, "met", date(2026, 8, 3), life=extended)
        assert not {code for code, _ in codes(found)} & {"W251", "W252"}
        assert [str(one["date"]) for one in found.case.values["interviews"] if one["concludes"]] == ["2026-07-31"]


def test_w252_a_shortfall_is_told_after_a_final_talk(closed: Any) -> None:
    assert ("W252", "interviews") in codes(closed({}, "not_met"))
    assert "W252" not in {code for code, _ in codes(closed({"interviews.+": FINAL}, "not_met"))}
    assert "W252" not in {code for code, _ in codes(closed({}, "met"))}


def test_w253_the_figures_bear_the_outcome_out(closed: Any) -> None:
    short = {"months.0.indicators.0.actual": "1"}
    months = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"]
    met = {"months": [{"month": month, "indicators": ALL_MET} for month in months]}
    assert ("W253", "targets") in codes(closed(short, "met_early", MAY))
    assert "W253" not in {code for code, _ in codes(closed(met, "met"))}
    assert ("W253", "targets") in codes(closed(met, "not_met"))
    none_met = {"months": [{"month": month, "indicators": NONE_MET} for month in months]}
    assert ("W253", "targets") in codes(closed(met, "partly"))
    assert ("W253", "targets") in codes(closed(none_met, "partly"))
    assert "W253" not in {code for code, _ in codes(closed({}, "partly"))}, "of some nobody knows yet"


def test_a_month_that_lay_in_a_pause_is_missed_in_no_result(closed: Any) -> None:
    months = ["2026-01", "2026-02", "2026-03", "2026-05", "2026-06"]
    rows = {"months": [{"month": month, "indicators": ALL_MET} for month in months], "interviews.+": FINAL}
    whole = NEW.pause(Pause(date(2026, 4, 1), date(2026, 4, 30), "illness"))
    for life, missing in ((whole, []), (NEW.pause(Pause(date(2026, 4, 2), None, "illness")), [Month(2026, 4)])):
        values = closed(rows, "partly", life=life).case.values
        for results in (values["case"]["results"], values["interviews"][-1]["results"]):
            assert results[0]["missing"] == missing and (results[0]["actual"] is None) is bool(missing)


def test_what_the_letter_shares_with_others_holds_for_it(closed: Any) -> None:
    acceptable = {"gaps.0.level_status": "acceptable_raise", "case.consequence_codes": ["formal_procedure"]}
    assert ("E116", "case.consequence_codes") in codes(closed(acceptable, "not_met"))
    assert "E116" not in {code for code, _ in codes(closed({"case.consequence_codes": ["coaching"]}, "not_met"))}


def test_final_figures_take_all_months_and_earlier_ones_those_there_are(closed: Any) -> None:
    (late, *_), (early, *_) = (
        closed({}, one, on).case.values["case"]["results"] for one, on in (("met", JULY), ("met_early", MAY))
    )
    assert late["actual"] is None and late["missing"]
    assert early["actual"] is not None and not early["missing"]


def test_messages_are_in_both_languages(closed: Any) -> None:
    for one in closed({"interviews.+": FINAL}, "not_met", MAY).problems:
        assert isinstance(one.message, Words) and one.message.zh != one.message.en
