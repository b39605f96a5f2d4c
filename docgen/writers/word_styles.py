"""The styles and list numbering of the Word package, made from the theme."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.layout.theme import Faces, Look, Theme
from docgen.model.document import Language
from docgen.writers.word_xml import (
    LATIN_TAGS,
    NAMESPACES,
    eighths,
    escape,
    fonts,
    one_font,
    role_style,
    style_id,
    twips,
)

# Levels that a list can be deep, as WordprocessingML has it.
LEVELS = 9
BULLETS, NUMBERS = 1, 2

# Word's own styles, by the names it knows them by in every language.
BUILT_IN = frozenset(
    {"Normal", "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "List Bullet", "List Number",
     "List Continue", "caption", "header", "footer"}
)  # fmt: skip

_FORMATS = {"1": "decimal", "a": "lowerLetter", "i": "lowerRoman", "①": "decimalEnclosedCircleChinese"}


def styles_xml(theme: Theme, language: Language) -> str:
    """word/styles.xml."""
    faces = theme.fonts.word.of(language)
    tag = LATIN_TAGS[language]
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts(faces.body)}"
        f'<w:sz w:val="21"/><w:szCs w:val="21"/>'
        f'<w:lang w:val="{tag}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        # Word's other built-in styles stay out of sight, so that the gallery shows what the forms use.
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"'
        ' w:defQFormat="0" w:count="376"/>' + "".join(_Styles(theme, language).all()) + "</w:styles>"
    )


class _Styles:
    """Writes the styles of one theme in one language."""

    def __init__(self, theme: Theme, language: Language) -> None:
        self.theme = theme
        self.faces: Faces = theme.fonts.word.of(language)
        self.looks = theme.looks(language)

    def all(self) -> Iterator[str]:
        elements = self.looks.elements
        yield self.paragraph("Normal", elements["paragraph"], based="", default=True)
        yield (
            '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
            '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/>'
            "</w:style>"
        )
        yield (
            '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
            '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
            '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
            '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        )
        yield (
            '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
            '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
        )
        for level in (1, 2, 3):
            yield self.paragraph(f"heading {level}", elements[f"heading-{level}"], outline=level, following="Normal")
        yield self.paragraph("List Bullet", elements["list"], number=BULLETS)
        yield self.paragraph("List Number", elements["list"], number=NUMBERS)
        yield self.paragraph("List Continue", elements["list"])
        yield self.paragraph("caption", elements["caption"], following="Normal")
        yield self.paragraph("Docgen Table", _text_only(elements["table"]), tight=True)
        yield self.paragraph("Docgen Table Head", _text_only(elements["table-head"]), based="DocgenTable")
        yield (
            '<w:style w:type="paragraph" w:customStyle="1" w:styleId="DocgenSpacer"><w:name w:val="Docgen Spacer"/>'
            '<w:basedOn w:val="Normal"/><w:semiHidden/><w:pPr><w:spacing w:before="0" w:after="0" w:line="20"'
            ' w:lineRule="exact"/></w:pPr><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:style>'
        )
        for role, look in self.looks.roles.items():
            yield self.paragraph(role_style(role), look)
            if look.writes:
                yield self.paragraph(role_style(role) + " Cell", _text_only(look), based="DocgenTable", hidden=True)
        for span, look in self.looks.spans.items():
            yield self.character(span, look)
        for lines in ("none", "rows", "grid"):
            yield self.table(lines)

    def paragraph(
        self,
        name: str,
        look: Look,
        *,
        based: str = "Normal",
        default: bool = False,
        outline: int = 0,
        number: int = 0,
        following: str = "",
        tight: bool = False,
        hidden: bool = False,
    ) -> str:
        identity = style_id(name)
        identity = identity[0].upper() + identity[1:]
        custom = "" if name in BUILT_IN else ' w:customStyle="1"'
        outlined = f'<w:outlineLvl w:val="{outline - 1}"/>' if outline else ""
        numbered = f'<w:numPr><w:numId w:val="{number}"/></w:numPr>' if number else ""
        return (
            f'<w:style w:type="paragraph"{" w:default=" + chr(34) + "1" + chr(34) if default else ""}{custom}'
            f' w:styleId="{identity}"><w:name w:val="{name}"/>'
            + (f'<w:basedOn w:val="{based}"/>' if based else "")
            + (f'<w:next w:val="{following}"/>' if following else "")
            + ("<w:semiHidden/>" if hidden else "<w:qFormat/>")
            + f"<w:pPr>{'<w:keepNext/>' if look.keep_with_next else ''}{'<w:keepLines/>' if look.keep_together else ''}"
            + ("<w:widowControl/>" if default else "")
            + numbered
            # No air between Han and figures in tables: their columns are narrow, and the PDF has none.
            + ('<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>' if tight else "")
            + self._spacing(look, tight)
            + (f'<w:ind w:left="{twips(look.indent)}"/>' if look.indent is not None else "")
            + (f'<w:jc w:val="{look.align}"/>' if look.align else "")
            + f"{outlined}</w:pPr><w:rPr>{self.run(look)}</w:rPr></w:style>"
        )

    def _spacing(self, look: Look, tight: bool) -> str:
        before, after = (0.0, 0.0) if tight else (look.before, look.after)
        parts = [
            f' w:{side}="{round(points * 20)}"'
            for side, points in (("before", before), ("after", after))
            if points is not None
        ]
        size = look.size or ("body" if look.line_height else None)
        if size is not None and (height := look.line_height or self.looks.elements["paragraph"].line_height):
            # "At least" gives the same lines whatever height the fonts at hand ask for, and grows with a picture.
            parts.append(f' w:line="{round(self.theme.sizes[size] * height * 20)}" w:lineRule="atLeast"')
        return f"<w:spacing{''.join(parts)}/>" if parts else ""

    def run(self, look: Look) -> str:
        """The run properties that ``look`` sets."""
        faces, parts = self.faces, []
        strong_by_font = look.weight == "bold" and not faces.bold
        if look.font == "mono":
            parts.append(one_font(self.theme.fonts.word.mono))
        elif look.font == "heading" or strong_by_font:
            parts.append(fonts(faces.heading))
        elif look.font == "body" or look.weight == "normal":
            parts.append(fonts(faces.body))
        if look.weight is not None and not strong_by_font:
            on = "" if look.weight == "bold" else ' w:val="0"'
            parts.append(f"<w:b{on}/><w:bCs{on}/>")
        if look.colour:
            parts.append(f'<w:color w:val="{self.theme.colours[look.colour][1:]}"/>')
        if look.size:
            half = round(self.theme.sizes[look.size] * 2)
            parts.append(f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>')
        return "".join(parts)

    def character(self, span: str, look: Look) -> str:
        name = f"Docgen {span.title()} Text"
        return (
            f'<w:style w:type="character" w:customStyle="1" w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{self.run(look)}</w:rPr></w:style>'
        )

    def table(self, lines: str) -> str:
        name = f"Docgen Table {lines.title()}"
        look = self.theme.table
        line = f'w:val="single" w:sz="{eighths(look.hair)}" w:space="0" w:color="{self.theme.colours["rule"][1:]}"'
        sides = {"none": (), "rows": ("top", "bottom", "insideH")}.get(
            lines, ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        borders = f"<w:tblBorders>{''.join(f'<w:{side} {line}/>' for side in sides)}</w:tblBorders>" if sides else ""
        x, y = twips(look.padding_x), twips(look.padding_y)
        return (
            f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="TableNormal"/><w:tblPr>{borders}<w:tblCellMar><w:top w:w="{y}" w:type="dxa"/>'
            f'<w:left w:w="{x}" w:type="dxa"/><w:bottom w:w="{y}" w:type="dxa"/><w:right w:w="{x}" w:type="dxa"/>'
            "</w:tblCellMar></w:tblPr></w:style>"
        )


def _text_only(look: Look) -> Look:
    """The part of a look that text inside a cell takes; distances and borders stay with the block around it."""
    return Look(
        size=look.size, weight=look.weight, colour=look.colour, font=look.font, line_height=look.line_height,
        align=look.align,
    )  # fmt: skip


def numbering_xml(theme: Theme, language: Language) -> tuple[str, str]:
    """word/numbering.xml: everything before and after the ``w:num`` that each ordered list of a document adds."""
    numbers = theme.lists.markers(language)
    return (
        f"<w:numbering {NAMESPACES}>"
        + _abstract(theme, language, BULLETS, [("bullet", bullet) for bullet in theme.lists.bullets])
        + _abstract(theme, language, NUMBERS, [_numbered(marker, depth) for depth, marker in enumerate(numbers)])
        + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (BULLETS, NUMBERS)),
        "</w:numbering>",
    )


def restarted(number: int, level: int, start: int) -> str:
    """A numbering of its own for one ordered list, or the rest of one, which begins with ``start``."""
    return (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{NUMBERS}"/>'
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
    )


def _numbered(marker: str, depth: int) -> tuple[str, str]:
    """The format and text of a level from its first marker: ``(a)`` is lower letters in brackets."""
    first = next(first for first in _FORMATS if first in marker)
    return _FORMATS[first], marker.replace(first, f"%{depth + 1}", 1)


def _abstract(theme: Theme, language: Language, identity: int, markers: list[tuple[str, str]]) -> str:
    latin = theme.fonts.word.of(language).heading.latin
    levels = []
    for depth in range(LEVELS):
        shown = min(depth, len(markers) - 1)
        form, text = markers[shown]
        text = text.replace(f"%{shown + 1}", f"%{depth + 1}")
        left, hanging = twips(theme.lists.indent * (depth + 1)), twips(theme.lists.indent)
        style = {BULLETS: "ListBullet", NUMBERS: "ListNumber"}[identity]
        levels.append(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            + (f'<w:pStyle w:val="{style}"/>' if depth == 0 else "")
            + f'<w:lvlText w:val="{escape(text)}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>'
            # Bullets are drawn from the Latin font: Chinese fonts have them small and off centre.
             + (f"<w:rPr>{one_font(latin)}</w:rPr>" if form == "bullet" else "") + "</w:lvl>"
        )
    return (
        f'<w:abstractNum w:abstractNumId="{identity}"><w:multiLevelType w:val="multilevel"/>'
        f"{''.join(levels)}</w:abstractNum>"
    )
