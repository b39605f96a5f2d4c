"""What only shows over several cases: a case twice, namesakes, copied text, two standards for one post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docgen.checking.checked import Checked
from docgen.checking.faults import NOTHING
from docgen.checking.figures import amount
from docgen.checking.reporting import Reporter, accepted_rules
from docgen.checking.uses import Uses, known_uses
from docgen.definitions.definition import Definitions, Field, Sheet
from docgen.definitions.naming import CASE, spelling
from docgen.model.problems import Path, Problem
from docgen.model.units import beside

MOST_ALIKE = 3
LEAST_TEXT = 8
SHOWN_CASES = 5
TARGETS = frozenset({"targets", "milestones", "indicators"})
PUT_TOGETHER = ("case_differs", "month_twice")
"""Why a case in two files could not be put together: that is told at the very place."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a check over several cases found: where, in which case, and what fills the placeholders."""

    checked: Checked
    path: Path
    found: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """The cases of one run, in the order they were read."""

    cases: Sequence[Checked]
    definitions: Definitions
    sentences: Mapping[frozenset[str], Sequence[tuple[Sheet, Sequence[Field]]]]
    """For each choice of forms the fields of typed sentences; names, codes, short answers and targets are none."""


def across(cases: Sequence[Checked], definitions: Definitions, settings: Mapping[str, Any]) -> list[Problem]:
    """The problems that lie between the cases of one run, each placed in the later; a case twice, in both."""
    if len(cases) < 2:
        return []
    uses = known_uses(definitions)
    asked = {frozenset(checked.forms) for checked in cases}
    same = _by_number(cases)
    told = {definitions.wordings[kind][1].message.words.en for kind in PUT_TOGETHER}
    twice = [those for those in same if len(those) > 1 and not all(_is_told(one, told) for one in those)]
    problems = [problem for those in twice for problem in _twice(those, definitions)]
    # what a case has in common with itself is E102's
    once = [those[0] for those in same]
    run = Run(once, definitions, {forms: _sentences(forms, definitions, uses) for forms in asked})
    accepted = accepted_rules(settings)
    for rule in definitions.rules:
        for meeting in ACROSS_CHECKS[rule.check](run) if rule.check in ACROSS_CHECKS else ():
            checked = meeting.checked
            forms = frozenset(checked.forms) & rule.forms if rule.forms else frozenset(checked.forms)
            if forms and rule.wording:
                reporter = Reporter(definitions, checked.record, accepted, problems, checked.case.id)
                names = {**checked.case.values[CASE], **meeting.found}
                reporter.report(rule, rule.wording, meeting.path, meeting.path, forms, names)
    return problems


def _by_number(cases: Sequence[Checked]) -> list[list[Checked]]:
    """The cases of each number, in the order they were read; one without a number stands by itself."""
    same: dict[str | int, list[Checked]] = defaultdict(list)
    for index, checked in enumerate(cases):
        case_id = checked.case.values[CASE]["case_id"]
        same[spelling(str(case_id)) if case_id else index].append(checked)
    return list(same.values())


def _is_told(checked: Checked, told: set[str]) -> bool:
    return any(problem.kind in told for problem in checked.record.problems)


def _twice(cases: Sequence[Checked], definitions: Definitions) -> list[Problem]:
    """A case that was read more than once is blocked in each place: nobody but its author knows which one is right."""
    problems: list[Problem] = []
    path: Path = (CASE, "case_id")
    label = definitions.sheets[CASE].fields["case_id"].label
    for checked in cases:
        other = cases[0] if checked is not cases[0] else cases[1]
        names = {**NOTHING, "label": label, "known": str(other.record.position(path))}
        reporter = Reporter(definitions, checked.record, frozenset(), problems, checked.case.id)
        value = str(checked.case.values[CASE]["case_id"])
        reporter.built_in("case_twice", path, path, frozenset(checked.forms), names, value)
    return problems


