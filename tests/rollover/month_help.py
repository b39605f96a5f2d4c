"""A small case with its March filled in, rolled over to April."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from docgen.checking.checked import Checked
from docgen.checking.validate import Checker
from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions
from docgen.marked_yaml import load_marked
from docgen.model.case import Month
from docgen.model.problems import Severity
from docgen.model.record import Record
from docgen.rollover.blocking import CHECKED_FOR, FORM
from docgen.rollover.event import Event
from docgen.rollover.rolled import Rolled
from docgen.rollover.rolling import Roller
from docgen.sources.settings import read_settings
from tests.checking.complete_case import Changes, changed

MARCH = Path(__file__).with_name("march.yaml")
TO_TYPE = frozenset(("E101", "E107", "E117"))


@cache
def definitions() -> Definitions:
    return load_definitions()


@cache
def checker() -> Checker:
    return Checker(definitions())


@cache
def roller() -> Roller:
    return Roller(definitions())


@cache
def defaults() -> Mapping[str, Any]:
    settings, problems = read_settings(None, definitions())
    assert not problems
    return {**settings, "default_language": "en", "use_weights": True}


@cache
def march() -> Any:
    return load_marked(MARCH.read_bytes(), "march.yaml").data


def record(changes: Changes | None = None) -> Record:
    return Record("march.yaml", changed(march(), changes or {}), {})


def checked(of: Record, month: str = "2026-04", office: Mapping[str, Any] | None = None) -> Checked:
    year, number = map(int, month.split("-"))
    return checker().validate(of, {**defaults(), **(office or {})}, CHECKED_FOR, date(year, number, 1))


def rolled(of: Record, month: str = "2026-04", office: Mapping[str, Any] | None = None) -> Rolled:
    year, number = map(int, month.split("-"))
    settings = {**defaults(), **(office or {})}
    return roller().roll_over(checked(of, month, office), Month(year, number), settings)


def roll(changes: Changes | None = None, month: str = "2026-04", **office: Any) -> Rolled:
    """The March of ``march.yaml`` after ``changes``, rolled over."""
    return rolled(record(changes), month, office)


def april(changes: Changes | None = None, **office: Any) -> dict[str, Any]:
    """The row of the new month."""
    done = roll(changes, **office)
    assert done.state == "rolled", [problem.message.en for problem in done.problems]
    return new_month(done)


def new_month(done: Rolled) -> dict[str, Any]:
    found = done.record.data["months"][0]
    assert isinstance(found, dict)
    return found


def events(done: Rolled, *kinds: str) -> list[Event]:
    return [event for event in done.events if event.kind in kinds]


def told(done: Rolled, *kinds: str) -> list[str]:
    return [event.told("en") for event in events(done, *kinds)]


def errors(of: Record, month: str = "2026-04", office: Mapping[str, Any] | None = None) -> set[str]:
    """The codes of the errors that a check of ``of`` finds for its plan of the month."""
    found = [one for one in checked(of, month, office).problems if one.severity is Severity.ERROR]
    return {one.code for one in found if FORM in one.forms}
