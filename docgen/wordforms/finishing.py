"""A filled Word form becomes a file of docgen's: sound XML, gaps in red, docgen's properties, codes, the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from docgen.errors import TemplateError
from docgen.model.document import Language
from docgen.wordforms.filling import NO_LONGER_WORD
from docgen.wordforms.values import GAP, GAP_END, OWN
from docgen.writers.given_parts import parse
from docgen.writers.properties import Properties
from docgen.writers.word_package import CORE, core_properties
from docgen.writers.word_xml import DECLARATION, W
from docgen.writers.word_zip import deflated, zip_bytes

_W = f"{{{W}}}"
RED = "C00000"
BEHIND_COLOUR = [
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
    "rPrChange",
]
"""What follows a colour among the properties of a run (ECMA-376 part 1, 17.3.2.28)."""
_KEPT = "{http://www.w3.org/XML/1998/namespace}space"


def trees_of(parts: Mapping[str, bytes], names: tuple[str, ...], form: str) -> dict[str, etree._Element]:
    """The filled parts as XML, mended where loops left something that Word can't open.

    Raises:
        TemplateError: they are no XML any more.
    """
    found = {}
    for name in names:
        try:
            root = parse(parts[name])
        except etree.XMLSyntaxError as error:
            raise TemplateError(NO_LONGER_WORD.filled(form=form, reason=error.msg)) from error
        _mend(root)
        _redden(root)
        for text in root.iter(f"{_W}t"):
            if text.text and OWN.search(text.text):
                text.text = OWN.sub("", text.text)
        found[name] = root
    return found


def packed(
    parts: Mapping[str, bytes], trees: Mapping[str, etree._Element], properties: Properties, language: Language
) -> bytes:
    """The file: ``parts`` with ``trees`` in the place of those of their names, and docgen's own properties."""
    whole = dict(parts)
    for name, root in trees.items():
        whole[name] = serialised(root)
    whole[CORE] = core_properties(properties, language)
    return zip_bytes([deflated(name, content) for name, content in whole.items()])


def serialised(root: etree._Element) -> bytes:
    return DECLARATION.encode() + etree.tostring(root, encoding="utf-8")


def _mend(root: etree._Element) -> None:
    """Rows, cells and tables that a loop or a condition emptied: Word opens no file that has them."""
    for row in list(root.iter(f"{_W}tr")):
        if next(row.iter(f"{_W}tc"), None) is None:
            _drop(row)
    for table in list(root.iter(f"{_W}tbl")):
        if next(table.iter(f"{_W}tr"), None) is None:
            _drop(table)
    for box in root.iter(f"{_W}tc", f"{_W}txbxContent", f"{_W}hdr", f"{_W}ftr", f"{_W}footnote"):
        blocks = [one for one in box if one.tag in (f"{_W}p", f"{_W}tbl", f"{_W}sdt")]
        if not blocks or (box.tag == f"{_W}tc" and blocks[-1].tag == f"{_W}tbl"):
            box.append(etree.Element(f"{_W}p"))


def _drop(element: etree._Element) -> None:
    above = element.getparent()
    if above is not None:
        above.remove(element)


def _redden(root: etree._Element) -> None:
    """Set what is missing in a draft in red: its run is parted there."""
    for run in list(root.iter(f"{_W}r")):
        if any(GAP in (text.text or "") for text in run.iter(f"{_W}t")):
            above = run.getparent()
            assert above is not None
            for part in _parted(run):
                run.addprevious(part)
            above.remove(run)


def _parted(run: etree._Element) -> list[etree._Element]:
    parts: list[etree._Element] = []
    look = run.find(f"{_W}rPr")
    in_gap = False
    for child in run:
        if child.tag == f"{_W}rPr":
            continue
        if child.tag != f"{_W}t":
            parts.append(_run(look, deepcopy(child), in_gap))
            continue
        for piece in (child.text or "").replace(GAP_END, GAP).split(GAP):
            if piece:
                text = etree.Element(f"{_W}t", {_KEPT: "preserve"})
                text.text = piece
                parts.append(_run(look, text, in_gap))
            in_gap = not in_gap
        in_gap = not in_gap
    return parts


def _run(look: etree._Element | None, content: etree._Element, red: bool) -> etree._Element:
    made = etree.Element(f"{_W}r")
    properties = etree.Element(f"{_W}rPr") if look is None else deepcopy(look)
    if red:
        for one in properties.findall(f"{_W}color"):
            properties.remove(one)
        behind = next((one for one in properties if etree.QName(one).localname in BEHIND_COLOUR), None)
        colour = etree.Element(f"{_W}color", {f"{_W}val": RED})
        if behind is None:
            properties.append(colour)
        else:
            behind.addprevious(colour)
    if len(properties):
        made.append(properties)
    made.append(content)
    return made
