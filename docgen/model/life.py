"""The life of a case beside its data: closed, paused, extended. An office decides it, and its ledger keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

DAY = timedelta(days=1)
SEMICOLON = "; "


@dataclass(frozen=True, slots=True)
class Pause:
    """The case rests from ``start`` to ``until``, both days included; until further notice where that is None."""

    start: date
    until: date | None
    why: str

    def holds(self, first: date, last: date | None = None) -> bool:
        """Whether the day ``first``, or all days to ``last``, lie in the pause."""
        return self.start <= first and (self.until is None or (last or first) <= self.until)

    def reaches(self, later: Pause) -> bool:
        """Whether one that starts later lies in it, or begins no later than the day after."""
        return self.until is None or later.start - self.until <= DAY

    def joined(self, later: Pause) -> Pause:
        """Both as one: it lasts as long as the longer, and has the reasons of both."""
        until = max(self.until, later.until) if self.until and later.until else None
        why = SEMICOLON.join(dict.fromkeys([*self.why.split(SEMICOLON), *later.why.split(SEMICOLON)]))
        return Pause(self.start, until, why)


@dataclass(frozen=True, slots=True)
class Life:
    """How a case stands. ``closed_on`` and ``closed``: since when and why it is closed. ``pauses``: in their order,
    with a day between. ``extended``: the day to which its end was moved."""

    closed_on: date | None = None
    closed: str = ""
    pauses: tuple[Pause, ...] = ()
    extended: date | None = None

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    def pause_of(self, first: date, last: date | None = None) -> Pause | None:
        """The pause in which the day ``first``, or all days to ``last``, lie."""
        return next((one for one in self.pauses if one.holds(first, last)), None)

    def end(self, typed: date | None) -> date | None:
        """The day on which the case ends, where its period was ``typed`` to end on that day."""
        return max(typed, self.extended) if typed and self.extended else typed

    def close(self, on: date, why: str) -> Life:
        return self if self.is_closed else replace(self, closed_on=on, closed=why)

    def reopen(self) -> Life:
        return replace(self, closed_on=None, closed="")

    def extend(self, to: date) -> Life:
        return replace(self, extended=to)

    def pause(self, new: Pause) -> Life:
        """With another pause. What was decided before stays so: it can lengthen a rest, and never shortens one."""
        return replace(self, pauses=_rests(*self.pauses, new))

    def resume(self, on: date) -> Life:
        """The case goes on from that day: its pause ends on the day before, one that lies ahead is called off."""
        before = (replace(one, until=min(one.until or date.max, on - DAY)) for one in self.pauses if one.start < on)
        return replace(self, pauses=tuple(before))


NEW = Life()
"""Of a case about which nothing was decided."""


def plain(life: Life) -> dict[str, Any]:
    """As the ledger keeps it."""
    return {
        "closed_on": _text(life.closed_on),
        "closed": life.closed,
        "pauses": [{"from": _text(one.start), "until": _text(one.until), "why": one.why} for one in life.pauses],
        "extended": _text(life.extended),
    }


def life_of(kept: Mapping[str, Any]) -> Life:
    """What the ledger keeps."""
    pauses = (Pause(date.fromisoformat(one["from"]), _day(one["until"]), one["why"]) for one in kept["pauses"])
    return Life(_day(kept["closed_on"]), kept["closed"], _rests(*pauses), _day(kept["extended"]))


def _rests(*pauses: Pause) -> tuple[Pause, ...]:
    """The times in which the case rests, in their order: pauses that overlap, or touch, are one."""
    found: list[Pause] = []
    for pause in sorted(pauses, key=lambda one: one.start):
        if found and found[-1].reaches(pause):
            found[-1] = found[-1].joined(pause)
        else:
            found.append(pause)
    return tuple(found)


def _text(of: date | None) -> str | None:
    return of.isoformat() if of else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
