"""What is found in a tab: blocks of data, each with its columns and rows, and what stands where nothing can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docgen.model.problems import Words
from docgen.sources.grid import Grid
from docgen.sources.headings import Column, Understood

MARKED_ROWS = 200


@dataclass(frozen=True, slots=True)
class Block:
    """Sheets side by side: the row with the labels of the columns, and the rows of data below it.

    ``name`` is that of the tab or block in the plan. ``card``: the column that names the tab of a person, from 0.
    ``beside``: the cells (row, column from 0) of a block of docgen's own in which something stands that is not read.
    """

    tab: Grid
    name: str
    label_row: int
    understood: Understood
    rows: tuple[int, ...]
    card: int | None = None
    beside: tuple[tuple[int, int], ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.understood.columns

    def column(self, sheet: str, name: str) -> Column | None:
        return next((one for one in self.columns if one.sheet == sheet and one.name == name), None)

    def of(self, sheet: str) -> tuple[Column, ...]:
        return tuple(one for one in self.columns if one.sheet == sheet)


@dataclass(frozen=True, slots=True)
class Amiss:
    """Something typed that docgen can't read: the kind of problem, and its cell (the column from 0)."""

    kind: str
    row: int
    at: int
    value: object = ""
    count: int = 1
    nearest: Words | str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a tab holds.

    ``marked``: docgen made it; ``silent``: it is docgen's own and not meant to be read; ``private``: somebody's own in
    a book that docgen made, and not read either.
    """

    tab: Grid
    blocks: tuple[Block, ...] = ()
    marked: bool = False
    silent: bool = False
    private: bool = False
    amiss: tuple[Amiss, ...] = ()


def texts(cells: Sequence[Any]) -> Iterator[tuple[int, str]]:
    """The cells of a row that hold text, each with its column from 0."""
    return ((at, cell) for at, cell in enumerate(cells) if isinstance(cell, str) and cell.strip(" *"))
