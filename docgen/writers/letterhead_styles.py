"""The styles and lists of a letterhead beside docgen's own: each keeps its look, and no id of one meets the other's.

What docgen writes takes docgen's styles, whose fonts are the letterhead's (see letterhead_look); a style of the
letterhead that is called "Docgen …" takes the place of the theme's. What the letterhead itself says keeps its own
styles; those that are called like one of docgen's get "Letterhead" before their name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from docgen.writers.given_parts import GivenDocx, parse
from docgen.writers.word_xml import W

_W = f"{{{W}}}"
_VAL = f"{_W}val"
_ID = f"{_W}styleId"
_REFERS = [
    _W + name for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "numStyleLink", "styleLink")
]
_WORDS_OWN = ("default paragraph font", "normal table", "no list")
_DEFAULTS = {
    "rPr": frozenset(_W + name for name in ("rFonts", "kern", "sz", "szCs", "lang")),
    "pPr": frozenset((f"{_W}spacing",)),
}
_SPACING = frozenset(_W + name for name in ("before", "after", "line", "lineRule"))
"""What may hold for all text: docgen's own says something else of each; nothing that hides, colours or indents it."""
_HIDING = [_W + name for name in ("vanish", "specVanish", "webHidden")]
FIRST_LIST = 10_000
"""Added to the ids of a letterhead's lists; docgen counts its own from one, document by document."""


@dataclass(slots=True)
class Styles:
    """A letterhead's styles and lists under the ids that they get in a package.

    Args:
        root: the letterhead's ``w:styles``; None where it has none.
        numbering: its ``w:numbering``.
        ids: the new ids by its own.
        usual: the id of the style of paragraphs that name none.
    """

    root: etree._Element | None
    numbering: etree._Element | None
    ids: dict[str, str]
    usual: str

    def applied(self, blocks: Iterable[etree._Element]) -> None:
        """Make ``blocks`` refer to styles and lists by their new ids."""
        for block in blocks:
            for element in [*block.iter(*_REFERS)]:
                new = self.ids.get(str(element.get(_VAL)))
                if new is not None:
                    element.set(_VAL, new)
                elif element.tag in _REFERS[:3]:
                    _drop(element)
            for number in block.iter(f"{_W}numId"):
                _renumber(number, _VAL)
            if self.usual:
                for paragraph in block.iter(f"{_W}p"):
                    _give_style(paragraph, self.usual)


def read_styles(given: GivenDocx, ours: etree._Element) -> Styles:
    """The styles of ``given``, none of whose new ids is one of ``ours``, which are docgen's."""
    parts = {one.kind: one.target for one in given.relations(given.main) if not one.external}
    root = given.tree(parts["styles"]) if "styles" in parts else None
    numbering = given.tree(parts["numbering"]) if "numbering" in parts else None
    names = {_name(style): style for style in ours.iter(f"{_W}style")}
    ids: dict[str, str] = {}
    usual = ""
    taken, placed = {str(style.get(_ID)) for style in names.values()}, set[str]()
    news: list[tuple[etree._Element, str]] = []
    for style in root.iter(f"{_W}style") if root is not None else ():
        name, own = _name(style), str(style.get(_ID))
        if name in names and name not in placed and _stays(style, names[name]):
            new = str(names[name].get(_ID))
            placed.add(name)
        else:
            new = f"Letterhead{own}"
            while new in taken:
                new += "x"
            taken.add(new)
            if style.get(f"{_W}type") == "paragraph" and _default(style):
                usual = new
        # Of styles of one id the first keeps it (ECMA-376 part 1, 17.7.4.17).
        ids.setdefault(own, new)
        news.append((style, new))
    styles = Styles(root, numbering, ids, usual)
    if root is not None:
        _refer(root, ids)
        for style, new in news:
            style.set(_ID, new)
    if numbering is not None:
        _refer(numbering, ids)
        for key in ("abstractNumId", "numId"):
            for one in numbering.iterchildren(f"{_W}{key.removesuffix('Id')}"):
                _renumber(one, f"{_W}{key}")
    return styles


