"""What rolling over a case comes to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from docgen.model.problems import Problem
from docgen.model.record import Record
from docgen.rollover.event import Event

NEW_CASE = "new_case"
State = Literal["rolled", "not_begun", "finished", "closed", "paused", "past_end", "refused"]
"""``not_begun``: the period begins later, or has no dates yet. ``finished``: the final talk has its result, there is
nothing more to plan. ``closed``, ``paused``: the office decided so, for all of the month. ``past_end``: the period is
over, the final review is proposed. ``refused``: something is wrong that would be carried on, or the month is there
already."""


@dataclass(frozen=True, slots=True)
class Rolled:
    """A case of next month.

    ``record`` is complete: all that was typed before, and the new month; without one where ``state`` isn't ``rolled``
    (past the end, with the final talk where it lacked).
    ``problems`` say why it wasn't rolled over, each with place and cure. ``new_case``: after the end of the period, a
    case for the next cycle, to be approved.
    """

    state: State
    record: Record
    events: tuple[Event, ...] = ()
    problems: tuple[Problem, ...] = ()
    new_case: Record | None = None

    def without_new_case(self, told: bool = False) -> Rolled:
        """The same, where the case of the next cycle is there already; ``told``: and is told of all the same."""
        events = tuple(one for one in self.events if told or one.kind != NEW_CASE)
        return replace(self, events=events, new_case=None)
