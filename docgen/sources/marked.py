"""A tab that docgen made: its marks and rows of keys part it into blocks; what stands outside them is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import islice
from typing import Any

from docgen.definitions.definition import Field
from docgen.definitions.naming import CASE, spelling
from docgen.definitions.tabs import CARD, MARK, NO_DATA, NOT_READ, SUM, key, key_mark
from docgen.sources.blocks import MARKED_ROWS, Amiss, Block, Found, texts
from docgen.sources.grid import Grid
from docgen.sources.headings import Column, again, one_line, spellings
from docgen.sources.strangers import Strangers

LEAST_LABELS = LEAST_CELLS = 2
SUMMED = "targets.weight"
TITLES = 2
"""So many rows above a row of keys say what the block is."""


@dataclass(slots=True)
class Keys:
    """What a row of keys says: the columns by their keys, those whose key is there twice, and unreadable ones."""

    card: int | None = None
    columns: dict[str, Column] = field(default_factory=dict)
    twice: dict[int, Field] = field(default_factory=dict)
    strange: dict[int, str] = field(default_factory=dict)
    own: set[int] = field(default_factory=set)

    @property
    def places(self) -> list[int]:
        """The columns to type in."""
        return sorted({one.at for one in self.columns.values()} | set(self.twice) | set(self.strange))


@dataclass(slots=True)
class Section:
    """The rows from one row of keys to the next: docgen's own, those of data, and those that are no block's."""

    row: int
    name: str
    keys: Keys
    own: list[int] = field(default_factory=list)
    data: list[int] = field(default_factory=list)
    loose: list[int] = field(default_factory=list)
    closed: bool = False


class Marked:
    """Reads the tabs that docgen made."""

    def __init__(self, strangers: Strangers) -> None:
        self.strangers = strangers
        self.definitions = definitions = strangers.definitions
        plan = definitions.workbook
        self.marks = frozenset((NOT_READ, *map(key_mark, (*plan.tabs, *plan.blocks))))
        sheets = definitions.sheets.values()
        fields = [(key(sheet.name, name), of) for sheet in sheets for name, of in sheet.fields.items()]
        self.fields = {_close(name): of for name, of in fields}
        tabs = [*plan.tabs.values(), *plan.blocks.values()]
        labels = [*(one.label for one in sheets), *(one.label for one in tabs), *(of.label for _, of in fields), SUM]
        self.words = frozenset(spelling(text) for words in labels for text in (words.en, words.zh))
        self.notes = tuple(spelling(note) for one in tabs for note in (one.note.en, one.note.zh) if note)
        self.sums = frozenset(spelling(text) for text in (SUM.en, SUM.zh))

    def column(self, tab: Grid) -> int | None:
        """The column with docgen's marks, from 0; None in a tab without any."""
        for cells in islice(tab.rows.values(), MARKED_ROWS):
            for at, cell in enumerate(cells):
                if cell.__class__ is str and cell.strip() in self.marks:
                    return at
        return None

    def find(self, tab: Grid, mark: int) -> Found:
        first = next(iter(tab.rows.values()))
        if mark < len(first) and str(first[mark]).strip() == NOT_READ:
            return Found(tab, marked=True, silent=True)
        above, sections = self._sections(tab, mark)
        blocks: list[Block] = []
        amiss: list[Amiss] = []
        for section in sections:
            block, found = self._block(tab, mark, section)
            blocks.append(block)
            amiss += found
        heads = frozenset(section.row for section in sections)
        for section, block in zip(sections, blocks, strict=True):
            for number in section.own:
                amiss += self._typed(tab, number, section, heads, number == block.label_row)
        if sections:
            amiss += self._above(tab, above, sections)
        return Found(tab, tuple(blocks), marked=True, amiss=tuple(sorted(amiss, key=lambda one: (one.row, one.at))))

    def keys(self, cells: Sequence[Any]) -> Keys:
        """What a row of keys says, however the keys are written."""
        found = Keys()
        for at, said in texts(cells):
            text = _close(said)
            if text == NO_DATA:
                found.own.add(at)
            elif text == CARD:
                found.card = at
            elif (of := self.fields.get(text)) is None:
                found.strange[at] = said
            elif key(of.sheet, of.name) in found.columns:
                found.twice[at] = of
            else:
                found.columns[key(of.sheet, of.name)] = Column(at, of.sheet, of.name, of)
        return found

    def are_keys(self, cells: Sequence[Any]) -> bool:
        """Whether a row holds keys and nothing else."""
        found = self.keys(cells)
        return bool(found.columns) and not found.strange

    def _sections(self, tab: Grid, mark: int) -> tuple[list[tuple[int, bool]], list[Section]]:
        """The rows above the first row of keys, each with whether it is docgen's own, and the sections."""
        above: list[tuple[int, bool]] = []
        sections: list[Section] = []
        for number, cells in tab.rows.items():
            said = cells[mark] if mark < len(cells) else None
            said = said.strip() if said.__class__ is str else ""
            if said.startswith(MARK) and said != NO_DATA and " " not in said:
                others = [*cells]
                others[mark] = None
                sections.append(Section(number, said.removeprefix(MARK), self.keys(others)))
            elif not sections:
                above.append((number, said == NO_DATA))
            else:
                section = sections[-1]
                if said == NO_DATA:
                    section.closed = section.closed or self._closes(tab, number, section)
                    section.own.append(number)
                elif section.closed:
                    section.loose.append(number)
                else:
                    (section.own if _are_labels(cells, section.keys) else section.data).append(number)
        return above, sections

    def _closes(self, tab: Grid, number: int, section: Section) -> bool:
        """Whether a row of docgen's own ends a block: it stands behind the lines, and nothing was typed over it."""
        if section.data:
            return not self._odd(tab, number, section.keys)
        last = section.own[-1] if section.own else section.row
        return number > last + 1 and self._labels(tab.rows[number], section.keys)[1] < LEAST_LABELS

    def _block(self, tab: Grid, mark: int, section: Section) -> tuple[Block, list[Amiss]]:
        """The block below a row of keys; where a key can't be read, the label counts."""
        keys, data, amiss = section.keys, tuple(section.data), list[Amiss]()
        label_row = self._label_row(tab, section)
        labels = dict(texts(tab.rows[label_row])) if label_row != section.row else {}
        known = {mark, *keys.own, *keys.twice} | {one.at for one in keys.columns.values()}
        if keys.card is not None:
            known.add(keys.card)
        plan = self.definitions.workbook
        planned = plan.tabs.get(section.name) or plan.blocks.get(section.name)
        sheets = tuple(dict.fromkeys(one.sheet for one in keys.columns.values()))
        sheets = sheets or (planned.sheets if planned else (CASE,))
        others = [(at, text) for at, text in labels.items() if at not in known]
        more = self.strangers.vocabulary(sheets).understand(others, taken=keys.columns.keys())
        read = [*keys.columns.values(), *(one for one in more.columns if one.field)]
        unread = [*more.unread, *((one.at, labels[one.at]) for one in more.columns if one.field is None)]
        for at, of in keys.twice.items():
            if any(True for _ in _filled(tab, data, [at])):
                read.append(Column(at, of.sheet, again(labels.get(at) or of.label.en, of), None))
        found = {one.at for one in read} | {at for at, _ in more.foreign}
        for at, text in keys.strange.items():
            count = sum(1 for _ in _filled(tab, data, [at]))
            if at not in found and count:
                near = self._nearest(labels.get(at, text), text, sheets, read)
                shown = one_line(labels.get(at, text))
                amiss.append(Amiss("unreadable_column", label_row, at, shown, count, near))
        unread = [one for one in sorted(unread) if one[0] not in keys.strange]
        understood = replace(more, columns=tuple(read), unread=tuple(unread))
        if section.loose:
            width = max(len(tab.rows[number]) for number in section.loose)
            filled = list(_filled(tab, section.loose, [at for at in range(width) if at != mark]))
            if filled:
                row, at = min(filled)
                amiss.append(Amiss("loose_rows", row, at, tab.name, len({number for number, _ in filled})))
        told = known | found | {at for at, _ in unread} | set(keys.strange)
        width = max((len(tab.rows[number]) for number in data), default=0)
        beside = tuple(_filled(tab, data, [at for at in range(width) if at == mark or at not in told]))
        understood = self.strangers.sorted_out(understood, section.name)
        return Block(tab, section.name, label_row, understood, data, keys.card, beside), amiss

    def _label_row(self, tab: Grid, section: Section) -> int:
        """The row of docgen's own above the data that names most of the columns."""
        first = section.data[0] if section.data else max([*section.own, section.row]) + 1
        head = [number for number in section.own if number < first]
        return max(head, key=lambda number: self._labels(tab.rows[number], section.keys), default=section.row)

    def _labels(self, cells: Sequence[Any], keys: Keys) -> tuple[int, int]:
        """How many columns a row names, and over how many it has text."""
        over = {at: text for at, text in texts(cells) if text.__class__ is str}
        named = [one for one in keys.columns.values() if one.at in over]
        right = sum(1 for one in named if one.field and _names(over[one.at], one.field))
        return right, len(named)

    def _typed(self, tab: Grid, number: int, section: Section, heads: frozenset[int], labels: bool) -> Iterator[Amiss]:
        """The first cell of a row of docgen's own in which something else was typed."""
        odd = self._odd(tab, number, section.keys)
        cells = tab.rows[number]
        plain = all(cells[at].__class__ is str for at in odd)
        if labels and plain:
            return  # a column may be called otherwise
        above_keys = any(number + step in heads for step in range(1, TITLES + 1))
        over_labels = number == section.row + 1
        filled = next((at for at in section.keys.places if at < len(cells) and cells[at] is not None), None)
        if plain and ((above_keys and odd == [filled]) or (over_labels and len(odd) <= self._sheets(section))):
            return  # titles of another version
        for at in odd[:1]:
            yield Amiss("typed_over", number, at, cells[at], len(odd))

    def _odd(self, tab: Grid, number: int, keys: Keys) -> list[int]:
        """The columns to type in, in which a row of docgen's own holds what docgen didn't write."""
        cells = tab.rows[number]
        held = [(at, cells[at]) for at in keys.places if at < len(cells)]
        is_sum = any(cell.__class__ is str and spelling(cell) in self.sums for _, cell in held)
        weight = keys.columns.get(SUMMED)
        return [
            at
            for at, cell in held
            if isinstance(cell, str) and not (is_sum and weight and at == weight.at) and not self._own(cell)
        ]

    def _own(self, text: str) -> bool:
        """Whether docgen writes such a text over the rows of data."""
        written = spelling(text)
        if written.partition(":")[0].strip() in self.words or any(one in self.words for one in spellings(text)):
            return True
        return written.startswith(self.notes)

    def _sheets(self, section: Section) -> int:
        return len({one.sheet for one in section.keys.columns.values()})

    def _above(self, tab: Grid, above: Iterable[tuple[int, bool]], sections: Sequence[Section]) -> Iterator[Amiss]:
        """Rows above the first row of keys: a title may stand there, and docgen's own; a line of data may not."""
        first = sections[0]
        heads = frozenset(section.row for section in sections)
        for index, (number, is_own) in enumerate(above):
            if is_own and index >= TITLES:
                yield from self._typed(tab, number, first, heads, labels=False)
                continue
            cells, odd = tab.rows[number], self._odd(tab, number, first.keys)
            if is_own:  # who the card is about stands at its left, what it is at its right
                ends = [at for at, _ in texts(cells) if at >= min(first.keys.places, default=0)]
                odd = [at for at in odd if at not in (*ends[:1], *ends[-1:])]
            elif len(odd) < LEAST_CELLS:
                odd = []
            if odd:
                yield Amiss("typed_over", number, odd[0], cells[odd[0]], len(odd))

    def _nearest(self, label: str, written: str, sheets: Sequence[str], read: Sequence[Column]) -> Any:
        """The label of the field that an unreadable key, or the label below it, is perhaps meant for."""
        taken = {(one.sheet, one.name) for one in read}
        named: dict[str, Field] = {}
        for sheet in sheets:
            for name, of in self.definitions.sheets[sheet].fields.items():
                if (sheet, name) not in taken:
                    named |= {_close(text): of for text in (of.label.en, of.label.zh, key(sheet, name))}
        for text in (written, label):
            if near := get_close_matches(_close(text)[:80], list(named), 1):
                return named[near[0]].label
        return ""


def _filled(tab: Grid, rows: Iterable[int], columns: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The cells of ``columns`` in which something stands."""
    columns = list(columns)
    for number in rows:
        cells = tab.rows[number]
        for at in columns:
            if at < len(cells) and cells[at] is not None:
                yield number, at


def _close(text: str) -> str:
    """A key as it is compared: whatever its case and blanks."""
    return "".join(text.casefold().split())


def _are_labels(cells: Sequence[Any], keys: Keys) -> bool:
    """Whether a row names its columns; asked of every row, so the first cell that doesn't ends it."""
    width = len(cells)
    over = [one for one in keys.columns.values() if one.at < width and cells[one.at] is not None]
    return len(over) >= LEAST_LABELS and all(
        one.field is not None and cells[one.at].__class__ is str and _names(cells[one.at], one.field) for one in over
    )


def _names(text: str, of: Field) -> bool:
    own = {spelling(name) for name in (of.name, of.label.en, of.label.zh)}
    return any(one in own for one in spellings(text))
