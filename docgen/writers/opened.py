"""The fonts of PDFs: each opened once a process, and cut down by copying the few glyphs that a document uses."""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import Any

from docgen.writers.bare_cff import BareCff

OUTLINES = "CFF "
MORE = frozenset(("SVG ", "COLR", "CBDT", "sbix", "EBDT"))
"""Tables of fonts that are more than outlines."""
OPENTYPE = b"OTTO"


class Opened(dict[int, Any]):
    """What the engine takes for the fonts of a document; those with CIDs are taken from ``known``, or put there.

    The engine copies a font whole to open it, and reads all its glyphs to leave most of them out, for each document
    anew: of a Chinese one that takes 100 ms.
    """

    def __init__(self, known: dict[int, Any]) -> None:
        super().__init__()
        self._known = known

    def __contains__(self, key: object) -> bool:
        if isinstance(key, int) and key in self._known and not super().__contains__(key):
            super().__setitem__(key, _unused(self._known[key]))
        return super().__contains__(key)

    def __setitem__(self, key: int, font: Any) -> None:
        if OUTLINES in font.tables and not MORE & {*font.tables}:
            blob, table = _table(font.hb_face)
            try:
                font.outlines, font.blob = BareCff(table), blob
            except ValueError:
                pass
            else:
                font.__class__, font.file_content = _bare_class(), b""
                self._known[key] = font
                font = _unused(font)
        super().__setitem__(key, font)


def finish(pdf: Any) -> None:
    """Tell a PDF, a pydyf.PDF before it is written, which of its fonts are bare: they say themselves what a CID is."""

    def at(reference: bytes) -> Any:
        return pdf.objects[int(reference.split()[0])]

    fonts = [one for one in pdf.objects if isinstance(one, dict) and one.get("Subtype") == "/CIDFontType0"]
    for font in fonts:
        file = at(at(font["FontDescriptor"])["FontFile3"])
        if not file.stream[0].startswith(OPENTYPE):
            file.extra["Subtype"] = "/CIDFontType0C"
            font.pop("CIDToGIDMap", None)


def _unused(font: Any) -> Any:
    """As it is before the first document."""
    fresh = copy(font)
    fresh.widths, fresh.to_unicode, fresh.missing = {}, {}, {}
    return fresh


def _table(face: Any) -> tuple[Any, memoryview]:
    """The outlines of a font where they lie, as long as the first of both lives: nothing is copied."""
    from weasyprint.text.ffi import ffi, harfbuzz

    tag = harfbuzz.hb_tag_from_string(OUTLINES.encode(), -1)
    blob = ffi.gc(harfbuzz.hb_face_reference_table(face, tag), harfbuzz.hb_blob_destroy)
    length = ffi.new("unsigned int *")
    data = harfbuzz.hb_blob_get_data(blob, length)
    return blob, memoryview(ffi.buffer(data, int(length[0]))) if data else memoryview(b"")


@cache
def _bare_class() -> Any:
    """Made when it is first needed, as the engine is loaded only then."""
    from weasyprint.pdf.fonts import Font

    class Bare(Font):  # type: ignore[misc]
        """Where its outlines can't be cut, the engine does it in its own way."""

        def clean(self, to_unicode: dict[int, str], hinting: bool) -> None:
            bare = self.outlines.cut(to_unicode)
            if bare is None:
                super().clean(to_unicode, hinting)
            else:
                self.file_content = bare

        @property
        def type(self) -> str:
            return "otf"

    return Bare
