"""Figures in one unit: sizes such as 万 are taken into account, units that have nothing in common give nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from docgen.model.case import Quantity
from docgen.model.units import beside, in_unit


@pytest.mark.parametrize(
    ("number", "unit", "wanted", "figure"),
    [
        ("219000", "元", "万元", "21.9"),
        ("1.2", "亿元", "万元", "12000"),
        ("3", "百万元", "元", "3000000"),
        ("35", "万", "元", "350000"),
        ("80", "", "万元", "80"),
        ("350000", "CNY", "万元", "35"),
        ("0.35", "million CNY", "CNY", "350000"),
        ("1", "day", "days", "1"),
        ("3", "天", "days", "3"),
        ("90", "％", "%", "90"),
        ("219000", "元", "", "219000"),
        ("21.9", "万元", "", None),
        ("80", "%", "分", None),
        ("350", "件", "个", None),
        ("12", "万", "%", None),
        ("5", "千", "‰", None),
        ("12", "万%", "％", None),
        ("80", "%", "万", None),
        ("80", "", "%", "80"),
        ("80", "%", "", "80"),
    ],
)
def test_a_figure_in_another_unit(number: str, unit: str, wanted: str, figure: str | None) -> None:
    assert in_unit(Quantity(Decimal(number), unit), wanted) == (Decimal(figure) if figure else None)


def test_words_and_ticks_are_no_figures() -> None:
    assert [in_unit(value, "元") for value in ("much", None, True)] == [None, None, None]
    assert in_unit(Decimal(5), None) == 5


def test_beside_ten_thousands_a_bare_figure_may_mean_either() -> None:
    assert beside(Quantity(Decimal(219000)), Quantity(Decimal(35), "万元")) is None
    assert beside(Quantity(Decimal(219000), "元"), Quantity(Decimal(35), "万元")) == Decimal("21.9")
    assert beside(Quantity(Decimal(219000)), Quantity(Decimal(350000), "元")) == 219000
