"""A font cut down to the glyphs that are used draws them as before, and is a fraction of its size."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont
from pikepdf import Name, Pdf

from docgen.writers.bare_cff import BareCff
from tests.writers.pdf_help import page_texts, pdf, tree

CHINESE = tree("<h1>绩效改进计划</h1><p>目标 A-1：<strong>完成率</strong> 99.5%，张三。</p>", "zh-CN")


def embedded(content: bytes) -> Iterator[tuple[Any, bytes, dict[int, float]]]:
    """Each font with CIDs and CFF outlines: its dictionary, its file, the widths of its glyphs."""
    with Pdf.open(io.BytesIO(content)) as made:
        for font in made.pages[0].obj.Resources.Font.values():
            (inner,) = font.DescendantFonts
            if Name.FontFile3 in inner.FontDescriptor:
                given = list(inner.W)
                pairs = zip(given[::2], given[1::2], strict=True)
                widths = {int(first) + at: float(width) for first, some in pairs for at, width in enumerate(some)}
                yield inner, inner.FontDescriptor.FontFile3.read_bytes(), widths


def drawing(glyph: Any) -> Any:
    pen = RecordingPen()
    glyph.draw(pen)
    return pen.value


def cff(data: bytes) -> Any:
    found = CFFFontSet()
    found.decompile(io.BytesIO(data), None)
    return found.topDictIndex[0]


def test_each_glyph_is_drawn_as_before_and_as_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the engine's own subset draws it, in which nothing is shared and no hint is left."""
    small = list(embedded(pdf(CHINESE)))
    monkeypatch.setattr("docgen.writers.press.Opened", lambda _: {})
    whole = list(embedded(pdf(CHINESE)))
    assert len(small) == len(whole) >= 2
    for (_, made, widths), (_, given, _) in zip(small, whole, strict=True):
        font = TTFont(io.BytesIO(given))
        order, before = font.getGlyphOrder(), font.getGlyphSet()
        after = cff(made).CharStrings
        assert len(after) == len({0, *widths}) < 40
        for glyph, width in widths.items():
            now, then = after[f"cid{glyph:05}" if glyph else ".notdef"], before[order[glyph]]
            assert drawing(now) == drawing(then)
            assert abs(now.width - width) <= 1
            if glyph:
                assert program(now) == program(font["CFF "].cff.topDictIndex[0].CharStrings[order[glyph]])
        assert len(made) < len(given) / 20


def program(glyph: Any) -> list[Any]:
    glyph.decompile()
    return list(glyph.program)


def test_in_the_pdf_it_is_a_bare_font_and_its_text_is_found() -> None:
    made = pdf(CHINESE)
    for font, _, _ in embedded(made):
        assert font.Subtype == Name.CIDFontType0
        assert font.FontDescriptor.FontFile3.Subtype == Name.CIDFontType0C
        assert Name.CIDToGIDMap not in font
    assert "目标" in page_texts(made)[0]


@cache
def shared() -> bytes:
    """The outlines of a font whose glyphs share parts of them."""
    path = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
    if not path.is_file():
        pytest.skip("no font with CIDs and shared outlines at hand")
    table: bytes = TTFont(path, fontNumber=0).reader["CFF "]
    return table


def test_glyphs_are_called_by_the_numbers_that_they_had_whatever_the_font_called_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The numbers in a font are not always its CIDs; the pages speak of numbers."""
    glyphs = [7, 900, 20_000]
    font = BareCff(shared())
    made = font.cut(glyphs)
    assert made and cff(made).charset == [".notdef", "cid00007", "cid00900", "cid20000"]
    assert font.cut(reversed(glyphs)) == font.cut([*glyphs, 65_535]) == made, "a number that the font hasn't"
    other = BareCff(memoryview(shared()))
    other.cut([8, 901, 20_000])
    assert other.cut(glyphs) == made, "what was taken before leaves no trace"
    monkeypatch.setattr("docgen.writers.bare_cff.REMEMBERED", 2)
    assert other.cut([9, *glyphs]) == BareCff(shared()).cut([9, *glyphs]), "nor does what was forgotten"


def test_a_font_without_cids_is_refused() -> None:
    """It knows its glyphs by names."""
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "a"])
    shape = T2CharStringPen(500, None).getCharString()
    builder.setupCFF("Test", {}, {".notdef": shape, "a": shape}, {})
    made = io.BytesIO()
    builder.font["CFF "].cff.compile(made, builder.font)
    for table in (made.getvalue(), made.getvalue()[:40], b"", b"\0" * 80):
        with pytest.raises(ValueError):
            BareCff(table)
