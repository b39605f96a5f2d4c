"""Labels are parted where a reader expects it, never wider than their room, and cut with a sign that says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.layout.pictures.measure import CLOSING, CUT, Letters, drawable, wrapped

LETTERS = Letters(10)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 50, []),
        ("one two three", 45, ["one two", "three"]),
        ("产品专业知识不足", 40, ["产品专业", "知识不足"]),
        ("产品专业，知识不足", 45, ["产品专", "业，知识", "不足"]),
        ("变频器（新品）培训", 45, ["变频器", "（新品）", "培训"]),
        ("Noto 产品 series", 50, ["Noto 产品", "series"]),
        ("unbreakableword", 40, ["unbrea", "kablew", "ord"]),
        ("  spaces \n and\tlines ", 200, ["spaces and lines"]),
    ],
)
def test_lines_end_where_they_may(text: str, room: float, lines: list[str]) -> None:
    assert wrapped(text, room, LETTERS, 9) == lines


def test_what_is_too_long_is_cut() -> None:
    assert wrapped("产品专业知识不足", 40, LETTERS, 1) == ["产品专…"]
    assert wrapped("one two, three four", 56, LETTERS, 1) == ["one two…"]
    assert wrapped("one two three four", 45, LETTERS, 2) == ["one two", "three…"]


@given(
    st.text(st.sampled_from("ab W产，。（）… -,.i1"), max_size=60),
    st.integers(20, 120),
    st.integers(1, 4),
    st.booleans(),
)
def test_no_line_is_too_wide_and_nothing_is_lost_unsaid(text: str, room: int, most: int, bold: bool) -> None:
    lines = wrapped(text, room, LETTERS, most, bold=bold)
    assert len(lines) <= most
    for line in lines:
        assert LETTERS.width(line, bold=bold) <= room + 0.001 or line[:1] in CLOSING or len(line) <= 3
    if not (lines and lines[-1].endswith(CUT)):
        assert "".join("".join(lines).split()) == "".join(text.split())


def test_narrow_fonts_are_known() -> None:
    assert Letters(10, 0.86).width("word") < Letters(10).width("word") and Letters(10, 0.86).width("字") == 10


def test_what_joins_or_runs_to_the_left_cannot_be_measured() -> None:
    assert drawable("Łódź, Ærø: 35 万元（约）⇒ ★ Привет") and drawable("")
    assert not any(map(drawable, ("שלום", "नमस्ते", "👩‍👩‍👧", "a\u202eb", "a\u200bb", "x\u0301")))
