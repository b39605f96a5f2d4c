"""What keeps a case from being rolled over: errors that would be carried on, and a month that can't be the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docgen.checking import schedule
from docgen.definitions.naming import CASE
from docgen.model.case import Month
from docgen.model.problems import Path, Problem, Severity
from docgen.rollover.turn import Turn, is_day
from docgen.sources.telling import told

FORM = "monthly"
CHECKED_FOR = (FORM, "plan", "notes")
"""A case is checked for these before it is rolled over: what becomes of its talks and steps stands in the others."""
WRONG = frozenset(("E102", "E103"))
"""A wrong value would be taken for none, whatever form asks for it; what only other forms miss is left to them."""
ASKED_LATER = frozenset(("E107", "E117"))
"""What a month still lacks that is being filled in: it is asked for when the plan of the month is made."""
FILLED_LATER = frozenset(("measures", "differences", "actions"))
MISSING = "E101"


def errors(turn: Turn) -> Sequence[Problem]:
    """Those errors of the check that would be carried on."""
    return [one for one in turn.checked.problems if one.severity is Severity.ERROR and not _waits(one)]


def _waits(problem: Problem) -> bool:
    """Whether the month asks for it later, only another form does, or it doesn't lie in the case."""
    if problem.forms and FORM not in problem.forms and problem.code not in WRONG:
        return True
    if problem.code in ASKED_LATER or problem.path[:1] == ("settings",):
        return True
    is_first_month = problem.path == ("months",)
    return problem.code == MISSING and (is_first_month or not FILLED_LATER.isdisjoint(problem.path))


def taken_month(turn: Turn) -> Sequence[Problem]:
    """That the month, or a later one, is in the case already."""
    for row in turn.values["months"]:
        if row["month"] == turn.month:
            return [_told(turn, "month_there", ("months", row["index"], "month"), turn.month)]
    later = [row for row in turn.values["months"] if isinstance(row["month"], Month) and row["month"] > turn.month]
    if later:
        row = max(later, key=lambda one: one["month"])
        return [_told(turn, "later_there", ("months", row["index"], "month"), row["month"])]
    return []


def is_begun(turn: Turn) -> bool:
    """Whether the case runs in the month or ran before; one without months and dates is still being prepared."""
    start, end = turn.case["period_start"], turn.case["period_end"]
    if not is_day(start) or not is_day(end):
        return bool(turn.months)
    return schedule.month_of(start) <= turn.month


def without_period(turn: Turn) -> Sequence[Problem]:
    """That nobody knows when the period is."""
    start, end = turn.case["period_start"], turn.case["period_end"]
    if not is_day(start) or not is_day(end):
        name = "period_end" if is_day(start) else "period_start"
        return [_told(turn, "no_period", (CASE, name), turn.case[name])]
    return []


def past_end(turn: Turn) -> Problem | None:
    """That the month lies after the period."""
    end = turn.case["end"]
    if is_day(end) and turn.month > schedule.month_of(end):
        return _told(turn, "past_end", (CASE, "period_end"), end)
    return None


def _told(turn: Turn, kind: str, path: Path, value: object) -> Problem:
    place = turn.spelling.place(turn.record.data, path)
    position = turn.record.position(place)
    shown = "" if value is None else value
    problem = told(turn.definitions, kind, position, path, shown, month=turn.month)
    return replace(problem, case_id=turn.checked.case.id)
