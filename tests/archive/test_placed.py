"""Whether the pictures of a page are there to their end: what is lost of one may be what was signed."""

from __future__ import annotations

import zlib

import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from docgen.archive.ink import is_blank
from tests.archive.scan_help import Plan, fax, jpeg, jpeg_says, opened, pdf, scan, size_of
from tests.archive.sheet_help import UPRIGHT, bitonal, image_of, kinds, picture, saved, sheet


def test_a_strip_that_is_lost_is_noticed() -> None:
    made = opened(scan(picture((480, 340)), content="q {w} 0 0 421 0 421 cm /Im Do Q q {w} 0 0 421 0 0 cm /Im2 Do Q"))
    made.pages[0].Resources.XObject.Im2 = image_of(made)
    with sheet(saved(made)) as one:
        assert one.view().fault == "" and one.is_whole()
    del made.pages[0].Resources.XObject["/Im2"]
    with sheet(saved(made)) as one:
        assert one.view().way == "drawn" and not one.is_whole()


def damaged() -> dict[str, Plan]:
    grey = picture()
    white = Image.new("1", (480, 680), 1)
    _, parms = fax(bitonal())
    fax_says = {**size_of(white), "BitsPerComponent": 1, "ColorSpace": Name.DeviceGray, "DecodeParms": parms}
    inverse = {"Filter": Name.CCITTFaxDecode, "DecodeParms": Dictionary(K=-1, Columns=480, Rows=680)}
    jpeg2000 = {**jpeg_says(grey), "Filter": Name.JPXDecode}
    flat = {**jpeg_says(grey), "Filter": Name.FlateDecode}
    return {
        "no JPEG": Plan(data=b"nothing of it" * 90, says=jpeg_says(grey)),
        "a JPEG cut off": Plan(data=jpeg(Image.new("L", (480, 680), 128))[:700], says=jpeg_says(grey)),
        "a JPEG of another size": Plan(data=jpeg(picture((240, 340))), says=jpeg_says(grey)),
        "a fax cut off": Plan(data=fax(white)[0][:20], says={**fax_says, "Filter": Name.CCITTFaxDecode}),
        "the other way round": Plan(data=fax(white)[0][:20], says={**fax_says, **inverse}),
        "a damaged fax": Plan(data=bytes(range(256)) * 99, says={**fax_says, **inverse}),
        "no JPEG 2000": Plan(data=b"nothing of it" * 90, says=jpeg2000),
        "no JBIG2": Plan(data=b"nothing of it" * 900, says={**fax_says, "Filter": Name.JBIG2Decode}),
        "packed otherwise": Plan(data=b"nothing of it" * 900, says={**flat, "Filter": Name("/Unheard")}),
    }


@pytest.mark.parametrize("kind", damaged())
def test_a_damaged_picture_is_never_a_blank_page(kind: str) -> None:
    for content in (UPRIGHT, UPRIGHT + " 1 g 9 9 9 9 re f"):
        plan = damaged()[kind]
        with sheet(pdf(Plan(content, plan.data, plan.says))) as one:
            try:
                seen = one.view()
            except (OSError, ValueError):
                continue
            assert seen.fault or not one.is_whole() or (seen.picture and not is_blank(seen.picture)), seen


def half() -> dict[str, Plan]:
    """Scans of which the upper part is sound, the codes there too, and the rest is lost."""
    sound = kinds()
    found = {}
    for kind in ("grey JPEG", "JPEG 2000", "fax", "grey", "black and white", "colour"):
        data = sound[kind].data
        if kind in ("grey", "black and white", "colour"):
            data = zlib.compress(zlib.decompress(data), 0)
        found[kind] = Plan(data=data[: len(data) // 2], says=sound[kind].says)
    return found


@pytest.mark.parametrize("kind", half())
@pytest.mark.parametrize("content", [UPRIGHT, UPRIGHT + " 0.5 g 9 9 9 9 re f"], ids=["plain", "drawn"])
def test_a_picture_that_is_cut_off_is_noticed_whatever_can_be_read_of_it(kind: str, content: str) -> None:
    plan = half()[kind]
    with sheet(pdf(Plan(content, plan.data, plan.says))) as one:
        try:
            seen = one.view()
        except OSError:
            return
        assert seen.fault == "" and not one.is_whole()
