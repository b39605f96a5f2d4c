"""The steps of the plan: made of chosen options, and taken up as measures when they fall due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from docgen.checking import schedule
from docgen.definitions.definition import Definitions
from docgen.definitions.fields import parse
from docgen.definitions.naming import spelling
from docgen.model.record import Record
from docgen.rollover.event import Event
from docgen.rollover.proposals import Proposal, Taken
from docgen.rollover.rows import Raw, Spelling, Vocabulary
from docgen.rollover.turn import Turn, Values


def seeded(
    record: Record, definitions: Definitions, vocabulary: Vocabulary | None = None
) -> tuple[Record, tuple[Event, ...]]:
    """``record`` with a step for each gap that has a chosen option and no step yet; nothing else is changed.

    The record needn't be checked: what can't be understood in it seeds nothing.
    """
    speller = Spelling(vocabulary or Vocabulary(definitions), record.data)
    gaps = [row if isinstance(row, Mapping) else {} for row in speller.rows("gaps", record.data)]
    steps = speller.rows("steps", record.data)
    planned = _planned_for(speller, gaps, [row for row in steps if isinstance(row, Mapping)])
    rows, events = list(steps), []
    for index, gap in enumerate(gaps):
        option = None if index in planned else _chosen(speller, gap, definitions)
        what = speller.get("options", option, "description") if option else None
        if not what or not isinstance(what, str):
            continue
        events.append(Event("seeded", "R15", ("steps", len(rows)), {"gap": _name(speller, gap, index), "what": what}))
        reference = _reference(speller, gaps, index) if len(gaps) > 1 else None
        rows.append(speller.row("steps", {"action": what, "gap_ref": reference}))
    if not events:
        return record, ()
    return replace(record, data=speller.put(record.data, "steps", rows)), tuple(events)


def _planned_for(speller: Spelling, gaps: Sequence[Raw], steps: Sequence[Raw]) -> set[int]:
    """The gaps that have a step already, by their index."""
    if len(gaps) == 1 and steps:
        return {0}
    named: dict[str, int] = {}
    for index, gap in enumerate(gaps):
        for one in (speller.get("gaps", gap, "gap_id"), f"G{index + 1}", speller.get("gaps", gap, "area")):
            if isinstance(one, str) and one:
                named.setdefault(spelling(one), index)
    found = (speller.get("steps", step, "gap_ref") for step in steps)
    return {named[spelling(ref)] for ref in found if isinstance(ref, str) and spelling(ref) in named}


def _chosen(speller: Spelling, gap: Raw, definitions: Definitions) -> Raw | None:
    """The option that was chosen for a gap that is to be closed."""
    decision = parse(definitions.sheets["gaps"].fields["decision"], speller.get("gaps", gap, "decision"))
    if decision not in (None, "include"):
        return None
    of = definitions.sheets["options"].fields["chosen"]
    options = [row for row in speller.rows("options", gap, "gaps") if isinstance(row, Mapping)]
    return next((row for row in options if parse(of, speller.get("options", row, "chosen")) is True), None)


def _name(speller: Spelling, gap: Raw, index: int) -> str:
    return str(speller.get("gaps", gap, "area") or f"G{index + 1}")


def _reference(speller: Spelling, gaps: Sequence[Raw], index: int) -> str:
    """How a step names its gap: by the id that was typed, else by its area, where no other gap has it."""
    typed = speller.get("gaps", gaps[index], "gap_id")
    if typed:
        return str(typed)
    areas = [spelling(str(speller.get("gaps", gap, "area") or "")) for gap in gaps]
    area = speller.get("gaps", gaps[index], "area")
    return str(area) if area and areas.count(areas[index]) == 1 else f"G{index + 1}"


def due(turn: Turn, taken: Taken, among: Sequence[str]) -> list[Proposal]:
    """The steps that fall due since the last plan and up to the end of the new month, as measures (R15).

    Those of gaps that are left out of the plan are none.
    """
    left_out = {row["gap_id"] for row in turn.values["gaps"] if row["decision"] not in (None, "include")}
    proposals = []
    for step in turn.values["steps"]:
        day, what = step["due_date"], step["action"]
        if not what or not _falls_due(turn, day) or step["gap_ref"] in left_out:
            continue
        if not taken.adds(step["step_id"], what, day):
            continue
        fields = {
            "what": what,
            "when_due": turn.due_now(day),
            "check_standard": step["evidence_of_done"] or step["expected_effect"],
            "who": person(turn, step["owner"]),
            "origin": "step",
            "from_ref": step["step_id"],
        }
        proposals.append(Proposal("step", "R15", turn.target_of(step["gap_ref"], among), fields, {"what": what}))
    return proposals


def _falls_due(turn: Turn, day: object) -> bool:
    return isinstance(day, date) and window_start(turn) <= day <= turn.last_day


def window_start(turn: Turn) -> date:
    """The first day that no plan has looked at: after the month of the last plan, or when the period began."""
    if turn.last is not None:
        following = schedule.following(turn.last["month"])
        return date(following.year, following.month, 1)
    start: date = turn.case["period_start"]
    return start


def person(turn: Turn, owner: Any) -> Any:
    """Who does it, where that is anybody else than docgen would put there."""
    is_department = turn.case["party"] == "department"
    return None if owner == turn.case["department_head" if is_department else "employee_name"] else owner


def remedies(turn: Turn, taken: Taken, steps: Sequence[Proposal], among: Sequence[str]) -> list[Proposal]:
    """In the first month of a case: the remedy of the root cause of each gap for which no step falls due (R15)."""
    if turn.last is not None:
        return []
    answered = {row["gap_ref"] for row in turn.values["steps"] if _falls_due(turn, row["due_date"])}
    proposals = []
    for gap in turn.values["gaps"]:
        cause = _root(gap)
        if gap["decision"] != "include" or gap["gap_id"] in answered or cause is None:
            continue
        what = cause["remedy"]
        if not what or not taken.adds(None, what):
            continue
        fields = {"what": what, "why": cause["description"], "origin": "variance"}
        details = {"what": what, "why": cause["description"], "gap": gap["area"] or gap["gap_id"]}
        proposals.append(Proposal("remedy", "R15", turn.target_of(gap["gap_id"], among), fields, details))
    return proposals


def _root(gap: Values) -> Values | None:
    roots = sorted(gap["causes"], key=lambda row: not row["is_root"])
    return roots[0] if roots else None
