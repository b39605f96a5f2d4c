"""A picture on a page of a PDF: where it lies, what it shows, and whether its data were shown to their end."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from docgen.archive.areas import Box, Matrix, frame
from docgen.archive.endings import is_fax_ended, is_flate_ended, is_jpeg2000_ended

JPEG = "DCTDecode"
FAX, FLATE, JPEG2000 = "CCITTFaxDecode", "FlateDecode", "JPXDecode"
ENDINGS = {FAX: is_fax_ended, FLATE: is_flate_ended, JPEG2000: is_jpeg2000_ended}
ROOM = {
    FAX: 0.04,
    "JBIG2Decode": 0.005,
    JPEG2000: 0.05,
    FLATE: 0.2,
    "LZWDecode": 0.5,
    "RunLengthDecode": 0.6,
}
"""Bits a pixel that a picture of one colour may take: reading stopped early where the data are longer, as what is
missing is white."""
HEAD = 2000
"""Bytes that it may take besides."""
DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture. ``matrix`` puts it onto the page; ``window``: what clipping leaves to be seen there, None for all."""

    handle: Any
    matrix: Matrix
    window: Box | None
    is_nested: bool

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        width, height = ctypes.c_uint(), ctypes.c_uint()
        raw.FPDFImageObj_GetImagePixelSize(self.handle, width, height)
        return width.value, height.value

    @property
    def filters(self) -> list[str]:
        """How its data are packed, the outermost first."""
        names = []
        for at in range(raw.FPDFImageObj_GetImageFilterCount(self.handle)):
            length = raw.FPDFImageObj_GetImageFilter(self.handle, at, None, 0)
            name = ctypes.create_string_buffer(length)
            raw.FPDFImageObj_GetImageFilter(self.handle, at, name, length)
            names.append(name.value.decode("ascii", "replace"))
        return names

    def data(self) -> bytes:
        """As they are in the file."""
        length = raw.FPDFImageObj_GetImageDataRaw(self.handle, None, 0)
        data = ctypes.create_string_buffer(length)
        raw.FPDFImageObj_GetImageDataRaw(self.handle, data, length)
        return data.raw

    def grey(self) -> Image.Image:
        """Its pixels, without masks and before it is turned. Raises OSError where it can't be shown."""
        made = raw.FPDFImageObj_GetBitmap(self.handle)
        if not made:
            raise OSError("a picture that can't be shown")
        picture: Image.Image = pypdfium2.PdfBitmap.from_raw(made).to_pil()
        return picture.convert("L")

    def seen(self, page: Box) -> float:
        """The share of it that is seen on the page."""
        box = self.matrix.box
        shown = box.within(page).within(self.window) if self.window else box.within(page)
        return shown.area / box.area if box.area else 0.0

    def is_whole(self) -> bool:
        """Whether its data were shown to their end."""
        try:
            return self.fills(self.grey())
        except (OSError, SyntaxError, ValueError):
            return False

    def fills(self, picture: Image.Image) -> bool:
        """Whether ``picture``, its pixels, is all that its data hold: where reading stopped early, the rest is of one
        shade. Raises errors of a JPEG that is damaged."""
        filters, (width, height) = self.filters, self.size
        if filters == [JPEG]:
            jpeg(self.data(), self.size)
            return True
        if not filters or not _is_even(picture.crop((0, picture.height - 1, *picture.size))):
            return True
        data = self.data()
        if len(filters) == 1 and filters[0] in ENDINGS and not ENDINGS[filters[0]](data):
            return False
        if not _is_even(picture):
            return True
        if filters[-1] == FAX and len(data) * 8 < height:  # a white line takes a bit
            return False
        return len(data) * 8 <= ROOM.get(filters[-1], 0.0) * width * height + HEAD * 8


def jpeg(data: bytes, size: tuple[int, int]) -> Image.Image:
    """A JPEG of such a size as a grey picture. Raises OSError, SyntaxError or ValueError where it is damaged."""
    picture = Image.open(BytesIO(data), formats=["JPEG"])
    if picture.size != size:
        raise ValueError("it is of another size than the page says")
    picture.draft("L", picture.size)
    picture.load()
    return picture if picture.mode == "L" else picture.convert("L")


def _is_even(picture: Image.Image) -> bool:
    """Whether a grey picture is of one shade."""
    darkest, lightest = picture.getextrema()
    return darkest == lightest


def placed(page: Any) -> Iterator[Placed]:
    """The pictures of a page, also those inside of forms."""
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=DEEPEST):
        matrix, outer = _matrix(one), one.container
        while outer is not None:
            matrix, outer = matrix.then(_matrix(outer)), outer.container
        yield Placed(one.raw, matrix, None if one.container else _window(one.raw), one.container is not None)


def _matrix(one: Any) -> Matrix:
    return Matrix(*one.get_matrix().get())


def _window(handle: Any) -> Box | None:
    """The rectangle that clipping leaves of it; of another shape nobody knows what is seen: nothing is counted."""
    clip = raw.FPDFPageObj_GetClipPath(handle)
    window: Box | None = None
    for path in range(raw.FPDFClipPath_CountPaths(clip) if clip else 0):
        points = [_point(clip, path, at) for at in range(raw.FPDFClipPath_CountPathSegments(clip, path))]
        box = frame(points)
        window = box.within(window) if window else box
    return window


def _point(clip: Any, path: int, at: int) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, at), x, y)
    return x.value, y.value
