"""The pages of a PDF as grey pictures: the scan itself where a page is nothing else, any other page as it is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image
from pypdfium2 import raw

from docgen.archive.areas import Box, Matrix, covered
from docgen.archive.ink import is_blank
from docgen.archive.leaves import Way
from docgen.archive.makeup import (
    are_same,
    has_layers,
    is_bare,
    lacks_parts,
    only_picture,
    pictures_of,
    shows_what_it_holds,
)
from docgen.archive.placed import DEEPEST, JPEG, Placed, jpeg, placed

MOST_PIXELS = 80_000_000
"""Of one picture; A4 at 600 dpi has 35 million."""
MOST_DRAWN = 40_000_000
"""Pixels of a page that is drawn."""
DRAWN = 200 / 72
"""Pixels a point: 200 dpi."""
SHORTEST = 2067
"""Pixels of the shorter side that are enough for a page of any size: 250 dpi on A4."""
FULL, SCANNED = 0.95, 0.6
"""So much of a plain page is covered by its picture; so much of any page that was scanned is covered by pictures."""
SEEN, COUNTS = 0.9, 0.05
"""A picture of which less is seen hides something, if it is as large as such a share of the page."""
LEGIBLE = 420
"""Pixels of the shorter side of a picture from which it can be told whether there is ink on it."""
SQUARE = 0.05
"""How much longer than wide a pixel of a plain page may be; those of a fax are twice as long."""
LEVEL = 0.002
"""How far a plain page's picture may lean; programs that straighten pages turn it by more."""
OVERLAP = 1.1
"""Pictures that are larger than the page, by so much together, lie on one another."""
MOST_PIECES = 20_000
"""More pieces on a page are not gone through: it is drawn."""
TURNED = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
"""By the degrees that PDF counts clockwise; Pillow counts the other way."""
LAID = {
    (-1, 0, 0, -1): Image.Transpose.ROTATE_180,
    (-1, 0, 0, 1): Image.Transpose.FLIP_LEFT_RIGHT,
    (1, 0, 0, -1): Image.Transpose.FLIP_TOP_BOTTOM,
    (0, 1, -1, 0): Image.Transpose.ROTATE_90,
    (0, -1, 1, 0): Image.Transpose.ROTATE_270,
    (0, 1, 1, 0): Image.Transpose.TRANSVERSE,
    (0, -1, -1, 0): Image.Transpose.TRANSPOSE,
}
"""By the signs of a picture's matrix."""


@dataclass(frozen=True, slots=True)
class View:
    """What is seen of a page. ``picture``: as a viewer shows it, grey; None where nothing can be shown. ``fault``: a
    kind of reasons.py, or ''."""

    picture: Image.Image | None
    fault: str = ""
    way: Way = ""


class Sheets:
    """An open PDF, with both its readers: PDFium shows the pages, pikepdf knows how they are made. To be closed."""

    def __init__(self, source: Path | bytes) -> None:
        self._shown = pypdfium2.PdfDocument(source)
        self._made = pikepdf.Pdf.open(BytesIO(source) if isinstance(source, bytes) else source)

    def close(self) -> None:
        self._shown.close()
        self._made.close()

    @contextmanager
    def sheet(self, page: int) -> Iterator[Sheet]:
        """The ``page``-th page, from 1. Raises errors of both readers where it can't be opened."""
        shown = self._shown[page - 1]
        try:
            yield Sheet(shown, self._made.pages[page - 1], has_layers(self._made))
        finally:
            shown.close()


