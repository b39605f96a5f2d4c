"""What is seen of a page of a PDF: the scan itself where it is nothing else, and what a viewer shows of all others."""

from __future__ import annotations

import zlib
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops

from docgen.archive.sheets import View
from tests.archive.scan_help import Plan, jpeg, opened, pdf, scan, size_of
from tests.archive.sheet_help import KINDS, UPRIGHT, WORDS, difference, image_of, picture, saved, sheet, view

LAID = {
    "upright": "{w} 0 0 {h} 0 0",
    "turned round": "-{w} 0 0 -{h} {w} {h}",
    "mirrored": "-{w} 0 0 {h} {w} 0",
    "upside down": "{w} 0 0 -{h} 0 {h}",
    "to the left": "0 {h} -{w} 0 {w} 0",
    "to the right": "0 -{h} {w} 0 0 {h}",
    "across": "0 {h} {w} 0 0 0",
    "across and round": "0 -{h} -{w} 0 {w} {h}",
}


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("way", LAID)
def test_the_scan_itself_is_what_a_viewer_shows(way: str, rotate: int) -> None:
    lies = LAID[way].startswith("0")
    box = (680.0, 480.0) if lies else (480.0, 680.0)
    content = f"q {LAID[way]} cm /Im Do Q"
    found = pdf(scan(picture(), content=content, box=box, keys={"/Rotate": rotate}))
    with sheet(found) as one:
        seen = one.view()
        assert seen.way == "image" and seen.picture is not None and seen.fault == ""
        shown = one.thumbnail(680)
    assert seen.picture.size == shown.size
    assert difference(seen.picture, shown) < 3 < difference(seen.picture, shown.rotate(180))


@pytest.mark.parametrize("kind", KINDS)
def test_each_way_of_packing_a_scan_is_seen_as_a_viewer_shows_it(kind: str) -> None:
    with sheet(pdf(KINDS[kind])) as one:
        seen = one.view()
        assert seen.way == "image" and seen.picture is not None
        assert difference(seen.picture, one.thumbnail(680)) < 3
        assert one.is_whole()
    assert difference(seen.picture, picture()) < 6


@pytest.mark.parametrize(
    "plan",
    [
        scan(picture(), content=UPRIGHT + " " + WORDS.replace("{mode}", "3")),
        scan(picture(), content="0 0 {w} {h} re W n " + UPRIGHT),
        scan(picture(), keys={"/CropBox": Array([0, 0, 595, 842])}),
    ],
    ids=["words of a text recognition", "clipped to the page", "a crop box like the page"],
)
def test_what_scanners_put_around_a_scan_leaves_it_plain(plan: Plan) -> None:
    assert view(pdf(plan)).way == "image"


@pytest.mark.parametrize(
    "plan",
    [
        scan(picture(), content=UPRIGHT + " " + WORDS.replace("{mode}", "0")),
        scan(picture(), content=UPRIGHT + " 0.5 g 100 100 200 200 re f"),
        scan(picture(), content=UPRIGHT + " q 100 0 0 100 0 0 cm /Im Do Q"),
        scan(picture(), content="q {w} 20 -20 {h} 0 0 cm /Im Do Q"),
        scan(picture(), content="q {w} 0 0 {h} 0 0 cm 0.9 0 0 0.9 0.05 0.05 cm /Im Do Q"),
        scan(picture((480, 340))),
        scan(picture(), keys={"/UserUnit": 2}),
    ],
    ids=["words", "a box", "a second picture", "askew", "with a margin", "the pixels of a fax", "another unit"],
)
def test_all_that_is_more_than_a_scan_is_drawn(plan: Plan) -> None:
    seen = view(pdf(plan))
    assert (seen.way, seen.fault) == ("drawn", "") and seen.picture is not None


def test_masks_are_not_mistaken_for_a_plain_scan() -> None:
    """What the page shows is white; the picture under the mask is not."""
    soft: dict[str, Any] = {**size_of(picture()), "ColorSpace": Name.DeviceGray, "BitsPerComponent": 8}
    hard: dict[str, Any] = {**size_of(picture()), "ImageMask": True, "BitsPerComponent": 1}
    for key, says, data in (("/SMask", soft, bytes(480 * 680)), ("/Mask", hard, b"\xff" * (60 * 680))):
        made = opened(scan(picture()))
        image_of(made)[key] = made.make_stream(data, Dictionary(Type=Name.XObject, Subtype=Name.Image, **says))
        seen = view(saved(made))
        assert seen.way == "drawn" and seen.picture is not None
        assert seen.picture.getextrema() == (255, 255), key


def test_a_crop_box_that_shows_half_a_sheet_shows_no_more_and_is_told() -> None:
    seen = view(pdf(scan(picture(), keys={"/CropBox": Array([0, 421, 595, 842])})))
    assert (seen.way, seen.fault) == ("drawn", "hidden_parts") and seen.picture is not None
    assert seen.picture.width > seen.picture.height


SHAPES = {
    "half": "0 0 {w} 400 re W n ",
    "a triangle": "0 0 m {w} 0 l 0 {h} l h W n ",
    "a hole": "0 0 {w} {h} re 100 100 300 500 re W* n ",
    "a rim above and below": "0 0 {w} 1 re 0 841 {w} 1 re W n ",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_clipping_that_hides_a_part_of_a_sheet_is_told(shape: str) -> None:
    assert view(pdf(scan(picture(), content=SHAPES[shape] + UPRIGHT))).fault == "hidden_parts"


def test_a_picture_that_hangs_over_the_edge_is_told() -> None:
    assert view(pdf(scan(picture(), content="q 1190 0 0 {h} 0 0 cm /Im Do Q"))).fault == "hidden_parts"


def test_layers_are_told_as_they_may_be_hidden_or_shown() -> None:
    made = opened(scan(picture()))
    made.Root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary())
    assert view(saved(made)).way == "image"
    layer = made.make_indirect(Dictionary(Type=Name.OCG, Name="remarks"))
    made.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    assert view(saved(made)).fault == "hidden_parts"


