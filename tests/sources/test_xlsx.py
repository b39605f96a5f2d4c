from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from docgen.definitions.results import Fault
from docgen.sources.grid import Figure, Grid, Stamp
from docgen.sources.guard import Refusal, open_zip
from docgen.sources.sheet import Room
from docgen.sources.xlsx import read_xlsx
from tests.sources.packages import MAIN, OFFICE, cells, sheet, text, xlsx

NUMBER_OF_DAY = "46086"
SAMPLES = Path(__file__).parents[2] / "samples" / "workbooks"


def read(content: bytes) -> tuple[Grid, ...]:
    return read_xlsx(open_zip(content), "team.xlsx").tabs


def only(
    rows: str, strings: Sequence[str] = (), formats: Sequence[str | int] = (), around: tuple[str, str] = ("", "")
) -> Grid:
    (grid,) = read(xlsx(sheet(rows, *around), strings, formats))
    return grid


def cell(inner: str, strings: Sequence[str] = (), formats: Sequence[str | int] = ()) -> Any:
    """What is read of the cell A1 with that XML (attributes before a ``|``)."""
    return only(cells(A1=inner), strings, formats).rows.get(1, [None])[0]


def refusal(content: bytes) -> Refusal:
    with pytest.raises(Refusal) as found:
        read(content)
    return found.value


def test_a_dimension_of_a1_does_not_hide_the_rest() -> None:
    grid = only(cells(A1="|<v>1</v>", D4="|<v>2</v>"), around=('<dimension ref="A1"/>', ""))
    assert grid.rows == {1: ["1"], 4: [None, None, None, "2"]}


def test_a_table_may_start_at_c5_and_keeps_its_places() -> None:
    grid = only(cells(C5="|<v>1</v>", D5="|<v>2</v>", C7="|<v>3</v>"))
    assert grid.rows == {5: [None, None, "1", "2"], 7: [None, None, "3"]}
    book = read_xlsx(open_zip(xlsx(sheet(""))), "team.xlsx")
    place = book.place(grid, 7, 3)
    assert (str(place), place.line, place.column) == ("team.xlsx › Tab!C7", 7, 3)


def test_a_cell_of_blanks_alone_is_blank() -> None:
    strings = [text(" "), text("\u3000\t\n"), "<t/>", "", text(" x ")]
    rows = cells(**{f"{column}1": f't="s"|<v>{index}</v>' for index, column in enumerate("ABCDE")})
    assert only(rows, strings).rows == {1: [None, None, None, None, " x "]}
    assert only(cells(A1='t="s"|<v>0</v>', B1='s="1"|', A2='t="str"|<v> </v>'), strings, ["0"]).rows == {}


def test_text_is_kept_as_typed() -> None:
    assert cell('t="s"|<v>0</v>', [text("  第一\n第二，（x）& <y> ")]) == "  第一\n第二，（x）& <y> "
    assert cell('t="inlineStr"|<is><t> a </t></is>') == " a "
    assert cell('t="str"|<v>a&amp;b</v>') == "a&b"


def test_text_of_several_fonts_is_whole_and_how_it_sounds_is_left_out() -> None:
    rich = "<r><rPr><b/></rPr><t>销</t></r><r><t>售额</t></r><rPh sb='0' eb='1'><t>xiaoshou</t></rPh><phoneticPr/>"
    assert cell('t="s"|<v>0</v>', [rich]) == "销售额"
    assert cell(f't="inlineStr"|<is>{rich}</is>') == "销售额"
    assert cell('t="s"|<v>0</v>', ["<t>王</t><rPh sb='0' eb='1'><t>ワン</t></rPh>"]) == "王"


def test_characters_that_the_format_escapes_are_restored() -> None:
    assert cell('t="s"|<v>0</v>', [text("a_x000D_\nb_x005F_x0041_ _x00e9_ _xD83D__xDE00_ _xD800_")]) == (
        "a\r\nb_x0041_ é 😀 \ufffd"
    )


def test_an_error_is_no_text_and_the_text_of_one_is_no_error() -> None:
    found = cell('t="e"|<f>A1/0</f><v>#REF!</v>')
    assert (found.kind, found.value) == ("error_cell", "#REF!")
    assert cell('t="s"|<v>0</v>', [text("#REF!")]) == "#REF!"
    assert cell('t="str"|<f>"#REF!"</f><v>#REF!</v>') == "#REF!"


@pytest.mark.parametrize("stored", ["<v/>", "<v></v>", "", "<v> </v>"])
def test_a_formula_that_was_never_calculated_is_told(stored: str) -> None:
    found = cell(f"|<f>SUM(B1:B3)</f>{stored}")
    assert isinstance(found, Fault) and (found.kind, found.value) == ("no_stored_value", "=SUM(B1:B3)")


