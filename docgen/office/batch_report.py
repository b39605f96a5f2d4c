"""What became of the documents of a run, as rows for a workbook and as plain data, with marks on those worth a look."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from docgen.model.problems import UiLanguage, Words
from docgen.office.outcome import Outcome, State
from docgen.office.sheets import Cell, Column

TITLE = Words("Documents of the run", "本次生成的文档")
COLUMNS = (
    Column(Words("Person", "人员"), 16),
    Column(Words("Number", "工号"), 12),
    Column(Words("Department", "部门"), 16),
    Column(Words("Supervisor", "主管"), 16),
    Column(Words("Form", "表单"), 22),
    Column(Words("Document", "文档编号"), 30),
    Column(Words("Revision", "版次"), 10),
    Column(Words("Result", "结果"), 12),
    Column(Words("Pages", "页数"), 8),
    Column(Words("KB", "KB"), 8),
    Column(Words("Remarks", "说明"), 50),
    Column(Words("Worth a look", "建议查看"), 36),
)
STATES: dict[State, Words] = {
    "made": Words("made", "已生成"),
    "planned": Words("would be made", "将生成"),
    "unchanged": Words("unchanged", "无变化"),
    "refused": Words("refused", "未予签发"),
    "failed": Words("failed", "生成失败"),
}
AMONG, SELDOM = 4, 20
"""Of so many documents of a form and language, what one in ``SELDOM`` of them has, or a single one, is odd."""
NEARLY_EMPTY = 0.12
"""The share of a last page, below which somebody may want it away."""

LONGEST = Words("longest: {pages} pages, most have {usual}", "页数最多：{pages}页，多数为{usual}页")
UNLIKE = Words("{pages} pages, most have {usual}", "{pages}页，多数为{usual}页")
EMPTY = Words("last page nearly empty", "末页近乎空白")
RARE = Words("rare characters: {rare}", "生僻字：{rare}")
BETWEEN = Words("; ", "；")

Marks = dict[str, Words]
"""What is odd of a document, by its kind: ``longest``, ``page_count``, ``last_page``, ``rare``."""


def marks(outcomes: Sequence[Outcome]) -> list[Marks]:
    """The odd ones among the documents of a run: for each what is odd of it, mostly nothing."""
    counts: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for one in outcomes:
        if one.pages:
            counts[_kind(one)][one.pages] += 1
    return [{**_of_pages(one, counts[_kind(one)]), **_of_look(one)} for one in outcomes]


def _kind(one: Outcome) -> tuple[str, str]:
    return one.paper.form.name, one.paper.case.language


def _of_pages(one: Outcome, counts: Counter[int]) -> Marks:
    """Where nearly all of a form have other page counts; the longest of them is called so."""
    many = counts.total()
    if not one.pages or many < AMONG or counts[one.pages] > max(1, many // SELDOM):
        return {}
    usual = counts.most_common(1)[0][0]
    longest = one.pages == max(counts)
    words = (LONGEST if longest else UNLIKE).filled(pages=one.pages, usual=usual)
    return {"longest" if longest else "page_count": words}


def _of_look(one: Outcome) -> Marks:
    found: Marks = {}
    if one.pages > 1 and 0 < one.last_page < NEARLY_EMPTY:
        found["last_page"] = EMPTY
    if one.rare:
        found["rare"] = RARE.filled(rare=one.rare)
    return found


def rows(outcomes: Sequence[Outcome], language: UiLanguage) -> list[list[Cell]]:
    """A row a document, in the order of ``COLUMNS``."""
    return [_row(one, odd, language) for one, odd in zip(outcomes, marks(outcomes), strict=True)]


def _row(one: Outcome, odd: Marks, language: UiLanguage) -> list[Cell]:
    case = one.paper.case.values["case"]
    names = ("employee_name", "employee_no", "department", "supervisor_name")
    return [
        *(str(case[name] or "") for name in names),
        one.paper.form.title[language],
        one.paper.number,
        one.revision or None,
        STATES[one.state][language],
        one.pages or None,
        -(-one.size // 1024) or None,
        told(one, language),
        BETWEEN[language].join(words[language] for words in odd.values()),
    ]


def told(one: Outcome, language: UiLanguage) -> str:
    """Why it was not made, with the place of the first problem; or what else is to be said of it."""
    if one.cause is None:
        return one.reason[language]
    between = {"en": " ", "zh": ""}[language]
    return f"{one.cause.position}: {one.cause.message[language]}{between}{one.cause.fix[language]}"


def as_plain(outcomes: Sequence[Outcome], language: UiLanguage) -> list[dict[str, Any]]:
    """As docs/json.md describes it."""
    return [{**one.plain(language), "marks": list(odd)} for one, odd in zip(outcomes, marks(outcomes), strict=True)]
