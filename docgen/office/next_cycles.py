"""Cases of the next cycle are prepared once: in the first roll-over after the end, and where nobody has begun them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE, spelling
from docgen.model.case import Month
from docgen.model.record import Record
from docgen.office.rollover_files import NEW_CYCLE, Target, next_path
from docgen.office.rollover_run import Bundle, Turned
from docgen.sources.cases import case_files, read_cases

PREVIOUS = "previous_case_id"


def prepared_once(
    bundles: Sequence[Bundle], where: Target, month: Month, definitions: Definitions, password: str = ""
) -> list[Bundle]:
    """The bundles; where the next cycle of a case is there already, among the cases or beside the new files, or was
    prepared by an earlier roll-over, it is not prepared once more.

    The file that a bundle writes there itself doesn't count: to roll over again gives the same again. Of one that lies
    there by another name it is still told: what lies beside a new file must not change what stands in it.
    """
    begun = {spelling(str(case.values[PREVIOUS])) for one in bundles for case in one.cases if case.values[PREVIOUS]}
    paths = [next_path(bundle, where, month) for bundle in bundles]
    own = {(path.parent / NEW_CYCLE / path.name).resolve() for path in paths}
    there = [file for file in _prepared(where) if file.resolve() not in own]
    prepared: set[str] = set()
    if there and any(case.rolled.new_case for bundle in bundles for case in bundle.cases):
        reading = read_cases(there, definitions, password)
        prepared = {*_previous((*reading.records, *reading.waiting))}
    return [replace(bundle, cases=tuple(_once(case, begun, prepared) for case in bundle.cases)) for bundle in bundles]


def _prepared(where: Target) -> list[Path]:
    """The files with new cycles that earlier roll-overs left, or somebody who goes through them."""
    folder = (where.path if where.is_folder else where.path.parent) / NEW_CYCLE
    try:
        return case_files(folder) if folder.is_dir() else []
    except OSError:  # nothing can be written there either, which is told
        return []


def _once(case: Turned, begun: set[str], prepared: set[str]) -> Turned:
    number = spelling(case.checked.case.id)
    if number in begun or _was_over(case):
        return replace(case, rolled=case.rolled.without_new_case())
    return replace(case, rolled=case.rolled.without_new_case(told=True)) if number in prepared else case


def _was_over(case: Turned) -> bool:
    """Whether the final talk lay before the last roll-over, which prepared what follows it.

    One past its end without that talk is prepared whenever it is complete, and nothing tells since when it is.
    """
    before = case.checked.record.rolled
    talks = case.checked.case.values["interviews"]
    finals = [talk["date"] for talk in talks if talk["type"] == "final" and talk["final_result"]]
    days = [day for day in finals if isinstance(day, date)]
    return case.state == "finished" and before is not None and bool(days) and before.month > f"{max(days):%Y-%m}"


def _previous(records: Sequence[Record]) -> Iterator[str]:
    """The cases that these follow."""
    for record in records:
        case = record.data.get(CASE)
        if isinstance(case, Mapping) and case.get(PREVIOUS):
            yield spelling(str(case[PREVIOUS]))
