"""The reference package: every part of a Word file that is the same for all documents of a theme and language."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import XmlPart
from docx.oxml import parse_xml

from docgen.layout.theme import Page, Theme
from docgen.model.document import Document, Language
from docgen.writers.given_parts import GivenDocx
from docgen.writers.letterhead import read_letterhead
from docgen.writers.letterhead_look import in_look_of
from docgen.writers.letterhead_print import Arounds, overrides, print_on
from docgen.writers.properties import Properties
from docgen.writers.word_around import Around, nothing_around
from docgen.writers.word_read import BODY, Place
from docgen.writers.word_styles import numbering_xml, styles_xml
from docgen.writers.word_xml import DECLARATION, LANGUAGE_TAGS, LATIN_TAGS, NAMESPACES, escape
from docgen.writers.word_zip import Member, deflated

# Parts that each document brings itself; the rest is kept ready.
DOCUMENT = "word/document.xml"
NUMBERING = "word/numbering.xml"
CORE = "docProps/core.xml"

_WANTED = {RT.STYLES, RT.NUMBERING, RT.SETTINGS, RT.HEADER, RT.FOOTER}
_LONGEST_PROPERTY = 255


@dataclass(frozen=True, slots=True)
class Running:
    """A head or foot: its part, where it stands (``first`` or ``default``), and how document.xml refers to it."""

    part: str
    kind: str
    place: str
    reference: str
    around: Arounds

    @property
    def where(self) -> Place:
        return self.kind, self.place


@dataclass(frozen=True, slots=True)
class WordPackage:
    """Everything a document needs beside its own text; made once, used for any number of documents.

    ``ready`` holds deflated members; ``numbering`` the text before and after the lists of a document;
    ``relationships`` the text of document.xml's relationships without the closing tag, for pictures to be added.
    """

    theme: Theme
    language: Language
    ready: tuple[Member, ...]
    running: tuple[Running, ...]
    relationships: str
    numbering: tuple[str, str]
    body: Arounds
    paper_source: str = ""
    """The printer's trays, for the section."""
    is_tight: bool = False
    """Do its margins or fonts leave less for the text than the theme's, by which columns are measured?"""
    has_head: bool = False
    """Has its letterhead a head for the first page, so that the document's gives way?"""

    def around(self, place: Place, *, landscape: bool) -> Around:
        """What stands around docgen's text in ``place``."""
        pair = self.body if place == BODY else next(one.around for one in self.running if one.where == place)
        return pair[landscape]

    def of(self, document: Document) -> Document:
        """``document`` as it is printed here: a letterhead takes the place of the first page's head."""
        return replace(document, first_head=()) if self.has_head else document


def build_package(theme: Theme, language: Language, given: GivenDocx | None = None) -> WordPackage:
    """Build the package for documents of ``language`` in the look of ``theme``.

    Args:
        given: the company's letterhead.

    Raises:
        TemplateError: the letterhead can't be printed on; the text says why and what to do.
    """
    letterhead = read_letterhead(given, theme) if given else None
    usual = theme
    if letterhead:
        theme = in_look_of(letterhead.given, replace(theme, page=letterhead.page))
    before, after = numbering_xml(theme, language)
    styles = styles_xml(theme, language)
    printed = print_on(letterhead, theme, styles.encode(), before) if letterhead else None
    if printed:
        styles, before = printed.styles.decode(), printed.numbering
    reference = docx.Document()
    _strip(reference)
    contents = {
        RT.STYLES: styles,
        RT.SETTINGS: _settings(language, printed.settings if printed else ""),
        RT.NUMBERING: before + after,
    }
    for relation in reference.part.rels.values():
        if relation.reltype in contents:
            part = relation.target_part
            assert isinstance(part, XmlPart)
            part._element = parse_xml(contents[relation.reltype].encode())
    around = printed.around if printed else {}
    running = _running(reference, around)
    with zipfile.ZipFile(_saved(reference)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    relationships = parts.pop("word/_rels/document.xml.rels").decode().removesuffix("</Relationships>")
    own = {DOCUMENT, NUMBERING, CORE, *(head.part for head in running)}
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"<Default ", b'<Default Extension="png" ContentType="image/png"/><Default ', 1
    )
    body = around.get(BODY, (nothing_around("body"),) * 2)
    if printed and letterhead:
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"</Types>", overrides(printed.types) + b"</Types>"
        )
        parts |= printed.parts
        relationships += printed.relationships
    ready = tuple(deflated(name, content) for name, content in parts.items() if name not in own)
    package = WordPackage(theme, language, ready, running, relationships, (before, after), body)
    if letterhead:
        is_tight = _text_width(theme.page) < _text_width(usual.page) or theme.fonts.word != usual.fonts.word
        package = replace(package, paper_source=letterhead.paper_source, is_tight=is_tight, has_head=letterhead.opens)
    return package


def _text_width(page: Page) -> float:
    return page.width - page.margins.left - page.margins.right


def core_properties(properties: Properties, language: Language) -> bytes:
    """docProps/core.xml; texts are cut at the 255 characters that Word allows."""

    def text(value: str) -> str:
        return escape(value if len(value) <= _LONGEST_PROPERTY else value[: _LONGEST_PROPERTY - 1] + "…")

    day = f"{properties.created.isoformat()}T00:00:00Z"
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text(properties.title)}</dc:title><dc:subject>{text(properties.number)}</dc:subject>"
        f"<dc:creator>{text(properties.author)}</dc:creator><dc:identifier>{text(properties.identifier)}</dc:identifier>"
        f"<cp:lastModifiedBy>{text(properties.author)}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified>'
        f"<dc:language>{LANGUAGE_TAGS[language]}</dc:language></cp:coreProperties>"
    ).encode()


def _strip(reference: docx.document.Document) -> None:
    """Leave out what python-docx's own template brings along: thumbnail, custom XML, theme, Mac remains."""
    for rels, wanted in (
        (reference.part.rels, _WANTED),
        (reference.part.package.rels, {RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES}),
    ):
        for identity in [identity for identity, relation in rels.items() if relation.reltype not in wanted]:
            del rels[identity]


def _running(reference: docx.document.Document, around: Mapping[Place, Arounds]) -> tuple[Running, ...]:
    """Give the section its own head and foot for the first and for the following pages."""
    section = reference.sections[0]
    section.different_first_page_header_footer = True
    found = []
    for place, head, foot in (
        ("first", section.first_page_header, section.first_page_footer),
        ("default", section.header, section.footer),
    ):
        for kind, story in (("header", head), ("footer", foot)):
            story.is_linked_to_previous = False
            part = story.part
            identity = next(key for key, rel in reference.part.rels.items() if rel.target_part is part)
            found.append(
                Running(
                    str(part.partname).lstrip("/"),
                    kind,
                    place,
                    f'<w:{kind}Reference w:type="{place}" r:id="{identity}"/>',
                    around.get((kind, place), (nothing_around(kind),) * 2),
                )
            )
    return tuple(found)


def _saved(reference: docx.document.Document) -> io.BytesIO:
    stream = io.BytesIO()
    reference.save(stream)
    return stream


def _settings(language: Language, more: str) -> str:
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            # 15 is Word 2013 and later: below it, Word opens the file in compatibility mode.
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:autoHyphenation w:val="0"/><w:evenAndOddHeaders w:val="0"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:compat>{compat}</w:compat>"
        f'<w:themeFontLang w:val="{LATIN_TAGS[language]}" w:eastAsia="zh-CN"/>{more}'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )
