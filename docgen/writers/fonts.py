"""Which characters the installed fonts can show, asked of fontconfig as the PDF engine asks it."""

from __future__ import annotations

import ctypes
import ctypes.util
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, cached_property
from itertools import groupby
from typing import Any

from docgen.layout.pictures.drawing import words_in
from docgen.model.document import Document, Drawing, Inline, Language, Text
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

_POINTER = ctypes.c_void_p
_REFERENCE = ctypes.POINTER(_POINTER)

PAGE = 256
FULL = (1 << PAGE) - 1
HAN = "\u4e00-\u9eff"
MARKS = "、。《》（），：；！？“”‘’…—·％"
PRIVATE_USE = "Co"
UNSEEN = frozenset("\t\n\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\ufeff") | {
    chr(selector) for first, last in ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF)) for selector in range(first, last + 1)
}
"""Characters that need no glyph: spaces, joiners, marks of direction, variation selectors."""
BY_HAND = "\u00a0" * 12
"""Underlined, the room in which a hand writes one character: about 8 mm."""


def free_font(character: str) -> str:
    """A free font that has ``character``, or ''."""
    for first, last, name in FREE_FONTS:
        if first <= ord(character) <= last:
            return name
    return "Noto Sans, Noto Sans Symbols"


def rare(text: str) -> str:
    """The letters of ``text`` that neither GB 2312 nor Latin-1 has, and signs beyond the basic plane; each once.

    They may be right, as many names have one, and are worth a look: a font may show them otherwise than all else.
    """
    return "".join(sorted(character for character in set(text) if character > "\xff" and _is_rare(character)))


