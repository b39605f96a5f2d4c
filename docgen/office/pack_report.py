"""What went into which pack, as rows for a workbook and as plain data, and what is told of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from docgen.definitions.definition import Definitions
from docgen.model.problems import UiLanguage, Words
from docgen.office.packing import Packed, State
from docgen.office.report import JSON_FORMAT
from docgen.office.sheets import Cell, Column

TITLE = Words("Print packs", "打印包")
COLUMNS = (
    Column(Words("Pack", "打印包"), 26, on_terminal=False),
    Column(Words("For", "主管或部门"), 16),
    Column(Words("Number", "主管工号"), 12, on_terminal=False),
    Column(Words("Employee", "员工"), 14),
    Column(Words("Employee no.", "工号"), 12, on_terminal=False),
    Column(Words("Document", "文件编号"), 28, in_one=True),
    Column(Words("Form", "表单"), 22, on_terminal=False),
    Column(Words("Revision", "版次"), 10, on_terminal=False),
    Column(Words("Issued on", "签发日期"), 12, on_terminal=False),
    Column(Words("Pages", "页数"), 8),
    Column(Words("Copies", "份数"), 8),
    Column(Words("Sheets", "张数"), 8),
)
STATES: Mapping[State, Words] = {
    "made": Words("{count} made", "已生成 {count} 个"),
    "planned": Words("{count} would be made", "将生成 {count} 个"),
    "refused": Words("{count} not made, as a document is missing or changed", "因文档缺失或被改动未生成 {count} 个"),
    "failed": Words("{count} failed", "生成失败 {count} 个"),
}
TOTAL = Words(
    "Packs: {count} = {parts}; documents: {documents}, pages: {pages}, sheets: {sheets}",
    "打印包：{count} = {parts}；文档 {documents} 份，共 {pages} 页，用纸 {sheets} 张",
)
NOT_MADE = Words("{pack}: not made: {reason}", "{pack}：未生成：{reason}")


def rows(found: Sequence[Packed], definitions: Definitions, language: UiLanguage) -> list[list[Cell]]:
    """A row for each document in a pack that was made, or would be, in the order of ``COLUMNS``."""
    return [
        [
            one.file.name,
            one.pack.name,
            one.pack.number,
            sheaf.issued.holder.name,
            sheaf.issued.holder.employee_no,
            sheaf.issued.number,
            definitions.forms[sheaf.issued.form].title[language]
            if sheaf.issued.form in definitions.forms
            else sheaf.issued.form,
            sheaf.issued.revision,
            sheaf.issued.on,
            sheaf.pages,
            sheaf.copies,
            sheaf.sheets,
        ]
        for one in found
        if one.file
        for sheaf in one.pack.sheaves
    ]


def as_plain(found: Sequence[Packed], language: UiLanguage) -> dict[str, Any]:
    """As docs/json.md describes it."""
    return {"format": JSON_FORMAT, "packs": [_plain(one, language) for one in found]}


def _plain(one: Packed, language: UiLanguage) -> dict[str, Any]:
    pack = one.pack
    return {
        "state": one.state,
        "file": one.file.as_posix() if one.file else None,
        "sha256": one.sha256,
        "size": one.size,
        "by": pack.by,
        "name": pack.name,
        "number": pack.number,
        "part": pack.part,
        "parts": pack.parts,
        "people": pack.people,
        "pages": pack.pages,
        "sheets": pack.sheets,
        "reasons": [reason[language] for reason in one.reasons],
        "documents": [
            {
                "number": sheaf.issued.number,
                "revision": sheaf.issued.revision,
                "form": sheaf.issued.form,
                "case": sheaf.issued.case,
                "employee_no": sheaf.issued.holder.employee_no,
                "pages": sheaf.pages,
                "copies": sheaf.copies,
                "sheets": sheaf.sheets,
                "file": sheaf.issued.files["pdf"].path if "pdf" in sheaf.issued.files else None,
            }
            for sheaf in pack.sheaves
        ],
    }


def told(one: Packed, language: UiLanguage) -> list[str]:
    """Why a pack was not made."""
    return [NOT_MADE[language].format(pack=one.pack.stem, reason=reason[language]) for reason in one.reasons]


def total(found: Sequence[Packed], language: UiLanguage) -> str:
    """``Packs: 5 = 4 made + 1 not made, …``: pages and sheets are those of the packs that were made, or would be."""
    counts = Counter(one.state for one in found)
    parts = [words[language].format(count=counts[state]) for state, words in STATES.items() if counts[state]]
    made = [one.pack for one in found if one.file]
    return TOTAL[language].format(
        count=len(found),
        parts=" + ".join(parts),
        documents=sum(len(pack.sheaves) for pack in made),
        pages=sum(pack.pages for pack in made),
        sheets=sum(pack.sheets for pack in made),
    )
