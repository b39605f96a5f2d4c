"""Whole cases rolled over: nothing typed is lost, the past stays, and every kind of case rolls."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docgen.checking import schedule
from docgen.checking.checked import Checked
from docgen.company import find_settings
from docgen.model.case import Month
from docgen.model.problems import Severity
from docgen.model.record import Record
from docgen.rollover.rolled import Rolled
from docgen.sources.cases import read_cases
from docgen.sources.settings import read_settings
from tests.rollover.cells_to_type import cells_to_type
from tests.rollover.month_help import (
    TO_TYPE,
    checked,
    checker,
    definitions,
    errors,
    new_month,
    record,
    roll,
    rolled,
    roller,
)
from tests.workbook.new_help import SAMPLES, again, filled, written

TEAM = SAMPLES / "team.yaml"
FILES = ("team.yaml", "wang.yaml", "short.yaml", "late-report.yaml", "en", "uk")


@cache
def office() -> Mapping[str, Any]:
    settings, problems = read_settings(find_settings(TEAM), definitions())
    assert not problems
    return settings


def in_office(of: Record, month: Month) -> tuple[Checked, Rolled]:
    year_start = checked(of, str(month), office())
    return year_start, roller().roll_over(year_start, month, office())


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value that was typed, with its place."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, (list, tuple)):
        for index, value in enumerate(data):
            yield from leaves(value, (*path, index))
    elif data is not None and data != "":
        yield path, data


def assert_nothing_lost(old: Record, done: Rolled) -> None:
    """Each value of the old record stands in the new one, months one row further down."""
    new = dict(leaves(done.record.data))
    shift = 1 if done.state == "rolled" else 0
    months = months_key(old)
    for path, value in leaves(old.data):
        place = (path[0], path[1] + shift, *path[2:]) if path[0] == months and len(path) > 1 else path
        assert new[place] == value, (path, value)


def months_key(old: Record) -> str:
    names = roller().vocabulary.names[""]
    return next((key for key in old.data if names.find(str(key)) == "months"), "months")


def test_r12_the_new_record_is_complete_and_the_old_one_untouched() -> None:
    old = record()
    before = copy.deepcopy(old.data)
    done = rolled(old)
    assert old.data == before
    assert done.record.data["months"][1:] == before["months"]
    assert_nothing_lost(old, done)


def test_r12_the_same_input_gives_the_same_output() -> None:
    once, twice = roll(), roll()
    assert once.record.data == twice.record.data and once.events == twice.events


def test_the_places_of_the_old_file_are_not_claimed_for_the_new_record() -> None:
    (old,) = read_cases([Path(__file__).with_name("march.yaml")], definitions()).records
    done = rolled(old)
    assert done.record.position(("months", 1, "month")).line == 0
    assert done.record.source == old.source and old.position(("months", 0, "month")).line > 0


def test_what_is_left_to_type_is_all_that_the_check_of_the_new_month_finds() -> None:
    assert errors(roll().record) <= TO_TYPE


def test_a_month_after_roll_over_asks_for_few_cells() -> None:
    done = roll()
    cells = cells_to_type(checked(done.record), Month(2026, 4))
    assert ("months", 0, "measures", 0, "when_due") in cells
    assert len(cells) <= 25


def filled_in(of: Record, month: Month) -> Record:
    """The month as a supervisor fills it in, first its plan, and when it has ended its results."""
    data = copy.deepcopy(dict(of.data))
    row = data["months"][0]
    for measure in row.setdefault("measures", []) or [row["measures"].append({"origin": "new"}) or row["measures"][0]]:
        for name in ("what", "how", "check_standard"):
            measure.setdefault(name, f"Something to do: {name}")
        measure.setdefault("target_ref", "Sales")
        measure.setdefault("when_due", f"{month}-20")
        measure["status"] = "done" if measure["origin"] != "carried" else "partly"
    for indicator in row["indicators"]:
        indicator["actual"] = "9000" if indicator["target_ref"] == "Sales" else "95"
    row["differences"] = [{"target_ref": "Sales", "aspect": "man", "cause": f"A cause of {month}"}]
    return Record(of.source, data, {})


def test_a_case_goes_from_its_first_month_to_its_end() -> None:
    here, month = record({"months": []}), Month(2026, 1)
    while month <= Month(2026, 6):
        done = rolled(here, str(month))
        assert done.state == "rolled", (month, [one.message.en for one in done.problems])
        assert errors(done.record, str(month)) <= TO_TYPE
        assert len(cells_to_type(checked(done.record, str(month)), month)) <= 25
        assert_nothing_lost(here, done)
        here = filled_in(done.record, month)
        assert not errors(here, str(month)), (month, errors(here, str(month)))
        month = schedule.following(month)
    assert [row["month"] for row in here.data["months"]] == [f"2026-{number:02d}" for number in range(6, 0, -1)]
    done = rolled(here, "2026-07")
    assert done.state == "past_end" and done.new_case is not None
    assert [row["type"] for row in done.record.data["interviews"]].count("final") == 1


def test_a_month_that_docgen_had_derived_is_written_down_since_it_is_no_longer_the_first() -> None:
    old = record({"months.0.month": None, "case.period_start": "2026-03-02", "case.issue_date": "2026-03-02"})
    done = rolled(old)
    assert done.record.data["months"][1]["month"] == "2026-03"
    assert done.record.data["months"][1]["indicators"] == old.data["months"][0]["indicators"]
    assert_nothing_lost(old, done)


def test_months_typed_out_of_order_are_taken_in_their_order() -> None:
    february = {"month": "2026-02", "indicators": [{"target_ref": "Sales", "actual": "12000"}]}
    february["measures"] = [{"target_ref": "Sales", "what": "Old", "how": "x", "check_standard": "y"}]
    done = roll({"months.+": february})
    assert [row["month"] for row in done.record.data["months"]] == ["2026-04", "2026-03", "2026-02"]
    assert "Old" not in [row.get("what") for row in new_month(done)["measures"]]
    cumulative = next(event for event in done.events if event.kind == "result_sum")
    assert cumulative.details["cumulative"].number == 19000


def test_a_record_typed_with_chinese_labels_goes_on_in_them() -> None:
    sheets = definitions().sheets
    indicators, of = sheets["indicators"].label.zh, sheets["indicators"].fields
    row = {"月份": "2026-03", indicators: [{of["actual"].label.zh: "7000", of["target_ref"].label.zh: "Sales"}]}
    old = renamed(record(), row)
    done = rolled(old)
    assert done.state == "rolled"
    added = done.record.data[sheets["months"].label.zh][0]
    assert added["月份"] == "2026-04"
    assert added[indicators][0].keys() <= {field.label.zh for field in of.values()}
    assert_nothing_lost(old, done)
    assert errors(done.record) <= TO_TYPE


def renamed(of: Record, month: Mapping[str, Any]) -> Record:
    label = definitions().sheets["months"].label.zh
    data = {**{key: value for key, value in of.data.items() if key != "months"}, label: [month]}
    return Record(of.source, data, {})


def test_a_department_is_rolled_over_with_its_head_in_charge() -> None:
    (department,) = [one for one in read_cases([TEAM], definitions()).records if "party" in one.data["case"]]
    _, first = in_office(department, Month(2026, 4))
    assert first.state == "rolled" and all("who" not in row for row in new_month(first).get("measures", []))
    assert errors(first.record, "2026-04", office()) <= TO_TYPE


def test_people_without_an_improvement_plan_are_rolled_over_too() -> None:
    only_months: dict[str, Any] = {"gaps": [], "steps": [], "support": [], "interviews": [], "case.issue_date": None}
    done = roll(only_months)
    assert done.state == "rolled" and "interviews" in done.record.data and done.record.data["interviews"] == []


@pytest.mark.parametrize("layout", ["table", "card"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_workbook_gives_the_same_month_as_yaml(layout: Any, language: Any, tmp_path: Path) -> None:
    (from_yaml,) = read_cases([Path(__file__).with_name("march.yaml")], definitions()).records
    content, lost = written(Path(__file__).with_name("march.yaml").read_text("utf-8"), tmp_path, layout, language)
    assert not lost
    (from_cells,) = again(content, tmp_path)
    one, other = rolled(from_yaml), rolled(from_cells)
    assert one.state == other.state == "rolled"
    months = [checked(done.record).case.values["months"] for done in (one, other)]
    assert months[0] == months[1]
    assert [event.told("en") for event in one.events] == [event.told("en") for event in other.events]
    assert_nothing_lost(from_cells, other)


def test_the_team_in_a_workbook_rolls_over_as_it_does_from_yaml(tmp_path: Path) -> None:
    cells = again(filled("team.yaml", "table", "zh"), tmp_path)
    plain = read_cases([TEAM], definitions()).records
    for of, other in zip(plain, cells, strict=True):
        (_, one), (_, two) = in_office(of, Month(2026, 6)), in_office(other, Month(2026, 6))
        assert [event.told("zh") for event in one.events] == [event.told("zh") for event in two.events]
        assert_nothing_lost(other, two)


@cache
def samples() -> tuple[Record, ...]:
    found = [SAMPLES / name for name in FILES if (SAMPLES / name).exists()]
    return read_cases(found, definitions()).records


@pytest.mark.parametrize("month", ["2026-01", "2026-04", "2026-05", "2026-07", "2026-12", "2027-03"])
def test_every_sample_rolls_over_or_says_why_not(month: str) -> None:
    year, number = map(int, month.split("-"))
    states = set()
    for of in samples():
        before, done = in_office(of, Month(year, number))
        states.add(done.state)
        assert_nothing_lost(of, done)
        assert bool(done.problems) == (done.state in ("refused", "past_end"))
        assert done.state == "refused" or done.events
        for event in done.events:
            assert event.told("en") and event.told("zh") and "None" not in event.told("en")
        if done.state == "rolled":
            known = {one.code for one in before.problems if one.severity is Severity.ERROR}
            assert errors(done.record, month, office()) <= TO_TYPE | known
    assert states


MUTATIONS = ("drop", "blank", "text", "number", "twice", "list")


def mutated(data: Any, chance: random.Random) -> Any:
    """``data`` with one of its values dropped, blanked, doubled or replaced."""
    copied = copy.deepcopy(data)
    places = [path for path, _ in leaves(copied)]
    *way, last = chance.choice(
        [path for path in places if path[0] in ("months", "case", "targets", "interviews", "steps")]
    )
    held = copied
    for step in way:
        held = held[step]
    how = chance.choice(MUTATIONS)
    if how == "drop":
        del held[last]
    elif how == "twice" and isinstance(held, list):
        held.append(held[last])
    else:
        new: Any = {"blank": None, "text": "说明 words", "number": "12.5", "list": ["x"]}.get(how)
        held[last] = new
    return copied


def test_whatever_is_typed_nothing_raises_and_nothing_is_lost() -> None:
    chance = random.Random(4)
    rolled_over = 0
    for of in [record(), *(one for one in samples() if "months" in one.data)]:
        for _ in range(25):
            data = of.data
            for _ in range(chance.randint(1, 3)):
                data = mutated(data, chance)
            changed = Record("changed.yaml", data, {})
            _, done = in_office(changed, Month(2026, chance.randint(1, 12)))
            assert_nothing_lost(changed, done)
            assert all(event.told("en") and event.told("zh") for event in done.events)
            if done.state == "rolled":
                rolled_over += 1
                assert "Gap(" not in repr(done.record.data)
                again_rolled = roller().roll_over(
                    checker().validate(done.record, office(), ["monthly"], date(2026, 12, 1)), Month(2027, 1), office()
                )
                assert_nothing_lost(done.record, again_rolled)
    assert rolled_over > 20
