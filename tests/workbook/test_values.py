"""What was typed, as the content of a cell."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from docgen.definitions.fields import parse
from docgen.definitions.results import Fault
from docgen.workbook.values import broken, content
from tests.workbook.new_help import definitions


@pytest.mark.parametrize(
    ("sheet", "name", "raw", "cell"),
    [
        ("case", "issue_date", "2026年1月5日", date(2026, 1, 5)),
        ("case", "issue_date", "1899-12-31", "1899-12-31"),
        ("case", "issue_date", "3/5/2026", "3/5/2026"),
        ("case", "issue_date", "next week", "next week"),
        ("interviews", "start", "14:00", time(14)),
        ("months", "month", "2026年3月", "2026-03"),
        ("targets", "weight", "30%", Decimal(30)),
        ("targets", "weight", "33.30", "33.30"),
        ("targets", "weight", "much", "much"),
        ("targets", "current_value", "109500", Decimal(109500)),
        ("targets", "current_value", "3.20", "3.20"),
        ("targets", "current_value", "007", "007"),
        ("targets", "current_value", "1,234", "1,234"),
        ("targets", "current_value", "35 万元", "35 万元"),
        ("targets", "current_value", "1234567890123456", "1234567890123456"),
        ("targets", "name", "=1+1", "=1+1"),
        ("targets", "key_item", "y", "Yes"),
        ("case", "trigger_reason", "raise_level", "Acceptable, but a higher level is needed"),
        ("case", "trigger_reason", "whim", "whim"),
        ("case", "consequence_codes", "coaching, extend", "Further coaching\nExtended improvement period"),
        ("case", "strengths", ["a", "b; c"], "a\nb; c"),
        ("case", "strengths", ["b; c"], "• b; c"),
        ("case", "strengths", ["• a", "• b; c"], "• • a\n• • b; c"),
        ("case", "strengths", ["• a", "b"], "• a\nb"),
        ("case", "strengths", [" a ", None, "b"], "a\nb"),
        ("targets", "name", "\n a\u3000", "a"),
        ("case", "strengths", "a；b", "a\nb"),
        ("case", "employee_name", "  ", None),
        ("case", "employee_name", Fault("error_value", "#REF!"), "#REF!"),
    ],
)
def test_a_cell_holds_what_was_typed(sheet: str, name: str, raw: Any, cell: Any) -> None:
    assert content(definitions().sheets[sheet].fields[name], raw, "en") == cell


@pytest.mark.parametrize("items", [["b; c"], ["• a"], ["• a", "• b；c"], ["a；", "b"], ["•", "b"], ["•"]])
def test_a_list_is_read_again_as_the_same_items(items: list[str]) -> None:
    strengths = definitions().sheets["case"].fields["strengths"]
    assert parse(strengths, content(strengths, items, "zh")) == items


def test_every_label_of_every_choice_is_read_as_its_code() -> None:
    for sheet in definitions().sheets.values():
        for of in sheet.fields.values():
            for code in of.choices.choices if of.choices else ():
                for language in ("en", "zh"):
                    label = content(of, code, language)
                    assert parse(of, label) == parse(of, code), (of.name, code, label)


def test_a_line_break_inside_an_item_is_noticed() -> None:
    strengths = definitions().sheets["case"].fields["strengths"]
    assert broken(strengths, ["one\ntwo"])
    assert not broken(strengths, ["one", "two"])
    assert content(strengths, ["one\ntwo"], "en") == "one two"
