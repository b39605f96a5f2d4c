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


@pytest.mark.campaign("templates that ship", full=len(FORMS), small=0)
def test_nothing_is_found_in_the_shipped_set(rounds: range, figures: Counter[str]) -> None:
    seen = review(NOBODY)
    assert [one.told("en") for one in seen.findings] == []
    for number in rounds:
        proved = prove(Task(NOBODY, "", FORMS[number], LANGUAGES, full=True), seen)
        assert [one.told("en") for one in proved.findings] == []
        figures["trees"] += proved.trees
        figures["PDFs"] += proved.pdfs
