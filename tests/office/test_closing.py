"""What may be said of how a case ended, on which day, and what is told of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from docgen.definitions.load import load_definitions
from docgen.errors import UsageError
from docgen.model.life import Life
from docgen.model.problems import Words
from docgen.office.closing import closed, outcome_named, reopened
from docgen.office.decisions import decide
from docgen.office.ledger import Ledger
from docgen.office.publish import PRIVATE
from docgen.office.register import lives_in
from docgen.office.store import opened
from tests.office.record_help import issue

DEFINITIONS = load_definitions()
CASE, LETTER = "S1-202601", "S1-202601-O"
BEFORE, END, AFTER = date(2026, 6, 29), date(2026, 6, 30), date(2026, 7, 3)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with the letter of a case that runs from January to June."""
    with opened(tmp_path / "out", PRIVATE) as store:
        issue(store, f"{CASE}-L", CASE, start="2026-01-05", end="2026-06-30")
    return tmp_path / "out"


def close(out: Path, outcome: str, on: date = AFTER, why: str = "final talk") -> Words:
    with opened(out, PRIVATE) as store:
        (told,) = decide(store, closed(DEFINITIONS, on, why, outcome), [CASE], on)
    return told


def life(out: Path) -> Life:
    return lives_in(out)[0][CASE]


@pytest.mark.parametrize("text", ["not_met", "Not met", "NOT MET", "not achieved", "未达成", "未达标"])
def test_an_outcome_is_named_in_either_language(text: str) -> None:
    assert outcome_named(text, DEFINITIONS) == "not_met"


def test_an_unknown_outcome_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        outcome_named("mett", DEFINITIONS)
    assert "did you mean met?" in str(caught.value) and "withdrawn" in str(caught.value)


@pytest.mark.parametrize(
    ("outcome", "on", "fits"),
    [
        *(("met", day, True) for day in (BEFORE, END, AFTER)),
        *(("withdrawn", day, True) for day in (date(2026, 1, 1), BEFORE, AFTER)),
        *(("", day, True) for day in (date(2026, 1, 1), BEFORE, AFTER)),
        *((outcome, day, day != BEFORE) for outcome in ("partly", "not_met") for day in (BEFORE, END, AFTER)),
        *(("met_early", day, day == BEFORE) for day in (BEFORE, END, AFTER)),
        ("met", date(2026, 1, 1), False),
    ],
)
def test_an_outcome_fits_the_day_on_which_it_is_stated(outcome: str, on: date, fits: bool, out: Path) -> None:
    if fits:
        close(out, outcome, on)
        assert (life(out).outcome, life(out).closed_on) == (outcome, on)
        return
    before = Ledger(out).read().entries
    with pytest.raises(UsageError, match=CASE):
        close(out, outcome, on)
    assert Ledger(out).read().entries == before


def test_a_day_to_come_is_refused() -> None:
    with pytest.raises(UsageError, match="2026-07-03"):
        closed(DEFINITIONS, AFTER, "x", "met", today=END)


def test_the_command_for_the_letter_is_told_or_that_there_is_none(out: Path) -> None:
    without = close(out, "")
    assert "--outcome adds it" in without.en and "补登" in without.zh
    told = close(out, "met")
    assert "--forms outcome" in told.en and "“Met”" in told.en
    assert "--forms outcome" in told.zh and "“达成”" in told.zh


def test_an_outcome_is_changed_only_once_the_case_is_open(out: Path) -> None:
    close(out, "met")
    with pytest.raises(UsageError, match="docgen reopen"):
        close(out, "not_met")
    assert "already" in close(out, "met").en and "already" in close(out, "").en and life(out).outcome == "met"


def test_a_letter_of_the_outcome_is_named_and_one_that_was_withdrawn_is_not(out: Path) -> None:
    close(out, "met")
    with opened(out, PRIVATE) as store:
        issue(store, LETTER, CASE, form="outcome")
        (told,) = decide(store, reopened(DEFINITIONS, store, "typo"), [CASE], AFTER)
        assert f"docgen void {LETTER}" in told.en and f"docgen void {LETTER}" in told.zh
    close(out, "met")
    with opened(out, PRIVATE) as store:
        standing = store.register.standing(LETTER)
        assert standing
        store.void(standing, "typo", AFTER)
        (told,) = decide(store, reopened(DEFINITIONS, store, "typo"), [CASE], AFTER)
        assert "void" not in told.en
