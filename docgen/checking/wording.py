"""Checks of how things are worded: a person's nature, risky words, nobody in particular, too thin to be a fact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.checking.context import Check, Context, Finding
from docgen.checking.measurability import HAN
from docgen.checking.rows import Row
from docgen.definitions.wordlists import WordLists

LEAST_FACT = 12
PEOPLE = frozenset(("hr_contact", "evaluator", "data_owner", "owner", "who", "provided_by"))
"""Fields that hold somebody's name or post, as do those whose limits say ``plain``: Ms Young is no judgement."""


def trait_wording(context: Context) -> Iterator[Finding]:
    """A cause that names a trait instead of what is done or missing."""
    if word := trait(context.words, context.row, context.at):
        yield Finding(context.row, context.at, {"word": word})


def trait(words: WordLists, row: Row, name: str) -> str:
    """The trait that a cause on the employee's side names, or ''."""
    text = row.values[name]
    of_employee = row.values.get("viewpoint") in (None, "employee")
    return words.first(words.traits, text) if of_employee and isinstance(text, str) else ""


def risky_wording(context: Context) -> Iterator[Finding]:
    """A free text of the asked forms that reads as bias or as a threat; what trait_wording() says is not said again."""
    texts = context.texts()
    risky = context.words.risky.within("\n".join([text for _, _, text in texts]))
    if risky is None:
        return
    for row, of, text in texts:
        if of.limits.plain or of.name in PEOPLE:
            continue
        word = context.words.first(risky, text)
        if word and not (row.sheet == "causes" and trait(context.words, row, of.name)):
            forms = context.used(row.sheet, of.name)
            yield Finding(row, of.name, {"word": word, "label": of.label}, forms=forms)


def nobody_in_particular(context: Context) -> Iterator[Finding]:
    """An owner who is nobody in particular; who the case says so of already is not told again wherever he is meant."""
    text, case = context.row.values[context.at], context.table.case
    if context.row is not case and text in (case.values["employee_name"], case.values["supervisor_name"]):
        return
    if isinstance(text, str) and context.words.nobody.search(text.strip()):
        yield Finding(context.row, context.at, {"value": text})


def thin_fact(context: Context) -> Iterator[Finding]:
    """A fact too short to say what happened."""
    if too_short(context.row.values[context.at]):
        yield Finding(context.row, context.at)


def too_short(text: Any) -> bool:
    """Under 12 characters; a Han character counts twice."""
    return isinstance(text, str) and len(text) + len(HAN.findall(text)) < LEAST_FACT


WORDING_CHECKS: dict[str, Check] = {
    "trait_wording": trait_wording,
    "risky_wording": risky_wording,
    "nobody_in_particular": nobody_in_particular,
    "thin_fact": thin_fact,
}
