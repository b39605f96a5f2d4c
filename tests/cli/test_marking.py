"""``docgen check --marked``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import cast

import openpyxl
import pytest
from click.testing import Result
from openpyxl.cell import Cell

from docgen.model.problems import UiLanguage

Docgen = Callable[..., Result]
WRONG = "2026-06-31"


@pytest.fixture
def team(docgen: Docgen, tmp_path: Path, samples: Path) -> Path:
    """A sound workbook, and the settings beside it."""
    (tmp_path / "docgen.yaml").write_bytes((samples / "docgen.yaml").read_bytes())
    assert docgen("new", "team.xlsx", "--layout", "table", "--from", samples / "wang.yaml").exit_code == 0
    return tmp_path / "team.xlsx"


def period_end(book: openpyxl.Workbook) -> tuple[str, Cell]:
    """The cell in which the end of the period is typed, and its name."""
    for sheet in book.worksheets:
        for column in sheet.iter_cols(max_row=1):
            if column[0].value == "case.period_end":
                row = next(row for row in range(2, 20) if sheet.cell(row, 1).value is None)
                cell = sheet.cell(row, column[0].column or 0)
                return f"{sheet.title}!{cell.coordinate}", cast(Cell, cell)
    raise AssertionError


def type_in(path: Path, value: str = WRONG) -> str:
    """Type the end of the period; returns its place."""
    book = openpyxl.load_workbook(path)
    place, cell = period_end(book)
    cell.value = value
    book.save(path)
    return place


def test_a_faulty_workbook_gets_a_marked_copy(docgen: Docgen, team: Path) -> None:
    place, before = type_in(team), team.read_bytes()
    result = docgen("check", "team.xlsx", "--marked")
    assert result.exit_code == 1 and f"team.xlsx › {place}: error E103" in result.stdout
    assert result.stderr == "team-problems.xlsx: the problems are marked in it\n"
    book = openpyxl.load_workbook(team.with_name("team-problems.xlsx"))
    tab, _, cell = place.rpartition("!")
    assert book.sheetnames[0] == "Problems" and WRONG in book[tab][cell].comment.text
    assert team.read_bytes() == before


def test_a_copy_that_is_corrected_and_checked_is_fine_again(docgen: Docgen, team: Path) -> None:
    type_in(team)
    docgen("check", "team.xlsx", "--marked")
    type_in(team.with_name("team-problems.xlsx"), "2026-06-30")
    result = docgen("check", "team-problems.xlsx")
    assert result.exit_code == 0 and WRONG not in result.stdout


@pytest.mark.parametrize(("language", "said"), [("en", "was changed since"), ("zh", "被改动过")])
def test_a_copy_that_was_worked_on_stays(docgen: Docgen, team: Path, language: UiLanguage, said: str) -> None:
    type_in(team)
    docgen("check", "team.xlsx", "--marked")
    type_in(team.with_name("team-problems.xlsx"), "2026-06-30")
    mine = team.with_name("team-problems.xlsx").read_bytes()
    result = docgen("check", "team.xlsx", "--marked", "--language", language)
    assert said in result.stderr and "team-problems-2.xlsx" in result.stderr
    assert team.with_name("team-problems.xlsx").read_bytes() == mine


@pytest.mark.parametrize(
    ("language", "said"), [("en", "nothing is wrong, so nothing is marked"), ("zh", "没有错误或警告")]
)
def test_where_nothing_is_wrong_nothing_is_written(docgen: Docgen, team: Path, language: UiLanguage, said: str) -> None:
    result = docgen("check", "team.xlsx", "--marked", "--language", language)
    assert result.exit_code == 0 and said in result.stderr
    assert not list(team.parent.glob("*-problems*"))


def test_an_older_copy_of_a_sound_workbook_is_outdated(docgen: Docgen, team: Path) -> None:
    sound = team.read_bytes()
    type_in(team)
    docgen("check", "team.xlsx", "--marked")
    team.write_bytes(sound)
    old = team.with_name("team-problems.xlsx").read_bytes()
    assert "team-problems.xlsx: is outdated" in docgen("check", "team.xlsx", "--marked").stderr
    assert team.with_name("team-problems.xlsx").read_bytes() == old


def test_yaml_is_not_marked(docgen: Docgen, faulty: Path) -> None:
    result = docgen("check", faulty, "--marked")
    assert "E104" in result.stdout and "only workbooks are marked" in result.stderr
    assert not list(faulty.parent.glob("*-problems*"))


def test_each_of_several_workbooks_gets_its_own_copy(docgen: Docgen, team: Path) -> None:
    type_in(team)
    (team.parent / "other").mkdir()
    for name in ("other/two.xlsx", "three.xlsx"):
        (team.parent / name).write_bytes(team.read_bytes())
    docgen("check", "team.xlsx", "other/two.xlsx", "three.xlsx", "--marked")
    made = {str(path.relative_to(team.parent)) for path in team.parent.rglob("*-problems*")}
    assert made == {"team-problems.xlsx", "other/two-problems.xlsx", "three-problems.xlsx"}


def test_a_folder_is_checked_without_the_marked_copies_in_it(docgen: Docgen, team: Path) -> None:
    type_in(team)
    first, second = (docgen("check", ".", "--marked", "--json") for _ in range(2))
    errors = [
        [one["code"] for one in json.loads(said.stdout)["problems"] if one["severity"] == "error"]
        for said in (first, second)
    ]
    assert errors == [["E103"], ["E103"]]
    assert len(list(team.parent.glob("*-problems*"))) == 1


def test_a_file_that_cannot_be_read_gets_a_list_that_says_why(docgen: Docgen, tmp_path: Path) -> None:
    (tmp_path / "team.xlsx").write_bytes(b"PK\x03\x04 and then nothing")
    result = docgen("check", "team.xlsx", "--marked")
    assert "team-problems.xlsx: lists the problems; team.xlsx itself could not be marked" in result.stderr
    sheet = openpyxl.load_workbook(tmp_path / "team-problems.xlsx").worksheets[0]
    assert sheet["B4"].value == "Error" and "could not be marked" in sheet["B2"].value


def test_a_missing_file_gets_nothing(docgen: Docgen, tmp_path: Path) -> None:
    result = docgen("check", "nowhere.xlsx", "--marked")
    assert result.exit_code == 2 and result.stderr == "" and not list(tmp_path.iterdir())
