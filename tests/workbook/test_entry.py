"""What helps a person who types: notes, drop-downs, limits."""

from __future__ import annotations

import re

import pytest

from docgen.model.problems import UiLanguage
from docgen.workbook.guide import Layout
from tests.workbook.new_help import ALL, definitions, keyed, new, opened

CASES: list[tuple[Layout, UiLanguage]] = [("card", "en"), ("card", "zh"), ("table", "en"), ("table", "zh")]


@pytest.mark.parametrize(("layout", "language"), CASES)
def test_all_notes_keep_to_what_excel_shows(layout: Layout, language: UiLanguage) -> None:
    rules = [
        one for sheet in opened(new(layout, language, ALL, True, 1)) for one in sheet.data_validations.dataValidation
    ]
    assert len(rules) > 150
    for rule in rules:
        assert len(rule.promptTitle) <= 32 and 0 < len(rule.prompt) <= 255, rule.promptTitle
        assert len(rule.error or "") <= 224


def test_every_cell_to_type_in_has_a_note() -> None:
    for sheet in opened(new("table", "en", ALL, True, 5)):
        keys = [cell.column_letter for cell in sheet[1][1:] if cell.value and "." in str(cell.value)]
        noted = {str(rule.sqref) for rule in sheet.data_validations.dataValidation}
        assert {f"{letter}4:{letter}8" for letter in keys} <= noted


def test_the_choices_of_a_list_are_labels_in_the_language_of_the_workbook() -> None:
    book = opened(new("table", "zh", ALL))
    column = next(
        column for column in book["选项"].iter_cols(min_col=2, values_only=True) if column[1] == "trigger_reason"
    )
    labels = [label.zh for label in definitions().lists["trigger_reason"].choices.values()]
    assert [text for text in column[2:] if text] == labels


def test_nothing_english_is_left_in_a_chinese_workbook() -> None:
    known = {
        "docgen",
        "check",
        "generate",
        "marked",
        "team",
        "xlsx",
        "yaml",
        "Alt",
        "Enter",
        "T",
        "M",
        "S",
        "G",
        "Excel",
    }
    for sheet in opened(new("card", "zh", ALL, True, 1)):
        shown = [
            str(cell.value)
            for row in sheet.iter_rows(min_col=2)
            for cell in row
            if isinstance(cell.value, str) and not sheet.row_dimensions[row[0].row].hidden and cell.data_type != "f"
        ]
        shown += [f"{rule.prompt} {rule.error or ''}" for rule in sheet.data_validations.dataValidation]
        if sheet.sheet_state == "visible":
            words = set(re.findall(r"[A-Za-z]{2,}", " ".join(shown))) - known
            assert not words, (sheet.title, words)


def test_a_required_gap_is_coloured_in_a_row_that_was_begun() -> None:
    sheet = opened(new("table", rows=5))["Targets"]
    _, column = keyed(sheet, "targets.name")
    letter = sheet.cell(1, column).column_letter
    formulas = {str(area.sqref): rule.formula[0] for area in sheet.conditional_formatting for rule in area.rules}
    assert formulas[f"{letter}4:{letter}8"] == "AND(LEN(TRIM($C4))=0,SUMPRODUCT(LEN($C4:$K4))>0)"


def test_dates_are_only_advised_because_docgen_reads_more_than_excel() -> None:
    sheet = opened(new("table", rows=5))["Support"]
    _, column = keyed(sheet, "support.by_date")
    (rule,) = [one for one in sheet.data_validations.dataValidation if one.type == "date"]
    assert rule.errorStyle == "warning" and str(rule.sqref).startswith(sheet.cell(1, column).column_letter)


def test_a_weight_below_one_is_asked_about() -> None:
    sheet = opened(new("table", "zh", rows=5))["目标"]
    letter = sheet.cell(1, keyed(sheet, "targets.weight")[1]).column_letter
    (rule,) = [one for one in sheet.data_validations.dataValidation if str(one.sqref).startswith(f"{letter}4")]
    assert (rule.type, rule.errorStyle, rule.formula1, rule.formula2) == ("decimal", "warning", "1", "100")
    assert "0.6" in rule.error


def test_departments_that_the_office_knows_can_be_chosen() -> None:
    from docgen.workbook.creating import Order, new_workbook

    order = Order(("letter",), "en", "team.xlsx", "table", known={"department": ("Sales", "Service")})
    book = opened(new_workbook(order, definitions())[0])
    _, column = keyed(book["People"], "case.department")
    letter = book["People"].cell(1, column).column_letter
    (rule,) = [one for one in book["People"].data_validations.dataValidation if str(one.sqref).startswith(letter)]
    assert rule.type == "list" and not rule.showErrorMessage
