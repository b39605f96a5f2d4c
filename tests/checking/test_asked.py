"""Which fields a person is asked to type."""

from __future__ import annotations

import pytest

from docgen.checking.asked import Asked, asked
from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions()


def names(choice: Asked, sheet: str) -> set[str]:
    return {of.name for of in choice.fields(choice.definitions.sheets[sheet])}


def test_what_docgen_fills_in_is_asked_for_only_with_optional(definitions: Definitions) -> None:
    assert "case_id" not in names(asked(definitions, ["letter"], False), "case")
    assert "case_id" in names(asked(definitions, ["letter"], True), "case")


def test_a_sheet_that_no_form_needs_is_not_asked_for(definitions: Definitions) -> None:
    sheet = definitions.sheets["gaps"]
    assert not asked(definitions, ["letter"], False).holds(sheet)
    assert asked(definitions, ["plan"], False).holds(sheet)
    assert [child.name for child in asked(definitions, ["plan"], False).children(sheet)] == [*sheet.children]


def test_only_what_every_form_can_do_without_may_be_empty(definitions: Definitions) -> None:
    fields = definitions.sheets["case"].fields
    choice = asked(definitions, ["letter"], True)
    assert choice.may_be_empty(fields["case_id"]) and not choice.may_be_empty(fields["issue_date"])
