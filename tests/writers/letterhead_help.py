"""Letterheads of many kinds, and documents printed on them."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from docgen.model.document import Document, Language
from docgen.writers.given_docx import open_given
from docgen.writers.parity import check_parity
from docgen.writers.word import WordPackage, build_package, write_docx
from tests.writers.docx_help import Change, changed, png, put, saved
from tests.writers.word_help import PROPERTIES, W, par, part, theme, tree

NAMES = (
    f'xmlns:w="{W[1:-1]}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
Draw = Callable[[WordDocument], None]


def letterhead(draw: Draw, *changes: Change) -> bytes:
    """A letterhead on A4 with margins of 25 mm, drawn by ``draw`` and then changed."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    section.header_distance = section.footer_distance = Mm(10)
    draw(document)
    content = saved(document)
    return changed(content, *changes) if changes else content


def xml(markup: str) -> Any:
    """The element of ``markup``, in which the usual prefixes are known."""
    name, _, rest = markup[1:].partition(" ") if " " in markup.partition(">")[0] else markup[1:].partition(">")
    glue = " " if " " in markup.partition(">")[0] else ">"
    return parse_xml(f"<{name} {NAMES}{glue}{rest}")


def printed_on(content: bytes, folder: Path, lang: Language = "en") -> WordPackage:
    return build_package(theme(), lang, open_given(put(folder, content)))


def write(document: Document, package: WordPackage, **more: Any) -> bytes:
    """``document`` printed with ``package``, and proved to say what it says."""
    on_paper = package.of(document)
    made = write_docx(on_paper, package, PROPERTIES, **more)
    check_parity(on_paper, theme(), made, None, package)
    return made


def sample(lang: Language = "en", *, landscape: bool = False) -> Document:
    return tree(
        par("the body", lang),
        lang=lang,
        landscape=landscape,
        first_head=(par("docgen first", lang, "head"),),
        head=(par("docgen head", lang, "head"),),
        foot=(par("docgen foot", lang, "foot"),),
    )


def references(made: bytes) -> dict[tuple[str, str], str]:
    """The parts of heads and feet by kind and place."""
    relations = part(made, "word/_rels/document.xml.rels")
    targets = {one.get("Id"): one.get("Target") for one in relations}
    key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    return {
        (kind, one.get(f"{W}type")): f"word/{targets[one.get(key)]}"
        for kind in ("header", "footer")
        for one in part(made, "word/document.xml").iter(f"{W}{kind}Reference")
    }


def head(made: bytes, kind: str = "header", place: str = "first") -> etree._Element:
    found: etree._Element = part(made, references(made)[kind, place])
    return found


def said(root: etree._Element) -> list[str]:
    """The text of each paragraph, those without any left out."""
    found = ["".join(one.text or "" for one in paragraph.iter(f"{W}t")) for paragraph in root.iter(f"{W}p")]
    return [text for text in found if text]


@cache
def logo() -> bytes:
    return png(40, 20)


def with_logo(document: WordDocument) -> None:
    """A head that is a table of a logo and a name."""
    header = document.sections[0].header
    table = header.add_table(1, 2, Mm(160))
    table.cell(0, 0).paragraphs[0].add_run().add_picture(io.BytesIO(logo()), width=Mm(20))
    table.cell(0, 1).text = "Qinghe 青禾"
    document.sections[0].footer.paragraphs[0].text = "Bank 622"


def style_of(made: bytes, identity: str) -> Any:
    styles = part(made, "word/styles.xml")
    return next(one for one in styles.iter(f"{W}style") if one.get(qn("w:styleId")) == identity)
