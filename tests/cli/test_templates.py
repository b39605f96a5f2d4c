"""``docgen init`` and ``docgen templates list | copy | diff`` as a person uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.cli.app import app
from docgen.definitions.load import load_definitions
from docgen.sources.settings import read_settings


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "company"
    assert CliRunner().invoke(app, ["init", str(folder), "--language", "zh"]).exit_code == 0
    monkeypatch.chdir(folder)
    return folder


def test_init_makes_settings_that_hold_and_places_for_the_rest(company: Path) -> None:
    settings, problems = read_settings(company / "docgen.yaml", load_definitions())
    assert not problems
    assert (settings["default_language"], settings["set"], settings["out"]) == ("zh", "standard", "out")
    text = (company / "docgen.yaml").read_text("utf-8")
    assert "公司名称" in text and all(f"{name}:" in text for name in load_definitions().settings)
    assert "信笺" in (company / "templates" / "README.txt").read_text("utf-8")
    assert (company / "forms" / "README.txt").is_file()


def test_init_touches_nothing_that_is_there(company: Path) -> None:
    before = (company / "docgen.yaml").read_bytes()
    result = CliRunner().invoke(app, ["init", str(company)])
    assert result.exit_code == 2 and "there is a company's folder already" in result.output
    assert (company / "docgen.yaml").read_bytes() == before


def test_what_a_stopped_init_left_is_completed_by_the_next(company: Path) -> None:
    (company / "docgen.yaml").unlink()  # it is put in its place last
    (company / "templates" / "README.txt").unlink()
    (company / "forms" / "README.txt").write_text("mine", "utf-8")
    result = CliRunner().invoke(app, ["init", str(company)])
    written = [Path(line).name for line in result.stdout.splitlines()]
    assert result.exit_code == 0 and written == ["README.txt", "docgen.yaml"]
    assert (company / "forms" / "README.txt").read_text("utf-8") == "mine"


def test_init_needs_a_name_and_says_whose_folder_it_lies_in(company: Path) -> None:
    unnamed = CliRunner().invoke(app, ["init", " "])
    assert unnamed.exit_code == 2 and "COMPANY is empty" in unnamed.output
    within = CliRunner().invoke(app, ["init", "北京", "--language", "zh"])
    assert within.exit_code == 0 and f"位于另一公司的文件夹中（{company / 'docgen.yaml'}）" in within.output


def test_copy_then_list_then_diff(company: Path) -> None:
    run = CliRunner()
    assert run.invoke(app, ["templates", "copy", "letter.html", "wording.zh.yaml"]).exit_code == 0
    rows = json.loads(run.invoke(app, ["templates", "list", "--json"]).stdout)["files"]
    assert {row["name"] for row in rows if row["state"] == "copy"} == {"letter.html", "wording.zh.yaml"}
    own = company / "templates" / "letter.html"
    own.write_text(own.read_text("utf-8").replace('class="clause"', 'class="note"', 1), "utf-8")
    told = run.invoke(app, ["templates", "diff", "letter.html"]).stdout
    assert '-<p class="clause">' in told and '+<p class="note">' in told
    assert run.invoke(app, ["templates", "diff", "letter.html", "--settled"]).exit_code == 0


def test_list_is_in_the_users_language_and_says_where_files_lie(company: Path) -> None:
    (company / "templates" / "theme.yaml").write_text("sizes: {body: 11}\n", "utf-8")
    result = CliRunner().invoke(app, ["templates", "list", "--language", "zh"])
    line = next(line for line in result.stdout.splitlines() if "theme.yaml" in line)
    assert "逐项覆盖" in line and str(company / "templates" / "theme.yaml") in line
    assert "1 项来自公司文件夹" in result.stderr


def test_without_a_company_nothing_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["templates", "copy", "letter.html"])
    assert result.exit_code == 2 and "docgen init" in result.output


def test_names_lists_what_a_word_form_may_print_in_both_languages(company: Path) -> None:
    told = CliRunner().invoke(app, ["templates", "names", "notes", "--json"])
    names = [(one["zh"], one["en"]) for one in json.loads(told.stdout)["names"]]
    assert {("个案.姓名", "case.employee_name"), ("目标[].权重", "targets[].weight"), ("面谈", "interview")} <= set(
        names
    )
    shown = CliRunner().invoke(app, ["templates", "names", "notes", "--language", "zh"])
    assert "document_number" not in shown.stdout and "{{ 姓名 }}" in shown.output
    assert "个案.姓名" in shown.stdout and "{%tr for 行 in 目标 %}" in shown.output
    wrong = CliRunner().invoke(app, ["templates", "names", "note"])
    assert wrong.exit_code == 2 and "did you mean 'notes'" in wrong.output
