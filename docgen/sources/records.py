"""A workbook becomes records: who is in it, what is typed of each, and what belongs to nobody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE
from docgen.definitions.tabs import PEOPLE
from docgen.model.problems import Position, Problem
from docgen.model.record import Record
from docgen.sources.blocks import Found
from docgen.sources.cards import readable, tell_amiss, tell_missing
from docgen.sources.files import file_problem
from docgen.sources.finder import Finder
from docgen.sources.grid import Book
from docgen.sources.lines import groups_of, read_lines
from docgen.sources.listing import listed
from docgen.sources.notes import Notes
from docgen.sources.owners import Lines, Owners, first_seen
from docgen.sources.people import People, Person
from docgen.sources.places import Headings
from docgen.sources.telling import some, told

MOST_SHARED = 20
"""So many problems that may be anybody's each case is given; by then all are kept back, and the file has the rest."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a workbook holds: the cases that have begun, and those of whom nothing but who they are is typed."""

    begun: tuple[Record, ...] = ()
    waiting: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()


class BookReader:
    """Makes records of workbooks; ``foreign`` are the headings of what is never kept."""

    def __init__(self, definitions: Definitions, foreign: Collection[str]) -> None:
        self.definitions = definitions
        self.finder = Finder(definitions, foreign)

    def read(self, book: Book) -> Contents:
        """All that ``book`` holds, those of whom nothing but who they are is typed apart."""
        found = self.finder.find(book.tabs)
        if not any(one.blocks or one.amiss for one in found):
            return Contents(problems=(file_problem("no_known_tab", Position(book.source)),))
        people = People(self.definitions, listed(book, found, self.definitions), [tab.name for tab in book.tabs])
        owners = Owners(self.definitions, book, people)
        text = book.text
        notes = Notes(self.definitions, book, text)
        found = readable(found, owners)
        notes.problems += tell_amiss(found, owners)
        self._fill(found, owners, notes)
        notes.on(found)
        begun = [person for person in people.all if self._has_begun(person)]
        others = [one for one in people.all if (one.shown or one.data[CASE]) and not self._has_begun(one)]
        problems = _placed(owners, begun)
        waiting = [one for one in others if not one.problems]
        if waiting:
            known = some([one.shown or one.card or one.cells[()].cell for one in waiting])
            notes.add("not_begun", waiting[0].cells[()], count=len(waiting), known=known)
        if not begun and not problems:
            problems = self._nothing(book, found, bool(waiting))
        return Contents(
            tuple(_record(book, person, text) for person in begun),
            tuple(_record(book, person, text) for person in others),
            (*problems, *notes.problems),
        )

    def _nothing(self, book: Book, found: Sequence[Found], listed: bool) -> list[Problem]:
        """What is to be told of a workbook in which nobody has begun: a tab that wasn't read may be why."""
        unread = [one.tab for one in found if one.tab.rows and not (one.blocks or one.silent or one.private)]
        lost = [told(self.definitions, "tab_lost", first_seen(book, tab), (), tab.name) for tab in unread]
        return lost if lost or listed else [file_problem("nothing_filled_in", Position(book.source))]

    def _fill(self, found: Sequence[Found], owners: Owners, notes: Notes) -> None:
        """Give each person the rows of all blocks besides the list, in the order of the plan."""
        lines: list[Lines] = []
        for one in found:
            blocks = [block for block in one.blocks if block.name != PEOPLE]
            if blocks and self._is_card(one, owners):
                lines += owners.of_card(one.tab, blocks)
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
    return Record(book.source, person.data, cells, Headings(cells), text, tuple(person.problems), True, cells.lacks)


def _placed(owners: Owners, begun: Sequence[Person]) -> list[Problem]:
    """What is nobody's keeps back those whom it may belong to, or all. The file as a whole has the rest."""
    people = owners.people
    of_all: list[Problem] = []
    for problem, near in owners.settle():
        for person in near:
            person.problems.append(problem)
        if not near:
            of_all.append(problem)
    tell_missing(owners, people.adrift)
    known = {id(person) for person in begun}
    told_of = {id(problem) for person in begun for problem in person.problems}
    others = (problem for person in people.all if id(person) not in known for problem in person.problems)
    rest = {id(problem): problem for problem in others if id(problem) not in told_of}
    for person in begun:
        person.problems += of_all[:MOST_SHARED]
    return [*rest.values(), *of_all[MOST_SHARED if begun else 0 :]]
