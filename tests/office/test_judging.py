"""What is on record against what the data say now: every pair has one verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from docgen.model.issued import Issued
from docgen.office.judging import Leave, Verdict, judge

ON_RECORD = Issued("S1-L", 1, "S1", "letter", date(2026, 3, 2), date(2026, 3, 2), "content", "look")
REASON = Leave("a reason")
REISSUE = Leave("a reason", reissue=True)
REVISE = Leave("a reason", revise=True)

CASES: list[tuple[str, str, Leave, bool, bool, Verdict]] = [
    # content, look, leave, frozen, withdrawn, what follows
    ("content", "look", Leave(), False, False, "same"),
    ("content", "look", REASON, False, False, "same"),
    ("content", "look", REISSUE, False, False, "revise"),
    ("content", "look", Leave(reissue=True), False, False, "same"),
    ("content", "other", Leave(), False, False, "other_look"),
    ("content", "other", REISSUE, False, False, "revise"),
    ("other", "look", Leave(), False, False, "ask"),
    ("other", "look", REASON, False, False, "revise"),
    ("other", "look", Leave(), True, False, "frozen"),
    ("other", "look", REASON, True, False, "frozen"),
    ("other", "look", REISSUE, True, False, "frozen"),
    ("other", "look", REVISE, True, False, "revise"),
    ("other", "look", Leave(revise=True), True, False, "frozen"),
    ("content", "look", REVISE, True, False, "revise"),
    ("other", "look", REASON, False, True, "void"),
    ("content", "look", Leave(), False, True, "void"),
    ("content", "look", REVISE, False, True, "revise"),
    ("content", "look", REISSUE, False, True, "void"),
]


@pytest.mark.parametrize(("content", "look", "leave", "frozen", "withdrawn", "verdict"), CASES)
def test_a_document_on_record(
    content: str, look: str, leave: Leave, frozen: bool, withdrawn: bool, verdict: Verdict
) -> None:
    standing = replace(ON_RECORD, void="why" if withdrawn else "")
    assert judge(standing, content, look, leave, frozen=frozen, lacking=()) == verdict


def test_what_was_never_issued_is_new_whatever_was_allowed() -> None:
    for leave in (Leave(), REASON, REISSUE, REVISE):
        assert judge(None, "content", "look", leave, frozen=True, lacking=("docx",)) == "new"


def test_a_format_that_lacks_is_added_where_nothing_else_is_to_be_done() -> None:
    assert judge(ON_RECORD, "content", "other", Leave(), frozen=False, lacking=("pdf",)) == "add"
    assert judge(ON_RECORD, "other", "look", Leave(), frozen=False, lacking=("pdf",)) == "ask"
    assert judge(replace(ON_RECORD, void="x"), "content", "look", Leave(), frozen=False, lacking=("pdf",)) == "void"


def test_a_revision_that_was_made_already_is_not_made_again() -> None:
    """The same command completes a run that was stopped."""
    done = replace(ON_RECORD, revision=2, reason="a reason")
    for leave in (REISSUE, REVISE):
        assert judge(done, "content", "look", leave, frozen=False, lacking=()) == "same"
        assert judge(done, "content", "other", leave, frozen=False, lacking=()) == "revise"
        assert judge(replace(done, reason="another"), "content", "look", leave, frozen=False, lacking=()) == "revise"
