from __future__ import annotations

import pytest

from docgen.sources.headings import Understood, Vocabulary
from tests.sources.books import FOREIGN, book, definitions, grid, problems, records, run, said


def understood(tab: str, *headings: str, **groups: str) -> Understood:
    vocabulary = Vocabulary(definitions(), definitions().workbook.tabs[tab].sheets, FOREIGN)
    above = {int(at.lstrip("_")): sheet for at, sheet in groups.items()}
    return vocabulary.understand(list(enumerate(headings)), above)


def keys(tab: str, *headings: str, **groups: str) -> list[str]:
    return [f"{one.sheet}.{one.name}" for one in understood(tab, *headings, **groups).columns]


@pytest.mark.parametrize(
    "heading",
    [
        *("weight", "Weight", "WEIGHT", " weight ", "Ｗｅｉｇｈｔ", "权重", "Weight*", "权重＊", "Weight (required)"),
        *("权重（必填）", "Weight (%)", "权重（%）", "Weight\n(in %)", "* Weight:", "weight_", "targets.weight"),
        *("Targets: Weight", "目标：权重", "权 重", "权\u3000重", "权\n重（%）"),
    ],
)
def test_a_heading_is_known_however_it_is_written(heading: str) -> None:
    assert keys("targets", heading) == ["targets.weight"]


@pytest.mark.parametrize(
    ("heading", "key"),
    [("姓 名", "employee_name"), ("计划期\n结束", "period_end"), ("直接主管\n姓名", "supervisor_name")],
)
def test_blanks_between_chinese_characters_do_not_count(heading: str, key: str) -> None:
    assert keys("people", heading) == [f"case.{key}"]


@pytest.mark.parametrize("tail", ["#" * 100_000, "(b)" * 30_000, " " * 100_000 + "x", "(" * 100_000])
def test_a_text_too_long_for_a_heading_is_none(tail: str) -> None:
    found = understood("targets", f"Weight{tail}", "Indicator")
    assert [one.name for one in found.columns] == ["name"] and [at for at, _ in found.unread] == [0]


def test_a_bracket_that_belongs_to_the_name_is_no_unit() -> None:
    assert keys("people", "Reviewed by (HR)", "HR contact") == ["case.hr_reviewed_by", "case.hr_contact"]


def test_columns_of_one_sheet_stand_together() -> None:
    found = keys("months", "Month", "Target", "Actual", "Target", "Aspect", "Cause", "Target", "What", "When due")
    assert found == [
        *("months.month", "indicators.target_ref", "indicators.actual"),
        *("differences.target_ref", "differences.aspect", "differences.cause"),
        *("measures.target_ref", "measures.what", "measures.when_due"),
    ]


def test_a_heading_that_names_its_sheet_needs_no_neighbours() -> None:
    assert keys("months", "Measures: Target", "Month") == ["measures.target_ref", "months.month"]


def test_a_row_of_groups_above_the_headings_counts() -> None:
    assert keys("months", "Month", "Target", _1="differences") == ["months.month", "differences.target_ref"]
    tab = grid(
        "Months", "| | | Differences | |\n| Employee number | Month | Target | Cause |\n| S1 | 2026-03 | Sales | fair |"
    )
    people = grid("People", "| Employee number | Period starts |\n| S1 | @2026-01-05 |")
    (record,) = records(people, tab)
    assert record.data["months"][0]["differences"] == [{"target_ref": "Sales", "cause": "fair"}]


def test_a_name_beside_the_number_is_the_persons_where_another_names_the_target() -> None:
    assert keys("targets", "Staff no", "Name", "Indicator", "Weight")[1:3] == ["case.employee_name", "targets.name"]


def test_an_alias_gives_way_to_the_fields_own_name() -> None:
    found = understood("people", "Employee number", "Division", "Department", "Team")
    assert [one.at for one in found.columns if one.name == "department"] == [2]
    assert [text for _, text in found.unread] == ["Division", "Team"]


PEOPLE = "| Employee number | Period starts |\n| S1 | @2026-01-05 |\n| S2 | @2026-01-05 |"
TARGETS = "| Employee number | Indicator | {} |\n| S1 | Sales | =60 |\n| S1 | Test | =40 |\n| S2 | Sales | =100 |"


def told(heading: str, code: str) -> list[tuple[str, str, str]]:
    found = said(run(book(People=PEOPLE, Targets=TARGETS.format(heading))).all_problems)
    return [one for one in found if one[0] == code]


def test_a_misspelled_heading_is_told_once_with_the_nearest() -> None:
    found = run(book(People=PEOPLE, Targets=TARGETS.format("Wieght"))).all_problems
    (problem,) = [one for one in found if one.code == "E103"]
    assert said([problem]) == [("E103", "Targets!C1", "“Wieght” is not a field of Targets.")]
    assert "perhaps weight?" in problem.fix.en.lower()
    assert not [one for one in found if "Weight" in one.message.en]  # nor is the weight missing, as in YAML


@pytest.mark.parametrize("again", ["Indicator", "Indicator *", "指标"])
def test_a_heading_used_twice_is_told_once(again: str) -> None:
    assert [(code, cell) for code, cell, _ in told(again, "E103")] == [("E103", "Targets!C1")]


def test_what_belongs_to_another_system_is_never_kept() -> None:
    people = "| Employee number | Date of birth | Period starts |\n| S1 | @1990-01-01 | @2026-01-05 |"
    (record,) = records(People=people)
    assert "1990-01-01" not in str(record.data)
    assert [(code, cell) for code, cell, _ in said(problems(People=people))] == [("W230", "People!B1")]


def test_other_unknown_headings_are_noted_together() -> None:
    people = "| Employee number | Shoe size | Period starts | Canteen |\n| S1 | 43 | @2026-01-05 | yes |"
    assert said(problems(People=people)) == [
        ("I206", "People!B1", "Not read, for want of a heading that is known: Shoe size, Canteen.")
    ]


def test_a_tab_without_known_headings_is_noted() -> None:
    assert said(problems(People=PEOPLE, Canteen="| soup | fish |\n| 1 | 2 |")) == [
        ("I206", "Canteen!A1", "Not read, as no row of it holds headings that are known: the tab Canteen.")
    ]
    assert problems(People=PEOPLE, Guide="| docgen:not read | how to |\n| fill | in |") == []


def test_a_column_of_ones_own_among_docgens_is_not_read_and_that_is_told() -> None:
    people = """
    | docgen:people | case.employee_no | | case.period_start | |
    | docgen:- | Employee number | Remark | Period starts | Period ends |
    | | S1 | asked twice | @2026-01-05 | @2026-06-30 |
    """
    (record,) = records(People=people)
    assert record.data["case"] == {"employee_no": "S1", "period_start": "2026-01-05", "period_end": "2026-06-30"}
    assert said(problems(People=people)) == [
        ("I206", "People!C2", "Not read, for want of a heading that is known: Remark.")
    ]


def test_a_row_without_text_above_the_headings_names_no_group() -> None:
    (record,) = records(People="| =1 | =2 |\n| Employee number | Period starts |\n| S1 | @2026-01-05 |")
    assert record.data["case"]["period_start"] == "2026-01-05"