def _stays(style: etree._Element, ours: etree._Element) -> bool:
    """Does the letterhead's style of a name that docgen has too take that one's place?"""
    kind = f"{_W}type"
    name = _name(style)
    return style.get(kind) == ours.get(kind) and (name in _WORDS_OWN or name.startswith("docgen "))


def _name(style: etree._Element) -> str:
    name = style.find(f"{_W}name")
    return (str(name.get(_VAL)) if name is not None else str(style.get(_ID))).casefold()


def merged(styles: Styles, ours: etree._Element, before: str, blocks: Iterable[etree._Element]) -> tuple[bytes, str]:
    """word/styles.xml and the beginning of word/numbering.xml: docgen's, and of the letterhead what is used.

    Args:
        ours: docgen's styles, ``before`` the beginning of its lists.
        blocks: of the letterhead, with their new ids.
    """
    kept, lists = _used(styles, blocks)
    ours_by_name = {_name(style): style for style in ours.iter(f"{_W}style")}
    taken, seen = set(map(_name, kept)), set[str]()
    for style in kept:
        name, element = _name(style), style.find(f"{_W}name")
        if name in ours_by_name and style.get(_ID) == ours_by_name[name].get(_ID):
            _drop(ours_by_name[name])
            for hiding in [*style.iter(*_HIDING)]:  # what docgen says is to be read
                _drop(hiding)
        elif (name in ours_by_name or name in seen) and element is not None:
            new = f"Letterhead {element.get(_VAL)}"
            while new.casefold() in taken:  # one that was docgen's own before
                new += " 2"
            taken.add(new.casefold())
            element.set(_VAL, new)
            style.set(f"{_W}customStyle", "1")
            for aliases in style.findall(f"{_W}aliases"):
                style.remove(aliases)
            if _default(style):
                del style.attrib[f"{_W}default"]
        seen.add(name)
        ours.append(style)
    if styles.root is not None:
        _take_defaults(styles.root, ours)
    etree.cleanup_namespaces(ours)
    return etree.tostring(ours, xml_declaration=True, encoding="UTF-8", standalone=True), _with_lists(before, lists)


def _used(styles: Styles, blocks: Iterable[etree._Element]) -> tuple[list[etree._Element], list[etree._Element]]:
    """Copies of the styles that people made or that something uses, and of the lists that are used."""
    known = {str(one.get(_ID)): one for one in styles.root.iter(f"{_W}style")} if styles.root is not None else {}
    kinds = {"abstractNumId": "abstractNum", "numId": "num"}
    lists = {
        (key, str(one.get(f"{_W}{key}"))): one
        for key, name in kinds.items()
        for one in (styles.numbering.iterchildren(f"{_W}{name}") if styles.numbering is not None else ())
    }
    found: dict[etree._Element, None] = {}
    looked = [*blocks, *(one for one in known.values() if _own(one) or _default(one))]
    found |= dict.fromkeys(one for one in looked if one.tag == f"{_W}style")
    while looked:
        for one in looked.pop().iter(*_REFERS, *(f"{_W}{key}" for key in kinds)):
            name, value = etree.QName(one).localname, str(one.get(_VAL))
            # The style of a list's level is no use of that style.
            is_level = name == "pStyle" and next(one.iterancestors(f"{_W}lvl"), None) is not None
            new = lists.get((name, value)) if name in kinds else None if is_level else known.get(value)
            if new is not None and new not in found:
                found[new] = None
                looked.append(new)
    ids = {str(one.get(_ID)) for one in found}
    copies: tuple[list[etree._Element], list[etree._Element]] = ([], [])
    for one in (*known.values(), *lists.values()):
        if one in found:
            copy = deepcopy(one)
            _bare(copy)
            for refers in [*copy.iter(f"{_W}lvlPicBulletId", *_REFERS)]:
                if refers.get(_VAL) not in ids:
                    _drop(refers)
            copies[one.tag != f"{_W}style"].append(copy)
    return copies


