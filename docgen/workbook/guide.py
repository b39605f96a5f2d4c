"""The first tab: what to fill in, in which order, what the marks mean, and one case filled in as an example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Literal

from docgen.definitions.tabs import NOT_READ
from docgen.model.problems import Words
from docgen.workbook.columns import Block
from docgen.workbook.entry import Making, example, set_page
from docgen.workbook.last_month import LAST_MONTH
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
    breadth,
)

LEFT = 2
"""The first column of the text."""
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
            "The other tabs: {blocks}. Each row names its person by the employee number, best in every row, so that "
            "sorting mixes nothing up; where it is blank, the row belongs to the person of the row above.",
            "其他工作表：{blocks}。每行用工号指明人员，建议每行都填，以免排序后错位；工号留空时，该行属于上一行的人员。",
        ),
        Words(
            "Rows pasted from another system are welcome: paste values only, so that drop-downs and colours stay.",
            "可以从其他系统粘贴数据：请选择“只粘贴值”，以保留下拉列表和颜色。",
        ),
    ),
}
ROLLED_STEP = Words(
    "Tab {last_month}: read it first, and do what has a box □. It says what is still to be filled in; what a measure "
    "of the new month lacks is yellow in its row.",
    "“{last_month}”表：请先阅读，逐项办理带□的事项。其中写明还要补填什么；新月份的措施中仍缺的内容，在其所在行以黄色标出。",
)
"""The first step where a workbook was rolled over."""
LAST_STEP = Words("Save the file, and return it to whoever sent it to you.", "保存文件，交回发送人。")
OFFICE = Words("For the office that makes the documents", "文件制作人员须知")
OFFICE_STEPS = (
    Words(
        "docgen check {file} lists what is missing or wrong, cell by cell; with --marked it writes a copy with these "
        "cells in red.",
        "运行 docgen check {file}，逐个单元格列出缺漏和错误；加上 --marked 可另存一份用红色标出问题的副本。",
    ),
    Words(
        "When nothing is wrong, docgen generate {file} makes the documents.",
        "没有问题后，运行 docgen generate {file} 生成文件。",
    ),
    Words(
        "Company, departments, policy and limits stand in docgen.yaml, beside this file.",
        "公司、部门、制度和各项限值写在同一文件夹的 docgen.yaml 中。",
    ),
)
TABS = Words("What belongs in the tabs", "各工作表的内容")
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
FILLED = Words("The required fields, with an example (not read)", "必填项目及示例（不读取）")
HEADS = (Words("Field", "项目"), Words("Example", "示例"), Words("What to fill in", "填写内容"))
WIDTHS = (25, 37, 62)
LINE_HEIGHT = 15.5
USUAL = 15.0
PAGE = 910.0
"""Points that a page takes in height at the size at which these widths fill it."""
REST = 0.15
"""So much of a page is no page of its own: the rows are printed that much smaller."""


def write_guide(
    sheet: Any,
    blocks: Sequence[Block],
    layout: Layout,
    forms: Sequence[Words],
    file: str,
    making: Making,
    is_rolled: bool = False,
) -> None:
    """Write the tab; ``blocks`` are those that a person fills in, the people first.

    ``is_rolled``: the workbook has a tab that says what became of last month.
    """
    locked = making.looks(**LOCKED)
    sheet.set_column(0, 0, None, locked, {"hidden": True})
    sheet.set_column(1, 1, 1.5, locked)
    for at, width in enumerate(WIDTHS, start=LEFT):
        sheet.set_column(at, at, width, locked)
    sheet.write_string(0, 0, NOT_READ, locked)
    guide = _Guide(sheet, making)
    comma = {"en": ", ", "zh": "、"}[making.language]
    people, *others = (block.tab.label[making.language] for block in blocks)
    named = {"people": people, "blocks": comma.join(others), "last_month": LAST_MONTH[making.language]}
    steps = (*([ROLLED_STEP] if is_rolled else []), *STEPS[layout], LAST_STEP)
    guide.title(making.say(FOR, forms=comma.join(form[making.language] for form in forms)))
    guide.head(ORDER)
    guide.sentences([f"{at}.  {making.say(step, **named)}" for at, step in enumerate(steps, 1)])
    if layout == "table":
        guide.tabs(blocks[1:])
    guide.head(MARKS)
    guide.legend()
    guide.head(VALUES)
    guide.sentences([words[making.language] for words in FORMATS])
    guide.head(OFFICE)
    typed = f'"{file}"' if any(one.isspace() for one in file) else file
    guide.sentences([making.say(words, file=typed) for words in OFFICE_STEPS])
    guide.head(FILLED)
    guide.example(blocks)
    sheet.set_tab_color(QUIET)
    set_page(sheet, making, upright=True, high=pages(guide.height))


def pages(height: float) -> int:
    """On how many pages rows of that height in all are to be printed; 0: on as many as they take."""
    most = int(height / PAGE)
    return most if most and height / PAGE - most < REST * most else 0


@dataclass(slots=True)
class _Guide:
    """The guide as it is written from above."""

    sheet: Any
    making: Making
    row: int = 0
    height: float = 0.0
    """Points of all rows above."""

    def _end_row(self, height: float = USUAL) -> None:
        if height != USUAL:
            self.sheet.set_row(self.row, height)
        self.height += height
        self.row += 1

    def title(self, forms: str) -> None:
        looks = self.making.looks
        big = looks(**LOCKED, bold=True, font_size=18, font_color=DEEP, valign="vcenter")
        self.sheet.write_string(0, LEFT, TITLE[self.making.language], big)
        self._end_row(34)
        self.sheet.write_string(1, LEFT, forms, looks(**LOCKED, font_color=QUIET, valign="vcenter"))
        self._end_row()

    def head(self, words: Words) -> None:
        look = {"bold": True, "font_size": 13, "font_color": DEEP, "bottom": 1, "bottom_color": LINE}
        self._end_row()
        self._across(words[self.making.language], self.making.looks(**LOCKED, valign="vcenter", **look), 24)

    def sentences(self, sentences: Sequence[str]) -> None:
        look = self.making.looks(**LOCKED, valign="vcenter", text_wrap=True)
        for sentence in sentences:
            self.sheet.merge_range(self.row, LEFT, self.row, LEFT + len(WIDTHS) - 1, sentence, look)
            self._end_row(_height((sentence, sum(WIDTHS))))

    def tabs(self, blocks: Sequence[Block]) -> None:
        """What belongs in each tab; on a card each block says so itself."""
        self.head(TABS)
        colon = {"en": ": ", "zh": "："}[self.making.language]
        self.sentences(
            [colon.join(words[self.making.language] for words in (one.tab.label, one.tab.note)) for one in blocks]
        )

    def legend(self) -> None:
        looks, language = self.making.looks, self.making.language
        for sign, look, words in LEGEND:
            self.sheet.write_string(
                self.row, LEFT, sign, looks(**LOCKED, align="center", valign="vcenter", **BOX, **look)
            )
            text = looks(**LOCKED, valign="vcenter", indent=1)
            self.sheet.write_string(self.row, LEFT + 1, words[language], text)
            self._end_row(18)

    def example(self, blocks: Sequence[Block]) -> None:
        """The fields that somebody must fill in: label, example, and what belongs there."""
        looks, making = self.making.looks, self.making
        for at, words in enumerate(HEADS, start=LEFT):
            self.sheet.write_string(self.row, at, words[making.language], looks(**LOCKED, **LABEL))
        self._end_row()
        band = looks(**LOCKED, bold=True, bg_color=BAND, font_color=DEEP, valign="vcenter")
        cell = looks(**LOCKED, text_wrap=True, valign="top", num_format="@", **BOX)
        note = looks(**LOCKED, text_wrap=True, valign="top", font_color=QUIET, **BOX)
        for block in blocks:
            for group in block.groups:
                columns = [column for column in group.columns if column.need != "optional"]
                title = block.tab.label if len(block.groups) == 1 else group.sheet.label
                if columns:
                    self._across(title[making.language], band)
                for column in columns:
                    shown, help_text = example(column.of, making), column.of.hint[making.language]
                    looks.label(self.sheet, self.row, LEFT, column, bg_color="#FFFFFF", valign="top")
                    self.sheet.write_string(self.row, LEFT + 1, shown, cell)
                    self.sheet.write_string(self.row, LEFT + 2, help_text, note)
                    self._end_row(_height((shown, WIDTHS[1]), (help_text, WIDTHS[2])))

    def _across(self, text: str, look: Any, height: float = USUAL) -> None:
        for at in range(LEFT + 1, LEFT + len(WIDTHS)):
            self.sheet.write_blank(self.row, at, None, look)
        self.sheet.write_string(self.row, LEFT, text, look)
        self._end_row(height)


def _height(*cells: tuple[str, int]) -> float:
    lines = (sum(max(1, ceil(breadth(line) / (width - 1))) for line in text.split("\n")) for text, width in cells)
    return LINE_HEIGHT * max(lines) + 2
