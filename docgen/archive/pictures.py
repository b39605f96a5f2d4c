"""The QR codes on the grey picture of a page: found at a glance, or where they should be."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PIL import Image, ImageFilter, ImageOps

from docgen.archive.leaves import SeenCode
from docgen.archive.marks import OURS, SIDE, Mark, Point, seen

SHARP = 2067
"""Pixels of the shorter side (250 dpi on A4) beyond which a picture is made smaller before it is searched."""
CORNER = 0.3
"""A corner of the page: so much of its shorter side, both ways."""
ENOUGH = 740
"""Pixels of a corner (300 dpi on A4) to which it is enlarged."""
ALIKE = 0.4
"""From 1 to -1: how far a code looks like itself or like its mirror image; of those that can be read, it is 0.7 at the
least."""
LONGEST = 200
"""Characters of a code that are told."""

Box = tuple[int, int, int, int]
Changed = tuple[Image.Image, float]
"""A corner that was changed, and how many pixels it has for one."""


@dataclass(frozen=True, slots=True)
class Found:
    """The codes of a picture of such a size; ``tries``: how many pictures were searched for them."""

    size: tuple[int, int]
    marks: tuple[Mark, ...] = ()
    tries: int = 0

    @property
    def codes(self) -> tuple[SeenCode, ...]:
        """Those on this side of the paper; what is mirrored shines through from the other."""
        return seen([mark for mark in self.marks if not mark.is_mirrored], self.size)

    @property
    def is_mirrored(self) -> bool:
        """Whether all that was found shines through from the back."""
        return bool(self.marks) and all(mark.is_mirrored for mark in self.marks)

    def with_more(self, marks: Sequence[Mark], tries: int) -> Found:
        near = SIDE * min(self.size) / 2
        new = [
            mark
            for mark in marks
            if not any(mark.text == old.text and math.dist(mark.centre, old.centre) < near for old in self.marks)
        ]
        return Found(self.size, self.marks + tuple(new), self.tries + tries)


def glance(picture: Image.Image) -> Found:
    """Look at the whole picture once; this finds the codes of most pages."""
    factor = -(-min(picture.size) // SHARP)
    small = picture.reduce(factor) if factor > 1 else picture
    return Found(picture.size).with_more(list(_read(small, 1 / factor)), 1)


def search(picture: Image.Image, found: Found) -> Found:
    """Look again where a code of ours is missing: in all corners, or, with one code found, where its partner stands.

    The partner matters too: two papers may lie on one another, and of the other one only this code is seen.
    """
    ours = [code for code in found.codes if code.text.startswith(OURS)]
    if not ours:
        found = _searched(picture, found, _corners(picture.size), stops=True)
        ours = [code for code in found.codes if code.text.startswith(OURS)]
    if len({code.top for code in ours}) == 1:
        found = _searched(picture, found, [_partner(ours[0], picture.size)], stops=False)
    return found


def _searched(picture: Image.Image, found: Found, boxes: Sequence[Box], *, stops: bool) -> Found:
    """Each kind of picture of each box until something new is seen; ``stops``: any code will do, not only ours."""
    for change, binarizer in CHANGES:
        for box in boxes:
            changed, scale = change(picture.crop(box))
            marks = list(_read(changed, scale, box[:2], binarizer))
            more = found.with_more(marks, 1)
            if any(mark.is_ours and not mark.is_mirrored for mark in more.marks[len(found.marks) :]):
                return more
            found = more
        if stops and found.codes:
            return found
    return found


def _as_it_is(corner: Image.Image) -> Changed:
    return corner, 1


def _enlarged(corner: Image.Image) -> Changed:
    """So that a module of the code has some seven pixels."""
    scale = max(1, -(-ENOUGH // min(corner.size)))
    return corner.resize((corner.width * scale, corner.height * scale), Image.Resampling.LANCZOS), scale


def _sharp(corner: Image.Image) -> Changed:
    large, scale = _enlarged(corner)
    return large.filter(ImageFilter.UnsharpMask(4, 150, 0)), scale


def _sharper(corner: Image.Image) -> Changed:
    large, scale = _enlarged(corner)
    return large.filter(ImageFilter.UnsharpMask(6, 250, 0)), scale


def _without_specks(corner: Image.Image) -> Changed:
    return _enlarged(corner.filter(ImageFilter.MedianFilter(3)))


def _soft(corner: Image.Image) -> Changed:
    return _enlarged(corner.filter(ImageFilter.GaussianBlur(1)))


def _contrasted(corner: Image.Image) -> Changed:
    return _enlarged(ImageOps.autocontrast(corner, cutoff=2))


CHANGES: Sequence[tuple[Callable[[Image.Image], Changed], str]] = (
    (_as_it_is, "LocalAverage"),
    (_enlarged, "LocalAverage"),
    (_sharp, "LocalAverage"),
    (_sharper, "GlobalHistogram"),
    (_without_specks, "LocalAverage"),
    (_soft, "GlobalHistogram"),
    (_contrasted, "FixedThreshold"),
)
"""What is done to a corner, and how it is made black and white then; what helps most often comes first."""


def _corners(size: tuple[int, int]) -> list[Box]:
    width, height = size
    far = round(CORNER * min(size))
    return [
        (left, top, left + far, top + far) for top in (0, height - far) for left in (width - far, 0)
    ]  # right before left: most pages are upright


def _partner(code: SeenCode, size: tuple[int, int]) -> Box:
    """The corner where the other code of an upright page stands: at the right, at the other end."""
    right_top, left_top, right_bottom, left_bottom = _corners(size)
    clockwise = (left_top, right_top, right_bottom, left_bottom)
    # turned upright the corner is at the right: number 1 above, 2 below; a page that lies turned has it elsewhere
    return clockwise[((2 if code.top else 1) - code.turn // 90) % 4]


def _read(
    picture: Image.Image, scale: float, offset: Point = (0, 0), binarizer: str = "LocalAverage"
) -> Iterator[Mark]:
    """The codes of a picture that is a part of the page, from ``offset``, with ``scale`` of its pixels for one."""
    import zxingcpp

    found = zxingcpp.read_barcodes(
        picture,
        formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2]),
        text_mode=zxingcpp.TextMode.Plain,
        binarizer=getattr(zxingcpp.Binarizer, binarizer),
        try_invert=False,
    )
    for code in found:
        place = code.position
        at = [(one.x, one.y) for one in (place.top_left, place.top_right, place.bottom_right, place.bottom_left)]
        text = "".join(one if one.isprintable() else "\ufffd" for one in code.text)[:LONGEST]
        mirrored = _is_mirrored(picture, at, code.text, code.ec_level, code.extra)
        first, second, third, fourth = ((x / scale + offset[0], y / scale + offset[1]) for x, y in at)
        yield Mark(text, (first, second, third, fourth), mirrored)


def _is_mirrored(picture: Image.Image, corners: Sequence[Point], text: str, level: str, about: Any) -> bool:
    """Whether a code is seen from behind.

    The reader reads mirrored codes too and doesn't tell. So the code is drawn anew, and compared with the picture
    straight and mirrored, that is with rows for columns. Codes of others may be made in a way that can't be drawn anew,
    and count as straight; one of ours that looks like neither is not trusted.
    """
    is_ours = text.startswith(OURS)
    try:
        side, differing = _uneven(text, level, int(about["Version"]), int(about["DataMask"]))
    except (KeyError, ValueError):
        return is_ours
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    shown = picture.transform(
        (side, side), Image.Transform.QUAD, (ax, ay, dx, dy, cx, cy, bx, by), Image.Resampling.BILINEAR
    ).tobytes()
    steps = [shown[column * side + row] - shown[row * side + column] for row, column in differing]
    likeness = sum(steps) / max(1, sum(map(abs, steps)))
    return likeness < (ALIKE if is_ours else -ALIKE)


@lru_cache(maxsize=64)
def _uneven(text: str, level: str, version: int, mask: int) -> tuple[int, tuple[tuple[int, int], ...]]:
    """The side of a code in modules, and where a dark one has a light one as its mirror image, by row and column."""
    import segno

    drawn = segno.make(text, error=level, version=version, mask=mask, micro=False, boost_error=False).matrix
    side = len(drawn)
    places = ((row, column) for row in range(side) for column in range(side))
    return side, tuple((row, column) for row, column in places if drawn[row][column] and not drawn[column][row])
