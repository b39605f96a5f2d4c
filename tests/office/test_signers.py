"""Who signs a paper, as far as its record tells; whom a confirmation leaves out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from docgen.model.case import Case
from docgen.model.issued import Holder, Issued, Signatory
from docgen.model.problems import Words
from docgen.model.returned import Signer
from docgen.office.signers import Role, lacking, roles, signers_of
from docgen.paper import Paper
from tests.office.pack_help import DEFINITIONS, SETTINGS, paper


def who(issued: Issued, **settings: Any) -> tuple[Role, ...]:
    return roles(issued, DEFINITIONS, {**SETTINGS, **settings})


def due(issued: Issued, **settings: Any) -> list[str]:
    return [role.key for role in who(issued, **settings) if role.is_due]


@pytest.mark.parametrize("form", ["letter", "plan", "monthly"])
def test_all_signers_of_a_form_are_due_in_the_order_of_its_block(form: str) -> None:
    assert due(paper("E1-1-X", form)) == list(DEFINITIONS.forms[form].signers)


def test_on_notes_of_a_talk_recorder_and_companion_may_be_missing() -> None:
    found = who(paper("E1-1-N-1", "notes"))
    assert [role.key for role in found if role.is_due] == ["employee", "interviewer"]
    assert {"recorder", "companion"} <= {role.key for role in found}


def test_of_a_department_its_head_signs_opposite_the_company() -> None:
    whole = replace(paper("D1-1-L"), holder=Holder("Sales"))
    assert due(whole) == ["company", "supervisor", "department_head", "hr"]


def test_the_company_is_due_where_both_sides_must_sign() -> None:
    assert "company" not in due(paper("E1-1-L")) and "company" in [role.key for role in who(paper("E1-1-L"))]
    assert due(paper("E1-1-L"), letter_effect="agreement")[0] == "company"


def test_further_signers_of_the_settings_are_due_on_their_forms() -> None:
    extra = [{"role": Words("Works council", "工会代表"), "forms": ["letter"]}, {"role": "Legal", "forms": None}]
    *_, works, legal, company = who(paper("E1-1-L"), extra_signers=extra)
    assert (works.key, works.label.zh, works.is_due) == ("Works council", "工会代表", True)
    assert (legal.key, legal.is_due) == ("Legal", True) and (company.key, company.is_due) == ("company", False)
    assert due(paper("E1-1-P", "plan"), extra_signers=extra)[-1] == "Legal"


def test_who_must_sign_is_what_the_paper_printed_whatever_the_settings_say_today() -> None:
    printed = (Signatory("company"), Signatory("employee"), Signatory("Works council", "Works council", "工会代表"))
    letter = replace(paper("E1-1-L"), signers=printed)
    found = who(letter, extra_signers=[{"role": "Legal", "forms": None}])
    assert [role.key for role in found if role.is_due] == ["company", "employee", "Works council"]
    assert next(role.label for role in found if role.key == "Works council").zh == "工会代表"
    assert len(found) == 3, "nobody else has a line on it"
    talk = who(replace(paper("E1-1-N-1", "notes"), signers=(Signatory("employee"),)))
    assert [role.key for role in talk] == ["employee", "recorder", "companion"], "but for those who may join a talk"


@pytest.mark.parametrize(
    ("talk", "expected"),
    [
        ({}, ["employee", "interviewer"]),
        ({"interviewer": "Li", "recorder": "Li"}, ["employee", "interviewer"]),
        ({"interviewer": "Li", "recorder": "Wu"}, ["employee", "interviewer", "recorder"]),
        ({"interviewer": "Li", "recorder": "Wu", "companion_offered": True}, ["employee", "interviewer", "recorder"]),
        ({"companion_name": "Zhou"}, ["employee", "interviewer", "companion"]),
    ],
)
def test_of_a_talk_those_must_sign_who_are_named(talk: dict[str, str], expected: list[str]) -> None:
    names = {"party": "employee", "supervisor_name": "Lee", "employee_name": "Wang", "department_head": ""}
    form = DEFINITIONS.forms["notes"]
    found = signers_of(Paper(Case("E1-1", {"case": names}), form, talk, "E1-1-N-1", ("interviews", 0)), SETTINGS)
    assert [one.role for one in found] == expected


def test_of_a_form_that_is_no_longer_defined_nobody_is_known() -> None:
    assert who(paper("E1-1-Z", "a_form_of_old")) == ()


def test_who_refused_or_was_absent_is_accounted_for() -> None:
    found = who(paper("E1-1-M-2026-01", "monthly"))
    signed = [Signer("employee", "refused", "K. Li")]
    assert [role.key for role in lacking(signed, found)] == ["supervisor"]
    assert lacking([*signed, Signer("supervisor", "absent")], found) == []


def test_each_signer_of_the_shipped_forms_has_a_name_in_both_languages() -> None:
    for form in DEFINITIONS.forms.values():
        for role in who(paper("E1-1-X", form.name)):
            assert role.label.en != role.key and role.label.zh != role.key, role
