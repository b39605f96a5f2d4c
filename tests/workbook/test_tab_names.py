"""The names of people as names of tabs."""

from __future__ import annotations

import pytest

from docgen.workbook.tab_names import tab_names


@pytest.mark.parametrize(
    ("names", "tabs"),
    [
        (["王某", "王某"], ["王某", "王某 2"]),
        (["A. Wang", "a. wang"], ["A. Wang", "a. wang 2"]),
        (["A/B [x]: *?\\"], ["A B x"]),
        (["'Quoted'"], ["Quoted"]),
        (["S. O'Brien"], ["S. O'Brien"]),
        (["", "  "], ["Person 1", "Person 2"]),
        (["People", "History"], ["People 2", "History 2"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 29 + " 2"]),
        (["𠮷" * 20], ["𠮷" * 15]),
    ],
)
def test_a_tab_may_be_named_so_and_is_unique(names: list[str], tabs: list[str]) -> None:
    assert tab_names(names, {"People"}, "en") == tabs


def test_the_number_is_chinese_in_a_chinese_workbook() -> None:
    assert tab_names([""], (), "zh") == ["员工1"]
