"""A workbook as it was read, whatever its format: tabs of rows of cells, each cell as its text and what kind it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docgen.definitions.results import Fault
from docgen.model.problems import Position


class Figure(str):
    """A number, as the cell shows it: ``219000``, ``30%``, ``007``; never rounded, no separators."""

    __slots__ = ()


class Stamp(str):
    """A date, a date with a time, a time, or a month where the cell shows no day: ``2026-03-05 14:30``, ``2026-03``."""

    __slots__ = ()


CellValue = str | Figure | Stamp | Fault | None
"""None: blank. A Fault where the cell can't be read: ``error_cell``, ``no_stored_value`` (a formula never calculated),
``damaged_number`` (more than 15 digits), ``number_for_day`` (a number that is no date, in a cell that shows dates)."""

Cell = tuple[int, int]
"""Row and column, counted from 1."""

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column; counted from 1."""

CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


@dataclass(frozen=True, slots=True)
class Grid:
    """One tab. ``rows`` holds those with something in them, by their number in the file, in order; the first cell of a
    row is that of column A. ``hidden``: numbers of hidden rows; ``hidden_tab``: the tab itself is hidden."""

    name: str
    rows: Mapping[int, Sequence[Any]]
    merged: tuple[Area, ...] = ()
    hidden: frozenset[int] = frozenset()
    hidden_tab: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """All tabs of a file in their order.

    ``properties``: the custom properties of the file. ``blind``: its reader sees no formulas, errors and formats.
    ``text``: all text of its cells. ``digest``: the SHA-256 (hexadecimal) of the file as it lies on the disk.
    """

    source: str
    tabs: tuple[Grid, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    blind: bool = False
    digest: str = ""

    @property
    def text(self) -> str:
        texts = [cell for tab in self.tabs for row in tab.rows.values() for cell in row if isinstance(cell, str)]
        return "\n".join(texts)

    def place(self, tab: Grid, row: int, column: int) -> Position:
        """The Position of a cell, counted from 1: ``team.xlsx › Targets!F12``."""
        return Position(self.source, row, column, f"{tab.name}!{column_name(column)}{row}")


def column_name(column: int) -> str:
    """1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cell_of(reference: str) -> Cell | None:
    """``F12`` or ``$F$12`` → (12, 6); None where that is no cell."""
    found = CELL.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(found[2])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def area_of(reference: str) -> Area | None:
    """``B2:D4`` as an Area; None for a single cell, and where that is none."""
    start, _, end = reference.partition(":")
    first, last = cell_of(start), cell_of(end)
    return (*first, *last) if first and last else None
