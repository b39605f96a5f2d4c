"""What the month that ended came to, and what it still lacks (R1, R2, R14)."""

from __future__ import annotations

from typing import Any

from docgen.checking import schedule
from docgen.layout.formatting import number_text
from docgen.model.case import Code, Quantity
from docgen.model.problems import Words
from docgen.rollover.event import Event
from docgen.rollover.turn import Turn, Values

NONE = Words("none", "无")
TOGETHER = {"sum": "result_sum", "average": "result_average"}
"""What is told of indicators whose months count together."""


def results(turn: Turn) -> list[Event]:
    """One event for each indicator of the last month; of a month of absence only that it was one."""
    last = turn.last
    if last is None:
        return []
    events = _gaps_between(turn, last)
    if last["absent"]:
        details = {"month": last["month"], "next_month": turn.month, "reason": turn.label(last["absent"])}
        return [*events, Event("absent", "R14", turn.path(last, "absent"), details)]
    return [*events, *(_result(turn, last, row) for row in last["indicators"] if row["target_ref"])]


def _gaps_between(turn: Turn, last: Values) -> list[Event]:
    """The months that have no plan between the last one and the new one; in a pause there is none."""
    between = schedule.month_range(schedule.following(last["month"]), turn.month)[:-1]
    missing = tuple(month for month in between if not schedule.pause_of(turn.life, month))
    if not missing:
        return []
    details = {"months": missing, "month": last["month"], "next_month": turn.month}
    return [Event("missing_months", "R1", ("months", 0, "month"), details)]


def _result(turn: Turn, month: Values, row: Values) -> Event:
    path = turn.path(month, "indicators", row["index"])
    named: dict[str, Any] = {"target": turn.name(row["target_ref"]), "month": month["month"]}
    if row["actual"] is None:
        if row["data_missing_reason"]:
            return Event("no_data", "R1", path, named | {"reason": row["data_missing_reason"]})
        return Event("ask_actual", "R1", (*path, "actual"), named)
    named["actual"] = _in_unit(row, row["actual"])
    if not row["status"]:
        return Event("ask_status", "R2", (*path, "status"), named)
    named |= {"status": turn.label(row["status"]), "code": str(row["status"])}
    if row["rate"] is None or row["difference"] is None:
        return Event("result_in_words", "R2", path, named)
    figures = {
        "month_target": _in_unit(row, row["month_target"]),
        "difference": _difference(row),
        "rate": row["rate"],
        "cumulative": _in_unit(row, row["cumulative_actual"]),
    }
    return Event(TOGETHER.get(row["accumulation"], "result"), "R2", path, named | figures)


def _difference(row: Values) -> Any:
    """The difference of two percentages is one of points."""
    figure = _in_unit(row, row["difference"])
    if figure.unit != "%":
        return figure
    return Words(f"{number_text(figure.number, 'en')} percentage points", f"{number_text(figure.number, 'zh')}个百分点")


def _in_unit(row: Values, value: Any) -> Any:
    """A figure with the unit of its target, unless it has its own; text stays text."""
    if value is None:
        return NONE
    if isinstance(value, (str, Code)):
        return str(value)
    figure = value if isinstance(value, Quantity) else Quantity(value)
    return figure if figure.unit else Quantity(figure.number, str(row["unit"] or ""))
