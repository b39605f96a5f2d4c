"""A Word form made ready for docxtpl: each tag stands in a run of its own, just as it was read, and nothing in its way.

docxtpl finds tags in the text of the XML. What people type, and what Word makes of it, is put into the one shape that
it reads without loss: looks of runs stay, quotation marks are straight, paragraphs that ``{%-`` joins are one already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy

from lxml import etree

from docgen.wordforms.faults import Fault, fault
from docgen.wordforms.skeleton import END, FIRST
from docgen.wordforms.story import FALLBACK, Line
from docgen.wordforms.tags import ENDS, Tag
from docgen.wordforms.values import APART, TAG_LIKE
from docgen.writers.given_parts import GivenDocx
from docgen.writers.word_xml import DECLARATION, W
from docgen.writers.word_zip import deflated, zip_bytes

_W = f"{{{W}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MARKS = tuple(f"{_W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd"))
BLANKS = str.maketrans("\n\r\t", "   ")
"""In XML these are blanks to Word; docxtpl would make a line break or a tab of them."""
INSIDE = tuple(f"{_W}{name}" for name in ("t", "tab", "br", "cr", "noBreakHyphen", "softHyphen"))
BOUND = ("dataBinding", "showingPlcHdr")
"""Of a content control: it would show what is bound to it, or what to type, in the place of what was filled in."""


def prepared(given: GivenDocx, parts: Iterable[tuple[str, etree._Element, Sequence[Tag]]]) -> bytes:
    """The file to be filled; ``parts``: name, root and tags of each part that is. The roots are changed."""
    whole = dict(given.parts)
    for name, root, tags in parts:
        _free(root)
        runs = [(tag, _set_apart(tag)) for tag in reversed(tags)]
        for tag, run in reversed(runs):
            _join(tag, run)
            _let_grow(run)
            if tag.opening == "{#" and not tag.kind:
                _remove(run)
            elif tag.word in ("hm", "vm"):
                _merge(next(run.iterancestors(f"{_W}tc")), tag.word)
                _remove(run)
        for text in root.iter(f"{_W}t"):
            text.text = TAG_LIKE.sub(f"{APART}_", (text.text or "").translate(BLANKS))
        whole[name] = DECLARATION.encode() + etree.tostring(root, encoding="utf-8")
    return zip_bytes([deflated(name, content) for name, content in whole.items()])


def _free(root: etree._Element) -> None:
    """Nothing outside of the text says it again, or puts something else in its place."""
    for other in list(root.iter(FALLBACK)):
        if next(other.iter(f"{_W}t"), None) is not None:
            _remove(other)
    for control in root.iter(f"{_W}sdtPr"):
        for one in list(control):
            if isinstance(one.tag, str) and etree.QName(one).localname in BOUND:
                control.remove(one)


def _set_apart(tag: Tag) -> etree._Element:
    """Put a tag into a run of its own and return it; tags behind it in its paragraph are done."""
    pieces = [
        one for one in tag.line.pieces if one.start < tag.end and one.start + len(one.element.text or "") > tag.start
    ]
    first, last = pieces[0].element, pieces[-1].element
    behind = (last.text or "")[tag.end - pieces[-1].start :]
    first.text = (first.text or "")[: tag.start - pieces[0].start]
    if tag.before == "-":
        first.text = first.text.rstrip(" ")
    if tag.after == "-":
        behind = behind.lstrip(" ")
    inside = list(tag.line.element.iter(*INSIDE))
    for one in inside[inside.index(first) + 1 : inside.index(last)]:
        _remove(one)
    if last is not first:
        _say(last, behind)
    run = first.getparent()
    assert run is not None
    own, rest = _alike(run), _alike(run)
    _say(etree.SubElement(own, f"{_W}t"), _written(tag))
    if last is first and behind:
        _say(etree.SubElement(rest, f"{_W}t"), behind)
    rest.extend(list(first.itersiblings()))
    _say(first, first.text)
    run.addnext(own)
    if any(one.tag != f"{_W}rPr" for one in rest):
        own.addnext(rest)
    return own


def _written(tag: Tag) -> str:
    kind = tag.kind if tag.kind != "r" else ""
    return f"{tag.opening}{kind} {tag.inner if tag.opening != '{#' else ''} {ENDS[tag.opening]}"


def _alike(run: etree._Element) -> etree._Element:
    """An empty run of the same look."""
    made = etree.Element(f"{_W}r")
    look = run.find(f"{_W}rPr")
    if look is not None:
        made.append(deepcopy(look))
    return made


def _say(element: etree._Element, text: str) -> None:
    """Set the text of a ``w:t``; without text it goes."""
    element.text = text
    element.set(_SPACE, "preserve")
    if not text:
        _remove(element)


def _remove(element: etree._Element) -> None:
    above = element.getparent()
    if above is not None:
        above.remove(element)


def _let_grow(run: etree._Element) -> None:
    """Rows of a fixed height would cut a long value off in print."""
    for height in (one for row in run.iterancestors(f"{_W}tr") for one in row.iterfind(f"{_W}trPr/{_W}trHeight")):
        if height.get(f"{_W}hRule") == "exact":
            height.set(f"{_W}hRule", "atLeast")


def _merge(cell: etree._Element, word: str) -> None:
    """Make one of the cells of a loop: below each other (vm), or beside each other (hm)."""
    looks = cell.find(f"{_W}tcPr")
    if looks is None:
        looks = etree.Element(f"{_W}tcPr")
        cell.insert(0, looks)
    if looks.tail or cell.tail == END:
        return  # said twice
    if word == "vm":
        for one in looks.findall(f"{_W}vMerge"):
            looks.remove(one)
        etree.SubElement(looks, f"{_W}vMerge", {f"{_W}val": "{{ 'restart' if loop.first else 'continue' }}"})
        looks.tail, cell[-1].tail = FIRST, END
        return
    span = looks.find(f"{_W}gridSpan")
    if span is None:
        span = etree.SubElement(looks, f"{_W}gridSpan", {f"{_W}val": "1"})
    span.set(f"{_W}val", f"{{{{ {span.get(f'{_W}val')} * loop.length }}}}")
    before, row = cell.getprevious(), cell.getparent()
    if before is not None:
        before.tail = f"{before.tail or ''}{FIRST}"
    elif row is not None:
        row.text = f"{row.text or ''}{FIRST}"
    cell.tail = END


def _join(tag: Tag, run: etree._Element) -> None:
    """``{%-`` at the beginning of a paragraph joins it to the one before, ``-%}`` at the end the next one to it."""
    if tag.opening != "{%":
        return
    paragraph = next(run.iterancestors(f"{_W}p"))
    if tag.before == "-" and begins(tag):
        before = _beside(paragraph, -1)
        assert before is not None
        _append(before, paragraph)
        paragraph = before
    if tag.after == "-" and ends(tag):
        behind = _beside(paragraph, 1)
        assert behind is not None
        _append(paragraph, behind)


def _append(paragraph: etree._Element, other: etree._Element) -> None:
    paragraph.extend([one for one in other if one.tag != f"{_W}pPr"])
    _remove(other)


def begins(tag: Tag) -> bool:
    return not tag.line.text[: tag.start].strip()


def ends(tag: Tag) -> bool:
    return not tag.line.text[tag.end :].strip()


def _beside(paragraph: etree._Element, step: int) -> etree._Element | None:
    """The paragraph before or behind, where it can be joined to this one."""
    found = paragraph.getprevious() if step < 0 else paragraph.getnext()
    while found is not None and found.tag in MARKS:
        found = found.getprevious() if step < 0 else found.getnext()
    first = found if step < 0 else paragraph
    if found is None or first is None or found.tag != f"{_W}p" or first.find(f"{_W}pPr/{_W}sectPr") is not None:
        return None
    return found


def unjoinable(tag: Tag) -> Fault | None:
    """What is wrong with the signs in a tag that join paragraphs."""
    if "-" not in (tag.before, tag.after):
        return None
    if tag.kind in ("tr", "tc", "p"):
        return fault("joins_boxes", tag.place, tag=tag.whole)
    if tag.opening != "{%":
        return None
    line: Line = tag.line
    asked = [
        step for step, has in ((-1, tag.before == "-" and begins(tag)), (1, tag.after == "-" and ends(tag))) if has
    ]
    if any(_beside(line.element, step) is None for step in asked):
        return fault("nothing_to_join", tag.place, tag=tag.whole)
    return None
