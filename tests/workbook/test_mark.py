"""Marked copies: what is marked, and that all else stays."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from docgen.definitions.tabs import NOT_READ
from docgen.workbook.highlights import Shade
from tests.ooxml import schema_problems
from tests.sources.packages import sheet as sheet_of
from tests.sources.packages import xlsx
from tests.workbook.mark_help import mark, note, parts, plain, problem, rich, warning, workbook

pytestmark = pytest.mark.filterwarnings("ignore:.*not supported and will be removed")

ALWAYS = '"docgen"="docgen"'
LINE, NEXT = "── docgen ──", "\u00a0\n"


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content), rich_text=True)


def shades(sheet: Worksheet) -> dict[str, Shade]:
    """The areas of docgen's own rules and what their fills mean, in the order of the rules."""
    found = []
    for block in sheet.conditional_formatting:
        for rule in block.rules:
            if rule.formula == [ALWAYS]:
                found.append((rule.priority, str(block.sqref), rule.dxf.fill.bgColor.rgb[2:]))
                assert rule.stopIfTrue
    meaning = {shade.value[0]: shade for shade in Shade}
    return {area: meaning[fill] for _, area, fill in sorted(found)}


def said(sheet: Worksheet, cell: str) -> str:
    comment: Comment | None = sheet[cell].comment
    return comment.text if comment else ""


def listed(content: bytes) -> list[tuple[Any, ...]]:
    return [
        tuple(str(one or "") for one in row)
        for row in opened(content).worksheets[0].iter_rows(min_row=3, min_col=2, values_only=True)
    ]


def changed(before: bytes, after: bytes) -> set[str]:
    old, new = parts(before), parts(after)
    assert old.keys() <= new.keys()
    return {name for name in old if old[name] != new[name]}


def test_a_wrong_cell_turns_red_and_the_first_of_its_row_with_it() -> None:
    content = mark(workbook(plain), problem("Targets!C6"), warning("Targets!D9"))
    assert shades(opened(content)["Targets"]) == {
        "C6": Shade.ERROR,
        "D9": Shade.WARNING,
        "A6": Shade.ROW_OF_ERROR,
        "A9": Shade.ROW_OF_WARNING,
    }
    assert shades(opened(content)["Support"]) == {}


def test_cells_below_each_other_share_an_area() -> None:
    marked = mark(workbook(plain), *(problem(f"Targets!C{row}") for row in (4, 5, 6, 9)))
    assert list(shades(opened(marked)["Targets"])) == ["C4:C6 C9", "A4:A6 A9"]


def test_where_the_first_cell_itself_is_wrong_its_row_needs_no_other_mark() -> None:
    content = mark(workbook(plain), problem("Targets!A6"), problem("Targets!C6"))
    assert list(shades(opened(content)["Targets"])) == ["A6 C6"]


def test_an_error_and_a_warning_of_one_row_make_it_the_row_of_an_error() -> None:
    content = mark(workbook(plain), problem("Targets!C6"), warning("Targets!D6"))
    assert shades(opened(content)["Targets"])["A6"] is Shade.ROW_OF_ERROR


def test_hidden_columns_and_covered_cells_are_not_where_a_row_is_marked() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Targets")
        sheet.set_column("A:B", None, None, {"hidden": True})
        sheet.merge_range("C2:C9", "one person")
        sheet.write("F4", "x")

    content = mark(workbook(fill), problem("Targets!F4"), problem("Targets!F2"))
    assert list(shades(opened(content)["Targets"])) == ["F2 F4", "C2 D4"]


def test_what_lies_under_a_merged_cell_is_marked_where_it_shows() -> None:
    content = mark(workbook(rich), problem("Targets!I5"))
    sheet = opened(content)["Targets"]
    assert "H4" in shades(sheet) and LINE in said(sheet, "H4")


def test_notes_are_listed_but_not_coloured() -> None:
    content = mark(workbook(plain), note("Targets!C6"))
    sheet = opened(content)["Targets"]
    assert (shades(sheet), said(sheet, "C6")) == ({}, "")
    assert listed(content)[1][:2] == ("Note", "Targets!C6")


def test_a_comment_has_message_and_cure_of_all_problems_errors_first() -> None:
    told = (
        warning("Targets!C6", "Doubtful."),
        problem("Targets!C6", said="Wrong."),
        problem("Targets!C6", said="Wrong."),
    )
    assert said(opened(mark(workbook(plain), *told))["Targets"], "C6") == (
        f"{LINE}\nError: Wrong. Correct it.\nWarning: Doubtful. Correct it."
    )
    chinese = mark(workbook(plain), *told, language="zh")
    assert "错误：Wrong.（中）请更正。" in said(opened(chinese)["Targets"], "C6")


