"""The smallest pieces of WordprocessingML: names, units, escaping, fonts; no knowledge of the tree."""

from __future__ import annotations

import re

from docgen.layout.theme import Face

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# What XML 1.0 can't hold, and what would be a tab or a line end that the tree doesn't know.
_MARKUP = re.compile('[&<>"\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]')
_FORBIDDEN = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

LANGUAGE_TAGS = {"en": "en-GB", "zh-CN": "zh-CN"}
# The language of Latin letters and figures: inside Chinese they are English, or LibreOffice breaks them anywhere.
LATIN_TAGS = {"en": "en-GB", "zh-CN": "en-US"}


def twips(millimetres: float) -> int:
    """Twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def emu(millimetres: float) -> int:
    """English metric units, as drawings use them."""
    return round(millimetres * 36000)


def eighths(points: float) -> int:
    """Widths of borders; Word draws nothing thinner than two."""
    return max(2, round(points * 8))


def escape(text: str) -> str:
    """Text for element content and quoted attributes.

    Raises:
        ValueError: a control character or lone surrogate; values are cleaned long before, so this is a bug.
    """
    if not _MARKUP.search(text):
        return text
    found = _FORBIDDEN.search(text)
    if found:
        raise ValueError(f"U+{ord(found.group()):04X} reached the Word writer in {text[:40]!r}")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def graphic(relation: str, about: str, extent: str) -> str:
    """What a drawing shows, in line or anchored: the picture of ``relation``; the other two are attributes."""
    return (
        f'<wp:docPr {about}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
        '</wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/'
        f'picture"><pic:pic><pic:nvPicPr><pic:cNvPr {about}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic>"
    )


def fonts(face: Face) -> str:
    """All four scripts explicitly: what is left out falls to the reader's own defaults (MS Mincho for Han)."""
    latin, han = escape(face.latin), escape(face.east_asian)
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{han}" w:cs="{latin}"/>'


def one_font(name: str) -> str:
    return fonts(Face(name, name))


def style_id(name: str) -> str:
    """``Docgen Table Head`` is referred to as ``DocgenTableHead``."""
    return name.replace(" ", "")


def role_style(role: str) -> str:
    """The name of the paragraph style of a role; Word's own style where it has one for the purpose."""
    own = {"title": "Title", "subtitle": "Subtitle", "head": "header", "foot": "footer"}
    return own.get(role) or "Docgen " + role.replace("-", " ").title()


def role_style_id(role: str, in_cell: bool = False) -> str:
    name = style_id(role_style(role))
    name = name[0].upper() + name[1:]
    return name + "Cell" if in_cell else name
