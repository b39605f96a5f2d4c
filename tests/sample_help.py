"""The sample case of Wang, checked once, and its documents, each made once a session."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from docgen.checking.checked import Checked
from docgen.checking.validate import Checker
from docgen.company import find_settings
from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions
from docgen.generate import Made, make, render
from docgen.kit import Kit
from docgen.layout.context import Stamp
from docgen.layout.sets import load_set
from docgen.model.document import Document
from docgen.paper import Paper, papers
from docgen.sources.cases import read_cases
from docgen.sources.settings import read_settings

DEFINITIONS = load_definitions()

WANG = Path(__file__).resolve().parent.parent / "samples" / "wang.yaml"
TODAY = date(2026, 6, 30)
FORMS = ("letter", "plan", "monthly", "notes")


def exact(value: Any) -> Any:
    """With the type of each value: a number is not its text, and 3.20 is not 3.2."""
    if isinstance(value, dict):
        return {name: exact(one) for name, one in value.items()}
    return [exact(one) for one in value] if isinstance(value, list) else (type(value).__name__, str(value))


@cache
def definitions() -> Definitions:
    return load_definitions()


@cache
def kit() -> Kit:
    settings, problems = read_settings(find_settings(WANG), definitions())
    assert not problems
    return Kit(definitions(), settings, load_set())


@cache
def checked() -> Checked:
    (record,) = read_cases([WANG], DEFINITIONS).records
    return Checker(definitions()).validate(record, kit().settings, None, TODAY)


@cache
def wang(form: str) -> Paper:
    """The last paper of a form: of the monthly plans and the talks, the one with more in it."""
    return [paper for paper in papers(checked(), definitions()) if paper.form.name == form][-1]


@cache
def made(form: str) -> Made:
    return make(wang(form), kit(), issued=TODAY)


@cache
def tree(form: str) -> Document:
    """The tree that the files of ``made(form)`` were written from."""
    paper = wang(form)
    return render(paper, kit(), Stamp(paper.number, 1, paper.printed_date or TODAY), "final")
