"""SVGs as the PNGs that Word shows."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from docgen.errors import DocumentError
from docgen.writers.rasterise import DOTS, Rasteriser, Vector

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40">{}</svg>'
SQUARE = SVG.format('<rect x="10" y="10" width="20" height="20" fill="#336699"/>')
RASTERISER = Rasteriser()


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def test_what_is_drawn_stands_where_it_belongs_on_white() -> None:
    image = opened(RASTERISER.png(SQUARE, 50))
    assert image.width == pytest.approx(50 / 25.4 * DOTS, abs=1)
    assert image.height == pytest.approx(image.width * 0.4, abs=1)
    colours = [image.getpixel((round(image.width * x), round(image.height / 2))) for x in (0.05, 0.2, 0.5)]
    assert colours == [(255, 255, 255), pytest.approx((0x33, 0x66, 0x99), abs=4), (255, 255, 255)]


def test_the_same_picture_has_the_same_bytes_alone_and_beside_others() -> None:
    other = Vector(SVG.format('<rect width="9" height="9"/>'), 20)
    assert Rasteriser().pngs([other, Vector(SQUARE, 50)])[1] == Rasteriser().png(SQUARE, 50)


def test_a_text_wider_than_its_room_is_set_narrower() -> None:
    text = '<text x="10" y="20" font-family="Carlito" font-size="8" font-weight="400" text-anchor="start" {}>{}</text>'
    wide = opened(RASTERISER.png(SVG.format(text.format('data-room="30"', "W" * 40)), 50))
    box = wide.convert("L").point([255] * 128 + [0] * 128).getbbox()
    assert box and 0.38 < box[2] / wide.width < 0.41


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="file:///etc/hostname" width="9" height="9"/>',
        '<image href="http://127.0.0.1:9/x.png" width="9" height="9"/>',
        '<style>@import "http://127.0.0.1:9/x.css";</style>',
        "<rect",
        '<text x="1" y="9" font-size="8">\U000f1234</text>',
    ],
)
def test_what_asks_for_more_than_it_holds_or_is_broken_is_refused(inside: str) -> None:
    with pytest.raises(DocumentError, match="can't be drawn"):
        RASTERISER.png(SVG.format(inside), 20)


def test_entities_and_giants_are_refused() -> None:
    with pytest.raises(DocumentError, match="DOCTYPE"):
        RASTERISER.png('<!DOCTYPE svg [<!ENTITY a "b">]>' + SQUARE, 20)
    with pytest.raises(DocumentError, match="too large"):
        RASTERISER.png(SQUARE, 20_000)
