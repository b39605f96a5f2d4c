"""Lists of people as HR exports them, and workbooks that come back filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook

HEADS = ("工号", "姓名", "部门", "岗位", "直接主管", "主管工号", "班车")
TEAM = (
    ("S1", "王某", "销售部", "销售代表", "李某", "S0310", "东线"),
    ("S2", "赵某", "销售部", "销售内勤", "李某", "S0310", "西线"),
    ("C1", "钱某", "客户服务部", "专员", "苗某", "C0108", "东线"),
)


def roster(path: Path, people: Sequence[Sequence[str | None]] = TEAM, heads: Sequence[str] = HEADS) -> Path:
    """A list of people below a title line."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["二〇二六年三月在岗人员"])
    sheet.append([])
    sheet.append(list(heads))
    for person in people:
        sheet.append(list(person))
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.data_type = "s"
    book.save(path)
    return path


def fill(source: Path, person: str, typed: Mapping[str, str | int], target: Path | None = None) -> Path:
    """Type into the first line of the tab of ``person``; by the keys of the columns, as ``targets.name``."""
    filled = _filled(source.read_bytes(), person, tuple(typed.items()))
    (target or source).write_bytes(filled)
    return target or source


@lru_cache(maxsize=16)
def _filled(content: bytes, person: str, typed: Sequence[tuple[str, str | int]]) -> bytes:
    """The workbook; many tests type the same into the same one."""
    book, made = load_workbook(BytesIO(content)), BytesIO()
    sheet = book[person]
    for key, value in typed:
        cell = next(one for row in sheet.iter_rows() for one in row if one.value == key)
        row = cell.row + 1
        while str(sheet.cell(row, 1).value or "").startswith("docgen:-"):
            row += 1
        sheet.cell(row, cell.column, value)
    book.save(made)
    return made.getvalue()


COMPLETE: Mapping[str, str | int] = {
    "case.issue_date": "2026-03-02",
    "case.period_start": "2026-03-02",
    "case.period_end": "2026-05-29",
    "targets.name": "订单录入差错率",
    "targets.current_value": 3,
    "targets.target_value": 1,
    "targets.unit": "%",
    "targets.due_date": "2026-05-29",
    "targets.data_source": "订单系统抽查",
    "support.item": "订单录入核对表",
    "support.by_date": "2026-03-13",
}
"""All that a letter asks of a case."""
SETTINGS = """company_name: 上海鹭汀机电设备有限公司
default_language: zh
retention_policy: 两年
departments:
  销售部: {department_head: 顾某, hr_contact: 周曼}
  客户服务部: {department_head: 汤某, hr_contact: 林棠}
"""
