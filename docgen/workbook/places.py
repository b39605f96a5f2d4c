"""Cells and areas by their names, and which cells of a tab a person sees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docgen.sources.grid import Area, column_name
from docgen.workbook.package import Tree, q

CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
COLUMNS = 16_384
ROWS = 1_048_576

Cell = tuple[int, int]
"""Row and column, counted from 1."""


def cell_of(reference: str) -> Cell | None:
    """``F12`` → (12, 6); None where that is no cell."""
    found = CELL.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(found[2])
    return (row, column) if column <= COLUMNS and row <= ROWS else None


def name_of(cell: Cell) -> str:
    """(12, 6) → ``F12``."""
    return f"{column_name(cell[1])}{cell[0]}"


def placed(cell: str) -> tuple[str, Cell] | None:
    """``Targets!F12`` → the tab and its cell; the name of a tab may itself hold ``!``."""
    tab, _, reference = cell.rpartition("!")
    found = cell_of(reference)
    return (tab, found) if tab and found else None


def link_to(tab: str, cell: Cell) -> str:
    """The cell as a link in the file has it: ``'Targets'!F12``."""
    return f"""'{tab.replace("'", "''")}'!{name_of(cell)}"""


def areas(cells: Iterable[Cell]) -> Iterator[str]:
    """The names of ``cells``, those below each other as one area."""
    start = end = (0, 0)
    for row, column in [*sorted(cells, key=lambda one: (one[1], one[0])), (0, 0)]:
        if (row, column) == (end[0] + 1, end[1]):
            end = (row, column)
            continue
        if start[0]:
            yield name_of(start) if start == end else f"{name_of(start)}:{name_of(end)}"
        start = end = (row, column)


@dataclass(frozen=True, slots=True)
class View:
    """What of a tab is seen: widths of columns and heights of rows in points of the screen, 0 where hidden."""

    widths: tuple[tuple[int, int, int], ...]
    heights: dict[int, int]
    merged: tuple[Area, ...]
    width: int = 64
    height: int = 20

    def width_of(self, column: int) -> int:
        return next((width for first, last, width in self.widths if first <= column <= last), self.width)

    def height_of(self, row: int) -> int:
        return self.heights.get(row, self.height)

    def seen(self, cell: Cell) -> Cell:
        """The cell itself, or the first of the merged area that covers it."""
        row, column = cell
        for first, left, last, right in self.merged:
            if first <= row <= last and left <= column <= right:
                return first, left
        return cell

    def leftmost(self, row: int) -> Cell | None:
        """The first cell of the row that is neither hidden nor covered by another."""
        columns = range(1, COLUMNS + 1)
        return next(((row, one) for one in columns if self.width_of(one) and self.seen((row, one)) == (row, one)), None)


def view_of(sheet: Tree) -> View:
    """What is seen of the tab whose part is ``sheet``."""
    widths = [
        (int(one.get("min", 1)), int(one.get("max", 1)), 0 if _on(one, "hidden") else _pixels(one.get("width")))
        for one in sheet.iterfind(f"{q('cols')}/{q('col')}")
    ]
    heights = {
        int(row.get("r", 0)): 0 if _on(row, "hidden") else round(float(row.get("ht", 15)) * 4 / 3)
        for row in sheet.iterfind(f"{q('sheetData')}/{q('row')}")
        if row.get("ht") or row.get("hidden")
    }
    merged = []
    for one in sheet.iterfind(f"{q('mergeCells')}/{q('mergeCell')}"):
        first, _, last = one.get("ref", "").partition(":")
        start, end = cell_of(first), cell_of(last)
        if start and end:
            merged.append((*start, *end))
    usual = sheet.find(q("sheetFormatPr"))
    width = usual.get("defaultColWidth") if usual is not None else None
    return View(tuple(widths), heights, tuple(merged), _pixels(width) if width else 64)


def _on(element: Tree, attribute: str) -> bool:
    return element.get(attribute) in ("1", "true")


def _pixels(width: str | None) -> int:
    """A width in characters, as files have it, in points of the screen."""
    return int(float(width) * 7 + 5) if width and float(width) else 0 if width else 64
