"""Records as lines: children beside their parents, and what can't be held."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.sources.cases import read_cases
from docgen.workbook.lines import Sheets, sheets_of
from tests.workbook.new_help import definitions


def sheets(text: str, folder: Path) -> Sheets:
    path = folder / "case.yaml"
    path.write_text(text, "utf-8")
    return next(sheets_of(read_cases([path], definitions()).records, definitions(), "en"))


def test_children_stand_beside_their_parent_and_below(tmp_path: Path) -> None:
    text = """
case: {}
gaps:
  - area: Sales
    evidence: [{fact: one}, {fact: two}]
    causes: [{description: why}]
  - area: Reports
"""
    lines = sheets(text, tmp_path).lines(definitions().workbook.blocks["why"], definitions())
    assert lines == [
        {"gaps.area": "Sales", "evidence.fact": "one", "causes.description": "why"},
        {"evidence.fact": "two"},
        {"gaps.area": "Reports"},
    ]


def test_sheets_without_a_common_parent_stand_side_by_side(tmp_path: Path) -> None:
    text = "case: {}\nsupport: [{item: a}]\nreviews: [{type: final}, {type: interim}]"
    lines = sheets(text, tmp_path).lines(definitions().workbook.tabs["support"], definitions())
    assert lines == [{"support.item": "a", "reviews.type": "Final"}, {"reviews.type": "Interim"}]


MONTH = """
case: {{}}
targets: [{{name: Sales}}, {{name: Reports}}, {{name: Visits}}]
months:
  - month: 2026-03
    indicators: [{{target_ref: T1}}, {{target_ref: Reports}}, {{target_ref: T3}}]
    differences: {causes}
    measures: [{{what: one}}, {{what: two}}]
"""


def month_lines(causes: str, folder: Path) -> list[tuple[object, ...]]:
    lines = sheets(MONTH.format(causes=causes), folder).lines(definitions().workbook.blocks["months"], definitions())
    return [
        tuple(line.get(name) for name in ("indicators.target_ref", "differences.cause", "measures.what"))
        for line in lines
    ]


def test_a_cause_stands_beside_the_indicator_that_it_is_about(tmp_path: Path) -> None:
    causes = "[{target_ref: T2, cause: late}, {target_ref: Reports, cause: ill}, {target_ref: T3, cause: far}]"
    assert month_lines(causes, tmp_path) == [
        ("Sales", None, "one"),
        ("Reports", "late", "two"),
        (None, "ill", None),
        ("Visits", "far", None),
    ]


@pytest.mark.parametrize(
    "causes",
    [
        "[{target_ref: T3, cause: far}, {target_ref: T2, cause: late}]",
        "[{target_ref: T2, cause: far}, {cause: late}]",
        "[{target_ref: T2, cause: far}, {target_ref: Else, cause: late}]",
    ],
)
def test_causes_stay_in_their_order(causes: str, tmp_path: Path) -> None:
    assert [line[1] for line in month_lines(causes, tmp_path)] == ["far", "late", None]


def test_the_case_and_its_checks_share_a_line(tmp_path: Path) -> None:
    text = "case: {employee_no: A1}\nchecks: {trust: sufficient}"
    lines = sheets(text, tmp_path).lines(definitions().workbook.tabs["people"], definitions())
    assert lines == [{"case.employee_no": "A1", "checks.trust": "Sufficient"}]


def test_names_are_found_by_labels_too(tmp_path: Path) -> None:
    found = sheets("个案: {工号: A1}\n目标: [{指标: 销售额}]", tmp_path)
    assert found.value("employee_no") == "A1"
    assert found.used == {("case", "employee_no"), ("targets", "name")}


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("case: {shoe_size: 43}", "unknown", 1),
        ("case: {}\ntargets: many", "no_rows", 2),
        ("case: {}\ntargets:\n  - name: a\n  - milestones: [{month: 2026-03}]", "empty_row", 4),
        ("case:\n  strengths:\n    - |\n      one\n      two", "line_break", 3),
        (f"case: {{reward_terms: {'x' * 33_000}}}", "too_long", 1),
    ],
)
def test_what_a_workbook_can_not_hold_is_told_with_its_place(text: str, kind: str, line: int, tmp_path: Path) -> None:
    (lost,) = sheets(text, tmp_path).lost
    assert (lost.kind, lost.position.line) == (kind, line)
    assert f"case.yaml:{line}:" in lost.told("en") and "{" not in lost.told("zh")
