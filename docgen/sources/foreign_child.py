"""The process that opens .xls, .ods and encrypted workbooks: limited in memory and time, so that only it can die.

Input: a line of JSON with the password, then the file. Output: a line of JSON, then bytes. The line holds ``refused``
(a kind of FAULTS), or ``tabs`` and ``properties``, or nothing: then the bytes are the file without its encryption.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, time, timedelta
from io import BytesIO
from typing import Any

from docgen.definitions.results import Fault
from docgen.sources.grid import CellValue, Figure, Stamp, column_name
from docgen.sources.guard import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Refusal
from docgen.sources.limits import limit
from docgen.sources.number_formats import SECONDS as SECONDS_A_DAY
from docgen.sources.number_formats import date_shown, number_text
from docgen.sources.ods import read_properties, read_tabs
from docgen.sources.password import OLE, opened

MEMORY = 480 * 2**20
SECONDS = 30
FIRST_YEAR = 1900
TEXT, FIGURE, STAMP, FAULT = "tnsf"
"""What stands before the text of a cell."""


def main() -> None:
    """Do what was asked on standard input."""
    limit(MEMORY, SECONDS)
    order = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    answer: dict[str, Any] = {}
    try:
        if content.startswith(OLE):
            content, is_encrypted_zip = opened(content, order["password"])
        else:
            is_encrypted_zip = False
        if not is_encrypted_zip:
            properties = {} if content.startswith(OLE) else read_properties(content)
            answer, content = {"tabs": list(_tabs(content)), "properties": properties}, b""
    except Refusal as refusal:
        answer = {"refused": refusal.kind, "value": refusal.value, "cell": refusal.cell, "details": refusal.details}
        content = b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + content)


def _tabs(content: bytes) -> Iterator[dict[str, Any]]:
    if content.startswith(OLE):
        yield from _old_tabs(content)
        return
    for tab in read_tabs(content):
        rows = [(number, [_coded(cell) for cell in row]) for number, row in tab.rows.items()]
        yield {
            **{"name": tab.name, "rows": rows, "merged": tab.merged, "hidden": sorted(tab.hidden)},
            "hidden_tab": tab.hidden_tab,
        }


def _old_tabs(content: bytes) -> Iterator[dict[str, Any]]:
    """Those of an .xls."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        room = MOST_CELLS
        for index, sheet in enumerate(workbook.sheets_metadata):
            if sheet.typ != SheetTypeEnum.WorkSheet or sheet.visible == SheetVisibleEnum.VeryHidden:
                continue
            is_hidden = sheet.visible == SheetVisibleEnum.Hidden
            tab = workbook.get_sheet_by_index(index)
            last_row, last_column = tab.end or (0, 0)
            _check_place(sheet.name, last_row + 1, last_column + 1)
            rows: list[tuple[int, list[str | None]]] = []
            for number, cells in enumerate(tab.to_python(skip_empty_area=False), 1):
                row = [_coded(_value(cell)) for cell in cells]
                while row and row[-1] is None:
                    row.pop()
                if row:
                    rows.append((number, row))
                    room -= sum(cell is not None for cell in row)
                    if room < 0:
                        raise Refusal("too_many_cells", limit=f"{MOST_CELLS:,}")
            yield {
                "name": sheet.name,
                "rows": rows,
                "merged": _merged(tab.merged_cell_ranges or ()),
                "hidden": (),
                "hidden_tab": is_hidden,
            }
    except PasswordError as error:
        raise Refusal("unknown_encryption") from error
    except (CalamineError, ValueError, OverflowError) as error:
        raise Refusal("damaged_book") from error


def _merged(ranges: Any) -> list[tuple[int, int, int, int]]:
    return [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges]


def _check_place(tab: str, rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        limit = f"{MOST_ROWS:,} × {MOST_COLUMNS}"
        raise Refusal("cell_outside", cell=f"{tab}!{column_name(columns)}{rows}", limit=limit)


def _value(value: Any) -> CellValue:
    """A cell as calamine has it."""
    match value:
        case str():
            return value if value and not value.isspace() else None
        case bool():
            return "TRUE" if value else "FALSE"
        case float() | int():
            text = number_text(float(value))
            return Figure(text) if isinstance(text, str) else text
        case date() if value.year < FIRST_YEAR:
            return Fault("number_for_day", f"{value}")
        case time() if value == time():  # or a number below zero, which calamine gives so
            return Fault("number_for_day", f"{value:%H:%M}")
        case timedelta() if value < timedelta():
            return Fault("number_for_day", f"{value.total_seconds() / SECONDS_A_DAY:.15g}")
        case date() | time() | timedelta():
            return date_shown(value)
        case _:
            return None


def _coded(cell: CellValue) -> str | None:
    """A cell as text, its kind before it; None for a blank."""
    if isinstance(cell, Fault):
        return f"{FAULT}{cell.kind} {cell.value}"
    if cell is None:
        return None
    return (FIGURE if isinstance(cell, Figure) else STAMP if isinstance(cell, Stamp) else TEXT) + cell


if __name__ == "__main__":
    main()
