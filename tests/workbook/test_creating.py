"""A new workbook as a whole: its tabs, what is read out of it again, and how much there is to type."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docgen.checking.asked import asked
from docgen.checking.validate import Checker
from docgen.company import find_settings
from docgen.generate import render
from docgen.kit import Kit
from docgen.layout.context import Stamp
from docgen.layout.sets import load_set
from docgen.model.identity import content_hash
from docgen.model.problems import UiLanguage
from docgen.model.record import Record
from docgen.paper import papers
from docgen.sources.cases import read_cases
from docgen.sources.settings import read_settings
from docgen.workbook.columns import Choosing
from docgen.workbook.creating import Order, forms_of, new_workbook
from docgen.workbook.guide import Layout
from tests.ooxml import schema_problems
from tests.sample_help import exact
from tests.workbook.new_help import ALL, SAMPLES, again, definitions, filled, new, opened, records, written

LAYOUTS: tuple[Layout, ...] = ("card", "table")
LANGUAGES: tuple[UiLanguage, ...] = ("en", "zh")
TODAY = date(2026, 6, 30)


def values(record: Record) -> Any:
    """The case with its references resolved, however they name their rows."""
    return exact(Checker(definitions()).validate(record, {}, None, TODAY).case.values)


@cache
def values_of(sample: str) -> list[Any]:
    return [values(record) for record in records(sample)]


def hashes(sample: str, found: Iterable[Record]) -> list[list[str]]:
    """What the documents of ``found`` say, in the office of a sample."""
    settings, _ = read_settings(find_settings(SAMPLES / sample), definitions())
    kit, checker = Kit(definitions(), settings, load_set()), Checker(definitions())
    cases = [checker.validate(record, settings, None, TODAY) for record in found]
    return [
        [
            content_hash(render(paper, kit, Stamp(paper.number, 1, TODAY), "draft"))
            for paper in papers(one, definitions())
        ]
        for one in cases
    ]


@cache
def hashes_of(sample: str) -> list[list[str]]:
    return hashes(sample, records(sample))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("sample", "language"),
    [
        ("wang.yaml", "zh"),
        ("team.yaml", "en"),
        ("late-report.yaml", "en"),
        ("short.yaml", "zh"),
        ("en", "zh"),
        ("uk", "en"),
    ],
)
def test_read_again_it_gives_the_same_cases(sample: str, language: UiLanguage, layout: Layout, tmp_path: Path) -> None:
    found = again(filled(sample, layout, language), tmp_path)
    assert [values(record) for record in found] == values_of(sample)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("sample", ["wang.yaml", "en"])
def test_its_documents_are_the_same(sample: str, layout: Layout, tmp_path: Path) -> None:
    assert hashes(sample, again(filled(sample, layout), tmp_path)) == hashes_of(sample)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("forms", [("letter",), ALL])
def test_it_keeps_to_the_schemas(layout: Layout, language: UiLanguage, forms: tuple[str, ...], tmp_path: Path) -> None:
    assert not schema_problems(new(layout, language, forms, optional=len(forms) > 1), tmp_path)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_with_cases_it_keeps_to_the_schemas(layout: Layout, tmp_path: Path) -> None:
    assert not schema_problems(filled("wang.yaml", layout, "zh"), tmp_path)


def test_the_same_cases_make_the_same_bytes() -> None:
    order = Order((), "zh", "team.xlsx", "card")
    first, second = (new_workbook(order, definitions(), records("wang.yaml"))[0] for _ in range(2))
    assert first == second


@pytest.mark.parametrize(("forms", "most"), [(("letter",), 3), (ALL, 7)])
def test_the_tables_are_few(forms: tuple[str, ...], most: int) -> None:
    book = opened(new("table", "en", forms))
    tabs = [sheet for sheet in book if sheet["A1"].value != "docgen:not read"]
    assert len(tabs) <= most


def test_the_guide_comes_first_and_the_lists_are_out_of_sight() -> None:
    book = opened(new("card", "zh"))
    assert book.sheetnames[:3] == ["填写说明", "选项", "人员"]
    assert book["选项"].sheet_state == "veryHidden"
    assert book["填写说明"]["A1"].value == book["选项"]["A1"].value == "docgen:not read"


def test_the_file_says_for_which_forms_and_in_which_layout_it_was_made() -> None:
    properties = {one.name: one.value for one in opened(new("card", "en", ("letter", "plan"))).custom_doc_props.props}
    assert properties == {
        **{"docgen-version": "1", "docgen-forms": "letter,plan", "docgen-layout": "card"},
        "docgen-language": "en",
    }


def test_the_file_says_to_which_month_it_was_rolled_over_and_what_it_replaces() -> None:
    digests = ("a" * 64, "b" * 64, "c" * 64)
    content, _ = new_workbook(
        Order(("letter",), "en", "april.xlsx", rolled="2026-04", predecessors=digests), definitions()
    )
    properties = {one.name: one.value for one in opened(content).custom_doc_props.props}
    assert properties["docgen-rolled-over"] == "2026-04"
    names = ("docgen-predecessor", "docgen-predecessor-2", "docgen-predecessor-3")
    assert tuple(properties[name] for name in names) == digests


def test_what_is_typed_when_the_month_has_ended_has_a_column_before_anything_is_typed_in_it() -> None:
    book = opened(new_workbook(Order(("monthly",), "en", "april.xlsx", "table"), definitions())[0])
    assert any(cell.value == "indicators.data_missing_reason" for tab in book for cell in tab[1])


def test_choices_are_told_as_the_workbook_offers_them(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    record = Record("x", {"case": {"employee_no": "A1", "party": "somebody"}, "targets": [{"name": "a"}]}, {})
    path.write_bytes(new_workbook(Order(("letter",), "zh", path.name), definitions(), [record])[0])
    (read,) = read_cases([path], definitions()).records
    (found,) = (
        problem
        for problem in Checker(definitions()).validate(read, {}, ["letter"], date(2026, 3, 1)).problems
        if problem.path == ("case", "party")
    )
    assert read.language == "zh" and "员工、部门" in found.fix.en and "Employee" not in found.fix.en


def test_an_empty_workbook_holds_no_case(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    path.write_bytes(new("card"))
    with pytest.raises(AssertionError):
        again(new("card"), tmp_path)


def test_many_people_get_tables() -> None:
    order = Order(("letter",), "en", "team.xlsx")
    people = [Record("x", {"case": {"employee_no": f"A{number}"}}, {}) for number in range(31)]
    assert "Targets" in opened(new_workbook(order, definitions(), people)[0]).sheetnames
    assert "Targets" not in opened(new_workbook(order, definitions(), people[:30])[0]).sheetnames


def test_a_column_that_holds_data_is_there_though_no_form_asks_for_it(tmp_path: Path) -> None:
    content, _ = written(
        "case: {employee_no: A1, former_employee_no: T0771, period_end: 2026-06-30}", tmp_path, "table"
    )
    row = next(opened(content)["People"].iter_rows(min_row=1, max_row=1, values_only=True))
    assert "case.former_employee_no" in row


def test_without_forms_those_are_meant_that_suit_the_cases() -> None:
    assert forms_of(definitions(), (), ()) == ["letter", "plan"]
    assert forms_of(definitions(), (), records("wang.yaml")) == list(ALL)
    assert forms_of(definitions(), ("letter",), records("wang.yaml")) == ["letter"]


def test_what_a_table_can_not_tell_apart_is_told(tmp_path: Path) -> None:
    twice = "- case: {employee_no: A1, period_start: 2026-01-05}\n- case: {employee_no: A1, period_start: 2026-07-06}\n"
    assert written(twice, tmp_path, "table")[1] == ["same_number", "same_number"]
    assert written(twice, tmp_path, "card")[1] == []


def test_cases_of_one_person_are_told_apart_by_their_case_numbers(tmp_path: Path) -> None:
    text = "".join(
        f"- case: {{employee_no: A1, case_id: A1-{number}, period_end: 2026-06-30}}\n  targets: [{{name: T{number}}}]\n"
        for number in range(2)
    )
    content, lost = written(text, tmp_path, "table")
    assert not lost
    assert [record.data["targets"] for record in again(content, tmp_path)] == [[{"name": "T0"}], [{"name": "T1"}]]


def typed(forms: tuple[str, ...], counts: dict[str, int]) -> int:
    """The cells that somebody must type: of each sheet so many rows. A target is a number, so it needs no scoring."""
    choosing = Choosing(asked(definitions(), forms, False), ())
    groups = [group for block in (choosing.people(), *choosing.cards()) for group in block.groups]
    return sum(
        counts.get(group.sheet.name, 0)
        for group in groups
        for column in group.columns
        if column.of.entry == "typed" and column.key != "targets.scoring_rule"
    )


def test_the_cells_to_type_stay_within_their_budget() -> None:
    letter = {"case": 1, "targets": 3, "support": 2}
    plan = {**letter, "gaps": 1, "evidence": 1, "causes": 1, "options": 1, "checks": 1, "steps": 3}
    month = {"months": 1, "indicators": 3, "differences": 1, "measures": 3}
    assert typed(("letter",), letter) <= 35
    assert typed(("letter", "plan"), plan) - typed(("letter",), letter) <= 40
    assert typed(("monthly",), month) <= 25
    assert typed(("notes",), {"interviews": 1}) <= 5


def test_references_are_written_as_the_names_that_a_reader_knows() -> None:
    tab = opened(filled("team.yaml", "table"))["Months"]
    held = {cell.value for row in tab.iter_rows(min_row=4) for cell in row if isinstance(cell.value, str)}
    assert "普通故障平均到场时间" in held and not held & {"T1", "T2", "T3"}
