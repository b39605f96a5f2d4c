"""``docgen explain``: the table, the way back, and what it says of slips."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from docgen.cli.explain import _wish, command
from docgen.errors import UsageError
from docgen.layout.sets import load_set
from tests.cli.conftest import SAMPLES, Docgen


@pytest.fixture
def here(docgen: Docgen, tmp_path: Path) -> Docgen:
    """A folder with one case and its settings; only the letter is asked for."""
    shutil.copy(SAMPLES / "docgen.yaml", tmp_path)
    parts = (SAMPLES / "short.yaml").read_text("utf-8").split("\n\n")
    kept = [part for part in parts if part.startswith(("#", "case:", "targets:", "support:"))]
    (tmp_path / "short.yaml").write_text("\n\n".join(kept), "utf-8")
    return docgen


def row(output: str, *parts: str) -> list[str]:
    found = [line.split("\t") for line in output.splitlines() if all(part in line for part in parts)]
    assert found, (parts, output)
    return found[0]


def test_a_letter_is_explained_line_by_line_with_its_fixed_words_where_they_are_asked_for(
    here: Docgen, tmp_path: Path
) -> None:
    report = tmp_path / "why.xlsx"
    result = here("explain", "K0371", "letter", "--words", "--xlsx", report)
    assert result.exit_code == 0
    assert row(result.stdout, "赵某")[1:4] == ["赵某", "Employee name", "short.yaml:6:18"]
    assert row(result.stdout, "Company", "上海鹭汀")[3] == "docgen.yaml:4:20"  # the Chinese of both names
    assert row(result.stdout, "2026年8月31日", "wording.zh.yaml")[0].startswith("一、")
    assert row(result.stdout, "份数与效力")[3] == "wording"
    assert "fixed words" in result.stderr and "K0371-202603-L" in result.stderr
    assert load_workbook(report).worksheets[0].max_row == len(result.stdout.splitlines())


def test_the_number_on_the_paper_is_enough(here: Docgen) -> None:
    result = here("explain", "k0371-202603-l", "short.yaml", "--json", "--language", "zh")
    told: dict[str, Any] = json.loads(result.stdout)
    assert (told["format"], told["number"], told["form"], told["draft"]) == (1, "K0371-202603-L", "letter", False)
    (name, *_) = (one for one in told["printed"] if one["text"] == "赵某")
    assert name["origins"] == [
        {
            "kind": "typed",
            "path": "case.employee_name",
            "position": "short.yaml:6:18",
            "source": "short.yaml",
            "line": 6,
            "column": 18,
            "cell": None,
            "label": {"en": "Employee name", "zh": "姓名"},
            "inputs": [],
        }
    ]
    assert {one["what"] for one in told["printed"]} == {"value", "decided", "words"}
    assert all(one["places"] for one in told["printed"])


def test_a_cell_tells_where_it_is_printed(docgen: Docgen) -> None:
    book = SAMPLES / "workbooks" / "team-table-zh.xlsx"
    result = docgen("explain", "--cell", "目标!C4", book, "--json")
    told = json.loads(result.stdout)
    assert {one["number"] for one in told["uses"]} == {"S1101-202603-L"}
    assert {one["how"] for one in told["uses"]} == {"as_typed"}


def test_a_line_of_a_case_of_the_settings_of_the_wording_and_of_a_template(here: Docgen) -> None:
    assert "赵某" in here("explain", "--at", "short.yaml:6").stdout
    assert "上海鹭汀" in here("explain", "--at", "docgen.yaml:4").stdout
    (place,) = {place for sentence, place in load_set().wording["zh"].values() if sentence == "份数与效力"}
    told = row(here("explain", "--at", place).stdout, "份数与效力")
    assert "份数与效力" in here("explain", "--at", told[-1].split()[-1]).stdout


@pytest.mark.parametrize(
    ("arguments", "en", "zh"),
    [
        (("K0317", "letter"), "did you mean “K0371”?", "是否指“K0371”"),
        (("K0371", "leter"), "did you mean 'letter'?", "是否指“letter”"),
        (
            ("K0371", "plan"),
            "no Performance Improvement Plan is asked for by its data; there are letter",
            "可用：letter",
        ),
        ((), "docgen explain ID FORM", "docgen explain 编号 表单"),
        (("--cell", "F12"), "name a tab and a cell", "请写明工作表和单元格"),
        (("--at", "short.yaml"), "name a file and a line", "请写明文件和行号"),
        (("--at", "short.yaml:1"), "Nearest that does: short.yaml:5:16", "最近的有数据的位置：short.yaml:5:16"),
        (("--at", "shrt.yaml:5"), "Read: short.yaml", "已读入：short.yaml"),
        (("--cell", "Targets!A1"), "holds no value of a case", "没有个案的数据"),
    ],
)
def test_slips_are_told_with_what_is_near(here: Docgen, arguments: tuple[str, ...], en: str, zh: str) -> None:
    with pytest.raises(UsageError) as slip:
        command.main(list(arguments), standalone_mode=False)
    assert en in slip.value.words.en
    assert zh in slip.value.words.zh


@pytest.mark.parametrize(
    ("cell", "said"),
    [("目标!C3", "Nearest that does: team-table-zh.xlsx › 目标!"), ("目 标!C4", "did you mean “目标”?")],
)
def test_a_cell_without_data_names_the_nearest_that_has_some(docgen: Docgen, cell: str, said: str) -> None:
    result = docgen("explain", "--cell", cell, SAMPLES / "workbooks" / "team-table-zh.xlsx")
    assert result.exit_code == 2
    assert said in result.stderr


def test_of_several_papers_of_a_form_one_must_be_named(docgen: Docgen) -> None:
    for words in (("monthly",), ("monthly", "2026-09")):
        result = docgen("explain", "S1024", *words, SAMPLES / "wang.yaml")
        assert result.exit_code == 2
        assert "name one behind the ID: monthly 2026-01, monthly 2026-02" in result.stderr
    assert "behind the ID: letter, plan, monthly, notes" in docgen("explain", "S1024", SAMPLES / "wang.yaml").stderr


def test_a_file_that_can_not_be_read_ends_it(docgen: Docgen, tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text("case: [", "utf-8")
    result = docgen("explain", "S1", "letter", "wrong.yaml")
    assert result.exit_code == 1
    assert "wrong.yaml:2:1" in result.stderr


def test_a_form_and_its_paper_may_be_asked_for_as_two_words_or_between_quotes_as_one() -> None:
    for words in (("S1024", "notes 2", "a.yaml"), ("S1024", "notes", "2", "a.yaml")):
        wish = _wish(words)
        assert (wish.names, wish.given) == (("S1024", "notes", "2"), ("a.yaml",))