@cache
def _is_rare(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return character > "\uffff" or unicodedata.category(character).startswith("L")
    return False


class Coverage:
    """The characters that at least one installed font can show; without fontconfig, all are taken as shown."""

    def shows(self, character: str) -> bool:
        point = ord(character)
        if not self._pages or character in UNSEEN:
            return True
        # What a symbol font has for private use is some sign of its own.
        return unicodedata.category(character) != PRIVATE_USE and bool(self._page(point // PAGE) >> point % PAGE & 1)

    def missing(self, text: str) -> list[str]:
        """The characters of ``text`` that no font can show, each once, in order."""
        return [character for character in dict.fromkeys(self._uncommon.findall(text)) if not self.shows(character)]

    @cached_property
    def _uncommon(self) -> re.Pattern[str]:
        """What has to be looked up: where the fonts have all common characters, a search in C passes over them."""
        common = (HAN, *MARKS) if all(map(self.shows, MARKS)) and self._han else ()
        return re.compile(f"[^\n -~{''.join(common)}]")

    @property
    def _han(self) -> bool:
        return all(self._page(number) == FULL for number in range(ord(HAN[0]) // PAGE, ord(HAN[-1]) // PAGE + 1))

    def _page(self, number: int) -> int:
        return self._pages.get(number, 0)

    @cached_property
    def _pages(self) -> dict[int, int]:
        pages: dict[int, int] = {}
        for number, page in _pages_of_fonts():
            pages[number] = pages.get(number, 0) | page
        return pages


def identity(families: Iterable[str]) -> str:
    """Which fonts ``families`` are on this machine: names, cuts and versions, a line each; '' without fontconfig.

    Where a family isn't installed it is the font that stands in for it. The same wherever the same fonts are installed.
    """
    if (library := _fontconfig()) is None:
        return ""
    library.FcPatternAddString.argtypes = (_POINTER, ctypes.c_char_p, ctypes.c_char_p)
    library.FcConfigSubstitute.argtypes = (_POINTER, _POINTER, ctypes.c_int)
    library.FcDefaultSubstitute.argtypes = (_POINTER,)
    library.FcFontMatch.argtypes, library.FcFontMatch.restype = (_POINTER, _POINTER, _POINTER), _POINTER
    library.FcPatternFormat.argtypes, library.FcPatternFormat.restype = (_POINTER, ctypes.c_char_p), ctypes.c_char_p
    objects = library.FcObjectSetCreate()
    for name in (b"family", b"style", b"fontversion"):
        library.FcObjectSetAdd(objects, name)
    found: set[bytes] = set()
    for family in dict.fromkeys(families):
        pattern = library.FcPatternCreate()
        library.FcPatternAddString(pattern, b"family", family.encode())
        listed = library.FcFontList(None, pattern, objects)
        fonts = listed.contents.fonts[: listed.contents.count] if listed else []
        if not fonts:
            library.FcPatternAddString(pattern, b"lang", b"en")  # else it would be the language of the environment
            library.FcConfigSubstitute(None, pattern, 0)
            library.FcDefaultSubstitute(pattern)
            fonts = [library.FcFontMatch(None, pattern, ctypes.byref(ctypes.c_int()))]
        found.update(library.FcPatternFormat(font, b"%{family} %{style} %{fontversion}") or b"" for font in fonts)
    return b"\n".join(sorted(found)).decode(errors="replace")


def _fontconfig() -> Any:
    """The library, which the PDF engine asks too; None where it can't be loaded."""
    try:
        library = ctypes.CDLL(ctypes.util.find_library("fontconfig") or "libfontconfig.so.1")
    except OSError:
        return None
    library.FcPatternCreate.restype = library.FcObjectSetCreate.restype = _POINTER
    library.FcObjectSetAdd.argtypes = (_POINTER, ctypes.c_char_p)
    library.FcFontList.restype = ctypes.POINTER(_FontSet)
    library.FcFontList.argtypes = (_POINTER, _POINTER, _POINTER)
    return library


def _pages_of_fonts() -> Iterator[tuple[int, int]]:
    """The characters that each installed font has: the number of a page, and a bit for each character on it."""
    if (library := _fontconfig()) is None:
        return
    page, following = (ctypes.c_uint32 * (PAGE // 32))(), ctypes.c_uint32()
    walk = (_POINTER, ctypes.POINTER(ctypes.c_uint32), ctypes.POINTER(ctypes.c_uint32))
    library.FcPatternGetCharSet.argtypes = (_POINTER, ctypes.c_char_p, ctypes.c_int, _REFERENCE)
    library.FcCharSetFirstPage.argtypes = library.FcCharSetNextPage.argtypes = walk
    library.FcCharSetFirstPage.restype = library.FcCharSetNextPage.restype = ctypes.c_uint32
    objects = library.FcObjectSetCreate()
    library.FcObjectSetAdd(objects, b"charset")
    fonts = library.FcFontList(None, library.FcPatternCreate(), objects)
    for index in range(fonts.contents.count if fonts else 0):
        characters = _POINTER()
        if library.FcPatternGetCharSet(fonts.contents.fonts[index], b"charset", 0, ctypes.byref(characters)):
            continue
        base = library.FcCharSetFirstPage(characters, page, following)
        while base <= sys.maxunicode:
            yield base // PAGE, int.from_bytes(bytes(page), sys.byteorder)
            base = library.FcCharSetNextPage(characters, page, following)


class _FontSet(ctypes.Structure):
    """The C struct FcFontSet of fontconfig."""

    _fields_ = (("count", ctypes.c_int), ("size", ctypes.c_int), ("fonts", ctypes.POINTER(ctypes.c_void_p)))


def handwritten(document: Document, coverage: Coverage) -> Document:
    """The document with a short line to write on in place of each character that no font can show.

    It is of one character's width and can't be parted from the text beside it: a name stays in one piece. Of a picture
    with such a character, what it says is printed in its place.
    """

    def change(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
        plain = (
            _told(inline, document.lang, coverage) if isinstance(inline, Drawing) else inline for inline in content
        )
        return tuple(run for inline in plain for run in _written(inline, coverage))

    return rewrite(document, change)


def _told(drawing: Drawing, lang: Language, coverage: Coverage) -> Inline:
    return Text(drawing.alt, lang) if coverage.missing("".join(words_in(drawing.svg))) else drawing


def _written(inline: Inline, coverage: Coverage) -> Iterator[Inline]:
    if not isinstance(inline, Text) or not coverage.missing(inline.text):
        yield inline
        return
    for shown, characters in groupby(inline.text, coverage.shows):
        if shown:
            yield replace(inline, text="".join(characters))
        else:
            yield from (replace(inline, text=BY_HAND, underline=True) for _ in characters)
