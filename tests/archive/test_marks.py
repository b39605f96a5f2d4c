"""Whether codes stand where docgen prints them: by their corners alone, on pages that lie in any way on the picture."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from docgen.archive.marks import Mark, Point, seen
from tests.scans.papers import A4, ACROSS, CODE_SIDE, placed

SHEETS = pytest.mark.parametrize("sheet", [A4, ACROSS], ids=["upright", "across"])


def marks(sheet: tuple[float, float], codes: tuple[str, str] = ("DG1", "DG1")) -> list[Mark]:
    """The codes of a page, in millimetres."""
    return [at(one.left, one.top, one.side, one.text) for one in placed(*codes, sheet)]


def at(left: float, top: float, side: float = CODE_SIDE, text: str = "DG1") -> Mark:
    return Mark(text, ((left, top), (left + side, top), (left + side, top + side), (left, top + side)), False)


def moved(mark: Mark, scale: float = 1, right: float = 0, down: float = 0, lean: float = 0) -> Mark:
    """The same leaning by so many degrees, then made larger, then moved."""
    cos, sin = math.cos(math.radians(lean)), math.sin(math.radians(lean))

    def put(point: Point) -> Point:
        x, y = point
        return scale * (x * cos - y * sin) + right, scale * (x * sin + y * cos) + down

    first, second, third, fourth = map(put, mark.corners)
    return Mark(mark.text, (first, second, third, fourth), mark.is_mirrored)


def on_picture(made: Sequence[Mark], width: float, height: float) -> list[bool]:
    """Whether each is where docgen prints it, on a picture of ten pixels a millimetre."""
    return [one.is_placed for one in seen([moved(mark, 10) for mark in made], (round(width * 10), round(height * 10)))]


@SHEETS
@pytest.mark.parametrize("lean", [-8, -5, 0, 5, 8])
def test_a_skewed_page_is_known_though_its_picture_grew(sheet: tuple[float, float], lean: float) -> None:
    cos, sin = math.cos(math.radians(abs(lean))), math.sin(math.radians(abs(lean)))
    width, height = sheet[0] * cos + sheet[1] * sin, sheet[0] * sin + sheet[1] * cos
    right, down = (sheet[1] * sin, 0.0) if lean > 0 else (0.0, sheet[0] * sin)
    turned = [moved(one, right=right, down=down, lean=lean) for one in marks(sheet)]
    assert on_picture(turned, width, height) == [True, True]


@SHEETS
@pytest.mark.parametrize(("right", "down"), [(0, 0), (0.25, 0), (0, 0.25), (0.25, 0.25)])
def test_a_page_is_known_wherever_it_lies_on_a_glass_that_is_a_quarter_larger(
    sheet: tuple[float, float], right: float, down: float
) -> None:
    lying = [moved(one, right=right * sheet[0], down=down * sheet[1]) for one in marks(sheet)]
    assert on_picture(lying, 1.25 * sheet[0], 1.25 * sheet[1]) == [True, True]


@SHEETS
@pytest.mark.parametrize("left", [0, 0.1, 0.2])
def test_a_page_is_known_though_the_scanner_cut_off_what_lies_beside_its_codes(
    sheet: tuple[float, float], left: float
) -> None:
    cut = [moved(one, right=-left * sheet[0]) for one in marks(sheet)]
    assert on_picture(cut, (1 - left) * sheet[0], sheet[1]) == [True, True]


@SHEETS
@pytest.mark.parametrize("cut", [0, 5, 10])
@pytest.mark.parametrize("second", [False, True])
def test_one_of_two_pages_on_a_sheet_is_refused_though_the_other_bears_no_code_and_the_edges_are_cut_off(
    sheet: tuple[float, float], cut: float, second: bool
) -> None:
    """On paper cut off at its edges, its codes are no longer so much smaller than those of a page."""
    small = 0.5**0.5
    along = (sheet[0] * small, 0.0) if sheet is A4 else (0.0, sheet[1] * small)
    right, down = (along[0] * second - cut, along[1] * second - cut)
    half = [moved(one, small, right, down) for one in marks(sheet)]
    width, height = sheet[0] * small + along[0], sheet[1] * small + along[1]
    assert on_picture(half, width - 2 * cut, height - 2 * cut) == [False, False]


@SHEETS
def test_a_small_page_within_a_larger_one_is_refused(sheet: tuple[float, float]) -> None:
    pasted = [moved(one, 0.75, 0.25 * sheet[0]) for one in marks(sheet)]
    assert on_picture(pasted, *sheet) == [False, False]


@pytest.mark.parametrize("place", [(150, 276.5), (187.5, 150), (187.5, 40)])
def test_codes_that_stand_to_each_other_as_on_no_page_are_refused(place: Point) -> None:
    upper, _ = marks(A4)
    assert on_picture([upper, at(*place)], *A4) == [False, False]


@SHEETS
def test_a_code_alone_is_known_by_its_place(sheet: tuple[float, float]) -> None:
    upper, lower = marks(sheet)
    assert on_picture([upper], *sheet) == on_picture([lower], *sheet) == [True]
    assert on_picture([upper], 1.25 * sheet[0], 1.25 * sheet[1]) == [False]


def test_codes_of_two_papers_are_no_pair() -> None:
    assert on_picture(marks(A4, ("DG1", "DG2")), *A4) == [True, True]
    assert on_picture(marks(A4, ("DG1", "DG2")), 1.25 * A4[0], 1.25 * A4[1]) == [False, False]
