"""The code at the upper right of every page of a filled Word form: a picture in each of its heads, of which it may
lack some."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from docgen.layout.theme import Theme
from docgen.model.document import Language
from docgen.wordforms.finishing import serialised
from docgen.writers.given_parts import TYPES, parse, relationships_of, resolved
from docgen.writers.page_codes import Codes, code_of, picture
from docgen.writers.word_code import NAME, RELATION, hung
from docgen.writers.word_xml import NAMESPACES, W

_W = f"{{{W}}}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_PICTURE = f"word/media/docgen-{NAME}"
A4 = 11906
TWIPS = 1440 / 25.4
IDENTITY = 90_000
"""Drawings of the form count from 1, those of docxtpl from 1001."""


def with_codes(
    parts: dict[str, bytes], trees: dict[str, etree._Element], main: str, codes: Codes, theme: Theme, language: Language
) -> tuple[dict[str, bytes], dict[str, etree._Element]]:
    """The parts and trees of a file with the code in the head of every page; those given stay as they are."""
    parts = dict(parts)
    body = parse(serialised(trees[main]))
    heads = {name: parse(serialised(root)) for name, root in trees.items() if name != main}
    code = code_of(codes.text())
    for number, (name, across) in enumerate(_heads(parts, heads, body, main), 1):
        _hang(heads[name], hung(len(code.matrix), across, theme, language, IDENTITY + number))
        _relate(parts, name, RELATION, "image", _PICTURE.removeprefix("word/"))
    parts[_PICTURE] = picture(code)
    types = parse(parts[TYPES])
    if not any(one.get("Extension", "").casefold() == "png" for one in types):
        types.insert(0, types.makeelement(_type("Default"), {"Extension": "png", "ContentType": "image/png"}))
        parts[TYPES] = serialised(types)
    return parts, {**trees, **heads, main: body}


def _heads(
    parts: dict[str, bytes], heads: dict[str, etree._Element], body: etree._Element, main: str
) -> Iterator[tuple[str, float]]:
    """Each head that some page has, once, and how wide that page is in millimetres; where it has none, one is made."""
    targets = {
        str(one.get("Id")): resolved(main, str(one.get("Target")))
        for one in parse(parts[relationships_of(main)])
        if str(one.get("Type", "")).endswith("/header")
    }
    known: dict[str, str] = {}
    done: set[str] = set()
    for section in body.iter(f"{_W}sectPr"):
        if (above := section.getparent()) is not None and above.tag == f"{_W}sectPrChange":
            continue
        own = {str(one.get(f"{_W}type")): one for one in section.findall(f"{_W}headerReference")}
        known |= {kind: targets[str(one.get(f"{_R}id"))] for kind, one in own.items()}
        size = section.find(f"{_W}pgSz")
        width = float(str(size.get(f"{_W}w") if size is not None else A4)) / TWIPS
        for kind in _kinds(parts, section):
            if kind not in known:
                known[kind] = _new_head(parts, heads, section, main, kind)
            if known[kind] not in done:
                done.add(known[kind])
                yield known[kind], width


def _kinds(parts: dict[str, bytes], section: etree._Element) -> list[str]:
    kinds = ["default"]
    title = section.find(f"{_W}titlePg")
    if title is not None and title.get(f"{_W}val", "1") not in ("0", "false", "off"):
        kinds.append("first")
    settings = parts.get("word/settings.xml")
    both = parse(settings).find(f"{_W}evenAndOddHeaders") if settings else None
    if both is not None and both.get(f"{_W}val", "1") not in ("0", "false", "off"):
        kinds.append("even")
    return kinds


def _new_head(
    parts: dict[str, bytes], heads: dict[str, etree._Element], section: etree._Element, main: str, kind: str
) -> str:
    """An empty head for pages that have none."""
    name = f"word/docgen-head-{kind}.xml"
    identity = f"rIdDocgenHead{kind.title()}"
    heads[name] = parse(f"<w:hdr {NAMESPACES}><w:p/></w:hdr>".encode())
    _relate(parts, main, identity, "header", name.removeprefix("word/"))
    types = parse(parts[TYPES])
    types.append(types.makeelement(_type("Override"), {"PartName": f"/{name}", "ContentType": _HEADER_TYPE}))
    parts[TYPES] = serialised(types)
    section.insert(0, section.makeelement(f"{_W}headerReference", {f"{_W}type": kind, f"{_R}id": identity}))
    return name


def _hang(head: etree._Element, run: str) -> None:
    """Put the picture's run into the first paragraph of a head; it takes no room there."""
    paragraph = head.find(f"{_W}p")
    if paragraph is None:
        paragraph = etree.SubElement(head, f"{_W}p")
    drawing = parse(f"<w:p {NAMESPACES}>{run}</w:p>".encode())[0]
    properties = paragraph.find(f"{_W}pPr")
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, drawing)


def _relate(parts: dict[str, bytes], owner: str, identity: str, kind: str, target: str) -> None:
    name = relationships_of(owner)
    # No prefix: LibreOffice refuses a file whose relationships have one.
    empty = f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode()
    root = parse(parts.get(name, empty))
    attributes = {"Id": identity, "Type": f"{_OFFICE}/{kind}", "Target": target}
    root.append(root.makeelement(f"{{{_RELATIONSHIPS}}}Relationship", attributes))
    parts[name] = serialised(root)


def _type(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/package/2006/content-types}}{name}"
