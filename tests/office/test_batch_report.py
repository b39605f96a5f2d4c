"""The report of a run: a row a document, and marks on those worth a look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from docgen.model.case import Case, Gap
from docgen.model.problems import Position, Problem, Severity, Words
from docgen.office.batch_report import COLUMNS, NEARLY_EMPTY, STATES, TITLE, as_plain, marks, rows
from docgen.office.outcome import Outcome
from docgen.office.sheets import sheet_file
from tests import sample_help as wang

MADE = Outcome(wang.wang("letter"), "made", revision=1, pages=2, size=300_000, last_page=0.8)
PLAN = replace(MADE, paper=wang.wang("plan"))
CAUSE = Problem(
    "E104",
    Severity.ERROR,
    ("targets", 1, "weight"),
    Position("wang.yaml", 18, 9),
    "30",
    Words("The weights add up to 90 %, not 100 %.", "权重合计为 90%，不是 100%。"),
    Words("Change one of the weights.", "请修改其中一个权重。"),
)


def letters(pages: Sequence[int]) -> list[Outcome]:
    return [replace(MADE, pages=count) for count in pages]


def kinds(outcomes: Sequence[Outcome]) -> list[list[str]]:
    return [[*odd] for odd in marks(outcomes)]


def test_a_row_tells_whose_it_is_what_it_is_and_what_became_of_it() -> None:
    (row,) = rows([MADE], "en")
    assert row == [
        "王某",
        "S1024",
        "销售部",
        "李某",
        "Performance Improvement Letter",
        "S1024-202601-L",
        1,
        "made",
        2,
        293,
        "",
        "",
    ]
    assert len(row) == len(COLUMNS)


def test_a_refused_document_names_its_first_problem_with_the_place() -> None:
    refused = Outcome(MADE.paper, "refused", reason=Words("the data has problems", "数据存在问题"), cause=CAUSE)
    place = "wang.yaml:18:9: "
    assert rows([refused], "en")[0][6:11] == [
        None,
        "refused",
        None,
        None,
        place + CAUSE.message.en + " " + CAUSE.fix.en,
    ]
    assert rows([refused], "zh")[0][10] == place + CAUSE.message.zh + CAUSE.fix.zh


def test_what_is_unchanged_tells_why_where_there_is_something_to_tell() -> None:
    told = Words("stays as it was issued", "保持签发时的内容")
    assert rows([replace(MADE, state="unchanged", reason=told)], "zh")[0][7:11] == ["无变化", 2, 293, told.zh]


def test_what_is_missing_in_a_draft_is_a_blank() -> None:
    case = {**MADE.paper.case.values["case"], "employee_name": Gap("case.employee_name", ())}
    draft = replace(MADE, paper=replace(MADE.paper, case=Case("", {"case": case})))
    assert rows([draft], "en")[0][0] == ""


def test_the_longest_of_a_form_is_marked_with_what_most_have() -> None:
    found = marks(letters([2, 2, 2, 2, 4]))
    assert found[:4] == [{}] * 4
    assert found[4]["longest"].en == "longest: 4 pages, most have 2"


def test_a_page_count_that_few_have_is_marked() -> None:
    assert kinds(letters([3] * 39 + [2] + [3])) == [[]] * 39 + [["page_count"], []]


@pytest.mark.parametrize(
    "pages",
    [
        [2, 2, 2],
        [2, 4, 3],  # too few to say what is usual
        [2] * 4 + [3] * 2,
        [2] * 90 + [3] * 10,
        [2] * 50,
    ],
)
def test_what_many_have_or_too_few_to_say_is_not_odd(pages: list[int]) -> None:
    assert kinds(letters(pages)) == [[]] * len(pages)


def test_forms_and_languages_are_compared_with_their_own_kind() -> None:
    values = MADE.paper.case.values
    values = {**values, "case": {**values["case"], "language": "en"}}
    english = replace(MADE.paper, case=replace(MADE.paper.case, values=values))
    found = kinds([*letters([2] * 4), replace(PLAN, pages=5), replace(MADE, paper=english, pages=2), *letters([9])])
    assert found == [[]] * 6 + [["longest"]]


@pytest.mark.parametrize(
    ("pages", "filled", "marked"),
    [(2, NEARLY_EMPTY / 2, True), (2, 0.5, False), (1, NEARLY_EMPTY / 2, False), (2, 0.0, False)],
)
def test_a_last_page_that_is_nearly_empty_is_marked(pages: int, filled: float, marked: bool) -> None:
    assert kinds([replace(MADE, pages=pages, last_page=filled)]) == [["last_page"] * marked]


def test_rare_characters_are_marked_and_named() -> None:
    odd = replace(MADE, rare="喆䶮", last_page=0.01)
    assert rows([odd], "zh")[0][11] == "末页近乎空白；生僻字：喆䶮"
    assert as_plain([odd], "en")[0]["marks"] == ["last_page", "rare"]


def test_every_state_has_its_word() -> None:
    made = [replace(MADE, state=state) for state in STATES]
    assert [one["state"] for one in as_plain(made, "en")] == [*STATES]
    assert len({row[7] for row in rows(made, "zh")}) == len(STATES)


def test_it_becomes_a_workbook() -> None:
    content = sheet_file(TITLE, COLUMNS, rows([MADE, PLAN], "zh"), "zh")
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    assert [cell.value for cell in sheet["F"]] == ["文档编号", "S1024-202601-L", "S1024-202601-P"]
    assert [cell.value for cell in sheet["I"]] == ["页数", 2, 2]
