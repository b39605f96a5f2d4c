"""Whose each line of a block is: its number or name, or the one above; what names nobody is told, and keeps back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE, spelling
from docgen.definitions.results import Fault
from docgen.definitions.tabs import MARK, NO_DATA, PEOPLE
from docgen.model.problems import Path, Position, Problem, Words
from docgen.sources.blocks import Block
from docgen.sources.grid import Book, Grid
from docgen.sources.headings import Column
from docgen.sources.people import NAME, NUMBER, People, Person
from docgen.sources.telling import SHOWN, some, told, told_of

MOST_NEAR = 100

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
        """Keep what is nobody's, once; of too many it is anybody's."""
        if id(problem) not in self._kept:
            self._kept.add(id(problem))
            self.strays.append((problem, near if len(near) <= MOST_NEAR else ()))

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
                near = _named(one.near) if one.near else ""
                problem = told(
                    self.definitions,
                    "unknown_person",
                    one.place,
                    one.path if one.near else (),
                    one.text,
                    nearest=near,
                    count=one.lines,
                )
                self.keep(problem, one.near)
        return self.strays

    def named_in(self, block: Block) -> tuple[Column, ...]:
        """The columns of ``block`` that say whose a line is; none where it holds the case itself."""
        if holds_case(self.definitions, block):
            return ()
        key = self.definitions.sheets[CASE].key
        found = (block.column(CASE, name) for name in (key, NUMBER, NAME))
        return tuple(column for column in found if column is not None)

    def of_card(self, tab: Grid, blocks: Sequence[Block]) -> list[Lines]:
        """All lines of a card are those of one person; nobody's where nobody, or more than one, is meant."""
        people, name = self.people, tab.name
        owners = people.of_card(name)
        if len(owners) == 1:
            owners[0].cells.own += blocks
            return [Lines(self, block, (), owners[0]) for block in blocks]
        near = owners or list(dict.fromkeys((*people.adrift, *people.find(name)))) or people.nearest(name)
        names = {
            "nearest": _named(near) if near else "",
            "known": _named(owners),
            "sheet": people.all[0].cells.home[0].tab.name if people.all else PEOPLE,
        }
        place = first_seen(self.book, tab)
        problem = told(self.definitions, "shared_card" if owners else "lone_card", place, (), name, **names)
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


@dataclass(slots=True)
class Run:
    """Lines of one person that follow each other; ``bare``: so many of them name nobody themselves."""

    person: Person
    first: int
    last: int
    bare: int = 0

    @property
    def rows(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


class Lines:
    """The lines of one block, asked from top to bottom."""

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
        self.runs: list[Run] = []
        self.first_bare = 0
        self._known: dict[tuple[Any, ...], tuple[Person | None, Problem | None, Sequence[Person], Unknown | None]] = {}
        self._same: set[tuple[str, str]] = set()

    def __call__(self, number: int, cells: Sequence[Any], typed: bool) -> Person | None:
        """Whose line ``number`` is; one without anything else ``typed`` only says whose those below it are."""
        said = [(one, cells[one.at]) for one in self.numbers if one.at < len(cells) and cells[one.at] is not None]
        if said:
            self._named(number, said)
        if typed:
            if self.person is None:
                self._tell(number)
                return None
            if self.numbers:
                self._run(self.person, number, not said)
            if self.names and self.names is not self.numbers:
                self._compare(self.person, number, cells)
        return self.person

    def _run(self, person: Person, number: int, bare: bool) -> None:
        if not self.runs or self.runs[-1].person is not person:
            self.runs.append(Run(person, number, number))
        self.runs[-1].last = number
        if bare:
            self.runs[-1].bare += 1
            self.first_bare = self.first_bare or number

    def _named(self, number: int, said: Sequence[tuple[Column, Any]]) -> None:
        """The person that the cells of a line mean, or why they mean none."""
        self.person, self.problem, self.near, self.unknown = None, None, (), None
        for column, cell in said:
            if isinstance(cell, Fault):
                label = self.owners.definitions.sheets[CASE].fields[column.name].label
                self.problem = told_of(self.owners.definitions, cell, label, self._place(number, column))
                return
        known = tuple((column.at, cell) for column, cell in said)
        if known not in self._known:
            self._find(number, said)
            self._known[known] = self.person, self.problem, self.near, self.unknown
        self.person, self.problem, self.near, self.unknown = self._known[known]

    def _find(self, number: int, said: Sequence[tuple[Column, str]]) -> None:
        definitions, people = self.owners.definitions, self.owners.people
        meant = [people.find(cell, column.name) for column, cell in said]
        others = [{*those} for those in meant[1:]]
        both = [one for one in meant[0] if all(one in those for those in others)]
        column, cell = said[0]
        place = self._place(number, column)
        self.near = list(dict.fromkeys(one for those in meant for one in those))
        if len(both) == 1:
            self.person, self.near = both[0], ()
        elif both:
            names = [people.known_as(one) for one in both[: SHOWN + 1]]
            rows = some([one.cells[()].cell for one in both[: SHOWN + 1]])
            kind, known = ("shared_person", some(names)) if all(names) else ("person_twice", rows)
            self.problem = told(definitions, kind, place, self._sheet(), cell, known=known)
        elif self.near and len(said) > 1:
            known = some([other for _, other in said[1:]])
            self.problem = told(definitions, "numbers_differ", place, self._sheet(), cell, known=known)
        else:
            self.unknown = self.owners.unknown(cell, place, self._sheet())

    def _place(self, number: int, column: Column) -> Position:
        return self.owners.book.place(self.block.tab, number, column.at + 1)

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


def holds_case(definitions: Definitions, block: Block) -> bool:
    """Whether a block holds the case itself: its columns say who somebody is, and not whose a line is."""
    plan = definitions.workbook
    tab = plan.tabs.get(block.name) or plan.blocks.get(block.name)
    return tab is not None and CASE in tab.sheets


def first_seen(book: Book, tab: Grid) -> Position:
    """The first cell of a tab that docgen doesn't hide: no mark, and none of a row of keys."""
    for number, cells in tab.rows.items():
        marks = [cell for cell in cells if isinstance(cell, str) and cell.startswith(MARK)]
        if all(mark == NO_DATA for mark in marks):
            for at, cell in enumerate(cells):
                if cell is not None and cell not in marks:
                    return book.place(tab, number, at + 1)
    return book.place(tab, 1, 1)


def _named(people: Sequence[Person]) -> Words:
    return some(list(dict.fromkeys(one.shown for one in people if one.shown)))


def _close(name: str) -> str:
    return spelling(name).replace(" ", "")
