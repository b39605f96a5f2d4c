"""How the files of a roll-over are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.errors import UsageError
from docgen.model.case import Month
from docgen.model.record import RolledOver
from docgen.office.rollover_files import next_name, target
from docgen.office.rollover_run import Bundle
from docgen.sources.cases import Source

APRIL = Month(2026, 4)


@pytest.mark.parametrize(
    ("name", "workbook", "wanted"),
    [
        ("team.yaml", False, "team-2026-04.yaml"),
        ("team-2026-03.yaml", False, "team-2026-04.yaml"),
        ("team_202603.xlsx", True, "team_202604.xlsx"),
        ("2026.03 team.xlsx", True, "2026.04 team.xlsx"),
        ("三组2026年3月.xlsx", True, "三组2026年4月.xlsx"),
        ("team-2026-03-table.xlsx", True, "team-2026-04-table.xlsx"),
        ("team-2026-03-15.xlsx", True, "team-2026-03-15-2026-04.xlsx"),
        ("S120260312.xlsx", True, "S120260312-2026-04.xlsx"),
        ("2026-01 and 2026-03.yaml", False, "2026-01 and 2026-04.yaml"),
        ("team.ods", True, "team-2026-04.xlsx"),
        ("team.xls", True, "team-2026-04.xlsx"),
        ("people.csv", True, "people-2026-04.xlsx"),
        ("team.v2.yml", False, "team.v2-2026-04.yml"),
    ],
)
def test_the_month_of_a_name_is_replaced_or_added(name: str, workbook: bool, wanted: str) -> None:
    assert next_name(Bundle((Source(Path(name), workbook=workbook),), ()), APRIL) == wanted


def test_a_folder_of_tables_becomes_one_workbook(tmp_path: Path) -> None:
    folder = tmp_path / "team.csv"
    folder.mkdir()
    assert next_name(Bundle((Source(folder, workbook=True),), ()), APRIL) == "team.csv-2026-04.xlsx"


@pytest.mark.parametrize(("out", "is_folder"), [("next", True), ("a.b/", True), ("a.XLSX", False), ("a.yml", False)])
def test_what_has_no_suffix_is_a_folder(out: str, is_folder: bool, tmp_path: Path) -> None:
    assert target(out).is_folder is is_folder
    (tmp_path / "made.d").mkdir()
    assert target(str(tmp_path / "made.d")).is_folder


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(UsageError):
        target("next.ods")


def test_a_new_file_names_the_files_before_its_sources_as_far_as_there_is_room() -> None:
    one = Source(Path("a.yaml"), "a", rolled=RolledOver("2026-03", ("a1", "a2", "both")))
    other = Source(Path("b.yaml"), "b", rolled=RolledOver("2026-03", ("b1", "both")))
    assert Bundle((one, other), ()).predecessors == ("a", "b", "a1", "b1", "a2", "both")
    long = tuple(f"old{number}" for number in range(40))
    assert len(Bundle((Source(Path("a.yaml"), "a", rolled=RolledOver("2026-03", long)),), ()).predecessors) == 24
    many = tuple(Source(Path(f"{number}.yaml"), f"new{number}", rolled=one.rolled) for number in range(30))
    assert Bundle(many, ()).predecessors == tuple(f"new{number}" for number in range(30))
