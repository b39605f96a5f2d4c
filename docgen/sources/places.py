"""Which cell holds what of a case: looked up by the path of a value when somebody asks, and never before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from docgen.definitions.definition import Definitions
from docgen.model.problems import Path, Position
from docgen.model.record import Record
from docgen.sources.blocks import Block
from docgen.sources.grid import Book

Spot = tuple[Block, int]
"""A block, and the number of a row in it."""
Route = tuple[Record, Path]
"""Where a part of a merged case stands: the record it comes from, and its path there."""


class Cells(Mapping[Path, Position]):
    """The places of one case.

    ``rows`` has the spots of each of its rows by path; a sheet of one row may be spread over several. ``home`` is the
    row that says who it is; ``own`` are the blocks that hold nothing but this case (its card).
    """

    __slots__ = ("book", "definitions", "home", "own", "rows")

    def __init__(self, book: Book, definitions: Definitions, home: Spot, rows: dict[Path, list[Spot]]) -> None:
        self.book = book
        self.definitions = definitions
        self.home = home
        self.rows = rows
        self.own: list[Block] = []

    def __getitem__(self, path: Path) -> Position:
        if not path:
            return self._first(self.home, "")
        last = path[-1]
        if path in self.rows:
            return self._first(self.rows[path][0], _sheet(path))
        if isinstance(last, int):
            raise KeyError(path)
        if (rows := self.rows.get(path[:-1])) is not None:
            return self._field(rows, _sheet(path[:-1]), last)
        if (first := self.rows.get((*path, 0))) is not None:
            return self._first(first[0], last)
        if len(path) == 1:
            for block in self.own:
                if columns := block.of(last):
                    return self._cell(block, block.label_row, columns[0].at)
        raise KeyError(path)

    def __iter__(self) -> Iterator[Path]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def lacks(self, path: Path) -> bool:
        """Whether there is no column for the field at ``path`` in the blocks that hold its row."""
        sheet, name = _sheet(path[:-1]), path[-1]
        spots = self.rows.get(path[:-1])
        if spots is None or name not in self.definitions.sheets[sheet].fields:
            return False
        own = self.own if self.definitions.sheets[sheet].single else []
        return not any(block.column(sheet, str(name)) for block in [*(block for block, _ in spots), *own])

    def heading(self, path: Path) -> Position:
        """The heading of the column that is no field, by the path of what stands below it."""
        sheet = _sheet(path[:-1])
        for block, _ in self.rows[path[:-1]]:
            for column in block.of(sheet):
                if column.name == path[-1] and column.field is None:
                    return self._cell(block, block.label_row, column.at)
        raise KeyError(path)

    def _field(self, spots: list[Spot], sheet: str, name: str) -> Position:
        """The cell of a field, also a blank one. What has no column lies in the labels; a key that docgen makes itself
        stands for its row."""
        held = [(spot, column) for spot in spots if (column := spot[0].column(sheet, name))]
        for (block, number), column in held:
            cells = block.tab.rows[number]
            if len(held) == 1 or (column.at < len(cells) and cells[column.at] is not None):
                return self._cell(block, number, column.at)
        if held:
            (block, number), column = held[0]
            return self._cell(block, number, column.at)
        for block in self.own if self.definitions.sheets[sheet].single else ():
            if column := block.column(sheet, name):
                return self._cell(block, block.rows[0] if block.rows else block.label_row + 1, column.at)
        child = self.definitions.sheets.get(name)
        if child is not None and child.parent == sheet:
            for block, number in spots:
                if columns := block.of(name):
                    return self._cell(block, number, columns[0].at)
        if child is not None or name == self.definitions.sheets[sheet].key:
            return self._first(spots[0], sheet)
        block = spots[-1][0]
        return self._cell(block, block.label_row, self._left(block, sheet))

    def _first(self, spot: Spot, sheet: str) -> Position:
        block, number = spot
        return self._cell(block, number, self._left(block, sheet))

    def _left(self, block: Block, sheet: str) -> int:
        columns = block.of(sheet) or block.columns
        return columns[0].at if columns else 0

    def _cell(self, block: Block, row: int, at: int) -> Position:
        return self.book.place(block.tab, row, at + 1)


class Headings(Mapping[Path, Position]):
    """The places of those names in a case that are headings of columns."""

    __slots__ = ("cells",)

    def __init__(self, cells: Cells) -> None:
        self.cells = cells

    def __getitem__(self, path: Path) -> Position:
        if not path:
            raise KeyError(path)
        return self.cells.heading(path)

    def __iter__(self) -> Iterator[Path]:
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass(frozen=True, slots=True)
class Routes:
    """Where each part of a merged case stands ``first``, and where the same stands ``again``, by its path."""

    first: dict[Path, Route]
    again: dict[Path, Route] = field(default_factory=dict)


class Routed(Mapping[Path, Position]):
    """Places in a merged case: looked up where each part comes from."""

    __slots__ = ("pick", "routes")

    def __init__(self, routes: Mapping[Path, Route], pick: Callable[[Record], Mapping[Path, Position]]) -> None:
        self.routes = routes
        self.pick = pick

    def __getitem__(self, path: Path) -> Position:
        for end in range(len(path), -1, -1):
            if path[:end] in self.routes:
                record, origin = self.routes[path[:end]]
                return self.pick(record)[(*origin, *path[end:])]
        raise KeyError(path)

    def __iter__(self) -> Iterator[Path]:
        return iter(self.routes)

    def __len__(self) -> int:
        return len(self.routes)


def _sheet(path: Path) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")
