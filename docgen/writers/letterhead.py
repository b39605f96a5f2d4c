"""A company's letterhead: its page, heads, feet and what stands around the document, read from its .docx."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from docgen.layout.theme import CodeField, Page, Theme
from docgen.model.problems import Words
from docgen.writers.given_docx import field_kinds
from docgen.writers.given_parts import GivenDocx
from docgen.writers.letterhead_faults import PLACES, refuse
from docgen.writers.letterhead_floats import check_floats
from docgen.writers.letterhead_page import check_heights, read_page
from docgen.writers.word_xml import W

_W = f"{{{W}}}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OFF = ("0", "false", "off")
Place = tuple[str, str]
"""A kind and a variant, such as ``("header", "first")``; the body is ``("body", "")``."""
BODY: Place = ("body", "")

WORDS = {"document": "body", "文档": "body", "head": "header", "页眉": "header", "foot": "footer", "页脚": "footer"}
"""What may stand in [[ … ]], and in which kind of part."""
MOST_ELEMENTS = 30_000
"""Of a part's own markup; a page full of text has a thousand."""
# 【 is what Chinese keyboards give for [.
_MARK = re.compile(r"(?:\[\[|［［|【【)\s*([^\[\]［］【】]*?)\s*(?:\]\]|］］|】】)")
_BRACKETS = re.compile(r"[\[\]{}<>«»［］【】｛｝〔〕]")
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")

