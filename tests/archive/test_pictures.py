"""Which codes are seen on the picture of a page, and whether docgen put them there."""

from __future__ import annotations

import pytest
import segno
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from docgen.archive.leaves import SeenCode
from docgen.archive.pictures import Found, glance, search
from docgen.model.page_code import page_code
from tests.archive.scan_help import A4, DPI, INCH, LEFT, OTHER, SIDE, TEXT, TOP, noisy, page, put, sheet

ENDS = [(TEXT, False), (TEXT, True)]


def found(picture: Image.Image) -> Found:
    return search(picture, glance(picture))


def seen(picture: Image.Image) -> list[SeenCode]:
    return sorted(found(picture).codes, key=lambda code: (code.text, code.top))


def ends(picture: Image.Image) -> list[tuple[str, bool]]:
    """The codes that stand where docgen prints them: what they say, and whether above."""
    return [(code.text, code.top) for code in seen(picture) if code.is_placed]


def lower_corner(picture: Image.Image, dpi: int = DPI) -> tuple[int, int, int, int]:
    far = round((TOP + SIDE + 3) * dpi / INCH)
    return picture.width - far, picture.height - far, picture.width, picture.height


def test_both_codes_of_an_upright_page_are_seen_at_first_glance() -> None:
    looked = found(page())
    assert [code.turn for code in looked.codes] == [0, 0] and looked.tries == 1
    assert ends(page()) == ENDS


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_known_by_its_codes_and_so_is_how_to_turn_it_back(turn: int) -> None:
    lying = page().rotate(turn, expand=True)  # against the clock, so that it must be turned with it
    assert {code.turn for code in seen(lying)} == {turn}
    assert ends(lying) == ENDS


def test_a_page_across_has_its_codes_at_the_same_corners() -> None:
    across = page(size=A4[::-1])
    assert ends(across) == ENDS
    assert ends(across.rotate(90, expand=True)) == ENDS


@pytest.mark.parametrize("angle", [-5, 5])
def test_a_page_that_lay_askew_is_read(angle: int) -> None:
    assert ends(page(dpi=150).rotate(angle / 3, Image.Resampling.BILINEAR, fillcolor=255)) == ENDS
    assert ends(page(dpi=150).rotate(angle, Image.Resampling.BILINEAR, expand=True, fillcolor=70)) == ENDS


