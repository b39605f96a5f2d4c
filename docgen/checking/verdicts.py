"""What talks ask for that found results declining."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

PAUSE = 2
"""After so many talks running that found results declining, another kind of talk is due."""
ANSWERING = ("interim", "final")
"""The talks in which more is asked than how it goes."""


def declining(talks: Sequence[Mapping[str, Any]]) -> tuple[int, ...]:
    """The places of the last talks with a verdict, if all found results declining and no talk since asks for more.

    Args:
        talks: in the order of their dates.
    """
    judged = [index for index, talk in enumerate(talks) if talk["progress"] is not None][-PAUSE:]
    if len(judged) < PAUSE or any(talks[index]["progress"] != "declined" for index in judged):
        return ()
    return () if any(talk["type"] in ANSWERING for talk in talks[judged[-1] + 1 :]) else tuple(judged)
