from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions
from docgen.definitions.schema import json_schema, settings_schema
from docgen.marked_yaml import load_marked
from docgen.model.problems import UiLanguage

SAMPLES = Path(__file__).parents[2] / "samples"
NO_CASES = "typed.yaml"
"""What the sample of a year types month by month."""
SOUND = sorted(
    path
    for path in SAMPLES.rglob("*.yaml")
    if path.parent.name not in ("faulty", "templates") and path.name != NO_CASES
)
CASE: dict[str, Any] = {
    "case": {"employee_no": 1024, "strengths": ["x"], "trigger_reason": "raise_level", "period_start": "2026-01-05"},
    "targets": [{"name": "销售额", "target_value": 150000, "weight": 60, "milestones": [{"month": "2026-01"}]}],
}


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions()


def test_the_schemas_are_draft_07(definitions: Definitions) -> None:
    for schema in (json_schema(definitions), settings_schema(definitions, "zh")):
        Draft7Validator.check_schema(schema)
        assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_one_case_or_a_list_of_them_is_accepted(definitions: Definitions) -> None:
    validator = Draft7Validator(json_schema(definitions))
    assert validator.is_valid(CASE)
    assert validator.is_valid([CASE, CASE])
    assert not validator.is_valid({"targets": []})


def test_the_head_of_a_case_that_was_rolled_over_is_accepted(definitions: Definitions) -> None:
    validator = Draft7Validator(json_schema(definitions))
    assert validator.is_valid({"rolled_over": {"month": "2026-04", "from": ["0a" * 32]}, **CASE})
    for head in ("2026-04", {"month": "2026-04"}, {"month": "April", "from": ["0a" * 32]}):
        assert not validator.is_valid({"rolled_over": head, **CASE})


@pytest.mark.parametrize("reason", ["raise_level", "已达标但需提升", None])
def test_choices_are_offered_by_code_and_label(definitions: Definitions, reason: str | None) -> None:
    schema = json_schema(definitions)
    case = {**CASE, "case": {**CASE["case"], "trigger_reason": reason}}
    assert Draft7Validator(schema).is_valid(case)
    assert not Draft7Validator(schema).is_valid({"case": {"trigger_reason": "whim"}})
    offered = schema["definitions"]["case"]["properties"]["trigger_reason"]["enum"]
    assert offered[0] == "below_standard"


def test_every_field_has_its_hint_in_the_language_asked_for(definitions: Definitions) -> None:
    languages: tuple[UiLanguage, ...] = ("en", "zh")
    for language in languages:
        schema = json_schema(definitions, language)
        for sheet in definitions.sheets.values():
            properties = schema["definitions"][sheet.name]["properties"]
            for field in sheet.fields.values():
                assert properties[field.name]["title"] == field.label[language]
                assert properties[field.name]["description"] == field.hint[language]


def test_unknown_names_and_values_out_of_range_are_marked(definitions: Definitions) -> None:
    validator = Draft7Validator(json_schema(definitions))
    assert not validator.is_valid({"case": {"employe_no": "S1"}})
    assert not validator.is_valid({"case": {}, "targets": [{"weight": 101}]})
    settings = Draft7Validator(settings_schema(definitions))
    assert settings.is_valid({"copies": 3, "departments": {"销售部": {"department_head": "顾某"}}, "use_weights": True})
    assert not settings.is_valid({"copie": 3})


@pytest.mark.parametrize("path", SOUND, ids=lambda path: str(path.relative_to(SAMPLES)))
def test_the_samples_are_valid_whether_read_as_text_or_with_types_guessed(path: Path, definitions: Definitions) -> None:
    schema = (settings_schema if path.name == "docgen.yaml" else json_schema)(definitions)
    as_text = load_marked(path.read_bytes(), path.name).data
    guessed = json.loads(json.dumps(yaml.safe_load(path.read_bytes()), default=str))  # an editor knows no dates
    for data in (as_text, guessed):
        assert [error.message for error in Draft7Validator(schema).iter_errors(data)] == []


def test_yes_and_no_among_other_choices_may_come_as_booleans(definitions: Definitions) -> None:
    offered = json_schema(definitions)["definitions"]["checks"]["properties"]["purpose_explained"]["enum"]
    assert {"yes", "partly", "no"} <= set(map(str, offered)) and offered.count(True) == offered.count(False) == 1
    others = json_schema(definitions)["definitions"]["case"]["properties"]["trigger_reason"]["enum"]
    assert not any(isinstance(one, bool) for one in others)
