"""Which characters the installed fonts can show, asked of fontconfig as the PDF engine asks it."""

from __future__ import annotations

import ctypes
import ctypes.util
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from typing import Any

from docgen.model.document import Document, Inline, Text
from docgen.model.rewrite import rewrite

FREE_FONTS = (
    (0x1F000, 0x1FAFF, "Noto Emoji"),
    (0x20000, 0x323AF, "Plangothic, BabelStone Han"),
    (0xE000, 0xF8FF, ""),
    (0xF0000, 0x10FFFF, ""),
    (0x2E80, 0x9FFF, "Noto Serif CJK"),
    (0x0600, 0x06FF, "Noto Naskh Arabic"),
    (0x0900, 0x097F, "Noto Serif Devanagari"),
    (0x0E00, 0x0E7F, "Noto Serif Thai"),
)
"""First and last code point, and a free font that has them ('' where no font can: private use)."""

PRIVATE_USE = "Co"
UNSEEN = frozenset("\t\n\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\ufeff") | {
    chr(selector) for first, last in ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF)) for selector in range(first, last + 1)
}
"""Characters that need no glyph: spaces, joiners, marks of direction, variation selectors."""


def free_font(character: str) -> str:
    """A free font that has ``character``, or ''."""
    for first, last, name in FREE_FONTS:
        if first <= ord(character) <= last:
            return name
    return "Noto Sans, Noto Sans Symbols"


class Coverage:
    """The characters that at least one installed font can show; without fontconfig, all are taken as shown."""

    def __init__(self) -> None:
        self._shown = set(UNSEEN)
        self._unknown: set[str] = set()

    def shows(self, character: str) -> bool:
        if character not in self._shown and character not in self._unknown:
            (self._shown if self._has(character) else self._unknown).add(character)
        return character in self._shown

    def missing(self, text: str) -> list[str]:
        """The characters of ``text`` that no font can show, each once, in order."""
        missing = {character for character in set(text) - self._shown if not self.shows(character)}
        return [character for character in dict.fromkeys(text) if character in missing] if missing else []

    def _has(self, character: str) -> bool:
        sets = self._sets
        if sets and unicodedata.category(character) == PRIVATE_USE:
            return False  # what a symbol font has there is some sign of its own
        return not sets or any(self._library.FcCharSetHasChar(one, ord(character)) for one in sets)

    @cached_property
    def _library(self) -> Any:
        name = ctypes.util.find_library("fontconfig") or "libfontconfig.so.1"
        try:
            return ctypes.CDLL(name)
        except OSError:
            return None

    @cached_property
    def _sets(self) -> list[int]:
        """The character set of every installed font; fontconfig keeps them alive for the process."""
        library = self._library
        if library is None:
            return []
        pointer = ctypes.c_void_p
        library.FcPatternCreate.restype = library.FcObjectSetCreate.restype = pointer
        library.FcObjectSetAdd.argtypes = (pointer, ctypes.c_char_p)
        library.FcFontList.restype = ctypes.POINTER(_FontSet)
        library.FcFontList.argtypes = (pointer, pointer, pointer)
        library.FcPatternGetCharSet.argtypes = (pointer, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(pointer))
        library.FcCharSetHasChar.argtypes = (pointer, ctypes.c_uint32)
        objects = library.FcObjectSetCreate()
        library.FcObjectSetAdd(objects, b"charset")
        fonts = library.FcFontList(None, library.FcPatternCreate(), objects)
        found = []
        for index in range(fonts.contents.count if fonts else 0):
            characters = pointer()
            if library.FcPatternGetCharSet(fonts.contents.fonts[index], b"charset", 0, ctypes.byref(characters)) == 0:
                found.append(int(characters.value or 0))
        return [one for one in found if one]


class _FontSet(ctypes.Structure):
    """The C struct FcFontSet of fontconfig."""

    _fields_ = (("count", ctypes.c_int), ("size", ctypes.c_int), ("fonts", ctypes.POINTER(ctypes.c_void_p)))


def handwritten(document: Document, coverage: Coverage) -> Document:
    """The document with a line to write on in place of each character that no font can show."""

    def change(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(run for inline in content for run in _written(inline, coverage))

    return rewrite(document, change)


def _written(inline: Inline, coverage: Coverage) -> Iterator[Inline]:
    if not isinstance(inline, Text) or not coverage.missing(inline.text):
        yield inline
        return
    for shown, characters in groupby(inline.text, coverage.shows):
        if shown:
            yield replace(inline, text="".join(characters))
        else:
            yield from (Text("", inline.lang, role="line") for _ in characters)
