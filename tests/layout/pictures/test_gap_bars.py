"""Bars of what is, what should be and what is aimed at."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.model.case import Gap
from tests.layout.pictures.picture_help import (
    COMPLEX,
    HOSTILE,
    NAMESPACE,
    Shown,
    assert_readable,
    box_of,
    drawn,
    picture,
    quantity,
    theme_colours,
)


def gap(area: Any = "Sales", actual: Any = "60 yuan", standard: Any = "80 yuan", **more: Any) -> dict[str, Any]:
    values = {"actual": actual, "standard": standard}
    typed = {name: quantity(value) if isinstance(value, str) else value for name, value in values.items()}
    return {"area": area, "direction": "higher", **typed, **more}


def target(
    name: Any = "Test", current: Any = "40", aim: Any = "90", unit: str = "points", **more: Any
) -> dict[str, Any]:
    values = {"current_value": current, "target_value": aim}
    typed = {name: Decimal(value) if isinstance(value, str) else value for name, value in values.items()}
    return {"name": name, "unit": unit, "direction": "higher", "gap_ref_name": None, **typed, **more}


def bars(shown: Shown) -> list[tuple[float, str]]:
    """Length and filling of each bar."""
    names = {theme_colours()["accent"]: "current", "#FFFFFF": "standard", theme_colours()["tint"]: "target"}
    return [(box_of(one)[2] - box_of(one)[0], names[one.attrib["fill"]]) for one in shown.shapes(sides=4)]


def test_bars_are_as_long_as_their_figures_and_say_them() -> None:
    made = picture("gap_bars", gaps=[gap()], targets=[])
    (actual, first), (standard, second) = bars(made)
    assert (first, second) == ("current", "standard")
    assert actual / standard == pytest.approx(0.75, abs=0.001)
    assert made.texts == ["Sales", "current", "60 yuan", "standard", "80 yuan"]
    assert made.alt == "Sales: current 60 yuan; standard 80 yuan."


def test_a_gap_and_its_target_of_the_same_measure_are_one_group_of_three() -> None:
    made = picture("gap_bars", gaps=[gap()], targets=[target("Sales", "60", "85", "yuan")])
    assert [kind for _, kind in bars(made)] == ["current", "standard", "target"]
    assert made.alt == "Sales: current 60 yuan; standard 80 yuan; target 85 yuan."
    half = target("Half a year", "30", "45", "yuan", gap_ref_name="Sales")
    other = picture("gap_bars", gaps=[gap()], targets=[half])
    assert other.alt == "Sales: current 60 yuan; standard 80 yuan. Half a year: current 30 yuan; target 45 yuan."


def test_a_target_that_is_called_otherwise_than_its_gap_keeps_its_name() -> None:
    own = target("Sales of spare parts", "60", "85", "yuan", gap_ref_name="Sales")
    made = picture("gap_bars", gaps=[gap()], targets=[own])
    assert made.texts[0] == "Sales · Sales of spare parts" and len(bars(made)) == 3


@pytest.mark.parametrize(
    "other",
    [
        target("Visits", "60", "85", "yuan"),  # the same figure by chance
        target("Sales", "60", "45", "yuan", direction="lower"),
        target("Visits", "60", "85", "yuan", gap_ref_name="Quality"),
    ],
)
def test_a_target_of_another_measure_is_never_put_to_a_gap(other: dict[str, Any]) -> None:
    made = picture("gap_bars", gaps=[gap()], targets=[other])
    assert [kind for _, kind in bars(made)] == ["current", "standard", "current", "target"]


def test_a_gap_without_bars_takes_none_from_its_target() -> None:
    own = target("Sales", "60", "85", "yuan", gap_ref_name="Sales")
    made = picture("gap_bars", gaps=[gap(standard=["always"])], targets=[own])
    assert made.alt == "Sales: current 60 yuan; target 85 yuan."
    made = picture("gap_bars", gaps=[gap()], targets=[{**own, "target_value": "as agreed"}])
    assert made.alt == "Sales: current 60 yuan; standard 80 yuan."


@given(figures=st.lists(st.decimals(-(10**12), 10**12, places=2), min_size=2, max_size=2))
@settings(max_examples=30, deadline=None)
def test_bars_begin_at_zero_and_are_as_long_as_their_figures(figures: list[Decimal]) -> None:
    made = picture("gap_bars", gaps=[], targets=[target("x", str(figures[0]), str(figures[1]))])
    boxes = [box_of(one) for one in made.shapes(sides=4)]
    (axis,) = (float(line.attrib["x1"]) for line in made.root.iter(f"{NAMESPACE}line"))
    whole = max([Decimal(0), *figures]) - min([Decimal(0), *figures]) or Decimal(1)
    room = max(right for _, _, right, _ in boxes) - min(left for left, *_ in boxes)
    for figure, (left, _, right, _) in zip(figures, boxes, strict=True):
        assert (right if figure < 0 else left) == pytest.approx(axis, abs=0.02)
        assert right - left == pytest.approx(float(abs(figure) / whole) * room, abs=0.1)


def test_each_bar_is_told_from_the_others_without_colour() -> None:
    """By its word, and by its filling: dark, white, or hatched."""
    made = picture("gap_bars", gaps=[gap()], targets=[target("Sales", "60", "85", "yuan")])
    assert len(list(made.root.iter(f"{NAMESPACE}path"))) == 1
    colours = theme_colours()
    assert luminance("#FFFFFF") - luminance(colours["accent"]) > 0.5
    assert luminance(colours["tint"]) - luminance(colours["accent"]) > 0.5


def luminance(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_where_less_is_better_it_says_so() -> None:
    made = picture("gap_bars", gaps=[gap("Late reports", "8", "2", direction="lower")], targets=[])
    assert made.texts[0] == "Late reports (lower is better)" and "lower is better" in made.alt
    assert "越低越好" in picture("gap_bars", "zh", gaps=[gap("迟交", "8", "2", direction="lower")], targets=[]).alt


def test_in_two_languages_words_are_in_both_and_figures_once() -> None:
    made = picture("gap_bars", "both", gaps=[gap("年销售额", "219000 元", "350000 元")], targets=[])
    assert made.texts == ["年销售额", "现状 current", "219,000元", "标准 standard", "350,000元"]
    assert made.alt == "年销售额：现状219,000元；标准350,000元。"


@pytest.mark.parametrize(
    "odd",
    [
        gap(actual=None),
        gap(standard=["always on time"]),
        gap(actual="60 yuan", standard="80 units"),
        gap(actual=True),
        gap(actual="8", standard="6", direction="on_date"),
        gap(area=None),
    ],
)
def test_what_cannot_be_compared_has_no_bars(odd: dict[str, Any]) -> None:
    assert drawn("gap_bars", gaps=[odd], targets=[]) is None
    assert picture("gap_bars", gaps=[odd], targets=[target()]).alt == "Test: current 40 points; target 90 points."


def test_figures_are_printed_as_elsewhere_however_large_small_or_negative() -> None:
    figures = ("0.1", "123456789012345678901234567890", "-12.5", "0", "0.30000000000000004")
    made = picture("gap_bars", "zh", gaps=[], targets=[target("x", one, "1", "") for one in figures])
    assert {"0.1", "123,456,789,012,345,678,901,234,567,890", "-12.5", "0", "1"} <= set(made.texts)
    assert_readable(made)
    width, _ = made.size
    assert all(0 <= box_of(one)[0] <= box_of(one)[2] <= width for one in made.shapes())


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_label_says_no_two_lie_over_each_other(text: str) -> None:
    for language in ("en", "zh", "both"):
        assert_readable(picture("gap_bars", language, gaps=[gap(text)] * 2, targets=[target(text, unit=text[:20])] * 2))


@pytest.mark.parametrize("text", COMPLEX)
def test_letters_that_cannot_be_measured_leave_it_to_the_table(text: str) -> None:
    assert drawn("gap_bars", gaps=[gap(text)], targets=[]) is None


def test_one_group_and_six_have_room_and_twenty_are_left_to_the_table() -> None:
    for count in (1, 2, 3, 6):
        assert_readable(picture("gap_bars", gaps=[gap(f"Gap {n}", f"{n} a", "20 a") for n in range(count)], targets=[]))
    assert drawn("gap_bars", gaps=[gap(f"Gap {n}") for n in range(20)], targets=[]) is None
    assert drawn("gap_bars", gaps=[], targets=[]) is None


def test_a_missing_figure_leaves_it_out() -> None:
    assert drawn("gap_bars", gaps=[gap(actual=Gap("gaps.actual", ("gaps", 0, "actual")))], targets=[target()]) is None


def test_the_final_talk_shows_what_was_reached_and_obeys_the_same_switch() -> None:
    figures = [
        {
            "name": "Sales",
            "actual": Decimal("96"),
            "month_target": Decimal("120"),
            "unit": "yuan",
            "direction": "higher",
        }
    ]
    made = picture("result_bars", figures=figures)
    assert made.alt == "Sales: actual 96 yuan; target 120 yuan."
    assert drawn("result_bars", figures=figures, pictures=["fishbone", "time_line", "trend"]) is None
