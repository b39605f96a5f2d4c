"""A checked case is rolled over to its next month: everything that was typed stays, the new month is put before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from docgen.checking import schedule
from docgen.checking.checked import Checked
from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE
from docgen.model.case import Month
from docgen.model.problems import Problem
from docgen.model.record import Record, always_there
from docgen.rollover import blocking, indicators, measures, next_cycle, steps, talks
from docgen.rollover.event import Event
from docgen.rollover.indicators import Indicator
from docgen.rollover.proposals import Proposal, in_order, taken_up
from docgen.rollover.results import results
from docgen.rollover.rolled import Rolled
from docgen.rollover.rows import Vocabulary
from docgen.rollover.turn import Turn, is_day, turn_of
from docgen.rollover.weights import weights


class Roller:
    """Rolls cases over; how names may be spelled is worked out once and kept here."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.vocabulary = Vocabulary(definitions)

    def roll_over(self, checked: Checked, month: Month, settings: Mapping[str, Any]) -> Rolled:
        """The case of ``month``, or why there is none; ``checked`` is the record checked for ``blocking.CHECKED_FOR``.

        Nothing of the old record is changed, and nothing of it is missing in the new one.
        """
        turn = turn_of(checked, month, settings, self.definitions, self.vocabulary)
        if finished := _closed(turn) or _finished(turn):
            return finished
        if not blocking.is_begun(turn):
            return _not_begun(turn)
        if paused := _paused(turn):
            return paused
        if problem := blocking.past_end(turn):
            return _refused(turn, blocking.errors(turn)) or _past_end(turn, problem)
        reasons = blocking.taken_month(turn) or blocking.errors(turn) or blocking.without_period(turn)
        return _refused(turn, reasons) or self._rolled(turn)

    def _rolled(self, turn: Turn) -> Rolled:
        chosen, dropped = indicators.chosen(turn)
        shares, rescaled = weights(turn, chosen)
        carried, closed = measures.carried(turn)
        proposals, asked = _proposals(turn, chosen, carried)
        talk, talk_event = talks.talk(turn)
        record = _with_month(turn, _month(turn, chosen, shares, proposals))
        record = _with_talk(turn, record, talk)
        record, seeded = steps.seeded(record, self.definitions, self.vocabulary)
        events = [
            *results(turn),
            *dropped,
            *indicators.told(turn, chosen),
            *rescaled,
            *closed,
            *asked,
            *measures.went_well(turn, [one.target for one in chosen]),
            *(one.event(("months", 0, "measures", index)) for index, one in enumerate(proposals)),
            *([talk_event] if talk_event else []),
            *seeded,
        ]
        return Rolled("rolled", record, tuple(events))


def _proposals(
    turn: Turn, chosen: Sequence[Indicator], carried: Sequence[Proposal]
) -> tuple[list[Proposal], list[Event]]:
    """All measures of the new month in their order, and what is asked of the month that ended."""
    targets, taken = [one.target for one in chosen], taken_up(turn)
    answers, asked = measures.answers(turn, carried, targets)
    due = steps.due(turn, taken, targets)
    found = [
        *carried,
        *answers,
        *steps.remedies(turn, taken, due, targets),
        *due,
        *talks.agreed(turn, taken, targets),
        *measures.kept_up(turn, carried, targets),
    ]
    return in_order(found or measures.first_one(turn, targets), turn.gap_targets()), asked


def _month(
    turn: Turn, chosen: Sequence[Indicator], shares: Sequence[Any], proposals: Sequence[Proposal]
) -> dict[str, Any]:
    """The row of the new month; what docgen can derive of it stays blank."""
    rows = [
        turn.spelling.row("indicators", {"target_ref": turn.reference(one.target), "weight": share})
        for one, share in zip(chosen, shares, strict=True)
    ]
    plans = [one.row(turn) for one in proposals]
    return turn.spelling.row("months", {"month": turn.month, "indicators": rows, "measures": plans})


