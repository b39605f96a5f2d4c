"""The indicators of the new month: which go on, which are done, what is still open of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from docgen.checking import computed, month_plan, schedule
from docgen.model.case import Quantity
from docgen.model.problems import Path
from docgen.model.units import in_unit
from docgen.rollover.event import Event
from docgen.rollover.turn import Turn, Values, is_day

Fate = Literal["", "done", "done_early", "past", "unfinished"]
"""What becomes of an indicator: it goes on (''), is dropped, or is copied although its date is past."""

DROPPED = frozenset(("done", "done_early", "past"))
FIGURES = (
    *("actual", "planned", "carried_in", "month_target", "difference", "rate", "status"),
    *("cumulative_target", "cumulative_actual", "needed_per_month", "carried_excess"),
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of the new month; docgen derives its figures.

    ``kind``: of the event that tells of it (it joins, stays past its date, stays although reached); '' if it goes on.
    """

    target: str
    kind: str = ""


def chosen(turn: Turn) -> tuple[list[Indicator], list[Event]]:
    """The indicators of the new month, those of status gap first, and what became of the others (R6, R10)."""
    indicators: list[Indicator] = []
    reached: list[Indicator] = []
    events: list[Event] = []
    before = {row["target_ref"]: row["index"] for row in turn.last["indicators"]} if turn.last else {}
    for ref, target in turn.targets.items():
        runs = schedule.runs_in(target, turn.month)
        if not runs and ref not in before and not _came_due(turn, target):
            continue
        fate = _fate(turn, target)
        if fate == "":
            indicators.append(Indicator(ref, "new_indicator" if turn.last and ref not in before else ""))
        elif fate == "unfinished":
            indicators.append(Indicator(ref, _unfinished(turn, target)))
        elif runs:
            reached.append(Indicator(ref, "all_reached"))
        if fate in DROPPED and not (runs and ref not in before):
            path = turn.path(turn.last, "indicators", before[ref]) if turn.last and ref in before else ()
            events.append(Event(fate, "R6", path or ("targets", target["index"]), _named(turn, target)))
    if not indicators and reached:  # a month without any would be taken for one in which nothing was typed
        return reached, [event for event in events if event.kind != "done_early"]
    gaps = turn.gap_targets()
    indicators.sort(key=lambda one: one.target not in gaps)
    return indicators, events


def _came_due(turn: Turn, target: Values) -> bool:
    """Whether a target came due since the last month was planned; of what was taken out after that, nothing is told."""
    due, since = target["due_date"], turn.last["month"] if turn.last else schedule.month_of(turn.case["period_start"])
    return is_day(due) and since <= schedule.month_of(due) < turn.month


def _fate(turn: Turn, target: Values) -> Fate:
    """Long ones go on; short ones until they are reached; none may vanish unreached, unless nothing can be made up."""
    due = target["due_date"]
    is_past = is_day(due) and schedule.month_of(due) < turn.month
    if not is_past and target["term_class"] != "short":
        return ""
    if _is_reached(turn, target, is_past):
        return "done" if is_past else "done_early"
    if not is_past:
        return ""
    over = target["accumulation"] == "sum" and target["direction"] == "lower"
    return "past" if over and _so_far(turn, target) is not None else "unfinished"


def _is_reached(turn: Turn, target: Values, is_past: bool) -> bool:
    """Whether the target itself was reached, not only its part of a month.

    What may still change for the worse (an average, a limit) is not, before its date is past.
    """
    wanted = in_unit(target["target_value"], target["unit"])
    if wanted is None or target["direction"] not in ("higher", "lower", "on_date"):
        judged = [row["status"] for row in turn.rows_of(target["target_id"]) if row["status"] in ("met", "near", "gap")]
        return bool(judged) and judged[-1] == "met"
    if computed.can_be_early(target):
        so_far = _so_far(turn, target)
        return so_far is not None and so_far >= wanted
    return is_past and computed.result(target, turn.months, False, turn.settings, turn.life)["status"] == "met"


def _unfinished(turn: Turn, target: Values) -> str:
    """The kind of event that tells of a target that was not reached by its date."""
    rows = turn.rows_of(target["target_id"])
    if not any(row["actual"] is not None and row["status"] is not None for row in rows):
        return "unfinished_unknown"
    return "unfinished" if month_plan.still_open(target, rows) is None else "unfinished_rest"


def _so_far(turn: Turn, target: Values) -> Decimal | None:
    """All months together, as the last of them shows it."""
    figures = [row["cumulative_actual"] for row in turn.rows_of(target["target_id"])]
    known = [in_unit(figure, target["unit"]) for figure in figures if figure is not None]
    return known[-1] if known else None


def _named(turn: Turn, target: Values) -> dict[str, Any]:
    return {"target": turn.name(target["target_id"]), "due": target["due_date"], "next_month": turn.month}


def told(turn: Turn, indicators: Sequence[Indicator]) -> list[Event]:
    """Which join in the new month or stay on past their date, and what is carried into their figures (R4, R6)."""
    events: list[Event] = []
    for index, one in enumerate(indicators):
        target = turn.targets[one.target]
        path: Path = ("months", 0, "indicators", index)
        named = _named(turn, target)
        earlier = turn.rows_of(one.target)
        if one.kind:
            rest = month_plan.still_open(target, earlier) if one.kind == "unfinished_rest" else None
            events.append(Event(one.kind, "R6", path, named | ({"rest": _figure(rest, target)} if rest else {})))
        if turn.last is None or not earlier:
            continue
        row: dict[str, Any] = dict.fromkeys(FIGURES)
        computed.figures_of(row, turn.month, target, earlier, turn.settings)
        named |= {"month": earlier[-1]["month"]}
        wanted = in_unit(row["month_target"], target["unit"])
        if row["carried_in"] and wanted is not None:
            carried = {"carried": _figure(row["carried_in"], target), "month_target": _figure(wanted, target)}
            events.append(Event("carried_in", "R4", path, named | carried))
        if row["carried_excess"]:
            excess = {"excess": _figure(row["carried_excess"], target), "limit": turn.settings["stretch_limit_pct"]}
            events.append(Event("excess", "R4", path, named | excess))
    return events


def _figure(figure: Decimal, target: Values) -> Quantity:
    return Quantity(figure, str(target["unit"] or ""))
