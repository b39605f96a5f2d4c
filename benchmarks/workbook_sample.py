"""A workbook of 10,000 rows and 30 columns of sound cases, and the least that reading it can cost with openpyxl."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

TARGETS = 3
"""Targets of a person: a quarter of the rows are people."""
WEIGHTS = (50, 30, 20)
DAY = {"num_format": "yyyy-mm-dd"}

PERSON: dict[str, Any] = {
    "case.employee_no": "",
    "case.employee_name": "",
    "case.department": "销售部",
    "case.position": "销售代表",
    "case.supervisor_name": "李某",
    "case.supervisor_no": "S0310",
    "case.issue_date": date(2026, 1, 5),
    "case.period_start": date(2026, 1, 5),
    "case.period_end": date(2026, 6, 30),
    "case.trigger_reason": "业绩未达标准",
    "case.strengths": "熟悉三条产品线；全年出勤无缺",
    "case.party": "员工",
    "case.department_head": "周某",
    "case.hr_contact": "林某，分机8021",
    "case.language": "中文",
    "case.cycle_number": 1,
    "case.outcome_rule": "各项目标达成率均不低于100%",
    "case.reward_terms": "列入季度优秀员工候选",
    "case.consequence_codes": "继续辅导、延长改进期",
    "case.consequence_note": "由双方复核原因后另行约定",
    "case.confidentiality": "保密",
    "case.reference_no": "沪人字〔2026〕15号",
    "case.hire_date": date(2024, 7, 1),
    "case.job_requirement": "每月走访客户二十家并当日登记",
    "case.aligned_goal": "部门全年回款率不低于95%",
    "case.previous_help": "2025年12月9日，主管示范了两次客户拜访",
    "case.consulted_on": date(2025, 12, 30),
    "case.hr_reviewed_by": "林某",
    "case.hr_reviewed_on": date(2026, 1, 4),
    "case.former_employee_no": "",
}
TARGET: dict[str, Any] = {
    "case.employee_no": "",
    "targets.name": "",
    "targets.current_value": 60,
    "targets.target_value": 90,
    "targets.unit": "分",
    "targets.weight": 0,
    "targets.due_date": date(2026, 6, 30),
    "targets.data_source": "培训部每月测试",
    "targets.scoring_rule": "按测试成绩",
    "targets.target_id": "",
    "targets.measure_class": "定量",
    "targets.direction": "越高越好",
    "targets.evaluator": "李某",
    "targets.aligned_to": "部门全年回款率不低于95%",
    "targets.start_date": date(2026, 1, 5),
    "targets.term_class": "长指标",
    "targets.accumulation": "以期末值为准",
    "targets.value_class": "增长性",
    "targets.bsc_dimension": "学习与成长",
    "targets.source": "岗位职责",
    "targets.basis_type": "历史最好3个月平均",
    "targets.basis_value": 88,
    "targets.formula": "测试得分",
    "targets.data_owner": "培训部",
    "targets.data_date": "每月5日",
    "targets.points_per_unit": 2,
    "targets.key_item": "是",
    "targets.employee_proposed": "每周自测一次",
    "targets.supervisor_requirement": "低于80分须补考",
    "targets.gap_ref": "",
}
SUPPORT: dict[str, Any] = {
    "case.employee_no": "",
    "support.item": "产品培训",
    "support.by_date": date(2026, 2, 28),
}


def write_sample(path: Path, rows: int) -> int:
    """Write sound cases with ``rows`` rows of people and targets, all 30 columns filled; return the number of cells."""
    people = range(rows // (TARGETS + 1))
    tabs = {
        "people": [PERSON | _who(person) for person in people],
        "targets": [TARGET | _target(person, number) for person in people for number in range(TARGETS)],
        "support": [SUPPORT | {"case.employee_no": f"B{person:05}"} for person in people],
    }
    with Workbook(str(path), {"constant_memory": True}) as book:
        day = book.add_format(DAY)
        for name, lines in tabs.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, [f"docgen:{name}", *lines[0]])
            for row, line in enumerate(lines, start=1):
                for column, value in enumerate(line.values(), start=1):
                    sheet.write(row, column, value, day if isinstance(value, date) else None)
    return sum(len(line) for lines in tabs.values() for line in lines)


def read_plainly(path: Path) -> int:
    """Read every cell with its kind, as openpyxl gives them; return how many have a value."""
    book = load_workbook(path, read_only=True, data_only=True)
    found = 0
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        for row in sheet.iter_rows():
            found += sum(cell.value is not None and cell.data_type != "e" for cell in row)
    return found


def read_values(path: Path) -> int:
    """The same with calamine, which shows neither errors nor formulas nor how a number looks."""
    book = CalamineWorkbook.from_path(str(path))
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False))
    return sum(value != "" for row in rows for value in row)


def _who(person: int) -> dict[str, Any]:
    return {
        "case.employee_no": f"B{person:05}",
        "case.employee_name": f"员工{chr(0x4E00 + person)}",
        "case.former_employee_no": f"A{person:05}",
    }


def _target(person: int, number: int) -> dict[str, Any]:
    return {
        "case.employee_no": f"B{person:05}",
        "targets.name": f"第{number + 1}类产品测试成绩",
        "targets.weight": WEIGHTS[number],
        "targets.target_id": f"T{number + 1}",
    }
