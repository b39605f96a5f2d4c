"""A letterhead's lines fitted to another width: of a page on its side, or of a head that stays clear of the code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lxml import etree

from docgen.writers.word_xml import W

_W = f"{{{W}}}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# What reaches so far over the width is meant to fill it.
_FULL = 0.85
# So near to the middle, it is meant to be the middle.
_NEAR = 0.08
_EMU_PER_TWIP = 635
_TWIPS_PER_CHARACTER = 210
_ANYWHERE = 100_000
_LEFT = ("left", "start")
_BEFORE_INDENT = [
    _W + name
    for name in ("tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize",
                 "tblW", "tblCellSpacing")
]  # fmt: skip
_AFTER_TABS = [
    _W + name
    for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
                 "suppressLineNumbers", "pBdr", "shd")
]  # fmt: skip
_AFTER_INDENT = [
    *_AFTER_TABS,
    *(
        _W + name
        for name in ("tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct",
                     "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing")
    ),
]  # fmt: skip
"""What may stand before ``w:tabs`` and before ``w:ind`` in ``w:pPr``."""

Stops = dict[int, str]
"""Tab stops in twips, and what they align."""


class Lines(NamedTuple):
    """The lines of a style: their tab stops, and how many twips they end before the margin."""

    stops: Stops
    right: int


def fit(blocks: Iterable[etree._Element], was: int, now: int, clear: int | None, styles: Mapping[str, Lines]) -> None:
    """Fit ``blocks`` from lines ``was`` twips wide to such of ``now``, on the page as it lies.

    Args:
        clear: twips before the right margin that text must keep clear of, below zero behind it; None: it need not.
        styles: the lines of each style, by its id.
    """
    aside = max(0, clear or 0)
    limit = now - clear if clear is not None else now if was > now else _ANYWHERE
    for block in blocks:
        for paragraph in _outer(block, "p"):
            _fit_paragraph(paragraph, was, now - aside, clear, styles)
        for table in _outer(block, "tbl"):
            _fit_table(table, was, now, aside, limit)
        for drawing in block.iter(f"{_WP}inline"):
            _fit_picture(drawing, now - aside)


def _outer(block: etree._Element, name: str) -> list[etree._Element]:
    """The paragraphs or tables of ``block`` that stand in no table or text box."""
    found = [block] if block.tag == f"{_W}{name}" else []
    inside = {f"{_W}tbl", f"{_W}txbxContent"}
    return found + [
        one
        for one in block.iterdescendants(f"{_W}{name}")
        if not any(around.tag in inside for around in one.iterancestors())
    ]


def _fit_paragraph(
    paragraph: etree._Element, was: int, now: int, clear: int | None, styles: Mapping[str, Lines]
) -> None:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        properties = etree.Element(f"{_W}pPr")
        paragraph.insert(0, properties)
    style = properties.find(f"{_W}pStyle")
    of_style = styles.get(str(style.get(f"{_W}val")) if style is not None else "", Lines({}, 0))
    _fit_tabs(properties, was, now, of_style.stops)
    indent = properties.find(f"{_W}ind")
    if clear is not None and _right(indent, of_style.right) < clear:
        if indent is None:
            indent = etree.Element(f"{_W}ind")
            _put(properties, indent, _AFTER_INDENT)
        for name in ("end", "endChars"):
            indent.attrib.pop(f"{_W}{name}", "")
        indent.set(f"{_W}rightChars", "0")  # characters, of the style too, would outrank twips
        indent.set(f"{_W}right", str(clear))
    if clear is not None and clear > 0:
        for tab in paragraph.iter(f"{_W}ptab"):
            tab.set(f"{_W}relativeTo", "indent")  # from the margin, it would end there


def _right(indent: etree._Element | None, usual: int) -> int:
    """Twips by which a paragraph ends before the right margin; ``usual``: as its style has it."""
    for side in ("end", "right") if indent is not None else ():
        if indent is not None and (characters := _int(indent, f"{side}Chars")):
            return round(characters * _TWIPS_PER_CHARACTER / 100)
        if indent is not None and indent.get(f"{_W}{side}") is not None:
            return _int(indent, side)
    return usual


def _fit_tabs(properties: etree._Element, was: int, now: int, of_style: Stops) -> None:
    stops = dict(of_style)
    tabs = properties.find(f"{_W}tabs")
    for tab in tabs if tabs is not None else ():
        stops[_int(tab, "pos")] = str(tab.get(f"{_W}val"))
    moved = {at: to for at, kind in stops.items() if kind != "clear" and (to := _moved(at, kind, was, now)) != at}
    if not moved:
        return
    if tabs is None:
        tabs = etree.Element(f"{_W}tabs")
        _put(properties, tabs, _AFTER_TABS)
    for tab in [*tabs]:
        if _int(tab, "pos") in moved:
            tabs.remove(tab)
    every = [(at, "clear") for at in moved] + [(to, stops[at]) for at, to in moved.items()]
    every += [(_int(tab, "pos"), str(tab.get(f"{_W}val"))) for tab in tabs]
    del tabs[:]
    for at, kind in sorted(set(every)):
        etree.SubElement(tabs, f"{_W}tab", {f"{_W}val": kind, f"{_W}pos": str(at)})


def _moved(at: int, kind: str, was: int, now: int) -> int:
    """What ends the line goes on doing so; beyond its end, programs part ways."""
    if at > now or (was != now and at >= _FULL * was):
        return now
    return now // 2 if was != now and kind == "center" and abs(at - was / 2) < _NEAR * was else at


def _put(properties: etree._Element, element: etree._Element, before: list[str]) -> None:
    """Put ``element`` where the schema has it."""
    at = sum(one.tag in before for one in properties)
    properties.insert(at, element)


def _fit_table(table: etree._Element, was: int, now: int, aside: int, limit: int) -> None:
    properties = table.find(f"{_W}tblPr")
    indent, aligned = (properties.find(f"{_W}{name}") if properties is not None else None for name in ("tblInd", "jc"))
    whole = sum(_int(one, "w") for one in table.iterfind(f"{_W}tblGrid/{_W}gridCol"))
    # From where it begins; a table that is not at the left has no indent.
    side = str(aligned.get(f"{_W}val")) if aligned is not None else "left"
    reach = whole + (_int(indent, "w") if indent is not None and side in _LEFT else 0)
    if whole and (reach > limit or (was != now and reach >= _FULL * was)):
        share = (now - aside) / (max(was, reach) if reach >= _FULL * was else reach)
        _scale_table(table, share, whole)
        whole = round(whole * share)
    if side not in _LEFT and (now + whole if side == "center" else 2 * now) > 2 * limit:
        _begin(properties, limit - whole)


def _scale_table(table: etree._Element, share: float, whole: int) -> None:
    """Make all columns wider or narrower, of tables in it too; a picture never gets wider."""
    for width in table.iter(f"{_W}gridCol", f"{_W}tcW", f"{_W}tblW"):
        if width.get(f"{_W}type", "dxa") == "dxa":
            width.set(f"{_W}w", str(round(_int(width, "w") * share)))
    said = table.find(f"{_W}tblPr/{_W}tblW")
    if said is not None and (said.get(f"{_W}type", "dxa") != "pct" or share < 1):
        said.set(f"{_W}type", "dxa")
        said.set(f"{_W}w", str(round(whole * share)))
    for drawing in table.iter(f"{_WP}inline") if share < 1 else ():
        _scale(drawing, share)


def _begin(properties: etree._Element | None, at: int) -> None:
    """Let a table begin ``at`` twips from the left margin, wherever it was aligned."""
    if properties is None:
        return
    for name in ("jc", "tblInd"):
        for one in properties.findall(f"{_W}{name}"):
            properties.remove(one)
    _put(
        properties,
        etree.Element(f"{_W}tblInd", {f"{_W}w": str(at), f"{_W}type": "dxa"}),
        _BEFORE_INDENT,
    )


def _fit_picture(drawing: etree._Element, now: int) -> None:
    """Make a picture smaller that is wider than a line."""
    extent = drawing.find(f"{_WP}extent")
    wide = _whole(extent.get("cx", "0")) if extent is not None else 0
    if wide > now * _EMU_PER_TWIP:
        _scale(drawing, now * _EMU_PER_TWIP / wide)


def _scale(drawing: etree._Element, share: float) -> None:
    for one in (drawing.find(f"{_WP}extent"), *drawing.iter(f"{_A}ext")):
        for side in ("cx", "cy"):
            if one is not None and one.get(side):
                one.set(side, str(round(_whole(str(one.get(side))) * share)))


def lines_of(styles: etree._Element | None) -> dict[str, Lines]:
    """The lines of each style of ``w:styles`` by its id, with what it has from the styles that it is based on."""
    found: dict[str, Lines] = {}
    by_id = {str(one.get(f"{_W}styleId")): one for one in styles.iter(f"{_W}style")} if styles is not None else {}
    for identity in by_id:
        chain, style = [], by_id.get(identity)
        while style is not None and style not in chain:
            chain.append(style)
            based = style.find(f"{_W}basedOn")
            style = by_id.get(str(based.get(f"{_W}val"))) if based is not None else None
        stops: Stops = {}
        right = 0
        for one in reversed(chain):
            for tab in one.iterfind(f"{_W}pPr/{_W}tabs/{_W}tab"):
                stops[_int(tab, "pos")] = str(tab.get(f"{_W}val"))
            right = _right(one.find(f"{_W}pPr/{_W}ind"), right)
        found[identity] = Lines({at: kind for at, kind in stops.items() if kind != "clear"}, right)
    return found


def _int(element: etree._Element, name: str) -> int:
    return _whole(element.get(f"{_W}{name}", "0"))


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,12}", text) else 0
