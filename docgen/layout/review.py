"""A template set is reviewed before a document is made: its wording and its templates, everything wrong at once."""

from __future__ import annotations

from docgen.definitions.definition import Definitions
from docgen.layout.findings import Finding
from docgen.layout.sets import TemplateSet


def review_set(templates: TemplateSet, definitions: Definitions, *, shipped: bool = True) -> tuple[Finding, ...]:
    """All that can be told of ``templates`` without a case, in the order of its files; nothing is rendered.

    Args:
        shipped: tell also of the files that docgen brings; without, only of the company's own.
    """
    return ()