def test_a_calculated_formula_is_its_value() -> None:
    assert cell("|<f>1+1</f><v>2</v>") == "2"
    assert cell('t="str"|<f>""</f><v></v>') is None
    assert cell('t="b"|<f>1=1</f><v>1</v>') == "TRUE"
    assert cell('|<f t="shared" si="0"/>').kind == "no_stored_value"


def test_the_formulas_that_a_library_writes_have_no_value() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["B2"] = "=1+1"
    made = BytesIO()
    book.save(made)
    (grid,) = read(made.getvalue())
    assert grid.rows[2][1].kind == "no_stored_value"


def test_007_is_kept_where_somebody_sees_it() -> None:
    assert cell('t="s"|<v>0</v>', [text("007")]) == "007"
    assert cell("|<v>7</v>") == "7"
    assert cell('s="1"|<v>7</v>', formats=["000"]) == "007"


def test_a_number_of_18_digits_is_damaged_unless_it_is_text() -> None:
    assert cell("|<v>1.1010119900307899E+17</v>").kind == "damaged_number"
    assert cell('t="s"|<v>0</v>', [text("110101199003078888")]) == "110101199003078888"


def test_a_number_is_figure_and_a_date_a_stamp() -> None:
    formats: list[str | int] = ["0%", "yyyy-mm-dd", 14, 31, 57, '0"元"', 22]
    columns = zip("ABCDEFGH", ["0.3", "0.3", *[NUMBER_OF_DAY] * 4, "35", "46086.5"], strict=True)
    rows = cells(**{f"{column}1": f's="{style}"|<v>{value}</v>' for style, (column, value) in enumerate(columns)})
    found = list(only(rows, formats=formats).rows[1])
    assert found == ["0.3", "30%", *["2026-03-05"] * 4, "35 元", "2026-03-05 12:00"]
    assert [type(one) for one in found] == [Figure, Figure, Stamp, Stamp, Stamp, Stamp, Figure, Stamp]


def test_a_workbook_that_counts_from_1904_gives_the_right_days() -> None:
    rows = cells(A1='s="1"|<v>44624</v>', A2='s="1"|<v>0</v>')
    (grid,) = read(xlsx(sheet(rows), formats=["yyyy-mm-dd"], properties='date1904="1"'))
    assert grid.rows == {1: ["2026-03-05"], 2: ["1904-01-01"]}


def test_a_number_that_is_no_day_is_told_at_its_cell() -> None:
    assert cell('s="1"|<v>-1</v>', formats=["yyyy-mm-dd"]).kind == "number_for_day"
    assert cell('s="1"|<v>99999999</v>', formats=["yyyy-mm-dd"]).kind == "number_for_day"


def test_a_date_of_the_strict_variant_is_a_stamp() -> None:
    assert cell('t="d"|<v>2026-03-05T00:00:00</v>') == "2026-03-05"
    assert cell('t="d"|<v>2026-03-05T14:30:00Z</v>') == "2026-03-05 14:30"
    assert cell('t="d"|<v>14:30:00</v>') == "14:30"


def test_logical_values_are_words() -> None:
    assert (cell('t="b"|<v>1</v>'), cell('t="b"|<v>0</v>')) == ("TRUE", "FALSE")


def test_merged_areas_are_told_within_the_rows_there_are() -> None:
    merged = '<mergeCells><mergeCell ref="A2:B3"/><mergeCell ref="C1:C1048576"/><mergeCell ref="A9:B9"/></mergeCells>'
    grid = only(cells(A2="|<v>1</v>", A4="|<v>2</v>"), around=("", merged))
    assert grid.merged == ((2, 1, 3, 2), (1, 3, 4, 3))
    assert grid.rows[2] == ["1"] and 3 not in grid.rows


def test_hidden_rows_are_read_and_named() -> None:
    rows = '<row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row r="3" hidden="0"><c r="A3"><v>2</v></c></row>'
    grid = only(rows + '<row r="5" hidden="1"/>')
    assert grid.rows == {2: ["1"], 3: ["2"]}
    assert grid.hidden == {2}


def test_cells_without_places_follow_each_other() -> None:
    assert only("<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>").rows == {
        1: ["1", None, "2"],
        3: ["3"],
    }


def test_the_names_of_the_elements_may_have_a_prefix() -> None:
    rows = '<x:row r="2"><x:c r="B2" t="s"><x:v>0</x:v></x:c><x:c r="C2"><x:f>1</x:f></x:c></x:row>'
    grown = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    strings = f'<x:sst xmlns:x="{MAIN}"><x:si><x:t>甲</x:t></x:si></x:sst>'
    (grid,) = read(xlsx(grown, extra={"xl/sharedStrings.xml": strings}))
    assert grid.rows[2][1] == "甲" and grid.rows[2][2].kind == "no_stored_value"


