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

from docgen.writers.bare_cff import compact, cut
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
    small = list(embedded(pdf(CHINESE)))
    monkeypatch.setattr("docgen.writers.pdf.finish", lambda *_: None)
    whole = list(embedded(pdf(CHINESE)))
    assert len(small) == len(whole) >= 2
    for (_, made, widths), (_, given, _) in zip(small, whole, strict=True):
        font = TTFont(io.BytesIO(given))
        order, before = font.getGlyphOrder(), font.getGlyphSet()
        after = cff(made).CharStrings
        assert len(after) == len({0, *widths}) < 40
        for glyph, width in widths.items():
            now = after[f"cid{glyph:05}" if glyph else ".notdef"]
            assert drawing(now) == drawing(before[order[glyph]])
            assert abs(now.width - width) <= 1
        assert len(made) < len(given) / 20


def test_in_the_pdf_it_is_a_bare_font_and_its_text_is_found() -> None:
    made = pdf(CHINESE)
    for font, _, _ in embedded(made):
        assert font.Subtype == Name.CIDFontType0
        assert font.FontDescriptor.FontFile3.Subtype == Name.CIDFontType0C
        assert Name.CIDToGIDMap not in font
    assert "目标" in page_texts(made)[0]


def test_glyphs_are_called_by_the_numbers_that_they_had_whatever_the_font_called_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The numbers in a font are not always its CIDs; the pages speak of numbers."""
    monkeypatch.setattr("docgen.writers.pdf.finish", lambda *_: None)
    _, given, widths = next(embedded(pdf(CHINESE)))
    glyphs = sorted(widths)[:3]
    made = compact(given, glyphs)
    assert made
    assert cff(made).charset == [".notdef", *(f"cid{glyph:05}" for glyph in glyphs if glyph)]
    assert compact(given, reversed(glyphs)) == made
    assert compact(given, [*glyphs, 65_535]) == made, "a number that the font hasn't"


def built(*, outlines: str) -> bytes:
    """A font of one letter, which knows its glyphs by names."""
    builder = FontBuilder(1000, isTTF=outlines == "glyf")
    builder.setupGlyphOrder([".notdef", "a"])
    builder.setupCharacterMap({ord("a"): "a"})
    if outlines == "glyf":
        builder.setupGlyf({".notdef": _empty(), "a": _empty()})
    else:
        shape = T2CharStringPen(500, None).getCharString()
        builder.setupCFF("Test", {}, {".notdef": shape, "a": shape}, {})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "a": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupOS2()
    builder.setupPost()
    made = io.BytesIO()
    builder.save(made)
    return made.getvalue()


def _empty() -> Any:
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    return Glyph()


@pytest.mark.parametrize("outlines", ["glyf", "CFF"])
def test_a_font_without_cids_stays_as_it_is(outlines: str) -> None:
    assert compact(built(outlines=outlines), [1]) is None


@cache
def shared() -> bytes:
    """The outlines of a font whose glyphs share parts of them."""
    path = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
    if not path.is_file():
        pytest.skip("no font with CIDs and shared outlines at hand")
    table: bytes = TTFont(path, fontNumber=0).reader["CFF "]
    return table


def test_a_font_whose_glyphs_share_outlines_stays_as_it_is() -> None:
    table = b"OTTO" + bytes((0, 1)) + bytes(6) + b"CFF " + bytes(4) + (28).to_bytes(4, "big")
    assert compact(table + len(shared()).to_bytes(4, "big") + shared(), [1]) is None
    assert cut(shared(), [1], shared=False) is None


def test_what_glyphs_share_is_kept_where_that_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is drawn as the engine's own subset draws it, in which nothing is shared."""
    monkeypatch.setattr("docgen.writers.pdf.finish", lambda *_: None)
    found = ((font, given, widths) for font, given, widths in embedded(pdf(CHINESE)) if len(widths) > 10)
    font, given, widths = next(found)
    assert "Serif" in str(font.BaseFont) and "Bold" not in str(font.BaseFont)
    made = cut(memoryview(shared()), widths, shared=True)
    assert made and len(made) < len(shared()) / 10
    whole = TTFont(io.BytesIO(given))
    order, before, after = whole.getGlyphOrder(), whole.getGlyphSet(), cff(made).CharStrings
    for glyph in widths:
        assert drawing(after[f"cid{glyph:05}" if glyph else ".notdef"]) == drawing(before[order[glyph]])
