"""The first tab: what to fill in, in which order, what the marks mean, and one case filled in as an example."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from docgen.definitions.tabs import NOT_READ
from docgen.model.problems import Words
from docgen.workbook.columns import Block
from docgen.workbook.entry import Making, example, needed, set_page
from docgen.workbook.looks import (
    ALARM,
    BAND,
    BOX,
    DEEP,
    LABEL,
    LINE,
    LOCKED,
    MARKED,
    MISSING,
    QUIET,
    RED,
    WRONG,
    extent,
)

Layout = Literal["card", "table"]
GUIDE = Words("Guide", "填写说明")
TITLE = Words("How to fill in this workbook", "填写说明")
FOR = Words("For: {forms}", "用于：{forms}")
ORDER = Words("In this order", "填写顺序")
STEPS: dict[Layout, tuple[Words, ...]] = {
    "card": (
        Words(
            "Tab {people}: one line for each person. The link in the first column leads to the person's own tab.",
            "“{people}”表：每人一行。点击第一列的链接，进入该人员的工作表。",
        ),
        Words(
            "The tab of each person, from top to bottom: {blocks}.", "在每个人员的工作表中，自上而下填写：{blocks}。"
        ),
        Words(
            "Too few lines? Insert rows between those of a block. One person more? Copy an empty tab, and enter its "
            "name on {people} in the first column.",
            "行数不够时，在该部分的行之间插入行。需要增加人员时，复制一张空白的人员工作表，并在“{people}”表第一列填写新工作表的名称。",
        ),
    ),
    "table": (
        Words("Tab {people}: one row for each person.", "“{people}”表：每人一行。"),
        Words(
            "The other tabs: {blocks}. Each row names its person by the employee number; where that is blank, the row "
            "belongs to the person of the row above.",
            "其他工作表：{blocks}。每行用工号指明人员；工号留空时，该行属于上一行的人员。",
        ),
        Words(
            "Rows pasted from another system are welcome: paste values only, so that drop-downs and colours stay.",
            "可以从其他系统粘贴数据：请选择“只粘贴值”，以保留下拉列表和颜色。",
        ),
    ),
}
LAST_STEPS = (
    Words(
        "Save the file and run: docgen check {file}. It lists what is missing or wrong, cell by cell; with --marked it "
        "writes a copy with the cells in red.",
        "保存文件并运行：docgen check {file}。程序逐个单元格列出缺漏和错误；"
        "加上 --marked 可另存一份用红色标出问题的副本。",
    ),
    Words(
        "When nothing is wrong: docgen generate {file} makes the documents.",
        "没有问题后运行：docgen generate {file}，生成文件。",
    ),
)
MARKS = Words("Marks and colours", "标记与颜色")
LEGEND = (
    (MARKED["required"].strip(), {"font_color": RED, "bold": True}, Words("required", "必填")),
    (
        MARKED["conditional"].strip(),
        {"font_color": RED, "bold": True},
        Words(
            "required in some cases; the note that appears beside the cell says when",
            "部分情形必填，选中单元格后出现的提示会说明",
        ),
    ),
    (
        "",
        {"bg_color": MISSING},
        Words("required, but still empty in a row that was begun", "该行已开始填写，但此必填项仍为空"),
    ),
    (
        "90",
        {"bg_color": WRONG, "font_color": ALARM},
        Words("the weights do not add up to 100", "权重合计不等于100"),
    ),
    (
        "",
        {"bg_color": BAND},
        Words(
            "headings and sums are protected, without a password; everything else may be changed",
            "标题和合计受保护（无密码），其余单元格均可修改",
        ),
    ),
)
VALUES = Words("What may be typed", "填写格式")
FORMATS = (
    Words("Dates as 2026-03-05; months as 2026-03.", "日期如2026-03-05，月份如2026-03。"),
    Words(
        "Results as a number, with its unit where there is no column for the unit: 350000 CNY.",
        "业绩填写数字；没有单位列时连同单位填写，如350000元。",
    ),
    Words(
        "Several items in one cell: each on a line of its own (Alt+Enter).",
        "一格填写多项时，每项一行（Alt+Enter换行）。",
    ),
    Words("What does not apply stays empty.", "不适用的留空。"),
)
SETTINGS = Words("Not in this workbook", "不在本工作簿中填写的内容")
SETTINGS_TEXT = Words(
    "Company, departments, policy and limits are settings of the office. They stand in docgen.yaml, beside this file.",
    "公司、部门、制度和各项限值属于公司设置，写在与本文件同一文件夹的 docgen.yaml 中。",
)
FILLED = Words("One case as an example (not read)", "填写示例（不读取）")
HEADS = (Words("Field", "项目"), Words("Example", "示例"), Words("What to fill in", "填写内容"))
WIDTHS = (26, 46, 84)
ALL = sum(WIDTHS)


def write_guide(
    sheet: Any, blocks: Sequence[Block], layout: Layout, forms: Sequence[Words], file: str, making: Making
) -> None:
    """Write the tab; ``blocks`` are those that a person fills in, the people first."""
    looks, say = making.looks, making.say
    sheet.set_column(0, 0, None, None, {"hidden": True})
    sheet.set_column(1, 1, 1.5)
    for at, width in enumerate(WIDTHS, start=2):
        sheet.set_column(at, at, width)
    sheet.write_string(0, 0, NOT_READ, looks(**LOCKED))
    text = looks(**LOCKED, valign="vcenter", text_wrap=True)
    quiet = looks(**LOCKED, font_color=QUIET, valign="vcenter")
    heading = looks(**LOCKED, bold=True, font_size=13, font_color=DEEP, valign="vcenter", bottom=1, bottom_color=LINE)
    sheet.set_row(0, 34)
    sheet.write_string(
        0, 2, TITLE[making.language], looks(**LOCKED, bold=True, font_size=18, font_color=DEEP, valign="vcenter")
    )
    comma = {"en": ", ", "zh": "、"}[making.language]
    sheet.write_string(1, 2, say(FOR, forms=comma.join(form[making.language] for form in forms)), quiet)
    row = 3

    def head(words: Words) -> None:
        nonlocal row
        row += 1
        sheet.set_row(row, 24)
        for at in range(2, 5):
            sheet.write_blank(row, at, None, heading)
        sheet.write_string(row, 2, words[making.language], heading)
        row += 1

    people, *others = (block.tab for block in blocks)
    named = {
        "people": people.label[making.language],
        "blocks": comma.join(tab.label[making.language] for tab in others),
        "file": file,
    }
    row = 2
    head(ORDER)
    for number, step in enumerate((*STEPS[layout], *LAST_STEPS), start=1):
        line = f"{number}.  {say(step, **named)}"
        sheet.merge_range(row, 2, row, 4, line, text)
        sheet.set_row(row, _height(line, ALL))
        row += 1
    head(MARKS)
    for sign, look, words in LEGEND:
        sheet.write_string(row, 2, sign, looks(**LOCKED, align="center", valign="vcenter", **BOX, **look))
        sheet.write_string(row, 3, words[making.language], looks(**LOCKED, valign="vcenter", indent=1))
        sheet.set_row(row, 19)
        row += 1
    head(VALUES)
    for words in FORMATS:
        sheet.write_string(row, 2, words[making.language], quiet_text(making))
        sheet.set_row(row, 18)
        row += 1
    head(SETTINGS)
    sheet.write_string(row, 2, SETTINGS_TEXT[making.language], quiet_text(making))
    row += 1
    head(FILLED)
    for at, words in enumerate(HEADS, start=2):
        sheet.write_string(row, at, words[making.language], looks(**LOCKED, **LABEL))
    row += 1
    for block in blocks:
        row = _block(sheet, row, block, making)
    sheet.set_tab_color(QUIET)
    set_page(sheet, making, None)


def quiet_text(making: Making) -> Any:
    return making.looks(**LOCKED, valign="vcenter")


def _height(text: str, width: int) -> float:
    return 17.0 * max(1, -(-extent(text) // (width - 2))) + 2


def _block(sheet: Any, row: int, block: Block, making: Making) -> int:
    """The fields of a block: label, example, and what belongs there."""
    looks, language = making.looks, making.language
    band = looks(**LOCKED, bold=True, bg_color=BAND, font_color=DEEP, valign="vcenter")
    cell = looks(**LOCKED, text_wrap=True, valign="top", num_format="@", **BOX)
    note = looks(**LOCKED, text_wrap=True, valign="top", font_color=QUIET, **BOX)
    for group in block.groups:
        title = block.tab.label if len(block.groups) == 1 else group.sheet.label
        for at in range(2, 5):
            sheet.write_blank(row, at, None, band)
        sheet.write_string(row, 2, title[language], band)
        sheet.set_row(row, 19)
        row += 1
        for column in group.columns:
            looks.label(sheet, row, 2, column, bg_color="#FFFFFF", valign="top")
            shown = example(column.of, making)
            sheet.write_string(row, 3, shown, cell)
            sentence = needed(column, making) if column.need == "conditional" and column.conditions else ""
            help_text = " ".join(filter(None, (column.of.hint[language], sentence)))
            sheet.write_string(row, 4, help_text, note)
            lines = max(_height(shown, WIDTHS[1]), _height(help_text, WIDTHS[2]), 17.0 * (shown.count("\n") + 1) + 2)
            sheet.set_row(row, lines)
            row += 1
    return row
