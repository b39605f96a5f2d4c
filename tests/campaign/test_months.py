"""A team goes through months of random figures: as text and as workbook the same, nothing lost, the past as it was."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.checking.checked import Checked
from docgen.checking.schedule import following, last_day
from docgen.checking.validate import Checker
from docgen.definitions.load import load_definitions
from docgen.model.case import Gap, Month
from docgen.model.problems import Severity
from docgen.office.rollover_files import filled, planned, target
from docgen.office.rollover_run import Bundle, bundled, turn_over
from docgen.sources.cases import read_cases

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
MARCH = SAMPLES / "month" / "team-2026-03.yaml"
DEFINITIONS = load_definitions()
CHECKER = Checker(DEFINITIONS)
MONTHS, FEW_MONTHS = 4, 2
"""Of a round of a campaign, and of the one of every test run."""
POLICIES = ("none", "full", "spread")
LEFT_TO_TYPE = {"E101", "E107", "E117"}
SHARES = ("0.3", "0.7", "0.93", "1", "1.1", "1.6")
CAUSES = ("客户延期", "经验不足", "新人交接")


@pytest.mark.campaign("months of a team", full=18, small=1)
def test_months_of_random_figures(rounds: Sequence[int], figures: Counter[str], tmp_path: Path) -> None:
    for seed in rounds:
        folder = tmp_path / str(seed)
        folder.mkdir()
        months = MONTHS if len(rounds) > 1 else FEW_MONTHS
        go_through(folder, random.Random(seed), POLICIES[seed % len(POLICIES)], months, figures)
    assert figures["cases"] > 10


def go_through(folder: Path, chance: random.Random, policy: str, months: int, figures: Counter[str]) -> None:
    settings = (SAMPLES / "docgen.yaml").read_text("utf-8").replace("carry_policy: none", f"carry_policy: {policy}")
    (folder / "docgen.yaml").write_text(settings, "utf-8")
    (folder / "2026-03.yaml").write_text(MARCH.read_text("utf-8"), "utf-8")
    month = Month(2026, 3)
    for _ in range(months):
        source, month = folder / f"{month}.yaml", following(month)
        before, text, book = turned(source, month, folder)
        assert [plain(one.case.values) for one in text] == [plain(one.case.values) for one in book]
        for one in text:
            old, new = rows_by_month(before[one.case.id]), rows_by_month(one)
            assert {name: new[name] for name in old} == old, "a month that is over has changed"
            errors = {problem.code for problem in one.problems if problem.severity is Severity.ERROR}
            assert errors <= LEFT_TO_TYPE, one.case.id
            figures["months"] += len(new) - len(old)
        figures["cases"] += len(text)
        ended(folder / f"{month}.yaml", text, month, chance)


def turned(source: Path, month: Month, folder: Path) -> tuple[dict[str, Checked], list[Checked], list[Checked]]:
    """The cases before, and after the roll-over as they are read out of a text file and out of a workbook."""
    reading = read_cases([source], DEFINITIONS)
    _, cases = turn_over(reading, month, DEFINITIONS, date(month.year, month.month, 1))
    (bundle,) = bundled(reading, cases, False, DEFINITIONS)
    assert not [one for one in bundle.cases if one.state == "refused"]
    files = [written(bundle, folder / f"{month}{suffix}", month) for suffix in (".xlsx", ".yaml")]
    settings = bundle.cases[0].office.settings
    book, text = (
        [
            CHECKER.validate(one, settings, ["monthly"], last_day(month))
            for one in read_cases([file], DEFINITIONS).records
        ]
        for file in files
    )
    order = {one.case.id: at for at, one in enumerate(text)}
    return {one.checked.case.id: one.checked for one in cases}, text, sorted(book, key=lambda one: order[one.case.id])


def written(bundle: Bundle, path: Path, month: Month) -> Path:
    for file in planned([bundle], target(str(path)), month):
        if not file.new_cycle:
            path.write_bytes(filled(file, month, DEFINITIONS, "zh", {}).content)
    return path


def plain(value: Any) -> Any:
    """A value without the places of what is missing."""
    match value:
        case Gap():
            return "missing"
        case Mapping():
            return {name: plain(one) for name, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case _:
            return value


def rows_by_month(checked: Checked) -> dict[str, Any]:
    rows = checked.case.values["months"]
    return {str(row["month"]): {**plain(row), "index": 0} for row in rows}


def ended(file: Path, cases: Sequence[Checked], month: Month, chance: random.Random) -> None:
    """Type what a month's end brings, and what its plan still lacked, into the text file."""
    data = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
    for case, checked in zip(data, cases, strict=True):
        for row in case.get("months") or ():
            if row["month"] == str(month):
                (values,) = (one for one in checked.case.values["months"] if one["month"] == month)
                _type_month(row, values, month, chance)
        for talk in case.get("interviews") or ():
            if talk.get("date", "").startswith(str(month)) and chance.random() < 0.8:
                talk |= {"progress": chance.choice(("improved", "steady", "declined")), "achievements": "进展平稳"}
                talk |= {"practice_to_keep": "每日小结", "employee_causes": "时间不够"}
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


def _type_month(row: dict[str, Any], values: Mapping[str, Any], month: Month, chance: random.Random) -> None:
    for measure in row.get("measures") or ():
        blanks = {"what": f"补充措施{chance.randrange(99)}", "when_due": f"{month}-2{chance.randrange(9)}"}
        for name, typed in (blanks | {"how": "按计划执行", "check_standard": "记录齐全"}).items():
            measure[name] = measure.get(name) or typed
        if not measure.get("target_ref"):
            measure["target_ref"] = row["indicators"][0]["target_ref"]
        measure["status"] = chance.choice(("open", "done", "partly", "not_done", "dropped"))
    if chance.random() < 0.1:
        row["absent"] = "other"
        return
    row["differences"] = list(_figures(row["indicators"], values["indicators"], chance))


def _figures(
    typed: Sequence[dict[str, Any]], values: Sequence[Mapping[str, Any]], chance: random.Random
) -> Iterator[dict[str, str]]:
    """Type an actual for most indicators; yields causes."""
    for row, known in zip(typed, values, strict=True):
        wanted = getattr(known["month_target"], "number", None)
        if chance.random() < 0.1:
            row["data_missing_reason"] = "系统停机"
        elif wanted is not None:
            row["actual"] = f"{wanted * chance.choice([type(wanted)(share) for share in SHARES]):.2f}"
        else:
            row |= {"actual": "已完成一半", "status": chance.choice(("met", "near", "gap"))}
        if chance.random() < 0.3:
            row["keep"] = "保持每周复盘"
        yield {"target_ref": row["target_ref"], "aspect": "man", "cause": chance.choice(CAUSES)}
