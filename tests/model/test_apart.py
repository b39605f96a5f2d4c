"""Values as objects of their own."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from docgen.model.apart import apart, is_apart, parts
from docgen.model.case import Code, Month, Quantity
from docgen.model.problems import Words
from tests.sample_help import exact

VALUES = [
    "王某",
    Code("include", "decision"),
    Decimal("1.50"),
    Quantity(Decimal("350000"), "元"),
    date(2026, 3, 5),
    time(9, 30),
    Month(2026, 3),
    Words("Sales", "销售部"),
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_comes_apart_and_stays_equal(value: Any) -> None:
    one, other = apart(value), apart(value)
    assert exact(one) == exact(value)
    assert len({id(one), id(other), id(value)}) == 3
    assert is_apart(one)


def test_what_python_has_but_once_can_not_be_told_apart() -> None:
    assert not any(map(is_apart, (None, True, 3, "", "%")))


def test_what_a_value_is_made_of_is_apart_too() -> None:
    value = Quantity(Decimal(5), "小时")
    assert not {id(one) for one in parts(apart(value))} & {id(one) for one in parts(value)}


def test_lists_and_mappings_come_apart_all_the_way_down() -> None:
    row: dict[str, Any] = {"strengths": ["punctual"], "rows": [{"name": "Wang"}]}
    copy = apart(row)
    assert copy == row
    assert copy["rows"][0]["name"] is not row["rows"][0]["name"]
