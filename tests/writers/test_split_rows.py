"""A row dealt out over page ends is followed piece by piece; a piece that is lost, moved or said twice is not."""

from __future__ import annotations

import pytest

from docgen.writers.split_rows import follows_split_rows

Cells = tuple[str, ...]


def follows(rows: list[Cells], *pages: str, before: str = "", after: str = "", head: str = "") -> bool:
    """Do ``pages`` hold a table of ``rows`` under ``head``, with text before and after it?"""
    text, places = before + head, []
    start = len(text)
    for cells in rows:
        places.append((len(text), cells))
        text += "".join(cells)
    return follows_split_rows(text + after, places, [(start, len(text), head)], pages)


ROW = ("abcdef", "ghijkl", "mn")


@pytest.mark.parametrize(
    "pages",
    [
        ("abcdefghijklmn",),
        ("abcghimn", "defjkl"),
        ("abcdefghimn", "jkl"),
        ("abcgh", "defijklmn"),
        ("abgm", "cdhi", "efjkln"),
        ("abcdef", "ghijklmn"),
        ("ghijklmn", "abcdef"),
        ("", "abcdefghijklmn"),
        ("abcghimn", "defjkl", ""),
    ],
)
def test_a_row_may_be_dealt_out_over_pages(pages: tuple[str, ...]) -> None:
    assert follows([ROW], *pages)


@pytest.mark.parametrize(
    "pages",
    [
        ("abcghimn", "dfjkl"),
        ("abcghimn", "defjk"),
        ("abcghim", "defjkl"),
        ("abcghimn", "jkldef"),
        ("abcghimn", "edfjkl"),
        ("abcghimn", "defjklx"),
        ("abcghimn", "xdefjkl"),
        ("abcghimnd", "defjkl"),
        ("abcghimn", "abcdefjkl"),
        ("defjklmn", "abcghi"),
        ("abcghimn",),
        ("abcghimn", "", "def"),
        ("abcghimn", "defjkl", "x"),
        (),
    ],
)
def test_a_piece_lost_moved_changed_or_added_is_found(pages: tuple[str, ...]) -> None:
    assert not follows([ROW], *pages)


def test_text_and_rows_around_a_split_row_stay_in_order() -> None:
    rows = [("1", "2"), ROW, ("3", "4")]
    assert follows(rows, "Z12abcghimn", "defjkl34Y", before="Z", after="Y")
    for wrong in (
        ("Z12abcghimn", "34defjklY"),
        ("Z12abcghimn", "defjklY"),
        ("Z12abcghimn", "defjkl43Y"),
        ("Zabcghimn", "defjkl1234Y"),
        ("Z12abcghimn", "defjkl34"),
        ("12abcghimn", "defjkl34Y"),
    ):
        assert not follows(rows, *wrong, before="Z", after="Y"), wrong


def test_each_further_page_repeats_the_head() -> None:
    rows = [ROW, ("3", "4")]
    assert follows(rows, "HIabcgm", "HIdehin", "HIfjkl34", head="HI")
    assert follows(rows, "HIabcgm", "HIdehin", "HIfjkl34", "Y", head="HI", after="Y")
    assert not follows(rows, "HIabcgm", "HIHIdehin", "HIfjkl34", head="HI")
    assert not follows(rows, "abcgm", "HIdehin", "HIfjkl34", head="HI")


def test_a_head_is_not_repeated_where_no_table_runs_on() -> None:
    assert not follows([ROW], "HIabcdefghijklmn", "HIY", head="HI", after="Y")


def test_two_rows_may_be_split_one_after_the_other() -> None:
    rows = [ROW, ("ABCD", "EFGH")]
    assert follows(rows, "abcghimn", "defjklABE", "CDFGH")
    assert not follows(rows, "abcghimn", "defjklABE", "CDGH")


def test_two_rows_never_share_a_page_end() -> None:
    assert not follows([ROW, ("ABCD", "EFGH")], "abcghimnAB", "defjklCDEFGH")


def test_rows_without_text_are_no_obstacle() -> None:
    rows = [("", ""), ROW, ("", ""), ("", "")]
    assert follows(rows, "abcghimn", "defjklY", after="Y")
    assert follows([("", "")], "", "Y", after="Y")


def test_cells_that_repeat_themselves_and_each_other_are_followed() -> None:
    cells = ("ab" * 900, "ab" * 700, "x", "ab" * 10)
    ends = ((400, 300), (1000, 800), (1800, 1400))
    pages, (left, right) = [], (0, 0)
    for one, other in ends:
        pages.append(cells[0][left:one] + cells[1][right:other] + ("" if left else cells[2] + cells[3]))
        left, right = one, other
    assert follows([cells], *pages)
    assert not follows([cells], pages[0], pages[1], pages[2] + "a")
    assert not follows([cells], pages[0], pages[1], pages[2][:-1])


def test_where_cells_begin_alike_every_reading_of_a_page_is_tried() -> None:
    cells = ("xxxy", "xxxz")
    assert all(follows([cells], "xxx", rest) for rest in ("xxyxz", "xyxxz", "yxxxz", "xxxyz"))
    assert not follows([cells], "xxx", "xxyxy")


def test_a_cell_of_nothing_but_one_letter_comes_to_an_end() -> None:
    cells = ("数" * 3000, "数" * 2600, "short", "数" * 900)
    assert follows([cells], "数" * 2000 + "short" + "数" * 900, "数" * 3600)
    assert not follows([cells], "数" * 2000 + "short" + "数" * 900, "数" * 3599)
