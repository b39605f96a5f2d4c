"""The indicators of the new month: which go on, which are done, what is still open of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from docgen.checking import computed, schedule
from docgen.checking.figures import fine
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
    """An indicator of the new month. ``typed``: what must be typed in its row, by field; else docgen derives it.

    ``kind``: of the event that tells of it (it joins, stays past its date, stays although reached); '' if it goes on.
    """

    target: str
    typed: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""


def chosen(turn: Turn) -> tuple[list[Indicator], list[Event]]:
    """The indicators of the new month, those of status gap first, and what became of the others (R6, R10)."""
    indicators: list[Indicator] = []
    reached: list[Indicator] = []
    events: list[Event] = []
    before = {row["target_ref"]: row["index"] for row in turn.last["indicators"]} if turn.last else {}
    for ref, target in turn.targets.items():
        runs = schedule.runs_in(target, turn.month)
        if not runs and ref not in before:
            continue
        fate = _fate(turn, target)
        if fate == "":
            indicators.append(Indicator(ref, kind="new_indicator" if turn.last and ref not in before else ""))
        elif fate == "unfinished":
            rest = _open(turn, target)
            kind = "unfinished_rest" if rest else "unfinished" if _is_judged(turn, ref) else "unfinished_unknown"
            indicators.append(Indicator(ref, rest, kind))
        elif runs:
            reached.append(Indicator(ref, kind="all_reached"))
        if fate in DROPPED and turn.last and ref in before:
            path = turn.path(turn.last, "indicators", before[ref])
            events.append(Event(fate, "R6", path, _named(turn, target)))
    if not indicators and reached:  # a month without any would be taken for one in which nothing was typed
        return reached, [event for event in events if event.kind != "done_early"]
    gaps = turn.gap_targets()
    indicators.sort(key=lambda one: one.target not in gaps)
    return indicators, events


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
    return is_past and computed.result(target, turn.months, False, turn.settings)["status"] == "met"


def _is_judged(turn: Turn, target: str) -> bool:
    rows = turn.rows_of(target)
    return bool(rows) and rows[-1]["actual"] is not None and rows[-1]["status"] is not None


def _so_far(turn: Turn, target: Values) -> Decimal | None:
    """All months together, as the last of them shows it."""
    figures = [row["cumulative_actual"] for row in turn.rows_of(target["target_id"])]
    known = [in_unit(figure, target["unit"]) for figure in figures if figure is not None]
    return known[-1] if known else None


def _rest(turn: Turn, target: Values) -> Decimal | None:
    """What is still open of a sum."""
    wanted = in_unit(target["target_value"], target["unit"])
    if wanted is None or target["accumulation"] != "sum" or target["direction"] != "higher":
        return None
    return fine(wanted - (_so_far(turn, target) or Decimal(0)), wanted)


def _open(turn: Turn, target: Values) -> Mapping[str, Any]:
    """What is typed for an indicator past its date: the rest is all that is left, nothing is carried in besides."""
    rest = _rest(turn, target)
    if rest is None:
        return {}
    carries = turn.settings.get("carry_policy") in computed.CARRYING
    return {"planned": rest, **({"carried_in": Decimal(0)} if carries else {})}


def _named(turn: Turn, target: Values) -> dict[str, Any]:
    return {"target": turn.name(target["target_id"]), "due": target["due_date"], "next_month": turn.month}


def told(turn: Turn, indicators: Sequence[Indicator]) -> list[Event]:
    """Which join in the new month or stay on past their date, and what is carried into their figures (R4, R6)."""
    events: list[Event] = []
    for index, one in enumerate(indicators):
        target = turn.targets[one.target]
        path: Path = ("months", 0, "indicators", index)
        named = _named(turn, target)
        if one.kind:
            rest = {"rest": _figure(one.typed["planned"], target)} if one.typed else {}
            events.append(Event(one.kind, "R6", path, named | rest))
        earlier = turn.rows_of(one.target)
        if turn.last is None or not earlier:
            continue
        row: dict[str, Any] = {**dict.fromkeys(FIGURES), **one.typed}
        computed.figures_of(row, turn.month, target, earlier, turn.settings)
        named |= {"month": next(month["month"] for month in reversed(turn.months) if _is_among(one.target, month))}
        wanted = in_unit(row["month_target"], target["unit"])
        if row["carried_in"] and wanted is not None:
            carried = {"carried": _figure(row["carried_in"], target), "month_target": _figure(wanted, target)}
            events.append(Event("carried_in", "R4", path, named | carried))
        if row["carried_excess"]:
            excess = {"excess": _figure(row["carried_excess"], target), "limit": turn.settings["stretch_limit_pct"]}
            events.append(Event("excess", "R4", path, named | excess))
    return events


def _is_among(target: str, month: Values) -> bool:
    return any(row["target_ref"] == target for row in month["indicators"])


def _figure(figure: Decimal, target: Values) -> Quantity:
    return Quantity(figure, str(target["unit"] or ""))
