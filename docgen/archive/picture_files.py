"""Files that are pictures: whether they can be taken in, and the PDF that each becomes, its data kept as they are."""

from __future__ import annotations

from pathlib import Path

import img2pdf
import pypdfium2
from PIL import Image
from pypdfium2 import raw

from docgen.archive.piles import Kind
from docgen.archive.unfit import DAMAGED, ODD_PICTURE, PAGES_DIFFER, PIXELS, TOO_LARGE, Unfit, damage_told
from docgen.model.problems import Words

MOST_PAGES = 10_000
MOST_PIXELS = 80_000_000
SHORTEST, LONGEST = 70, 450
"""Millimetres that the shorter side of a sheet of paper may have; else the resolution is not that of a scan."""
MILLIMETRE = 72 / 25.4
A4 = (210 * MILLIMETRE, 297 * MILLIMETRE)
ORIENTATION = 274
"""The tag that says how a picture lies in its file, in TIFF and in what cameras write into others."""
MIRRORED = frozenset({2, 4, 5, 7})
LYING = frozenset({*MIRRORED, 3, 6, 8})

IS_MIRRORED = Words("it is marked as mirrored", "标记为镜像")
IS_TURNED = Words("it is marked as turned or mirrored", "标记为旋转或镜像")


def pages_of(path: Path, kind: Kind) -> int:
    """How many pages a picture becomes.

    Raises:
        Unfit: it can't be taken in.
    """
    with damage_told():
        frames = _frames(path)
    try:
        made = bound(path)
    except ValueError as error:
        raise Unfit(ODD_PICTURE if _is_sound(path) else DAMAGED, reason=error) from error
    with damage_told():
        shown = pypdfium2.PdfDocument(made)
        pages = int(raw.FPDF_GetPageCount(shown))
        shown.close()
    if kind != "jpeg" and pages != frames:  # a camera's JPEG may hold small ones of the same beside
        raise Unfit(PAGES_DIFFER, one=frames, other=pages)
    return pages


def bound(path: Path) -> bytes:
    """What a picture becomes as a PDF: a page for each of its pictures, as large as the paper was. The same bytes for
    the same picture. Raises OSError or ValueError where it can't be."""
    try:
        paper = _Paper(path)
        made: bytes = img2pdf.convert(
            path.read_bytes(),
            nodate=True,
            engine=img2pdf.Engine.internal,
            layout_fun=paper,
            producer="docgen",
            rotation=img2pdf.Rotation.ifvalid,
            first_frame_only=not paper.has_pages,
        )
    except MemoryError:
        raise
    except Exception as error:  # it has many of its own, and lets through those of what it reads with
        raise ValueError(str(error) or type(error).__name__) from error
    return made


def _frames(path: Path) -> int:
    """How many pictures a file holds; each is looked at before it is unpacked."""
    large = Unfit(TOO_LARGE, limit=PIXELS.filled(count=MOST_PIXELS // 10**6))
    try:
        with Image.open(path) as picture:
            frames = int(getattr(picture, "n_frames", 1))
            for frame in range(min(frames, MOST_PAGES)):
                picture.seek(frame)
                if picture.width * picture.height > MOST_PIXELS:
                    raise large
                _refuse_lying(picture)
    except Image.DecompressionBombError as error:
        raise large from error
    return frames


def _refuse_lying(picture: Image.Image) -> None:
    """What can't be laid as its file says: PDF can turn a picture and not mirror it; those of a TIFF come turned
    already where they were packed anew, and not where they weren't."""
    lies = getattr(picture, "tag_v2", None)
    if lies is None:
        if picture.getexif().get(ORIENTATION) in MIRRORED:
            raise Unfit(ODD_PICTURE, reason=IS_MIRRORED)
    elif lies.get(ORIENTATION) in LYING:
        raise Unfit(ODD_PICTURE, reason=IS_TURNED)


def _is_sound(path: Path) -> bool:
    """Whether all pictures of a file can be shown."""
    try:
        with damage_told(), Image.open(path) as picture:
            for frame in range(getattr(picture, "n_frames", 1)):
                picture.seek(frame)
                picture.load()
    except Unfit:
        return False
    return True


class _Paper:
    """How large the page of a picture is: as large as it says; one that says nothing, or what no paper has, fits A4.

    ``has_pages``: each picture in the file is a page; else all but the first are none.
    """

    def __init__(self, path: Path) -> None:
        with Image.open(path) as picture:
            self._is_told = "dpi" in picture.info
            self.has_pages = picture.format == "TIFF"

    def __call__(self, width: int, height: int, dpi: tuple[float, float]) -> tuple[float, float, float, float]:
        across, up = 72 * width / dpi[0], 72 * height / dpi[1]
        if not self._is_told or not SHORTEST * MILLIMETRE <= min(across, up) <= LONGEST * MILLIMETRE:
            room = A4 if width <= height else A4[::-1]
            scale = min(room[0] / width, room[1] / height)
            across, up = width * scale, height * scale
        return across, up, across, up
