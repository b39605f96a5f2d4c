"""Make PNGs of SVGs, for Word: the PDF engine draws them as it does in a PDF, PDFium makes points of that."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

import pypdfium2
from PIL import Image

from docgen.errors import DocumentError, EnvironmentLacks
from docgen.model.problems import Words
from docgen.writers.engine import Warnings, drawing, shut_fetcher
from docgen.writers.opened import finish
from docgen.writers.press import Press

DOTS = 220
"""An inch; Word itself saves pictures at that."""
SHADES = 64
"""Colours of a picture: enough for the soft edges of letters."""
NEARLY_WHITE, WHITE = 0xF6, [0xFF] * 3
KEPT = 64
"""Pictures that are remembered."""
MOST_POINTS = 40_000_000
REFUSAL = "a drawing may use nothing but what it holds itself"
FAULTY = Words("a picture can't be drawn: {why}", "图片无法绘制：{why}")
TOO_LARGE = Words(
    "a picture of {across} × {down} mm is too large to be drawn", "{across} × {down}毫米的图片过大，无法绘制"
)
WITHOUT = Words(
    "{error} Word files alone need neither with `pictures: none` in docgen.yaml.",
    "{error} 若只需 Word 文件，可在 docgen.yaml 中设置 `pictures: none`。",
)


class Vector(NamedTuple):
    """An SVG's text, and how wide it is to be shown, in millimetres."""

    svg: str
    width: float


class Rasteriser:
    """Draws SVGs; what was drawn is remembered, as one picture is often in several documents."""

    def __init__(self) -> None:
        self._press = Press()
        self._made: dict[tuple[Vector, int], bytes] = {}

    def png(self, svg: str, width: float, dots: int = DOTS) -> bytes:
        """``svg`` as PNG on white.

        Args:
            svg: its text.
            width: in millimetres; its height follows.
            dots: an inch.

        Raises:
            DocumentError: it is no SVG, asks for something outside of itself, or has signs that no font has.
            EnvironmentLacks: WeasyPrint or Pango can't be loaded.
        """
        return self.pngs([Vector(svg, width)], dots)[0]

    def pngs(self, vectors: Sequence[Vector], dots: int = DOTS) -> list[bytes]:
        """Several at a time, which takes less: fonts are made ready for all of them at once. Raises: as png."""
        new = [one for one in dict.fromkeys(vectors) if (one, dots) not in self._made]
        if new:
            for vector, png in zip(new, self._drawn(new, dots), strict=True):
                self._made[vector, dots] = png
        found = [self._made[one, dots] for one in vectors]
        while len(self._made) > KEPT:
            del self._made[next(iter(self._made))]
        return found

    def drawings(self, vectors: Sequence[Vector]) -> list[bytes]:
        """Those of a document, which can be switched off: where they can't be made, that is told. Raises: as png."""
        try:
            return self.pngs(vectors)
        except EnvironmentLacks as error:
            raise EnvironmentLacks(WITHOUT.filled(error=error.words)) from error

    def _drawn(self, vectors: Sequence[Vector], dots: int) -> list[bytes]:
        with Warnings() as warnings:
            pdf = self._pages(vectors, self._press.engine)
        if warnings.messages:
            raise DocumentError(FAULTY.filled(why="; ".join(warnings.messages)))
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [_png(page, dots) for page in document]
        finally:
            document.close()

    def _pages(self, vectors: Sequence[Vector], engine: Any) -> bytes:
        """A PDF with a page for each, of its size."""
        shut = shut_fetcher(REFUSAL)
        cache: dict[str, Any] = {}
        styles, images = [], []
        for number, (svg, width) in enumerate(vectors):
            name = f"drawn:{number}"
            if "<!DOCTYPE" in svg:
                raise DocumentError(FAULTY.filled(why="<!DOCTYPE> has no place in it"))
            try:
                cache[name] = made = drawing(svg, name, self._press.fonts, shut)
                _, _, ratio = made.get_intrinsic_size(1, 16)
            except Exception as error:  # what a stranger's file makes the engine do
                raise DocumentError(FAULTY.filled(why=error)) from error
            if not ratio or ratio <= 0:
                raise DocumentError(FAULTY.filled(why="width, height or viewBox is missing"))
            height = width / ratio
            if width * height * (DOTS / 25.4) ** 2 > MOST_POINTS:
                raise DocumentError(TOO_LARGE.filled(across=f"{width:.0f}", down=f"{height:.0f}"))
            styles.append(f"@page p{number}{{size:{width:.3f}mm {height:.3f}mm}}")
            images.append(f'<img src="{name}" style="page:p{number};width:{width:.3f}mm;height:{height:.3f}mm">')
        source = (
            f"<style>@page{{margin:0}}body{{margin:0}}img{{display:block}}{''.join(styles)}</style>{''.join(images)}"
        )
        page = engine.HTML(string=source, url_fetcher=shut)
        laid_out = page.render(font_config=self._press.fonts, cache=cache)
        laid_out.fonts = self._press.opened()
        made_of_it: bytes = laid_out.write_pdf(uncompressed_pdf=True, finisher=lambda _, pdf: finish(pdf))
        return made_of_it


@cache
def rasteriser() -> Rasteriser:
    """That of this process: what a drawing looks like depends on its text alone, whichever office it is for."""
    return Rasteriser()


def _png(page: Any, dots: int) -> bytes:
    """In few colours, so that it is small; what is nearly white is white, as the paper around it."""
    image = page.render(scale=dots / 72).to_pil().convert("RGB")
    few = image.quantize(SHADES, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = few.getpalette() or []
    for start in range(0, len(palette), 3):
        if min(palette[start : start + 3]) >= NEARLY_WHITE:
            palette[start : start + 3] = WHITE
    few.putpalette(palette)
    made = BytesIO()
    few.save(made, "PNG", compress_level=6)
    return made.getvalue()
