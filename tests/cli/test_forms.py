"""``docgen forms`` and ``docgen schema``."""

from __future__ import annotations

import json

import jsonschema
import pytest
from click.testing import CliRunner

from docgen.cli.app import app
from docgen.definitions.load import load_definitions


def output(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_forms_and_sheets_are_listed() -> None:
    listed = output("forms", "--language", "en")
    definitions = load_definitions()
    assert all(form.title.en in listed for form in definitions.forms.values())
    assert all(name in listed for name in definitions.sheets)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["letter", "plan", "monthly", "notes"])
def test_a_form_is_described_with_all_it_requires_prints_and_checks(name: str, language: str) -> None:
    described = output("forms", name, "--language", language)
    form = load_definitions().forms[name]
    assert all(f"{sheet}.{one.field}" in described for sheet, many in form.requires.items() for one in many)
    named = (*form.prints.items(), *form.keeps.items())
    assert all(f"{sheet}.{field}" in described for sheet, fields in named for field in fields)
    assert "E101" in described and "{{" not in described and "{%" not in described


@pytest.mark.parametrize("name", load_definitions().forms)
def test_conditions_are_told_in_words_and_what_docgen_fills_in_is_marked(name: str) -> None:
    definitions = load_definitions()
    required = definitions.forms[name].requires
    assert {one.when.source for many in required.values() for one in many if one.when} <= definitions.conditions.keys()
    described = output("forms", name, "--language", "en")
    assert "party !=" not in described and "sometimes, when" not in described
    lines = {line.split()[0]: line for line in described.splitlines() if line.startswith("case.")}
    assert "by docgen" in lines["case.case_id"] and "by docgen: Confidential" in lines["case.confidentiality"]
    assert "typed" in lines["case.department"]


def test_a_sheet_is_described_with_all_its_fields() -> None:
    described = output("forms", "targets", "--language", "zh")
    assert all(field.label.zh in described for field in load_definitions().sheets["targets"].fields.values())


def test_what_is_recorded_is_told_with_the_command_that_records_it() -> None:
    assert "one for each closed case" in output("forms", "--language", "en")
    for name in ("outcome", "case"):
        assert "docgen close --outcome" in output("forms", name, "--language", "zh")
    assert "closed_on" not in output("schema", "--language", "en"), "nobody types it"


def test_an_unknown_form_is_told_with_the_nearest() -> None:
    result = CliRunner().invoke(app, ["forms", "leter", "--language", "en"])
    assert result.exit_code == 2 and "did you mean 'letter'?" in result.stderr


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_schema_is_a_schema(language: str) -> None:
    schema = json.loads(output("schema", "--language", language))
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
