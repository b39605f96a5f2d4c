"""The widths that the blocks of a card share."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from docgen.checking.asked import asked
from docgen.workbook.columns import Choosing
from docgen.workbook.looks import widths
from docgen.workbook.widths import WIDE, form_lines, is_form, pages, shared_widths
from tests.workbook.new_help import ALL, definitions


@pytest.mark.parametrize(("forms", "sheets_of_paper"), [(("letter", "plan"), 1), (ALL, 2)])
def test_every_column_is_wide_enough_for_all_that_stand_in_it(forms: Sequence[str], sheets_of_paper: int) -> None:
    blocks = Choosing(asked(definitions(), forms, False), ()).cards()
    shared = shared_widths(blocks, "zh")
    for block in blocks:
        if not is_form(block):
            for column, width in zip(block.columns, shared, strict=False):
                assert width >= widths(column.of, "zh")[0]
    assert pages(shared) == sheets_of_paper
    assert (sum(shared) <= WIDE + 1) is (sheets_of_paper == 1)


def test_facts_take_as_many_columns_as_they_need() -> None:
    (facts, *_) = Choosing(asked(definitions(), ALL, True), ()).cards()
    lines = list(form_lines(facts.columns, [12.0] * 8, "en"))
    assert [column for line in lines for column, _, _ in line] == list(facts.columns)
    for line in lines:
        assert all(first <= last < 8 for _, first, last in line)
        assert all(one[2] < other[1] for one, other in pairwise(line))
