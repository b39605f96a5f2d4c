"""The people of a workbook: who stands in its list, and whom a row or a tab means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from docgen.definitions.definition import Definitions
from docgen.definitions.fields import parse
from docgen.definitions.naming import CASE, spelling
from docgen.definitions.results import Fault, ReadAs
from docgen.model.problems import Path, Position, Problem
from docgen.sources.blocks import Block
from docgen.sources.places import Cells

NUMBER, NAME = "employee_no", "employee_name"
NEAR = 0.6
MOST_COMPARED = 20_000


@dataclass(slots=True, eq=False)
class Person:
    """A case on its way into a Record. ``card`` is the name of its tab, as it stands at ``tab``. ``last``: by sheet
    the row typed last, its path and its block."""

    number: str
    case_id: str
    name: str
    cells: Cells
    data: dict[str, Any]
    card: str = ""
    tab: Position | None = None
    last: dict[str, tuple[dict[str, Any], Path, Block]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def shown(self) -> str:
        return self.case_id or self.number or self.name


class People:
    """Finds the person that a text means: a case number, an employee number, the number docgen makes, or a name.

    ``tabs`` are the names of all tabs. Where people have tabs of their own, ``adrift`` are those whose tab isn't among
    them, nor one that bears their name.
    """

    def __init__(self, definitions: Definitions, people: Sequence[Person], tabs: Iterable[str]) -> None:
        self.definitions = definitions
        self.all = people
        self._by_id = _index((one.case_id, one) for one in people)
        self._by_number = _index((one.number, one) for one in people)
        self._by_name = _index((one.name, one) for one in people)
        self._by_card = _index((one.card, one) for one in people)
        self._compared = 0
        self._by_derived: dict[str, list[Person]] | None = None
        there = {spelling(tab) for tab in tabs}
        self._tabless = {id(one) for one in people if spelling(one.card) not in there}
        self.adrift = [
            one
            for one in people
            if self._by_card and one.shown and id(one) in self._tabless
            if there.isdisjoint(map(spelling, (one.number, one.case_id, one.name)))
        ]

    def find(self, text: str, by: str = "") -> Sequence[Person]:
        """Those whom ``text`` may mean: one, none, or several.

        ``by`` is the field under which it stands; what is another person's number too may mean either.
        """
        written = spelling(text)
        if by == NAME and written in self._by_name:
            return self._by_name[written]
        cases = self._by_id.get(written) or self._derived().get(written, [])
        persons = self._by_number.get(written, [])
        first, second = (persons, cases) if by == NUMBER else (cases, persons)
        if not first or not second:
            return first or second or self._by_name.get(written, [])
        numbers = {spelling(one.number) for one in first}
        return [*first, *(one for one in second if spelling(one.number) not in numbers)]

    def named(self, name: str) -> Sequence[Person]:
        return self._by_name.get(spelling(name), ())

    def naming(self, tab: str) -> Sequence[Person]:
        """Those who name a tab as theirs."""
        return self._by_card.get(spelling(tab), ())

    def of_card(self, tab: str) -> Sequence[Person]:
        """Whose card a tab is: the person who names it, else, if theirs is not there, whose number or name it bears."""
        return self.naming(tab) or [one for one in self.find(tab) if id(one) in self._tabless]

    def nearest(self, text: str) -> Sequence[Person]:
        """Those whose number or name is most like ``text``; several where they are equally like it.

        Nobody, once more has been compared than is worth it.
        """
        if self._compared > MOST_COMPARED:
            return ()
        self._compared += len(self.all)
        written = spelling(text)[:80]
        best, found = NEAR, list[Person]()
        matcher = SequenceMatcher(None, "", written)
        for one in self.all:
            for known in filter(None, (one.case_id, one.number, one.name)):
                matcher.set_seq1(spelling(known))
                like = matcher.ratio() if matcher.real_quick_ratio() >= best else 0.0
                if like > best:
                    best, found = like, []
                if like == best and one not in found[-1:]:
                    found.append(one)
        return found

    def known_as(self, one: Person) -> str:
        """What means this case and no other, whatever column it stands in; '' where nothing does."""
        names = (one.case_id, derived_number(self.definitions, one.data), one.number, one.name)
        return next((name for name in names if name and list(self.find(name, NUMBER)) == [one]), "")

    def _derived(self) -> dict[str, list[Person]]:
        if self._by_derived is None:
            made = ((derived_number(self.definitions, one.data), one) for one in self.all if not one.case_id)
            self._by_derived = _index(made)
        return self._by_derived


def derived_number(definitions: Definitions, data: Any) -> str:
    """The case number that docgen makes where none is typed, or ''; ``data`` by the fields' own names."""
    case = definitions.sheets[CASE]
    of = case.fields[case.key]
    if of.derive is None:
        return ""
    values: dict[str, Any] = {name: None for name in case.fields}
    for name, raw in data.get(CASE, {}).items():
        if name in case.fields and name in of.derive.source:
            value = parse(case.fields[name], raw)
            values[name] = None if isinstance(value, Fault) else value.value if isinstance(value, ReadAs) else value
    made = of.derive({**values, "row": values, "case": values})
    return str(made) if made else ""


def _index(named: Iterable[tuple[str, Person]]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = defaultdict(list)
    for name, one in named:
        if name:
            found[spelling(name)].append(one)
    return found
