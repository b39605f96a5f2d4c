"""Fonts of a PDF that nobody keeps."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from pikepdf import Name, Pdf

from docgen.writers.bare_cff import BareCff
from docgen.writers.engine import engine_fonts, load_engine
from docgen.writers.opened import Opened, finish

ENGINE, FONTS = load_engine(), engine_fonts()


def made(text: str, known: dict[int, Any], font: str = "20px Noto Serif CJK SC") -> tuple[bytes, Any]:
    page = ENGINE.HTML(string=f'<p lang="zh-CN" style="font:{font}">{text}</p>').render(font_config=FONTS)
    page.fonts = Opened(known)
    return page.write_pdf(finisher=lambda _, pdf: finish(pdf)), page.fonts


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


@pytest.mark.parametrize("family", ["Noto Serif CJK SC", "Noto Sans CJK SC"])
def test_in_what_size_a_font_was_opened_leaves_no_trace(family: str) -> None:
    known: dict[int, Any] = {}
    for size in ("7.3px", "11.99px", "31px", "14px"):
        made("绩效", known, f"{size} {family}")
        assert made("计划", known, f"14px {family}")[0] == made("计划", {}, f"14px {family}")[0]


def test_a_glyph_that_cannot_be_cut_is_left_to_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BareCff, "cut", lambda *_: None)
    content, _ = made("计划", {})
    with Pdf.open(BytesIO(content)) as pdf:
        (font,) = pdf.pages[0].obj.Resources.Font.values()
        (inner,) = font.DescendantFonts
        assert inner.CIDToGIDMap == Name.Identity
        assert inner.FontDescriptor.FontFile3.read_bytes().startswith(b"OTTO")
    assert inked(content).count(0) > 50


def test_other_fonts_are_left_to_the_engine() -> None:
    known: dict[int, Any] = {}
    pdf, fonts = made("plain", known, "20px Carlito")
    assert known == {} and len(fonts) == 1 and inked(pdf).count(0) > 50
