"""Values of the wrong kind, wherever they stand, are problems with places; the checker raises nothing."""

from __future__ import annotations

import copy
import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from docgen.company import find_settings
from docgen.definitions.load import load_definitions
from docgen.generate import render
from docgen.layout.context import Mode, Stamp
from docgen.model.case import Month, Quantity
from docgen.model.problems import Severity
from docgen.model.record import Record
from docgen.office.report import as_json
from docgen.paper import blocking, papers
from docgen.sources.cases import read_cases
from tests.campaign.office import SAMPLES, SOUND, TODAY, check_records, definitions, kit, office_settings

DEFINITIONS = load_definitions()

DataPath = tuple[str | int, ...]

VALUES: tuple[Any, ...] = (
    *(None, "", " ", "x", "0", "-1", "yes", "no", "[]", "null", "９９", "一百", "%", "100%", "1e9", "∞", "NaN"),
    *("9" * 30, "9" * 5000, "0." + "0" * 15, "-" + "9" * 25, "1,23", "3.5.2", "350000 元", "35万元", "9999999999 天"),
    *("2026-02-30", "0000-00-00", "9999-12-31", "1900-01-01", "2199-12-31", "3/5/2026", "46086", "二〇二六年三月五日"),
    *("2026-13", "2199-12", "1900-01", "25:61", "T1", "T99", "G1", "g1", "other", "higher", "none", "both"),
    *("\u202e", "a\nb", "\x07", "\ud800", "𰻝", "{{ 1 }}", "<b>"),
    *([], [[]], [None], ["x"], ["x"] * 300, {}, {"x": "y"}, {"case": {}}, [{"month": "2026-01"}] * 3, [[[["x"]]]]),
    *(True, False, 0, -1, 10**30, 10**400, 1.5, float("nan"), float("inf"), -0.0, Decimal("NaN"), Decimal("1E+30")),
    *(date(1, 1, 1), date(9999, 12, 31), date(2026, 1, 5), datetime(2026, 1, 5, 8, 30), time(8, 30), Month(2026, 1)),
    *(Quantity(Decimal(5), "元"), b"bytes", ("a", "b"), {1: 2}, {None: "x"}, object()),
)  # fmt: skip


def paths(data: Any, path: DataPath = ()) -> Iterator[DataPath]:
    """The way to every value of a record, sheets and rows among them."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield (*path, key)
        yield from paths(value, (*path, key))


def at(data: Any, path: DataPath) -> Any:
    for step in path:
        data = data[step]
    return data


def replace_value(data: Any, ways: list[DataPath], seeded: random.Random) -> None:
    *around, last = seeded.choice(ways)
    at(data, tuple(around))[last] = copy.deepcopy(seeded.choice(VALUES))


def copy_value(data: Any, ways: list[DataPath], seeded: random.Random) -> None:
    """What belongs to one field stands in another."""
    *around, last = seeded.choice(ways)
    at(data, tuple(around))[last] = copy.deepcopy(at(data, seeded.choice(ways)))


def move_key(data: Any, ways: list[DataPath], seeded: random.Random) -> None:
    """A field gets another field's name, or one that nobody knows."""
    *around, last = seeded.choice(ways)
    holder = at(data, tuple(around))
    if isinstance(holder, dict):
        name = seeded.choice(("x", "", "名称", 5, None, *[way[-1] for way in ways]))
        holder[name] = holder.pop(last)


def repeat_row(data: Any, ways: list[DataPath], seeded: random.Random) -> None:
    lists = [way for way in ways if isinstance(at(data, way), list)]
    if lists:
        rows = at(data, seeded.choice(lists))
        rows[:] = rows * seeded.choice((0, 2, 3, 60))


def drop_value(data: Any, ways: list[DataPath], seeded: random.Random) -> None:
    *around, last = seeded.choice(ways)
    del at(data, tuple(around))[last]


CONFUSIONS: dict[Callable[[Any, list[DataPath], random.Random], None], int] = {
    replace_value: 10,
    copy_value: 4,
    move_key: 3,
    repeat_row: 1,
    drop_value: 2,
}


@cache
def records() -> tuple[tuple[str, Record], ...]:
    return tuple((name, record) for name in SOUND for record in read_cases([SAMPLES / name], DEFINITIONS).records)


def confused(seeded: random.Random) -> tuple[str, Record]:
    name, record = seeded.choice(records())
    data = copy.deepcopy(dict(record.data))
    for _ in range(seeded.choice((1, 1, 2, 3, 8))):
        (confuse,) = seeded.choices(list(CONFUSIONS), list(CONFUSIONS.values()))
        ways = list(paths(data))
        if ways:
            confuse(data, ways, seeded)
    return name, Record(record.source, data, record.positions)


@pytest.mark.campaign("type confusion", full=3000, small=60)
def test_the_checker_takes_any_value_anywhere(rounds: range, figures: Counter[str]) -> None:
    for number in rounds:
        seeded = random.Random(f"confusion {number}")
        name, record = confused(seeded)
        others = [one for _, one in seeded.sample(records(), 2)] if number % 5 == 0 else []
        cases, problems = check_records([record, *others], office_settings(find_settings(SAMPLES / name)))
        as_json(problems, "zh")
        for problem in problems:
            known = {one.source for one in (record, *others)}
            assert problem.position.source in known, f"round {number}: {problem}"
            assert problem.position.line > 0 and problem.position.column > 0, f"round {number}: {problem}"
            assert problem.message.en and problem.message.zh and problem.fix.en and problem.fix.zh
        errors = any(problem.severity is Severity.ERROR for problem in cases[0].problems)
        figures["errors" if errors else "warnings" if cases[0].problems else "nothing to say"] += 1


@pytest.mark.campaign("documents of confused cases", full=200, small=4)
def test_what_the_checker_lets_pass_is_rendered_and_the_rest_drafted(rounds: range, figures: Counter[str]) -> None:
    for number in rounds:
        name, record = confused(random.Random(f"confusion {number}"))
        settings = find_settings(SAMPLES / name)
        (checked,), problems = check_records([record], office_settings(settings))
        for paper in papers(checked, definitions()):
            mode: Mode = "draft" if blocking(paper, problems) else "final"
            render(paper, kit(settings), Stamp("", 1, TODAY), mode)
            figures[mode] += 1
