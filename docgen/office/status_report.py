"""What became of the workbooks that were sent, as rows for a table and a mail merge, and as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from docgen.model.problems import UiLanguage, Words
from docgen.office.report import JSON_FORMAT, plain
from docgen.office.sheets import Cell, Column
from docgen.office.status import Overview, State, Status

TITLE = Words("Workbooks sent", "工作簿收发情况")
STATES: Mapping[State, Words] = {
    "not_back": Words("not back", "未交回"),
    "not_there": Words("written, no longer there", "已生成，文件已不在原处"),
    "elsewhere": Words("came back in another's", "随他人工作簿交回"),
    "several": Words("several versions", "有多个版本"),
    "empty": Words("back, nothing filled in", "已交回，未填写"),
    "problems": Words("back with problems", "已交回，有问题"),
    "back": Words("back", "已交回"),
}
COLUMNS = (
    Column(Words("Supervisor", "主管"), 14, on_terminal=False),
    Column(Words("Number", "主管工号"), 12),
    Column(Words("Department", "部门"), 16, on_terminal=False),
    Column(Words("File", "文件"), 22),
    Column(Words("Sent on", "发出日期"), 12),
    Column(Words("State", "状态"), 18),
    Column(Words("People", "人数"), 10),
    Column(Words("Filled in", "已填写人数"), 10),
    Column(Words("Names", "姓名"), 24, on_terminal=False),
    Column(Words("Problems", "问题数"), 10),
    Column(Words("First problem", "首个问题"), 36, on_terminal=False),
    Column(Words("Days since", "已过天数"), 10),
    Column(Words("Came back as", "交回的文件"), 26),
    Column(Words("Remark", "备注"), 26),
)
MOVED = Words("{person} came back in {file}.", "{person}随{file}交回。")
GONE = Words("{person} is no longer in it.", "{person}已不在其中。")
NEWEST = Words(
    "{file} is the newest (saved {time}). Ask which one counts, and move the others to another folder.",
    "其中{file}最新（保存于{time}）。请与填写人确认以哪个为准，并将其余移到其他文件夹。",
)
NOT_THERE = Words("Perhaps a trial; an earlier one still counts.", "可能为试运行；仍以之前发出的工作簿为准。")
OTHER = Words("{file}: belongs to nothing that was sent", "{file}：不属于任何已发出的工作簿")
EARLIER = Words(
    "{file}: is of an earlier round; another workbook was sent in its place (--all tells of it)",
    "{file}：属于之前的轮次，其后已另发工作簿（--all 可列出）",
)


def rows(found: Overview, language: UiLanguage, today: date) -> list[list[Cell]]:
    """A row a workbook, in the order of ``COLUMNS``: those to be reminded of first."""
    order = {state: index for index, state in enumerate(STATES)}
    return [_row(one, language, today) for one in sorted(found.workbooks, key=lambda one: order[one.state])]


def _row(one: Status, language: UiLanguage, today: date) -> list[Cell]:
    sent, errors = one.sending.sent, one.errors
    first = f"{errors[0].position.cell or errors[0].position}: {errors[0].message[language]}" if errors else None
    and_also = {"en": ", ", "zh": "、"}[language]
    return [
        sent.supervisor_name,
        sent.supervisor_no,
        sent.department,
        sent.file,
        one.sending.on,
        STATES[one.state][language],
        len(sent.people),
        one.begun,
        and_also.join(one.names),
        len(errors),
        first,
        (today - one.sending.on).days,
        and_also.join(str(file.path) for file in one.files),
        remark(one, language),
    ]


def remark(one: Status, language: UiLanguage) -> str:
    """Who came back elsewhere, who is missing, and which of several versions is the newest."""
    said = [MOVED[language].format(person=moved.person, file=moved.path) for moved in one.moved]
    said += [GONE[language].format(person=person) for person in one.gone]
    if one.state == "not_there":
        said.append(NOT_THERE[language])
    if one.state == "several":
        newest = max(one.files, key=lambda file: file.at)
        said.append(NEWEST[language].format(file=newest.path, time=f"{newest.at:%Y-%m-%d %H:%M}"))
    return {"en": " ", "zh": ""}[language].join(said)


def total(found: Overview, language: UiLanguage) -> str:
    """``2 not back; 3 back``."""
    counts = Counter(one.state for one in found.workbooks)
    parts = {"en": "{count} {state}", "zh": "{state}{count}个"}[language]
    between = {"en": "; ", "zh": "；"}[language]
    return between.join(parts.format(count=counts[one], state=STATES[one][language]) for one in STATES if counts[one])


def remarks(found: Overview, language: UiLanguage) -> list[str]:
    """What is said beside the table: files that no row speaks of."""
    said = [OTHER[language].format(file=path) for path in found.others]
    return said + [EARLIER[language].format(file=path) for path in found.earlier]


def as_plain(found: Overview, language: UiLanguage, today: date) -> dict[str, Any]:
    """As docs/json.md describes it."""
    return {
        "format": JSON_FORMAT,
        "workbooks": [_plain(one, language, today) for one in found.workbooks],
        "others": [path.as_posix() for path in found.others],
        "earlier": [path.as_posix() for path in found.earlier],
    }


def _plain(one: Status, language: UiLanguage, today: date) -> dict[str, Any]:
    sent = one.sending.sent
    return {
        "id": sent.id,
        "file": sent.file,
        "folder": sent.folder,
        "sent_on": one.sending.on.isoformat(),
        "days": (today - one.sending.on).days,
        "supervisor": sent.supervisor_name,
        "supervisor_no": sent.supervisor_no,
        "department": sent.department,
        "month": sent.month,
        "state": one.state,
        "people": [{"number": number, "name": name} for number, name in zip(sent.people, one.names, strict=True)],
        "begun": one.begun,
        "files": [file.path.as_posix() for file in one.files],
        "moved": [{"name": moved.person, "file": moved.path.as_posix()} for moved in one.moved],
        "gone": list(one.gone),
        "problems": [plain(problem, language) for problem in one.errors],
    }
