"""The sentences, and the facts behind them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from docgen.model.case import Month, Quantity
from docgen.model.problems import Words
from docgen.rollover.event import SENTENCES, Event, ordinal, said
from tests.rollover.month_help import roll


def test_figures_and_days_are_told_as_documents_print_them() -> None:
    values = (Decimal("12000.50"), Quantity(Decimal(12000), "元"), date(2026, 4, 3), Month(2026, 4), Words("a", "甲"))
    assert [said(value, "en") for value in values] == ["12,000.5", "12,000 元", "3 April 2026", "April 2026", "a"]
    assert [said(value, "zh") for value in values] == ["12,000.5", "12,000元", "2026年4月3日", "2026年4月", "甲"]
    assert said((Month(2026, 4), Month(2026, 5)), "zh") == "2026年4月、2026年5月"


def test_facts_are_plain_text() -> None:
    details = {"day": date(2026, 4, 3), "weights": (Words("A 1%", "甲 1%"),), "rest": Quantity(Decimal("2.0"), "€")}
    assert Event("talk", "R15", (), details | {"why": None}).facts("zh") == {
        "day": "2026-04-03",
        "weights": ["甲 1%"],
        "rest": "2 €",
        "why": None,
    }


def test_each_event_can_be_told_in_both_languages_and_has_its_rule() -> None:
    for event in roll().events:
        assert event.told("en") and event.told("zh") and event.facts("en") and event.kind in SENTENCES
        assert event.rule in {f"R{number}" for number in range(1, 16)}


def test_times_are_counted_in_words() -> None:
    assert [ordinal(number).en for number in (1, 3, 10, 12)] == ["first", "third", "tenth", "12th"]


def test_braces_that_somebody_typed_stay_as_they_are() -> None:
    assert "“{what} {0}”" in Event("closed", "R7", (), {"what": "{what} {0}"}).told("en")
