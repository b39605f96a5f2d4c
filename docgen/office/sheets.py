"""Reports as plain workbooks, to be sorted, filtered, printed, or taken for a mail merge: headings, and rows below."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from docgen.definitions.tabs import LIST
from docgen.model.problems import UiLanguage, Words
from docgen.office.visible import visible

Cell = str | int | date | None
CREATED = date(2026, 1, 1)
"""Written into every file: the same rows make the same bytes."""
FONTS = {"en": "Calibri", "zh": "等线"}
SIZE = 10
NARROW, WIDE = 6, 60
MARGIN = 2
"""Columns beside the longest text: the button of the filter needs room too."""
A4 = 9
LINE, MOST_LINES = 13.5, 29
"""Points of a line; Excel's rows are at most 409 points high."""
MOST = 32_767
"""Characters of a cell."""
STEERING = ("=", "+", "-", "@")
"""What begins so is a formula to whoever types it; where the cell is edited, it stays text."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading; ``widest``: so many characters wide at most, longer texts are broken into lines.

    ``on_terminal``: whether a terminal, which is narrow, shows it; ``in_one``: there never broken, as a number that is
    copied from it.
    """

    label: Words
    widest: int = WIDE
    on_terminal: bool = True
    in_one: bool = False


def sheet_file(title: Words, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], language: UiLanguage) -> bytes:
    """A workbook of one tab. Its first row holds the headings; dates are dates, texts are never formulas.

    Printed on A4 across, with ``title`` above and the number of the page below.
    """
    target = BytesIO()
    book = Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "default_format_properties": {"font_name": FONTS[language], "font_size": SIZE, "valign": "vcenter"},
        },
    )
    book.set_properties({"title": title[language], "author": "docgen", "created": _midnight(CREATED)})
    book.set_custom_property(LIST, title.en, "text")
    sheet = book.add_worksheet(title[language][:31])
    texts = [[column.label[language] for column in columns], *([shown(cell) for cell in row] for row in rows)]
    widths = [
        min(max(NARROW, *(_width(row[at]) for row in texts)) + MARGIN, column.widest)
        for at, column in enumerate(columns)
    ]
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    for index, row in enumerate(texts):
        lines = max(_lines(text, width) for text, width in zip(row, widths, strict=True))
        sheet.set_row(index, min(lines, MOST_LINES) * LINE + 4)
    _write(sheet, book, texts, rows)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    _page(sheet, title[language])
    book.close()
    return target.getvalue()


def _write(sheet: Worksheet, book: Workbook, texts: Sequence[Sequence[str]], rows: Sequence[Sequence[Cell]]) -> None:
    line = {"border": 1, "border_color": "#BFBFBF"}
    head = book.add_format({**line, "bold": True, "bg_color": "#E8EDF2", "text_wrap": True})
    plain = book.add_format({**line, "text_wrap": True})
    text = book.add_format({**line, "text_wrap": True, "quote_prefix": True})
    day = book.add_format({**line, "num_format": "yyyy-mm-dd", "align": "left"})
    number = book.add_format({**line, "num_format": "0", "align": "center"})
    for at, label in enumerate(texts[0]):
        sheet.write_string(0, at, label, head)
    for index, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            match cell:
                case None:
                    sheet.write_blank(index, at, None, plain)
                case date():
                    sheet.write_datetime(index, at, _midnight(cell), day)
                case int():
                    sheet.write_number(index, at, cell, number)
                case _:
                    said = texts[index][at][:MOST]
                    sheet.write_string(index, at, said, text if said.startswith(STEERING) else plain)


def _page(sheet: Worksheet, title: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&L&10{title.replace('&', '&&')}")
    sheet.set_footer("&R&9&P / &N")


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def shown(cell: Cell) -> str:
    """What a cell says."""
    match cell:
        case None:
            return ""
        case date():
            return cell.isoformat()
        case _:
            return visible(str(cell))


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column, a little generously: not every program makes room for them by itself."""
    return sum(max(1, -(-_width(line) // (width - 1))) for line in text.split("\n"))


def _width(text: str) -> int:
    """Columns of the longest line; Chinese characters take two."""
    return max(sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line) for line in text.split("\n"))
