"""Whose each line of a block is: its number or name, or the one above; what names nobody is told, and keeps back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE, spelling
from docgen.definitions.results import Fault
from docgen.definitions.tabs import PEOPLE
from docgen.model.problems import Path, Position, Problem
from docgen.sources.blocks import Block, Found
from docgen.sources.grid import Book
from docgen.sources.headings import Column
from docgen.sources.people import NAME, NUMBER, People, Person
from docgen.sources.telling import some, told, told_of

Strays = list[tuple[Problem, Sequence[Person]]]
"""What belongs to nobody, each with those whom it may have been meant for; without any, it may be anybody's."""


@dataclass(slots=True)
class Unknown:
    """A number that is nobody's: where it stands first, and how many lines are its."""

    text: str
    place: Position
    path: Path
    near: Sequence[Person]
    lines: int = 0


class Owners:
    """Tells whose the blocks and lines of one workbook are, and keeps what is nobody's."""

    def __init__(self, definitions: Definitions, book: Book, people: People) -> None:
        self.definitions = definitions
        self.book = book
        self.people = people
        self.strays: Strays = []
        self._kept: set[int] = set()
        self._unknown: dict[str, Unknown] = {}

    def keep(self, problem: Problem, near: Sequence[Person]) -> None:
        """Keep what is nobody's, once."""
        if id(problem) not in self._kept:
            self._kept.add(id(problem))
            self.strays.append((problem, near))

    def unknown(self, text: str, place: Position, path: Path) -> Unknown:
        """A number that is nobody's; the same again is the same fault."""
        found = self._unknown.get(text)
        if found is None:
            found = self._unknown[text] = Unknown(text, place, path, self.people.nearest(text))
        return found

    def settle(self) -> Strays:
        """All that is nobody's, now that every line has been seen."""
        for one in self._unknown.values():
            if one.lines:
                near = some([person.shown for person in one.near]) if one.near else ""
                problem = told(
                    self.definitions,
                    "unknown_person",
                    one.place,
                    one.path if one.near else (),
                    one.text,
                    nearest=near,
                    count=one.lines,
                )
                self.strays.append((problem, one.near))
        return self.strays

    def named_in(self, block: Block) -> tuple[Column, ...]:
        """The columns of ``block`` that say whose a line is; none where it holds the case itself."""
        plan = self.definitions.workbook
        tab = plan.tabs.get(block.name) or plan.blocks.get(block.name)
        if tab is not None and CASE in tab.sheets:
            return ()
        key = self.definitions.sheets[CASE].key
        found = (block.column(CASE, name) for name in (key, NUMBER, NAME))
        return tuple(column for column in found if column is not None)

    def of_card(self, found: Found, blocks: Sequence[Block]) -> list[Lines]:
        """All lines of a card are those of one person; nobody's where nobody, or more than one, is meant."""
        owners = self.people.of_card(found.tab.name)
        if len(owners) == 1:
            owners[0].cells.own += blocks
            return [Lines(self, block, (), owners[0]) for block in blocks]
        near = owners or self.people.nearest(found.tab.name)
        listed = self.people.all[0].cells.home[0].tab.name if self.people.all else PEOPLE
        names = {
            "nearest": some([one.shown for one in near]) if near else "",
            "known": some([one.shown for one in owners]),
            "sheet": listed,
        }
        place = self.book.place(found.tab, next(iter(found.tab.rows)), 1)
        problem = told(self.definitions, "shared_card" if owners else "lone_card", place, (), found.tab.name, **names)
        return [Lines(self, block, (), None, problem, near) for block in blocks]

    def of_rows(self, block: Block) -> Lines:
        """The lines of a block name their person; where no column does, they are those of the only one there is."""
        columns = self.named_in(block)
        alone = self.people.all[0] if not columns and len(self.people.all) == 1 else None
        return Lines(self, block, columns, alone)

    def stray(self, person: Person, block: Block, number: int, kind: str, sheet: str) -> None:
        """A line that is this person's, but can't be put anywhere."""
        of = self.definitions.sheets[sheet]
        at = block.of(sheet)[0].at
        parent = self.definitions.sheets[of.parent].label if of.parent else ""
        place = self.book.place(block.tab, number, at + 1)
        self.keep(told(self.definitions, kind, place, sheet=of.label, known=parent), [person])


