"""What was agreed in talks becomes measures, and the talk of the new month is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from docgen.checking import schedule
from docgen.checking.verdicts import declining
from docgen.rollover.event import Event
from docgen.rollover.proposals import Proposal, Taken
from docgen.rollover.steps import person, window_start
from docgen.rollover.turn import Turn, Values, is_day

TOLD = {"final": "final_talk", "interim": "interim", "monthly": "talk"}
RULES = {"final": "R13", "interim": "R11", "monthly": "R15"}
BESIDE = ("launch", "objection")
"""Talks with a purpose of their own, which stand for no review."""


def agreed(turn: Turn, taken: Taken, among: Sequence[str]) -> list[Proposal]:
    """The actions of talks that fall due, or are overdue and were agreed since the last plan (R15)."""
    proposals = []
    for talk in turn.talks:
        for position, action in enumerate(talk["actions"], 1):
            what, origin = action["what"], f"N{talk['interview_no']}-{position}"
            if not what or not _is_due(turn, talk, action["due"]) or not taken.adds(origin, what, action["due"]):
                continue
            fields = {
                "what": what,
                "when_due": turn.due_now(action["due"]),
                "who": person(turn, action["owner"]),
                "origin": "talk",
                "from_ref": origin,
            }
            details = {"what": what, "talk": talk["date"]}
            proposals.append(Proposal("talk_action", "R15", turn.target_of(None, among), fields, details))
    return proposals


def _is_due(turn: Turn, talk: Values, due: object) -> bool:
    if talk["date"] > turn.last_day or (isinstance(due, date) and due > turn.last_day):
        return False
    if isinstance(due, date) and due >= window_start(turn):
        return True
    return turn.last is None or schedule.month_of(talk["date"]) >= turn.last["month"]


def talk(turn: Turn) -> tuple[dict[str, Any] | None, Event | None]:
    """The talk of the new month, unless one is planned, or the case has no talks (R11, R13).

    The final review takes a final talk, whatever other talk stands in its month. One that follows the end of the
    period, since that lies on a weekend, belongs to the last month.
    """
    if not (turn.values["interviews"] or turn.case["issue_date"]):
        return None, None
    reviews = [row for row in turn.values["reviews"] if _is_due_now(turn, row) and row["form"] in (None, "talk")]
    final = next((row for row in reviews if row["type"] == "final"), None)
    if _has_final(turn) if final else _has_talk(turn):
        return None, None
    kind = "final" if final else "interim" if is_declining(turn) else "monthly"
    day = final["date"] if final else _day(turn, reviews)
    if day is None and kind == "interim":
        last = min(turn.last_day, turn.case["end"])
        day = max(turn.first_day, schedule.weekday_before(last))
    if day is None:
        return None, None
    return _proposed(turn, kind, day)


def final_talk(turn: Turn) -> tuple[dict[str, Any] | None, Event | None]:
    """After the end of the period: the final talk on the day of the final review, where there is none (R13)."""
    if _has_final(turn):
        return None, None
    end = turn.case["end"]
    days = [row["date"] for row in turn.values["reviews"] if row["type"] == "final" and is_day(row["date"])]
    return _proposed(turn, "final", next((day for day in days if day >= end), schedule.weekday_after(end)))


def _is_due_now(turn: Turn, review: Values) -> bool:
    """Whether a review lies in the new month; a final one after the end of the period counts as on the end."""
    day = review["date"]
    if review["type"] == "final" and is_day(day):
        day = min(day, turn.case["end"])
    return turn.holds(day)


def _has_talk(turn: Turn) -> bool:
    """Whether a talk is planned that stands for the review of the month."""
    return any(turn.holds(one["date"]) and one["type"] not in BESIDE for one in turn.talks)


def _has_final(turn: Turn) -> bool:
    """Whether a final talk is planned; one that has its result was before the period was extended."""
    return any(one["type"] == "final" and not one["final_result"] for one in turn.values["interviews"])


def _proposed(turn: Turn, kind: str, day: date) -> tuple[dict[str, Any], Event]:
    path = ("interviews", len(turn.values["interviews"]))
    row = turn.spelling.row("interviews", {"type": kind, "date": day})
    return row, Event(TOLD[kind], RULES[kind], path, {"day": day})


def _day(turn: Turn, reviews: list[Values]) -> date | None:
    """The day that was named last, in a talk before the month, if it lies in the month; else that of the review."""
    before = [one for one in turn.talks if one["date"] < turn.first_day and one["type"] != "objection"]
    named = [one["next_date"] for one in before if one["next_date"]]
    found: date | None = turn.due_now(named[-1] if named else None) or next((row["date"] for row in reviews), None)
    return found


def is_declining(turn: Turn) -> bool:
    """Whether the last talks with a verdict both found results declining, and none since asks for more (R11).

    A final talk that lies months ahead doesn't answer them.
    """
    return bool(declining([one for one in turn.talks if one["type"] != "final" or one["date"] <= turn.last_day]))


def result(turn: Turn) -> Values | None:
    """The final talk that has its result, if there is one; none where it was agreed to go on and the end was moved."""
    last = next((one for one in turn.values["interviews"] if one["concludes"] and one["final_result"]), None)
    return last if last and not _is_extended(turn, last) else None


def _is_extended(turn: Turn, final: Values) -> bool:
    """Whether the end was moved after the talk; no final talk lies more than a week before the end that it is about."""
    day, end = final["date"], turn.case["end"]
    if final["next_step"] != "extend" or not isinstance(day, date) or not isinstance(end, date):
        return False
    return (end - day).days > schedule.NEAR_DAYS
