"""``docgen templates check`` finds nothing in what ships: every form, case, language and jurisdiction."""

from __future__ import annotations

from collections import Counter

import pytest

from docgen.company import NOBODY
from docgen.definitions.load import load_definitions
from docgen.proofs.reviewing import review
from docgen.proofs.surveying import Task, prove
from docgen.proofs.trial import LANGUAGES

FORMS = tuple(load_definitions().forms)
SIZES = ("standard", "large_print")
"""The sets with letters of a size of their own; the others differ from the first in colours."""


@pytest.mark.campaign("templates that ship", full=len(SIZES) * len(FORMS), small=0)
def test_nothing_is_found_in_the_shipped_sets(rounds: range, figures: Counter[str]) -> None:
    reviewed = {chosen: review(NOBODY, chosen) for chosen in SIZES}
    assert [one.told("en") for seen in reviewed.values() for one in seen.findings] == []
    for number in rounds:
        form, chosen = FORMS[number % len(FORMS)], SIZES[number // len(FORMS)]
        proved = prove(Task(NOBODY, chosen, form, LANGUAGES, full=True), reviewed[chosen])
        assert [one.told("en") for one in proved.findings] == []
        figures["trees"] += proved.trees
        figures["PDFs"] += proved.pdfs
