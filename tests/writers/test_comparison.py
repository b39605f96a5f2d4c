"""What of a text counts in a comparison, in either format."""

from __future__ import annotations

import pytest

from docgen.writers.comparison import bare, drawn


@pytest.mark.parametrize(
    ("left", "right"),
    [("a b\u00a0c\n", "abc"), ("e\u0301", "é"), ("a\u00adb\u200b\u200d", "ab"), ("\u2126", "Ω")],
)
def test_white_space_and_what_no_page_shows_does_not_count(left: str, right: str) -> None:
    assert bare(left) == bare(right)


@pytest.mark.parametrize(
    ("left", "right"), [("1", "１"), ("-5", "5"), ("（", "("), ("a", "A"), ("①", "1"), ("。", "."), ("\u2f08", "人")]
)
def test_all_else_counts_in_word(left: str, right: str) -> None:
    assert bare(left) != bare(right)


@pytest.mark.parametrize(("left", "right"), [("\u2f08", "人"), ("ﬁ", "fi"), ("\x02", "-"), ("µ", "μ"), ("➊", "❶")])
def test_characters_of_one_glyph_are_one_in_a_pdf(left: str, right: str) -> None:
    assert drawn(left) == drawn(right)


@pytest.mark.parametrize(
    ("left", "right"), [("1", "１"), ("-5", "5"), ("（", "("), ("①", "1"), ("½", "1/2"), ("²", "2")]
)
def test_all_else_counts_in_a_pdf_too(left: str, right: str) -> None:
    assert drawn(left) != drawn(right)
