"""``docgen check``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Docgen = Callable[..., Result]


def test_a_sound_case_has_no_problems(docgen: Docgen, samples: Path) -> None:
    result = docgen("check", samples / "wang.yaml")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "No problems.\n", "")


def test_a_problem_is_told_with_place_rule_and_cure(docgen: Docgen, faulty: Path) -> None:
    result = docgen("check", faulty)
    assert result.exit_code == 1
    assert f"{faulty}:25:13: error E104: The weights of W0901-202603 add up to 90 %, not 100 %." in result.stdout
    assert result.stdout.endswith("1 error\n") and result.stderr == ""


def test_a_problem_is_told_in_chinese(docgen: Docgen, faulty: Path) -> None:
    result = docgen("check", faulty, "--language", "zh")
    assert "错误 E104" in result.stdout and "90" in result.stdout and "1 个错误" in result.stdout


def test_json_is_all_that_standard_output_holds(docgen: Docgen, faulty: Path) -> None:
    result = docgen("check", faulty, "--json")
    assert result.exit_code == 1
    assert [problem["code"] for problem in json.loads(result.stdout)["problems"]] == ["E104"]


def test_warnings_do_not_block(docgen: Docgen, samples: Path) -> None:
    result = docgen("check", samples / "faulty" / "risky-wording.yaml")
    assert result.exit_code == 0 and "warning W214" in result.stdout


def test_a_missing_file_is_told_among_the_other_problems(docgen: Docgen, faulty: Path) -> None:
    result = docgen("check", "nowhere.yaml", faulty)
    assert result.exit_code == 2
    assert "nowhere.yaml: error E100: There is no file or folder of this name." in result.stdout
    assert "E104" in result.stdout


def test_a_folder_without_cases_is_told(docgen: Docgen, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = docgen("check", "empty")
    assert result.exit_code == 1 and "empty: error E100: The folder holds no case" in result.stdout


def test_all_files_of_a_folder_are_checked(docgen: Docgen, tmp_path: Path, samples: Path, faulty: Path) -> None:
    for file in (samples / "docgen.yaml", samples / "wang.yaml", faulty):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    result = docgen("check", ".", "--json")
    assert {problem["source"] for problem in json.loads(result.stdout)["problems"]} == {"weights-90.yaml"}


def test_settings_named_along_with_the_cases_are_no_case(docgen: Docgen, samples: Path) -> None:
    assert docgen("check", samples / "docgen.yaml", samples / "wang.yaml").stdout == "No problems.\n"


@pytest.mark.parametrize("name", ["W0901-202603", "w0901", "W0901"])
def test_only_names_a_case_or_an_employee(docgen: Docgen, samples: Path, faulty: Path, name: str) -> None:
    result = docgen("check", samples / "wang.yaml", faulty, "--only", name)
    assert "E104" in result.stdout
    assert "E104" not in docgen("check", samples / "wang.yaml", faulty, "--only", "S1024").stdout


def test_only_an_unknown_case_is_refused_with_the_nearest(docgen: Docgen, faulty: Path) -> None:
    result = docgen("check", faulty, "--only", "W0901-202604")
    assert result.exit_code == 2 and "did you mean 'W0901-202603'?" in result.stderr


def test_the_settings_nearest_to_each_file_hold_for_it(docgen: Docgen, samples: Path, tmp_path: Path) -> None:
    (tmp_path / "lost.yaml").write_bytes((samples / "wang.yaml").read_bytes())
    result = docgen("check", samples / "wang.yaml", "lost.yaml", "--json")
    codes = {(Path(one["source"]).name, one["code"]) for one in json.loads(result.stdout)["problems"]}
    assert ("lost.yaml", "E101") in codes and ("wang.yaml", "E101") not in codes


def test_a_case_that_stands_twice_is_told_in_both_places_each_naming_the_other(docgen: Docgen, samples: Path) -> None:
    result = docgen("check", samples / "faulty" / "case-twice.yaml", "--json")
    first, second = json.loads(result.stdout)["problems"]
    assert first["code"] == second["code"] == "E102"
    assert second["position"] in first["message"] and first["position"] in second["message"]


def test_faulty_settings_are_told_once(docgen: Docgen, samples: Path, tmp_path: Path) -> None:
    (tmp_path / "docgen.yaml").write_text("companyname: x\n", "utf-8")
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_bytes((samples / "wang.yaml").read_bytes())
    result = docgen("check", "a.yaml", "b.yaml", "--json")
    found = [one for one in json.loads(result.stdout)["problems"] if one["source"].endswith("docgen.yaml")]
    assert sorted(one["path"] for one in found) == ["companyname", "settings.company_name", "settings.retention_policy"]
    assert "company_name" in found[0]["fix"]


def test_a_character_that_no_font_can_show_is_told_before_printing(docgen: Docgen, samples: Path) -> None:
    result = docgen("check", samples / "faulty" / "no-glyph.yaml")
    assert result.exit_code == 1 and "E118" in result.stdout


def test_what_many_cases_lack_is_told_of_the_first_unless_all_is_asked_for(
    docgen: Docgen, samples: Path, tmp_path: Path
) -> None:
    case = samples.joinpath("short.yaml").read_text("utf-8").replace("position:", "# position:")
    number = re.search(r"employee_no: *(\S+)", case)
    assert number
    for index in range(12):
        tmp_path.joinpath(f"{index:02}.yaml").write_text(case.replace(number[1], f"E{index}"), "utf-8")
    tmp_path.joinpath("docgen.yaml").write_text(samples.joinpath("docgen.yaml").read_text("utf-8"), "utf-8")
    few, every = docgen("check", tmp_path), docgen("check", tmp_path, "--all")
    assert (few.exit_code, every.exit_code) == (1, 1)
    assert few.stdout.count("E101") == 3 and "(and 9 more like this; docgen check --all lists them)" in few.stdout
    assert every.stdout.count("E101") == 12
    assert len(json.loads(docgen("check", tmp_path, "--json").stdout)["problems"]) >= 12


def test_what_the_settings_lack_is_told_once_with_its_place(docgen: Docgen, samples: Path, tmp_path: Path) -> None:
    office = samples.joinpath("docgen.yaml").read_text("utf-8").replace("company_name:", "# company_name:")
    office = office.replace("    department_head: 顾某\n", "", 1)
    tmp_path.joinpath("docgen.yaml").write_text(office, "utf-8")
    for name in ("short.yaml", "team.yaml", "wang.yaml"):
        tmp_path.joinpath(name).write_text(samples.joinpath(name).read_text("utf-8"), "utf-8")
    found = json.loads(docgen("check", tmp_path, "--json").stdout)["problems"]
    line = office.splitlines().index("  销售部:") + 2
    assert [(one["path"], one["line"], one["case"]) for one in found if one["severity"] == "error"] == [
        ("settings.company_name", None, ""),
        ("settings.departments.销售部.department_head", line, ""),
    ]


def test_what_follows_from_a_faulty_settings_file_is_not_told_besides(
    docgen: Docgen, samples: Path, tmp_path: Path
) -> None:
    (tmp_path / "wang.yaml").write_bytes((samples / "wang.yaml").read_bytes())
    (tmp_path / "docgen.yaml").write_text("company_name: [a, b]\n公司代表: 某\n", "utf-8")
    found = json.loads(docgen("check", "wang.yaml", "--json").stdout)["problems"]
    errors = [one for one in found if one["severity"] == "error" and one["source"].endswith("docgen.yaml")]
    assert [(one["path"], one["line"]) for one in errors] == [("company_name", 1), ("公司代表", 2)]
    assert "company_representative" in errors[1]["fix"]


def test_what_is_wrong_in_a_workbook_is_told_by_cell_and_from_top_to_bottom(docgen: Docgen, tmp_path: Path) -> None:
    tables = tmp_path / "team"
    tables.mkdir()
    rows = "Employee number,Indicator,Weight,Due\n" + "S1,Sales,much,2026-06-30\n" * 9 + "S1,Calls,10,2026-02-30\n"
    (tables / "targets.csv").write_text(rows, "utf-8")
    (tables / "people.csv").write_text("Employee number,Period starts\nS1,2026-01-05\n", "utf-8")
    lines = docgen("check", "team", "--all").stdout.splitlines()
    found = [line.split(": ")[0] for line in lines if "error E103" in line]
    assert found == [*(f"team › targets!C{row}" for row in range(2, 11)), "team › targets!D11"]
    (problem,) = [
        one for one in json.loads(docgen("check", "team", "--json").stdout)["problems"] if one["value"] == "2026-02-30"
    ]
    assert (problem["cell"], problem["line"], problem["column"]) == ("targets!D11", 11, 4)
