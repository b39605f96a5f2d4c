"""Shapes on a page: which of them are rectangles."""

from __future__ import annotations

import math

import pytest

from docgen.archive.areas import NOWHERE, Box, frame

CORNERS = [(0.0, 0.0), (595.0, 0.0), (595.0, 842.0), (0.0, 842.0)]


def turned(points: list[tuple[float, float]], degrees: float) -> list[tuple[float, float]]:
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return [(x * cosine - y * sine, x * sine + y * cosine) for x, y in points]


@pytest.mark.parametrize("points", [CORNERS, [*CORNERS, CORNERS[0]], CORNERS[::-1]])
def test_a_rectangle_is_known_whichever_way_it_is_drawn(points: list[tuple[float, float]]) -> None:
    assert frame(points) == Box(0, 0, 595, 842)


def test_one_that_lies_a_bit_askew_counts_with_what_surrounds_it() -> None:
    assert frame(turned(CORNERS, 1.5)).area > 595 * 842
    assert frame(turned(CORNERS, 10)) == NOWHERE


@pytest.mark.parametrize("points", [[], CORNERS[:3], [*CORNERS[:3], (10.0, 20.0)], CORNERS + turned(CORNERS, 1)])
def test_no_other_shape_is_one(points: list[tuple[float, float]]) -> None:
    assert frame(points) == NOWHERE
