"""A company's own wording is looked through with its cases: told once a run, blocking where it is faulty."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from docgen.company import NOBODY, Company
from docgen.definitions.load import load_definitions
from docgen.layout.findings import FaultySet
from docgen.model.problems import Problem, Severity
from docgen.office.reviewing import template_problems
from docgen.office.run import Run, load_run, office_near
from docgen.sources.cases import read_cases

DEFINITIONS = load_definitions()
SHORT = Path(__file__).parents[2] / "samples" / "short.yaml"
RISKY = {"en": "not_a_contract: {uk: 'a deemed agreed b'}", "zh": "not_a_contract: {uk: 甲}"}
FAULTY = {"en": "date: '{{ polcy }}'", "zh": "date: '{{ polcy }}'"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docgen.yaml").write_text("company_name: Qinghe Instruments\n", encoding="utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "short.yaml").write_bytes(SHORT.read_bytes())
    return tmp_path


def say(folder: Path, wording: dict[str, str]) -> None:
    for language, text in wording.items():
        (folder / "templates" / f"wording.{language}.yaml").write_text(text, encoding="utf-8")


def run(folder: Path) -> Run:
    return load_run(read_cases([folder / "short.yaml"], DEFINITIONS), DEFINITIONS, [], date(2026, 3, 1))


def told(folder: Path) -> list[Problem]:
    return [one for one in run(folder).all_problems if one.code in ("E260", "W260", "W261")]


def test_who_has_no_templates_of_its_own_is_told_nothing(folder: Path) -> None:
    assert template_problems({}, NOBODY, DEFINITIONS) == ()
    assert template_problems({}, Company(folder), DEFINITIONS) == ()


def test_who_has_forms_of_its_own_is_told_that_the_template_of_one_is_missing(folder: Path) -> None:
    (folder / "templates").rmdir()
    (folder / "forms").mkdir()
    (folder / "forms" / "letter.yaml").write_text("extends: shipped\ntemplate: leter.html\n", "utf-8")
    company = Company(folder)
    (told,) = template_problems({}, company, load_definitions(company.forms))
    assert str(told.position) == f"{folder / 'forms' / 'letter.yaml'}:2:1" and "letter.html" in told.message.en


def test_a_risky_phrase_is_told_once_with_its_file(folder: Path) -> None:
    say(folder, RISKY)
    (problem,) = told(folder)
    assert (problem.code, problem.severity) == ("W260", Severity.WARNING)
    assert str(problem.position) == f"{folder / 'templates' / 'wording.en.yaml'}:1:25"


def test_a_warning_can_be_accepted_with_a_reason(folder: Path) -> None:
    say(folder, RISKY)
    with (folder / "docgen.yaml").open("a", encoding="utf-8") as settings:
        settings.write("accept: [{rule: W260, reason: agreed with counsel}]\n")
    assert told(folder) == []


def test_an_error_cannot_be_accepted_and_blocks_every_document(folder: Path) -> None:
    say(folder, FAULTY)
    assert {(one.code, one.severity) for one in told(folder)} == {("E260", Severity.ERROR)}
    office = run(folder).cases[0][1]
    assert any(one.severity is Severity.ERROR for one in office.problems)


def test_a_faulty_theme_is_told_with_its_place(folder: Path) -> None:
    (folder / "templates" / "theme.yaml").write_text("colors: {inkk: black}\n", encoding="utf-8")
    (problem,) = told(folder)
    assert problem.code == "E260" and str(problem.position) == f"{folder / 'templates' / 'theme.yaml'}:1:1"


def test_a_kit_of_a_faulty_company_is_not_made(folder: Path) -> None:
    say(folder, FAULTY)
    with pytest.raises(FaultySet, match=r"wording\.en\.yaml:1: There is no value 'polcy' here"):
        assert office_near(folder, DEFINITIONS).kit
