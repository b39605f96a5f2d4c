"""The trend of months."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.layout.pictures.picture_help import (
    COMPLEX,
    HOSTILE,
    Shown,
    assert_readable,
    box_of,
    drawn,
    month,
    picture,
    theme_colours,
)


def row(name: str, target: Any, actual: Any, unit: str = "yuan", direction: str = "higher") -> dict[str, Any]:
    return {
        "name": name, "unit": unit, "direction": direction,
        "month_target": Decimal(target) if isinstance(target, str) else target,
        "actual": Decimal(actual) if isinstance(actual, str) else actual,
    }  # fmt: skip


def months(*actuals: Any, name: str = "Sales", target: Any = "20", **more: Any) -> list[dict[str, Any]]:
    return [
        {"month": month(f"2026-{number:02}"), "indicators": [row(name, target, actual, **more)]}
        for number, actual in enumerate(actuals, 1)
    ]


def trend(given: list[dict[str, Any]], before: str = "2026-12", language: str = "en", **more: Any) -> Any:
    return drawn("trend", language, landscape=True, months=given, before=month(before), **more)


def columns(shown: Shown) -> list[float]:
    boxes = [box_of(one) for one in shown.shapes(sides=4, fill=theme_colours()["accent"])]
    return [box[3] - box[1] for box in boxes[:-1]]  # the last is that of the key


def test_a_column_is_as_high_as_its_figure_and_the_target_is_a_beam() -> None:
    made = trend(months("10", "15", "20", target="20"))
    first, second, third = columns(made)
    assert [first / third, second / third] == pytest.approx([0.5, 0.75], abs=0.01)
    dashed = [one for one in made.root.iter() if "stroke-dasharray" in one.attrib]
    assert len(dashed) == 4 and len({one.attrib["y1"] for one in dashed[:3]}) == 1
    assert made.texts == ["Sales (yuan)", "Jan", "10", "Feb", "15", "Mar", "20", "actual", "target"]
    assert made.alt == (
        "Sales – January 2026: actual 10 yuan, target 20 yuan; February 2026: actual 15 yuan, target 20 yuan; "
        "March 2026: actual 20 yuan, target 20 yuan."
    )


def test_it_begins_with_the_third_month_and_never_tells_of_what_is_to_come() -> None:
    given = months("10", "15", "20")
    assert trend(given, before="2026-02") is None
    assert "March" not in trend(given, before="2026-03").alt
    assert trend(months("10", None, None), before="2026-04") is None


def test_a_month_without_a_figure_has_no_column_and_says_so() -> None:
    made = trend(months("10", None, "20"))
    assert len(columns(made)) == 2 and "–" in made.texts
    assert "February 2026: no data, target 20 yuan" in made.alt


def test_it_speaks_the_documents_language() -> None:
    made = trend(months("10", "15", name="销售额", unit="元"), language="zh")
    assert made.texts == ["销售额（元）", "1月", "10", "2月", "15", "实际", "目标"]
    assert made.alt == "销售额：2026年1月实际10元，目标20元；2026年2月实际15元，目标20元。"
    assert "实际 actual" in trend(months("10", "15"), language="both").texts


def test_where_figures_have_no_room_the_last_one_is_said() -> None:
    made = trend(months(*(f"12345{n}.5" for n in range(9)), target="123456"))
    assert [text for text in made.texts if "." in text] == ["Sep: 123,458.5"]
    assert_readable(made)


def test_a_figure_stands_below_its_month_where_it_is_not_taken_for_the_targets() -> None:
    made = trend(months("10", "15", target="20"))
    (axis,) = (
        float(one.attrib["y1"])
        for one in made.root.iter()
        if one.attrib.get("stroke-width") == "0.8" and one.tag.endswith("line") and "stroke-dasharray" not in one.attrib
    )
    assert all(box[1] > axis for text, box in made.boxes() if text in ("10", "15"))


def test_where_less_is_better_it_says_so() -> None:
    made = trend(months("3", "2", name="Errors", unit="", direction="lower"))
    assert made.texts[0] == "Errors (lower is better)" and made.alt.startswith("Errors (lower is better) – January")
    assert "差错（越低越好）：" in trend(months("3", "2", name="差错", unit="", direction="lower"), language="zh").alt


def test_a_month_that_nobody_wrote_keeps_its_place() -> None:
    january, _, _, april = months("10", "11", "12", "13")
    made = trend([january, april])
    assert made.texts[1:-2] == ["Jan", "10", "Feb", "–", "Mar", "–", "Apr", "13"]
    assert "February" not in made.alt
    over = [{**january, "month": month("2024-11")}, {**april, "month": month("2025-02")}, *months("1", "2")]
    assert [text for text in trend(over).texts if text.isalpha()][:-2] == [
        *("Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb")
    ]


def test_what_is_twice_in_a_month_or_changes_its_sense_has_no_trend() -> None:
    one, two = months("10", "11")
    twice = {**one, "indicators": [*one["indicators"], row("Sales", "20", "12")]}
    assert trend([twice, two]) is None
    turned = {**one, "indicators": [row("Sales", "20", "12", direction="lower")]}
    assert trend([turned, two]) is None


def test_a_target_that_changed_is_shown_month_by_month() -> None:
    given = [*months("10", "10", target="20"), {"month": month("2026-03"), "indicators": [row("Sales", "40", "10")]}]
    dashed = [float(one.attrib["y1"]) for one in trend(given).root.iter() if "stroke-dasharray" in one.attrib]
    assert dashed[0] == dashed[1] > dashed[2]


def test_figures_below_nothing_hang_below_the_line() -> None:
    made = trend(months("-5", "10", target="2"))
    assert_readable(made)
    assert columns(made)[0] / columns(made)[1] == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("odd", [{"target": None}, {"direction": "on_date"}, {"target": "as agreed"}])
def test_what_is_no_figure_has_no_trend(odd: dict[str, Any]) -> None:
    if odd.get("target") == "as agreed":
        given = [{"month": one["month"], "indicators": [row("x", ("as agreed",), "1")]} for one in months("1", "2")]
    else:
        given = months("1", "2", **odd)
    assert trend(given) is None


@pytest.mark.parametrize("language", ["en", "both"])
@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_name_says_no_two_labels_lie_over_each_other(text: str, language: str) -> None:
    for count in (1, 4, 8):
        given = [
            {
                "month": month(f"2026-0{number}"),
                "indicators": [row(f"{n}{text}", "3", "2", unit="") for n in range(count)],
            }
            for number in (1, 2, 3)
        ]
        assert_readable(trend(given, language=language))


def test_twelve_indicators_and_strange_letters_are_left_to_the_table() -> None:
    given = [
        {"month": month(f"2026-0{number}"), "indicators": [row(f"Figure {n}", "3", "2") for n in range(12)]}
        for number in (1, 2)
    ]
    assert trend(given) is None
    assert trend([]) is None
    assert all(trend(months("1", "2", name=text)) is None for text in COMPLEX)


def test_it_is_left_out_where_the_setting_does_not_name_it() -> None:
    assert trend(months("1", "2"), pictures=["fishbone", "gap_bars", "time_line"]) is None
    assert isinstance(picture("trend", landscape=True, months=months("1", "2"), before=month("2026-03")), Shown)
