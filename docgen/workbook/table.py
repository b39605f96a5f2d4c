"""A tab of the table layout: keys, bands, labels, and rows to type in; the list of people of the cards is one too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_range_abs, xl_rowcol_to_cell

from docgen.definitions.tabs import NO_DATA, PEOPLE, key_mark
from docgen.model.problems import Words
from docgen.workbook.columns import WEIGHT, Block, Column, Group
from docgen.workbook.entry import Making, colour_gaps, guide_cells, in_percent, set_page
from docgen.workbook.growing import height
from docgen.workbook.lines import Line
from docgen.workbook.looks import ALARM, BAND, BOX, DEEP, LABEL, LOCKED, QUIET, TWO_LINES, WRONG, widths
from docgen.workbook.values import Content
from docgen.workbook.widths import pages

KEYS, BANDS, LABELS, FIRST = 0, 1, 2, 3
"""The rows above the data, counted from 0, and the first row of data."""
PERSON_NOTE = Words(
    "Employee number or case number, as on tab {people}. Best typed in every row, so that sorting "
    "mixes nothing up. Blank: the same person as in the row above.",
    "工号或个案编号，与“{people}”表一致。建议每行都填，排序时不会错位；留空表示与上一行为同一人。",
)
SUM = Words("Sum", "权重合计")
SUM_WIDTH = 9


@dataclass(frozen=True, slots=True)
class Lead:
    """A column that stands before those of the block: the person, or the link to a card. ``note`` is its prompt."""

    key: str
    column: Column
    note: str = ""
    source: str = ""


def write_table(
    sheet: Any,
    block: Block,
    leads: Sequence[Lead],
    lines: Sequence[Line],
    rows: int,
    making: Making,
    links: Mapping[str, str] | None = None,
) -> dict[str, int]:
    """Write the tab; returns the columns by their keys. ``links``: where a text of the first lead leads to."""
    last = FIRST + max(rows, len(lines)) - 1
    places = _heads(sheet, block, leads, making)
    for lead in leads:
        area = (FIRST, places[lead.key], last, places[lead.key])
        guide_cells(sheet, lead.column, area, making, lead.source, lead.note)
    for column in block.columns:
        at = places[column.key]
        guide_cells(sheet, column, (FIRST, at, last, at), making)
    for group in block.groups:
        colour_gaps(sheet, group, places, (FIRST, last), making)
    looks = {at: making.looks.entry(column.of, **BOX) for at, column in _columns(block, leads, places)}
    across = {column.key: width(column, making) for column in block.columns}
    for row, line in enumerate(lines, start=FIRST):
        sheet.set_growing_row(row, height((line.get(name), wide) for name, wide in across.items()))
        for name, cell in line.items():
            if links and leads and name == leads[0].key and isinstance(cell, str):
                link = making.looks(font_color=DEEP, underline=1, valign="top", **BOX)
                sheet.write_url(row, places[name], links[cell], link, string=cell)
            else:
                write(sheet, row, places[name], cell, looks[places[name]])
    if WEIGHT in places and leads:
        _sums(sheet, places[WEIGHT], places[leads[0].key], max(places.values()) + 2, last, lines, leads[0].key, making)
    sheet.autofilter(LABELS, 1, last, max(places.values()))
    sheet.freeze_panes(FIRST, 3 if block.tab.name == PEOPLE else 2)
    set_page(sheet, making, (BANDS, LABELS), pages(width(column, making) for column in block.columns))
    sheet.repeat_columns(1)
    if block.tab.name == PEOPLE:
        sheet.set_tab_color(DEEP)
    sheet.hide_gridlines(1)
    return places


def write(sheet: Any, row: int, column: int, cell: Content, look: Any) -> None:
    """Write a cell as what it is; a text that begins with = stays a text."""
    match cell:
        case None:
            sheet.write_blank(row, column, None, look)
        case str():
            sheet.write_string(row, column, cell, look)
        case Decimal():
            sheet.write_number(row, column, float(cell), look)
        case date() | time():
            sheet.write_datetime(row, column, cell, look)


def _columns(block: Block, leads: Sequence[Lead], places: Mapping[str, int]) -> list[tuple[int, Column]]:
    first = [(places[lead.key], lead.column) for lead in leads]
    return first + [(places[column.key], column) for column in block.columns]


def _heads(sheet: Any, block: Block, leads: Sequence[Lead], making: Making) -> dict[str, int]:
    """Write the rows above the data and set the columns."""
    looks = making.looks
    band = looks(**LOCKED, bold=True, bg_color=BAND, font_color=DEEP, valign="vcenter", border_color="#FFFFFF")
    sheet.set_column(0, 0, None, None, {"hidden": True})
    sheet.set_row(KEYS, None, looks(**LOCKED), {"hidden": True})
    sheet.set_row(BANDS, 20, looks(**LOCKED))
    sheet.set_row(LABELS, TWO_LINES, looks(**LOCKED))
    sheet.write_string(KEYS, 0, key_mark(block.tab.name), looks(**LOCKED))
    for row in (BANDS, LABELS):
        sheet.write_string(row, 0, NO_DATA, looks(**LOCKED))
    places: dict[str, int] = {}
    at = 1
    for lead in leads:
        at = _column(sheet, at, lead.key, lead.column, places, making)
        sheet.write_blank(BANDS, at - 1, None, band)
    for group in block.groups:
        begin = at
        for column in group.columns:
            at = _column(sheet, at, column.key, column, places, making)
            if column.key == WEIGHT and leads:
                sheet.write_string(KEYS, at, NO_DATA, looks(**LOCKED))
                sheet.write_string(LABELS, at, SUM[making.language], looks(**LOCKED, **{**LABEL, "font_color": QUIET}))
                sheet.set_column(at, at, SUM_WIDTH, looks(font_color=QUIET, valign="top", **BOX))
                at += 1
        for column_at in range(begin, at):
            sheet.write_blank(BANDS, column_at, None, band)
        _band(sheet, begin, block, group, making)
    return places


def _band(sheet: Any, at: int, block: Block, group: Group, making: Making) -> None:
    """The title over the columns of a sheet; where it stands alone there is room to say what is filled in."""
    look = {"font_color": DEEP, "valign": "vcenter", "bg_color": BAND, "left": 2, "left_color": "#FFFFFF"}
    title = making.looks(**LOCKED, **look, bold=True)
    if len(block.groups) > 1:
        sheet.write_string(BANDS, at, group.sheet.label[making.language], title)
    else:
        note = {"en": ": ", "zh": "："}[making.language] + block.tab.note[making.language]
        runs = (making.looks(bold=True, font_color=DEEP), block.tab.label[making.language], making.looks(), note)
        sheet.write_rich_string(BANDS, at, *runs, title)


def _column(sheet: Any, at: int, key: str, column: Column, places: dict[str, int], making: Making) -> int:
    places[key] = at
    sheet.write_string(KEYS, at, key, making.looks(**LOCKED))
    making.looks.label(sheet, LABELS, at, column)
    sheet.set_column(at, at, width(column, making), making.looks.entry(column.of, **BOX))
    return at + 1


def width(column: Column, making: Making) -> float:
    return widths(column.of, making.language)[1] + 1


def _sums(
    sheet: Any, weight: int, person: int, helper: int, last: int, lines: Sequence[Line], key: str, making: Making
) -> None:
    """Beside each weight the sum of its person; a hidden column says whose row it is where the person is blank."""
    looks = making.looks
    look = looks(font_color=QUIET, valign="top", **BOX)
    sheet.set_column(helper, helper, None, None, {"hidden": True})
    sheet.write_string(KEYS, helper, NO_DATA, looks(**LOCKED))
    sums: dict[Content, Decimal] = {}
    for line in lines:
        if isinstance(cell := line.get(WEIGHT), Decimal):
            sums[line.get(key)] = sums.get(line.get(key), Decimal(0)) + cell
    people, weights = xl_range_abs(FIRST, helper, last, helper), xl_range_abs(FIRST, weight, last, weight)
    for row in range(FIRST, last + 1):
        line = lines[row - FIRST] if row - FIRST < len(lines) else {}
        own, whose = xl_rowcol_to_cell(row, weight), xl_rowcol_to_cell(row, helper)
        named = f"${xl_col_to_name(person)}${FIRST + 1}:${xl_col_to_name(person)}{row + 1}"
        sheet.write_formula(
            row, helper, f'=IFERROR(LOOKUP(2,1/({named}<>""),{named})&"","")', look, str(line.get(key) or "")
        )
        total = sums.get(line.get(key), "") if isinstance(line.get(WEIGHT), Decimal) else ""
        shown = float(total) if isinstance(total, Decimal) else ""
        sheet.write_formula(
            row,
            weight + 1,
            f'=IF({own}="","",ROUND(SUMIF({people},{whose},{weights})*{in_percent(own)},2))',
            look,
            shown,
        )
    cell = xl_rowcol_to_cell(FIRST, weight + 1)
    wrong = looks.colour(bg_color=WRONG, font_color=ALARM)
    criteria = f"=AND(ISNUMBER({cell}),{cell}<>100)"
    sheet.conditional_format(
        FIRST, weight + 1, last, weight + 1, {"type": "formula", "criteria": criteria, "format": wrong}
    )
