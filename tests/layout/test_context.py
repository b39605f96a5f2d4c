"""What a template may speak of follows from the case and the one month or talk of the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from docgen.layout.context import Mode, Stamp, context, signers
from docgen.model.case import Case, Code, Gap
from docgen.model.problems import Words
from tests.sample_help import checked, definitions, kit

STAMP = Stamp("S1-P", 1, date(2026, 1, 5))
NOTICE = {"letter_effect": "notice"}
NOBODY: dict[str, Any] = {
    "party": "employee",
    "department_head": None,
    "supervisor_name": "Li",
    "employee_name": "Wang",
}


def names(form: str, row: Mapping[str, Any] | None = None) -> dict[str, Any]:
    values = checked().case.values
    return context(
        checked().case, definitions().forms[form], row or values["case"], kit().settings, STAMP, definitions(), "final"
    )


def signing(form: str, case: Mapping[str, Any], row: Mapping[str, Any], **settings: Any) -> list[str]:
    made = signers(definitions().forms[form], {**NOBODY, **case}, row, {**NOTICE, **settings})
    return [one["key"] or one["role"] for one in made]


def test_a_template_knows_the_whole_case_and_what_it_is_called() -> None:
    known = names("letter")
    assert set(checked().case.values) <= set(known)
    assert (known["number"], known["revision"], known["issued"]) == ("S1-P", 1, date(2026, 1, 5))


def test_nothing_but_plain_data_is_handed_to_a_template() -> None:
    assert not [name for name, value in names("letter").items() if callable(value)]


def test_a_monthly_plan_knows_its_month_the_one_before_and_the_support_due_in_it() -> None:
    january, february = checked().case.values["months"]
    known = names("monthly", february)
    assert (known["month"]["month"], known["previous"]["month"]) == (february["month"], january["month"])
    assert [item["by_date"] for item in known["due_support"]] == [date(2026, 2, 13)]
    assert [item["by_date"] for item in names("monthly", january)["due_support"]] == [date(2026, 1, 30)]
    assert names("monthly", january)["previous"] is None


def test_a_draft_shows_the_rows_that_a_typed_row_lacks() -> None:
    values = checked().case.values
    bare = {**values["gaps"][0], "causes": [], "evidence": []}
    case = replace(checked().case, values={**values, "gaps": [bare]})
    made = context(case, definitions().forms["plan"], values["case"], kit().settings, STAMP, definitions(), "draft")
    (gap,) = made["gaps"]
    assert isinstance(gap["causes"][0]["description"], Gap) and isinstance(gap["evidence"][0]["fact"], Gap)
    assert gap["options"] == values["gaps"][0]["options"]


@pytest.mark.parametrize("decision", ["exclude", "refer"])
def test_a_draft_misses_nothing_below_a_gap_that_the_plan_leaves_out(decision: str) -> None:
    values = checked().case.values
    bare = {**values["gaps"][0], "decision": decision, "causes": [], "evidence": [], "options": []}
    case = replace(checked().case, values={**values, "gaps": [bare]})
    made = context(case, definitions().forms["plan"], values["case"], kit().settings, STAMP, definitions(), "draft")
    assert made["gaps"] == [bare]


@pytest.mark.parametrize("mode", ["draft", "blank"])
def test_a_month_of_absence_misses_no_measures(mode: Mode) -> None:
    bare = {**checked().case.values["months"][1], "measures": []}
    for absent, missing in ((None, True), (Code("leave", "absence"), False)):
        row = {**bare, "absent": absent}
        made = context(checked().case, definitions().forms["monthly"], row, kit().settings, STAMP, definitions(), mode)
        assert bool(made["month"]["measures"]) is missing


def test_a_month_that_is_a_gap_has_no_support_due() -> None:
    row = {**checked().case.values["months"][0], "month": Gap("months.month", ())}
    assert names("monthly", row)["due_support"] == []


def test_a_talk_knows_its_times_and_the_figures_of_the_month_before() -> None:
    launch, monthly = checked().case.values["interviews"]
    known = names("notes", monthly)
    assert known["times"] == "10:00–10:50"
    assert [row["actual"].number for row in known["figures"]] == [16800, 72, 46]
    assert known["held"]
    assert [item["by_date"] for item in known["due_support"]] == [date(2026, 1, 30)]
    before = names("notes", launch)
    assert (before["figures"], before["held"], before["due_support"]) == ([], False, [])


def test_a_talk_without_times_has_none() -> None:
    row = {**checked().case.values["interviews"][0], "start": None, "end": None}
    assert names("notes", row)["times"] is None


def test_a_talk_is_held_once_one_of_its_results_or_actions_is_there() -> None:
    launch = checked().case.values["interviews"][0]
    assert names("notes", {**launch, "progress": "improved"})["held"]
    assert names("notes", {**launch, "actions": [{"what": "x"}]})["held"]


def test_the_final_talk_compares_with_the_targets_of_the_whole_case() -> None:
    results = [
        {"target_id": target, "target_value": 9, "rate": Decimal(rate)}
        for target, rate in (("T1", 80), ("T2", 100), ("T3", 50))
    ]
    known = names("notes", {**checked().case.values["interviews"][0], "type": "final", "results": results})
    assert [row["month_target"] for row in known["figures"]] == [9, 9, 9]
    assert known["total_rate"] == 75  # the weights are 50, 20 and 30
    results[0] = {**results[0], "rate": None}
    known = names("notes", {**checked().case.values["interviews"][0], "type": "final", "results": results})
    assert known["total_rate"] is None


# Who signs


def test_the_signers_of_a_form_sign_in_its_order() -> None:
    assert signing("letter", {}, {}) == list(definitions().forms["letter"].signers)


def test_the_seal_is_asked_of_the_department_head_where_asked_at_all() -> None:
    form, case = definitions().forms["letter"], {**NOBODY, "department_head": "Zhao"}
    sealed = [one for one in signers(form, case, {}, {**NOTICE, "seal_required": True}) if one["seal"]]
    assert [(one["key"], one["name"]) for one in sealed] == [("department_head", "Zhao")]
    assert not [one for one in signers(form, case, {}, NOTICE) if one["seal"]]


def test_where_both_sides_must_agree_the_company_signs_the_letter_first() -> None:
    agreed = signing("letter", {}, {}, letter_effect="agreement")
    assert agreed == ["company", *definitions().forms["letter"].signers]
    assert "company" not in signing("plan", {}, {}, letter_effect="agreement")


@pytest.mark.parametrize(
    ("department", "settings", "contact"),
    [
        ({"objection_contact": "Qian"}, {"objection_contact": "Sun"}, "Qian"),
        ({}, {"objection_contact": "Sun"}, "Sun"),
        ({}, {}, "Li"),
    ],
)
def test_an_objection_goes_to_the_nearest_contact(
    department: dict[str, Any], settings: dict[str, Any], contact: str
) -> None:
    case = {**checked().case.values["case"], "department": "销售部", "hr_contact": "Li"}
    values = {**kit().settings, "objection_contact": None, "departments": {"销售部": department}, **settings}
    form = definitions().forms["letter"]
    made = context(
        Case("S1", {**checked().case.values, "case": case}), form, case, values, STAMP, definitions(), "final"
    )
    assert made["objection_contact"] == contact


@pytest.mark.parametrize(
    ("typed", "known"),
    [("周曼 / Mandy Zhou", Words("Mandy Zhou", "周曼")), ("Li", "Li"), (None, None)],
)
def test_an_hr_contact_in_two_languages_is_known_as_the_office_gave_it(typed: str | None, known: object) -> None:
    values = {**checked().case.values["case"], "department": "销售部", "hr_contact": typed}
    office = {**kit().settings, "departments": {"销售部": {"hr_contact": Words("Mandy Zhou", "周曼")}}}
    case = Case("S1", {**checked().case.values, "case": values})
    made = context(case, definitions().forms["letter"], values, office, STAMP, definitions(), "final")
    assert made["case"]["hr_contact"] == known


def test_of_a_department_its_head_signs_for_it_and_the_company_opposite() -> None:
    found = signing("letter", {"party": "department"}, {})
    assert "employee" not in found
    assert found[0] == "company" and "department_head" in found
    case = {**NOBODY, "party": "department"}
    made = signers(definitions().forms["letter"], case, {}, {**NOTICE, "seal_required": True})
    assert [one["key"] for one in made if one["seal"]] == ["company"]


def test_the_head_of_the_company_does_not_sign_twice_whatever_the_language_of_the_name() -> None:
    name = Words("Shen Zhiyuan", "沈知远")
    case = {"party": "department", "department_head": "戴某", "supervisor_name": "沈知远"}
    assert "supervisor" not in signing("letter", case, {}, company_representative=name)
    assert "supervisor" in signing("letter", {**case, "supervisor_name": "李某"}, {}, company_representative=name)


@pytest.mark.parametrize(
    ("row", "signs"),
    [
        ({}, False),
        ({"companion_name": "Sun"}, True),
        ({"companion_offered": True}, True),
        ({"companion_offered": False}, False),
    ],
)
def test_a_companion_signs_where_one_is_named_or_offered(row: dict[str, Any], signs: bool) -> None:
    assert ("companion" in signing("notes", {}, row)) is signs


@pytest.mark.parametrize(
    ("row", "signs"),
    [
        ({"interviewer": "Li", "recorder": "Zhou"}, True),
        ({"interviewer": "Li", "recorder": "Li"}, False),
        ({"interviewer": None, "recorder": None}, True),
    ],
)
def test_who_leads_and_records_a_talk_signs_once(row: dict[str, Any], signs: bool) -> None:
    assert ("recorder" in signing("notes", {}, row)) is signs


def test_extra_signers_sign_the_forms_they_are_named_for() -> None:
    extra = [{"role": "Union", "name": "Qian", "forms": ["letter"]}, {"role": "Legal", "name": None, "forms": []}]
    assert signing("letter", {}, {}, extra_signers=extra)[-2:] == ["Union", "Legal"]
    assert signing("plan", {}, {}, extra_signers=extra)[-1:] == ["Legal"]


def test_a_name_that_is_a_gap_leaves_the_line_empty() -> None:
    case = {**NOBODY, "department_head": Gap("case.department_head", ())}
    made = signers(definitions().forms["letter"], case, {}, NOTICE)
    assert [one["name"] for one in made if one["key"] == "department_head"] == [""]


@pytest.mark.parametrize("form", ["monthly", "notes"])
def test_of_a_department_its_head_signs_plans_and_talks_without_the_company_or_its_seal(form: str) -> None:
    case = {**NOBODY, "party": "department", "department_head": "Dai", "supervisor_name": "Shen"}
    row = {"interviewer": "Shen", "recorder": "Shen"}
    settings = {**NOTICE, "company_representative": "Shen", "seal_required": True}
    made = signers(definitions().forms[form], case, row, settings)
    keys = {"monthly": ["department_head", "supervisor"], "notes": ["department_head", "interviewer"]}
    assert [one["key"] for one in made] == keys[form]
    assert not [one for one in made if one["seal"]]
