"""Make samples/roster/people.xlsx anew: the people of a month as an HR system exports them. All names are invented."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook

FILE = Path(__file__).parent / "roster" / "people.xlsx"
TITLE = "绩效改进人员名册（2026年4月）"
HEADS = ("序号", "工号", "姓名", "所属部门", "职位", "直接上级姓名", "直接上级工号", "合同类型", "办公地点")
PEOPLE = (
    ("S1024", "王某", "销售部", "销售代表", "李某", "S0310"),
    ("S1101", "陈某", "销售部", "销售内勤", "李某", "S0310"),
    ("S1133", "蒋某", "销售部", "销售代表", "李某", "S0310"),
    ("S1140", "沈某", "销售部", "大客户经理", "李某", "S0310"),
    ("C0412", "陈某", "客户服务部", "客户服务专员", "苗某", "C0108"),
    ("C0430", "韩某", "客户服务部", "客户服务专员", "苗某", "C0108"),
    ("C0447", "杨某", "客户服务部", "回访专员", "苗某", "C0108"),
    ("J0236", "郑某", "技术支持部", "现场工程师", "罗某", "J0102"),
    ("J0240", "秦某", "技术支持部", "现场工程师", "罗某", "J0102"),
    ("J0252", "尤某", "技术支持部", "备件管理员", "罗某", "J0102"),
    ("P0588", "龚䶮", "生产部", "装配组长", "𠮷某", "P0101"),
    ("P0623", "冯某", "生产部", "装配工", "𠮷某", "P0101"),
    ("P0419", "曹某", "生产部", "装配工", "𠮷某", "P0101"),
    ("P0423", "魏某", "生产部", "调试工", "𠮷某", "P0101"),
)
NOT_ASKED = (("固定期限", "一号楼"), ("无固定期限", "二号楼"))
"""Columns that docgen doesn't know, as every export has some."""
WIDTHS = (6, 10, 10, 14, 14, 14, 14, 12, 10)


def main() -> None:
    FILE.parent.mkdir(exist_ok=True)
    book = Workbook(str(FILE), {"default_format_properties": {"font_name": "等线", "font_size": 11}})
    book.set_properties({"created": datetime(2026, 1, 1)})
    sheet = book.add_worksheet("人员")
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, TITLE, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_row(2, 0, HEADS, book.add_format({"bold": True, "bg_color": "#DDDDDD"}))
    for index, person in enumerate(PEOPLE):
        sheet.write_row(3 + index, 0, (index + 1, *person, *NOT_ASKED[index % 2]))
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    book.close()


if __name__ == "__main__":
    main()
