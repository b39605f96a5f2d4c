from __future__ import annotations

import subprocess
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from docgen.definitions.results import Fault
from docgen.model.problems import Problem
from docgen.sources import foreign
from docgen.sources.books import read_book
from docgen.sources.foreign import read_ods
from docgen.sources.foreign_child import _value
from docgen.sources.grid import Book, Figure, Stamp
from docgen.sources.guard import Refusal
from tests.sources.packages import zipped

DATA = Path(__file__).parent / "data"
"""They were written by LibreOffice; people and figures are invented."""
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
    assert read.blind == (name == "team.xls")
    people, targets, empty = read.tabs
    assert (people.name, targets.name, empty.name) == ("People", "目标", "Empty")
    assert list(people.rows) == [5, 6, 8, 10] and not empty.rows
    assert list(people.rows[6][:7]) == [
        None,
        None,
        "007",
        "A. Wang",
        "2026-03-05",
        "60",
        "0.3" if read.blind else "30%",
    ]
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
    assert (found.kind, found.cell) == ("cell_outside", "Tab!XFD1048576")


def test_a_bomb_of_repeated_cells_kills_no_process_but_the_childs() -> None:
    repeated = cell("x" * 1000, 'table:number-columns-repeated="16384"')
    rows = f'<table:table-row table:number-rows-repeated="1048576">{repeated}</table:table-row>'
    assert refusal(ods(rows)).kind == "cell_outside"
    tall = cell("x" * 1000, 'table:number-columns-repeated="200"')
    rows = f'<table:table-row table:number-rows-repeated="200000">{tall}</table:table-row>'
    assert refusal(ods(rows)).kind == "too_many_cells"