@pytest.mark.parametrize("kind", ["/Text", "/FreeText", "/Widget", "/FileAttachment", "/Link"])
def test_notes_and_fields_are_told(kind: str) -> None:
    made = opened(scan(picture()))
    note = Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=Array([100, 100, 200, 150]))
    made.pages[0].Annots = Array([made.make_indirect(note)])
    made.Root.AcroForm = Dictionary(Fields=made.pages[0].Annots)
    assert view(saved(made)).fault == "hidden_parts"


def test_a_page_with_nothing_on_it_has_no_picture() -> None:
    assert view(pdf(Plan(content=""))) == View(None, "no_picture")


@pytest.mark.parametrize(
    "plan",
    [
        Plan(content=WORDS.replace("{mode}", "0")),
        scan(picture(), content="q 200 0 0 80 60 700 cm /Im Do Q " + WORDS.replace("{mode}", "0")),
        scan(picture(), content="q {w} 0 0 300 0 0 cm /Im Do Q"),
    ],
    ids=["words", "words and a logo", "a picture of less than half the page"],
)
def test_a_page_that_a_program_drew_was_not_scanned(plan: Plan) -> None:
    seen = view(pdf(plan))
    assert (seen.way, seen.fault) == ("drawn", "not_scanned") and seen.picture is not None


def test_a_list_of_pictures_that_all_pages_share_does_not_hide_which_one_a_page_shows() -> None:
    made = opened(scan(picture()), scan(picture()))
    listed = made.make_indirect(
        Dictionary(Im=made.pages[0].Resources.XObject.Im, Im2=made.pages[1].Resources.XObject.Im)
    )
    for page in made.pages:
        page.Resources.XObject = listed
    assert [view(saved(made), page).way for page in (1, 2)] == ["image", "image"]


def test_a_picture_in_the_content_is_not_mistaken_for_one_of_the_list_that_nobody_shows() -> None:
    made = opened(scan(picture()))
    begin = b"q 595 0 0 842 0 0 cm BI /W 480 /H 680 /BPC 8 /CS /G /F /DCT /D [1 0] ID "
    made.pages[0].Contents = made.make_stream(begin + jpeg(ImageChops.invert(picture())) + b"\nEI Q")
    seen = view(saved(made))
    assert (seen.way, seen.fault) == ("drawn", "") and seen.picture is not None
    assert difference(seen.picture, picture()) < 6


def test_the_strips_of_a_scan_are_one_scan() -> None:
    strips = " ".join(f"q {{w}} 0 0 43 0 {at * 42.1:.1f} cm /Im Do Q" for at in range(20))
    assert view(pdf(scan(Image.new("L", (480, 34), 200), content=strips))).fault == ""


@pytest.mark.parametrize(("covered", "hides"), [(" 1 g 0 0 {w} {h} re f", True), (UPRIGHT, True), ("", False)])
def test_strips_that_are_covered_may_hide_something(covered: str, hides: bool) -> None:
    strips = " ".join(f"q {{w}} 0 0 43 0 {at * 42.1:.1f} cm /Im Do Q" for at in range(20))
    with sheet(pdf(scan(Image.new("L", (480, 34), 255), content=f"{strips} {covered}"))) as one:
        assert one.view().fault == "" and one.hides_ink() is hides


def test_a_scan_inside_of_a_form_is_found_where_the_form_puts_it() -> None:
    made = opened(scan(picture()))
    says = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]), Matrix=Array([2, 0, 0, 2, 0, 0]))
    says.Resources = Dictionary(XObject=Dictionary(Im=image_of(made)))
    made.pages[0].Resources.XObject = Dictionary(Fm=made.make_stream(b"q 0.5 0 0 0.5 0 0 cm /Im Do Q", says))
    made.pages[0].Contents = made.make_stream(b"q 595 0 0 842 0 0 cm /Fm Do Q")
    seen = view(saved(made))
    assert (seen.way, seen.fault) == ("drawn", "")


@pytest.mark.parametrize("box", [(14400.0, 14400.0), (14400.0, 9000.0)])
def test_a_sheet_as_large_as_a_house_takes_no_more_memory_than_another(box: tuple[float, float]) -> None:
    assert view(pdf(scan(picture(), box=box))).way != ""
    seen = view(pdf(scan(picture(), content="0.9 g 0 0 10 10 re f " + UPRIGHT, box=box)))
    assert seen.way == "drawn" and seen.picture is not None and min(seen.picture.size) < 2100


def test_a_strip_as_long_as_a_street_is_too_large() -> None:
    assert view(pdf(scan(picture(), box=(750.0, 14400.0), content=WORDS.replace("{mode}", "0")))).fault == "too_large"


def test_a_picture_of_too_many_pixels_is_too_large() -> None:
    says = {"Width": 20000, "Height": 20000, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray}
    bomb = Plan(data=zlib.compress(bytes(1000)), says={**says, "Filter": Name.FlateDecode})
    assert view(pdf(bomb)) == View(None, "too_large")