def _with_month(turn: Turn, month: Mapping[str, Any]) -> Record:
    """The record with the new month before the others, since a supervisor looks for it on top."""
    old = turn.spelling.rows("months", turn.record.data)
    if old and turn.values["months"][0]["month"] and not _typed(turn, old[0]):
        old[0] = turn.spelling.row("months", {"month": turn.values["months"][0]["month"]}, old[0] or {})
    data = turn.spelling.put(turn.record.data, "months", [dict(month), *old])
    return _changed(turn.record, data)


def _typed(turn: Turn, row: Any) -> bool:
    """Whether the month was typed; docgen derives that of the first row only, which it is no longer."""
    return isinstance(row, Mapping) and bool(turn.spelling.get("months", row, "month"))


def _with_talk(turn: Turn, record: Record, talk: Mapping[str, Any] | None) -> Record:
    if talk is None:
        return record
    rows = turn.spelling.rows("interviews", record.data)
    return replace(record, data=turn.spelling.put(record.data, "interviews", [*rows, dict(talk)]))


def _changed(record: Record, data: Mapping[str, Any]) -> Record:
    """``record`` with other data; its places are those of the old file, and would be wrong for what has moved."""
    return replace(record, data=data, positions={}, keys={}, problems=(), lacks_column=always_there)


def _refused(turn: Turn, problems: Sequence[Problem]) -> Rolled | None:
    return Rolled("refused", turn.record, (), tuple(problems)) if problems else None


def _closed(turn: Turn) -> Rolled | None:
    """The case as it is, where the office has closed it."""
    details = {"day": turn.life.closed_on, "why": turn.life.closed}
    return Rolled("closed", turn.record, (Event("case_closed", "", (), details),)) if turn.life.is_closed else None


def _paused(turn: Turn) -> Rolled | None:
    """The case as it is, where it rests all month."""
    pause = schedule.pause_of(turn.life, turn.month)
    if pause is None:
        return None
    details = {"start": pause.start, "why": pause.why} | ({"until": pause.until} if pause.until else {})
    kind = "case_paused" if pause.until else "case_paused_on"
    return Rolled("paused", turn.record, (Event(kind, "", (), details),))


def _not_begun(turn: Turn) -> Rolled:
    start = turn.case["period_start"]
    later = is_day(start) and is_day(turn.case["period_end"])
    told = Event("starts_later" if later else "no_dates", "", (CASE, "period_start"), {"start": start} if later else {})
    return Rolled("not_begun", turn.record, (told,))


def _past_end(turn: Turn, problem: Problem) -> Rolled:
    talk, event = talks.final_talk(turn)
    record = _with_talk(turn, _changed(turn.record, turn.record.data), talk)
    new_case, told = next_cycle.next_cycle(turn)
    if new_case and (lacking := next_cycle.lacking(turn)):
        new_case, told = None, lacking
    over = Event("past_end", "R13", (CASE, "period_end"), {"end": turn.case["end"]})
    return Rolled("past_end", record, (over, *([event] if event else []), *told), (problem,), new_case)


def _finished(turn: Turn) -> Rolled | None:
    """The case as it is, where nothing is left to plan."""
    left = turn.case["employment_end"]
    if isinstance(left, date) and left < turn.first_day:
        details = {"employee": turn.case["employee_name"] or turn.checked.case.id, "day": left}
        return Rolled("finished", turn.record, (Event("left", "R13", (CASE, "employment_end"), details),))
    final = talks.result(turn)
    if final is None:
        return None
    result = {"result": turn.label(final["final_result"])}
    told = Event("finished", "R13", ("interviews", final["index"], "final_result"), result)
    open_still = final["final_result"] != "met"
    new_case, more = next_cycle.next_cycle(turn) if open_still else (None, ())
    return Rolled("finished", turn.record, (told, *more), (), new_case)
