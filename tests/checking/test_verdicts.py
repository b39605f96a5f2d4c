"""Of several final talks the last that was held counts, in whichever order they were typed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from docgen.checking.verdicts import concluding

JUNE, JULY = date(2026, 6, 30), date(2026, 7, 31)


def final(day: date | None, result: str | None = "partly", **more: Any) -> dict[str, Any]:
    found = {"type": "final", "date": day, "final_result": result, "next_step": None, "practice_to_keep": None}
    return {**found, **more}


@pytest.mark.parametrize(
    ("talks", "place"),
    [
        ([final(JUNE), final(JULY)], 1),
        ([final(JULY), final(JUNE)], 0),
        ([final(JUNE), final(JUNE, "met")], 1),
        ([final(JUNE), final(None)], 0),
        ([final(None), final(None, "met")], 1),
        ([final(JUNE), final(JULY, None)], 0),
        ([final(JUNE), final(JULY, None, practice_to_keep="a page a day")], 1),
        ([final(JUNE), final(JULY) | {"type": "monthly"}], 0),
    ],
)
def test_the_final_talk_held_last_counts(talks: list[dict[str, Any]], place: int) -> None:
    assert concluding(talks) is talks[place]


def test_without_a_final_talk_that_was_held_none_counts() -> None:
    assert concluding([]) is None and concluding([final(JUNE, None)]) is None
