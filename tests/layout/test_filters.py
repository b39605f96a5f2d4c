"""What templates may ask of values is answered for every kind of value, missing ones among them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from docgen.layout.blanks import BY_HAND
from docgen.layout.filters import (
    bare,
    by_hand,
    numeric,
    past,
    present,
    remaining,
    sentence,
    share,
    total,
    unit_of,
    unquoted,
)
from docgen.model.case import Gap, Month, Quantity
from docgen.model.problems import Words

GAP = Gap("case.position", ("case", "position"))


def test_present_is_a_value_or_the_gap_where_one_belongs() -> None:
    assert all(present(value) for value in (GAP, "a", 0, Decimal(0), False, [1]))
    missing: tuple[object, ...] = (None, "", [], ())
    assert not any(present(value) for value in missing)


def test_numeric_is_what_stands_right_aligned() -> None:
    assert all(numeric(value) for value in (1, Decimal("1.5"), Quantity(Decimal(1), "元")))
    assert not any(numeric(value) for value in (True, None, "1", GAP))


def test_a_total_leaves_out_what_is_missing() -> None:
    rows: list[dict[str, object]] = [{"weight": Decimal(50)}, {"weight": GAP}, {"weight": None}, {"weight": 20}]
    assert total(rows, "weight") == 70


def test_of_nothing_there_is_no_total() -> None:
    assert total([{"weight": None}, {"weight": GAP}], "weight") is None
    assert total([{"weight": 0}], "weight") == 0


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("Done", "Done."),
        ("Done ", "Done."),
        ("完成", "完成。"),
        ("见 S1024", "见 S1024。"),
        ("承担两个项目 Two projects are assigned", "承担两个项目 Two projects are assigned."),
        ("承担两个项目 Two projects are assigned.", "承担两个项目 Two projects are assigned."),
        ("Done.", "Done."),
        ("“Done.”", "“Done.”"),
        ("（见附件）", "（见附件）。"),
        ("完成？", "完成？"),
        ("As follows:", "As follows:"),
        ("", ""),
        (None, None),
        (GAP, GAP),
    ],
)
def test_a_sentence_gets_its_full_stop(text: object, ended: object) -> None:
    assert sentence(text) == ended


def test_a_bare_number_takes_the_unit_of_what_it_is_measured_against() -> None:
    measured = Quantity(Decimal(350), "元")
    assert unit_of(Decimal(2), measured) == Quantity(Decimal(2), "元")
    assert unit_of(GAP, measured) is GAP
    assert unit_of(Decimal(2), Decimal(3)) == 2


def test_only_a_row_to_be_filled_in_by_hand_is_as_high_as_a_hand() -> None:
    assert by_hand({BY_HAND: True}) == ' class="handrow"'
    assert by_hand({BY_HAND: False}) == by_hand({}) == ""


def test_a_column_of_figures_is_as_wide_as_its_longest_and_never_less_than_asked() -> None:
    seven: dict[str, object] = {"value": Decimal(7)}
    long: list[dict[str, object]] = [seven, {"value": Quantity(Decimal(12345678), "元")}]
    shorter: list[list[dict[str, object]]] = [[seven], [], [{"value": GAP}], [{"value": None}]]
    for short in shorter:
        assert share(short, "value", 10) == 10
    assert share(long, "value", 10) > 12
    assert share(long, "value", 5, "landscape") < share(long, "value", 5)


def test_words_among_figures_get_three_lines_but_no_more_than_a_column() -> None:
    def of(text: str) -> int:
        return share([{"value": text}, {"value": Decimal(5)}], "value", 3)

    assert (
        of("ok")
        < of("half of them, or fewer")
        < of("half of the records lack the steps already tried")
        == of("字" * 99)
    )
    assert of("字" * 9) == of("a" * 6)


def test_a_title_loses_the_marks_that_the_sentence_brings() -> None:
    assert unquoted("《绩效办法》") == "绩效办法"
    assert unquoted(Words("Policy", "《绩效办法》")) == Words("Policy", "绩效办法")
    assert unquoted(None) is None


@pytest.mark.parametrize(
    ("day", "month", "is_past"),
    [
        (date(2026, 3, 31), Month(2026, 4), True),
        (date(2026, 4, 1), Month(2026, 4), False),
        (None, Month(2026, 4), False),
        (date(2026, 3, 31), GAP, False),
    ],
)
def test_a_day_is_past_where_it_lies_before_the_month(day: object, month: object, is_past: bool) -> None:
    assert past(day, month) is is_past


@pytest.mark.parametrize(
    ("accumulation", "direction", "kind"),
    [
        ("sum", "higher", "amount"),
        ("sum", "lower", "at_most"),
        ("average", "lower", "average"),
        ("last", "higher", "more"),
        ("last", "lower", "less"),
        (None, None, "amount"),
    ],
)
def test_what_remains_is_an_amount_a_limit_an_average_or_a_step(
    accumulation: str | None, direction: str | None, kind: str
) -> None:
    assert remaining({"accumulation": accumulation, "direction": direction}) == kind


def test_a_figure_loses_the_unit_that_stands_beside_it_and_no_other() -> None:
    assert bare(Quantity(Decimal(90), "分"), "分") == Quantity(Decimal(90))
    assert bare(Quantity(Decimal("2.1"), "万元"), "元") == Quantity(Decimal("2.1"), "万元")
    assert [bare(value, "分") for value in (None, GAP, "早班", Decimal(3))] == [None, GAP, "早班", Decimal(3)]
    assert bare(Quantity(Decimal(90), ""), None) == Quantity(Decimal(90))