def test_a_tab_that_is_too_wide_is_refused_with_its_last_cell() -> None:
    row = f'<table:table-row><table:table-cell table:number-columns-repeated="200"/>{cell("x")}</table:table-row>'
    found = refusal(ods(row))
    assert (found.kind, found.cell) == ("cell_outside", "Tab!GS1")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        *((broken, "The workbook is damaged and can't be read.") for broken in ("", "<a>", "no xml")),
        ("<a/>", "The workbook has no tab with cells."),
    ],
)
def test_an_ods_without_tabs_is_told(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "team.ods"
    path.write_bytes(ods("", {"content.xml": content}))
    (problem,) = problems(path)
    assert problem.message.en == said


def typed(kind: str, stored: str = "", text: str = "", more: str = "") -> str:
    """A cell of an .ods."""
    name = {"percentage": "value", "float": "value", "currency": "value"}.get(kind, f"{kind}-value")
    attributes = f'office:value-type="{kind}" office:{name}="{stored}"' if kind else ""
    return f"<table:table-cell {attributes} {more}>{text}</table:table-cell>"


def shown(stored: str, text: str) -> str:
    return typed("float", stored, f"<text:p>{text}</text:p>")


def values(*cells: str) -> list[Any]:
    """What is read of the cells of an .ods."""
    return list(read_ods(ods(f"<table:table-row>{''.join(cells)}</table:table-row>"), "team.ods").tabs[0].rows[1])


def test_an_ods_says_what_its_cells_show() -> None:
    cells = {
        typed("percentage", "0.91", "<text:p>91%</text:p>"): "91%",
        typed("percentage", "1"): "100%",
        typed("percentage", "0.285", "<text:p>29%</text:p>"): "28.5%",
        shown("7", "007"): "007",
        shown("7", "P-0007"): "P-0007",
        shown("-7", "-007"): "-7",
        shown("7.5", "8"): "7.5",
        shown("350000", "350,000元"): "350000 元",
        shown("35.004", "35.00 元/月"): "35.004 元/月",
        shown("350000", "35.0万"): "350000",
        shown("-12", "(12)"): "-12",
        shown("5", "¥5.00"): "5",
        shown("5", ""): "5",
    }
    assert [str(one) for one in values(*cells)] == list(cells.values())


def test_days_spans_and_logical_values_of_an_ods() -> None:
    cells = {
        typed("date", "2026-03-05"): "2026-03-05",
        typed("date", "2026-03-05T14:30:00.000000001"): "2026-03-05 14:30",
        typed("date", "1899-12-30T14:30:00"): "14:30",
        typed("time", "PT14H30M00.123S"): "14:30",
        typed("boolean", "true"): "TRUE",
        typed("time", "PT30H00M00S"): "30:00",
    }
    found = values(*cells)
    assert found == list(cells.values()) and type(found[-1]) is Stamp


def test_what_is_no_day_in_an_ods_is_a_fault() -> None:
    stored = [("date", "1899-12-27"), ("date", "1899-12-30"), ("time", "-PT06H00M00S")]
    for found, (_, text) in zip(values(*(typed(*one) for one in stored)), stored, strict=True):
        assert isinstance(found, Fault) and (found.kind, found.value) == ("number_for_day", text)


@pytest.mark.parametrize("error", ["Err:502", "#REF!", "#N/A", "#DIV/0!"])
def test_an_error_in_an_ods_is_a_fault(error: str) -> None:
    kinds = (("string", ""), ("float", "0"), ("", ""))
    for found in values(*(typed(*one, f"<text:p>{error}</text:p>", 'table:formula="of:=1/0"') for one in kinds)):
        assert isinstance(found, Fault) and (found.kind, found.value) == ("error_cell", error)


def test_a_formula_of_an_ods_that_was_never_calculated_is_a_fault() -> None:
    (found,) = values(typed("", more='table:formula="of:=[.A1]+1"'))
    assert isinstance(found, Fault) and (found.kind, found.value) == ("no_stored_value", "=[.A1]+1")
    empty = "<table:table-cell office:value-type='string' office:string-value='' table:formula='of:=A2'/>"
    assert read_ods(ods(f"<table:table-row>{empty}</table:table-row>"), "team.ods").tabs[0].rows == {}


def test_text_of_an_ods_stays_text_whatever_it_looks_like() -> None:
    text = '<text:p>a<text:s text:c="2"/>b<text:span>c</text:span></text:p><text:p>d<text:line-break/>e</text:p>'
    note = "<office:annotation><text:p>note</text:p></office:annotation>"
    texts = ("<text:p>PT1H00M00S</text:p>", note + text, "<text:p>a\n   b</text:p>")
    found = values(*(typed("string", text=one) for one in texts))
    assert found == ["PT1H00M00S", "a  bc\nd\ne", "a b"] and type(found[0]) is str


def test_hidden_rows_and_merged_areas_of_an_ods_are_known() -> None:
    spanned = cell("x", 'table:number-columns-spanned="2" table:number-rows-spanned="3"')
    content = ods(
        f"<table:table-row>{spanned}<table:covered-table-cell/></table:table-row><table:table-row-group>"
        f'<table:table-row table:visibility="filter">{cell("y")}</table:table-row></table:table-row-group>'
    )
    tab = read_ods(content, "team.ods").tabs[0]
    assert (tab.hidden, tab.merged) == (frozenset({2}), ((1, 1, 2, 2),))


@pytest.mark.parametrize("name", ["hidden.xls", "hidden.ods"])
def test_hidden_tabs_are_known(name: str) -> None:
    assert [tab.hidden_tab for tab in book(DATA / name).tabs] == [False, True]


def test_days_before_the_first_and_no_day_at_all_in_an_xls_are_faults() -> None:
    for value in (date(1899, 12, 27), datetime(1899, 12, 30, 6), time()):
        found = _value(value)
        assert isinstance(found, Fault) and found.kind == "number_for_day"
    assert [_value(date(1900, 1, 1)), _value(time(9)), _value("PT1H00M00S")] == ["1900-01-01", "09:00", "PT1H00M00S"]
    assert type(_value("PT1H00M00S")) is str


def test_tables_elsewhere_in_an_ods_are_no_tabs() -> None:
    rows = "<table:table-row>{}</table:table-row>"
    inner = f"<table:table>{rows.format(cell('x'))}</table:table>"
    content = ods(f"<table:shapes>{inner}</table:shapes>{rows.format(cell('y'))}")
    (tab,) = read_ods(content, "team.ods").tabs
    assert tab.rows == {1: ["y"]}


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
