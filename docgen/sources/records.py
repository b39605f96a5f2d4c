"""A workbook becomes records: who is in it, what is typed of each, and what belongs to nobody."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE, spelling
from docgen.definitions.tabs import PEOPLE
from docgen.model.problems import Path, Position, Problem
from docgen.model.record import Record
from docgen.sources.blocks import Block, Finder, Found
from docgen.sources.files import file_problem
from docgen.sources.grid import Book
from docgen.sources.lines import Row, groups_of, read_lines, read_row
from docgen.sources.notes import Notes
from docgen.sources.owners import Lines, Owners
from docgen.sources.people import NAME, NUMBER, People, Person
from docgen.sources.places import Cells, Headings
from docgen.sources.telling import some

MOST_SHARED = 20
"""So many problems that may be anybody's each case is given; by then all are kept back, and the file has the rest."""


class BookReader:
    """Makes records of workbooks; ``foreign`` are the headings of what is never kept."""

    def __init__(self, definitions: Definitions, foreign: Collection[str]) -> None:
        self.definitions = definitions
        self.finder = Finder(definitions, foreign)

    def read(self, book: Book) -> tuple[Sequence[Record], Sequence[Problem]]:
        """The cases of ``book`` that have begun, and what is to be told of it as a whole."""
        found = [self.finder.find(tab) for tab in book.tabs]
        if not any(one.blocks for one in found):
            return (), (file_problem("no_known_tab", Position(book.source)),)
        people = People(self.definitions, _listed(book, found, self.definitions))
        owners = Owners(self.definitions, book, people)
        text = book.text
        notes = Notes(self.definitions, book, text)
        self._fill(found, owners, notes)
        notes.on(found)
        begun = [person for person in people.all if self._has_begun(person)]
        waiting = [one for one in people.all if (one.shown or one.data[CASE]) and not self._has_begun(one)]
        problems = _placed(owners, begun)
        if waiting:
            notes.add(
                "not_begun",
                waiting[0].cells[()],
                count=len(waiting),
                known=some([one.shown or one.card or "–" for one in waiting]),
            )
        elif not begun and not problems:
            problems = [file_problem("nothing_filled_in", Position(book.source))]
        return [_record(book, person, text) for person in begun], (*problems, *notes.problems)

    def _fill(self, found: Sequence[Found], owners: Owners, notes: Notes) -> None:
        """Give each person the rows of all blocks besides the list, in the order of the plan."""
        lines: list[Lines] = []
        for one in found:
            blocks = [block for block in one.blocks if block.name != PEOPLE]
            if blocks and self._is_card(one, owners):
                lines += owners.of_card(one, blocks)
            else:
                lines += map(owners.of_rows, blocks)
        order = {name: index for index, name in enumerate(self.definitions.workbook.tabs)}
        for whose in sorted(lines, key=lambda one: order.get(one.block.name, 0)):
            groups = groups_of(whose.block, self.definitions, skip_case=bool(whose.numbers))
            read_lines(whose.block, groups, whose, owners.stray)
            notes.rows_above(whose)

    def _is_card(self, one: Found, owners: Owners) -> bool:
        """A tab that names no person is a card, if docgen made it or it bears somebody's name."""
        if any(block.name == PEOPLE or owners.named_in(block) for block in one.blocks):
            return False
        return one.marked or bool(owners.people.of_card(one.tab.name))

    def _has_begun(self, person: Person) -> bool:
        """Whether anything but who the person is has been typed."""
        fields = self.definitions.sheets[CASE].fields
        case = person.data.get(CASE, {})
        typed = {name for name, value in case.items() if name in fields or value is not None}
        return bool(person.data.keys() - {CASE} or typed - {*self.definitions.workbook.identity})


def _record(book: Book, person: Person, text: str) -> Record:
    cells = person.cells
    return Record(book.source, person.data, cells, Headings(cells), text, tuple(person.problems), cells.lacks)


def _placed(owners: Owners, begun: Sequence[Person]) -> list[Problem]:
    """What is nobody's keeps back those whom it may belong to; where there are none, the file as a whole has it."""
    known = {id(person) for person in begun}
    of_all: list[Problem] = []
    for problem, near in owners.settle():
        meant = [one for one in near if id(one) in known]
        for person in meant:
            person.problems.append(problem)
        if not meant:
            of_all.append(problem)
    for person in begun:
        person.problems += of_all[:MOST_SHARED]
    return of_all[MOST_SHARED if begun else 0 :]


def _listed(book: Book, found: Sequence[Found], definitions: Definitions) -> list[Person]:
    people: list[Person] = []
    for block in (block for one in found for block in one.blocks if block.name == PEOPLE):
        _list(block, book, definitions, people)
    return people


def _list(block: Block, book: Book, definitions: Definitions, people: list[Person]) -> None:
    """The persons of a list; what a second list says of the same person is added to what the first says."""
    groups = [group for group in groups_of(block, definitions, skip_case=False) if group.single]
    width = 1 + max([one.at for one in block.columns] + [block.card or 0])
    before = {spelling(person.number): person for person in people if person.number}
    for number in block.rows:
        cells = block.tab.rows[number]
        if len(cells) < width:
            cells = [*cells, *[None] * (width - len(cells))]
        typed = {group.sheet: row for group in groups if (row := read_row(group, cells))}
        card = cells[block.card] if block.card is not None else None
        if not typed and card is None:
            continue
        who = typed.get(CASE, {})
        employee = _said(who, NUMBER)
        person = before.get(spelling(employee)) if employee else None
        if person is not None and _adds(person, typed):
            for sheet, row in typed.items():
                person.data[sheet] = {**row, **person.data.get(sheet, {})}
                person.cells.rows.setdefault((sheet,), []).append((block, number))
        else:
            rows: dict[Path, list[Any]] = {(sheet,): [(block, number)] for sheet in (CASE, *typed)}
            cells_of = Cells(book, definitions, (block, number), rows)
            names = employee, _said(who, definitions.sheets[CASE].key), _said(who, NAME), str(card or "").strip()
            people.append(Person(*names, cells_of, {CASE: {}, **typed}))


def _said(row: Row, name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def _adds(person: Person, typed: Mapping[str, Row]) -> bool:
    """Whether a row says nothing else of what is known of this person already."""
    return all(
        spelling(str(person.data.get(sheet, {}).get(name) or value)) == spelling(str(value))
        for sheet, row in typed.items()
        for name, value in row.items()
    )
