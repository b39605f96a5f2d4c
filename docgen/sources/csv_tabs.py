"""Tables as text: a .csv file is a book of one tab, a folder of them a book with a tab for each."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from pathlib import Path

from docgen.sources.grid import CellValue, Grid, column_name
from docgen.sources.guard import MOST_COLUMNS, MOST_ROWS, Refusal
from docgen.sources.sheet import Room

SUFFIX = ".csv"
DELIMITERS = "\t;,"
"""Where two fit alike, the first: a comma may also stand in a number."""
USUAL = ","
NAMED_DELIMITER = "sep="
"""A first line ``sep=;`` tells Excel the delimiter, and is no row."""
SAMPLE = 50
SAMPLE_LENGTH = 100_000
LONGEST_CELL = 131_072
"""What Python's csv takes by default, four times what a cell of Excel holds."""
LONGEST_LINE = 1_000_000
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class _LineTooLong(Exception):
    """What has no line break for so long is no table."""


def read_table(content: bytes, name: str, room: Room) -> Grid:
    """The tab ``name``; a row is a record, as a spreadsheet shows it, whatever line breaks are quoted."""
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    skipped = 0
    if first.lower().startswith(NAMED_DELIMITER) and len(first.strip()) == len(NAMED_DELIMITER) + 1:
        delimiter, text, skipped = first.strip()[-1], rest, 1
    else:
        delimiter = _delimiter(text)
    rows: dict[int, list[CellValue]] = {}
    for number, record in _records(text, delimiter, name, skipped):
        row: list[CellValue] = [_cell(field) for field in record]
        while row and row[-1] is None:
            row.pop()
        if row:
            _check_place(name, number, len(row))
            room.take(row, sum(map(len, record)))
            rows[number] = row
    return Grid(name, rows)


def tables_of(folder: Path) -> list[Path]:
    """The .csv files of a folder, in the order of their names."""
    entries = (entry for entry in sorted(folder.iterdir()) if entry.suffix.lower() == SUFFIX and entry.is_file())
    return [entry for entry in entries if not entry.name.startswith((".", "~"))]


def _decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 by their marks, else strict UTF-8, else what Chinese Excel writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
        if b"\0" in content:
            raise Refusal("not_text")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise Refusal("not_text")
        return text
    raise Refusal("unknown_encoding")


def _delimiter(text: str) -> str:
    """The delimiter by which most of the first records have equally many cells, and more than one."""

    def fit(delimiter: str) -> tuple[int, int]:
        widths: Counter[int] = Counter()
        try:
            for _, record in islice(_records(text[:SAMPLE_LENGTH], delimiter), SAMPLE):
                widths[len(record)] += any(record)
        except Refusal:
            pass  # told later, or the sample ends within quotation marks
        return max(((count, width) for width, count in widths.items() if width > 1 and count), default=(0, 0))

    fits = {delimiter: fit(delimiter) for delimiter in DELIMITERS}
    best = max(fits, key=fits.__getitem__)
    return best if fits[best][0] else USUAL


def _records(text: str, delimiter: str, name: str = "", skipped: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Each record with its number; one that is not quoted rightly is refused with the row it begins in.

    A blank before a quotation mark doesn't count, nor then any other at the beginning of a cell: S1, "a, b".
    """
    is_spaced = re.search(f'(?:^|{delimiter}) +"', text, re.MULTILINE) is not None
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True, skipinitialspace=is_spaced)
    number = skipped
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except _LineTooLong as error:
            raise Refusal("long_row", cell=f"{name}!A{number}", limit=f"{LONGEST_LINE:,}") from error
        except csv.Error as error:
            if "limit" in str(error):
                raise Refusal("long_row", cell=f"{name}!A{number}", limit=f"{LONGEST_CELL:,}") from error
            raise Refusal("open_quote", cell=f"{name}!A{number}") from error
        yield number, record


def _lines(text: str) -> Iterator[str]:
    for line in StringIO(text, newline=""):
        if len(line) > LONGEST_LINE:
            raise _LineTooLong
        yield line


def _cell(field: str) -> str | None:
    """``field`` as text; an apostrophe that was put before a formula's sign, so that none is computed, is taken off."""
    if not field or field.isspace():
        return None
    if field[0] == "'" and field[1:2] in FORMULA_SIGNS:
        return field[1:]
    return field


def _check_place(name: str, row: int, width: int) -> None:
    if width > MOST_COLUMNS or row > MOST_ROWS:
        limit = f"{MOST_ROWS:,} × {MOST_COLUMNS}"
        raise Refusal("cell_outside", cell=f"{name}!{column_name(width)}{row}", limit=limit)