def namesakes(run: Run) -> Iterator[Meeting]:
    """Two people of one name; the same person in another cycle has the same number."""
    first: dict[str, Checked] = {}
    for checked in run.cases:
        case = checked.case.values[CASE]
        if not case["employee_name"] or not case["employee_no"]:
            continue
        before = first.setdefault(spelling(str(case["employee_name"])), checked)
        numbers = {case["employee_no"], case["former_employee_no"]}
        other = before.case.values[CASE]
        if before is not checked and not numbers & {other["employee_no"], other["former_employee_no"] or ...}:
            yield Meeting(checked, (CASE, "employee_name"), {"other_case": before.case.id})


def same_text_across(run: Run) -> Iterator[Meeting]:
    """The same sentence in more than three cases; the targets of one post may be alike."""
    found: dict[tuple[str, str], list[tuple[Checked, Path, Field]]] = defaultdict(list)
    spelled: dict[str, str] = {}
    for checked in run.cases:
        for path, of, text in _texts(run, checked):
            if text not in spelled:
                spelled[text] = spelling(text)
            found[spelled[text], of.name].append((checked, path, of))
    for (text, _), places in found.items():
        if len(places) <= MOST_ALIKE:
            continue
        people = {id(checked): checked for checked, _, _ in places}
        if len(people) > MOST_ALIKE:
            checked, path, of = places[-1]
            ids = [one.case.id for one in people.values()]
            cases = ids if len(ids) <= SHOWN_CASES else [*ids[:SHOWN_CASES], "…"]
            found_here = {"label": of.label, "text": text, "count": len(people), "cases": ", ".join(cases)}
            yield Meeting(checked, (*path, of.name), found_here)


def _texts(run: Run, checked: Checked) -> list[tuple[Path, Field, str]]:
    """The typed sentences that an asked form uses, each with the place of its row."""
    found: list[tuple[Path, Field, str]] = []
    for sheet, fields in run.sentences[frozenset(checked.forms)]:
        for path, row in _rows(checked, sheet, run):
            for of in fields:
                value = row[of.name]
                if value.__class__ is str:
                    if len(value) >= LEAST_TEXT:
                        found.append((path, of, value))
                elif value.__class__ is list:
                    found += [(path, of, text) for text in value if len(text) >= LEAST_TEXT]
    return found


def _sentences(forms: frozenset[str], definitions: Definitions, uses: Uses) -> Sequence[tuple[Sheet, Sequence[Field]]]:
    found = []
    for sheet, used in uses.free_texts(forms):
        fields = [of for of in used if of.derive is None and not (sheet == CASE and of.type == "text")]
        if fields and sheet not in TARGETS:
            found.append((definitions.sheets[sheet], fields))
    return found


def _rows(checked: Checked, sheet: Sheet, run: Run) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """All rows of a sheet in a case, with their paths."""
    name = sheet.name
    if sheet.single:
        yield (name,), checked.case.values[name]
        return
    parents: Iterable[tuple[Path, Mapping[str, Any]]] = [((), checked.case.values)]
    if sheet.parent != CASE:
        parents = _rows(checked, run.definitions.sheets[sheet.parent], run)
    for path, parent in parents:
        for index, row in enumerate(parent[name]):
            yield (*path, name, index), row


def different_standard_across(run: Run) -> Iterator[Meeting]:
    """The same indicator at the same post, with another target."""
    first: dict[tuple[str, str], tuple[Checked, Any]] = {}
    for checked in run.cases:
        position = checked.case.values[CASE]["position"]
        for index, target in enumerate(checked.case.values["targets"] if position else ()):
            name, value = target["name"], target["target_value"]
            if not name or value is None or amount(value) is None:
                continue
            mark = spelling(str(position)), spelling(str(name))
            before, other = first.setdefault(mark, (checked, value))
            if before is not checked and beside(other, value) != amount(value):
                found = {"target": name, "position": position, "value": value, "other_value": other}
                path: Path = ("targets", index, "target_value")
                yield Meeting(checked, path, found | {"other_case": before.case.id})


ACROSS_CHECKS: Mapping[str, Callable[[Run], Iterable[Meeting]]] = {
    "namesakes": namesakes,
    "same_text_across": same_text_across,
    "different_standard_across": different_standard_across,
}
"""The checks over several cases by name."""
