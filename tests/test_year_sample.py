"""The year of one person, as samples/year plays it: what was promised comes back, what was issued stays as it was."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner

from docgen.checking.checked import Checked
from docgen.checking.validate import Checker
from docgen.cli.app import app
from docgen.company import find_settings
from docgen.definitions.load import load_definitions
from docgen.generate import render
from docgen.kit import Kit
from docgen.layout.context import Stamp
from docgen.layout.sets import load_set
from docgen.paper import papers
from docgen.sources.cases import read_cases
from docgen.sources.settings import read_settings

SCRIPT = Path(__file__).resolve().parent.parent / "samples" / "year" / "play.py"
DEFINITIONS = load_definitions()
MOST_CELLS = 25
TODAY = date(2026, 12, 31)


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("play_year", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


PLAY = script()


def docgen(arguments: Sequence[str], today: date = TODAY) -> str:
    done = CliRunner().invoke(app, [*arguments, "--language", "zh", "--date", str(today)], catch_exceptions=False)
    assert done.exit_code in (0, 1), done.output
    return done.output


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    return list(PLAY.play(tmp_path_factory.mktemp("year"), docgen))


def told(year: Sequence[Any], month: str) -> str:
    return next(str(played.told) for played in year if played.month == month)


def checked(file: Path, forms: Sequence[str] | None = None) -> Checked:
    (record,) = read_cases([file], DEFINITIONS).records
    settings, _ = read_settings(find_settings(file), DEFINITIONS)
    return Checker(DEFINITIONS).validate(record, settings, forms, TODAY)


def said(file: Path, form: str, month: str = "") -> dict[str, str]:
    """The text of each document of a form (of one month), by its number."""
    settings, _ = read_settings(find_settings(file), DEFINITIONS)
    kit = Kit(DEFINITIONS, settings, load_set())
    made = [
        paper
        for paper in papers(checked(file), DEFINITIONS)
        if paper.form.name == form and paper.number.endswith(month)
    ]
    return {one.number: render(one, kit, Stamp(one.number, 1, TODAY), "final").text() for one in made}


def test_every_month_can_be_issued(year: list[Any]) -> None:
    blocked = {played.month: checked(played.ended).blocked for played in year}
    assert {month: forms for month, forms in blocked.items() if forms} == {}
    assert len(year) == 12


def test_a_month_asks_for_at_most_25_typed_cells(year: list[Any]) -> None:
    assert max(played.cells for played in year) <= MOST_CELLS


def test_the_plan_of_a_month_says_the_same_at_the_end_of_the_year(year: list[Any]) -> None:
    last = said(year[-1].ended, "monthly")
    assert len(last) == 12
    for played in year:
        (number,) = (number for number in last if number.endswith(played.month))
        if played.month not in ("2026-07", "2026-08", "2026-09"):  # June's late figure; the absence, known at the end
            assert said(played.planned, "monthly", played.month) == {number: last[number]}


def test_the_past_is_carried_along_unchanged(year: list[Any]) -> None:
    for before, after in pairwise(year):
        old, new = PLAY.load(before.ended), PLAY.load(after.planned)
        assert [PLAY.blanks_left_out(row) for row in new["months"][1:]] == [
            PLAY.blanks_left_out(row) for row in old["months"]
        ]
        assert new["targets"] == old["targets"]
        assert new["interviews"][: len(old["interviews"])] == old["interviews"]


def test_the_early_success_leaves_the_indicators_and_the_weights_are_shared_anew(year: list[Any]) -> None:
    assert "提前达成" in told(year, "2026-05")
    rows = PLAY.load(year[4].planned)["months"][0]["indicators"]
    assert [row["weight"] for row in rows] == ["62.5", "37.5"]


def test_a_month_of_absence_asks_for_no_cause_and_pauses_measures(year: list[Any]) -> None:
    assert "整月不在岗" in told(year, "2026-08")
    measure = PLAY.load(year[7].planned)["months"][0]["measures"][0]
    assert measure["carried_count"] == "0"


def test_a_missed_talk_is_due_until_another_one_is_held(year: list[Any]) -> None:
    assert "2026-10-30" in docgen(["due", str(year[9].ended)], date(2026, 11, 5))
    assert "2026-10-30" not in docgen(["due", str(year[10].ended)], date(2026, 12, 5))


def test_the_final_talk_has_a_result_for_each_target(year: list[Any]) -> None:
    final = checked(year[-1].ended).case.values["interviews"][-1]
    assert final["type"] == "final"
    found = {row["name"]: (row["status"], str(row["rate"])) for row in final["results"]}
    assert found == {
        "库存账实相符率": ("met", "100.10"),
        "循环盘点库位数": ("near", "91.25"),
        "仓储管理系统操作认证考试": ("met", "103.53"),
    }


def test_after_the_end_the_next_cycle_is_prepared_for_what_is_still_open(year: list[Any], tmp_path: Path) -> None:
    output = docgen(["rollover", str(year[-1].ended), "--month", "2027-01", "-o", str(tmp_path / "next.yaml")])
    assert "第2次改进计划" in output
    new = PLAY.load(tmp_path / "new-cycle" / "next.yaml")
    assert new["case"]["previous_case_id"] == "W2207-202601"
    assert [gap["area"] for gap in new["gaps"]] == ["库存账实相符率"]
    assert "evidence" not in new["gaps"][0]
