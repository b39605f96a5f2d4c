"""The shipped forms and templates are without a fault, and ``docgen templates check`` says so, or what is wrong."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.cli.app import app
from docgen.cli.templates_check import total
from docgen.company import NOBODY
from docgen.errors import EnvironmentLacks
from docgen.model.problems import UiLanguage
from docgen.office.offspring import START
from docgen.proofs import surveying
from docgen.proofs.finding import Shelf, by_cause, seen_in
from docgen.proofs.proving import Proofs
from docgen.proofs.reviewing import Reviewed, review
from docgen.proofs.surveying import Survey, Task, survey
from docgen.proofs.trial import Trial
from tests.proofs.plant_help import Plant, company


def test_the_shipped_set_has_no_fault_in_a_small_sample() -> None:
    """A tree of each form, and one PDF; all of them are tried by tests/campaign/test_templates.py."""
    seen = review(NOBODY)
    assert seen.kit and [one.told("en") for one in seen.findings] == []
    proofs = Proofs(seen.kit, seen.shelf)
    findings = []
    for name, form in seen.kit.definitions.forms.items():
        trial = Trial(form, "hostile" if name == "monthly" else "normal", "zh", paper=name == "monthly")
        findings += seen_in(proofs.tried(trial), trial.name)
    assert [one.told("en") for one in by_cause(findings)] == []
    assert proofs.pdfs == 1 and proofs.trees >= 5


def wait(*_: object) -> None:
    time.sleep(60)


def die(*_: object) -> None:
    os._exit(1)


@pytest.mark.skipif(START != "fork", reason="the workers would not know what stands in for their work")
def test_ctrl_c_waits_for_no_worker_and_a_lost_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    began, tasks = time.monotonic(), [Task(NOBODY, "", name, (), False) for name in "abcd"]
    monkeypatch.setattr(surveying, "prove", wait)
    with pytest.raises(KeyboardInterrupt), surveying._workers(2) as each:
        each(tasks, Reviewed(Shelf(None, ()), ()))
        raise KeyboardInterrupt
    monkeypatch.setattr(surveying, "prove", die)
    with pytest.raises(EnvironmentLacks, match="want of memory"), surveying._workers(2) as each:
        [*each(tasks, Reviewed(Shelf(None, ()), ()))]
    assert time.monotonic() - began < 30


def test_a_company_with_a_form_that_cannot_be_read_is_told_so_and_nothing_is_tried(tmp_path: Path) -> None:
    planted = company(tmp_path, [Plant("forms/notes.yaml", "code: N", "code: notes", "")])
    found = survey(planted, review(planted), ("notes",), ("en",))
    assert not found.is_clean and found.trees == 0
    assert [one.file for one in found.findings] == ["forms/notes.yaml"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_no_document_could_be_made_is_told_in_words(language: UiLanguage) -> None:
    told = total(Survey((), ("notes",)), language)
    assert not re.search(r"\d", told)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_command_tells_place_and_cure_and_ends_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    company(tmp_path, [Plant("forms/notes.yaml", "code: N", "code: notes", "")])
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["templates", "check", "--language", language])
    assert result.exit_code == 1
    assert result.stdout.startswith("forms/notes.yaml:")
    assert {"en": "Nothing could be tried", "zh": "须先修正"}[language] in result.stderr


def test_json_tells_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    company(tmp_path, [Plant("templates/theme.yaml", "", "page:\n  widht: 210\n", "")])
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["templates", "check", "--json"])
    told = json.loads(result.stdout)
    (finding,) = told["findings"]
    assert result.exit_code == 1 and told["format"] == 1 and told["counts"] == {"error": 1, "warning": 0, "info": 0}
    assert (finding["file"], finding["line"], finding["severity"]) == ("templates/theme.yaml", 2, "error")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--set", "standrd"], "standard"),
        (["--language-of-documents", "fr"], "en, zh, both"),
        (["--forms", "leter"], "letter"),
    ],
)
def test_an_unknown_name_is_refused_with_those_that_are_known(options: list[str], said: str) -> None:
    result = CliRunner().invoke(app, ["templates", "check", *options, "--language", "en"])
    assert result.exit_code == 2 and said in result.stderr
