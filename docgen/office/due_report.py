"""What falls due, as rows for a table and a workbook, and as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docgen.model.problems import UiLanguage, Words
from docgen.office.due import Due
from docgen.office.due_rules import KINDS
from docgen.office.sheets import Cell, Column

TITLE = Words("What falls due", "到期事项")
COLUMNS = (
    Column(Words("Supervisor", "主管"), 16),
    Column(Words("Supervisor no.", "主管工号"), 14, on_terminal=False),
    Column(Words("Person", "人员"), 16),
    Column(Words("Number", "工号"), 12, on_terminal=False),
    Column(Words("Due on", "到期日"), 12),
    Column(Words("Days left", "剩余天数"), 10),
    Column(Words("Kind", "类别"), 16),
    Column(Words("What", "事项"), 56),
    Column(Words("Place", "位置"), 32, on_terminal=False),
)
OVERDUE = Words("{count} days overdue", "已逾期{count}天")
OVERDUE_ONE = Words("1 day overdue", "已逾期1天")
TODAY = Words("today", "今天")
LEFT = Words("in {count} days", "{count}天后")
LEFT_ONE = Words("tomorrow", "明天")
TOTAL = Words("{overdue} overdue, {due} due until {last}", "已逾期{overdue}项，{last}前到期{due}项")
UNSURE = Words(
    "Nothing was found that is overdue or falls due until {last}; but the errors above may hide something.",
    "未发现逾期事项或{last}前到期的事项；但上述错误可能导致遗漏。",
)
RESTING = Words(
    "{count} more fall into a pause of their case and are not owed.", "另有{count}项在个案暂停期间，无需办理。"
)
RESTING_ONE = Words("1 more falls into a pause of its case and is not owed.", "另有1项在个案暂停期间，无需办理。")
NOTHING = Words("Nothing is overdue, nothing falls due until {last}.", "无逾期事项，{last}前无到期事项。")


def rows(found: Iterable[Due], language: UiLanguage, in_words: bool = False) -> list[list[Cell]]:
    """A row an item, in the order of ``COLUMNS``; ``in_words``: how many days are left as people say it."""
    return [
        [
            one.supervisor,
            one.supervisor_no,
            one.person,
            one.employee_no,
            one.on,
            left(one.days, language) if in_words else one.days,
            KINDS[one.kind].label[language],
            one.what[language],
            str(one.position),
        ]
        for one in found
    ]


def left(days: int, language: UiLanguage) -> str:
    """``in 3 days``, ``2 days overdue``."""
    words = {0: TODAY, 1: LEFT_ONE, -1: OVERDUE_ONE}.get(days, LEFT if days > 0 else OVERDUE)
    return words[language].format(count=abs(days))


def total(found: Sequence[Due], last: str, language: UiLanguage, sure: bool = True) -> str:
    """The last line; ``sure``: no error may hide anything."""
    overdue = sum(one.days < 0 for one in found)
    words = TOTAL if found else NOTHING if sure else UNSURE
    return words[language].format(overdue=overdue, due=len(found) - overdue, last=last)


def as_plain(found: Iterable[Due], language: UiLanguage) -> list[dict[str, Any]]:
    """As docs/json.md describes it."""
    return [
        {
            "kind": one.kind,
            "date": one.on.isoformat(),
            "days": one.days,
            "what": one.what[language],
            "person": one.person,
            "employee_no": one.employee_no,
            "department": one.department,
            "supervisor": one.supervisor,
            "supervisor_no": one.supervisor_no,
            "case": one.case_id,
            "position": str(one.position),
            "source": one.position.source,
        }
        for one in found
    ]


def told_of_pauses(count: int, language: UiLanguage) -> str:
    return (RESTING_ONE if count == 1 else RESTING)[language].format(count=count)
