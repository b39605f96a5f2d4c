"""What happens to a page between the pen and the file: hands, coffee, feeders, lamps, fax machines. Each effect makes
of the picture of a page another one; what it draws comes from the random numbers it is given."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

MM = 25.4
WHITE = 255
FAX, FINE_FAX = (204, 98), (204, 196)
"""Pixels an inch of a fax, across and down."""
CODES_AT = 25
"""Within so many millimetres of the right edge, and of the upper or lower one, lie the codes."""
MOST_WITHIN_THE_SHEET = 1.5
"""Degrees of skew up to which a scanner keeps to the size of the sheet; beyond, it takes in more."""

NOISE = 1_000_003
"""Random bytes that all pages share. A prime, so that no row of a page begins as the one above it."""

Effect = Callable[[Image.Image, int, random.Random], Image.Image]


def clean(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    return page


def skewed(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    """Up to 5°; around the sheet lies the scanner's lid, white or dark."""
    angle = seeded.choice((-1, 1)) * seeded.uniform(0.3, 5)
    lid = seeded.choice((WHITE, WHITE, 70))
    return page.rotate(
        angle, Image.Resampling.BILINEAR, expand=abs(angle) > MOST_WITHIN_THE_SHEET, fillcolor=_filled(page, lid)
    )


def turned(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    ways = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270)
    return page.transpose(seeded.choice(ways))