def test_the_comment_of_a_cell_with_very_many_problems_refers_to_the_list() -> None:
    content = mark(workbook(plain), *(problem("Targets!C6", said=f"Wrong {number}.") for number in range(50)))
    text = said(opened(content)["Targets"], "C6")
    assert text.count("\n") == 7 and text.endswith("… and 44 more, see the first tab")
    assert len(listed(content)) == 51


def test_the_users_own_comment_stays_above() -> None:
    content = mark(workbook(rich), problem("Targets!B4", said="Wrong."))
    sheet = opened(content)["Targets"]
    assert said(sheet, "B4") == f"A note of my own{NEXT}{LINE}\nError: Wrong. Correct it."
    assert said(sheet, "D4") == "Another note"


def test_on_a_cell_with_a_thread_of_talk_there_is_no_comment_but_all_else() -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("Targets").write_comment("B4", "[Threaded comment]", {"author": "tc={1}"})

    content = mark(workbook(fill), problem("Targets!B4"))
    sheet = opened(content)["Targets"]
    assert said(sheet, "B4") == "[Threaded comment]"
    assert list(shades(sheet)) == ["B4", "A4"] and listed(content)[1][1] == "Targets!B4"


def test_thousands_of_comments_have_numbers_that_their_drawing_names() -> None:
    content = mark(workbook(plain), *(problem(f"Targets!C{row}") for row in range(2, 2500)))
    drawing = parts(content)["xl/drawings/vmlDrawing1.vml"].decode()
    numbers = [int(one) for one in re.findall(r"_x0000_s(\d+)", drawing)]
    named = re.search(r'data="([\d,]+)"', drawing)
    assert named and len(set(numbers)) == 2498
    assert {str(number // 1024) for number in numbers} == set(named[1].split(","))


def test_the_box_of_a_comment_grows_with_its_text() -> None:
    def height(text: str) -> int:
        drawing = parts(mark(workbook(plain), problem("Targets!C6", said=text)))["xl/drawings/vmlDrawing1.vml"]
        found = re.search(rb"height:(\d+)pt", drawing)
        assert found
        return int(found[1])

    assert height("Short.") < height("word " * 60) < height("字" * 600) < 700


def test_the_list_stands_first_and_leads_to_the_cells() -> None:
    content = mark(
        workbook(rich),
        note("Targets!D5"),
        warning("It's a list!!B2"),
        problem("Targets!C5", case_id="S1-202601"),
        problem(""),
        problem("Gone!A1"),
        people={"S1-202601": "王某"},
    )
    book = opened(content)
    sheet = book.worksheets[0]
    assert (sheet.title, book.active.title if book.active else "") == ("Problems", "Problems")
    assert sheet["B1"].value == "3 errors, 1 warning, 1 note in team.xlsx"
    assert listed(content) == [
        ("Severity", "Where", "Person", "What is wrong", "What to do", "Rule"),
        ("Error", "team.xlsx", "", "It is wrong.", "Correct it.", "E103"),
        ("Error", "Targets!C5", "S1-202601 王某", "It is wrong.", "Correct it.", "E103"),
        ("Error", "Gone!A1", "", "It is wrong.", "Correct it.", "E103"),
        ("Warning", "It's a list!!B2", "", "It is doubtful.", "Correct it.", "W202"),
        ("Note", "Targets!D5", "", "Read as a date.", "Correct it.", "I206"),
    ]
    links = {cell: sheet[cell].hyperlink.location for cell in ("C5", "C7", "C8")}
    assert links == {"C5": "'Targets'!C5", "C7": "'It''s a list!'!B2", "C8": "'Targets'!D5"}
    assert sheet["C4"].hyperlink is None and sheet["C6"].hyperlink is None
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A4", "B3:G8", "$3:$3")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert all(not one.sheet_view.tabSelected for one in book.worksheets[1:])


def test_the_list_is_marked_as_no_data_where_nobody_sees_it() -> None:
    sheet = opened(mark(workbook(plain), problem("Targets!C6"))).worksheets[0]
    assert sheet["A1"].value == NOT_READ and sheet.column_dimensions["A"].hidden


def test_the_list_speaks_the_language_of_the_user() -> None:
    content = mark(workbook(plain), problem("Targets!C6"), language="zh")
    sheet = opened(content).worksheets[0]
    assert (sheet.title, sheet["B1"].value) == ("问题", "team.xlsx：1 个错误")
    assert listed(content)[1] == ("错误", "Targets!C6", "", "It is wrong.（中）", "请更正。", "E103")


def test_a_tab_of_the_user_that_bears_the_name_of_the_list_stays() -> None:
    def fill(book: Any) -> None:
        plain(book)
        book.add_worksheet("problems").write("A1", "mine")

    book = opened(mark(workbook(fill), problem("Targets!C6")))
    assert book.sheetnames == ["Problems 2", "Targets", "Support", "problems"]
    assert book["problems"]["A1"].value == "mine"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "a\x00b\ud800c", "_x0041_", "<&>\"'", "x" * 40_000])
