"""How a page of a PDF is made, as its file has it: the one picture that it shows, what it names and hasn't got, layers
that a viewer may show or hide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pikepdf

SHADES = ("/DeviceGray", "/DeviceRGB", "/ICCBased", "/CalGray", "/CalRGB")
"""Colour spaces in which a JPEG shows what it holds."""
LAYERS = "/OCProperties"
LINE_END = b"\r\n"
DEEPEST = 10
"""Drawings in drawings."""


def only_picture(page: pikepdf.Page) -> Any:
    """The picture of a page that shows one; None where it can't be told from others in the page's list."""
    listed = _listed(page)
    names = set(listed.keys())
    if len(names) > 1:  # the list may be that of all pages, or hold words that were recognised
        try:
            names &= _drawn(page)
        except pikepdf.PdfError:
            return None
    pictures = [listed[name] for name in names if listed[name].get("/Subtype") == "/Image"]
    return pictures[0] if len(pictures) == 1 else None


def pictures_of(page: pikepdf.Page) -> list[Any]:
    """All that its content shows out of its list, also inside of what it draws."""
    found: list[Any] = []
    waiting: list[tuple[Any, int]] = [(page, 0)]
    while waiting:
        one, depth = waiting.pop()
        listed = _listed(one)
        for name in _drawn(one):
            part = listed.get(name)
            if not isinstance(part, pikepdf.Stream):
                continue
            if part.get("/Subtype") == "/Image":
                found.append(part)
            elif depth < DEEPEST:
                waiting.append((part, depth + 1))
    return found


def are_same(shown: Iterable[bytes], made: Iterable[Any]) -> bool:
    """Whether the packed data of any picture that is shown are those of one that is made; the end of a line may be
    counted as their last, or not."""
    known = {bytes(one.read_raw_bytes()).rstrip(LINE_END) for one in made}
    return any(data.rstrip(LINE_END) in known for data in shown)


def is_bare(picture: Any, size: tuple[int, int]) -> bool:
    """Whether a picture is of that size, and its pixels are what is seen: no mask, no layer that may be off."""
    if (int(picture.Width), int(picture.Height)) != size:
        return False
    if any(key in picture for key in ("/SMask", "/Mask", "/OC")):
        return False
    return not bool(picture.get("/ImageMask", False)) and not int(picture.get("/SMaskInData", 0))


def shows_what_it_holds(picture: Any) -> bool:
    """Whether the page changes nothing of the colours that a JPEG has."""
    shades = picture.get("/ColorSpace")
    name = shades[0] if isinstance(shades, pikepdf.Array) and len(shades) else shades
    return str(name) in SHADES and not any(key in picture for key in ("/Decode", "/DecodeParms"))


def lacks_parts(page: pikepdf.Page) -> bool:
    """Whether it is to show pictures that aren't in the file: a strip of a scan would be white, and nobody told."""
    listed = _listed(page)
    return not all(isinstance(listed.get(name), pikepdf.Stream) for name in _drawn(page))


def has_layers(pdf: pikepdf.Pdf) -> bool:
    """Whether parts of its pages may be shown or hidden; a page that is taken out of it shows them all."""
    found = pdf.Root.get(LAYERS)
    return found is not None and not (isinstance(found, pikepdf.Dictionary) and found.get("/OCGs") == pikepdf.Array())


def _listed(page: Any) -> pikepdf.Dictionary:
    """The pictures and drawings of a page, or of a drawing, by their names."""
    resources = page.get("/Resources")
    found = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    return found if isinstance(found, pikepdf.Dictionary) else pikepdf.Dictionary()


def _drawn(page: Any) -> set[str]:
    """The names of what its content shows out of its list."""
    return {str(one.operands[0]) for one in pikepdf.parse_content_stream(page, "Do") if one.operands}
