"""What last month's measures and results mean for the new month: carried, closed, answered, kept up."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.definitions.naming import spelling
from docgen.model.problems import Words
from docgen.rollover.event import Event, ordinal
from docgen.rollover.proposals import Proposal
from docgen.rollover.turn import Turn, Values

LEFT_BEHIND = ("status", "result", "measure_id")
"""What a carried measure doesn't take along: it is another row, and has no result yet."""
UNMARKED = Words("no status typed", "未填写状态")
TOLD = {"done": "closed", "dropped": "dropped"}


def carried(turn: Turn) -> tuple[list[Proposal], list[Event]]:
    """The unfinished measures of the last month, and what is told of the others (R7, R14)."""
    last = turn.last
    if last is None:
        return [], []
    proposals: list[Proposal] = []
    events: list[Event] = []
    for row, typed in zip(last["measures"], turn.typed("measures", last), strict=False):
        path = turn.path(last, "measures", row["index"])
        if row["status"] in TOLD:
            events.append(Event(TOLD[row["status"]], "R7", path, {"what": _what(row)}))
        elif typed:
            count = (row["carried_count"] or 0) + (0 if last["absent"] else 1)
            fields = {
                **dict.fromkeys(LEFT_BEHIND),
                "when_due": None,
                "why": None if row["why"] == turn.name(row["target_ref"]) else row["why"],
                "origin": "carried",
                "carried_count": count,
                "from_ref": f"{last['month']}-{row['measure_id']}",
            }
            details = {"what": _what(row), "month": last["month"], "next_month": turn.month}
            status = turn.label(row["status"]) if row["status"] else UNMARKED
            details |= {"status": status, "count": ordinal(count)}
            proposals.append(
                Proposal("paused" if last["absent"] else "carried", "R7", row["target_ref"], fields, details, typed)
            )
    return proposals, events


def _what(row: Values) -> str:
    return str(row["what"] or row["measure_id"])


def answers(turn: Turn, kept: Sequence[Proposal], among: Sequence[str]) -> tuple[list[Proposal], list[Event]]:
    """A measure for each gap of a target ``among`` those that go on, unless one of ``kept`` answers its cause (R3)."""
    last = turn.last
    if last is None or last["absent"]:
        return [], []
    proposals: list[Proposal] = []
    events: list[Event] = []
    for ref in [ref for ref in turn.behind("gap") if ref in among]:
        details = {"target": turn.name(ref), "month": last["month"], "next_month": turn.month}
        cause = _cause(last, ref)
        if cause is None:
            events.append(Event("ask_cause", "R3", turn.path(last, "differences"), details))
        elif any(_answers(one, ref, cause) for one in kept):
            continue
        fields = {"why": cause, "origin": "variance"}
        kind = "variance" if cause else "variance_open"
        proposals.append(Proposal(kind, "R3", ref, fields, details | {"why": cause}))
    return proposals, events


def _cause(month: Values, target: str) -> str | None:
    """The root cause of a difference, else the first."""
    causes = [row for row in month["differences"] if row["target_ref"] == target and row["cause"]]
    causes.sort(key=lambda row: not row["is_root"])
    return str(causes[0]["cause"]) if causes else None


def _answers(one: Proposal, target: str, cause: str) -> bool:
    return one.target == target and spelling(str(one.typed["why"])) == spelling(cause)


def first_one(turn: Turn, among: Sequence[str]) -> list[Proposal]:
    """A measure to fill in where the month would have none: for what was nearly met, else for the first target."""
    ref = next((one for one in turn.behind("near") if one in among), next(iter(among), None))
    details = {"target": turn.name(ref), "next_month": turn.month}
    return [Proposal("no_measure", "R3", ref, {"origin": "new"}, details)] if ref else []


def kept_up(turn: Turn, kept: Sequence[Proposal], among: Sequence[str]) -> list[Proposal]:
    """What went well with a target that was met, and is ``among`` those that go on, is proposed again (R8)."""
    last = turn.last
    if last is None or last["absent"]:
        return []
    goes_on = {spelling(str(one.details["what"])) for one in kept}
    proposals = []
    for row in last["indicators"]:
        if row["target_ref"] not in among:
            continue
        if _went_well(row) and spelling(row["keep"]) not in goes_on:
            ref = row["target_ref"]
            fields = {
                "what": row["keep"],
                "when_due": min(turn.last_day, turn.case["end"]),
                "origin": "keep",
                "from_ref": ref,
            }
            proposals.append(Proposal("keep", "R8", ref, fields, {"what": row["keep"], "target": turn.name(ref)}))
    return proposals


def went_well(turn: Turn, among: Sequence[str]) -> list[Event]:
    """What went well with targets that are done, and so aren't ``among`` those that go on: told, that it isn't lost."""
    last = turn.last
    if last is None or last["absent"]:
        return []
    done = [row for row in last["indicators"] if row["target_ref"] not in among and _went_well(row)]
    return [
        Event(
            "went_well",
            "R8",
            turn.path(last, "indicators", row["index"], "keep"),
            {"target": turn.name(row["target_ref"]), "what": row["keep"]},
        )
        for row in done
    ]


def _went_well(row: Values) -> bool:
    return bool(row["status"] == "met" and row["keep"] and row["target_ref"])
