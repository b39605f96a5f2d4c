"""Write a document tree as a Word file: serialise its text and zip it beside the prepared package."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from docgen.layout.theme import Theme
from docgen.model.document import Block, Document
from docgen.writers.page_codes import Codes, code_of, picture
from docgen.writers.properties import Properties
from docgen.writers.word_around import ENDS, RELATIONSHIPS
from docgen.writers.word_body import Blocks
from docgen.writers.word_code import NAME, RELATION, anchored
from docgen.writers.word_frame import Frame
from docgen.writers.word_package import (
    CORE,
    DOCUMENT,
    NUMBERING,
    Running,
    WordPackage,
    build_package,
    core_properties,
)
from docgen.writers.word_read import BODY
from docgen.writers.word_xml import DECLARATION, twips
from docgen.writers.word_zip import Member, deflated, zip_bytes

__all__ = ["Properties", "WordPackage", "build_package", "write_docx"]

NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})
# Twips between a letterhead's lines and docgen's, and between its head and the text: Word's own heads keep none.
_BESIDE_LETTERHEAD, _BELOW_LETTERHEAD = 60, 200
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def write_docx(
    document: Document,
    package: WordPackage,
    properties: Properties,
    pictures: Mapping[str, bytes] = NO_PICTURES,
    codes: Codes | None = None,
) -> bytes:
    """Return the bytes of the .docx; the same arguments give the same bytes.

    Args:
        document: the tree; all that the file says.
        package: made by build_package for the document's language.
        properties: title, author and date for the file's own information.
        pictures: PNG bytes by the names that the tree's pictures give.
        codes: what the code of its pages says; of a file that is edited and laid out elsewhere nobody knows the pages.

    Raises:
        TemplateError: a role that the theme doesn't have, lists nested too deep; with the template's place.
        DocumentError: a picture is missing or no PNG.
    """
    if document.lang != package.language:
        raise ValueError(f"a package for {package.language} can't take a document in {document.lang}")
    members = [deflated(CORE, core_properties(properties, document.lang))]
    numbering: list[str] = []
    body = Blocks(document, package, pictures, numbering, identity=1)
    body.story(document.body, Frame(_text_width(package.theme, document.landscape)))
    around = package.around(BODY, landscape=document.landscape)
    text = (around.opening, *body.out, around.closing, _section(document, package), ENDS["body"])
    members.append(deflated(DOCUMENT, "".join(text).encode()))
    members.append(_relationships(DOCUMENT, package.relationships + around.relationships, body.runs.used))
    used = dict(body.runs.used)
    code = code_of(codes.text()) if codes else None
    if code:
        pictures = {**pictures, NAME: picture(code)}
    for index, running in enumerate(package.running, 1):
        part = Blocks(document, package, pictures, numbering, identity=index * 1000)
        _write_running(part, running, document)
        if code and running.kind == "header":
            part.out.append(anchored(len(code.matrix), document, package.theme, index * 1000))
            part.runs.used[NAME] = RELATION
        around = running.around[document.landscape]
        members.append(
            deflated(running.part, "".join((around.opening, *part.out, around.closing, ENDS[running.kind])).encode())
        )
        if part.runs.used or around.relationships:
            members.append(_relationships(running.part, RELATIONSHIPS + around.relationships, part.runs.used))
            used |= part.runs.used
    members += [deflated(f"word/media/{name}", pictures[name]) for name in sorted(used)]
    before, after = package.numbering
    members.append(deflated(NUMBERING, (DECLARATION + before + "".join(numbering) + after).encode()))
    return zip_bytes([*package.ready, *members])


def _text_width(theme: Theme, landscape: bool) -> int:
    page = theme.page
    width = page.height if landscape else page.width
    return twips(width - page.margins.left - page.margins.right)


def _section(document: Document, package: WordPackage) -> str:
    """Page size, margins, and which heads and feet belong to it."""
    page = package.theme.page
    margins = page.margins
    across, down = (page.height, page.width) if document.landscape else (page.width, page.height)
    turned = ' w:orient="landscape"' if document.landscape else ""
    return (
        f"<w:sectPr>{''.join(running.reference for running in package.running)}"
        f'<w:pgSz w:w="{twips(across)}" w:h="{twips(down)}"{turned}/>'
        f'<w:pgMar w:top="{twips(margins.top)}" w:right="{twips(margins.right)}" w:bottom="{twips(margins.bottom)}"'
        f' w:left="{twips(margins.left)}" w:header="{twips(page.head)}" w:footer="{twips(page.foot)}" w:gutter="0"/>'
        f"{package.paper_source}<w:titlePg/></w:sectPr>"
    )


def _write_running(part: Blocks, running: Running, document: Document) -> None:
    """A head or foot; it keeps clear of the fields of the page codes at the right."""
    blocks, role = _content(document, running)
    aside = twips(part.theme.head_indent)
    frame = Frame(_text_width(part.theme, document.landscape), left=aside, right=aside)
    apart = any(running.around[document.landscape].blocks)
    if apart and (blocks or running.kind == "footer"):
        part.spacer(height=_BESIDE_LETTERHEAD)
    part.story(blocks, part.inside(frame, role, ""))
    if apart:
        part.spacer(height=_BELOW_LETTERHEAD if running.kind == "header" else _BESIDE_LETTERHEAD)


def _content(document: Document, running: Running) -> tuple[tuple[Block, ...], str]:
    """What stands in a head or foot, and the role whose look it takes."""
    if running.kind == "footer":
        return document.foot, "foot"
    return (document.first_head if running.place == "first" else document.head), "head"


def _relationships(part: str, before: str, used: Mapping[str, str]) -> Member:
    folder, name = part.rsplit("/", 1)
    pictures = "".join(_relationship(identity, picture) for picture, identity in used.items())
    return deflated(f"{folder}/_rels/{name}.rels", f"{before}{pictures}</Relationships>".encode())


def _relationship(identity: str, picture: str) -> str:
    return f'<Relationship Id="{identity}" Type="{_IMAGE}" Target="media/{picture}"/>'
