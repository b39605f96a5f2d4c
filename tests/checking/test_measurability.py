"""The SMART ticks, and what would earn a missing one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from docgen.checking.measurability import smart, stretch_limit
from docgen.definitions.wordlists import WordLists, load_wordlists
from docgen.model.case import Quantity

CASE = {"period_start": date(2026, 1, 5), "end": date(2026, 6, 30)}
THRESHOLDS = {"stretch_limit_pct": 130}


@pytest.fixture(scope="module")
def words() -> WordLists:
    return load_wordlists()


def target(**values: Any) -> dict[str, Any]:
    given = {
        "name": "Sales of the half-year",
        "measure_class": "quantitative",
        "direction": "higher",
        "current_value": Quantity(Decimal(100)),
        "target_value": Quantity(Decimal(130)),
        "unit": "CNY",
        "aligned_to": "Sales of 20 million",
        "basis_type": "best3",
        "basis_value": Quantity(Decimal(100)),
        "due_date": date(2026, 6, 30),
    }
    return given | values


def ticks(words: WordLists, **values: Any) -> str:
    earned = smart(target(**values), CASE, THRESHOLDS, words)
    return "".join(letter for letter, tick in earned.items() if tick)


def test_a_good_target_has_all_five(words: WordLists) -> None:
    assert ticks(words) == "SMART"


QUALITATIVE = {"measure_class": "qualitative", "target_value": "good", "unit": None}


@pytest.mark.parametrize(
    ("changes", "earned"),
    [
        ({"name": "Sales"}, "MART"),
        ({"name": "销售额"}, "MART"),
        ({"name": "半年销售额"}, "SMART"),
        ({"name": "月产量", "data_source": "生产系统"}, "SMART"),
        ({"name": "良率", "data_source": "生产系统"}, "SMART"),
        ({"name": "量", "data_source": "生产系统"}, "MART"),
        ({"name": "月产量", "data_source": "生产系统", "unit": None}, "ART"),
        ({"name": "Sales", "data_source": "Sales system"}, "MART"),
        ({"name": "Improve sales"}, "SMART"),
        (QUALITATIVE | {"name": "Improve service", "scoring_rule": "Rated 1 to 5"}, "MART"),
        (QUALITATIVE | {"name": "进一步提高服务", "scoring_rule": "按五分制评分"}, "MART"),
        (QUALITATIVE | {"name": "Handling of complaints", "scoring_rule": "Rated 1 to 5"}, "SMART"),
        (QUALITATIVE, "SART"),
        (QUALITATIVE | {"scoring_rule": "The supervisor rates"}, "SART"),
        (QUALITATIVE | {"scoring_rule": "由主管评定，平均四分以上"}, "SMART"),
        ({"name": "NPS得分"}, "SMART"),
        ({"unit": None}, "SART"),
        ({"aligned_to": None}, "SMRT"),
        ({"target_value": Quantity(Decimal(100))}, "SMAT"),
        ({"target_value": Quantity(Decimal(131))}, "SMAT"),
        ({"basis_value": None}, "SMAT"),
        ({"basis_type": None}, "SMAT"),
        ({"direction": "lower", "target_value": Quantity(Decimal(80))}, "SMART"),
        ({"direction": "lower", "target_value": Quantity(Decimal(76))}, "SMAT"),
        ({"direction": "lower", "target_value": Quantity(Decimal(110))}, "SMAT"),
        ({"target_value": Quantity(Decimal(100)), "value_class": "maintenance"}, "SMART"),
        ({"due_date": None}, "SMAR"),
        ({"due_date": date(2026, 7, 1)}, "SMAR"),
        ({"name": "Sales of the half-year asap"}, "SMAR"),
        ({"name": "尽快完成销售额"}, "SMAR"),
        ({"measure_class": "milestone", "target_value": None, "unit": None}, "SMART"),
    ],
)
def test_each_tick_is_earned_by_itself(changes: dict[str, Any], earned: str, words: WordLists) -> None:
    assert ticks(words, **changes) == earned


def test_the_stretch_limit_starts_from_the_better_of_basis_and_current_value() -> None:
    assert stretch_limit(target(basis_value=Decimal(80)), THRESHOLDS) == 130
    assert stretch_limit(target(basis_value=Decimal(200)), THRESHOLDS) == 260
    assert stretch_limit(target(direction="lower", basis_value=Decimal(65)), THRESHOLDS) == 50
