"""The commented file that a person starts from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions
from docgen.model.problems import UiLanguage
from docgen.office.starter import starting_file, starting_settings
from docgen.sources.settings import read_settings


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions()


def read(text: str) -> dict[str, object]:
    content = yaml.safe_load(text)
    assert isinstance(content, dict)
    return content


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("with_optional", [False, True])
@pytest.mark.parametrize("forms", [["letter"], ["letter", "plan"], ["monthly"], ["notes"]])
def test_it_is_yaml_with_known_names_only(
    definitions: Definitions, forms: list[str], language: UiLanguage, with_optional: bool
) -> None:
    def check(name: str, content: object) -> None:
        sheet = definitions.sheets[name]
        rows = content if isinstance(content, list) else [content]
        assert isinstance(content, list) is not sheet.single
        for row in rows:
            assert isinstance(row, dict)
            assert set(row) <= set(sheet.fields) | set(sheet.children)
            for child in set(row) & set(sheet.children):
                check(child, row[child])

    for name, content in read(starting_file(definitions, forms, language, with_optional, "case.yaml")).items():
        check(name, content)


def test_every_field_is_left_for_the_person_to_fill_in(definitions: Definitions) -> None:
    case = read(starting_file(definitions, ["letter"], "en", False, "case.yaml"))["case"]
    assert isinstance(case, dict) and "employee_name" in case
    assert set(case.values()) == {None}


def test_what_docgen_fills_in_is_asked_for_only_with_optional(definitions: Definitions) -> None:
    assert "  case_id:" not in starting_file(definitions, ["letter"], "en", False, "case.yaml").splitlines()
    assert "  case_id:" in starting_file(definitions, ["letter"], "en", True, "case.yaml").splitlines()


def test_only_what_the_forms_need_is_asked_for(definitions: Definitions) -> None:
    assert "gaps" not in read(starting_file(definitions, ["letter"], "en", False, "case.yaml"))
    assert "gaps" in read(starting_file(definitions, ["plan"], "en", False, "case.yaml"))


@pytest.mark.parametrize(("language", "other"), [("en", "zh"), ("zh", "en")])
def test_labels_and_hints_are_in_the_language_asked_for(
    definitions: Definitions, language: UiLanguage, other: UiLanguage
) -> None:
    text = starting_file(definitions, ["letter", "plan"], language, False, "case.yaml")
    unit = definitions.sheets["targets"].fields["data_source"]
    assert unit.hint[language] in text and unit.hint[other] not in text


def test_the_codes_of_a_choice_are_named_with_their_labels(definitions: Definitions) -> None:
    assert "raise_level = " in starting_file(definitions, ["plan"], "en", False, "case.yaml")


def test_it_says_what_to_do_next(definitions: Definitions) -> None:
    assert "docgen check my.yaml" in starting_file(definitions, ["letter"], "zh", False, "my.yaml")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_settings_file_to_start_from_names_every_setting_and_holds_no_fault(
    definitions: Definitions, language: UiLanguage, tmp_path: Path
) -> None:
    text = starting_settings(definitions, language)
    assert all(f"{name}:" in text for name in definitions.settings)
    (tmp_path / "docgen.yaml").write_text(text, "utf-8")
    settings, problems = read_settings(tmp_path / "docgen.yaml", definitions)
    assert problems == () and settings == read_settings(None, definitions)[0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_commented_settings_are_right_once_they_are_uncommented(
    definitions: Definitions, language: UiLanguage, tmp_path: Path
) -> None:
    switched_off = re.compile(r"# (\w+): \S.*")
    lines = [line for line in starting_settings(definitions, language).splitlines() if switched_off.fullmatch(line)]
    named = [line.removeprefix("# ") for line in lines if line.split()[1].rstrip(":") in definitions.settings]
    assert len(named) > 10
    (tmp_path / "docgen.yaml").write_text("\n".join(named), "utf-8")
    assert [problem.message.en for problem in read_settings(tmp_path / "docgen.yaml", definitions)[1]] == []
