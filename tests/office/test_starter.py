"""The commented file that a person starts from."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from docgen.checking.validate import Checker
from docgen.company import find_settings
from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions
from docgen.model.problems import UiLanguage
from docgen.office.run import has_errors
from docgen.office.starter import starting_file, starting_settings
from docgen.sources.cases import read_cases
from docgen.sources.settings import read_settings

DEFINITIONS = load_definitions()


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


def filled_in(text: str) -> str:
    """The file with the example of each comment typed into the field below it, as somebody in a hurry would."""
    lines: list[str] = []
    example = ""
    for line in text.splitlines():
        if line.lstrip().startswith("#  - "):  # the example of a list stands below its field
            lines[-1] += f" [{line.split('- ', 1)[1]}]"
        elif line.lstrip().startswith("#"):
            found = re.search(r"(?:Example: |例：)(.*)", line)
            example = found[1] if found else "" if "──" in line else example
        else:
            lines.append(f'{line} "{example}"' if line.endswith(":") and example else line)
            example = ""
    return "\n".join(lines)


@pytest.mark.parametrize(("language", "department"), [("en", "Sales"), ("zh", "销售部")])
@pytest.mark.parametrize("forms", [["letter"], ["plan"], ["monthly"], ["notes"], ["letter", "plan"]])
def test_filled_in_with_its_own_examples_it_holds_no_error(
    definitions: Definitions, forms: list[str], language: UiLanguage, department: str, tmp_path: Path
) -> None:
    (tmp_path / "case.yaml").write_text(
        filled_in(starting_file(definitions, forms, language, False, "case.yaml")), "utf-8"
    )
    (tmp_path / "docgen.yaml").write_text(
        f"company_name: X\ndepartments: {{{department}: {{department_head: K, hr_contact: J}}}}\n", "utf-8"
    )
    (record,) = read_cases([tmp_path / "case.yaml"], DEFINITIONS).records
    settings, problems = read_settings(find_settings(tmp_path / "case.yaml"), definitions)
    assert problems == ()
    for asked in (forms, None):
        checked = Checker(definitions).validate(record, settings, asked, date(2026, 3, 1))
        assert [f"{one.code} {one.path}" for one in checked.problems if has_errors([one])] == []
        assert set(checked.forms) >= set(forms)


def test_notes_ask_for_the_talk_and_not_for_months(definitions: Definitions) -> None:
    content = read(starting_file(definitions, ["notes"], "en", False, "case.yaml"))
    assert content["interviews"] == [{"type": None, "date": None}]
    assert "months" not in content and "support" not in content  # a support would ask for a letter


def test_a_month_and_what_its_rows_refer_to_are_asked_for(definitions: Definitions) -> None:
    text = starting_file(definitions, ["monthly"], "en", False, "case.yaml")
    months = read(text)["months"]
    assert isinstance(months, list) and "month" in months[0]
    assert months[0]["indicators"] == [{"target_ref": None, "actual": None}]
    assert "# Target (optional)" not in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_settings_file_to_start_from_names_every_setting_and_holds_no_fault(
    definitions: Definitions, language: UiLanguage, tmp_path: Path
) -> None:
    text = starting_settings(definitions, language)
    assert all(f"{name}:" in text for name in definitions.settings)
    (tmp_path / "docgen.yaml").write_text(text, "utf-8")
    settings, problems = read_settings(tmp_path / "docgen.yaml", definitions)
    assert problems == () and settings == {**read_settings(None, definitions)[0], "default_language": language}


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
