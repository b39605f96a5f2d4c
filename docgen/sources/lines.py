"""The lines of a block become rows of its sheets: cells that are not blank, children below their parent's last row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE
from docgen.definitions.results import Fault
from docgen.model.problems import Path
from docgen.sources.blocks import Block
from docgen.sources.people import Person

Row = dict[str, Any]
Whose = Callable[[int, Sequence[Any], bool], "Person | None"]
"""Whose line this is: its number, its cells, and whether anything is typed in it besides."""
Stray = Callable[[Person, Block, int, str, str], None]
"""Told of a line that can't be put anywhere: the kind of problem, and the sheet it is about."""

UNCLEAR_PARENT, SECOND_LINE = "unclear_parent", "second_line"


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one sheet in a block: ``fields``, and ``odd`` ones that checking is to speak of."""

    sheet: str
    parent: str
    single: bool
    beside: bool
    fields: tuple[tuple[int, str], ...]
    odd: tuple[tuple[int, str], ...]


def groups_of(block: Block, definitions: Definitions, skip_case: bool) -> tuple[Group, ...]:
    """The sheets of a block, each parent before its children."""
    found = []
    for sheet in definitions.sheets.values():
        columns = () if skip_case and sheet.name == CASE else block.of(sheet.name)
        if columns:
            fields = tuple((one.at, one.name) for one in columns if one.field)
            odd = tuple((one.at, one.name) for one in columns if not one.field)
            beside = sheet.parent in ("", CASE)
            found.append(Group(sheet.name, sheet.parent, sheet.single, beside, fields, odd))
    return tuple(found)


def read_lines(block: Block, groups: Sequence[Group], whose: Whose, stray: Stray) -> None:
    """Give each person the rows of this block."""
    if not groups:
        return
    merged = spread(block, groups)
    width = 1 + max(at for group in groups for at, _ in (*group.fields, *group.odd))
    rows = block.tab.rows
    inside = frozenset(group.sheet for group in groups)
    for number in block.rows:
        cells = merged.get(number) or rows[number]
        if len(cells) < width:
            cells = [*cells, *[None] * (width - len(cells))]
        typed = [(group, row) for group in groups if (row := read_row(group, cells))]
        person = whose(number, cells, bool(typed))
        if person is not None:
            for group, row in typed:
                _give(person, block, number, group, row, inside, stray)


def read_row(group: Group, cells: Sequence[Any]) -> Row:
    """What is typed in the columns of a sheet; empty where nothing is."""
    row: Row = {
        name: cell if cell.__class__ is str or cell.__class__ is Fault else str(cell)
        for at, name in group.fields
        if (cell := cells[at]) is not None
    }
    if group.odd and (row or any(cells[at] is not None for at, _ in group.odd)):
        for at, name in group.odd:
            row[name] = None if cells[at] is None else str(cells[at])
    return row


def _give(
    person: Person, block: Block, number: int, group: Group, row: Row, inside: frozenset[str], stray: Stray
) -> None:
    sheet, rows = group.sheet, person.cells.rows
    if group.single:
        held = person.data.setdefault(sheet, {})
        if not held.keys().isdisjoint(row):
            stray(person, block, number, SECOND_LINE, sheet)
            return
        held.update(row)
        rows.setdefault((sheet,), []).append((block, number))
        return
    holder, path = person.data, ()  # type: tuple[Row, Path]
    if not group.beside:
        parent = person.last.get(group.parent)
        if parent and parent[2] is not block and group.parent in inside:
            parent = None
        if parent and group.parent not in inside and len(person.data[group.parent]) > 1:
            stray(person, block, number, UNCLEAR_PARENT, sheet)
            return
        if parent is None:
            parent = _append(person, block, number, group.parent, person.data, (), {})
        holder, path, _ = parent
    _append(person, block, number, sheet, holder, path, row)


def _append(
    person: Person, block: Block, number: int, sheet: str, holder: Row, above: Path, row: Row
) -> tuple[Row, Path, Block]:
    siblings = holder.get(sheet)
    if not isinstance(siblings, list):  # nothing yet, or a strange heading of that name
        siblings = holder[sheet] = []
    path = (*above, sheet, len(siblings))
    siblings.append(row)
    person.cells.rows[path] = [(block, number)]
    person.last[sheet] = row, path, block
    return row, path, block


def spread(block: Block, groups: Sequence[Group]) -> Mapping[int, list[Any]]:
    """The lines on which a merged cell counts too: those below its first that have more of the same sheet typed.

    Only columns that are read and rows with something in them cost time, however large the areas are.
    """
    of_column = {at: group.fields for group in groups for at, _ in group.fields}
    tall = sorted((left - 1, first, last) for first, left, last, _ in block.tab.merged if first < last)
    rows, numbers = block.tab.rows, sorted(block.rows)
    below: dict[int, dict[int, int]] = {}  # by column and row within an area, the first row of that area
    end = -1, 0
    for at, first, last in tall:
        if at in of_column and (at, first) > end:  # areas never overlap, in a sound file
            end = at, last
            within = numbers[bisect_right(numbers, first) : bisect_right(numbers, last)]
            below.setdefault(at, {}).update(dict.fromkeys(within, first))
    lines, changed = frozenset(numbers), dict[int, list[Any]]()
    for at, area in below.items():
        beside = [c for c, _ in of_column[at]]
        for number, first in area.items():
            top, cells = rows[first] if first in lines else (), rows[number]
            if at >= len(top) or top[at] is None:
                continue
            if any(c < len(cells) and cells[c] is not None and number not in below.get(c, ()) for c in beside):
                made = changed.setdefault(number, [*cells])
                made += [None] * (at + 1 - len(made))
                made[at] = top[at]
    return changed
