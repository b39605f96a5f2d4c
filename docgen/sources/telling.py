"""What is wrong with a workbook, or how it was understood, in the words that the rules have for it."""

from __future__ import annotations

from typing import Any

from docgen.definitions.definition import Definitions
from docgen.definitions.results import Fault, shown
from docgen.model.problems import Path, Position, Problem, Words

SHOWN = 8


def told(
    definitions: Definitions, kind: str, position: Position, path: Path = (), value: object = "", **names: Any
) -> Problem:
    """The problem of this kind (see ``messages`` in rules.yaml) at ``position``."""
    rule, wording = definitions.wordings[kind]
    said = shown(value)
    placeholders = {"value": said, **names}
    sentences = (wording.message, wording.fix)
    if (position.source and not position.line) or position.cell:  # of a workbook; YAML has lines
        sentences = (wording.message.without_keys, wording.fix.without_keys)
    message, fix = (sentence.render(placeholders) for sentence in sentences)
    return Problem(
        rule.code, rule.severity, path, position, said, message, fix, frozenset(), "", wording.message.words.en
    )


def told_of(definitions: Definitions, fault: Fault, label: Words, position: Position) -> Problem:
    """The fault of a cell that is no value of a record, such as the number beside a row."""
    names = {"nearest": "", "known": "", "limit": "", "label": label, "field": label.en, "sheet": label}
    return told(definitions, fault.kind, position, (), fault.value, **{**names, **fault.details})


def some(names: list[str], most: int = SHOWN) -> Words:
    """The first few names, for a sentence in either language."""
    more = ["…"] if len(names) > most else []
    few = [shown(name) for name in names[:most]] + more
    return Words(", ".join(few), "、".join(few))