def _refer(element: etree._Element, ids: Mapping[str, str]) -> None:
    """Make styles or lists refer to others by their new ids."""
    for one in [*element.iter(*_REFERS)]:
        new = ids.get(str(one.get(_VAL)))
        if new is None:
            _drop(one)
        else:
            one.set(_VAL, new)
    for number in element.iter(f"{_W}numId", f"{_W}abstractNumId"):
        _renumber(number, _VAL)


def _own(style: etree._Element) -> bool:
    """Did people make it? Word makes some itself, for runs in the style of a paragraph."""
    is_twin = style.get(f"{_W}type") == "character" and style.find(f"{_W}link") is not None
    return style.get(f"{_W}customStyle") in ("1", "true", "on") and not is_twin


def _default(style: etree._Element) -> bool:
    return style.get(f"{_W}default") in ("1", "true", "on")


def _take_defaults(theirs: etree._Element, ours: etree._Element) -> None:
    """What holds for all text that says nothing else: the letterhead's, as its own text was written with that."""
    their_defaults, our_defaults = theirs.find(f"{_W}docDefaults"), ours.find(f"{_W}docDefaults")
    normal = next(one for one in ours.iter(f"{_W}style") if one.get(_ID) == "Normal")
    run = normal.find(f"{_W}rPr")
    assert run is not None and our_defaults is not None
    # docgen's own text takes its fonts and language from its first style instead.
    known = {one.tag for one in run}
    own = our_defaults.find(f"{_W}rPrDefault/{_W}rPr")
    for one in [*deepcopy(own)] if own is not None else ():
        if one.tag == f"{_W}rFonts":
            run.insert(0, one)
        elif one.tag not in known:
            run.append(one)
    if their_defaults is not None:
        copy = deepcopy(their_defaults)
        _bare(copy)
        for name, kept in _DEFAULTS.items():
            for one in [one for properties in copy.iter(f"{_W}{name}") for one in properties if one.tag not in kept]:
                _drop(one)
        for spacing in copy.iter(f"{_W}spacing"):
            for key in {*spacing.attrib} - _SPACING:
                del spacing.attrib[key]
        ours.replace(our_defaults, copy)


def _bare(root: etree._Element) -> None:
    """Leave out what later versions of Word added: older ones only bear it where that is declared."""
    for element in [*root.iter(etree.Element)]:
        if not str(element.tag).startswith(_W):
            _drop(element)
            continue
        for key in element.attrib:
            known = str(key).startswith((_W, "{http://www.w3.org/XML/")) or not str(key).startswith("{")
            if not known or etree.QName(key).localname.startswith("rsid"):
                del element.attrib[key]


def _with_lists(before: str, lists: Iterable[etree._Element]) -> str:
    """``before``, the beginning of docgen's lists, with ``lists`` in it: first all kinds of lists, then all lists."""
    root = parse(f"{before}</w:numbering>".encode())
    first = next(root.iterchildren(f"{_W}num"))
    for one in lists:
        if one.tag == f"{_W}abstractNum":
            first.addprevious(one)
        else:
            root.append(one)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
    return etree.tostring(root, encoding="unicode").removesuffix("</w:numbering>")


def _renumber(element: etree._Element, key: str) -> None:
    value = element.get(key, "0")
    if re.fullmatch("[0-9]{1,9}", value) and (value != "0" or key != _VAL or element.tag == f"{_W}abstractNumId"):
        element.set(key, str(int(value) + FIRST_LIST))


def _give_style(paragraph: etree._Element, style: str) -> None:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        properties = etree.Element(f"{_W}pPr")
        paragraph.insert(0, properties)
    if properties.find(f"{_W}pStyle") is None:
        named = etree.Element(f"{_W}pStyle")
        named.set(_VAL, style)
        properties.insert(0, named)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
