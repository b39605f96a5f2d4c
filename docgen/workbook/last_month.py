"""A tab that says what became of last month: person by person what is to be done now, and what was carried over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docgen.definitions.tabs import NOT_READ
from docgen.model.problems import Words
from docgen.workbook.entry import Making, set_page
from docgen.workbook.growing import height
from docgen.workbook.looks import BAND, DEEP, LINE, LOCKED, QUIET

LAST_MONTH = Words("From last month", "上月结转")
TITLE = Words("From last month to {month}", "上月结转至{month}")
NOTE = Words(
    "What docgen carried over and proposed. Tick what you have done; nothing on this tab is read.",
    "以下为 docgen 结转和建议的内容。办完一项可打勾；本工作表的内容不读取。",
)
BOX = "□"
LEFT, WIDTHS = 2, (4.0, 109.0)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, and whether somebody has something to do."""

    text: str
    to_do: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one person."""

    person: str
    lines: Sequence[Line]


def write_last_month(sheet: Any, month: str, people: Sequence[Told], making: Making) -> None:
    """Write the tab."""
    looks, locked = making.looks, making.looks(**LOCKED)
    sheet.set_column(0, 0, None, locked, {"hidden": True})
    sheet.set_column(1, 1, 1.5, locked)
    for at, width in enumerate(WIDTHS, start=LEFT):
        sheet.set_column(at, at, width, locked)
    sheet.write_string(0, 0, NOT_READ, locked)
    sheet.set_row(0, 34)
    big = looks(**LOCKED, bold=True, font_size=18, font_color=DEEP, valign="vcenter")
    sheet.write_string(0, LEFT, making.say(TITLE, month=month), big)
    sheet.write_string(1, LEFT, NOTE[making.language], looks(**LOCKED, font_color=QUIET, valign="vcenter"))
    under = {"bottom": 1, "bottom_color": LINE}
    head = looks(**LOCKED, bold=True, bg_color=BAND, font_color=DEEP, valign="vcenter")
    box = looks(align="center", valign="top", **under)
    text = {done: looks(**LOCKED, text_wrap=True, valign="top", bold=done, **under) for done in (True, False)}
    row = 3
    for one in people:
        for at in range(LEFT + 1, LEFT + len(WIDTHS)):
            sheet.write_blank(row, at, None, head)
        sheet.write_string(row, LEFT, one.person, head)
        sheet.set_row(row, 22)
        for line in one.lines:
            row += 1
            sheet.write(row, LEFT, BOX if line.to_do else None, box)
            sheet.write_string(row, LEFT + 1, line.text, text[line.to_do])
            sheet.set_growing_row(row, height([(line.text, WIDTHS[1])]))
        row += 2
    sheet.set_tab_color(QUIET)
    set_page(sheet, making, upright=True)
