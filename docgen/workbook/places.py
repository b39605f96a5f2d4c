"""Cells and areas by their names, and which cells of a tab a person sees."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from docgen.sources.grid import Area, Cell, area_of, cell_of, column_name
from docgen.workbook.package import Tree, q

WIDTH, HEIGHT, LARGEST = 64, 20, 4_000
"""Of a cell, in points of the screen: what is usual, and what none exceeds."""
LOOKED_AT = 300
"""Columns; no cell that is read lies further right."""
MOST_RULES, MOST_COVERED = 16_384, 1_000_000
"""Widths given in a file, and rows under merged areas: more has none that a program wrote."""


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
    """What of a tab is seen: widths of columns and heights of rows in points of the screen, 0 where hidden; the merged
    areas by the rows they cover."""

    widths: Mapping[int, int]
    heights: Mapping[int, int]
    merged: Mapping[int, Sequence[Area]]
    width: int = WIDTH
    height: int = HEIGHT

    def width_of(self, column: int) -> int:
        return self.widths.get(column, self.width)

    def height_of(self, row: int) -> int:
        return self.heights.get(row, self.height)

    def seen(self, cell: Cell) -> Cell:
        """The cell itself, or the first of the merged area that covers it."""
        row, column = cell
        for first, left, _, right in self.merged.get(row, ()):
            if left <= column <= right:
                return first, left
        return cell

    def leftmost(self, row: int) -> Cell | None:
        """The first cell of the row that is neither hidden nor covered by another."""
        columns = range(1, LOOKED_AT + 1)
        return next(((row, one) for one in columns if self.width_of(one) and self.seen((row, one)) == (row, one)), None)


def view_of(sheet: Tree, rows: Iterable[int]) -> View:
    """What is seen of the tab whose part is ``sheet``; of merged areas, what covers any of ``rows``."""
    widths: dict[int, int] = {}
    for one in islice(sheet.iterfind(f"{q('cols')}/{q('col')}"), MOST_RULES):
        width = 0 if _on(one, "hidden") else _pixels(one.get("width"))
        for column in range(max(int(one.get("min", 1)), 1), min(int(one.get("max", 1)), LOOKED_AT) + 1):
            widths.setdefault(column, width)
    heights = {
        int(row.get("r", 0)): 0 if _on(row, "hidden") else _clamped(float(row.get("ht", 15)) * 4 / 3)
        for row in sheet.iterfind(f"{q('sheetData')}/{q('row')}")
        if row.get("ht") or row.get("hidden")
    }
    usual = sheet.find(q("sheetFormatPr"))
    width = _pixels(usual.get("defaultColWidth")) if usual is not None else 0
    return View(widths, heights, _merged(sheet, sorted(set(rows))), width or WIDTH)


def _merged(sheet: Tree, rows: Sequence[int]) -> dict[int, list[Area]]:
    """The merged areas by those of ``rows`` that they cover; where a hostile file piles them up, not all."""
    covering: dict[int, list[Area]] = defaultdict(list)
    left = MOST_COVERED
    for one in sheet.iterfind(f"{q('mergeCells')}/{q('mergeCell')}"):
        if area := area_of(one.get("ref", "")):
            covered = rows[bisect_left(rows, area[0]) : bisect_right(rows, area[2])][:left]
            left -= len(covered)
            for row in covered:
                covering[row].append(area)
    return covering


def _on(element: Tree, attribute: str) -> bool:
    return element.get(attribute) in ("1", "true")


def _pixels(width: str | None) -> int:
    """A width in characters, as files have it, in points of the screen."""
    return _clamped(float(width) * 7 + 5) if width and float(width) > 0 else 0 if width else WIDTH


def _clamped(size: float) -> int:
    return max(0, min(round(size), LARGEST))
