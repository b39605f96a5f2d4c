"""What falls due, kind by kind: what a case owes, from when on, and what settles it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from docgen.definitions.load import load_definitions
from docgen.errors import UsageError
from docgen.model.problems import Problem
from docgen.office.due import due, wrong
from docgen.office.due_report import left
from docgen.office.due_rules import HELD, KINDS, STATELESS_DAYS
from docgen.office.run import Run, load_run
from docgen.sources.cases import read_cases

CASE = """case: {{employee_no: {no}, employee_name: {name}, department: 销售部, position: 代表, supervisor_name: {of},
  supervisor_no: {of_no}, issue_date: 2026-01-05, period_start: 2026-01-05, period_end: 2026-06-30}}
targets:
- {{name: 销售额, current_value: 100, target_value: 160, unit: 元, due_date: 2026-06-30, data_source: 系统}}
- {{name: 测试, current_value: 60, target_value: 90, unit: 分, due_date: 2026-06-30, data_source: 培训部}}
"""
QUIET = "reviews: [{date: 2026-06-30, type: final}]\n"
"""No review but the last one."""


def case(more: str = QUIET, no: str = "S1", name: str = "王某", of: str = "李某", of_no: str = "S9") -> str:
    return CASE.format(no=no, name=name, of=of, of_no=of_no) + more


def run(folder: Path, *texts: str, settings: str = "", forms: Sequence[str] = ()) -> Run:
    (folder / "docgen.yaml").write_text(settings or "company_name: 某公司\n", "utf-8")
    for number, text in enumerate(texts or (case(),)):
        (folder / f"{number}.yaml").write_text(text, "utf-8")
    return load_run(
        read_cases([folder], load_definitions()), load_definitions(), forms, date(2026, 3, 31), handwrite=True
    )


def owed(folder: Path, text: str, today: str = "2026-03-31", days: int = 14) -> list[tuple[str, str]]:
    return [(one.kind, str(one.on)) for one in due(run(folder, text), date.fromisoformat(today), days)]


def test_a_review_is_owed_until_its_talk_is_held(tmp_path: Path) -> None:
    reviews = "reviews: [{date: 2026-03-31}, {date: 2026-06-30, type: final}]\n"
    assert owed(tmp_path, case(reviews), "2026-03-20") == [("review", "2026-03-31")]
    assert owed(tmp_path, case(reviews), "2026-05-20") == [("review", "2026-03-31")]
    held = "interviews: [{type: monthly, date: 2026-04-02, progress: steady}]\n"
    assert owed(tmp_path, case(reviews + held), "2026-04-03") == []


def test_of_a_review_whose_talk_is_planned_the_talk_is_told(tmp_path: Path) -> None:
    reviews = "reviews: [{date: 2026-03-31}, {date: 2026-06-30, type: final}]\n"
    planned = "interviews: [{type: monthly, date: 2026-04-02}]\n"
    assert owed(tmp_path, case(reviews + planned)) == [("talk", "2026-04-02")]


def test_of_reviews_that_were_missed_in_a_row_the_last_is_told(tmp_path: Path) -> None:
    (found,) = due(run(tmp_path, case("")), date(2026, 4, 15), 7)
    assert (found.on, found.what.en, found.what.zh) == (
        date(2026, 3, 31),
        "Interim review, and 2 before it",
        "中期检查（此前还有2次未进行）",
    )


def test_reviews_before_the_last_talk_that_was_held_are_owed_no_more(tmp_path: Path) -> None:
    held = "interviews: [{type: monthly, date: 2026-03-30, achievements: 成绩}]\n"
    assert owed(tmp_path, case(held), "2026-04-15") == []


def test_the_final_review_takes_a_final_talk(tmp_path: Path) -> None:
    held = "interviews: [{type: monthly, date: 2026-06-29, progress: steady}]\n"
    assert owed(tmp_path, case(QUIET + held), "2026-06-25") == [("review", "2026-06-30")]
    final = "interviews: [{type: final, date: 2026-07-02}]\n"
    assert owed(tmp_path, case(QUIET + final), "2026-06-25") == [("talk", "2026-07-02")]


def test_the_talk_that_the_last_one_named_is_owed(tmp_path: Path) -> None:
    held = "interviews: [{type: monthly, date: 2026-03-05, progress: steady, next_date: 2026-04-07}]\n"
    assert owed(tmp_path, case(QUIET + held)) == [("talk", "2026-04-07")]
    then = "- {type: monthly, date: 2026-04-03, progress: steady}\n"
    listed = "interviews:\n- {type: monthly, date: 2026-03-05, progress: steady, next_date: 2026-04-07}\n"
    assert owed(tmp_path, case(QUIET + listed + then), "2026-04-10") == []


@pytest.mark.parametrize(
    ("final", "owed_days"),
    [
        ("2026-06-30", ["2026-04-07"]),
        ("2026-04-14", ["2026-04-14"]),
        ("2026-04-15", ["2026-04-07", "2026-04-15"]),
    ],
)
def test_a_final_talk_that_lies_later_does_not_stand_for_the_talk_that_was_named(
    final: str, owed_days: list[str], tmp_path: Path
) -> None:
    held = "{type: monthly, date: 2026-03-05, progress: steady, next_date: 2026-04-07}"
    text = case(QUIET + f"interviews: [{held}, {{type: final, date: {final}}}]\n")
    assert [on for kind, on in owed(tmp_path, text, days=20) if kind == "talk"] == owed_days


def test_a_talk_before_one_that_was_held_will_not_be_held(tmp_path: Path) -> None:
    talks = "interviews: [{type: launch, date: 2026-01-05}, {type: monthly, date: 2026-03-05, issues: 无}]\n"
    assert owed(tmp_path, case(QUIET + talks)) == []


@pytest.mark.parametrize("after", HELD)
def test_what_is_typed_after_a_talk_shows_that_it_was_held(after: str, tmp_path: Path) -> None:
    texts = {"actions": "[{what: 报表}]", "next_date": "2026-03-12", "progress": "steady", "final_result": "met"}
    typed = texts.get(after, "none" if after == "next_step" else "文字")
    talk = f"interviews: [{{type: monthly, date: 2026-03-10, {after}: {typed}}}]\n"
    assert ("talk", "2026-03-10") not in owed(tmp_path, case(QUIET + talk))


def test_the_actuals_of_a_month_are_owed_at_its_end(tmp_path: Path) -> None:
    month = "months: [{month: 2026-03, indicators: [{target_ref: 销售额, actual: 10}, {target_ref: 测试}]}]\n"
    (found,) = due(run(tmp_path, case(QUIET + month)), date(2026, 3, 20), 14)
    assert (found.kind, found.on, found.days, found.what.zh) == (
        "actuals",
        date(2026, 3, 31),
        11,
        "2026-03实际值：测试",
    )


@pytest.mark.parametrize(
    "month",
    [
        "{month: 2026-03, indicators: [{target_ref: 销售额, actual: 10}, {target_ref: 测试, actual: 70}]}",
        "{month: 2026-03, indicators: [{target_ref: 销售额, actual: 10}, {target_ref: 测试, data_missing_reason: 无}]}",
        "{month: 2026-03, absent: leave}",
    ],
)
def test_actuals_that_were_typed_or_given_up_are_not_owed(month: str, tmp_path: Path) -> None:
    assert owed(tmp_path, case(QUIET + f"months: [{month}]\n")) == []


ABSENT = "months: [{month: 2026-04, absent: leave, measures: [{what: 回访, when_due: 2026-04-17}]}]\n"


def test_a_month_of_absence_owes_no_talk_no_review_and_no_measures(tmp_path: Path) -> None:
    reviews = "reviews: [{date: 2026-04-30}, {date: 2026-05-29}, {date: 2026-06-30, type: final}]\n"
    planned = "interviews: [{type: monthly, date: 2026-04-28}]\n"
    present = case(reviews + planned + ABSENT.replace("absent: leave", "absent: "))
    assert owed(tmp_path, present, "2026-05-05")[:2] == [("measure", "2026-04-17"), ("talk", "2026-04-28")]
    assert owed(tmp_path, case(reviews + planned + ABSENT), "2026-05-05") == []
    assert owed(tmp_path, case(reviews + ABSENT), "2026-05-05") == []
    assert owed(tmp_path, case(reviews + ABSENT), "2026-05-20") == [("review", "2026-05-29")]


def test_in_a_month_of_absence_the_talk_that_was_promised_is_not_owed(tmp_path: Path) -> None:
    held = "interviews: [{type: monthly, date: 2026-03-30, progress: steady, next_date: 2026-04-28}]\n"
    assert owed(tmp_path, case(QUIET + held), "2026-04-20") == [("talk", "2026-04-28")]
    assert owed(tmp_path, case(QUIET + held + ABSENT), "2026-04-20") == []


@pytest.mark.parametrize("kind", ["final", "objection", "launch"])
def test_in_a_month_of_absence_a_talk_with_a_purpose_of_its_own_is_owed(kind: str, tmp_path: Path) -> None:
    talk = f"interviews: [{{type: {kind}, date: 2026-04-28}}]\n"
    assert ("talk", "2026-04-28") in owed(tmp_path, case(QUIET + talk + ABSENT), "2026-04-20")


def test_what_was_held_in_a_month_of_absence_settles_its_own_review(tmp_path: Path) -> None:
    reviews = "reviews: [{date: 2026-03-31}, {date: 2026-04-30}, {date: 2026-06-30, type: final}]\n"
    held = "interviews: [{type: monthly, date: 2026-04-02, progress: steady}]\n"
    assert owed(tmp_path, case(reviews + held + ABSENT), "2026-05-05") == []


DONE = "{target_ref: 销售额, actual: 10}, {target_ref: 测试, actual: 70}"


def months(*measures: tuple[str, str]) -> str:
    rows = [f"{{month: {month}, indicators: [{DONE}], measures: [{{{one}}}]}}" for month, one in measures]
    return f"months: [{', '.join(rows)}]\n"


@pytest.mark.parametrize(("status", "open"), [("", True), ("open", True), ("partly", True), ("not_done", True)])
def test_a_measure_is_owed_until_it_is_done(status: str, open: bool, tmp_path: Path) -> None:
    typed = f", status: {status}" if status else ""
    text = case(QUIET + months(("2026-03", f"what: 回访, when_due: 2026-03-27{typed}")))
    assert owed(tmp_path, text) == [("measure", "2026-03-27")]


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_a_measure_that_is_done_or_dropped_is_not_owed(status: str, tmp_path: Path) -> None:
    assert (
        owed(tmp_path, case(QUIET + months(("2026-03", f"what: 回访, when_due: 2026-03-27, status: {status}")))) == []
    )


@pytest.mark.parametrize("carried", ["what: 每周回访, from_ref: 2026-03-M1", "what: 回访"])
def test_a_measure_that_was_carried_on_is_owed_once_by_the_end_of_the_new_month(carried: str, tmp_path: Path) -> None:
    text = case(QUIET + months(("2026-04", carried), ("2026-03", "what: 回访, when_due: 2026-03-27")))
    assert owed(tmp_path, text, "2026-04-20") == [("measure", "2026-04-30")]


STEP = "steps: [{action: 拜访, due_date: 2026-04-10}]\n"
ACTION = "interviews: [{type: monthly, date: 2026-03-30, progress: steady, actions: [{what: 清单, due: 2026-04-10}]}]\n"
SUPPORT = "support: [{item: 培训, by_date: 2026-04-10}]\n"
OBJECTION = "interviews: [{type: objection, date: 2026-04-05, employee_words: 不同意}]\n"


@pytest.mark.parametrize(
    ("kind", "text"), [("step", STEP), ("action", ACTION), ("support", SUPPORT), ("reply", OBJECTION)]
)
def test_what_has_no_state_of_its_own_is_overdue_for_a_month(kind: str, text: str, tmp_path: Path) -> None:
    assert KINDS[kind].stateless and STATELESS_DAYS == 31
    assert owed(tmp_path, case(QUIET + text), "2026-04-01", 9) == [(kind, "2026-04-10")]
    assert owed(tmp_path, case(QUIET + text), "2026-04-01", 8) == []
    assert owed(tmp_path, case(QUIET + text), "2026-05-11") == [(kind, "2026-04-10")]
    assert owed(tmp_path, case(QUIET + text), "2026-05-12") == []


@pytest.mark.parametrize("measure", ["what: 拜访客户, from_ref: S1", "what: 拜访"])
def test_a_step_that_a_measure_has_taken_up_is_owed_as_the_measure(measure: str, tmp_path: Path) -> None:
    text = case(QUIET + STEP + months(("2026-04", f"{measure}, when_due: 2026-04-09, status: open")))
    assert owed(tmp_path, text, "2026-04-01") == [("measure", "2026-04-09")]


@pytest.mark.parametrize("measure", ["what: 客户清单, from_ref: N1-1", "what: 清单"])
def test_an_agreed_action_that_a_measure_has_taken_up_is_owed_as_the_measure(measure: str, tmp_path: Path) -> None:
    text = case(QUIET + ACTION + months(("2026-04", f"{measure}, when_due: 2026-04-09, status: done")))
    assert owed(tmp_path, text, "2026-04-01") == []


def test_a_step_whose_text_is_that_of_an_earlier_one_is_owed_for_itself(tmp_path: Path) -> None:
    two = "steps: [{action: 拜访, due_date: 2026-03-10}, {action: 拜访, due_date: 2026-04-10}]\n"
    text = case(QUIET + two + months(("2026-03", "what: 拜访, from_ref: S1, status: done")))
    assert owed(tmp_path, text, "2026-04-01") == [("step", "2026-04-10")]


def test_an_action_that_was_agreed_after_a_measure_of_its_text_was_done_is_owed(tmp_path: Path) -> None:
    text = case(QUIET + ACTION + months(("2026-02", "what: 清单, status: done")))
    assert owed(tmp_path, text, "2026-04-01") == [("action", "2026-04-10")]


def test_an_objection_is_answered_within_the_days_of_the_settings(tmp_path: Path) -> None:
    found = due(run(tmp_path, case(QUIET + OBJECTION), settings="reply_days: 7\n"), date(2026, 4, 5), 14)
    assert [(one.kind, one.on) for one in found] == [("reply", date(2026, 4, 12))]


def test_a_case_past_its_end_owes_its_result_and_no_review(tmp_path: Path) -> None:
    assert owed(tmp_path, case(""), "2026-07-01") == [("result", "2026-06-30")]
    assert owed(tmp_path, case(""), "2027-07-01") == [("result", "2026-06-30")]
    planned = "interviews: [{type: final, date: 2026-07-08}]\n"
    assert owed(tmp_path, case(planned), "2026-07-01") == [("talk", "2026-07-08")]


def test_a_period_that_ends_on_a_sunday_owes_its_final_review_on_the_monday_and_then_its_result(tmp_path: Path) -> None:
    text = case("").replace("period_end: 2026-06-30", "period_end: 2026-05-31").replace("2026-06-30", "2026-05-31")
    assert owed(tmp_path, text, "2026-05-30")[-1] == ("review", "2026-06-01")
    assert owed(tmp_path, text, "2026-06-01")[-1] == ("review", "2026-06-01")
    assert owed(tmp_path, text, "2026-06-02") == [("result", "2026-06-01")]


def test_a_final_review_that_was_typed_for_after_the_period_is_owed_before_the_result(tmp_path: Path) -> None:
    text = case("reviews: [{date: 2026-07-08, type: final}]\n")
    assert owed(tmp_path, text, "2026-07-03") == [("review", "2026-07-08")]
    assert owed(tmp_path, text, "2026-07-09") == [("result", "2026-07-08")]


def test_a_finished_case_owes_nothing(tmp_path: Path) -> None:
    done = "interviews: [{type: final, date: 2026-06-30, final_result: met, next_date: 2026-07-09}]\n"
    assert owed(tmp_path, case(STEP + SUPPORT + done), "2026-07-01") == []


def test_a_case_that_goes_on_after_its_final_talk_still_owes(tmp_path: Path) -> None:
    extended = "interviews: [{type: final, date: 2026-03-30, final_result: partly, next_step: extend}]\n"
    assert owed(tmp_path, case(QUIET + extended + SUPPORT), "2026-04-01") == [("support", "2026-04-10")]


def test_the_list_is_by_supervisor_and_then_by_date(tmp_path: Path) -> None:
    later, sooner = SUPPORT, SUPPORT.replace("04-10", "04-02")
    texts = [case(QUIET + later), case(QUIET + sooner, "S2", "赵某"), case(QUIET + sooner, "C1", "钱某", "Adam", "A1")]
    found = due(run(tmp_path, *texts), date(2026, 4, 1), 14)
    assert [(one.supervisor, one.person) for one in found] == [("Adam", "钱某"), ("李某", "赵某"), ("李某", "王某")]


@pytest.mark.parametrize("who", ["Adam", "a1", " adam "])
def test_one_supervisor_by_name_or_number(who: str, tmp_path: Path) -> None:
    run_of_two = run(tmp_path, case(QUIET + SUPPORT), case(QUIET + SUPPORT, "C1", "钱某", "Adam", "A1"))
    assert [one.person for one in due(run_of_two, date(2026, 4, 1), 14, who)] == ["钱某"]


def test_an_unknown_supervisor_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean 'Adam'"):
        due(run(tmp_path, case(QUIET, of="Adam")), date(2026, 4, 1), 14, "Adan")


def test_each_item_names_its_place(tmp_path: Path) -> None:
    (found,) = due(run(tmp_path, case(QUIET + SUPPORT)), date(2026, 4, 1), 14)
    assert str(found.position).startswith(f"{tmp_path / '0.yaml'}:7:") and found.employee_no == "S1"


def fields(problems: Sequence[Problem]) -> list[str]:
    return [".".join(map(str, one.path)) for one in problems]


def test_errors_in_what_is_needed_are_told_and_the_rest_is_listed(tmp_path: Path) -> None:
    text = case(QUIET + "support: [{item: 培训, by_date: 2026-04-31}, {item: 工具, by_date: 2026-04-10}]\n")
    found = run(tmp_path, text.replace("销售额, current", "销售额, weight: x, current"))
    assert [one.what.en for one in due(found, date(2026, 4, 1), 14)] == ["工具 (李某)"]
    assert fields(wrong(found)) == ["support.0.by_date"]


def test_what_nobody_typed_yet_is_no_error_of_the_list(tmp_path: Path) -> None:
    blank = "what: 回访, from_ref: 2026-03-M1, origin: carried"
    found = run(tmp_path, case(QUIET + months(("2026-04", blank), ("2026-03", "what: 回访"))), forms=("monthly",))
    errors = {".".join(map(str, one.path)) for checked, _ in found.cases for one in checked.problems}
    assert "months.0.measures.0.when_due" in errors
    assert wrong(found) == []
    wrong_day = run(tmp_path, case(QUIET + months(("2026-04", blank + ", when_due: 2026-04-31"))), forms=("monthly",))
    assert fields(wrong(wrong_day)) == ["months.0.measures.0.when_due"]


def test_a_month_that_is_missing_hides_what_it_holds(tmp_path: Path) -> None:
    found = run(tmp_path, case(QUIET + months(("2026-04", "what: 回访"), ("", "what: 清单"))), forms=("monthly",))
    assert "months.1.month" in fields(wrong(found))


@pytest.mark.parametrize("today", [date.min, date(1, 1, 5), date(9999, 12, 20), date.max])
def test_the_list_of_the_first_and_the_last_days_that_there_are(today: date, tmp_path: Path) -> None:
    assert {one.on for one in due(run(tmp_path, case(QUIET + OBJECTION)), today, 366)} <= {date(2026, 6, 30)}


def test_a_file_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    assert [one.code for one in wrong(run(tmp_path, case(), "case: [", ""))] == ["E100", "E100"]


def test_a_case_without_dates_owes_nothing_that_can_be_told(tmp_path: Path) -> None:
    found = run(tmp_path, "case: {employee_no: S1, employee_name: 王某}\n")
    assert due(found, date(2026, 4, 1), 14) == () and "case.period_end" in fields(wrong(found))


@pytest.mark.parametrize(
    ("days", "en", "zh"),
    [
        (0, "today", "今天"),
        (1, "tomorrow", "明天"),
        (5, "in 5 days", "5天后"),
        (-1, "1 day overdue", "已逾期1天"),
        (-9, "9 days overdue", "已逾期9天"),
    ],
)
def test_days_are_told_as_people_say_them(days: int, en: str, zh: str) -> None:
    assert (left(days, "en"), left(days, "zh")) == (en, zh)


def test_every_kind_is_named_in_both_languages() -> None:
    assert all(kind.label.en != kind.label.zh and kind.find.__doc__ for kind in KINDS.values())


def test_the_same_item_has_the_same_key_however_the_rows_move(tmp_path: Path) -> None:
    def keys(text: str) -> set[tuple[str, str]]:
        return {(one.kind, one.key) for one in due(run(tmp_path, case(QUIET + text)), date(2026, 4, 1), 14)}

    one, other = "{item: 培训, by_date: 2026-04-10}", "{item: 工具, by_date: 2026-04-10}"
    assert keys(f"support: [{one}, {other}]\n") == keys(f"support: [{other}, {one}]\n")


def test_who_is_to_do_it_is_named_where_that_is_somebody_else(tmp_path: Path) -> None:
    steps = "steps: [{{action: 练习, due_date: 2026-04-02, owner: {of}}}]\n"
    for of, told in (("王某", "练习"), ("S1", "练习"), ("李某", "练习（李某）")):
        (one,) = due(run(tmp_path, case(QUIET + steps.format(of=of))), date(2026, 3, 31), 14)
        assert one.what.zh == told
