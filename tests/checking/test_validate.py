"""A record becomes a case: what is accepted, filled in, blamed and left in peace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from docgen.checking.checked import Checked
from docgen.checking.validate import Checker
from docgen.definitions.definition import Definitions
from docgen.definitions.formula import Formula
from docgen.errors import DefinitionError, UsageError
from docgen.marked_yaml import load_marked
from docgen.model.case import Code, Gap
from docgen.model.problems import Severity
from docgen.model.record import Record
from docgen.sources.settings import Settings
from tests.checking.complete_case import Check, dotted

TODAY = date(2026, 3, 1)
SHORT = """\
case: {employee_no: E100, employee_name: Alex Morgan, department: Sales, position: Clerk, supervisor_name: Kim Reed,
  supervisor_no: E007, issue_date: 2026-01-05, period_start: 2026-01-05, period_end: 2026-06-30}
targets:
- {name: Sales of the half-year, current_value: 109500, target_value: 150000, unit: CNY, data_source: Sales system,
   due_date: 2026-06-30}
support:
- {item: Product course, by_date: 2026-02-28}
"""


@pytest.fixture
def read(checker: Checker, settings: Settings) -> Any:
    """Check a case that is written as YAML."""

    def checked(text: str, forms: tuple[str, ...] | None = None, **office: Any) -> Checked:
        marked = load_marked(text.encode(), "case.yaml")
        return checker.validate(
            Record("case.yaml", marked.data, marked.positions), {**settings, **office}, forms, TODAY
        )

    return checked


def errors(checked: Checked) -> list[tuple[str, str]]:
    return [(p.code, dotted(p.path)) for p in checked.problems if p.severity is Severity.ERROR]


def codes(checked: Checked) -> set[str]:
    return {problem.code for problem in checked.problems}


def test_a_short_case_is_complete_for_the_letter(read: Any) -> None:
    checked = read(SHORT)
    assert checked.forms == ("letter",)
    assert errors(checked) == []
    assert not checked.blocked


def test_the_rest_is_filled_in(read: Any) -> None:
    values = read(SHORT).case.values
    case, target = values["case"], values["targets"][0]
    assert (case["case_id"], case["department_head"], case["language"]) == ("E100-202601", "Pat Lane", "en")
    assert isinstance(case["party"], Code)
    assert (target["target_id"], target["weight"], target["direction"]) == ("T1", Decimal(100), "higher")
    assert values["support"][0]["provided_by"] == "Kim Reed"


def test_every_field_of_every_sheet_is_there(read: Any, definitions: Definitions) -> None:
    values = read(SHORT).case.values
    for sheet in definitions.sheets.values():
        if sheet.single:
            assert set(sheet.fields) <= set(values[sheet.name])
        elif sheet.parent == "case":
            assert isinstance(values[sheet.name], list)
    assert {*definitions.sheets["targets"].fields, "milestones"} <= set(values["targets"][0])


def test_keys_may_be_labels_or_aliases_in_either_language(read: Any) -> None:
    text = SHORT.replace("employee_no", "工号").replace("position", "Job title").replace("targets:", "目标:")
    text = text.replace("support:", "支持与资源:").replace("unit:", "单位:")
    checked = read(text)
    assert errors(checked) == []
    assert checked.case.values["case"]["position"] == "Clerk"


def test_a_problem_is_placed_where_the_value_stands_whatever_its_key(read: Any) -> None:
    text = SHORT.replace("due_date: 2026-06-30", "完成时间: 2026-02-30")
    (problem,) = [p for p in read(text).problems if p.severity is Severity.ERROR]
    assert (dotted(problem.path), str(problem.position), problem.value) == (
        "targets.0.due_date",
        "case.yaml:5:10",
        "2026-02-30",
    )


def test_a_missing_value_is_placed_in_its_row(read: Any) -> None:
    text = SHORT.replace("item: Product course, ", "")
    (problem,) = [p for p in read(text).problems if p.severity is Severity.ERROR]
    assert (dotted(problem.path), problem.position.line) == ("support.0.item", 7)


def test_a_missing_and_a_wrong_value_are_gaps_in_the_case(read: Any) -> None:
    text = SHORT.replace("employee_name: Alex Morgan, ", "").replace("due_date: 2026-06-30", "due_date: soon")
    checked = read(text)
    missing, wrong = checked.case.values["case"]["employee_name"], checked.case.values["targets"][0]["due_date"]
    assert missing == Gap("case.employee_name", ("case", "employee_name"), forms=frozenset({"letter"}))
    assert wrong == Gap("targets.due_date", ("targets", 0, "due_date"), wrong=True, forms=frozenset({"letter"}))
    assert checked.case.missing == (wrong, missing)
    assert checked.blocked == {"letter"}


def test_what_a_rule_finds_missing_in_a_row_is_a_gap_too(check: Check) -> None:
    checked = check({"months.1.measures.0.how": None})
    assert isinstance(checked.case.values["months"][1]["measures"][0]["how"], Gap)
    assert [problem.code for problem in checked.problems] == ["E107"]


def test_the_forms_asked_for_follow_from_the_data(check: Check, read: Any) -> None:
    assert check(forms=None).forms == ("letter", "plan", "monthly", "notes")
    assert read("case: {employee_no: E1}").forms == ("letter",)


def test_a_question_whether_a_form_is_asked_for_that_fails_is_told_unless_a_value_lacks(
    definitions: Definitions, settings: Settings
) -> None:
    marked = load_marked(SHORT.encode(), "case.yaml")
    record = Record("case.yaml", marked.data, marked.positions)

    def asked(question: str) -> tuple[str, ...]:
        plan = replace(definitions.forms["plan"], asked_when=Formula(question, "forms/plan.yaml:10"))
        own = replace(definitions, forms={**definitions.forms, "plan": plan})
        return Checker(own).validate(record, settings, None, TODAY).forms

    assert asked("period_start < period_end") == ("letter", "plan")
    assert asked("consulted_on < period_end") == ("letter",), "nobody typed that day yet"
    for question in ("period_start + 3", "targets > 3"):
        with pytest.raises(DefinitionError, match=r"forms/plan\.yaml:10: plan: asked_when: .*; write it so"):
            asked(question)


def test_forms_are_made_in_their_fixed_order(check: Check) -> None:
    assert check(forms=("notes", "letter")).forms == ("letter", "notes")


def test_an_unknown_form_is_refused_with_the_nearest_known(check: Check) -> None:
    with pytest.raises(UsageError, match="letter"):
        check(forms=("leter",))


def test_the_letter_does_not_ask_for_the_plan(check: Check) -> None:
    changes: dict[str, Any] = {
        "checks": {},
        "gaps": [],
        "steps": [],
        "support.0.step_ref": None,
        "case.strengths": None,
    }
    assert errors(check(changes, forms=("letter",))) == []
    assert errors(check(changes, forms=("plan",)))


def test_a_wrong_value_that_no_asked_form_uses_is_left_in_peace(check: Check) -> None:
    changes = {"gaps.0.urgency": "very", "interviews.0.start": "noonish"}
    assert check(changes, forms=("letter",)).problems == ()
    assert {form for problem in check(changes).problems for form in problem.forms} == {"plan", "notes"}


def test_a_wrong_value_concerns_the_forms_that_print_what_comes_from_it(check: Check) -> None:
    (problem,) = check({"targets.0.accumulation": "total"}).problems
    assert problem.forms >= {"letter", "monthly", "notes"}
    (problem,) = check({"months.0.indicators.0.actual": "n.a."}).problems
    assert problem.forms >= {"monthly", "notes"}
    assert "letter" not in problem.forms


def test_a_problem_names_the_asked_forms_it_blocks(check: Check) -> None:
    (problem,) = check({"checks.trust": None}).problems
    assert problem.forms == {"plan"}
    assert check({"checks.trust": None}).blocked == {"plan"}


@pytest.mark.parametrize(
    "changes",
    [
        {"case.period_start": "soon"},
        {"case.period_end": "2026-02-30"},
        {"case.department": "S\x07"},
        {"targets.1.due_date": "soon"},
        {"targets.1.accumulation": "total", "months.0.indicators.1.actual": "20"},
        {"targets": "none"},
        {"gaps": {"area": "Sales"}},
        {"months.0.month": "winter"},
        {"interviews.1.date": "tomorrow"},
    ],
    ids=str,
)
def test_one_cause_one_problem(changes: dict[str, Any], check: Check) -> None:
    assert len(check(changes).problems) == 1


def test_warnings_are_silenced_by_the_office_with_a_reason_and_errors_never(check: Check) -> None:
    changes = {"case.consulted_on": None, "checks.trust": None}
    reason = [{"rule": "W216", "reason": "Asked by phone"}, {"rule": "E109", "reason": "Never asked"}]
    assert codes(check(changes)) == {"W216", "E109"}
    assert codes(check(changes, office={"accept": reason})) == {"E109"}
    assert codes(check(changes, office={"accept": [{"rule": "W216", "reason": None}]})) == {"W216", "E109"}


def test_references_are_stored_as_the_key_of_the_row(check: Check) -> None:
    changes = {"months.1.measures.0.target_ref": "product test result", "support.0.step_ref": "s1"}
    values = check(changes).case.values
    assert values["months"][1]["measures"][0]["target_ref"] == "T2"
    assert values["support"][0]["step_ref"] == "S1"


def test_an_unknown_key_names_the_nearest_known(check: Check) -> None:
    (problem,) = check({"case.employe_name": "Alex"}).problems
    assert "employee_name" in problem.fix.en


def test_a_column_of_another_system_is_not_stored(check: Check) -> None:
    checked = check({"case.身份证号": "110101199003071234"})
    assert [problem.code for problem in checked.problems] == ["W230"]
    assert "110101199003071234" not in f"{checked.case.values}{checked.problems}"


def test_settings_in_both_languages_are_taken_in_the_language_of_the_case(read: Any) -> None:
    case = read(SHORT).case.values["case"]
    assert case["hr_contact"] == "Jo Hart, ext. 21"


def test_checking_is_repeatable(check: Check) -> None:
    changes = {"case.period_end": "2026-01-01", "targets.0.weight": "50"}
    assert check(changes) == check(changes)


@pytest.mark.parametrize(
    ("form", "changes", "path"),
    [
        ("notes", {"case.period_end": "2026-06-31"}, "case.period_end"),
        ("letter", {"targets.0.measure_class": "quantitive"}, "targets.0.measure_class"),
        ("letter", {"interviews.0.date": "2026-02-30"}, "interviews.0.date"),
        ("plan", {"support.0.step_ref": "S9"}, "support.0.step_ref"),
    ],
)
def test_a_wrong_value_that_only_a_rule_reads_is_reported(
    form: str, changes: dict[str, Any], path: str, check: Check
) -> None:
    checked = check(changes, forms=(form,))
    assert [place for _, place in errors(checked)] == [path]
    assert checked.blocked == {form}


def test_notes_without_a_result_need_no_end_of_the_period(check: Check) -> None:
    changes = {"case.period_end": None, "interviews.1.final_result": None}
    assert errors(check(changes, forms=("notes",))) == []


@pytest.mark.parametrize("changes", [{"steps.0.owener": "Alex"}, {"steps": "a course"}, {"months.0.measure": []}])
def test_what_stands_in_a_sheet_that_no_asked_form_uses_blocks_nothing(changes: dict[str, Any], check: Check) -> None:
    assert check(changes, forms=("letter",)).problems == ()
    assert errors(check(changes))


def test_where_nobody_chose_the_forms_a_broken_sheet_is_reported(check: Check) -> None:
    assert ("E103", "months") in errors(check({"months": "January"}, forms=None))


def test_a_broken_sheet_that_a_rule_looks_through_is_reported(check: Check) -> None:
    assert errors(check({"gaps": "sales"}, forms=("letter",))) == [("E103", "gaps")]


def test_a_number_that_nobody_typed_is_the_next_free_one(check: Check) -> None:
    checked = check({"targets.0.target_id": "T2", "months.0.differences": [], "months.1.measures.0.target_ref": "T2"})
    assert [row["target_id"] for row in checked.case.values["targets"]] == ["T2", "T3"]
    assert ("E102", "targets.1.target_id") not in errors(checked)


def test_a_gap_that_is_left_out_needs_no_expected_level(check: Check) -> None:
    gap = {"area": "Filing", "standard": "100 %", "actual": "90 %", "decision": "exclude"}
    changes = {"gaps.+": gap, "targets.0.gap_ref": "G1", "targets.1.gap_ref": "G1", "steps.0.gap_ref": "G1"}
    assert check(changes).problems == ()


def test_names_and_posts_are_no_risky_wording(check: Check) -> None:
    changes = {
        "case.employee_name": "A. Young",
        "case.position": "Medical sales representative",
        "case.hr_contact": "Union Desk",
        "steps.0.owner": "Sam Old",
        "support.0.provided_by": "Sam Old",
    }
    assert "W214" not in codes(check(changes))


def test_a_target_in_words_may_have_words_as_result(check: Check) -> None:
    target = {
        "name": "Handling of complaints",
        "current_value": "2 points",
        "target_value": "at least 4 points",
        "scoring_rule": "Two supervisors rate five answers from 1 to 5",
        "weight": "0",
        "due_date": "2026-06-30",
    }
    changes = {"targets.+": target, "months.0.indicators.+": {"target_ref": "T3", "actual": "good"}}
    assert errors(check(changes)) == []


def test_a_step_of_the_procedure_may_follow_work_below_the_standard(check: Check) -> None:
    assert check({"interviews.1.next_step": "formal_procedure"}).problems == ()


def test_the_letter_may_say_that_shortfalls_are_carried_and_needs_to_know_how_months_count(read: Any) -> None:
    mistyped = read(SHORT.replace("unit: CNY,", "unit: CNY, accumulation: total,"))
    assert ("E103", "targets.0.accumulation") in errors(mistyped)
    assert mistyped.blocked == {"letter"}
