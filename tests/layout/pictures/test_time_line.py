"""The time line of steps, support and reviews."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from docgen.model.case import Gap
from tests.layout.pictures.picture_help import COMPLEX, HOSTILE, Shown, assert_readable, box_of, day, drawn, picture

START, END = day("2026-01-05"), day("2026-06-30")


def step(action: Any = "Train", due: Any = "2026-03-31", start: Any = "2026-01-05") -> dict[str, Any]:
    return {
        "action": action,
        "due_date": day(due) if isinstance(due, str) else due,
        "start_date": day(start) if isinstance(start, str) else start,
    }


def plan(
    steps: list[dict[str, Any]] | None = None, reviews: Any = ("2026-03-31",), support: Any = (), **more: Any
) -> Any:
    return {
        "start": START, "end": END, "steps": [step()] if steps is None else steps,
        "reviews": [{"date": day(one)} for one in reviews],
        "support": [{"by_date": day(one)} for one in support], **more,
    }  # fmt: skip


def bars(shown: Shown) -> list[tuple[float, float]]:
    return [(box[0], box[2]) for one in shown.shapes(sides=4) if (box := box_of(one))[2] - box[0] > 10]


def test_a_step_reaches_from_its_start_to_its_due_day() -> None:
    steps = [
        step(due="2026-06-30"),
        step(due="2026-02-28", start="2026-02-01"),
        step(due="2026-06-30", start="2026-06-01"),
    ]
    whole, february, june = bars(picture("time_line", **plan(steps)))
    long = whole[1] - whole[0]
    assert (february[1] - february[0]) / long == pytest.approx(28 / 177, abs=0.002)
    assert (june[1] - june[0]) / long == pytest.approx(30 / 177, abs=0.002)
    assert june[1] == whole[1]


def test_a_step_without_a_start_is_drawn_open() -> None:
    made = picture("time_line", **plan([step(start=None), step()]))
    assert len({one.attrib["fill"] for one in made.shapes(sides=4)}) == 2
    assert made.alt.startswith(
        "Time line from 5 January 2026 to 30 June 2026. Step 1, due 31 March 2026: Train. "
        "Step 2, from 5 January 2026 to 31 March 2026: Train."
    )


def test_reviews_are_triangles_with_their_days_and_support_are_squares() -> None:
    made = picture("time_line", **plan(reviews=("2026-02-27", "2026-06-30"), support=("2026-02-13", "2026-03-13")))
    assert len(made.shapes(sides=3)) == 2
    assert len([one for one in made.shapes(sides=4) if box_of(one)[2] - box_of(one)[0] < 10]) == 2
    assert {"27 Feb", "30 Jun", "Reviews", "Support due", "1. Train"} <= set(made.texts)
    assert made.alt.endswith(
        "Support is due on 13 February 2026; 13 March 2026. Reviews are on 27 February 2026; 30 June 2026."
    )


def test_two_reviews_of_one_day_have_one_label() -> None:
    made = picture("time_line", **plan(reviews=("2026-03-31", "2026-03-31", "2026-06-30")))
    assert made.texts.count("31 Mar") == 1 and "30 Jun" in made.texts


def test_what_ends_before_it_begins_is_not_drawn() -> None:
    assert drawn("time_line", **plan([step(due="2026-02-01", start="2026-03-01")])) is None
    assert drawn("time_line", **plan(start=END, end=START)) is None


def test_twelve_steps_with_reviews_and_support_have_room() -> None:
    made = picture("time_line", **plan([step("Train " * 40)] * 12, support=("2026-02-13",)))
    assert_readable(made)
    assert drawn("time_line", **plan([step()] * 60)) is None


def test_it_speaks_the_documents_language() -> None:
    chinese = picture("time_line", "zh", **plan([step("培训")], support=("2026-02-13",)))
    assert {"1. 培训", "支持到位", "检查", "3月31日", "2026年1月", "2月"} <= set(chinese.texts)
    assert "步骤1，2026年1月5日至2026年3月31日：培训。" in chinese.alt
    assert not [text for text in chinese.texts if any("a" <= letter <= "z" for letter in text)]
    assert {"检查 Reviews"} <= set(picture("time_line", "both", **plan([step("培训")])).texts)


def test_reviews_too_close_for_their_days_have_marks_alone() -> None:
    days = [(START + timedelta(days=n)).isoformat() for n in range(0, 60, 3)]
    made = picture("time_line", **plan(reviews=days))
    assert len(made.shapes(sides=3)) == len(days)
    assert "5 Jan" not in made.texts and "5 January 2026; 8 January 2026" in made.alt
    assert_readable(made)


@pytest.mark.parametrize("language", ["en", "both"])
@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_label_says_no_two_lie_over_each_other(text: str, language: str) -> None:
    for count in (1, 3, 8):
        assert_readable(picture("time_line", language, **plan([step(text)] * count, support=("2026-02-13",))))


@pytest.mark.parametrize("end", ["2026-01-06", "2026-02-10", "2026-12-31", "2027-12-31"])
def test_periods_of_days_and_of_years_are_readable(end: str) -> None:
    made = picture("time_line", **plan([step(due=end)], reviews=(end,), end=day(end)))
    assert_readable(made)
    assert made.texts[0].endswith("2026")


def test_what_cannot_be_drawn_is_left_to_the_tables() -> None:
    assert drawn("time_line", **plan([])) is None
    assert drawn("time_line", **plan([step(due=None)])) is None
    assert drawn("time_line", **plan([step(due=Gap("steps.due_date", ("steps", 0, "due_date")))])) is None
    assert drawn("time_line", **plan(end=None)) is None
    assert drawn("time_line", **plan([step(due=date(2036, 1, 1))])) is None
    assert drawn("time_line", **plan([step(f"Step {n}") for n in range(20)])) is None
    assert all(drawn("time_line", **plan([step(text)])) is None for text in COMPLEX)


def test_it_is_left_out_where_the_setting_does_not_name_it() -> None:
    assert drawn("time_line", **plan(), pictures=["fishbone", "gap_bars", "trend"]) is None
