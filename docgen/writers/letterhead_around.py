"""A letterhead's blocks made ready to stand around docgen's: cleaned, fitted to the page, under ids of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from docgen.layout.theme import Page
from docgen.writers.given_faults import refuse
from docgen.writers.letterhead import Letterhead, Place
from docgen.writers.letterhead_fit import Lines, fit
from docgen.writers.letterhead_page import under_code
from docgen.writers.letterhead_parts import Carried
from docgen.writers.letterhead_styles import Styles
from docgen.writers.word_around import ENDS, TAGS, Around
from docgen.writers.word_read import read_blocks
from docgen.writers.word_xml import DECLARATION, NAMESPACES, W, twips

_W = f"{{{W}}}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_IDENTITIES = (f"{_W14}paraId", f"{_W14}textId")
# What belongs to the editing of the letterhead, or names things that another part of the file would name again.
_LEFT_OUT = [
    _W + name
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "bookmarkStart",
                 "bookmarkEnd", "proofErr", "permStart", "permEnd", "lastRenderedPageBreak", "dataBinding")
]  # fmt: skip
_HERE = "docgen"
_SPACER = '<w:p><w:pPr><w:pStyle w:val="DocgenSpacer"/><w:spacing w:line="160" w:lineRule="exact"/></w:pPr></w:p>'
FIRST_DRAWING = 100_000
"""docgen counts the drawings of a part from a thousand or below."""


@dataclass(slots=True)
class Preparing:
    """Prepares the stories of one letterhead.

    Args:
        lines: those of its styles.
        drawings: how many drawings were counted so far.
    """

    letterhead: Letterhead
    styles: Styles
    carried: Carried
    lines: Mapping[str, Lines]
    drawings: int = FIRST_DRAWING
    written: list[etree._Element] = field(default_factory=list)
    """All blocks that were prepared, for whoever asks which styles they use."""

    def around(self, place: Place, landscape: bool) -> Around | None:
        """What stands around docgen's text in ``place``, on a page that lies so; None where nothing does."""
        story = self.letterhead.stories.get(place)
        if story is None:
            return None
        before, after = ([self._prepared(block) for block in blocks] for blocks in (story.before, story.after))
        self.styles.applied(before + after)
        was, now = (line(self.letterhead.page, lies) for lies in (self.letterhead.landscape, landscape))
        under = twips(under_code(self.letterhead.page, self.letterhead.code)) if place[0] == "header" else None
        fit(before + after, was, now, under, self.lines)
        self._count(before + after)
        relationships = self.carried.referred(story.part, before + after)
        self.written += before + after
        opening, closing = _serialised(place[0], story.root, before, after)
        if place[0] == "body":  # some room, and Word makes one table of two that touch
            opening, closing = opening + _SPACER * bool(before), _SPACER * bool(after) + closing
        try:
            said = (read_blocks(story.before), read_blocks(story.after))
        except (ValueError, IndexError) as error:  # text outside of paragraphs, figures that are none
            raise refuse(self.letterhead.given.name, "damaged", story.part) from error
        return Around(opening, closing, relationships, (len(before), len(after)), said)

    def _prepared(self, block: etree._Element) -> etree._Element:
        copy = deepcopy(block)
        for element in [*copy.iter(*_LEFT_OUT), *copy.iter(etree.Comment, etree.ProcessingInstruction)]:
            _drop(element)
        for properties in copy.iter(f"{_W}sdtPr"):
            for identity in properties.findall(f"{_W}id"):
                properties.remove(identity)
        for element in copy.iter(etree.Element):
            for key in element.attrib:
                if key in _IDENTITIES or str(key).startswith(f"{_W}rsid"):
                    del element.attrib[key]
        return copy

    def _count(self, blocks: Iterable[etree._Element]) -> None:
        for block in blocks:
            for about in block.iter(f"{_WP}docPr"):
                self.drawings += 1
                about.set("id", str(self.drawings))


def line(page: Page, landscape: bool) -> int:
    """Twips from margin to margin."""
    return twips((page.height if landscape else page.width) - page.margins.left - page.margins.right)


def _drop(element: etree._Element) -> None:
    """Take an element out, but not the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is None:
            parent.text = (parent.text or "") + element.tail
        else:
            previous.tail = (previous.tail or "") + element.tail
    parent.remove(element)


def _serialised(
    kind: str, root: etree._Element, before: Iterable[etree._Element], after: Iterable[etree._Element]
) -> tuple[str, str]:
    """The markup before and after docgen's own, with the name spaces of both."""
    names: dict[str, str] = {}
    for element in (etree.fromstring(f"<w:x {NAMESPACES}/>"), root):
        names |= {prefix: uri for prefix, uri in element.nsmap.items() if prefix and prefix not in names}
    whole = etree.Element(f"{_W}{TAGS[kind]}", nsmap=names)
    ignorable = [prefix for prefix in root.get(f"{_MC}Ignorable", "").split() if prefix in names]
    if ignorable:
        whole.set(f"{_MC}Ignorable", " ".join(ignorable))
    parent = etree.SubElement(whole, f"{_W}body") if kind == "body" else whole
    parent.extend(before)
    parent.append(etree.Comment(_HERE))
    parent.extend(after)
    for block in parent:
        block.tail = None
    opening, _, closing = etree.tostring(whole, encoding="unicode").partition(f"<!--{_HERE}-->")
    return DECLARATION + opening, closing.removesuffix(ENDS[kind])
