"""What of a letterhead's styles docgen's own text takes on: fonts, and the colour of headings.

Sizes and distances stay the theme's: columns, lines to write on and blocks to sign are measured by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from docgen.layout.contrast import LEAST, WHITE, contrast, parsed
from docgen.layout.theme import Face, Faces, Look, Looks, Theme
from docgen.writers.given_parts import GivenDocx
from docgen.writers.word_xml import W

_W = f"{{{W}}}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VAL = f"{_W}val"
# Fonts for Han characters without a bold cut; Word smears them.
_NEVER_BOLD = frozenset(
    {"SimSun", "宋体", "NSimSun", "新宋体", "SimHei", "黑体", "FangSong", "仿宋", "仿宋_GB2312", "KaiTi", "楷体",
     "楷体_GB2312", "STSong", "华文宋体", "STFangsong", "华文仿宋", "STKaiti", "华文楷体"}
)  # fmt: skip
# No wider than the theme's own; of all others nobody knows, and they are taken for wide ones.
_SLENDER = frozenset({"Calibri", "Carlito", "Times New Roman", "Liberation Serif", "Arial Narrow", "Garamond"})
_HEADINGS = ("heading-1", "heading-2", "heading-3")
COLOUR = "letterhead-"
"""What the colours of a letterhead's headings are called in the theme, before the heading's own name."""


def in_look_of(given: GivenDocx, theme: Theme) -> Theme:
    """``theme`` with the fonts of the letterhead's Normal and Heading 1, and the colour of each of its headings."""
    parts = {one.kind: one.target for one in given.relations(given.main) if not one.external}
    if "styles" not in parts:
        return theme
    look = _Look(given.tree(parts["styles"]), given.tree(parts["theme"]) if "theme" in parts else None)
    word = theme.fonts.word
    fonts = replace(word, en=look.faces(word.en), zh=look.faces(word.zh))
    colours = {name: colour for number in "123" if (name := f"heading-{number}") and (colour := look.colour(number))}
    return replace(
        theme,
        fonts=replace(theme.fonts, word=fonts),
        colours={**theme.colours, **{f"{COLOUR}{name}": colour for name, colour in colours.items()}},
        en=_coloured(theme.en, colours),
        zh=_coloured(theme.zh, colours),
    )


def letters_of(faces: Faces) -> float:
    """How wide the letters of these fonts are, as a share of a wide font's (Verdana)."""
    return 0.87 if {faces.body.latin, faces.heading.latin} <= _SLENDER else 1.0


def _coloured(looks: Looks, colours: Mapping[str, str]) -> Looks:
    def over(known: Mapping[str, Look], names: Mapping[str, str]) -> dict[str, Look]:
        """``names``: which colour an element or role takes."""
        return {
            name: replace(look, colour=f"{COLOUR}{names[name]}") if names.get(name) in colours else look
            for name, look in known.items()
        }

    headings = {name: name for name in _HEADINGS}
    return replace(looks, elements=over(looks.elements, headings), roles=over(looks.roles, {"title": "heading-1"}))


class _Look:
    """Reads what the styles of a letterhead come to."""

    def __init__(self, styles: etree._Element, theme: etree._Element | None) -> None:
        self.styles = {str(one.get(f"{_W}styleId")): one for one in styles.iter(f"{_W}style")}
        self.by_name = {
            str(name.get(_VAL)).casefold(): style
            for style in self.styles.values()
            if (name := style.find(f"{_W}name")) is not None and style.get(f"{_W}type") == "paragraph"
        }
        self.defaults = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
        self.theme = theme

    def faces(self, usual: Faces) -> Faces:
        """The letterhead's fonts where it names some, ``usual`` where not."""
        normal = [*self._properties("normal"), *([self.defaults] if self.defaults is not None else [])]
        heading = [*self._properties("heading 1", "normal")]
        latin = self._font(normal, "ascii") or usual.body.latin
        han = self._font(normal, "eastAsia") or usual.body.east_asian
        bold = usual.bold if han == usual.body.east_asian else han not in _NEVER_BOLD
        head_latin = self._font(heading, "ascii") or latin
        # Where strong words take the font of headings, it must be a strong one.
        head_han = self._font(heading, "eastAsia") or (han if bold else usual.heading.east_asian)
        if not bold and head_han == han:
            head_han = usual.heading.east_asian
        return Faces(Face(latin, han), Face(head_latin, head_han), bold)

    def colour(self, heading: str) -> str:
        """``#RRGGBB`` of a heading, '' where it says none that can be read on white."""
        for properties in self._properties(f"heading {heading}", "normal"):
            found = properties.find(f"{_W}color")
            value = str(found.get(_VAL, "")) if found is not None else ""
            if re.fullmatch("[0-9A-Fa-f]{6}", value):
                colour = f"#{value.upper()}"
                return colour if contrast(parsed(colour), WHITE) >= LEAST else ""
        return ""

    def _properties(self, name: str, until: str = "") -> Iterator[etree._Element]:
        """The run properties of a style and of those that it is based on, up to the one called ``until``."""
        style = self.by_name.get(name)
        last = self.by_name.get(until)
        for _ in range(len(self.styles)):
            if style is None or style is last:
                return
            properties = style.find(f"{_W}rPr")
            if properties is not None:
                yield properties
            based = style.find(f"{_W}basedOn")
            style = self.styles.get(str(based.get(_VAL))) if based is not None else None

    def _font(self, chain: list[etree._Element], script: str) -> str:
        """The font for ``ascii`` or ``eastAsia``, as the first of ``chain`` that names one has it."""
        for properties in chain:
            fonts = properties.find(f"{_W}rFonts")
            if fonts is None:
                continue
            # A theme's font outranks the plain name beside it.
            of_theme = fonts.get(f"{_W}{script}Theme")
            found = (self._theme_font(of_theme) if of_theme else "") or str(fonts.get(f"{_W}{script}") or "")
            if found:
                return found
        return ""

    def _theme_font(self, reference: str) -> str:
        """Such as ``minorEastAsia``: of the theme's minor fonts that for Chinese."""
        kind = "major" if reference.startswith("major") else "minor"
        fonts = self.theme.find(f".//{_A}{kind}Font") if self.theme is not None else None
        if fonts is None:
            return ""
        named = fonts.find(f"{_A}ea" if reference.endswith("EastAsia") else f"{_A}latin")
        found = str(named.get("typeface") or "") if named is not None else ""
        if found or not reference.endswith("EastAsia"):
            return found
        chinese = (one for one in fonts.iterfind(f"{_A}font") if one.get("script") == "Hans")
        return next((str(one.get("typeface") or "") for one in chinese), "")
