"""The widths that the blocks of a card share."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from docgen.checking.asked import asked
from docgen.model.problems import UiLanguage
from docgen.workbook.columns import Choosing
from docgen.workbook.looks import widths
from docgen.workbook.widths import WIDE, across, form_lines, is_form, pages, shared_widths
from tests.workbook.new_help import ALL, definitions, new, opened


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("forms", "fits_a_screen"), [(("letter", "plan"), True), (ALL, False)])
def test_every_column_is_wide_enough_for_all_that_stand_in_it_on_one_page(
    forms: Sequence[str], fits_a_screen: bool, language: UiLanguage
) -> None:
    blocks = Choosing(asked(definitions(), forms, False), ()).cards()
    shared = shared_widths(blocks, language)
    for block in blocks:
        if not is_form(block):
            for column, width in zip(block.columns, shared, strict=False):
                assert width >= widths(column.of, language)[0]
    assert pages(shared) == 1
    assert (sum(shared) <= WIDE + 1) is (across(shared) == len(shared)) is fits_a_screen


def test_a_card_too_wide_for_one_page_prints_the_halves_of_a_row_on_pages_that_follow_each_other() -> None:
    everything, usual = (opened(new("card", "en", ALL, optional, 1))["Person 1"] for optional in (True, False))
    assert everything.page_setup.fitToWidth > 1 and everything.page_setup.pageOrder == "overThenDown"
    assert usual.page_setup.fitToWidth in (None, 1) and usual.page_setup.pageOrder is None


def test_facts_take_as_many_columns_as_they_need() -> None:
    (facts, *_) = Choosing(asked(definitions(), ALL, True), ()).cards()
    lines = list(form_lines(facts.columns, [12.0] * 8, "en"))
    assert [column for line in lines for column, _, _ in line] == list(facts.columns)
    for line in lines:
        assert all(first <= last < 8 for _, first, last in line)
        assert all(one[2] < other[1] for one, other in pairwise(line))
