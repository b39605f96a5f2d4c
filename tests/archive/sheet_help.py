"""Scans in each way of packing them, and what is seen of the pages that they make."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from pikepdf import Array, Name, Pdf, Stream
from PIL import Image, ImageChops, ImageDraw, ImageStat

from docgen.archive.sheets import Sheet, Sheets, View
from tests.archive.scan_help import Plan, fax, jpeg, jpeg_says, packed, scan, size_of

WORDS = "BT {mode} Tr /F1 30 Tf 80 400 Td (agreed) Tj ET"
UPRIGHT = "q {w} 0 0 {h} 0 0 cm /Im Do Q"


def picture(size: tuple[int, int] = (480, 680)) -> Image.Image:
    """No side of it is like another."""
    made = Image.new("L", size, 240)
    pen = ImageDraw.Draw(made)
    pen.rectangle((30, 30, size[0] // 2, 90), fill=20)
    pen.rectangle((30, 30, 70, size[1] // 2), fill=120)
    pen.ellipse((size[0] - 120, size[1] - 160, size[0] - 40, size[1] - 80), fill=60)
    return made


@contextmanager
def sheet(content: bytes, page: int = 1) -> Iterator[Sheet]:
    sheets = Sheets(content)
    try:
        with sheets.sheet(page) as one:
            yield one
    finally:
        sheets.close()


def view(content: bytes, page: int = 1) -> View:
    with sheet(content, page) as one:
        return one.view()


def saved(made: Pdf) -> bytes:
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def image_of(made: Pdf) -> Stream:
    found = made.pages[0].Resources.XObject.Im
    assert isinstance(found, Stream)
    return found


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures, at the size of the first, slightly out of focus."""
    small = (60, 80)
    both = [each.resize(small, Image.Resampling.BOX) for each in (one, other)]
    return float(ImageStat.Stat(ImageChops.difference(*both)).mean[0])


def bitonal() -> Image.Image:
    return picture().convert("1")


def kinds() -> dict[str, Plan]:
    """Scans packed in each way that PIL can pack."""
    grey, colour = picture(), Image.merge("RGB", [picture()] * 3)
    fax_data, parms = fax(bitonal())
    flat = {**size_of(grey), "BitsPerComponent": 8, "Filter": Name.FlateDecode}
    line = {**size_of(grey), "BitsPerComponent": 1, "ColorSpace": Name.DeviceGray}
    return {
        "grey JPEG": scan(grey),
        "colour JPEG": Plan(data=jpeg(colour), says={**jpeg_says(colour), "ColorSpace": Name.DeviceRGB}),
        "JPEG 2000": Plan(data=packed(grey, "JPEG2000"), says={**jpeg_says(grey), "Filter": Name.JPXDecode}),
        "inverted JPEG": scan(ImageChops.invert(grey)),
        "grey": Plan(data=zlib.compress(grey.tobytes()), says={**flat, "ColorSpace": Name.DeviceGray}),
        "colour": Plan(data=zlib.compress(colour.tobytes()), says={**flat, "ColorSpace": Name.DeviceRGB}),
        "black and white": Plan(data=zlib.compress(bitonal().tobytes()), says={**line, "Filter": Name.FlateDecode}),
        "white and black": Plan(
            data=zlib.compress(ImageChops.invert(bitonal()).tobytes()),
            says={**line, "Filter": Name.FlateDecode, "Decode": Array([1, 0])},
        ),
        "fax": Plan(data=fax_data, says={**line, "Filter": Name.CCITTFaxDecode, "DecodeParms": parms}),
    }


KINDS = kinds()
KINDS["inverted JPEG"] = Plan(
    data=KINDS["inverted JPEG"].data, says={**KINDS["inverted JPEG"].says, "Decode": Array([1, 0])}
)
