"""Invented cases are made of the definitions alone, typed and derived as real ones, and lack nothing a form needs."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from docgen.checking.invented import HAN, HOSTILE, KINDS, LATIN, Kind
from docgen.checking.specimens import Specimens, with_examples
from docgen.checking.validate import Checker
from docgen.definitions.definition import Requirement
from docgen.definitions.fields import parse
from docgen.definitions.load import load_definitions
from docgen.model.case import Case, Quantity
from docgen.model.problems import Severity
from docgen.sources.settings import read_settings

DEFINITIONS = load_definitions()
SETTINGS, _ = read_settings(None, DEFINITIONS)
FORMS = tuple(DEFINITIONS.forms)


@cache
def specimens() -> Specimens:
    return Specimens(DEFINITIONS, Checker(DEFINITIONS))


def case(kind: Kind, form: str, language: str = "en") -> Case:
    return specimens().checked(kind, DEFINITIONS.forms[form], language, SETTINGS).case


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_specimen_lacks_nothing_that_its_form_needs(kind: Kind, form: str) -> None:
    for language in ("en", "zh"):
        made = case(kind, form, language)
        assert [gap.field for gap in made.missing if gap.concerns(form)] == []
        assert made.language == language


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_case_breaks_no_rule_of_the_data_that_keeps_it_from_being_issued(form: str) -> None:
    checked = specimens().checked("empty", DEFINITIONS.forms[form], "zh", SETTINGS)
    errors = [one for one in checked.problems if one.severity is Severity.ERROR and one.path[:1] != ("settings",)]
    assert [(one.code, one.path) for one in errors] == []


def test_the_empty_case_has_fewer_rows_and_texts_than_the_normal_one() -> None:
    empty, normal = case("empty", "plan"), case("normal", "plan")
    assert (len(empty.values["targets"]), len(normal.values["targets"])) == (1, 2)
    assert empty.values["case"]["reward_terms"] is None and normal.values["case"]["reward_terms"]


def test_a_normal_case_holds_the_examples_in_the_language_of_its_documents() -> None:
    assert case("normal", "letter", "en").values["case"]["department"] == "Sales"
    assert case("normal", "letter", "both").values["case"]["department"] == "销售部"


def test_a_long_case_holds_long_texts_and_figures_within_their_limits() -> None:
    for language, prose in (("en", LATIN), ("zh", HAN)):
        target = case("longest", "letter", language).values["targets"][0]
        assert len(target["name"]) == 100 and target["name"][:20] == prose[:20]
        assert isinstance(target["current_value"], Quantity) and target["current_value"].number > 100_000_000


def test_a_hostile_case_holds_markup_braces_and_blanks_as_they_may_be_typed() -> None:
    values = case("hostile", "plan").values
    assert all(sign in values["gaps"][0]["area"] for sign in ("<b>", "&amp;", "{{ 7 * 7 }}", "{%", "\u00ad", "\n"))
    assert values["gaps"][0]["area"] == values["gaps"][0]["area"].strip()
    assert "{{x}}" in values["case"]["employee_name"] and values["case"]["employee_no"] == "S'1&{2}"


def test_characters_that_no_font_can_show_are_left_out() -> None:
    bare = replace(specimens(), unprintable="שלום")
    made = bare.checked("hostile", DEFINITIONS.forms["letter"], "en", SETTINGS).case.values["targets"][0]["name"]
    assert "ש" in HOSTILE and "ש" not in made


def test_each_kind_of_talk_has_a_specimen() -> None:
    kinds = DEFINITIONS.sheets["interviews"].fields["type"].choices
    assert kinds and {row["type"] for row in case("normal", "notes").values["interviews"]} == set(kinds.choices)


def test_a_form_that_needs_more_gets_it_from_its_definition() -> None:
    letter = DEFINITIONS.forms["letter"]
    wanting = replace(letter, requires={**letter.requires, "targets": (Requirement("formula"),), "steps": ()})
    more = replace(DEFINITIONS, forms={**DEFINITIONS.forms, "letter": wanting})
    made = Specimens(more, Checker(more)).checked("empty", wanting, "en", SETTINGS)
    assert made.case.values["targets"][0]["formula"] == "Invoiced sales less returns"


def test_what_an_office_left_open_is_filled_with_the_examples_of_the_settings() -> None:
    filled = with_examples({**SETTINGS, "company_name": "Mine"}, DEFINITIONS, parse, "en")
    assert filled["company_name"] == "Mine" and filled["policy_name"] == "Performance Management Policy"
    assert SETTINGS["policy_name"] is None
