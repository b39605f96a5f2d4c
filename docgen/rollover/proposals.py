"""A measure that the roll-over puts into the new month, and what its supervisor is told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from docgen.definitions.naming import spelling
from docgen.model.problems import Path
from docgen.rollover.event import Event
from docgen.rollover.rows import Raw
from docgen.rollover.taken import origins_taken
from docgen.rollover.turn import Turn

PLACES = ("carried", "variance", "step", "talk", "keep", "new")
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
    """What measures have taken up already (``origins``), and what has been proposed since: texts and their days."""

    origins: frozenset[str]
    proposed: list[tuple[str, date | None]] = field(default_factory=list)

    def adds(self, origin: object, text: object, day: date | None = None) -> bool:
        """Whether this is taken up only now. Two of one text are the same, unless they have different days."""
        said = spelling(str(text))
        same = any(said == other and (day is None or when in (None, day)) for other, when in self.proposed)
        if same or (origin and spelling(str(origin)) in self.origins):
            return False
        self.proposed.append((said, day))
        return True


def taken_up(turn: Turn) -> Taken:
    return Taken(origins_taken(turn.values))
