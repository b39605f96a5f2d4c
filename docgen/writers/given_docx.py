"""A Word file that a company gave, such as its letterhead: opened only when nothing in it can do harm."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from lxml import etree
from PIL import Image

from docgen.sources.guard import MEBIBYTE, Refusal, open_zip
from docgen.writers.given_faults import refuse
from docgen.writers.given_parts import TYPES, GivenDocx, content_types, owner_of, parse, relations
from docgen.writers.word_xml import W

FILE_LIMIT = 20 * MEBIBYTE
XML_LIMIT = 8 * MEBIBYTE
"""Of one part that is parsed; a book of 500 pages takes half of it."""
XML_WHOLE = 24 * MEBIBYTE
MOST_PIXELS = 40_000_000
"""A whole page of A4 at 600 dots an inch has 35 million."""
MOST_USES = 1_000
"""An SVG may repeat a shape by ``use``, and each of those more shapes, which soon takes hours."""

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"

# Kinds of faults that the guard of zips finds, and what they are called here.
_GUARDED = {
    "damaged_book": ("damaged", "zip"),
    "too_many_parts": ("swollen", ""),
    "swollen_parts": ("swollen", ""),
    "too_many_cells": ("swollen", ""),
    "unsafe_parts": ("unsafe_names", ""),
    "locked_parts": ("encrypted", ""),
    "declares_entities": ("entities", ""),
}
# Relationships to other files inside the file that Word or LibreOffice would open with other programs.
_EMBEDDED = {"oleObject", "package", "control", "aFChunk", "subDocument", "frame", "activeXControlBinary"}
_MACROS = {"vbaProject", "wordVbaData", "keyMapCustomizations", "attachedToolbars"}
_EMBEDDING = {f"{{{W}}}{name}" for name in ("altChunk", "subDoc", "object", "control")} | {
    "{urn:schemas-microsoft-com:office:office}OLEObject"
}
_XML = frozenset(
    {"officeDocument", "header", "footer", "styles", "numbering", "settings", "theme", "fontTable", "footnotes",
     "endnotes", "comments", "glossaryDocument"}
)  # fmt: skip
_LINKS = ("https:", "http:", "mailto:", "tel:", "#")
_FETCHING = frozenset(
    {"INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "DDE", "DDEAUTO", "EMBED", "RD", "DATABASE"}
)
_PICTURES = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_READ_PICTURES = {"png", "jpg", "jpeg", "jpe", "gif", "bmp", "dib", "tif", "tiff", "webp"}
_STYLED = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression\(", re.IGNORECASE)


def open_given(path: Path, folder: Path | None = None) -> GivenDocx:
    """Open a company's .docx, having looked through all of it; nothing but the file itself is read.

    Args:
        path: the file.
        folder: which it must not lead out of, by a symbolic link; None: the folder that it is in.

    Raises:
        TemplateError: it is no .docx, or holds what docgen does not take; the text says what to do.
    """
    name, content = path.name, _read(path, folder or path.parent)
    if content.startswith(_OLE):
        raise refuse(name, "encrypted" if _ENCRYPTED in content else "doc")
    if not content.startswith(_ZIP):
        raise refuse(name, "no_zip")
    try:
        with open_zip(content) as archive:
            parts = {one: archive.read(one) for one in archive.namelist() if not one.endswith("/")}
    except Refusal as error:
        raise refuse(name, *_GUARDED[error.kind]) from error
    return _checked(name, parts)


def _read(path: Path, folder: Path) -> bytes:
    name = path.name
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise refuse(name, "elsewhere")
        if not path.exists():
            raise refuse(name, "missing")
        if not path.is_file():
            raise refuse(name, "no_file")
        if path.stat().st_size > FILE_LIMIT:
            raise refuse(name, "too_large", FILE_LIMIT // MEBIBYTE)
        return path.read_bytes()
    except (OSError, RuntimeError) as error:  # a link to itself is a RuntimeError
        raise refuse(name, "unreadable", getattr(error, "strerror", None) or error) from error


def _checked(name: str, parts: Mapping[str, bytes]) -> GivenDocx:
    trees = _trees(name, parts)
    if TYPES not in trees:
        raise refuse(name, "no_word", "zip")
    types = content_types(parts)
    main = _main(name, parts, types)
    _refuse_macros(name, parts, types)
    given = GivenDocx(name, parts, types, main)
    for rels in sorted(parts):
        if rels.endswith(".rels"):
            _check_relations(given, owner_of(rels))
    for part, root in trees.items():
        _check_content(name, part, root)
    for part in parts.keys() - trees.keys():
        _check_picture(name, part, parts[part], types.get(part, ""))
    return given


def _trees(name: str, parts: Mapping[str, bytes]) -> dict[str, etree._Element]:
    """Everything that is XML, by what it is called or said to be, parsed."""
    try:
        types = content_types(parts) if TYPES in parts else {}
    except etree.XMLSyntaxError as error:
        raise refuse(name, "bad_xml", TYPES) from error
    found: dict[str, etree._Element] = {}
    read = _read_as_xml(name, parts)
    whole = 0
    for part in sorted(parts):
        known = part.casefold().endswith((".xml", ".rels", ".vml", ".svg")) or part in read
        if not (known or types.get(part, "").casefold().endswith("xml")):
            continue
        whole += len(parts[part])
        if len(parts[part]) > XML_LIMIT or whole > XML_WHOLE:
            raise refuse(name, "swollen")
        try:
            root = parse(parts[part])
        except etree.XMLSyntaxError as error:
            line, column = error.position
            raise refuse(name, "bad_xml", f"{part}:{line}:{column}") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise refuse(name, "entities")
        found[part] = root
    return found


def _read_as_xml(name: str, parts: Mapping[str, bytes]) -> set[str]:
    """The parts that are read as XML because of what others take them for, whatever they are called."""
    found = set()
    for rels in sorted(parts):
        if rels.endswith(".rels") and len(parts[rels]) <= XML_LIMIT:
            try:
                related = relations(parts, owner_of(rels))
            except etree.XMLSyntaxError as error:
                raise refuse(name, "bad_xml", rels) from error
            found |= {one.target for one in related if one.kind in _XML and one.target in parts}
    return found


def _main(name: str, parts: Mapping[str, bytes], types: Mapping[str, str]) -> str:
    """The part of the body."""
    found = next((one for one in relations(parts, "") if one.kind == "officeDocument"), None)
    if found is None or found.external or found.target not in parts:
        raise refuse(name, "no_word", "zip")
    kind = types.get(found.target, "")
    if kind == _TEMPLATE:
        raise refuse(name, "template")
    if "macroenabled" in kind.casefold():
        raise refuse(name, "macros", kind)
    if kind != MAIN:
        raise refuse(name, "no_word", kind or found.target)
    root = parse(parts[found.target]).tag
    if found.type.startswith("http://purl.oclc.org/") or root.startswith("{http://purl.oclc.org/"):
        raise refuse(name, "strict")
    if root != f"{{{W}}}document":
        raise refuse(name, "damaged", found.target)
    return found.target


def _refuse_macros(name: str, parts: Mapping[str, bytes], types: Mapping[str, str]) -> None:
    for part in sorted(parts):
        if "vba" in part.casefold().rpartition("/")[2] or "vba" in types.get(part, "").casefold():
            raise refuse(name, "macros", part)


def _check_relations(given: GivenDocx, owner: str) -> None:
    for one in given.relations(owner):
        if one.kind in _MACROS:
            raise refuse(given.name, "macros", one.kind)
        if one.external and one.kind == "hyperlink":
            if not one.target.casefold().startswith(_LINKS):
                raise refuse(given.name, "link", one.target[:80])
        elif one.external:
            kind = "attached" if one.kind == "attachedTemplate" else "outside"
            raise refuse(given.name, kind, f"{one.kind} {one.target[:80]}")
        elif one.kind in _EMBEDDED:
            raise refuse(given.name, "embedded", f"{one.kind}, {one.target}")
        elif one.target and one.target not in given.parts and one.kind != "hyperlink":
            raise refuse(given.name, "damaged", f"{owner} → {one.target}")


def _check_content(name: str, part: str, root: etree._Element) -> None:
    if etree.QName(root).localname == "svg":
        _check_svg(name, part, root)
        return
    for element in root.iter(*_EMBEDDING):
        raise refuse(name, "embedded", f"{etree.QName(element).localname}, {part}")
    for kind in field_kinds(root):
        if kind in _FETCHING:
            raise refuse(name, "field", f"{kind}, {part}")


def field_kinds(root: etree._Element) -> Iterator[str]:
    """Which fields a part has, such as ``PAGE``; no blank need follow the name."""
    for code in field_codes(root):
        found = re.match(r"\s*([A-Za-z]+|=|[^\s\\]\S*)", code)
        yield found[1].upper() if found else ""


def field_codes(root: etree._Element) -> Iterator[str]:
    """What each field of a part says; Word may spread the code of one over several runs."""
    open_codes: list[list[str]] = []
    for element in root.iter(f"{{{W}}}fldChar", f"{{{W}}}instrText", f"{{{W}}}fldSimple"):
        kind = element.get(f"{{{W}}}fldCharType")
        if element.tag == f"{{{W}}}fldSimple":
            yield str(element.get(f"{{{W}}}instr", ""))
        elif kind == "begin":
            open_codes.append([])
        elif kind == "end":
            if open_codes:
                yield "".join(open_codes.pop())
        elif kind is None and open_codes:
            open_codes[-1].append(element.text or "")
        elif kind is None:
            yield element.text or ""
    for code in open_codes:
        yield "".join(code)


def _check_svg(name: str, part: str, root: etree._Element) -> None:
    uses = 0
    for element in root.iter(etree.Element):
        local = etree.QName(element).localname
        uses += local == "use"
        refers = [str(value) for key, value in element.attrib.items() if etree.QName(key).localname == "href"]
        said = " ".join(map(str, element.itertext())) if local == "style" else ""
        written = " ".join([*map(str, element.attrib.values()), said])
        for address in refers:
            if not address.lstrip().startswith("#"):
                raise refuse(name, "embedded" if address.startswith("data:") else "outside", f"{part}, {address[:40]}")
        if _STYLED.search(written):
            raise refuse(name, "outside", part)
        if local in ("script", "foreignObject"):
            raise refuse(name, "embedded", f"{local}, {part}")
    if uses > MOST_USES:
        raise refuse(name, "picture_size", f"{part}: {uses} × use > {MOST_USES}")


def _check_picture(name: str, part: str, content: bytes, kind: str) -> None:
    """Measure a picture by its header; none is unpacked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=_PICTURES) as picture:
                width, height = picture.size
    except Image.DecompressionBombError as error:
        raise refuse(name, "picture_size", f"{part} > {MOST_PIXELS // 1_000_000} megapixels") from error
    except Exception as error:  # Pillow's readers raise of every kind on damaged files
        if part.rpartition(".")[2].casefold() in _READ_PICTURES:
            raise refuse(name, "picture", part) from error
        return
    if width * height > MOST_PIXELS:
        size = f"{width} × {height} > {MOST_PIXELS // 1_000_000} megapixels"
        raise refuse(name, "picture_size", f"{part}: {size}")
