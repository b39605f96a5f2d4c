"""Where in a tab its data stand: blocks below rows of keys that docgen wrote, or below a stranger's row of headings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE, sheet_spellings, spelling
from docgen.definitions.tabs import CARD, MARK, NO_DATA, NOT_READ, Tab, key
from docgen.sources.grid import Grid
from docgen.sources.headings import Column, Understood, Vocabulary

HEADING_ROWS = 30
MARKED_ROWS = 200
LEAST_NAMES = 2


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
class Found:
    """What a tab holds. ``marked``: docgen made it; ``silent``: it is docgen's own and not meant to be read."""

    tab: Grid
    blocks: tuple[Block, ...] = ()
    marked: bool = False
    silent: bool = False


class Finder:
    """Finds the blocks of tabs; what it knows of the plan is worked out once."""

    def __init__(self, definitions: Definitions, foreign: Collection[str]) -> None:
        self.definitions = definitions
        self.foreign = foreign
        sheets = definitions.sheets.values()
        self.fields = {key(sheet.name, name): of for sheet in sheets for name, of in sheet.fields.items()}
        self._vocabularies: dict[tuple[str, ...], Vocabulary] = {}

    def find(self, tab: Grid) -> Found:
        mark = mark_column(tab)
        if mark is None:
            block = self._stranger(tab)
            return Found(tab, (block,) if block else ())
        first = next(iter(tab.rows.values()))
        if mark < len(first) and str(first[mark]).startswith(NOT_READ):
            return Found(tab, marked=True, silent=True)
        return Found(tab, tuple(self._marked(tab, mark)), marked=True)

    def vocabulary(self, sheets: tuple[str, ...]) -> Vocabulary:
        found = self._vocabularies.get(sheets)
        if found is None:
            found = self._vocabularies[sheets] = Vocabulary(self.definitions, sheets, self.foreign)
        return found

    def _marked(self, tab: Grid, mark: int) -> Iterator[Block]:
        begun: tuple[int, str] | None = None
        rows: list[tuple[int, str]] = []
        for number, cells in tab.rows.items():
            said = cells[mark] if mark < len(cells) else None
            said = said.strip() if said.__class__ is str and said.lstrip().startswith(MARK) else ""
            if said and said != NO_DATA:
                if begun:
                    yield self._keyed(tab, mark, begun, rows)
                begun, rows = (number, said.removeprefix(MARK)), []
            else:
                rows.append((number, said))
        if begun:
            yield self._keyed(tab, mark, begun, rows)

    def _keyed(self, tab: Grid, mark: int, begun: tuple[int, str], rows: Sequence[tuple[int, str]]) -> Block:
        """The block below a row of keys; of what has no key, known headings are read too, remarks are not."""
        key_row, name = begun
        columns: dict[str, Column] = {}
        card = None
        for at, said in texts(tab.rows[key_row]):
            if said == CARD:
                card = at
            elif said in self.fields and said not in columns:
                of = self.fields[said]
                columns[said] = Column(at, of.sheet, of.name, of)
        keyed = {mark} | {at for at, said in enumerate(tab.rows[key_row]) if said is not None}
        data = tuple(number for number, said in rows if not said)
        before = [number for number, said in rows if said and (not data or number < data[0])]
        label_row = max(before, key=lambda number: _labels(tab.rows[number], columns.values()), default=key_row)
        others = [(at, text) for at, text in texts(tab.rows[label_row]) if at not in keyed]
        sheets = tuple(dict.fromkeys(one.sheet for one in columns.values())) or (CASE,)
        more = self.vocabulary(sheets).understand(others, taken=columns.keys())
        read = (*columns.values(), *(one for one in more.columns if one.field))
        told = {at for at, _ in (*more.unread, *more.foreign)}
        known = (keyed | told | {one.at for one in read}) - {mark}
        width = max((len(tab.rows[number]) for number in data), default=0)
        beside = tuple(_filled(tab, data, [at for at in range(width) if at not in known]))
        return Block(tab, name, label_row, Understood(read, more.unread, more.foreign), data, card, beside)

    def _stranger(self, tab: Grid) -> Block | None:
        """The block below the row that names most fields of one tab of the plan."""
        best = (0, 0, "")
        named = self._named(tab.name)
        for number, cells in islice(tab.rows.items(), HEADING_ROWS):
            row = [text for _, text in texts(cells)]
            for one in self._plan():
                count = self.vocabulary(one.sheets).matches(row) if row else 0
                if count >= (1 if one.name == named else LEAST_NAMES):
                    weight = count + (len(row) if one.name == named else 0)
                    if weight > best[0]:
                        best = (weight, number, one.name)
        if not best[0]:
            return None
        _, heading_row, name = best
        headings = list(texts(tab.rows[heading_row]))
        vocabulary = self.vocabulary(self.definitions.workbook.tabs[name].sheets)
        understood = vocabulary.understand(headings, self._groups(tab, heading_row, vocabulary))
        rows = tuple(number for number in tab.rows if number > heading_row)
        return Block(tab, name, heading_row, understood, rows)

    def _groups(self, tab: Grid, heading_row: int, vocabulary: Vocabulary) -> dict[int, str]:
        """By column the sheet that the row above the headings names over it, as far as the next name reaches."""
        above = max((number for number in tab.rows if number < heading_row), default=0)
        found: dict[int, str] = {}
        if above:
            names = [(at, vocabulary.groups.get(spelling(text), "")) for at, text in texts(tab.rows[above])]
            width = len(tab.rows[heading_row])
            for (at, sheet), (end, _) in pairwise([*names, (width, "")]):
                found |= dict.fromkeys(range(at, end), sheet)
        return found

    def _plan(self) -> Sequence[Tab]:
        return tuple(self.definitions.workbook.tabs.values())

    def _named(self, name: str) -> str:
        """The tab of the plan that a tab is called after, in either language, or after a sheet on it."""
        written = spelling(name)
        for one in (*self._plan(), *self.definitions.workbook.blocks.values()):
            if written in {spelling(text) for text in (one.name, one.label.en, one.label.zh)}:
                return one.name
        for one in self._plan():
            if written in sheet_spellings(self.definitions.sheets[sheet] for sheet in one.sheets):
                return one.name
        return ""


def mark_column(tab: Grid) -> int | None:
    """The column with docgen's marks, from 0; None in a tab that docgen didn't make."""
    for cells in islice(tab.rows.values(), MARKED_ROWS):
        for at, cell in enumerate(cells):
            if cell.__class__ is str and cell.lstrip().startswith(MARK):
                return at
    return None


def texts(cells: Sequence[Any]) -> Iterator[tuple[int, str]]:
    """The cells of a row that hold text, each with its column from 0."""
    return ((at, cell) for at, cell in enumerate(cells) if isinstance(cell, str) and cell.strip(" *"))


def _filled(tab: Grid, rows: Iterable[int], columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The cells of ``columns`` in which something stands."""
    for number in rows:
        cells = tab.rows[number]
        for at in columns:
            if at < len(cells) and cells[at] is not None:
                yield number, at


def _labels(cells: Sequence[Any], columns: Iterable[Column]) -> int:
    return sum(1 for one in columns if one.at < len(cells) and cells[one.at].__class__ is str)
