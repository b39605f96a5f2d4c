"""March of the sample team gives exactly the April that stands beside it, as YAML and as workbooks of both layouts."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docgen.checking.validate import Checker
from docgen.definitions.load import load_definitions
from docgen.model.case import Month
from docgen.model.problems import Severity
from docgen.office.rollover_files import NextFile, filled, planned, target
from docgen.office.rollover_run import bundled, turn_over
from docgen.office.run import load_run
from docgen.sources.cases import read_cases

MONTHS = Path(__file__).resolve().parent.parent / "samples" / "month"
DEFINITIONS = load_definitions()
APRIL, TODAY = Month(2026, 4), date(2026, 4, 1)
NAMES = ("team-2026-{month}.yaml", "team-2026-{month}-table.xlsx", "team-2026-{month}-card.xlsx")
LEFT_TO_TYPE = {"E101", "E107"}


@cache
def rolled(name: str) -> tuple[NextFile, ...]:
    """The files that rolling over this March would write."""
    reading = read_cases([MONTHS / name.format(month="03")], DEFINITIONS)
    _, cases = turn_over(reading, APRIL, DEFINITIONS, TODAY)
    files = planned(bundled(reading, cases, False, DEFINITIONS), target(str(MONTHS / name.format(month="04"))), APRIL)
    return tuple(filled(file, APRIL, DEFINITIONS, "zh", {}) for file in files)


@cache
def values(path: Path) -> list[Any]:
    """What is read out of a file, value by value; of March's people in their order."""
    checker, reading = Checker(DEFINITIONS), read_cases([path], DEFINITIONS)
    assert not [one for one in reading.problems if one.severity is Severity.ERROR]
    return [checker.validate(one, {"use_weights": True}, ["monthly"], TODAY).case.values for one in reading.records]


@pytest.mark.parametrize("name", NAMES)
def test_march_gives_the_april_beside_it(name: str, tmp_path: Path) -> None:
    for file in rolled(name):
        made = tmp_path / f"{file.path.parent.name}-{file.path.name}"
        made.write_bytes(file.content)
        assert values(made) == values(file.path), "make samples, if it is wanted"


def test_april_is_the_same_text() -> None:
    for file in rolled(NAMES[0]):
        assert file.content.decode() == file.path.read_text("utf-8"), "make samples, if it is wanted"


@pytest.mark.parametrize("name", NAMES[1:])
def test_the_workbooks_say_what_the_yaml_says(name: str) -> None:
    for month in ("03", "04"):
        assert values(MONTHS / name.format(month=month)) == values(MONTHS / NAMES[0].format(month=month))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_march_gives_the_same_bytes(name: str) -> None:
    before = rolled(name)
    rolled.cache_clear()
    assert [one.content for one in rolled(name)] == [one.content for one in before]


@pytest.mark.parametrize("name", NAMES)
def test_all_that_was_typed_in_march_stands_in_april(name: str) -> None:
    march = read_cases([MONTHS / name.format(month="03")], DEFINITIONS).records
    april = {one.data["case"]["employee_no"]: one for one in rolled(name)[0].records}
    for record in march:
        after = april[record.data["case"]["employee_no"]].data
        old = {key: rows for key, rows in record.data.items() if key not in ("months", "interviews")}
        assert old == {key: after[key] for key in old}
        months = record.data.get("months", [])
        assert after.get("months", [])[-len(months) :] == months
        talks = record.data.get("interviews", [])
        assert after.get("interviews", [])[: len(talks)] == talks


def test_march_is_sound() -> None:
    """But for one thing that is wanted: two talks found results declining, and no interim talk followed yet."""
    run = load_run(read_cases([MONTHS / NAMES[0].format(month="03")], DEFINITIONS), DEFINITIONS, (), TODAY)
    assert {one.code for one in run.all_problems} == {"W244"}


def test_april_asks_for_what_is_left_to_type_and_nothing_else() -> None:
    run = load_run(read_cases([MONTHS / NAMES[0].format(month="04")], DEFINITIONS), DEFINITIONS, (), TODAY)
    errors = [one for one in run.all_problems if one.severity is Severity.ERROR]
    assert {one.code for one in errors} == LEFT_TO_TYPE
    assert {(one.path[0], one.path[1]) for one in errors} == {("months", 0)}
    assert max(Counter(one.case_id for one in errors).values()) <= 25


def test_every_kind_of_thing_happens_in_the_team() -> None:
    (bundle,) = {id(file.bundle): file.bundle for file in rolled(NAMES[0])}.values()
    assert Counter(case.state for case in bundle.cases) == {"rolled": 8, "finished": 1, "past_end": 1}
    assert {event.kind for case in bundle.cases for event in case.rolled.events} == {
        *(
            "result",
            "went_well",
            "no_measure",
            "result_sum",
            "result_average",
            "result_in_words",
            "no_data",
            "ask_actual",
            "absent",
            "unfinished",
            "done_early",
            "rescaled",
        ),
        *("carried", "paused", "closed", "variance", "keep", "step", "talk_action", "talk", "interim", "final_talk"),
        *("finished", "past_end", "new_case"),
    }
