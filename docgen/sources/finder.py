"""Finds what each tab of a workbook holds: blocks of docgen's, a stranger's table, or nothing that is read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice

from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE, spelling
from docgen.definitions.tabs import NO_DATA
from docgen.sources.blocks import MARKED_ROWS, Amiss, Block, Found
from docgen.sources.grid import Grid
from docgen.sources.marked import Marked
from docgen.sources.strangers import Strangers

TABLE_MARKS = 2
"""So many rows of docgen's own has a tab of the table layout at most, besides that of keys."""


class Finder:
    """Finds the blocks of tabs; what it knows of the plan is worked out once."""

    def __init__(self, definitions: Definitions, foreign: Collection[str]) -> None:
        self.definitions = definitions
        self.strangers = Strangers(definitions, foreign)
        self.marked = Marked(self.strangers)

    def find(self, tabs: Sequence[Grid]) -> list[Found]:
        """What the tabs of one book hold. In a book that docgen made, tabs without marks are somebody's own."""
        found = [self._tab(tab) for tab in tabs]
        if not any(one.marked and not one.silent for one in found):
            return found
        names = {spelling(text) for one in found for block in one.blocks for text in self._people(block)}
        return [one if one.marked else self._unmarked(one, names) for one in found]

    def _tab(self, tab: Grid) -> Found:
        mark = self.marked.column(tab)
        if mark is not None:
            return self.marked.find(tab, mark)
        own = {number for number, cells in tab.rows.items() if any(_is_own(cell) for cell in cells)}
        keyed = {number for number, cells in islice(tab.rows.items(), MARKED_ROWS) if self.marked.are_keys(cells)}
        if not own and not keyed:
            block = self.strangers.block(tab)
            return Found(tab, (block,) if block else ())
        return self._lost(tab, own, keyed)

    def _lost(self, tab: Grid, own: set[int], keyed: set[int]) -> Found:
        """A tab of docgen's without its marks or its keys: a table has labels to go by, a card is no longer clear."""
        block = None
        if len(own - keyed) <= TABLE_MARKS and len(keyed) <= 1:
            block = self.strangers.block(tab, keyed, own | keyed) or (None if own else self.strangers.block(tab))
        if block is None:
            return Found(tab, marked=True, amiss=(_unreadable(tab),))
        return Found(tab, (block,), marked=bool(own))

    def _unmarked(self, one: Found, people: Collection[str]) -> Found:
        """A tab without marks in a book that docgen made: read if it is called after a tab of the plan or a person."""
        if self.strangers.named(one.tab.name) or spelling(one.tab.name) in people:
            missing = one.tab.rows and not one.blocks
            return replace(one, amiss=(_unreadable(one.tab),)) if missing else one
        keyed = any(self.marked.are_keys(cells) for cells in islice(one.tab.rows.values(), MARKED_ROWS))
        return one if keyed else replace(one, blocks=(), private=True)

    def _people(self, block: Block) -> list[str]:
        """What the persons on a list, and their cards, are called."""
        case = self.definitions.sheets[CASE]
        names = (case.key, "employee_no", "employee_name")
        columns = [column.at for name in names if (column := block.column(CASE, name))]
        if block.card is None:
            return []
        rows = [block.tab.rows[number] for number in block.rows]
        places = [*columns, block.card]
        return [row[at] for row in rows for at in places if at < len(row) and isinstance(row[at], str)]


def _is_own(cell: object) -> bool:
    return cell.__class__ is str and cell == NO_DATA


def _unreadable(tab: Grid) -> Amiss:
    row, cells = next(iter(tab.rows.items()))
    return Amiss("unreadable_tab", row, next(at for at, cell in enumerate(cells) if cell is not None), tab.name)