def test_the_strict_variant_of_the_format_is_read() -> None:
    strict = "http://purl.oclc.org/ooxml"
    package = {
        "xl/worksheets/sheet1.xml": sheet(cells(A1='t="s"|<v>0</v>')).replace(MAIN, f"{strict}/spreadsheetml/main")
    }
    with open_zip(xlsx(sheet(""), [text("甲")])) as archive:
        for name in ("_rels/.rels", "xl/_rels/workbook.xml.rels"):
            package[name] = archive.read(name).decode().replace(OFFICE, f"{strict}/officeDocument/relationships")
    (grid,) = read(xlsx(sheet(""), [text("甲")], extra=package))
    assert grid.rows == {1: ["甲"]}


def test_a_value_of_nothing_is_blank() -> None:
    assert cell('t="s"|<v></v>') is None
    assert cell("|<v/>") is None
    assert cell('t="b"|<v></v>') is None
    assert cell('t="inlineStr"|<is/>') is None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_parts_may_be_in_another_encoding(encoding: str) -> None:
    content = sheet(cells(A1='t="str"|<v>甲</v>'))
    (grid,) = read(xlsx(content, extra={"xl/worksheets/sheet1.xml": content.encode(encoding)}))
    assert grid.rows == {1: ["甲"]}


def test_tabs_come_in_their_order_without_charts_and_what_no_menu_shows() -> None:
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    first = book.add_worksheet("People")
    first.write("A1", "x")
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=People!$A$1:$A$2"})
    book.add_chartsheet("Chart").set_chart(chart)
    book.add_worksheet("Lists").very_hidden()
    book.add_worksheet("目标")
    book.add_worksheet("Old").hide()
    book.set_custom_property("docgen-version", "1.3")
    book.set_custom_property("docgen-rows", 30)
    book.close()
    read_book = read_xlsx(open_zip(made.getvalue()), "team.xlsx")
    assert [(tab.name, tab.hidden_tab) for tab in read_book.tabs] == [("People", False), ("目标", False), ("Old", True)]
    assert read_book.properties == {"docgen-version": "1.3", "docgen-rows": "30"}
    assert read_book.text == "x"


def test_a_value_far_outside_is_refused_with_its_cell() -> None:
    for place in ("XFD1048576", "GS1", "A200001"):
        found = refusal(xlsx(sheet(cells(**{place: "|<v>1</v>"}))))
        assert (found.kind, found.cell) == ("cell_outside", f"Tab!{place}")
    assert only(cells(XFD1048576='s="1"|', GR1="|<v>1</v>"), formats=["0"]).rows[1][199] == "1"


def test_more_cells_or_text_than_there_is_room_for_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.sources.xlsx.Room", lambda: Room(cells=3, text=100))
    three = {"A1": "|<v>1</v>", "B1": "|<v>1</v>", "C1": "|<v>1</v>"}
    assert only(cells(**three))
    assert refusal(xlsx(sheet(cells(**three, D1="|<v>1</v>")))).kind == "too_many_cells"
    assert refusal(xlsx({"a": sheet(cells(**three)), "b": sheet(cells(D1="|<v>1</v>"))})).kind == "too_many_cells"
    sparse = {f"GR{row}": "|<v>1</v>" for row in range(1, 4)}
    assert refusal(xlsx(sheet(cells(**sparse)))).kind == "too_many_cells"
    long = {"A1": 't="s"|<v>0</v>', "B1": 't="s"|<v>0</v>'}
    assert refusal(xlsx(sheet(cells(**long)), [text("长" * 60)])).kind == "too_many_cells"


