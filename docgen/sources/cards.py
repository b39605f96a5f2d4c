"""Tabs that are somebody's, but can't be read or aren't there: what they hold is lost, and that is never silent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docgen.model.problems import Problem, Severity
from docgen.sources.blocks import Found
from docgen.sources.owners import Owners, first_seen
from docgen.sources.people import Person
from docgen.sources.telling import told


def readable(found: Iterable[Found], owners: Owners) -> list[Found]:
    """The tabs besides those that somebody names as theirs, or docgen made, and that hold nothing to be read."""
    rest: list[Found] = []
    for one in found:
        lost = not one.blocks and not one.amiss and (one.marked or owners.people.naming(one.tab.name))
        if one.silent or not lost:
            rest.append(one)
        else:
            place = first_seen(owners.book, one.tab)
            problem = told(owners.definitions, "unreadable_tab", place, (), one.tab.name)
            owners.keep(problem, owners.people.of_card(one.tab.name))
    return rest


def tell_amiss(found: Iterable[Found], owners: Owners) -> list[Problem]:
    """What can't be read on a card keeps back its person, elsewhere all; warnings are the file's."""
    told_of_file: list[Problem] = []
    for one in found:
        of = () if any(map(owners.named_in, one.blocks)) else owners.people.of_card(one.tab.name)
        for amiss in one.amiss:
            place = owners.book.place(one.tab, amiss.row, amiss.at + 1)
            names = {"count": amiss.count, "nearest": amiss.nearest, "sheet": one.tab.name}
            problem = told(owners.definitions, amiss.kind, place, (), amiss.value, **names)
            if problem.severity is Severity.ERROR:
                owners.keep(problem, of)
            else:
                told_of_file.append(problem)
    return told_of_file


def tell_missing(owners: Owners, people: Sequence[Person]) -> None:
    """Tell of those who name a tab that isn't there, unless they are in question for another already."""
    for one in people:
        if one.tab is not None and not one.problems and not one.cells.own:
            one.problems.append(told(owners.definitions, "card_missing", one.tab, (), one.card))