def test_hostile_text_stays_text(text: str) -> None:
    content = mark(workbook(plain), problem("Targets!C6", said=text))
    cell = opened(content).worksheets[0]["E4"]
    assert cell.data_type == "s" and cell.quotePrefix
    assert str(cell.value)[:2] in (text[:2], "a\ufffd", "_x")


def test_parts_that_are_not_touched_stay_byte_for_byte() -> None:
    before = workbook(rich)
    after = mark(before, problem("Targets!C5"))
    assert changed(before, after) == {
        "[Content_Types].xml",
        "docProps/custom.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    }


def test_of_a_marked_tab_only_the_rules_change() -> None:
    before = workbook(rich)
    after = mark(before, problem("Targets!C5"))
    old, new = (parts(one)["xl/worksheets/sheet1.xml"].decode() for one in (before, after))
    new = re.sub(
        r'<conditionalFormatting sqref="[A-Z0-9]+"><cfRule [^>]*><formula>"docgen"=.*?</conditionalFormatting>',
        "",
        new,
    )
    old, new = (re.sub(r' priority="\d+"', "", one) for one in (old.replace(' tabSelected="1"', ""), new))
    assert re.sub(r"\s|&quot;|\"", "", old) == re.sub(r"\s|&quot;|\"", "", new)


def test_values_formulas_and_their_results_stay() -> None:
    before = workbook(rich)
    after = mark(before, *(problem(f"Targets!{column}{row}") for column in "BCDEFG" for row in range(3, 9)))
    for results in (False, True):
        old, new = (openpyxl.load_workbook(BytesIO(one), data_only=results) for one in (before, after))
        for name in old.sheetnames:
            assert cells(old[name]) == cells(new[name])


def cells(sheet: Worksheet) -> list[tuple[object, ...]]:
    return [
        (str(getattr(cell.value, "text", cell.value)), cell.data_type, cell.number_format, cell.font.i)
        for row in sheet
        for cell in row
    ]


def test_rules_names_and_settings_of_the_user_stay() -> None:
    before, after = opened(workbook(rich)), opened(mark(workbook(rich), problem("Targets!C5")))
    old, new = before["Targets"], after["Targets"]
    assert [one.sqref for one in new.data_validations.dataValidation] == [
        one.sqref for one in old.data_validations.dataValidation
    ]
    assert (new.freeze_panes, new.protection.sheet, new.print_area, new.print_title_rows) == (
        old.freeze_panes, old.protection.sheet, old.print_area, old.print_title_rows,
    )  # fmt: skip
    assert (after.defined_names["Rates"].attr_text, new.defined_names["Local"].attr_text) == (
        "Lists!$A$1:$A$3",
        "Targets!$A$1",
    )
    assert parts(mark(workbook(rich)))["docProps/custom.xml"].count(b"<property") == 2
    assert after["Lists"].sheet_state == "hidden"


def test_docgens_rules_outrank_those_of_the_user_which_keep_their_order() -> None:
    content = mark(workbook(rich), problem("Targets!C5"), warning("Targets!E6"))
    sheet = parts(content)["xl/worksheets/sheet1.xml"].decode()
    rules = re.findall(r'<(?:x14:)?cfRule type="(\w+)"[^>]*priority="(\d+)"', sheet)
    assert [kind for kind, _ in sorted(rules, key=lambda one: int(one[1]))] == [
        *["expression"] * 4, "cellIs", "expression", "dataBar",
    ]  # fmt: skip
    assert len({priority for _, priority in rules}) == len(rules)


def test_marking_a_marked_copy_clears_docgens_marks_and_no_others() -> None:
    first = mark(workbook(rich), problem("Targets!B4"), problem("Targets!E6"), warning("It's a list!!A2"))
    second = mark(first, problem("Targets!D7"))
    book = opened(second)
    sheet = book["Targets"]
    assert book.sheetnames == ["Problems", "Targets", "It's a list!", "Lists"]
    assert list(shades(sheet)) == ["D7", "B7"] and shades(book["It's a list!"]) == {}
    assert [said(sheet, cell) for cell in ("B4", "D4", "E6")] == ["A note of my own", "Another note", ""]
    assert said(book["It's a list!"], "A2") == "" and LINE in said(sheet, "D7")
    assert len(listed(second)) == 2


def test_several_rounds_of_marking_come_to_the_same_as_one() -> None:
    told = problem("Targets!B4"), warning("It's a list!!A2")
    content = once = mark(workbook(rich), *told)
    sizes = []
    for _ in range(3):
        content = mark(mark(content, problem("Targets!C5"), problem("Lists!A2")), *told)
        sizes.append(len(parts(content)["xl/styles.xml"]))
    assert len(set(sizes)) == 1
    assert opened(content).sheetnames == opened(once).sheetnames
    for name in ("Targets", "It's a list!", "Lists"):
        one, many = opened(once)[name], opened(content)[name]
        assert shades(one) == shades(many)
        cells = [
            [(cell.coordinate, said(sheet, cell.coordinate)) for row in sheet for cell in row] for sheet in (one, many)
        ]
        assert cells[0] == cells[1]
    assert parts(content)["xl/worksheets/sheet1.xml"] == parts(once)["xl/worksheets/sheet1.xml"]


def test_marks_are_found_again_after_another_program_has_saved_the_copy() -> None:
    book = openpyxl.load_workbook(BytesIO(mark(workbook(plain), problem("Targets!C6"), problem("Support!B2"))))
    book["Problems"].title = "Mistakes"
    out = BytesIO()
    book.save(out)
    again = opened(mark(out.getvalue(), problem("Targets!C7")))
    assert again.sheetnames == ["Problems", "Targets", "Support"]
    assert list(shades(again["Targets"])) == ["C7", "A7"] and shades(again["Support"]) == {}
    assert said(again["Targets"], "C6") == said(again["Support"], "B2") == ""


def test_files_of_another_writer_are_marked_too() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Targets"
    sheet["B2"] = "x"
    sheet["B2"].comment = Comment("mine", "me")
    out = BytesIO()
    book.save(out)
    again = opened(mark(out.getvalue(), problem("Targets!B2")))
    assert said(again["Targets"], "B2").startswith(f"mine\n{LINE}")


@pytest.mark.parametrize("fill", [plain, rich])
def test_a_marked_copy_obeys_the_schemas(fill: Any, tmp_path: Path) -> None:
    told = problem("Targets!B4"), warning("Targets!C5"), note("Targets!D5"), problem("")
    before = schema_problems(workbook(fill), tmp_path)
    content = mark(workbook(fill), *told)
    assert schema_problems(content, tmp_path) == before
    assert schema_problems(mark(content, problem("Targets!C7"), language="zh"), tmp_path) == before


@pytest.mark.parametrize(
    "before",
    [
        '<sheetFormatPr defaultColWidth="0" defaultRowHeight="15"/>',
        '<sheetFormatPr defaultColWidth="-9" defaultRowHeight="-1"/>',
        '<cols><col min="1" max="99999999999" hidden="1"/></cols>',
        '<cols><col min="-99999999999" max="3" width="-4"/><col min="4" max="16384" width="1e300"/></cols>',
        '<cols><col min="1" max="2" width="1e99"/></cols>',
    ],
)
def test_sizes_that_no_program_writes_keep_no_cell_from_being_marked(before: str) -> None:
    content = xlsx(sheet_of('<row r="2" ht="-5"><c r="D2"><v>1</v></c></row>', before))
    made = mark(content, problem("Tab!D2"))
    (shape,) = re.findall("<x:Anchor>([^<]*)</x:Anchor>", parts(made)["xl/drawings/vmlDrawing1.vml"].decode())
    columns = [int(number) for number in shape.split(",")]
    assert len(columns) == 8 and min(columns) >= 0 and columns[4] < 16_384
    assert b'sqref="D2"' in parts(made)["xl/worksheets/sheet1.xml"]


def test_merged_areas_that_lie_over_each_other_are_marked_at_their_first_cell() -> None:
    row = '<row r="2"><c r="D2"><v>1</v></c></row>'
    areas = '<mergeCell ref="A1:XFD1048576"/>' * 2000
    content = xlsx(sheet_of(row, after=f"<mergeCells>{areas}</mergeCells>"))
    made = mark(content, *(problem(f"Tab!D{number}") for number in range(2, 1000)))
    assert b'sqref="A1"' in parts(made)["xl/worksheets/sheet1.xml"]


def test_a_tab_gets_so_many_comments_and_the_list_says_what_became_of_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("docgen.workbook.mark.MOST_COMMENTS", 2)
    told = [warning("Targets!B3"), warning("Targets!B4"), problem("Targets!B9"), problem("Support!B2")]
    book = opened(mark(workbook(plain), *told))
    commented = [cell for cell in ("B3", "B4", "B9") if said(book["Targets"], cell)]
    assert commented == ["B3", "B9"] and said(book["Support"], "B2")
    assert {"B3:B4", "B9"} <= shades(book["Targets"]).keys()
    assert "1 more are coloured" in str(book["Problems"]["B2"].value)
    assert "另有1个" in str(opened(mark(workbook(plain), *told, language="zh"))["问题"]["B2"].value)


def test_the_same_input_gives_the_same_bytes() -> None:
    content = workbook(rich)
    assert mark(content, problem("Targets!B4")) == mark(content, problem("Targets!B4"))