_CHANGES = [
    _W + name
    for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "trPrChange",
                 "tcPrChange", "sectPrChange", "numberingChange", "cellIns", "cellDel", "cellMerge")
]  # fmt: skip
_NOTES = [_W + name for name in ("footnoteReference", "endnoteReference")]
_SHOWN = [_W + name for name in ("drawing", "pict", "sym", "fldSimple", "instrText", "object")]
_DATES = frozenset({"DATE", "TIME", "PRINTDATE", "SAVEDATE"})
_LASTING = frozenset(
    {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "STYLEREF", "HYPERLINK", "TITLE", "SUBJECT", "AUTHOR", "CREATEDATE",
     "SYMBOL", "EQ", "ADVANCE", "QUOTE", "IF", "COMPARE", "SEQ", "LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT",
     "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "SHAPE", "BARCODE", "DISPLAYBARCODE", "TC", "XE", "="}
)  # fmt: skip
"""Fields that show in a letter what they show in the letterhead, or the like of the letter."""


@dataclass(frozen=True, slots=True)
class Story:
    """The blocks of a part before and after the place of docgen's own; ``root`` is the part's, ``part`` its name.

    ``is_marked``: it says itself where that place is.
    """

    root: etree._Element
    part: str
    before: tuple[etree._Element, ...]
    after: tuple[etree._Element, ...]
    is_marked: bool = False

    @property
    def blocks(self) -> tuple[etree._Element, ...]:
        return self.before + self.after

    @property
    def is_seen(self) -> bool:
        """Does it print anything?"""
        seen = (f"{_W}t", f"{_W}drawing", f"{_W}pict", f"{_W}sym", f"{_W}fldSimple", f"{_W}instrText")
        return any((one.text or one.tag != f"{_W}t") for block in self.blocks for one in block.iter(*seen))


@dataclass(frozen=True, slots=True)
class Letterhead:
    """A letterhead that docgen can print on.

    Args:
        page: portrait; ``landscape`` tells how the letterhead itself lies.
        code: the field of the page codes; None where Word pages carry none.
        stories: what stands in each place that has something of its own.
        paper_source: the trays of the printer, as its section says it.
    """

    given: GivenDocx
    page: Page
    landscape: bool
    code: CodeField | None
    stories: Mapping[Place, Story]
    paper_source: str

    @property
    def opens(self) -> bool:
        """Has the first page a head, so that docgen's gives way? Not where a first page of its own asks for that."""
        story, usual = (self.stories.get(("header", place)) for place in ("first", "default"))
        if story is None or not story.is_seen:
            return False
        return not story.is_marked or (usual is not None and usual.part == story.part)


def read_letterhead(given: GivenDocx, theme: Theme, *, has_code: bool) -> Letterhead:
    """Read ``given`` as a letterhead; ``has_code``: do the pages printed on it carry a code?

    Raises:
        TemplateError: it can't be printed on; the text says where, why and what to do.
    """
    root = given.tree(given.main)
    body = root.find(f"{_W}body")
    if body is None:
        body = etree.SubElement(root, f"{_W}body")
    section = _section(given, body, has_code)
    code = theme.code_field if has_code else None
    page, landscape = read_page(given.name, section, theme.page, code)
    stories = {BODY: _parted(given.name, root, given.main, _blocks(body), BODY)}
    for place, part in _running(given, section).items():
        running = given.tree(part)
        stories[place] = _parted(given.name, running, part, _blocks(running), place)
    for place, story in stories.items():
        if sum(1 for block in story.blocks for _ in block.iter()) > MOST_ELEMENTS:
            raise refuse(given.name, "long", PLACES[place])
        _check_content(given.name, story, PLACES[place])
        if code:
            check_floats(given.name, story.blocks, place, page, landscape, code)
    check_heights(given.name, page, {place: story.blocks for place, story in stories.items() if place != BODY})
    paper = section.find(f"{_W}paperSrc")
    trays = "".join(f' w:{etree.QName(key).localname}="{int(value)}"' for key, value in _trays(paper))
    return Letterhead(given, page, landscape, code, stories, f"<w:paperSrc{trays}/>" if trays else "")


def _trays(paper: etree._Element | None) -> Iterator[tuple[str, str]]:
    for key, value in sorted(paper.attrib.items()) if paper is not None else ():
        if re.fullmatch("[0-9]{1,5}", str(value)):
            yield str(key), str(value)


def _section(given: GivenDocx, body: etree._Element, has_code: bool) -> etree._Element:
    """The one section; what of it docgen can't keep is refused."""
    own = body.findall(f"{_W}sectPr")
    if len(own) > 1 or body.find(f".//{_W}pPr/{_W}sectPr") is not None:
        raise refuse(given.name, "sections")
    section = own[0] if own else etree.Element(f"{_W}sectPr")
    if _evens(given):
        raise refuse(given.name, "even")
    columns = section.find(f"{_W}cols")
    if columns is not None and columns.get(f"{_W}num", "1") not in ("0", "1"):
        raise refuse(given.name, "columns")
    direction = section.find(f"{_W}textDirection")
    if (direction is not None and direction.get(f"{_W}val") not in ("lrTb", "tb", None)) or _on(section, "bidi"):
        raise refuse(given.name, "direction")
    borders = section.find(f"{_W}pgBorders")
    if has_code and borders is not None and any(one.get(f"{_W}val") not in ("nil", "none") for one in borders):
        raise refuse(given.name, "page_border")
    return section


def _evens(given: GivenDocx) -> bool:
    """Word keeps headers of even pages that it doesn't print, unless the settings say so."""
    settings = next((one.target for one in given.relations(given.main) if one.kind == "settings"), None)
    return settings is not None and _on(given.tree(settings), "evenAndOddHeaders")


def _on(parent: etree._Element, name: str) -> bool:
    found = parent.find(f"{_W}{name}")
    return found is not None and found.get(f"{_W}val", "1") not in _OFF


def _running(given: GivenDocx, section: etree._Element) -> dict[Place, str]:
    """The part of each head and foot; without a first page of its own, that one has what all have."""
    targets = {one.identity: one.target for one in given.relations(given.main)}
    found: dict[Place, str] = {}
    for kind in ("header", "footer"):
        for one in section.iter(f"{_W}{kind}Reference"):
            target = targets.get(str(one.get(f"{_R}id")))
            if not target:
                raise refuse(given.name, "lost_part")
            found[kind, str(one.get(f"{_W}type", "default"))] = target
        if not _on(section, "titlePg"):
            found.pop((kind, "first"), None)
            if (kind, "default") in found:
                found[kind, "first"] = found[kind, "default"]
    return {place: part for place, part in found.items() if place in PLACES}


def _blocks(parent: etree._Element) -> tuple[etree._Element, ...]:
    return tuple(one for one in parent.iterchildren(etree.Element) if one.tag != f"{_W}sectPr")


def _parted(file: str, root: etree._Element, part: str, blocks: tuple[etree._Element, ...], place: Place) -> Story:
    """The blocks before and after the placeholder; where there is none, heads end with docgen's and feet begin so."""
    where, at = PLACES[place], None
    for index, block in enumerate(blocks):
        for word in _marks(file, block, where):
            if WORDS[word] != place[0]:
                raise refuse(file, "misplaced", where, detail=word)
            if at is not None:
                raise refuse(file, "twice", where, detail=word)
            stands_alone = _MARK.fullmatch(_text(block).strip()) and next(block.iter(*_SHOWN), None) is None
            if block.tag != f"{_W}p" or not stands_alone:
                raise refuse(file, "not_alone", where, detail=word)
            at = index
    if at is not None:
        return Story(root, part, blocks[:at], blocks[at + 1 :], is_marked=True)
    if place == BODY:
        return Story(root, part, (), ())
    return Story(root, part, blocks, ()) if place[0] == "header" else Story(root, part, (), blocks)


def _marks(file: str, block: etree._Element, where: Words) -> Iterator[str]:
    """The known words in [[ … ]] of a block; one that stands alone and is unknown is a slip of the pen."""
    for paragraph in block.iter(f"{_W}p"):
        said = _text(paragraph, deep=False)
        for found in _MARK.finditer(said):
            word = found[1].lower()
            if word in WORDS:
                yield word
            elif found[0] == said.strip():
                raise refuse(file, "placeholder", where, detail=found[0], near=_nearest(word))
        bare = _BRACKETS.sub("", said).strip().lower()
        if bare in WORDS and _BRACKETS.search(said) and not _MARK.search(said):
            raise refuse(file, "placeholder", where, detail=said.strip(), near=_nearest(bare))


def _nearest(word: str) -> Words:
    close = difflib.get_close_matches(word, sorted(WORDS), 1, 0.5)
    if close:
        return Words(f"; did you mean [[ {close[0]} ]]?", f"；是否应为 [[ {close[0]} ]]？")
    known = " ".join(f"[[ {one} ]]" for one in WORDS)
    return Words(f"; known are {known}.", f"；可用的有 {known}。")


def _text(paragraph: etree._Element, deep: bool = True) -> str:
    texts = paragraph.iter(f"{_W}t")
    said = "".join(one.text or "" for one in texts if deep or next(one.iterancestors(f"{_W}p"), None) is paragraph)
    return _UNSEEN.sub("", said)


def _check_content(file: str, story: Story, where: Words) -> None:
    for block in story.blocks:
        if block.tag in _CHANGES or next(block.iter(*_CHANGES), None) is not None:
            raise refuse(file, "changes", where)
        if next(block.iter(*_NOTES), None) is not None:
            raise refuse(file, "notes", where)
        for kind in field_kinds(block):
            if kind in _DATES:
                raise refuse(file, "date", where, detail=kind)
            if kind and kind not in _LASTING:
                raise refuse(file, "lost_field", where, detail=kind)
