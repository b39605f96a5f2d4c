"""A case for the next cycle, prepared from one whose period is over (R13); to be approved, never begun by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docgen.checking import computed, schedule
from docgen.definitions.naming import CASE
from docgen.model.record import Record
from docgen.rollover.event import Event
from docgen.rollover.turn import Turn, Values

KEPT = (
    *("employee_no", "employee_name", "party", "department", "position", "supervisor_name", "supervisor_no"),
    *("department_head", "hr_contact", "language", "confidentiality", "former_employee_no", "hire_date"),
    *("job_requirement", "aligned_goal", "strengths"),
)
"""Fields of the case that hold for the next cycle too, where they were typed."""
OF_GAP = ("area", "standard", "expected_level", "reason_selected", "area_type", "benchmark_type", "direction")
"""What is taken over of a gap; actual, evidence and causes are looked at anew."""


def next_cycle(turn: Turn) -> tuple[Record | None, tuple[Event, ...]]:
    """The new case, unless all that was to be improved was reached, or the case had no plan to improve anything."""
    gaps = [gap for gap in turn.values["gaps"] if gap["decision"] == "include" and _is_open(turn, gap)]
    is_improved = all(_is_met(turn, row) for row in turn.targets.values())
    if not gaps and (turn.values["gaps"] or not turn.case["issue_date"] or is_improved):
        return None, ()
    cycle = (turn.case["cycle_number"] or 1) + 1
    open_ones = tuple(str(gap["area"] or gap["gap_id"]) for gap in gaps) or tuple(
        turn.name(row["target_id"]) for row in turn.targets.values() if not _is_met(turn, row)
    )
    data: dict[str, Any] = {turn.spelling.key("", CASE): _case(turn, cycle)}
    if gaps:
        data[turn.spelling.key("", "gaps")] = [_gap(turn, gap) for gap in gaps]
    record = Record(turn.record.source, data, {}, in_cells=turn.record.in_cells)
    return record, (Event("new_case", "R13", (), {"cycle": cycle, "gaps": open_ones}),)


def lacking(turn: Turn) -> tuple[Event, ...]:
    """What the last month of the period lacks, without which nobody knows what the period came to."""
    month = schedule.month_of(turn.case["end"])
    row = next((one for one in turn.months if one["month"] == month), None)
    if row is None:
        return (Event("end_unplanned", "R13", ("months",), {"month": month}),)
    lines = [] if row["absent"] else row["indicators"]
    targets = [one["target_ref"] for one in lines if one["actual"] is None and not one["data_missing_reason"]]
    names = tuple(turn.name(one) for one in targets if one)
    place = ("months", row["index"], "indicators")
    return (Event("end_open", "R13", place, {"month": month, "targets": names}),) if names else ()


def _case(turn: Turn, cycle: int) -> dict[str, Any]:
    typed = turn.spelling.get("", turn.record.data, CASE)
    case = typed if isinstance(typed, Mapping) else {}
    kept = {name: turn.spelling.get(CASE, case, name) for name in KEPT}
    return turn.spelling.row(CASE, kept | {"cycle_number": cycle, "previous_case_id": turn.checked.case.id})


def _gap(turn: Turn, gap: Values) -> dict[str, Any]:
    typed = turn.spelling.rows("gaps", turn.record.data)[gap["index"]]
    kept = {name: turn.spelling.get("gaps", typed, name) for name in OF_GAP}
    if gap["direction"] is not None:  # it was derived from the actual, which is not taken over
        kept["direction"] = kept["direction"] or gap["direction"]
    return turn.spelling.row("gaps", kept)


def _is_open(turn: Turn, gap: Values) -> bool:
    own = [row for row in turn.targets.values() if row["gap_ref"] == gap["gap_id"]]
    return not own or not all(_is_met(turn, row) for row in own)


def _is_met(turn: Turn, target: Values) -> bool:
    """Whether a target was reached over all months; one in words by the last status that was typed."""
    if computed.result(target, turn.months, True, turn.settings, turn.life)["status"] == "met":
        return True
    judged = [row for row in turn.rows_of(target["target_id"]) if row["status"] in ("met", "near", "gap")]
    return bool(judged) and judged[-1]["rate"] is None and judged[-1]["status"] == "met"
