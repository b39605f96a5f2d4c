"""Lists count as the theme shows: the same in Word's numbering and in the PDF."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docgen.layout.theme import Numbers
from docgen.writers.markers import marker
from tests.writers.word_help import theme


@pytest.mark.parametrize(
    ("language", "depth", "number", "sign"),
    [
        ("en", 0, 1, "1."),
        ("en", 0, 12, "12."),
        ("en", 1, 1, "(a)"),
        ("en", 1, 26, "(z)"),
        ("en", 1, 27, "(aa)"),
        ("en", 1, 53, "(aaa)"),
        ("en", 2, 4, "(iv)"),
        ("en", 2, 9, "(ix)"),
        ("en", 2, 40, "(xl)"),
        ("en", 2, 148, "(cxlviii)"),
        ("zh-CN", 0, 3, "3."),
        ("zh-CN", 1, 3, "(3)"),
        ("zh-CN", 2, 1, "①"),
        ("zh-CN", 2, 20, "⑳"),
        ("zh-CN", 2, 21, "(21)"),
    ],
)
def test_a_numbered_list_counts_by_level_and_language(language: str, depth: int, number: int, sign: str) -> None:
    assert marker(theme(), language, True, depth, number) == sign


def test_below_the_last_level_the_last_shape_is_kept() -> None:
    assert marker(theme(), "en", True, 7, 2) == marker(theme(), "en", True, 2, 2) == "(ii)"
    assert marker(theme(), "en", False, 7, 2) == marker(theme(), "en", False, 2, 1)


@pytest.mark.parametrize("number", [1, 9])
def test_a_bullet_does_not_count(number: int) -> None:
    assert [marker(theme(), "en", False, depth, number) for depth in range(3)] == list(theme().lists.bullets)


def test_a_shape_of_the_company_is_counted_on_from_its_first() -> None:
    numbers = Numbers(("§ 1:",), ("第1条",))
    ours = replace(theme(), lists=replace(theme().lists, numbers=numbers))
    assert marker(ours, "en", True, 0, 3) == "§ 3:"
    assert marker(ours, "zh-CN", True, 2, 11) == "第11条"
