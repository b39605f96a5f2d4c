"""Which steps of the plan and which actions of talks the measures of the months have taken up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from docgen.checking import schedule
from docgen.definitions.naming import spelling
from docgen.model.case import Month

CLOSED = frozenset(("done", "dropped"))

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Origin:
    """A step or an agreed action. ``ref``: S1 or N2-1; ``since``: when it was agreed, or begins."""

    ref: str
    text: str
    day: date | None
    since: date | None
    is_step: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of a month. ``is_open``: it stands in the latest month and isn't done, so it goes on."""

    month: Month
    text: str
    day: date
    is_open: bool
    own: Origin | None

    def means(self, origin: Origin) -> bool:
        """Whether it may be that of ``origin``, as it says the same; what was done before doesn't count."""
        own = self.own
        if origin is own or (own and own.is_step and origin.is_step):
            return False
        if self.is_open:
            return True
        if own and (origin.day is None or schedule.month_of(origin.day) > self.month):
            return False
        return origin.since is None or schedule.month_of(origin.since) <= self.month


def origins_taken(values: Values) -> frozenset[str]:
    """The references of the steps and actions that a measure has taken up: it names them, or says the same.

    Of several that say the same it takes up the one whose day is nearest to its own.
    """
    origins = [*_steps(values), *_actions(values)]
    found: set[str] = set()
    for one in _measures(values, {origin.ref: origin for origin in origins}):
        if one.own:
            found.add(one.own.ref)
        same = [origin for origin in origins if one.text and origin.text == one.text and one.means(origin)]
        apart = [abs((origin.day - one.day).days) if origin.day else 0 for origin in same]
        nearest = min((days for origin, days in zip(same, apart, strict=True) if origin.day), default=0)
        found.update(origin.ref for origin, days in zip(same, apart, strict=True) if days <= nearest)
    return frozenset(found)


def _steps(values: Values) -> Iterator[Origin]:
    for row in values["steps"] or ():
        yield Origin(_said(row["step_id"]), _said(row["action"]), _day(row["due_date"]), _day(row["start_date"]), True)


def _actions(values: Values) -> Iterator[Origin]:
    for talk in values["interviews"] or ():
        for position, row in enumerate(talk["actions"] or (), 1):
            ref = _said(f"N{talk['interview_no']}-{position}")
            yield Origin(ref, _said(row["what"]), _day(row["due"]), _day(talk["date"]), False)


def _measures(values: Values, origins: Mapping[str, Origin]) -> Iterator[Measure]:
    months = [row for row in values["months"] or () if isinstance(row["month"], Month)]
    latest = max((row["month"] for row in months), default=None)
    sources = {
        _said(f"{month['month']}-{row['measure_id']}"): _said(row["from_ref"])
        for month in months
        for row in month["measures"] or ()
    }
    for month in months:
        for row in month["measures"] or ():
            yield Measure(
                month=month["month"],
                text=_said(row["what"]),
                day=_day(row["when_due"]) or schedule.last_day(month["month"]),
                is_open=month["month"] == latest and row["status"] not in CLOSED,
                own=origins.get(_first(_said(row["from_ref"]), sources)),
            )


def _first(ref: str, sources: Mapping[str, str]) -> str:
    """What a measure came from at first, however often it was carried."""
    for _ in range(len(sources)):
        if ref not in sources:
            break
        ref = sources[ref]
    return ref


def _said(value: object) -> str:
    return spelling(value) if isinstance(value, str) else ""


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
