"""How a workbook was understood, where that is not obvious: told once a column, a tab or a file, with an example."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from docgen.definitions.definition import Definitions, Field
from docgen.definitions.fields import parse
from docgen.definitions.naming import CASE, spelling
from docgen.definitions.results import Fault, ReadAs, as_text
from docgen.definitions.tabs import VERSION, key
from docgen.model.problems import Position, Problem, Words
from docgen.sources.blocks import Block, Found
from docgen.sources.grid import Book, Figure
from docgen.sources.headings import Column, one_line
from docgen.sources.owners import Lines, Run, holds_case
from docgen.sources.telling import some, told

TABLES = ".csv"
MOST_HEADINGS = 30
LIKE, LIKE_HAN, MOST_LIKENED = 0.7, 0.6, 80
"""How like a name a heading that is not read must be to be asked about, in Latin letters and in Chinese."""
DAYS = frozenset(("date",))
FIGURES = frozenset(("date", "month", "time", "integer", "decimal", "percent", "quantity"))
NAMES = frozenset(("id", "text", "ref"))

WIDE = re.compile("[\uff05\uff0b-\uff0f\uff10-\uff19]")
EDGES = tuple(pair for blank in " \t\u00a0\u3000" for pair in (f"\n{blank}", f"{blank}\n"))
ZEROS = re.compile("0[0-9]")

Looks = tuple[str, frozenset[str], Callable[[Any], bool]]
"""The kind of a note, the types of field it is about, and whether a cell asks for it."""

# Each is looked for cell by cell only where the whole text of the file has any of these.
LOOKS: dict[tuple[str, ...], Looks] = {
    tuple("％０１２３４５６７８９"): ("wide_digits", FIGURES, lambda cell: WIDE.search(cell) is not None),
    EDGES: ("trimmed", FIGURES | NAMES | {"longtext", "choice"}, lambda cell: cell != cell.strip()),
    ("\n0",): ("leading_zeros", NAMES, lambda cell: cell.__class__ is Figure and ZEROS.match(cell) is not None),
}
TEXT_DATES: Looks = ("text_dates", DAYS, lambda cell: cell.__class__ is str)
# A cell that shows 81 % holds 0.81; which of the two it was can't be told where no formats are seen.
SHARES: Looks = (
    "may_be_percent",
    frozenset(("percent", "quantity", "decimal")),
    lambda cell: cell.__class__ is Figure and 0 < Decimal(cell) < 1,
)


class Notes:
    """The notes on one workbook; ``text`` is all the text in it."""

    def __init__(self, definitions: Definitions, book: Book, text: str) -> None:
        self.definitions = definitions
        self.book = book
        around = f"\n{text}\n"
        self.looks = [look for signs, look in LOOKS.items() if any(sign in around for sign in signs)]
        if not book.source.lower().endswith(TABLES) and not Path(book.source).is_dir():
            self.looks.append(TEXT_DATES)
        if book.blind:
            self.looks.append(SHARES)
        self.problems: list[Problem] = []

    def add(self, kind: str, position: Position, value: object = "", **names: Any) -> None:
        self.problems.append(told(self.definitions, kind, position, (), value, **names))

    def on(self, found: Sequence[Found]) -> None:
        """Look through all that was found."""
        self._file()
        for one in found:
            if one.blocks:
                self._hidden(one)
            elif not one.silent and not one.amiss and one.tab.rows:
                first = next(iter(one.tab.rows))
                kind = "private_tab" if one.private else "tab_not_read"
                self.add(kind, self.book.place(one.tab, first, 1), known=one.tab.name)
            for block in one.blocks:
                self._headings(block)
            self._beside(one)
        self._merged(found)
        for look in self.looks:
            self._cells(found, look)

    def rows_above(self, lines: Lines) -> None:
        """Lines that stand for the person named above them; those of one person in several places may be somebody's."""
        bare = [run for run in lines.runs if run.bare]
        if not bare:
            return
        at = lines.numbers[0].at + 1
        names = [(run.person.shown, run.rows) for run in bare]
        known = Words(some([f"{a} ({b})" for a, b in names]).en, some([f"{a}（{b}）" for a, b in names]).zh)
        place = self.book.place(lines.block.tab, lines.first_bare, at)
        self.add("row_above", place, known=known, count=sum(run.bare for run in bare))
        runs: dict[int, list[Run]] = defaultdict(list)
        for run in lines.runs:
            runs[id(run.person)].append(run)
        apart = next((those for those in runs.values() if len(those) > 1), None)
        if apart:
            place = self.book.place(lines.block.tab, apart[1].first, at)
            self.add("rows_apart", place, apart[0].person.shown, known=some([run.rows for run in apart]))

    def _file(self) -> None:
        place = Position(self.book.source)
        if self.book.blind:
            self.add("blind_reader", place)
        version = self.book.properties.get(VERSION, "").strip()
        if version.isdecimal() and int(version) != self.definitions.version:
            older = int(version) < self.definitions.version
            self.add("older_workbook" if older else "newer_workbook", place, version, known=self.definitions.version)

    def _hidden(self, one: Found) -> None:
        if one.tab.hidden_tab:
            first = next(iter(one.tab.rows))
            self.add("hidden_tab", self.book.place(one.tab, first, 1), known=one.tab.name)
        rows = sorted(one.tab.hidden.intersection(number for block in one.blocks for number in block.rows))
        if rows:
            self.add("hidden_rows", self.book.place(one.tab, rows[0], 1), count=len(rows))

    def _headings(self, block: Block) -> None:
        """The columns that are not read; those that are never kept, one by one."""
        for at, text in block.understood.foreign:
            self.add("foreign_key", self.book.place(block.tab, block.label_row, at + 1), key=" ".join(text.split()))
        unread = block.understood.unread
        if unread:
            place = self.book.place(block.tab, block.label_row, unread[0][0] + 1)
            headings = [one_line(text) for _, text in unread]
            heading, nearest = self._nearest(block, headings)
            self.add("column_not_read", place, known=some(headings, MOST_HEADINGS), key=heading, nearest=nearest)
        for tab in dict.fromkeys(tab for _, _, tab in block.understood.elsewhere):
            columns = [(at, one_line(text)) for at, text, of in block.understood.elsewhere if of == tab]
            place = self.book.place(block.tab, block.label_row, columns[0][0] + 1)
            names = some([text for _, text in columns], MOST_HEADINGS)
            self.add("column_elsewhere", place, known=names, sheet=self.definitions.workbook.tabs[tab].label)

    def _nearest(self, block: Block, headings: Sequence[str]) -> tuple[str, Words | str]:
        """The first of ``headings`` that is like the name of a field which the tab lacks, and its label; or ''."""
        held = {(one.sheet, one.name) for one in block.columns}
        sheets = dict.fromkeys(one.sheet for one in block.columns)
        lacking = [
            one
            for sheet in sheets
            for one in self.definitions.sheets[sheet].fields.values()
            if one.entry == "typed" and (sheet, one.name) not in held
        ]
        names = {spelling(name): one for one in lacking for name in (*one.aliases, one.label.en, one.label.zh)}
        for heading in headings[:MOST_HEADINGS]:
            written = spelling(heading)[:MOST_LIKENED]
            for like in get_close_matches(written, names, 1, LIKE if written.isascii() else LIKE_HAN):
                return heading, names[like].label
        return "", ""

    def _beside(self, one: Found) -> None:
        """What stands outside the columns of a tab that docgen made; what it says is not repeated."""
        cells = sorted(cell for block in one.blocks for cell in block.beside)
        if cells:
            row, at = cells[0]
            self.add("beside_columns", self.book.place(one.tab, row, at + 1), count=len(cells))

    def _merged(self, found: Sequence[Found]) -> None:
        places: dict[str, list[tuple[Block, Column, int]]] = defaultdict(list)
        for block in (block for one in found for block in one.blocks if block.tab.merged):
            rows = frozenset(block.rows)
            names_only = not holds_case(self.definitions, block)  # merged or blank, they say whose the line is
            of_column = {one.at: one for one in block.columns if one.field and not (names_only and one.sheet == CASE)}
            for first, left, last, _ in block.tab.merged:
                column = of_column.get(left - 1)
                if column and first < last and first in rows:
                    places[key(column.sheet, column.name)].append((block, column, first))
        for held in places.values():
            block, column, number = held[0]
            label = column.field.label if column.field else ""
            place = self.book.place(block.tab, number, column.at + 1)
            sheet = self.definitions.sheets[column.sheet].label
            self.add("merged_cells", place, label=label, sheet=sheet, count=len(held))

    def _cells(self, found: Sequence[Found], look: Looks) -> None:
        """One note for each field of which such cells were understood, also where every person has a tab."""
        kind, types, asks = look
        first: dict[str, tuple[Field, Position, str, str]] = {}
        counts: Counter[str] = Counter()
        for block in (block for one in found for block in one.blocks):
            for column in block.columns:
                of = column.field
                if of is None or of.type not in types:
                    continue
                for number, cell in _column(block, column.at):
                    if asks(cell) and (read := _read(of, cell)) is not None:
                        name = key(of.sheet, of.name)
                        counts[name] += 1
                        if counts[name] == 1:
                            first[name] = of, self.book.place(block.tab, number, column.at + 1), cell, read
        for name, (of, place, cell, read) in first.items():
            self.add(kind, place, cell, label=of.label, read=read, count=counts[name])


def _column(block: Block, at: int) -> Iterator[tuple[int, str]]:
    """The cells of a column that hold something readable, with the numbers of their rows."""
    rows = block.tab.rows
    for number in block.rows:
        cells = rows[number]
        if at < len(cells) and isinstance(cells[at], str):
            yield number, cells[at]


def _read(of: Field, cell: str) -> str | None:
    """How a cell was read; None where it wasn't, where nothing had to be decided, or where checking tells of it."""
    value = parse(of, str(cell))
    if value is None or isinstance(value, (Fault, ReadAs)) or (of.type in FIGURES and isinstance(value, str)):
        return None
    read = as_text(value)
    return read if read != cell or cell.__class__ is Figure else None
