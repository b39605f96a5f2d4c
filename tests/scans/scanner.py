"""A scanner: pictures of pages become the files that it sends, each picture's bytes known by a hash."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

from pikepdf import Dictionary, Name, Pdf
from PIL import Image

Form = Literal["pdf", "pdf with text", "tiff", "jpg", "png"]
"""What it sends: one PDF, one with a layer of invisible text as programs of text recognition write it, one TIFF of
black and white pages, or a file for each page."""
LIMIT = 150
"""Of black and white, where a form knows nothing else."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A page as the scanner took it: grey, colour, or mode ``1``. ``dpi``: across and down; ``quality``: of JPEG;
    ``turn``: degrees clockwise by which the file says it is to be shown turned, where its form can say so."""

    picture: Image.Image
    dpi: tuple[int, int]
    quality: int = 60
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Scanned:
    """A file that the scanner sent. ``pictures``: for each page, the hash by which its picture is known again."""

    name: str
    content: bytes
    pictures: tuple[str, ...]


def scan(shots: Sequence[Shot], form: Form, name: str) -> list[Scanned]:
    """The files of a pile, in its order."""
    match form:
        case "pdf" | "pdf with text":
            return [_pdf(shots, f"{name}.pdf", with_text=form == "pdf with text")]
        case "tiff":
            return [_tiff(shots, f"{name}.tif")]
        case "jpg" | "png":
            return [_single(shot, form, f"{name}-{number:04}.{form}") for number, shot in enumerate(shots, start=1)]


def stream_mark(stream: bytes) -> str:
    """By which a picture is known that was put into a PDF as it is."""
    return hashlib.sha256(stream).hexdigest()


def pixel_mark(picture: Image.Image) -> str:
    """By which one is known that had to be packed otherwise: its pixels are the same."""
    return hashlib.sha256(f"{picture.size}".encode() + picture.convert("L").tobytes()).hexdigest()


def _pdf(shots: Sequence[Shot], name: str, *, with_text: bool) -> Scanned:
    target, marks = BytesIO(), []
    with Pdf.new() as pdf:
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for shot in shots:
            width, height = (72 * length / dpi for length, dpi in zip(shot.picture.size, shot.dpi, strict=True))
            pdf.add_blank_page(page_size=(width, height))
            page = pdf.pages[-1]
            stream, entries = _packed(shot)
            marks.append(stream_mark(stream))
            image = pdf.make_stream(stream, Dictionary(Type=Name.XObject, Subtype=Name.Image, **entries))
            page.Resources = Dictionary(XObject=Dictionary(Im0=image), Font=Dictionary(F1=font))
            drawn = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Im0 Do Q"
            if with_text:
                drawn += f" BT 3 Tr /F1 11 Tf 60 {height - 90:.0f} Td (what a program read on the page) Tj ET"
            page.Contents = pdf.make_stream(drawn.encode("ascii"))
            if shot.turn:
                page.Rotate = shot.turn
        pdf.save(target, deterministic_id=True)
    return Scanned(name, target.getvalue(), tuple(marks))


def _packed(shot: Shot) -> tuple[bytes, dict[str, Any]]:
    """The bytes of a picture in a PDF, and what has to be said of them."""
    picture = shot.picture
    size = {"Width": picture.width, "Height": picture.height}
    if picture.mode == "1":
        parms = Dictionary(K=-1, Columns=picture.width, Rows=picture.height, BlackIs1=True)
        coded = {"Filter": Name.CCITTFaxDecode, "DecodeParms": parms, "ColorSpace": Name.DeviceGray}
        return _fax_coded(picture), {**size, "BitsPerComponent": 1, **coded}
    space = Name.DeviceRGB if picture.mode == "RGB" else Name.DeviceGray
    return _jpeg(shot), {**size, "BitsPerComponent": 8, "Filter": Name.DCTDecode, "ColorSpace": space}


def _fax_coded(picture: Image.Image) -> bytes:
    """As CCITT group 4, taken out of a TIFF of one strip."""
    rows_in_strip, offsets, lengths = 278, 273, 279
    target = BytesIO()
    picture.save(target, "TIFF", compression="group4", tiffinfo={rows_in_strip: picture.height})
    with Image.open(target) as written:
        tags = written.tag_v2  # type: ignore[attr-defined]
        (start,), (length,) = tags[offsets], tags[lengths]
    return target.getvalue()[start : start + length]


def _jpeg(shot: Shot) -> bytes:
    target = BytesIO()
    picture = shot.picture.convert("L") if shot.picture.mode == "1" else shot.picture
    picture.save(target, "JPEG", quality=shot.quality, dpi=shot.dpi)
    return target.getvalue()


def _tiff(shots: Sequence[Shot], name: str) -> Scanned:
    """All black and white, in one resolution."""
    (dpi,) = {shot.dpi for shot in shots}
    target = BytesIO()
    first, *others = pages = [_bitonal(shot.picture) for shot in shots]
    first.save(target, "TIFF", compression="group4", save_all=True, append_images=others, dpi=dpi)
    return Scanned(name, target.getvalue(), tuple(pixel_mark(page) for page in pages))


def _bitonal(picture: Image.Image) -> Image.Image:
    if picture.mode == "1":
        return picture
    return picture.convert("L").point(lambda value: 255 if value > LIMIT else 0, mode="1")


def _single(shot: Shot, form: Literal["jpg", "png"], name: str) -> Scanned:
    if form == "jpg":
        content = _jpeg(shot)
        return Scanned(name, content, (stream_mark(content),))
    target = BytesIO()
    shot.picture.save(target, "PNG", dpi=shot.dpi)
    return Scanned(name, target.getvalue(), (pixel_mark(shot.picture),))
