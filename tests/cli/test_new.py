"""``docgen new``."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from docgen.cli.app import app
from docgen.definitions.load import load_definitions
from docgen.sources.cases import read_cases


def test_a_new_file_is_written_and_the_next_step_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["new", str(tmp_path / "case.yaml"), "--language", "en"])
    assert result.exit_code == 0 and result.stdout == ""
    assert "docgen check" in result.stderr
    assert (tmp_path / "case.yaml").read_text("utf-8").startswith("# A case for docgen.")


def test_a_new_file_in_chinese(tmp_path: Path) -> None:
    CliRunner().invoke(app, ["new", str(tmp_path / "case.yaml"), "--language", "zh"])
    assert (tmp_path / "case.yaml").read_text("utf-8").startswith("# docgen 个案文件。")


def test_a_file_that_is_there_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("mine", "utf-8")
    result = CliRunner().invoke(app, ["new", str(tmp_path / "case.yaml")])
    assert result.exit_code == 2
    assert (tmp_path / "case.yaml").read_text("utf-8") == "mine"


def test_a_dash_writes_to_the_terminal() -> None:
    result = CliRunner().invoke(app, ["new", "-", "--language", "en"])
    assert result.stdout.startswith("# A case for docgen.")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["case.txt"], ".yaml or .xlsx"),
        (["case.yaml", "--rows", "3"], "--rows"),
        (["case.yaml", "--forms", "leter"], "did you mean 'letter'?"),
    ],
)
def test_what_can_not_be_done_is_told(tmp_path: Path, arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(app, ["--language", "en", "new", str(tmp_path / arguments[0]), *arguments[1:]])
    assert result.exit_code == 2 and told in result.stderr
    assert not list(tmp_path.iterdir())


SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.mark.parametrize("layout", ["card", "table"])
def test_a_new_workbook_is_written_and_the_next_step_told(layout: str, tmp_path: Path) -> None:
    file = tmp_path / "team.xlsx"
    result = CliRunner().invoke(app, ["new", str(file), "--layout", layout, "--rows", "3", "--language", "zh"])
    assert result.exit_code == 0 and "docgen check" in result.stderr
    assert "人员" in load_workbook(file).sheetnames
    assert ("员工3" in load_workbook(file).sheetnames) is (layout == "card")


def test_a_workbook_with_the_cases_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "team.xlsx"
    result = CliRunner().invoke(app, ["new", str(file), "--from", str(SAMPLES / "wang.yaml")])
    assert result.exit_code == 0
    assert "王某" in load_workbook(file).sheetnames


def test_what_a_workbook_can_not_hold_is_told(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("case: {employee_no: A1, shoe_size: 43}", "utf-8")
    arguments = ["--language", "en", "new", str(tmp_path / "team.xlsx"), "--from", str(tmp_path / "case.yaml")]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1 and "case.yaml:1:" in result.stderr and "shoe_size" in result.stderr
    assert (tmp_path / "team.xlsx").exists()


def test_no_workbook_is_written_from_a_file_that_can_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("case: [", "utf-8")
    arguments = ["--language", "en", "new", str(tmp_path / "team.xlsx"), "--from", str(tmp_path / "case.yaml")]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1 and "not written" in result.stderr
    assert not (tmp_path / "team.xlsx").exists()


def test_a_workbook_that_is_there_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "team.xlsx").write_text("mine", "utf-8")
    assert CliRunner().invoke(app, ["new", str(tmp_path / "team.xlsx")]).exit_code == 2
    assert (tmp_path / "team.xlsx").read_text("utf-8") == "mine"


def test_the_departments_of_the_office_can_be_chosen(tmp_path: Path) -> None:
    (tmp_path / "docgen.yaml").write_text("departments:\n  Sales: {department_head: K. Chen}\n", "utf-8")
    CliRunner().invoke(app, ["new", str(tmp_path / "team.xlsx"), "--language", "en"])
    lists = load_workbook(tmp_path / "team.xlsx")["Lists"]
    assert "Sales" in [cell.value for row in lists.iter_rows() for cell in row]


def test_whoever_is_only_listed_is_copied_too(tmp_path: Path) -> None:
    source, copy = tmp_path / "people.csv", tmp_path / "team.xlsx"
    source.write_text("Employee number,Employee name,Department\nS1,Ann,Sales\nS2,Bob,Sales\n", "utf-8")
    result = CliRunner().invoke(app, ["new", str(copy), "--from", str(source), "--language", "en"])
    assert (result.exit_code, "Left out" in result.stderr) == (0, False)
    assert [load_workbook(copy)["People"].cell(row, 4).value for row in (4, 5)] == ["Ann", "Bob"]


def test_no_workbook_is_written_while_a_row_is_nobodys(tmp_path: Path) -> None:
    folder, copy = tmp_path / "team", tmp_path / "team.xlsx"
    folder.mkdir()
    (folder / "people.csv").write_text("Employee number,Employee name,Period starts\nS100,Ann,2026-01-05\n", "utf-8")
    (folder / "targets.csv").write_text("Employee number,Indicator\nS100,Sales\nS001,Calls\n", "utf-8")
    result = CliRunner().invoke(app, ["new", str(copy), "--from", str(folder), "--language", "en"])
    assert result.exit_code == 1 and not copy.exists()
    assert "E102" in result.stderr and "targets!A3" in result.stderr


def test_a_chosen_option_without_a_step_becomes_one(tmp_path: Path) -> None:
    source, copy = tmp_path / "case.yaml", tmp_path / "team.xlsx"
    option = "{description: Two mornings with the planners, chosen: yes}"
    source.write_text(
        f"case: {{employee_no: S1, employee_name: Ann}}\ngaps: [{{area: Dates, options: [{option}]}}]\n", "utf-8"
    )
    result = CliRunner().invoke(app, ["new", str(copy), "--from", str(source), "--language", "en"])
    assert result.exit_code == 0 and "a step of the plan from the chosen option" in result.stderr
    (record,) = read_cases([copy], load_definitions()).records
    assert record.data["steps"][0]["action"] == "Two mornings with the planners"