def test_grain_blur_and_black_and_white_are_no_hindrance() -> None:
    assert ends(noisy(page(dpi=150).filter(ImageFilter.GaussianBlur(1)), 40)) == ENDS
    assert ends(page().convert("1").convert("L")) == ENDS
    dim = page(dpi=150).point([one // 3 + 20 for one in range(256)])
    assert ends(dim) == ENDS


def test_a_large_picture_is_read_as_well() -> None:
    looked = found(page(dpi=300))
    assert [code.is_placed for code in looked.codes] == [True, True] and looked.tries == 1


def test_a_long_code_of_the_next_version_is_read() -> None:
    text = str(page_code("S1024-202601-L", 1000, 100, 1000, "ab12" * 16))
    assert len(text) > 29
    assert ends(page(text, text, dpi=150)) == [(text, False), (text, True)]


@pytest.mark.parametrize("lying", [0, 90])
@pytest.mark.parametrize("changed", [ImageOps.mirror, ImageOps.flip])
@pytest.mark.parametrize("codes", [(TEXT, ""), ("", TEXT)])
def test_what_shines_through_from_the_back_is_no_code(changed: object, codes: tuple[str, str], lying: int) -> None:
    """A mirrored code looks like one that lies turned; the lower one even like one in its right place."""
    assert callable(changed)
    straight = page(*codes).rotate(lying, expand=True)
    assert len(glance(straight).codes) == 1 and not glance(straight).is_mirrored
    looked = found(changed(straight))
    assert looked.is_mirrored and looked.codes == ()


def test_a_code_that_shines_through_beside_the_pages_own_is_left_out() -> None:
    pale = ImageOps.mirror(page(OTHER, OTHER, dpi=150)).point([175 + one * 80 // 255 for one in range(256)])
    both = ImageChops.darker(page(dpi=150), pale)
    assert {code.text for code in seen(both)} == {TEXT} and ends(both) == ENDS


def test_one_code_is_enough_where_a_pen_went_over_the_other() -> None:
    struck = page(dpi=150)
    left, top, right, bottom = lower_corner(struck, 150)
    pen = ImageDraw.Draw(struck)
    for share in (0.2, 0.5, 0.8):
        pen.line((left, bottom - share * (bottom - top), right, top + share * (bottom - top)), fill=0, width=14)
    assert ends(struck) == [(TEXT, True)]


def faint(picture: Image.Image) -> Image.Image:
    """A code of it that is hard to read: the lower one, soft and grainy."""
    box = lower_corner(picture)
    soft = picture.crop(box).filter(ImageFilter.GaussianBlur(0.8))
    picture.paste(noisy(soft, 60), box[:2])
    return picture


def test_a_second_paper_on_the_sheet_is_noticed_though_its_code_is_hard_to_read() -> None:
    two = faint(page(TEXT, OTHER))
    assert {code.text for code in glance(two).codes} == {TEXT}, "or this shows nothing"
    assert {code.text for code in seen(two)} == {TEXT, OTHER}


@pytest.mark.parametrize("lying", [0, 90, 180, 270])
def test_corners_are_searched_where_no_code_is_seen_at_once(lying: int) -> None:
    hard = faint(page("", TEXT)).rotate(lying, expand=True)
    assert not glance(hard).marks, "or this shows nothing"
    assert ends(hard) == [(TEXT, False)]


@pytest.mark.parametrize(("scale", "is_placed"), [(0.6, False), (0.707, False), (0.8, True), (1.3, True), (1.6, False)])
def test_a_code_of_another_size_is_not_one_that_docgen_printed(scale: float, is_placed: bool) -> None:
    made = sheet(150)
    side = SIDE * scale
    put(made, TEXT, 207 - side, 3, side, 150)
    (code,) = seen(made)
    assert code.is_placed is is_placed


@pytest.mark.parametrize(("left", "top"), [(7.5, TOP), (100, TOP), (LEFT, 141), (LEFT, 60), (150, TOP), (7.5, 276)])
def test_a_code_at_another_place_is_not_one_that_docgen_printed(left: float, top: float) -> None:
    made = sheet(150)
    put(made, TEXT, left, top, dpi=150)
    (code,) = seen(made)
    assert not code.is_placed


def test_two_pages_on_one_sheet_are_not_where_docgen_prints_them() -> None:
    small = page(dpi=150).resize((877, 1240), Image.Resampling.LANCZOS)
    both = sheet(150, A4[::-1])
    both.paste(small, (0, 0))
    both.paste(small, (877, 0))
    looked = seen(both)
    assert len(looked) >= 2 and not any(code.is_placed for code in looked)


def test_foreign_codes_are_told_with_what_they_say() -> None:
    made = page(dpi=150)
    put(made, "https://example.org/\tx", 60, 200, 20, 150)
    assert [code.text for code in seen(made)] == [TEXT, TEXT, "https://example.org/\ufffdx"]


def test_a_foreign_code_that_shines_through_is_left_out() -> None:
    made = page("", "", dpi=150)
    put(made, "https://example.org/menu", 60, 200, 20, 150)
    assert [code.text for code in seen(made)] == ["https://example.org/menu"]
    looked = glance(ImageOps.mirror(made))
    assert looked.is_mirrored and looked.codes == ()


def test_a_code_that_is_not_made_as_docgen_makes_it_is_not_trusted() -> None:
    """It says the same, in small print of another kind: each character as eight bits."""
    made = sheet(150)
    forged = segno.make(TEXT.encode(), mode="byte", error="l", micro=False).matrix
    code = Image.frombytes("L", (len(forged),) * 2, bytes(255 * (1 - one) for row in forged for one in row))
    made.paste(code.resize((89, 89), Image.Resampling.NEAREST), (round(LEFT * 150 / INCH), round(TOP * 150 / INCH)))
    assert glance(made).marks and not glance(made).codes


def test_a_page_without_codes_says_nothing_and_is_given_up_soon() -> None:
    looked = found(page("", ""))
    assert looked.codes == () and not looked.is_mirrored and looked.tries < 40
