"""What talks ask for that found results declining, and which of the final talks counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

PAUSE = 2
"""After so many talks running that found results declining, another kind of talk is due."""
ANSWERING = ("interim", "final")
"""The talks in which more is asked than how it goes."""

CONCLUSIONS = ("final_result", "next_step", "practice_to_keep")
"""What is written down in a final talk that was held."""


def declining(talks: Sequence[Mapping[str, Any]]) -> tuple[int, ...]:
    """The places of the last talks with a verdict, if all found results declining and no talk since asks for more.

    Args:
        talks: in the order of their dates.
    """
    judged = [index for index, talk in enumerate(talks) if talk["progress"] is not None][-PAUSE:]
    if len(judged) < PAUSE or any(talks[index]["progress"] != "declined" for index in judged):
        return ()
    return () if any(talk["type"] in ANSWERING for talk in talks[judged[-1] + 1 :]) else tuple(judged)


def concluding(talks: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The final talk that tells how a case ended: the last that was held, as a case that goes on has another one.

    One without a date comes before those that have one; of two on one day the one that was typed last counts.
    """
    final = [one for one in talks if one["type"] == "final" and any(one[name] for name in CONCLUSIONS)]
    final.sort(key=lambda one: one["date"] if isinstance(one["date"], date) else date.min)
    return final[-1] if final else None
