"""A small grey picture of a page, for the person who decides what it is; made in a process that may die of the page."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from docgen.archive.piles import Examined, as_pdf
from docgen.archive.sheets import Sheets

LONGEST = 1053
"""Pixels of the longer side: 90 dpi on A4."""
MOST_BYTES = 60_000
STEPS = ((LONGEST, 16), (LONGEST, 4), (760, 4), (520, 4), (330, 4))
"""Longer side and shades of grey, until the file is small enough; a picture of the last kind always is."""
NOTHING = (233, 330)


def thumbnail(file: Examined, page: int, turn: int = 0) -> bytes:
    """The ``page``-th page of a file, from 1, as PNG, turned clockwise by so many degrees so that it is upright. Raises
    errors of many kinds where it can't be shown."""
    picture = _of_tiff(file, page) if file.kind == "tiff" else _of_pdf(file, page)
    return _packed(picture.rotate(-turn, expand=True) if turn else picture)


def crossed_out() -> bytes:
    """In the place of a page that can't be shown."""
    picture = Image.new("L", NOTHING, 221)
    pen = ImageDraw.Draw(picture)
    for ends in ((0, 0, *NOTHING), (NOTHING[0], 0, 0, NOTHING[1])):
        pen.line(ends, fill=136, width=3)
    return _packed(picture)


def _of_pdf(file: Examined, page: int) -> Image.Image:
    with closing(Sheets(as_pdf(file))) as sheets, sheets.sheet(page) as sheet:
        return sheet.thumbnail(LONGEST)


def _of_tiff(file: Examined, page: int) -> Image.Image:
    """Without the others, which may be a hundred."""
    with Image.open(file.path) as picture:
        picture.seek(page - 1)
        if "A" in picture.getbands():
            seen = picture.convert("RGBA")
            return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("L")
        return picture.convert("L")


def _packed(picture: Image.Image) -> bytes:
    png = BytesIO()
    for longest, shades in STEPS:
        png = BytesIO()
        small = ImageOps.contain(picture, (longest, longest)) if max(picture.size) > longest else picture
        _with_shades(small, shades).save(png, "PNG")
        if png.tell() <= MOST_BYTES:
            break
    return png.getvalue()


def _with_shades(picture: Image.Image, shades: int) -> Image.Image:
    last = shades - 1
    reduced = picture.point([round(level * last / 255) for level in range(256)])
    reduced.putpalette([level * 255 // last for level in range(shades) for _ in range(3)])
    return reduced
