"""Which pages are blank. A page that is called so is looked at by nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from docgen.archive.ink import is_blank
from tests.archive.scan_help import A4, DPI, INCH, lines, noisy, page, sheet

SCALE = DPI / INCH


def drawn(made: Image.Image, *points: tuple[float, float], fill: int = 60, width: float = 0.5) -> Image.Image:
    """With a line of a pen; places and width in millimetres."""
    scale = made.width / A4[0]
    ImageDraw.Draw(made).line([(x * scale, y * scale) for x, y in points], fill, max(1, round(width * scale)), "curve")
    return made


def dotted(made: Image.Image, *boxes: tuple[float, float, float, float], fill: int = 30) -> Image.Image:
    for box in boxes:
        ImageDraw.Draw(made).ellipse([one * SCALE for one in box], fill=fill)
    return made


def shaded(made: Image.Image) -> Image.Image:
    slope = Image.linear_gradient("L").point([130 + one * 120 // 255 for one in range(256)])
    return ImageChops.multiply(made, slope.resize(made.size))


def shown_through(contrast: int, dpi: int = DPI) -> Image.Image:
    back = ImageOps.mirror(page(dpi=dpi)).filter(ImageFilter.BoxBlur(1))
    return back.point([245 - contrast + one * contrast // 255 for one in range(256)])


BLANK: dict[str, Callable[[], Image.Image]] = {
    "white": lambda: sheet(),
    "paper": lambda: noisy(sheet(grey=235), 12),
    "coloured paper": lambda: noisy(sheet(grey=170), 12),
    "a dim side": lambda: noisy(shaded(sheet()), 10),
    "200 dpi": lambda: noisy(sheet(200, grey=240), 20),
    "across": lambda: noisy(sheet(size=A4[::-1], grey=240), 12),
    "the front shines through": lambda: noisy(shown_through(40), 5),
    "specks": lambda: dotted(
        sheet(), *((10 + 9 * at, 20 + 11 * at, 10.8 + 9 * at, 20.8 + 11 * at) for at in range(20))
    ),
    "punched": lambda: dotted(sheet(), (9, 105, 15, 111), (9, 185, 15, 191)),
    "punched in four places": lambda: dotted(sheet(200), *((9, at, 14.5, at + 5.5) for at in (28, 108, 188, 268))),
    "streaks": lambda: drawn(drawn(sheet(), (80, 0), (80, 297), width=0.3), (131, 0), (131, 297), fill=120, width=0.7),
    "a streak across": lambda: drawn(sheet(), (0, 99), (210, 99), width=0.3),
    "edge": lambda: drawn(sheet(), (1, 0), (1, 297), fill=20, width=3),
    "askew before a dark lid": lambda: sheet().rotate(4, expand=True, fillcolor=60),
}
INKED: dict[str, Callable[[], Image.Image]] = {
    "a signature": lambda: drawn(sheet(), *((80 + at, 200 + (at * 7) % 9) for at in range(0, 36, 3))),
    "a line": lambda: drawn(sheet(), (30, 150), (170, 150)),
    "an upright line": lambda: drawn(sheet(), (60, 60), (60, 190)),
    "a faint pencil line": lambda: noisy(drawn(sheet(200, grey=240), (60, 150), (95, 152), fill=165, width=0.4), 8),
    "a short mark": lambda: drawn(sheet(), (100, 140), (101.5, 142), (105, 136)),
    "a mark on a dim side": lambda: drawn(shaded(sheet()), (100, 30), (112, 31), fill=80),
    "ink on coloured paper": lambda: drawn(sheet(grey=150), (100, 30), (112, 31), fill=80),
    "a line of small print": lambda: lines(sheet(), DPI, [150]),
    "a page": lambda: page("", ""),
    "a signature beside a streak": lambda: drawn(drawn(sheet(), (80, 0), (80, 297)), (90, 200), (96, 206), (102, 199)),
    "a date beside the holes": lambda: drawn(dotted(sheet(), (9, 105, 15, 111)), (25, 108), (36, 108)),
    "a page of dots": lambda: dotted(
        sheet(), *((20 + 4 * x, 30 + 4 * y, 21.5 + 4 * x, 31.5 + 4 * y) for x in range(15) for y in range(15))
    ),
    "ink askew before a lid": lambda: drawn(sheet(), (60, 150), (80, 152)).rotate(4, expand=True, fillcolor=60),
    "black": lambda: sheet(grey=0),
    "grey all over": lambda: sheet(grey=100),
}


@pytest.mark.parametrize("kind", BLANK)
def test_a_page_that_nobody_wrote_on_is_blank(kind: str) -> None:
    assert is_blank(BLANK[kind]())


@pytest.mark.parametrize("kind", INKED)
def test_the_least_that_somebody_wrote_is_not_blank(kind: str) -> None:
    assert not is_blank(INKED[kind]())


@pytest.mark.parametrize("dpi", [75, 150, 300])
def test_ink_and_paper_are_told_apart_at_any_resolution(dpi: int) -> None:
    assert is_blank(noisy(sheet(dpi, grey=240), 10))
    assert not is_blank(drawn(noisy(sheet(dpi, grey=240), 10), (80, 200), (100, 205), (110, 198)))


def test_a_picture_that_is_too_small_to_say_is_not_blank() -> None:
    assert not is_blank(Image.new("L", (120, 170), 255))