@pytest.mark.parametrize(
    "rows",
    [
        *('<row r="0"><c r="A0"><v>1</v></c></row>', '<row r="x"><c r="A1"><v>1</v></c></row>'),
        *('<row r="1"><c r="A2"><v>1</v></c></row>', '<row r="1"><c r="1A"><v>1</v></c></row>'),
        *('<row r="1"><c r="AAAA1"><v>1</v></c></row>', '<row r="1"><c r="XFE1"><v>1</v></c></row>'),
        *('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "<row><c><v>x</v></c></row>"),
        *('<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>', "<row>"),
        *('<row><c t="s"><v>0</v></c></row>', '<row><c t="s"><v>-1</v></c></row>', '<row><c t="s"/></row>x</row>'),
        *('<row><c s="9"><v>1</v></c></row>', '<row><c t="zz"><v>1</v></c></row>', "<row><c>&x;</c></row>"),
        *('<row r="1048577"/>', '<row><c t="d"><v>2026-02-30</v></c></row>', '<row r="１"/>x</row>'),
    ],
)
def test_a_tab_that_contradicts_itself_is_damaged(rows: str) -> None:
    assert refusal(xlsx(sheet(rows))).kind == "damaged_book"


def workbook(sheets: str) -> str:
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'


LACKS: Mapping[str, str | bytes] = {
    "xl/workbook.xml": workbook('<sheet name="x" r:id="rId9"/>'),
    "xl/_rels/workbook.xml.rels": "<Relationships/>",
    "xl/sharedStrings.xml": b"\xff\xfe",
    "xl/styles.xml": "<styleSheet><cellXfs><xf numFmtId='x'/></cellXfs></styleSheet>",
    "_rels/.rels": "<Relationships><Relationship/></Relationships>",
}


@pytest.mark.parametrize("part", list(LACKS))
def test_a_part_that_is_damaged_damages_the_workbook(part: str) -> None:
    assert refusal(xlsx(sheet(cells(A1="|<v>1</v>")), extra={part: LACKS[part]})).kind == "damaged_book"


def test_a_workbook_without_styles_and_texts_is_read() -> None:
    link = f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
    links = {"xl/_rels/workbook.xml.rels": f"<Relationships>{link}</Relationships>"}
    (grid,) = read(xlsx(sheet(cells(A1="|<v>1</v>")), extra=links))
    assert grid.rows == {1: ["1"]}


def test_one_part_is_no_two_tabs() -> None:
    names = '<sheet name="a" r:id="rId1"/><sheet name="b" r:id="rId1"/>'
    assert refusal(xlsx(sheet(""), extra={"xl/workbook.xml": workbook(names)})).kind == "damaged_book"


def test_a_library_reads_the_same_values(tmp_path: Path) -> None:
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    tab = book.add_worksheet("Tab")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for row in range(200):
        for column in range(12):
            kind = (row * 7 + column * 3) % 5
            if kind == 0:
                tab.write_string(row, column, f"销售 {row}·{column}")
            elif kind == 1:
                tab.write_number(row, column, row * 1.37 + column)
            elif kind == 2:
                tab.write_number(row, column, 46000 + row, day)
            elif kind == 3:
                tab.write_boolean(row, column, row % 2 == 0)
    book.close()
    (grid,) = read(made.getvalue())
    library = openpyxl.load_workbook(made, read_only=True, data_only=True)["Tab"]
    for number, row_of_library in enumerate(library.iter_rows(values_only=True), 1):
        ours_of_row = [*grid.rows.get(number, ()), *[None] * 12]
        for ours, theirs in zip(ours_of_row, row_of_library, strict=False):
            match theirs:
                case bool():
                    assert ours == ("TRUE" if theirs else "FALSE")
                case int() | float():
                    assert float(str(ours)) == pytest.approx(theirs)
                case str() | None:
                    assert ours == theirs
                case _:
                    assert ours == str(theirs)[:10]


def same(ours: Any, theirs: Any) -> bool:
    """Whether docgen and a library make the same of a cell; ``theirs`` is a cell of openpyxl."""
    value = theirs.value
    match ours:
        case None:
            return value is None or (isinstance(value, str) and not value.strip())
        case Fault(kind="error_cell"):
            return bool(theirs.data_type == "e" and ours.value == value)
        case Fault(kind="no_stored_value"):
            return value is None
        case Fault(kind="damaged_number"):
            return isinstance(value, (int, float)) and abs(value) >= 10**15
        case Figure():
            shown = float(ours.rstrip("%")) / (100 if ours.endswith("%") else 1)
            return not isinstance(value, bool) and shown == pytest.approx(value)
        case Stamp():
            return not isinstance(value, str) and str(value).startswith(ours)
        case _:
            return bool(ours == (str(value).upper() if isinstance(value, bool) else value))


@pytest.mark.parametrize("name", ["team-table-zh", "team-card-en", "team-libreoffice", "faulty-team"])
def test_every_cell_of_the_samples_is_what_a_library_reads(name: str) -> None:
    path = SAMPLES / f"{name}.xlsx"
    library = openpyxl.load_workbook(path, data_only=True)
    tabs = read(path.read_bytes())
    assert [tab.name for tab in tabs] == [tab.title for tab in library if tab.sheet_state != "veryHidden"]
    for tab in tabs:
        sheet = library[tab.name]
        assert tab.hidden_tab == (sheet.sheet_state == "hidden")
        assert tab.hidden == {number for number in tab.rows if sheet.row_dimensions[number].hidden}
        assert max(tab.rows, default=0) <= sheet.max_row
        for number, row in enumerate(sheet.iter_rows(), start=1):
            cells = tab.rows.get(number, ())
            assert all(cell is None for cell in cells[len(row) :])
            for at, theirs in enumerate(row):
                ours = cells[at] if at < len(cells) else None
                assert same(ours, theirs), f"{tab.name}!{theirs.coordinate}: {ours!r} {theirs.value!r}"
