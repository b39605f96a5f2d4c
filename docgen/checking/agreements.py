"""What earlier talks agreed, as the next talk looks back on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from docgen.checking.verdicts import declining
from docgen.definitions.naming import spelling

Row = Mapping[str, Any]

KEPT = ("date", "interviewer", "support_promised", "practice_to_keep")
AGREED = ("actions", "support_promised", "practice_to_keep")
"""What one talk may leave to the next."""


def talks_before(talk: Row, talks: Sequence[Row], months: Sequence[Row]) -> dict[str, Any]:
    """``before``: what the last talk that left anything agreed, or None; ``declining``: what the talks before found.

    Args:
        months: in their order.
    """
    day = talk["date"]
    dated = [one for one in talks if isinstance(one["date"], date) and isinstance(day, date) and one["date"] < day]
    earlier = sorted(dated, key=lambda one: one["date"])
    last = next((one for one in reversed(earlier) if any(one[name] for name in AGREED)), None)
    before = last and {**{name: last[name] for name in KEPT}, "actions": list(_actions(last, talk["agenda"], months))}
    return {"before": before, "declining": bool(declining(earlier))}


def _actions(last: Row, agenda: Sequence[Row], months: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Its actions, but for those that stand on the agenda as measures; each with how its measure stands."""
    carried = {_said(one["what"]) for one in agenda}
    statuses = {_said(row["what"]): row["status"] for month in months for row in month["measures"] if row["status"]}
    for action in last["actions"] or ():
        if action["what"] and _said(action["what"]) not in carried:
            yield {**action, "status": statuses.get(_said(action["what"]))}


def _said(text: object) -> str:
    return spelling(str(text or ""))
