"""An office's own templates and wording are looked through with its cases; what is wrong there is told as a problem."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from docgen.checking.reporting import accepted_rules
from docgen.company import Company
from docgen.definitions.definition import Definitions
from docgen.errors import TemplateError
from docgen.layout.findings import Finding, error
from docgen.layout.review import review_set
from docgen.layout.sets import STANDARD, load_set
from docgen.model.problems import Position, Problem, Severity, Words

PLACED = re.compile(r"(?P<file>[\w.-]+):(?P<line>\d+)(?::\d+)?[:：]\s*(?P<said>.*)", re.DOTALL)


def template_problems(settings: Mapping[str, Any], company: Company, definitions: Definitions) -> tuple[Problem, ...]:
    """What is wrong with the templates and the wording of ``company``, without the warnings that its office accepts.

    Nothing where it has neither these nor forms of its own; what ships is not looked through again.
    """
    own = (*company.templates, *company.forms)
    if not own:
        return ()
    silent = accepted_rules(settings)
    return tuple(
        one.problem(own[0])
        for one in _findings(str(settings.get("set") or STANDARD), company, definitions)
        if one.severity is Severity.ERROR or one.code not in silent
    )


def _findings(name: str, company: Company, definitions: Definitions) -> tuple[Finding, ...]:
    try:
        return review_set(load_set(name, company.templates, faulty=True), definitions, shipped=False)
    except TemplateError as refused:
        return (_placed(refused.words),)


def _placed(words: Words) -> Finding:
    """What refuses the set as a whole, with the place that its message begins with."""
    en, zh = (PLACED.match(text) for text in (words.en, words.zh))
    if not (en and zh):
        return error("set", Position("theme.yaml"), words, Words("", ""))
    return error("set", Position(en["file"], int(en["line"]), 1), Words(en["said"], zh["said"]), Words("", ""))
