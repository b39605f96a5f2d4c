"""A measure that the roll-over puts into the new month, and what its supervisor is told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from docgen.definitions.naming import spelling
from docgen.model.problems import Path
from docgen.rollover.event import Event
from docgen.rollover.rows import Raw
from docgen.rollover.turn import Turn

PLACES = ("carried", "variance", "step", "talk", "keep")
"""The origins of measures in the order in which they stand in the new month."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A measure of the new month.

    ``target``: the id of the target it serves, if that is known. ``typed``: its other fields; ``copied``: the row of
    last month that they are put over. ``kind``, ``rule`` and ``details`` become its Event.
    """

    kind: str
    rule: str
    target: str | None
    typed: Mapping[str, Any]
    details: Mapping[str, Any] = field(default_factory=dict)
    copied: Raw | None = None

    def row(self, turn: Turn) -> dict[str, Any]:
        typed = dict(self.typed)
        if self.copied is None:
            typed = {"target_ref": turn.reference(self.target)} | typed
        return turn.spelling.row("measures", typed, self.copied)

    def event(self, path: Path) -> Event:
        return Event(self.kind, self.rule, path, self.details)


def in_order(proposals: Sequence[Proposal], gaps: Set[str]) -> list[Proposal]:
    """By origin, and within it those for targets of status gap first (R10)."""
    return sorted(proposals, key=lambda one: (PLACES.index(one.typed["origin"]), one.target not in gaps))


@dataclass(frozen=True, slots=True)
class Taken:
    """What measures have taken up already: where they come from, and what they say is done."""

    origins: set[str]
    texts: set[str]

    def has(self, origin: str, text: object) -> bool:
        return spelling(origin) in self.origins or spelling(str(text)) in self.texts

    def add(self, text: object) -> None:
        self.texts.add(spelling(str(text)))


def taken_up(turn: Turn) -> Taken:
    measures = [row for month in turn.values["months"] for row in month["measures"]]
    return Taken(
        {spelling(str(row["from_ref"])) for row in measures if row["from_ref"]},
        {spelling(str(row["what"])) for row in measures if row["what"]},
    )
