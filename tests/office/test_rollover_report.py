"""What is told of a roll-over, the most urgent first."""

from __future__ import annotations

from docgen.office.rollover_report import IMPORTANCE, ordered
from docgen.rollover.event import SENTENCES, Event


def test_every_kind_of_event_has_its_place() -> None:
    assert IMPORTANCE.keys() == SENTENCES.keys()


def test_what_is_to_be_done_stands_before_what_is_told() -> None:
    events = [Event("result", "R2"), Event("closed", "R7"), Event("carried", "R7"), Event("ask_actual", "R1")]
    assert [one.kind for one in ordered(events)] == ["ask_actual", "carried", "closed", "result"]
