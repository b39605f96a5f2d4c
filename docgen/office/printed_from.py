"""From a cell, setting or line of a template: where it is printed, in which documents, and what it decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from docgen.layout.stretches import Line, Stretch
from docgen.model.problems import Path
from docgen.office.asked_place import Asked, held_at
from docgen.office.bench import Bench
from docgen.office.effects import others
from docgen.office.explaining import TOO_MANY, Subject, subject
from docgen.office.origins import Given, Origin
from docgen.office.run import Run
from docgen.paper import papers

How = Literal["as_typed", "through", "decides", "decides_much", "said"]
"""``as_typed``: the value itself. ``through``: what docgen works out of it. ``decides``: the line is printed, or says
what it says, because of it. ``decides_much``: so it is with a third of the document or more. ``said``: a line of the
template or the wording."""
MOST_CASES = 20
"""Of a setting or a template so many cases are looked at, until each form has been seen once."""


@dataclass(frozen=True, slots=True)
class Use:
    """A stretch of text of document ``number`` that comes from the place that was asked for.

    ``through``: the value that was worked out. ``under``: the heading above it. ``count``: of ``decides_much``, so many
    lines of how many. ``places``: the lines of templates, the innermost first.
    """

    number: str
    form: str
    how: How
    text: str
    under: str
    places: tuple[str, ...]
    through: Origin | None = None
    count: tuple[int, int] = (0, 0)


def printed_from(bench: Bench, run: Run, place: Asked, today: date) -> list[Use]:
    """All uses of what stands at ``place``.

    Raises:
        UsageError: nothing stands there.
    """
    if place.is_template:
        return _of_template(bench, run, place, today)
    found: list[Use] = []
    seen: set[str] = set()
    for checked, office, paths in held_at(bench, run, place):
        is_shared = paths[0][0] == "settings"
        for paper in papers(checked, run.definitions):
            if is_shared and paper.form.name in seen:
                continue
            seen.add(paper.form.name)
            one = subject(bench, checked, office, paper.form.name, paper.path, today)
            given = [each for each in one.origins.all_given if each.origin.path in paths]
            found += (use for each in given for use in uses(one, each))
    return found


def _of_template(bench: Bench, run: Run, place: Asked, today: date) -> list[Use]:
    found: list[Use] = []
    seen: set[str] = set()
    for checked, office in run.cases[:MOST_CASES]:
        for paper in papers(checked, run.definitions):
            if paper.form.name not in seen:
                seen.add(paper.form.name)
                one = subject(bench, checked, office, paper.form.name, paper.path, today)
                found += _said_at(one, place)
    return found


def _said_at(one: Subject, place: Asked) -> Iterator[Use]:
    wanted = f"{place.file}:{place.line}"
    for line in one.lines:
        told = ""
        for stretch in line.stretches:
            places = one.places(line, stretch, stretch.value.paths[0] if stretch.value else ())
            if line.text != told and any(each == wanted or each.endswith(f"/{wanted}") for each in places):
                told = line.text  # once a line, whatever values stand in it
                yield Use(one.name, one.paper.form.name, "said", line.text, line.under, places)


def uses(one: Subject, given: Given) -> Iterator[Use]:
    """What one value comes to in one document: where it is printed, what is worked out of it, what it decides."""
    own = given.origin.path
    changes = others(given)
    derived = {path for other in (*changes, None) for path in one.effects.of_values(given, other)}
    derived |= {one.origins.of(path).path for path in derived}
    with_it: set[int] = set()
    for number, line, stretch in _stretches(one):
        paths = stretch.value.paths if stretch.value else ()
        if any(path[: len(own)] == own for path in paths):
            with_it.add(number)
            yield _use(one, "as_typed", line, stretch, own)
        elif through := next((path for path in paths if path in derived), None):
            with_it.add(number)
            yield _use(one, "through", line, stretch, through, one.origins.of(through))
    yield from _decided(one, given, [*changes, None], with_it)


def _decided(one: Subject, given: Given, changes: Iterable[object], with_it: set[int]) -> Iterator[Use]:
    """The lines that would not be there, or say something else, if it were another value, or none."""
    decided: set[int] = set()
    for other in changes:
        decided |= one.effects.on_page(one.said, given, other).keys() - with_it
    if len(decided) * TOO_MANY > len(one.said):
        much = (len(decided), len(one.said))
        yield Use(one.name, one.paper.form.name, "decides_much", "", "", (), count=much)
        return
    for number in sorted(decided):
        line = one.lines[number]
        yield _use(one, "decides", line, line.stretches[0], (), None, line.text)


def _stretches(one: Subject) -> Iterator[tuple[int, Line, Stretch]]:
    for number, line in enumerate(one.lines):
        for stretch in line.stretches:
            yield number, line, stretch


def _use(
    one: Subject, how: How, line: Line, stretch: Stretch, path: Path, through: Origin | None = None, text: str = ""
) -> Use:
    places = one.places(line, stretch, path)
    return Use(one.name, one.paper.form.name, how, text or stretch.text.strip(), line.under, places, through)
