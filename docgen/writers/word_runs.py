"""Serialise what stands inside a paragraph: runs of text, breaks, page fields and pictures."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Mapping
from typing import assert_never

from docgen.errors import DocumentError
from docgen.layout.theme import Theme
from docgen.model.document import Break, Drawing, Field, Inline, Language, Picture, Text
from docgen.model.problems import Words
from docgen.writers.columns import GAP, seams
from docgen.writers.direction import undirected
from docgen.writers.word_xml import LATIN_TAGS, emu, escape, fonts, graphic, one_font, twips

# Drawn in one font in every document, as few text fonts have them.
_TICKS = re.compile("([☐☑☒✓✗]+)")
_PNG = b"\x89PNG\r\n\x1a\n"

_FIELDS = {"page-number": "PAGE", "page-count": "NUMPAGES"}

# A blank among text that may wrap can't end at a tab stop; so many no-break spaces are about 30 mm.
_LOOSE_BLANK = "\u00a0" * 30
_SHORTEST_BLANK = 20.0

MOST_SQUEEZED = 0.8
MOST_SQUEEZED_WORD = 60
# Han characters may part anywhere, but a head of two or three stays whole.
_WORD = re.compile("[A-Za-z0-9’'.,:;/%()\u00a0\u00c0-\u024f]+|^[\u2e80-\u9fff]{2,3}$")
_EMS = {chr(one): 0.59 for one in range(0x250)}
_EMS |= dict.fromkeys("0123456789", 0.64) | dict.fromkeys("fijlrtI.,:;'’/() \u00a0", 0.35) | dict.fromkeys("mwMW%", 0.9)
"""How wide letters are in a wide font; Han characters, and what else is not named, are a little over one."""

NO_PICTURE = Words("{place}: the picture {name} is not in the template set", "{place}：模板集中没有图片 {name}")
NO_PNG = Words(
    "{place}: the picture {name} is no PNG file; save it as PNG", "{place}：图片 {name} 不是PNG文件；请另存为PNG"
)


class Runs:
    """Writes the inlines of one part (body, head or foot) and keeps the pictures that it refers to.

    Args:
        theme: the look.
        language: of the whole document; runs in the other language are tagged.
        pictures: PNG bytes by the name that a Picture gives.
        identity: the first relationship id number and drawing id that are free.
    """

    def __init__(self, theme: Theme, language: Language, pictures: Mapping[str, bytes], identity: int) -> None:
        self.theme = theme
        self.language = language
        self.pictures = pictures
        self.identity = identity
        self.used: dict[str, str] = {}
        self._drawn = 0
        self._properties: dict[tuple[Language, bool, bool, bool, str, bool, bool, int], tuple[str, str]] = {}
        self._spans = theme.looks(language).spans

    def write(self, content: tuple[Inline, ...], bold: bool, place: str, *, loose: bool, scale: int = 100) -> str:
        """The runs of ``content``.

        Args:
            bold: is the paragraph's style bold already?
            place: of the paragraph, for messages.
            loose: write blanks as underlined spaces instead of tabs.
            scale: width of the letters in percent.
        """
        out: list[str] = []
        for inline in content:
            match inline:
                case Text(role="line", text=""):
                    out.append(self._blank(loose))
                case Text():
                    out.append(self._text(inline, bold, place, scale))
                case Break():
                    out.append("<w:r><w:br/></w:r>")
                case Field():
                    # Without a cached result: the page number is the reader's to say, and is no text of the document.
                    out.append(
                        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
                        f'{_FIELDS[inline.kind]} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
                    )
                case Picture():
                    out.append(self._picture(inline, place))
                case Drawing():
                    out.append(self._picture(Picture(inline.file, inline.alt, inline.width), place))
                case _:
                    assert_never(inline)
        return "".join(out)

    def _text(self, run: Text, bold: bool, place: str, scale: int) -> str:
        text = escape(undirected(run.text))
        if run.role == "nobreak":
            text = text.replace(" ", "\u00a0")
        if not text:
            return ""
        if run.role and run.role not in self._spans:
            self.theme.looks(self.language).span(run.role, place)
        key = (run.lang, run.strong, run.em, run.underline, run.role, bold, not text.isascii(), scale)
        properties = self._properties.get(key)
        if properties is None:
            properties = self._properties[key] = self._run_properties(*key)
        plain, ticks = properties
        out = []
        for index, piece in enumerate(_TICKS.split(text)):
            if piece:
                keep = ' xml:space="preserve"' if piece.strip() != piece or "  " in piece else ""
                out.append(f"<w:r>{ticks if index % 2 else plain}<w:t{keep}>{piece}</w:t></w:r>")
        return "".join(out)

    def _run_properties(
        self, lang: Language, strong: bool, em: bool, underline: bool, role: str, bold: bool, wide: bool, scale: int
    ) -> tuple[str, str]:
        """``w:rPr`` for text and for ticks of one kind of run, children in the schema's order."""
        zh = lang == "zh-CN"
        faces = self.theme.fonts.word
        font, weight, slant, dots = "", "", "", ""
        if (strong or bold) and not faces.of(lang).bold:
            if strong or self.language != lang:
                font = fonts(faces.of(self.language).heading)
            if bold and faces.of(self.language).bold:
                weight = '<w:b w:val="0"/><w:bCs w:val="0"/>'
        elif strong:
            weight = "<w:b/><w:bCs/>"
        if em:
            # Han characters have no italic; they are stressed by dots below.
            slant, dots = ("", '<w:em w:val="underDot"/>') if zh else ("<w:i/><w:iCs/>", "")
        if zh and wide:
            # Quotes, dashes and dots exist once in Unicode; the hint makes them full-width.
            font = font.replace("<w:rFonts ", '<w:rFonts w:hint="eastAsia" ') or '<w:rFonts w:hint="eastAsia"/>'
        style = f'<w:rStyle w:val="Docgen{role.title()}Text"/>' if role else ""
        underlined = '<w:u w:val="single"/>' if underline or role == "line" else ""
        scaled = f'<w:w w:val="{scale}"/>' if scale != 100 else ""
        tag = LATIN_TAGS[lang]
        language = f'<w:lang w:val="{tag}" w:eastAsia="zh-CN"/>' if lang != self.language else ""
        return (
            _properties(style, font, weight, slant, scaled, underlined, dots, language),
            _properties(style, one_font(faces.ticks), '<w:b w:val="0"/>' if bold else "", "", underlined, "", language),
        )

    def _blank(self, loose: bool) -> str:
        space = f'<w:t xml:space="preserve">{_LOOSE_BLANK}</w:t>' if loose else "<w:tab/>"
        return f'<w:r><w:rPr><w:u w:val="single" w:color="{self.theme.colours["label"][1:]}"/></w:rPr>{space}</w:r>'

    def _picture(self, picture: Picture, place: str) -> str:
        content = self.pictures.get(picture.name)
        if content is None:
            raise DocumentError(NO_PICTURE.filled(place=place or "document", name=picture.name))
        if content[:8] != _PNG or content[12:16] != b"IHDR":
            raise DocumentError(NO_PNG.filled(place=place or "document", name=picture.name))
        across, down = struct.unpack(">II", content[16:24])
        relation = self.used.setdefault(picture.name, f"rIdPicture{self.identity + len(self.used)}")
        self._drawn += 1
        drawing = self.identity + self._drawn
        extent = f'cx="{emu(picture.width)}" cy="{emu(picture.width * down / across)}"'
        about = f'id="{drawing}" name="Picture {drawing}" descr="{escape(picture.alt)}"'
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
            f"{graphic(relation, about, extent)}</wp:inline></w:drawing></w:r>"
        )


