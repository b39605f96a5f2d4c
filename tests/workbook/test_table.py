"""A tab of the table layout."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.workbook.new_help import filled, keyed, new, opened, written


def test_keys_are_hidden_and_stand_over_their_labels() -> None:
    sheet = opened(new("table", "zh"))["目标"]
    assert sheet.row_dimensions[1].hidden and sheet.column_dimensions["A"].hidden
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == ["docgen:targets", "docgen:-", "docgen:-"]
    assert [sheet.cell(1, column).value for column in (2, 3)] == ["case.employee_no", "targets.name"]
    assert [sheet.cell(3, column).value for column in (2, 3)] == ["工号*", "指标*"]
    assert sheet["B2"].value is None and sheet["C2"].value.startswith("目标：每项目标一行")


def test_labels_can_be_filtered_and_stay_in_sight() -> None:
    sheet = opened(new("table", rows=40))["People"]
    assert sheet.auto_filter.ref.startswith("B3:") and sheet.auto_filter.ref.endswith("43")
    assert sheet.freeze_panes == "D4" and sheet.print_title_rows == "$2:$3"


@pytest.mark.parametrize("rows", [1, 40])
def test_notes_and_rules_reach_over_the_rows_asked_for(rows: int) -> None:
    sheet = opened(new("table", rows=rows))["Support"]
    ends = {str(rule.sqref).rpartition(":")[2] or str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert {int("".join(filter(str.isdigit, end))) for end in ends} == {3 + rows}


def test_cells_are_free_and_headings_are_not() -> None:
    sheet = opened(new("table"))["Targets"]
    assert sheet.protection.sheet and sheet.protection.password is None
    assert not sheet.protection.sort and not sheet.protection.insertRows and not sheet.protection.deleteRows
    assert sheet["C3"].protection.locked and sheet["A1"].protection.locked
    styles = zipfile.ZipFile(BytesIO(new("table"))).read("xl/styles.xml").decode()
    plain, *_ = styles.partition("<cellXfs")[2].split("<xf ")[1:]
    assert 'locked="0"' in plain, "a cell that is pasted takes this format"
    assert not sheet.column_dimensions["C"].protection.locked


def test_texts_are_text_and_numbers_numbers(tmp_path: Path) -> None:
    content, _ = written("case: {employee_no: '007', period_end: 2026-06-30}", tmp_path, "table")
    sheet = opened(content)["People"]
    assert (sheet["B4"].value, sheet["B4"].number_format) == ("007", "@")
    row, column = keyed(sheet, "case.period_end")
    assert sheet.cell(row + 3, column).is_date and sheet.cell(row + 3, column).number_format == "yyyy-mm-dd"


def test_what_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    content, _ = written("case: {employee_no: A1}\ntargets: [{name: '=1+1'}]", tmp_path, "table")
    assert (opened(content)["Targets"]["C4"].value, opened(content)["Targets"]["C4"].data_type) == ("=1+1", "s")


def test_the_sum_of_a_person_stands_beside_each_weight() -> None:
    sheet = opened(filled("wang.yaml", "table"))["Targets"]
    row, column = keyed(sheet, "targets.weight")
    assert sheet.cell(row, column + 1).value == "docgen:-", "this is no remark that somebody typed"
    assert sheet.cell(row + 3, column + 1).value.startswith("=IF(")


def test_every_row_of_a_case_names_its_person() -> None:
    sheet = opened(filled("wang.yaml", "table"))["Gaps and causes"]
    lines = [row for row in sheet.iter_rows(min_row=4, values_only=True) if any(row)]
    assert len(lines) > 1 and {row[1] for row in lines} == {"S1024"}
