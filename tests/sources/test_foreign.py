from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from docgen.definitions.results import Fault
from docgen.model.problems import Problem
from docgen.sources import foreign
from docgen.sources.books import read_book
from docgen.sources.foreign import read_ods
from docgen.sources.grid import Book, Figure, Stamp
from docgen.sources.guard import Refusal
from tests.sources.packages import zipped

DATA = Path(__file__).parent / "data"
"""team.xls and team.ods were written by LibreOffice; people and figures are invented."""
ODS = "application/vnd.oasis.opendocument.spreadsheet"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def book(path: Path) -> Book:
    read = read_book(path)
    assert isinstance(read, Book), read
    return read


def problems(path: Path) -> tuple[Problem, ...]:
    found = read_book(path)
    assert isinstance(found, tuple)
    return found


def ods(rows: str, extra: dict[str, str | bytes] | None = None) -> bytes:
    content = (
        f'<office:document-content xmlns:office="{OFFICE}" xmlns:table="{TABLE}" xmlns:text="{TEXT}"><office:body>'
        f'<office:spreadsheet><table:table table:name="Tab">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped({"mimetype": ODS, "content.xml": content, "META-INF/manifest.xml": manifest, **(extra or {})})


def cell(words: str, attributes: str = "") -> str:
    return f'<table:table-cell {attributes} office:value-type="string"><text:p>{words}</text:p></table:table-cell>'


def refusal(content: bytes) -> Refusal:
    with pytest.raises(Refusal) as found:
        read_ods(content, "team.ods")
    return found.value


@pytest.mark.parametrize("name", ["team.xls", "team.ods"])
def test_an_xls_and_an_ods_keep_rows_columns_and_kinds(name: str) -> None:
    read = book(DATA / name)
    assert read.blind
    people, targets, empty = read.tabs
    assert (people.name, targets.name, empty.name) == ("People", "目标", "Empty")
    assert list(people.rows) == [5, 6, 8, 10] and not empty.rows
    assert list(people.rows[6][:7]) == [None, None, "007", "A. Wang", "2026-03-05", "60", "0.3"]
    assert [type(one) for one in people.rows[6][2:7]] == [str, str, Stamp, Figure, Figure]
    assert people.rows[6][8] == "120"
    assert list(people.rows[8][2:6]) == ["S1025", "李某\n（销售）", "2026-03-05 14:30", "12.5"]
    damaged = people.rows[8][8]
    assert isinstance(damaged, Fault) and damaged.kind == "damaged_number"
    assert list(people.rows[10]) == [None, None, "merged", None, "14:30", "30:00"]
    assert targets.rows == {1: [" x "]}
    assert str(read.place(people, 6, 5)) == f"{DATA / name} › People!E6"


def test_an_xls_knows_its_merged_areas_and_logical_values() -> None:
    people = book(DATA / "team.xls").tabs[0]
    assert people.merged == ((10, 3, 10, 4),)
    assert people.rows[6][7] == "TRUE"


def test_an_xls_named_xlsx_is_read(tmp_path: Path) -> None:
    renamed = tmp_path / "team.xlsx"
    renamed.write_bytes((DATA / "team.xls").read_bytes())
    assert book(renamed).tabs == book(DATA / "team.xls").tabs


def test_repeated_cells_and_rows_keep_their_places() -> None:
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    twice = cell("x", 'table:number-columns-repeated="2"')
    content = ods(f"{blank}<table:table-row><table:table-cell/>{twice}</table:table-row>")
    assert read_ods(content, "team.ods").tabs[0].rows == {4: [None, "x", "x"]}


def test_a_value_far_outside_kills_no_process_but_the_childs() -> None:
    far = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    last = f'<table:table-row><table:table-cell table:number-columns-repeated="16383"/>{cell("x")}</table:table-row>'
    found = refusal(ods(far + last))
    assert found.kind in ("reader_stopped", "cell_outside")


def test_a_bomb_of_repeated_cells_kills_no_process_but_the_childs() -> None:
    repeated = cell("x" * 1000, 'table:number-columns-repeated="16384"')
    rows = f'<table:table-row table:number-rows-repeated="1048576">{repeated}</table:table-row>'
    assert refusal(ods(rows)).kind in ("reader_stopped", "damaged_book")


def test_a_tab_that_is_too_wide_is_refused_with_its_last_cell() -> None:
    row = f'<table:table-row><table:table-cell table:number-columns-repeated="200"/>{cell("x")}</table:table-row>'
    found = refusal(ods(row))
    assert (found.kind, found.cell) == ("cell_outside", "Tab!GS1")


@pytest.mark.parametrize("content", ["", "<a>", "no xml"])
def test_an_ods_without_tabs_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "team.ods"
    path.write_bytes(ods("", {"content.xml": content}))
    (problem,) = problems(path)
    assert problem.message.en == "The workbook has no tab with cells."


def test_a_child_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "PATIENCE", 0.001)
    assert refusal(ods("")).kind == "reader_stopped"


def test_a_child_that_says_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def dead(*_: Any, **__: Any) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], -9, b"", b"")

    monkeypatch.setattr(subprocess, "run", dead)
    assert refusal(ods("")).kind == "reader_stopped"


def test_nothing_of_the_users_folder_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    (tmp_path / "python_calamine.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    assert read_ods(ods(f"<table:table-row>{cell('x')}</table:table-row>"), "team.ods").tabs[0].rows == {1: ["x"]}