def _properties(*parts: str) -> str:
    inner = "".join(parts)
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def blank_stops(content: tuple[Inline, ...], points: float, width: int) -> list[int] | None:
    """Where the blanks of a line end, in twips, so that they share the room its words leave.

    Returns:
        A tab stop for each blank, or None where the line would wrap or has no blanks.
    """
    blanks = sum(1 for inline in content if _is_blank(inline))
    em = points * 20
    words = sum(_length(inline.text) * em for inline in content if isinstance(inline, Text))
    room = (width - words) / blanks if blanks else 0
    if any(isinstance(inline, Break | Picture | Drawing) for inline in content) or room < twips(_SHORTEST_BLANK):
        return None
    stops, position = [], 0.0
    for inline in content:
        if _is_blank(inline):
            position += room
            stops.append(round(position))
        elif isinstance(inline, Text):
            position += _length(inline.text) * em
    return stops


def squeeze(content: tuple[Inline, ...], points: float, width: int) -> int:
    """How narrow, in percent, the letters of a date or figure must be to stay on one line of ``width`` twips.

    Word knows no other way to keep Han characters from breaking; a cell that is far too narrow is left to break.
    """
    match content:
        case (Text(role="nobreak", text=words),):
            wanted = (_length(words, 0.51) + GAP * seams(words)) * points * 20
            return 100 if not MOST_SQUEEZED * wanted <= width < wanted else math.floor(100 * width / wanted)
    return 100


def squeezed_word(content: tuple[Inline, ...], points: float, width: int, *, letters: float) -> int:
    """How narrow, in percent, letters must be for what must not be parted to stay on one line of ``width`` twips.

    With margins or fonts that leave less room than the theme's, columns are narrower than the words that they were
    made for.

    Args:
        letters: how wide Latin letters are, as a share of those of a wide font.
    """
    if len(content) == 1 and isinstance(content[0], Text) and len(content[0].text) * points * 20.4 <= width:
        return 100
    held = (
        word
        for one in content
        if isinstance(one, Text)
        for word in ((one.text,) if one.role == "nobreak" else _WORD.findall(one.text))
    )
    wanted = max((_widest(word, letters) for word in held), default=0.0) * points * 20
    return 100 if wanted <= width else max(MOST_SQUEEZED_WORD, math.floor(100 * width / wanted))


def _widest(word: str, letters: float) -> float:
    """The width of ``word`` in ems; Han characters are as wide in every font."""
    return sum([_EMS[one] * letters if one in _EMS else 1.02 for one in word])


def _is_blank(inline: Inline) -> bool:
    return isinstance(inline, Text) and inline.role == "line" and not inline.text


def _length(text: str, latin: float = 0.55) -> float:
    """The width of ``text`` in ems, a Latin character counted as ``latin``; figures are about 0.5 in most fonts."""
    return sum(1.0 if ord(character) > 0x2E7F else latin for character in text)
