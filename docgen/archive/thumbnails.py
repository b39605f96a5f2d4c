"""A small grey picture of a page, for the person who decides what it is; made in a process that may die of the page."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
from PIL import Image, ImageDraw, ImageOps

from docgen.archive.piles import Examined

LONGEST = 1053
"""Pixels of the longer side: 90 dpi on A4."""
MOST_BYTES = 60_000
STEPS = ((LONGEST, 16), (LONGEST, 4), (760, 4), (520, 4), (330, 4))
"""Longer side and shades of grey, until the file is small enough; a picture of the last kind always is."""
NOTHING = (233, 330)


def thumbnail(file: Examined, page: int) -> bytes:
    """The ``page``-th page of a file, from 1, as PNG. Raises errors of many kinds where it can't be shown."""
    return _packed(_of_pdf(file, page) if file.kind == "pdf" else _of_picture(file, page))


def crossed_out() -> bytes:
    """In the place of a page that can't be shown."""
    picture = Image.new("L", NOTHING, 221)
    pen = ImageDraw.Draw(picture)
    for ends in ((0, 0, *NOTHING), (NOTHING[0], 0, 0, NOTHING[1])):
        pen.line(ends, fill=136, width=3)
    return _packed(picture)


def _of_pdf(file: Examined, page: int) -> Image.Image:
    document = pypdfium2.PdfDocument(file.path)
    try:
        shown = document[page - 1]
        scale = LONGEST / max(shown.get_size())
        picture: Image.Image = shown.render(scale=scale, grayscale=True).to_pil()
        return picture.convert("L")
    finally:
        document.close()


def _of_picture(file: Examined, page: int) -> Image.Image:
    with Image.open(file.path) as picture:
        if page > 1:
            picture.seek(page - 1)
        picture.draft("L", (LONGEST, LONGEST))
        turned = ImageOps.exif_transpose(picture)
        if "A" in turned.getbands() or "transparency" in turned.info:
            seen = turned.convert("RGBA")
            turned = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
        return turned.convert("L")


def _packed(picture: Image.Image) -> bytes:
    png = BytesIO()
    for longest, shades in STEPS:
        png = BytesIO()
        small = ImageOps.contain(picture, (longest, longest)) if max(picture.size) > longest else picture
        _with_shades(small, shades).save(png, "PNG", optimize=True)
        if png.tell() <= MOST_BYTES:
            break
    return png.getvalue()


def _with_shades(picture: Image.Image, shades: int) -> Image.Image:
    last = shades - 1
    reduced = picture.point([round(level * last / 255) for level in range(256)])
    reduced.putpalette([level * 255 // last for level in range(shades) for _ in range(3)])
    return reduced
