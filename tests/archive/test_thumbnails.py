"""Small pictures of pages, as people see them who decide."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from docgen.archive.piles import Examined, Kind
from docgen.archive.thumbnails import thumbnail
from tests.archive.scan_help import packed, page, pdf, scan

LYING = page("", "", dpi=50).rotate(90, expand=True)
"""An upright page that was scanned turned to the left: 90 degrees clockwise make it upright."""


def given(tmp_path: Path, content: bytes, kind: Kind, pages: int = 1) -> Examined:
    path = tmp_path / "given"
    path.write_bytes(content)
    return Examined(path, kind, sha256(content).hexdigest(), len(content), pages)


def seen(file: Examined, number: int = 1, turn: int = 0) -> Image.Image:
    return Image.open(BytesIO(thumbnail(file, number, turn))).convert("L")


@pytest.mark.parametrize("kind", ["pdf", "tiff"])
def test_a_page_of_which_it_is_known_how_it_lies_is_shown_upright(kind: Kind, tmp_path: Path) -> None:
    content = pdf(scan(LYING, box=(842.0, 595.0))) if kind == "pdf" else packed(LYING, "TIFF", dpi=(50, 50))
    file = given(tmp_path, content, kind)
    lying, upright = seen(file), seen(file, turn=90)
    assert lying.width > lying.height and upright.size == lying.size[::-1]
    middle = upright.height // 2
    above, below = (upright.crop((0, top, upright.width, top + middle)) for top in (0, middle))
    assert ImageStat.Stat(above).mean[0] < 245 < ImageStat.Stat(below).mean[0]  # most words are above


def test_a_deep_picture_is_not_shown_as_a_white_page(tmp_path: Path) -> None:
    deep = page(dpi=50).convert("I").point(lambda level: level * 257).convert("I;16")
    shown = seen(given(tmp_path, packed(deep, "PNG", dpi=(50, 50)), "png"))
    assert shown.getextrema() == (0, 255)


def test_what_is_transparent_is_white_as_paper_is(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (400, 560), (0, 0, 0, 0))
    assert seen(given(tmp_path, packed(clear, "PNG", dpi=(50, 50)), "png")).getextrema() == (255, 255)
    assert seen(given(tmp_path, packed(clear, "TIFF", dpi=(50, 50)), "tiff")).getextrema() == (255, 255)


def test_each_page_of_a_tiff_is_shown_by_itself(tmp_path: Path) -> None:
    pages = [Image.new("L", (400, 560), level) for level in (255, 0)]
    file = given(tmp_path, packed(pages[0], "TIFF", save_all=True, append_images=pages[1:]), "tiff", 2)
    assert [seen(file, number).getextrema() for number in (1, 2)] == [(255, 255), (0, 0)]