class Sheet:
    """A page while it is open. All its methods raise errors of the readers where the page is damaged.

    ``has_layers``: its file has some; what is drawn then is what is shown as long as nobody changes that.
    """

    def __init__(self, shown: Any, made: pikepdf.Page, has_layers: bool = False) -> None:
        self._shown = shown
        self._made = made
        self._has_layers = has_layers
        self._is_read = False

    def view(self) -> View:
        """What is seen of it."""
        pieces = raw.FPDFPage_CountObjects(self._shown)
        has_notes = raw.FPDFPage_GetAnnotCount(self._shown) > 0
        has_more = has_notes or self._has_layers
        if not pieces and not has_notes:
            return View(None, "no_picture")
        if any(width * height > MOST_PIXELS for width, height in (one.size for one in self._pictures)):
            return View(None, "too_large")
        if not has_more and self._is_plain(pieces):
            return View(self._scan(), way="image")
        width, height = self._shown.get_size()
        scale = min(DRAWN, SHORTEST / min(width, height))
        if width * height * scale * scale > MOST_DRAWN:
            return View(None, "too_large")
        self._compare()
        if has_more or any(one.seen(self._box) < SEEN for one in self._pictures if self._counts(one)):
            fault = "hidden_parts"
        else:
            fault = "" if covered(self._box, [one.matrix for one in self._pictures]) >= SCANNED else "not_scanned"
        return View(self._drawn(scale), fault, "drawn")

    def is_whole(self) -> bool:
        """Whether all its pictures are there, and were shown to their end; a damaged one may look like a blank page."""
        return self._is_read or (not lacks_parts(self._made) and all(one.is_whole() for one in self._pictures))

    def hides_ink(self) -> bool:
        """Whether a picture of a page that looks blank is not: something covers it, or a mask takes it away. Of small
        ones, as strips are, nobody can tell: they must lie open."""
        legible = [one for one in self._pictures if self._counts(one) and min(one.size) >= LEGIBLE]
        if not all(is_blank(one.grey()) for one in legible):
            return True
        areas = sum(one.matrix.box.area for one in self._pictures)
        return len(legible) < len(self._pictures) and (areas > OVERLAP * self._box.area or self._has_drawings())

    def thumbnail(self, longest: int) -> Image.Image:
        """The page as a viewer shows it, its longer side of so many pixels at most. Raises ValueError where the other
        reader, which is to copy it, means another page."""
        with suppress(pikepdf.PdfError):
            self._compare()
        return self._drawn(min(DRAWN, longest / max(self._shown.get_size())))

    def _drawn(self, scale: float) -> Image.Image:
        picture: Image.Image = self._shown.render(scale=scale, grayscale=True).to_pil()
        return picture.convert("L")

    def _compare(self) -> None:
        """Both readers must mean the same page, as what one reads the other copies; where the list of pages is damaged
        they may count differently.

        Raises:
            ValueError: none of the pictures is the same.
        """
        made = pictures_of(self._made)
        if made and not are_same((one.data() for one in self._pictures), made):
            raise ValueError("the picture of another page")

    @cached_property
    def _box(self) -> Box:
        """The part of the page that is shown."""
        return Box(*self._shown.get_bbox())

    @cached_property
    def _pictures(self) -> list[Placed]:
        return list(placed(self._shown))

    def _counts(self, one: Placed) -> bool:
        return one.matrix.box.area > COUNTS * self._box.area

    def _is_plain(self, pieces: int) -> bool:
        """Whether the page is one picture, and nothing else that is seen."""
        if pieces > MOST_PIECES or len(self._pictures) != 1 or self._pictures[0].is_nested:
            return False
        (only,) = self._pictures
        return (
            not self._has_drawings()
            and self._made.obj.get("/UserUnit", 1) == 1
            and self._stream is not None
            and is_bare(self._stream, only.size)
            and are_same([only.data()], [self._stream])
            and self._is_straight(only)
            and only.seen(self._box) >= FULL
            and only.matrix.box.within(self._box).area >= FULL * self._box.area
        )

    def _has_drawings(self) -> bool:
        """Whether anything is seen but pictures as they are."""
        return any(self._is_drawn(one) for one in self._shown.get_objects(max_depth=DEEPEST))

    def _is_drawn(self, one: Any) -> bool:
        """Whether a piece of the page is seen beside its picture; words for searching are invisible."""
        match one.type:
            case raw.FPDF_PAGEOBJ_IMAGE | raw.FPDF_PAGEOBJ_FORM:
                return bool(raw.FPDFPageObj_HasTransparency(one)) or raw.FPDFPageObj_CountMarks(one) > 0
            case raw.FPDF_PAGEOBJ_TEXT:
                return bool(raw.FPDFTextObj_GetTextRenderMode(one) != raw.FPDF_TEXTRENDERMODE_INVISIBLE)
            case _:
                return True

    @cached_property
    def _stream(self) -> Any:
        """The picture of a plain page as it is made."""
        return only_picture(self._made)

    def _is_straight(self, one: Placed) -> bool:
        """Whether it lies along the edges of the page, with square pixels."""
        at, (width, height) = one.matrix, one.size
        straight, across = (abs(at.a), abs(at.d)), (abs(at.b), abs(at.c))
        if max(straight) < max(across):
            straight, across = across, straight
        if not width or not height or not min(straight) or max(across) > LEVEL * min(straight):
            return False
        return abs((straight[0] / width) / (straight[1] / height) - 1) <= SQUARE

    def _scan(self) -> Image.Image:
        """The picture of a plain page, turned as the page shows it."""
        (only,) = self._pictures
        if only.filters == [JPEG] and shows_what_it_holds(self._stream):
            picture, self._is_read = jpeg(only.data(), only.size), True
        else:
            picture = only.grey()
            self._is_read = only.fills(picture)
        for turn in (LAID.get(_laid(only.matrix)), TURNED.get(self._shown.get_rotation())):
            picture = picture if turn is None else picture.transpose(turn)
        return picture


def _laid(at: Matrix) -> tuple[int, int, int, int]:
    """The signs of the matrix of a picture that lies along the edges of its page."""
    if abs(at.a) > abs(at.b):
        return (1 if at.a > 0 else -1, 0, 0, 1 if at.d > 0 else -1)
    return (0, 1 if at.b > 0 else -1, 1 if at.c > 0 else -1, 0)
