"""Looks that single texts of a filled form have: what is missing in red, and what ``rich`` asks for.

They are said by signs around the text, which is printed like any other; in the filled form the runs are parted there.
So the rest of the look, font and size, stays that of the tag.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

from docgen.errors import TemplateError
from docgen.model.problems import Words
from docgen.wordforms.values import GAP, GAP_END
from docgen.writers.word_xml import W

_W = f"{{{W}}}"
_KEPT = "{http://www.w3.org/XML/1998/namespace}space"
LOOK, LOOK_END = "\ufdd3", "\ufdd4"
DIGITS = "".join(map(chr, range(0xFDE0, 0xFDF0)))
"""Hexadecimal digits that no text may hold."""
SIGNS = re.compile(f"({LOOK}[{DIGITS}]+|{LOOK_END}|{GAP}|{GAP_END})")
RED = {"color": "C00000"}
ORDER = [
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow"),
    *("emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position"),
    *("sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang"),
    *("eastAsianLayout", "specVanish", "oMath", "rPrChange"),
]
"""The properties of a run, as they must follow each other (ECMA-376 part 1, 17.3.2.28)."""
SWITCHES = {
    "bold": ("b", {}),
    "italic": ("i", {}),
    "strike": ("strike", {}),
    "underline": ("u", {"val": "single"}),
    "subscript": ("vertAlign", {"val": "subscript"}),
    "superscript": ("vertAlign", {"val": "superscript"}),
}
COLOURS = ("color", "highlight")
SIZES = range(4, 200)
KNOWN = (*SWITCHES, *COLOURS, "size")
NO_LOOK = Words(
    "rich knows {known}, not {name}; give the tag itself any other look in Word",
    "rich 支持 {known}，不支持 {name}；其他格式请直接在 Word 中设置在标签上",
)
NO_VALUE = Words(
    "rich(…, {name}=…): bold, italic and the like are true or false, colours six digits such as 'C00000', size is in "
    "points from 2 to 99",
    "rich(…, {name}=…)：bold、italic 等为 true 或 false，颜色为六位十六进制数如 'C00000'，size 为磅值2至99",
)


def signed(text: str, look: Mapping[str, Any]) -> str:
    """``text`` between signs that say its look.

    Raises:
        TemplateError: there is no such look.
    """
    kept: dict[str, Any] = {}
    for name, value in look.items():
        if name not in KNOWN:
            raise TemplateError(NO_LOOK.filled(known=", ".join(KNOWN), name=name))
        kept[name] = _checked(name, value)
    coded = json.dumps(kept, sort_keys=True).encode().hex()
    return f"{LOOK}{''.join(DIGITS[int(one, 16)] for one in coded)}{text}{LOOK_END}"


def _checked(name: str, value: Any) -> Any:
    if name in SWITCHES and isinstance(value, bool):
        return value
    if name in COLOURS and isinstance(value, str) and re.fullmatch("#?[0-9a-fA-F]{6}", value):
        return value.removeprefix("#").upper()
    if name == "size" and isinstance(value, (int, float)) and round(2 * value) in SIZES:
        return round(2 * value)  # Word counts half points
    raise TemplateError(NO_VALUE.filled(name=name))


def shape(root: etree._Element) -> None:
    """Give the texts of a filled part the looks that signs say."""
    open_looks: dict[etree._Element, list[Mapping[str, Any]]] = {}
    for run in list(root.iter(f"{_W}r")):
        paragraph = next(run.iterancestors(f"{_W}p"), root)
        looks = open_looks.setdefault(paragraph, [])  # a tab in a value parts its run
        if looks or any(SIGNS.search(text.text or "") for text in run.iterchildren(f"{_W}t")):
            above = run.getparent()
            assert above is not None
            for part in list(_parted(run, looks)):
                run.addprevious(part)
            above.remove(run)


def _parted(run: etree._Element, looks: list[Mapping[str, Any]]) -> Iterator[etree._Element]:
    own = run.find(f"{_W}rPr")
    for child in run:
        if child.tag == f"{_W}rPr":
            continue
        if child.tag != f"{_W}t":
            yield _run(own, deepcopy(child), looks)
            continue
        for piece in filter(None, SIGNS.split(child.text or "")):
            if piece[0] == LOOK:
                coded = "".join(f"{DIGITS.index(one):x}" for one in piece[1:])
                looks.append(json.loads(bytes.fromhex(coded)))
            elif piece == GAP:
                looks.append(RED)
            elif piece in (LOOK_END, GAP_END):
                looks.pop()
            else:
                text = etree.Element(f"{_W}t", {_KEPT: "preserve"})
                text.text = piece
                yield _run(own, text, looks)


def _run(own: etree._Element | None, content: etree._Element, looks: list[Mapping[str, Any]]) -> etree._Element:
    made = etree.Element(f"{_W}r")
    properties = etree.Element(f"{_W}rPr") if own is None else deepcopy(own)
    for look in looks:
        for name, value in look.items():
            _set(properties, name, value)
    if len(properties):
        made.append(properties)
    made.append(content)
    return made


def _set(properties: etree._Element, name: str, value: Any) -> None:
    match name:
        case "size":
            _put(properties, "sz", {"val": str(value)})
            _put(properties, "szCs", {"val": str(value)})
        case "color":
            _put(properties, "color", {"val": value})
        case "highlight":
            _put(properties, "shd", {"val": "clear", "color": "auto", "fill": value})
        case _:
            element, attributes = SWITCHES[name]
            off = {"val": {"u": "none", "vertAlign": "baseline"}.get(element, "0")}
            _put(properties, element, attributes if value else off)


def _put(properties: etree._Element, name: str, attributes: Mapping[str, str]) -> None:
    """Set one property at its place among the others."""
    for one in properties.findall(f"{_W}{name}"):
        properties.remove(one)
    made = etree.Element(f"{_W}{name}", {f"{_W}{key}": value for key, value in attributes.items()})
    later = ORDER[ORDER.index(name) + 1 :]
    behind = next((one for one in properties if etree.QName(one).localname in later), None)
    if behind is None:
        properties.append(made)
    else:
        behind.addprevious(made)
