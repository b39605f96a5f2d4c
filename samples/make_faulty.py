"""Make the faulty workbook anew: the team, filled in by careless hands in every way we know (``make samples``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

WORKBOOKS = Path(__file__).parent / "workbooks"
SOUND, FAULTY = WORKBOOKS / "team-table-zh.xlsx", WORKBOOKS / "faulty-team.xlsx"

MISTAKES: Mapping[str, Mapping[str, Any]] = {
    "人员": {
        "G4": " S0310 ",  # blanks around
        "H4": "２０２６年３月２日",  # a date as text, in full width
        "J5": "2026-02-30",  # no such day
        "G6": "11010519491231002X",  # an identity card's number
        "J8": "2026-01-09",  # the period ends before it starts
        "H9": "5/6/2026",  # two days can be meant
        "G10": "E0147",  # one's own supervisor
        "K10": "业绩未达标",  # nearly on the list
        "I11": 46148,  # a date without the format of one
        "V11": 202600150000000001,  # more digits than a spreadsheet keeps
        "AD12": "#REF!",
        "AE12": "#REF! 见备注",  # a text that only looks like an error
        "S13": '=CONCATENATE("列入",D13,"优秀员工候选")',  # never calculated
        "AI13": None,  # a mark of the self-check is missing
        "P14": "第二次",
    },
    "目标": {
        "G6": 30,  # 60 and 30 are not 100
        "I7": None,  # no day
        "E9": "提高",  # a vague word instead of a figure
        "G15": "三十",
        "E16": "150 天",  # another unit than that of the target
        "I24": date(2027, 3, 31),  # after the period
        "B29": "S0978",  # two digits changed places
        "J34": "  ",  # blanks are nothing
    },
    "差距与原因": {
        "O18": date(2026, 6, 1),  # evidence of a day after the issue
        "T21": None,
        "AC26": "也许",
        "E28": "5.2 公里",  # nothing to compare with days
    },
    "月度": {
        "I18": "可记录事故",  # no target of that name
        "J19": "#N/A",
        "AG4": "做完了",
        "B27": None,  # belongs to the person above, who has this month too
    },
}
HEADINGS: Mapping[str, Mapping[str, str]] = {
    # Tabs without docgen's keys, as somebody pastes them from elsewhere.
    "支持": {"B3": "工号", "C3": "支持内容", "D3": "提供时间点", "E3": "提供人", "F3": "身份证号", "G3": "备注"},
    "步骤": {"B3": "员工编号", "C3": "行动", "D3": "完成时间", "E3": "工作效果", "F3": "工作效果", "H3": "完成依据"},
}


def main() -> None:
    book = load_workbook(SOUND)
    for name, cells in MISTAKES.items():
        for place, value in cells.items():
            book[name][place] = value
    for name, cells in HEADINGS.items():
        forget_keys(book[name])
        for place, heading in cells.items():
            book[name][place] = heading
    targets, people = book["目标"], book["人员"]
    targets.merge_cells("J37:J38")
    people.row_dimensions[15].hidden = True
    people["B4"].number_format, people["B4"] = "0000", 101
    targets["B4"], book["支持"]["B4"] = "0101", "0101"
    book.save(FAULTY)


def forget_keys(sheet: Worksheet) -> None:
    for row in (1, 2, 3):
        for cell in sheet[row]:
            cell.value = None


if __name__ == "__main__":
    main()
