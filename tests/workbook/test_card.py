"""The tab of one person."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from docgen.definitions.tabs import key_mark
from tests.workbook.new_help import ALL, again, definitions, filled, keyed, new, opened, own, records, written


def card(content: bytes, name: str) -> Worksheet:
    found = opened(content)[name]
    assert isinstance(found, Worksheet)
    return found


def marks(sheet: Worksheet) -> dict[int, str]:
    return {cell.row: str(cell.value) for (cell,) in sheet.iter_rows(max_col=1) if cell.value}


def test_the_blocks_stand_below_each_other_each_with_its_hidden_keys() -> None:
    sheet = card(new("card", "en", ALL, rows=1), "Person 1")
    blocks = [mark for mark in dict.fromkeys(marks(sheet).values()) if mark != "docgen:-"]
    assert blocks == [key_mark(name) for name in definitions().workbook.blocks]
    assert all(sheet.row_dimensions[row].hidden == (mark != "docgen:-") for row, mark in marks(sheet).items())


def test_every_row_above_the_data_is_marked_as_such() -> None:
    sheet = card(new("card", "zh", ALL, rows=1), "员工1")
    for row in sheet.iter_rows():
        if any(cell.value is not None for cell in row):
            assert row[0].value, f"row {row[0].row} would be read as data"


def test_a_tab_is_named_by_its_person_and_the_list_links_to_it() -> None:
    book = opened(filled("wang.yaml", "card", "zh"))
    people = book["人员"]
    assert people["B4"].value == "王某" == people["D4"].value
    assert people["B4"].hyperlink.location == "'王某'!C1"


def test_the_head_looks_its_person_up_by_the_name_of_the_tab() -> None:
    sheet = card(filled("wang.yaml", "card", "zh"), "王某")
    assert "MATCH($B$1,人员!$B:$B,0)" in str(sheet["C1"].value)
    assert str(sheet["B1"].value).startswith("=IFERROR(MID(CELL("), "a copied tab must not show the first one's person"


def test_formulas_hold_their_values_before_anybody_computes_them(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "team.xlsx"
    path.write_bytes(filled("wang.yaml", "card", "zh"))
    sheet = load_workbook(path, data_only=True)["王某"]
    assert (sheet["B1"].value, sheet["C1"].value) == ("王某", "王某")
    assert sheet["C2"].value == "工号：S1024　　部门：销售部　　岗位：销售代表"
    _, column = keyed(card(filled("wang.yaml", "card", "zh"), "王某"), "targets.weight")
    assert 100 in [cell.value for (cell,) in sheet.iter_rows(min_col=column, max_col=column)]


def test_the_sum_grows_with_lines_that_are_put_in() -> None:
    sheet = card(new("card", rows=1), "Person 1")
    _, column = keyed(sheet, "targets.weight")
    (total,) = [cell for (cell,) in sheet.iter_rows(min_col=column, max_col=column) if str(cell.value).startswith("=")]
    assert "INDEX(" in str(total.value) and "ROW()-1" in str(total.value)
    assert marks(sheet)[total.row or 0] == "docgen:-" and total.protection.locked


@pytest.mark.parametrize(("key", "to"), [("indicators.target_ref", "targets.name"), ("steps.gap_ref", "gaps.area")])
def test_what_a_row_is_for_is_chosen_from_the_names_above(key: str, to: str) -> None:
    sheet = card(new("card", "en", ALL, optional=True, rows=1), "Person 1")
    row, column = keyed(sheet, key)
    named = get_column_letter(keyed(sheet, to)[1])
    rules = [
        one for one in sheet.data_validations.dataValidation if sheet.cell(row + 4, column).coordinate in one.sqref
    ]
    assert rules[0].type == "list" and rules[0].formula1.startswith(f"OFFSET(${named}$")
    assert not rules[0].showErrorMessage, "T1 is understood too"


def test_people_without_a_name_get_numbered_tabs() -> None:
    assert opened(new("card", "zh", rows=2)).sheetnames[3:] == ["员工1", "员工2"]


def test_the_list_of_people_is_the_only_list() -> None:
    people = opened(new("card", "en", rows=1))["People"]
    keys = [cell.value for cell in people[1] if cell.value]
    identity = [f"case.{name}" for name in definitions().workbook.identity]
    assert keys == ["docgen:people", "card", *identity]


def test_more_lines_than_usual_leave_some_empty(tmp_path: Path) -> None:
    targets = "".join(f"\n  - name: T{number}" for number in range(9))
    content, _ = written(f"case: {{employee_no: A1, employee_name: B. Wu}}\ntargets:{targets}", tmp_path)
    sheet = card(content, "B. Wu")
    row, column = keyed(sheet, "targets.name")
    names = [sheet.cell(at, column).value for at in range(row + 2, row + 13)]
    assert names == [*(f"T{number}" for number in range(9)), None, None]


def test_a_copied_tab_is_the_card_of_whoever_names_it(tmp_path: Path) -> None:
    book = own(filled("wang.yaml", "card", "zh"))
    book.copy_worksheet(book["王某"]).title = "赵某的表"
    for column, text in zip("BCD", ("赵某的表", "S2", "赵某"), strict=True):
        book["人员"][f"{column}5"] = text
    book.save(tmp_path / "copied.xlsx")
    first, second = again((tmp_path / "copied.xlsx").read_bytes(), tmp_path)
    assert second.data["case"]["employee_no"] == "S2"
    assert second.data["targets"] == first.data["targets"] and second.data["gaps"] == first.data["gaps"]


def test_lines_that_are_put_in_are_read_where_they_stand(tmp_path: Path) -> None:
    book = own(filled("wang.yaml", "card", "zh"))
    sheet = book["王某"]
    row, column = keyed(sheet, "steps.action")
    sheet.insert_rows(row + 3, 2)
    sheet.cell(row + 4, column).value = "插入的步骤"
    book.save(tmp_path / "longer.xlsx")
    (record,) = again((tmp_path / "longer.xlsx").read_bytes(), tmp_path)
    (before,) = records("wang.yaml")
    steps = [step["action"] for step in record.data["steps"]]
    assert steps[1] == "插入的步骤" and steps[::2] == [before.data["steps"][0]["action"], steps[2]]
    assert [talk["date"] for talk in record.data["interviews"]] == [talk["date"] for talk in before.data["interviews"]]


def test_nobody_can_type_where_nothing_is_read() -> None:
    sheet = card(new("card", "en", ALL, rows=1), "Person 1")
    for row in marks(sheet):
        assert sheet.row_dimensions[row].s and sheet.row_dimensions[row].protection.locked


def test_a_card_of_the_usual_forms_is_seen_without_scrolling_sideways() -> None:
    for forms in (("letter",), ("letter", "plan"), ALL):
        sheet = card(new("card", "en", forms, rows=1), "Person 1")
        pixels = sum(7 * column.width + 5 for column in sheet.column_dimensions.values() if not column.hidden)
        assert pixels * (sheet.sheet_view.zoomScale or 100) / 100 < 1320, forms
