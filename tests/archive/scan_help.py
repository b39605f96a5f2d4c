"""Scanned pages that are drawn in a moment, and PDFs around them as scanners, and stranger programs, write them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any

import segno
from pikepdf import Dictionary, Name, Pdf
from PIL import Image, ImageChops, ImageDraw

from docgen.model.page_code import page_code

TEXT = str(page_code("S1024-202601-L", 1, 1, 2, "ab12" * 16))
OTHER = str(page_code("S1025-202601-L", 1, 1, 2, "cd34" * 16))
A4 = (210.0, 297.0)
DPI = 100
INCH = 25.4
LEFT, TOP, SIDE = 187.5, 5.5, 15.0
"""Where a code lies on A4, and how large it is, in millimetres; the lower one lies so far from the lower edge."""


@cache
def modules(text: str) -> Image.Image:
    """A code with one pixel a module."""
    matrix = segno.make(text, error="q", micro=False, boost_error=False).matrix
    return Image.frombytes("L", (len(matrix), len(matrix)), bytes(255 * (1 - one) for row in matrix for one in row))


def put(picture: Image.Image, text: str, left: float, top: float, side: float = SIDE, dpi: int = DPI) -> None:
    """Draw a code; places in millimetres."""
    pixels = round(side * dpi / INCH)
    code = modules(text).resize((pixels, pixels), Image.Resampling.NEAREST)
    picture.paste(code, (round(left * dpi / INCH), round(top * dpi / INCH)))


def sheet(dpi: int = DPI, size: tuple[float, float] = A4, grey: int = 255) -> Image.Image:
    """A blank one."""
    return Image.new("L", (round(size[0] * dpi / INCH), round(size[1] * dpi / INCH)), grey)


def page(upper: str = TEXT, lower: str = TEXT, dpi: int = DPI, size: tuple[float, float] = A4) -> Image.Image:
    """A page of a paper, upright, with its codes; '' for none. Some lines stand on it."""
    made = sheet(dpi, size)
    left = size[0] - (A4[0] - LEFT)
    if upper:
        put(made, upper, left, TOP, dpi=dpi)
    if lower:
        put(made, lower, left, size[1] - TOP - SIDE, dpi=dpi)
    return lines(made, dpi, range(40, 160, 6))


def lines(picture: Image.Image, dpi: int, tops: Sequence[int]) -> Image.Image:
    """With something like words, at so many millimetres from the top."""
    pen, scale = ImageDraw.Draw(picture), dpi / INCH
    for top in tops:
        for left in range(25, 160, 9):
            pen.rectangle((left * scale, top * scale, (left + 6) * scale, (top + 1.8) * scale), fill=40)
    return picture


def noisy(picture: Image.Image, most: int, seed: int = 1) -> Image.Image:
    """With grain of so many levels up and down."""
    grain = Image.frombytes("L", picture.size, random.Random(seed).randbytes(picture.width * picture.height))
    return ImageChops.add(picture, grain.point([128 + (one - 128) * most // 128 for one in range(256)]), 1, -128)


def packed(picture: Image.Image, form: str, **options: Any) -> bytes:
    target = BytesIO()
    picture.save(target, form, **options)
    return target.getvalue()


def fax(made: Image.Image) -> tuple[bytes, Dictionary]:
    """As CCITT group 4, taken out of a TIFF of one strip."""
    tiff = packed(made, "TIFF", compression="group4", tiffinfo={278: made.height})
    with Image.open(BytesIO(tiff)) as written:
        tags = written.tag_v2  # type: ignore[attr-defined]
        (start,), (length,) = tags[273], tags[279]
    return tiff[start : start + length], Dictionary(K=-1, Columns=made.width, Rows=made.height, BlackIs1=True)


def jpeg(picture: Image.Image, quality: int = 60, dpi: int = DPI) -> bytes:
    return packed(picture, "JPEG", quality=quality, dpi=(dpi, dpi))


@dataclass(frozen=True, slots=True)
class Plan:
    """A page of a PDF: its content, where ``{w}`` and ``{h}`` are its width and height in points; the data of its
    picture ``/Im`` with what is said of them; more keys of the page, as ``/Rotate``."""

    content: str = "q {w} 0 0 {h} 0 0 cm /Im Do Q"
    data: bytes = b""
    says: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, Any] = field(default_factory=dict)
    box: tuple[float, float] = (595.0, 842.0)


def scan(picture: Image.Image, **more: Any) -> Plan:
    """A page that is a JPEG and nothing else."""
    return Plan(data=jpeg(picture), says=jpeg_says(picture), **more)


def jpeg_says(picture: Image.Image) -> dict[str, Any]:
    return {**size_of(picture), "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray, "Filter": Name.DCTDecode}


def size_of(picture: Image.Image) -> dict[str, int]:
    return {"Width": picture.width, "Height": picture.height}


def pdf(*plans: Plan) -> bytes:
    target = BytesIO()
    with opened(*plans) as made:
        made.save(target, deterministic_id=True)
    return target.getvalue()


def opened(*plans: Plan) -> Pdf:
    """It, to be changed further."""
    made = Pdf.new()
    font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for plan in plans:
        made.add_blank_page(page_size=plan.box)
        drawn = made.pages[-1]
        drawn.Resources = Dictionary(Font=Dictionary(F1=font))
        if plan.says:
            says = Dictionary(Type=Name.XObject, Subtype=Name.Image, **plan.says)
            drawn.Resources.XObject = Dictionary(Im=made.make_stream(plan.data, says))
        content = plan.content.format(w=f"{plan.box[0]:.3f}", h=f"{plan.box[1]:.3f}")
        drawn.Contents = made.make_stream(content.encode("ascii"))
        for key, value in plan.keys.items():
            drawn.obj[key] = value
    return made
