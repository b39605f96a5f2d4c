"""The life of a case beside its data: closed, paused, extended. An office decides it, and its ledger keeps it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

DAY = timedelta(days=1)
OUTCOME = "outcome"
"""The choice list of how a case may end."""
HAN = re.compile(r"[\u3400-\u9fff]")
PARTED = re.compile("; |；")
"""Where the reasons of pauses that became one are parted."""


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
        return Pause(self.start, until, _both(self.why, later.why))


@dataclass(frozen=True, slots=True)
class Life:
    """How a case stands. ``closed_on`` and ``closed``: since when and why it is closed; ``outcome``: how it ended, a
    code of the list of outcomes, '' where nobody said. ``pauses``: in their order, with a day between. ``extended``:
    the day to which its end was moved."""

    closed_on: date | None = None
    closed: str = ""
    pauses: tuple[Pause, ...] = ()
    extended: date | None = None
    outcome: str = ""

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    @property
    def ending(self) -> str:
        """How a closed case ended, as the paper says that tells it: two that differ are two endings; '' of an open
        one."""
        said = (_text(self.closed_on), self.outcome, _text(self.extended)) if self.is_closed else ()
        return " ".join(filter(None, said))

    def pause_of(self, first: date, last: date | None = None) -> Pause | None:
        """The pause in which the day ``first``, or all days to ``last``, lie."""
        return next((one for one in self.pauses if one.holds(first, last)), None)

    def end(self, typed: date | None) -> date | None:
        """The day on which the case ends, where its period was ``typed`` to end on that day."""
        return max(typed, self.extended) if typed and self.extended else typed

    def close(self, on: date, why: str, outcome: str = "") -> Life:
        """A case that was closed without an outcome may still get one; the day stays."""
        if not self.is_closed:
            return replace(self, closed_on=on, closed=why, outcome=outcome)
        if not outcome or self.outcome:
            return self
        return replace(self, closed=_both(self.closed, why), outcome=outcome)

    def reopen(self) -> Life:
        return replace(self, closed_on=None, closed="", outcome="")

    def extend(self, to: date) -> Life:
        return replace(self, extended=to)

    def pause(self, new: Pause) -> Life:
        """With another pause. What was decided before stays so: it can lengthen a rest, and never shortens one."""
        return replace(self, pauses=_rests(*self.pauses, new))

    def resume(self, on: date) -> Life:
        """The case goes on from that day: the pause that holds it ends on the day before, and from its first day on
        nothing is left of it. What is left keeps all its reasons: which of them was for which days nobody has said."""
        left = (replace(one, until=on - DAY) if one.holds(on) else one for one in self.pauses if one.start != on)
        return replace(self, pauses=tuple(left))


NEW = Life()
"""Of a case about which nothing was decided."""


def plain(life: Life) -> dict[str, Any]:
    """As the ledger keeps it; of a case without an outcome as before there were any."""
    return {
        "closed_on": _text(life.closed_on),
        "closed": life.closed,
        **({"outcome": life.outcome} if life.outcome else {}),
        "pauses": [{"from": _text(one.start), "until": _text(one.until), "why": one.why} for one in life.pauses],
        "extended": _text(life.extended),
    }


def life_of(kept: Mapping[str, Any]) -> Life:
    """What the ledger keeps.

    Raises:
        KeyError, TypeError, ValueError: it is no life.
    """
    pauses = (Pause(date.fromisoformat(one["from"]), _day(one["until"]), _said(one["why"])) for one in kept["pauses"])
    closed, outcome = _said(kept["closed"]), _said(kept.get("outcome", ""))
    return Life(_day(kept["closed_on"]), closed, _rests(*pauses), _day(kept["extended"]), outcome)


def _said(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _rests(*pauses: Pause) -> tuple[Pause, ...]:
    """The times in which the case rests, in their order: pauses that overlap, or touch, are one."""
    found: list[Pause] = []
    for pause in sorted(pauses, key=lambda one: one.start):
        if found and found[-1].reaches(pause):
            found[-1] = found[-1].joined(pause)
        else:
            found.append(pause)
    return tuple(found)


def _both(why: str, more: str) -> str:
    """Two reasons as one text, parted as its language parts them; what both say once."""
    new = [one for one in PARTED.split(more) if one not in PARTED.split(why)]
    return ("；" if HAN.search(why + more) else "; ").join((why, *new))


def _text(of: date | None) -> str | None:
    return of.isoformat() if of else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