def noisy(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    return grained(page, seeded.randint(15, 45), seeded)


@cache
def _noise() -> bytes:
    """Random bytes from which each page takes some, as making them takes longer than all else of a page."""
    return random.Random("noise").randbytes(NOISE)


def grained(page: Image.Image, most: int, seeded: random.Random) -> Image.Image:
    """With the grain of lamp and sensor: up to so many levels of grey."""
    size, noise = page.width * page.height, _noise()
    begin = seeded.randrange(len(noise))
    grain = Image.frombytes("L", page.size, (noise * (2 + size // len(noise)))[begin : begin + size])
    grain = grain.point(lambda value: 128 + (value - 128) * most // 128)
    return ImageChops.add(page, grain, 1, -128)


def blurred(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    """The sheet lay off the glass by a little."""
    return page.filter(ImageFilter.GaussianBlur(seeded.uniform(0.08, 0.17) * dpi / MM))


def shaded(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    """Darker to one side, as near the spine of a folder."""
    darkest = seeded.randint(110, 190)
    slope = Image.linear_gradient("L").point(lambda value: darkest + value * (WHITE - darkest) // WHITE)
    slope = slope.rotate(seeded.choice((0, 90, 180, 270))).resize(page.size)
    return ImageChops.multiply(page, slope)


def streaked(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    """Dust on the feeder's glass draws lines over the whole page, some of them through the codes."""
    found = page.copy()
    draw = ImageDraw.Draw(found)
    for number in range(seeded.randint(1, 4)):
        left = page.width - seeded.uniform(0, CODES_AT) * dpi / MM if number == 0 else seeded.uniform(0, page.width)
        draw.line((left, 0, left, page.height), fill=seeded.choice((0, 90, 170, WHITE)), width=1 + (dpi > 200))
    return found


def struck(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    """A pen went over one of the codes, or a word was written there."""
    found = page.copy()
    _scribble(found, dpi, seeded, _code_box(page, dpi, seeded.random() < 0.5))
    return found


def struck_out(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    """Both codes were blackened: nobody can tell by them what the page is."""
    found = page.copy()
    for upper in (True, False):
        ImageDraw.Draw(found).rectangle(_code_box(page, dpi, upper), fill=20)
    return found


def stained(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    """A cup stood there: a grey pool with a darker ring, half of the time over a code."""
    stain = Image.new("L", page.size, WHITE)
    across, down = seeded.uniform(0, page.width), seeded.uniform(0, page.height)
    if seeded.random() < 0.5:
        left, top, right, bottom = _code_box(page, dpi, seeded.random() < 0.5)
        across, down = seeded.uniform(left, right), seeded.uniform(top, bottom)
    radius = seeded.uniform(12, 38) * dpi / MM
    box = (across - radius, down - radius, across + radius, down + radius)
    pool = seeded.randint(150, 215)
    ImageDraw.Draw(stain).ellipse(box, fill=pool, outline=pool - 45, width=round(1.5 * dpi / MM))
    return ImageChops.multiply(page, stain.filter(ImageFilter.BoxBlur(0.4 * dpi / MM)))


def torn(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    """A corner is off, and a code with it."""
    found = page.copy()
    leg = seeded.uniform(30, 45) * dpi / MM
    edge = 0 if seeded.random() < 0.5 else page.height
    inner = leg if edge == 0 else page.height - leg
    corners = [(page.width, edge), (page.width - leg, edge), (page.width, inner)]
    ImageDraw.Draw(found).polygon(corners, fill=_filled(page, seeded.choice((WHITE, 60))))
    return found


def punched(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    """Holes at the left, those of a staple above or the staple itself, and the shadow of an edge."""
    found = page.copy()
    draw = ImageDraw.Draw(found)
    dark, radius = seeded.randint(20, 120), 3 * dpi / MM
    for down in (page.height / 2 - 40 * dpi / MM, page.height / 2 + 40 * dpi / MM):
        draw.ellipse((9 * dpi / MM, down - radius, 9 * dpi / MM + 2 * radius, down + radius), fill=dark)
    for across, down in ((7, 9), (17, 6)):
        draw.ellipse((across * dpi / MM, down * dpi / MM, (across + 1) * dpi / MM, (down + 1) * dpi / MM), fill=dark)
    if seeded.random() < 0.5:
        draw.line([(length * dpi / MM) for length in (7, 9, 17, 6)], fill=dark, width=max(1, round(0.5 * dpi / MM)))
    draw.rectangle((0, 0, seeded.uniform(0.3, 1.5) * dpi / MM, page.height), fill=dark + 60)
    return found


def faded(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    """The toner is at its end, the paper not quite white."""
    ink, paper = seeded.randint(90, 150), seeded.randint(225, 245)
    return page.point(lambda value: ink + value * (paper - ink) // WHITE)


def coloured(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    """Yellow, blue or pink paper, scanned in colour."""
    tint = seeded.choice(((250, 235, 150), (180, 210, 240), (245, 190, 200)))
    return Image.merge("RGB", [page.point(lambda value, most=most: value * most // WHITE) for most in tint])


def shifted(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    """Printed a little smaller, and laid a little beside."""
    share = seeded.uniform(0.94, 1.0)
    small = page.resize((round(page.width * share), round(page.height * share)), Image.Resampling.BILINEAR)
    found = Image.new("L", page.size, WHITE)
    room = (page.width - small.width, page.height - small.height)
    found.paste(small, (seeded.randint(0, room[0]), seeded.randint(0, room[1])))
    return found


def black_and_white(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    limit = seeded.randint(110, 190)
    return page.convert("L").point(lambda value: WHITE if value > limit else 0, mode="1")


def dithered(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    return page.convert("1", dither=Image.Dither.FLOYDSTEINBERG)


def worn(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    """Some of it all: a soft picture of a skewed sheet under a dim lamp, with grain."""
    return noisy(blurred(shaded(skewed(page, dpi, seeded), dpi, seeded), dpi, seeded), dpi, seeded)


def faxed(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    return _sent(page, dpi, FAX)


def faxed_finely(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    return _sent(page, dpi, FINE_FAX)


def _sent(page: Image.Image, dpi: int, resolution: tuple[int, int]) -> Image.Image:
    """Pixels that are higher than wide, black or white."""
    size = (round(page.width * resolution[0] / dpi), round(page.height * resolution[1] / dpi))
    return page.convert("L").resize(size, Image.Resampling.BILINEAR).point(lambda v: WHITE if v > 150 else 0, mode="1")


EFFECTS: Mapping[str, Effect] = {
    "clean": clean,
    "skewed": skewed,
    "turned": turned,
    "noisy": noisy,
    "blurred": blurred,
    "shaded": shaded,
    "streaked": streaked,
    "pen over a code": struck,
    "stained": stained,
    "corner off": torn,
    "punched": punched,
    "faded": faded,
    "coloured": coloured,
    "shifted": shifted,
    "black and white": black_and_white,
    "dithered": dithered,
    "worn": worn,
    "fine fax": faxed_finely,
    "fax": faxed,
}
"""All that leaves a page a chance to be read."""
FAXES: Mapping[str, tuple[int, int]] = {"fax": FAX, "fine fax": FINE_FAX}
TO_BLANKS = ("clean", "skewed", "turned", "noisy", "shaded", "punched", "faded", "coloured", "black and white")
"""Those that make no ink of their own, and so leave a blank side blank."""


def signed(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    """With names written by hand near the lower edge, where the lines to sign on are."""
    found = page.copy()
    for at in range(seeded.randint(1, 3)):
        left, top = seeded.uniform(0.25, 0.4) * page.width, page.height - (58 - 10 * at) * dpi / MM
        _scribble(found, dpi, seeded, (left, top, left + 30 * dpi / MM, top + 8 * dpi / MM))
    return found


def written(page: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    """With lines written by hand all over, as in a statement."""
    found = page.copy()
    for line in range(seeded.randint(3, 12)):
        top = (35 + 14 * line) * dpi / MM
        for word in range(seeded.randint(3, 6)):
            left = (22 + 26 * word) * dpi / MM
            _scribble(found, dpi, seeded, (left, top, left + 20 * dpi / MM, top + 6 * dpi / MM))
    return found


def shown_through(front: Image.Image, dpi: int, seeded: random.Random) -> Image.Image:
    """A blank back through which the front shines, mirrored."""
    share = seeded.uniform(0.03, 0.16)
    pale = front.point(lambda value: WHITE - round((WHITE - value) * share))
    return ImageOps.mirror(pale).filter(ImageFilter.BoxBlur(0.2 * dpi / MM))


def _code_box(page: Image.Image, dpi: int, upper: bool) -> tuple[float, float, float, float]:
    """The corner of an upright page in which a code lies."""
    size = CODES_AT * dpi / MM
    top = 0 if upper else page.height - size
    return (page.width - size, top, page.width, top + size)


def _scribble(page: Image.Image, dpi: int, seeded: random.Random, box: tuple[float, float, float, float]) -> None:
    """A stroke of a pen that swings through the box, as a signature does."""
    left, top, right, bottom = box
    points = []
    swings, phase = seeded.uniform(2, 5), seeded.uniform(0, math.pi)
    for step in range(60):
        share = step / 59
        height = (math.sin(phase + swings * 2 * math.pi * share) + 0.4 * math.sin(9 * share + phase)) / 1.4
        points.append((left + (right - left) * share, top + (bottom - top) * (0.5 + 0.45 * height)))
    ImageDraw.Draw(page).line(points, fill=seeded.randint(10, 70), width=max(1, round(0.6 * dpi / MM)), joint="curve")


def _filled(page: Image.Image, grey: int) -> int | tuple[int, int, int]:
    return (grey, grey, grey) if page.mode == "RGB" else grey