class Lines:
    """The lines of one block, asked from top to bottom. ``above`` are those that named nobody themselves."""

    def __init__(
        self,
        owners: Owners,
        block: Block,
        columns: Sequence[Column],
        person: Person | None = None,
        problem: Problem | None = None,
        near: Sequence[Person] = (),
    ) -> None:
        self.owners = owners
        self.block = block
        self.names = [column for column in columns if column.name == NAME]
        self.numbers = [column for column in columns if column.name != NAME] or self.names
        self.person = person
        self.problem = problem
        self.near = near
        self.unknown: Unknown | None = None
        self.above: list[int] = []
        self.above_first = ""
        self._known: dict[str, Person] = {}
        self._same: set[tuple[str, str]] = set()

    def __call__(self, number: int, cells: Sequence[Any], typed: bool) -> Person | None:
        """Whose line ``number`` is; one without anything else ``typed`` only says whose those below it are."""
        for column in self.numbers:
            if column.at < len(cells) and cells[column.at] is not None:
                self._named(number, column, cells[column.at])
                break
        else:
            if typed and self.numbers and self.person:
                self.above_first = self.above_first or self.person.shown
                self.above.append(number)
        if typed:
            if self.person is None:
                self._tell(number)
            elif self.names and self.names is not self.numbers:
                self._compare(self.person, number, cells)
        return self.person

    def _named(self, number: int, column: Column, cell: Any) -> None:
        person = self._known.get(cell) if isinstance(cell, str) else None
        self.person, self.problem, self.near, self.unknown = person, None, (), None
        if person is None:
            self._find(number, column, cell)

    def _find(self, number: int, column: Column, cell: Any) -> None:
        """The person that a cell means, or why it means none."""
        definitions, people = self.owners.definitions, self.owners.people
        place = self.owners.book.place(self.block.tab, number, column.at + 1)
        if isinstance(cell, Fault):
            label = definitions.sheets[CASE].fields[column.name].label
            self.problem = told_of(definitions, cell, label, place)
            return
        found = people.find(cell)
        if len(found) == 1:
            self.person = self._known[cell] = found[0]
        elif found:
            known = some([people.known_as(one) for one in found])
            self.problem = told(definitions, "shared_person", place, self._sheet(), cell, known=known)
            self.near = found
        else:
            self.unknown = self.owners.unknown(cell, place, self._sheet())

    def _sheet(self) -> Path:
        """The sheet that is not whole where a line of this block is missing."""
        sheets = self.owners.definitions.sheets
        beside = (one.sheet for one in self.block.columns if sheets[one.sheet].parent == CASE)
        return tuple(islice(beside, 1))

    def _tell(self, number: int) -> None:
        """Say once, at the first line with something in it, that it is nobody's."""
        if self.unknown:
            self.unknown.lines += 1
            return
        if self.problem is None:
            at = min((column.at for column in self.numbers or self.block.columns), default=0)
            place = self.owners.book.place(self.block.tab, number, at + 1)
            self.problem = told(self.owners.definitions, "nobody_named", place)
        self.owners.keep(self.problem, self.near)

    def _compare(self, person: Person, number: int, cells: Sequence[Any]) -> None:
        """The name beside a number must be that person's: one of the two is wrong, and nobody knows which."""
        at = self.names[0].at
        name = cells[at] if at < len(cells) else None
        if not isinstance(name, str) or not person.name or (person.name, name) in self._same:
            return
        if _close(name) == _close(person.name):
            self._same.add((person.name, name))
            return
        place = self.owners.book.place(self.block.tab, number, at + 1)
        problem = told(
            self.owners.definitions, "other_person_name", place, (), name, key=person.shown, known=person.name
        )
        self.owners.keep(problem, [person, *self.owners.people.named(name)])


def _close(name: str) -> str:
    return spelling(name).replace(" ", "")
