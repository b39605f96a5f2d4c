"""The list of people: each row is a person; what a second list says of the same person is added to the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE, spelling
from docgen.definitions.results import Fault
from docgen.definitions.tabs import PEOPLE
from docgen.model.problems import Path, Words
from docgen.sources.blocks import Block, Found
from docgen.sources.grid import Book
from docgen.sources.lines import Row, groups_of, read_row, spread
from docgen.sources.people import NAME, NUMBER, Person
from docgen.sources.places import Cells, Spot
from docgen.sources.telling import told_of


def listed(book: Book, found: Sequence[Found], definitions: Definitions) -> list[Person]:
    """All who stand in a list of ``book``."""
    people: list[Person] = []
    for block in (block for one in found for block in one.blocks if block.name == PEOPLE):
        _list(block, book, definitions, people)
    return people


def _list(block: Block, book: Book, definitions: Definitions, people: list[Person]) -> None:
    groups = [group for group in groups_of(block, definitions, skip_case=False) if group.single]
    merged = spread(block, groups)
    width = 1 + max([one.at for one in block.columns] + [block.card or 0])
    before = {spelling(person.number): person for person in people if person.number}
    for number in block.rows:
        cells = merged.get(number) or block.tab.rows[number]
        if len(cells) < width:
            cells = [*cells, *[None] * (width - len(cells))]
        typed = {group.sheet: row for group in groups if (row := read_row(group, cells))}
        card = cells[block.card] if block.card is not None else None
        if not typed and card is None:
            continue
        who = typed.get(CASE, {})
        rows: dict[Path, list[Any]] = {(sheet,): [(block, number)] for sheet in (CASE, *typed)}
        employee, case_id, name = (_said(who, field) for field in (NUMBER, definitions.sheets[CASE].key, NAME))
        cells_of = Cells(book, definitions, (block, number), rows)
        person = Person(employee, case_id, name, cells_of, {CASE: {}, **typed})
        if block.card is not None and card is not None:
            _name_card(person, card, (block, number), block.card)
        known = before.get(spelling(person.number)) if person.number else None
        if known is not None and _agree(known, person):
            _add(known, person, typed)
        else:
            people.append(person)


def _name_card(person: Person, card: Any, spot: Spot, at: int) -> None:
    """The tab that a person names; a cell that can't be read names one that isn't there."""
    block, number = spot
    person.tab = person.cells.book.place(block.tab, number, at + 1)
    person.card = (card.value if isinstance(card, Fault) else card).strip()
    if isinstance(card, Fault):
        label = dict(enumerate(block.tab.rows.get(block.label_row, ()))).get(at) or ""
        person.problems.append(told_of(person.cells.definitions, card, Words(str(label), str(label)), person.tab))


def _said(row: Row, name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def _agree(person: Person, other: Person) -> bool:
    """Whether ``other`` says nothing else of what is known of this person already."""
    if person.card and other.card and spelling(person.card) != spelling(other.card):
        return False
    return all(
        spelling(str(person.data.get(sheet, {}).get(name) or value)) == spelling(str(value))
        for sheet, row in other.data.items()
        for name, value in row.items()
    )


def _add(person: Person, other: Person, typed: Mapping[str, Row]) -> None:
    for sheet, row in typed.items():
        person.data[sheet] = {**row, **person.data.get(sheet, {})}
        person.cells.rows.setdefault((sheet,), []).extend(other.cells.rows[sheet,])
    person.case_id, person.name = person.case_id or other.case_id, person.name or other.name
    if not person.card:
        person.card, person.tab = other.card, other.tab
    person.problems += other.problems
