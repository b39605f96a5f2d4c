"""Fonts of a PDF that nobody keeps."""

from __future__ import annotations

from typing import Any

import pypdfium2

from docgen.writers.engine import engine_fonts, load_engine
from docgen.writers.opened import Opened, unmapped

ENGINE, FONTS = load_engine(), engine_fonts()


def made(text: str, known: dict[int, Any], family: str = "Noto Serif CJK SC") -> tuple[bytes, Any]:
    page = ENGINE.HTML(string=f'<p lang="zh-CN" style="font:20px {family!r}">{text}</p>').render(font_config=FONTS)
    page.fonts = Opened(known)
    return page.write_pdf(finisher=unmapped), page.fonts


def inked(pdf: bytes) -> Any:
    """What is on the page, dark or light."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[0].render(scale=1.5).to_pil().convert("L").point([0] * 128 + [255] * 128)
    document.close()
    return image.tobytes()


def test_pages_look_as_the_engine_makes_them_and_no_font_is_opened_twice() -> None:
    known: dict[int, Any] = {}
    text = "绩效改进计划，Carlito 鱼骨图"
    page = ENGINE.HTML(string=f'<p lang="zh-CN" style="font:20px Noto Serif CJK SC">{text}</p>').render(
        font_config=FONTS
    )
    first, _ = made(text, known)
    assert first == made(text, {})[0]
    opened = dict(known)
    assert len(opened) == 1
    ours, theirs = inked(first), inked(page.write_pdf())
    assert sum(one != other for one, other in zip(ours, theirs, strict=True)) < 0.03 * theirs.count(0)
    other, fonts = made("另一页", known)
    assert known == opened and len(other) < 3_000_000
    assert set("".join(one for font in fonts.values() for one in font.to_unicode.values())) == set("另一页")
    assert made(text, known)[0] == first


def test_other_fonts_are_left_to_the_engine() -> None:
    known: dict[int, Any] = {}
    pdf, fonts = made("plain", known, "Carlito")
    assert known == {} and len(fonts) == 1 and inked(pdf).count(0) > 50
