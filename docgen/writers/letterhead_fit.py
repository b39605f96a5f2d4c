"""A letterhead's lines fitted to another width: of a page on its side, or of a head that stays clear of the code."""

from __future__ import annotations

import re
from collections.abc import Iterable

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


def fit(blocks: Iterable[etree._Element], was: int, now: int, aside: int, limit: int, stops: dict[str, Stops]) -> None:
    """Fit ``blocks`` from lines ``was`` twips wide to such of ``now``.

    Args:
        aside: twips at the right that text must keep clear of.
        limit: how far a table may reach, in twips from the left margin.
        stops: the tab stops of each style, by its id.
    """
    for block in blocks:
        for paragraph in _outer(block, "p"):
            _fit_paragraph(paragraph, was, now, aside, stops)
        for table in _outer(block, "tbl"):
            _fit_table(table, was, now, limit)
        for drawing in block.iter(f"{_WP}inline"):
            _fit_picture(drawing, now)


def _outer(block: etree._Element, name: str) -> list[etree._Element]:
    """The paragraphs or tables of ``block`` that stand in no table or text box."""
    found = [block] if block.tag == f"{_W}{name}" else []
    inside = {f"{_W}tbl", f"{_W}txbxContent"}
    return found + [
        one
        for one in block.iterdescendants(f"{_W}{name}")
        if not any(around.tag in inside for around in one.iterancestors())
    ]


def _fit_paragraph(paragraph: etree._Element, was: int, now: int, aside: int, styles: dict[str, Stops]) -> None:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        if not aside:
            return
        properties = etree.Element(f"{_W}pPr")
        paragraph.insert(0, properties)
    style = properties.find(f"{_W}pStyle")
    stops = dict(styles.get(str(style.get(f"{_W}val")), {})) if style is not None else {}
    tabs = properties.find(f"{_W}tabs")
    for tab in tabs if tabs is not None else ():
        stops[_int(tab, "pos")] = str(tab.get(f"{_W}val"))
    moved = {at: to for at, kind in stops.items() if kind != "clear" and (to := _moved(at, kind, was, now)) != at}
    if moved:
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
    if aside:
        indent = properties.find(f"{_W}ind")
        if indent is None:
            indent = etree.Element(f"{_W}ind")
            _put(properties, indent, _AFTER_INDENT)
        key = f"{_W}end" if indent.get(f"{_W}end") is not None else f"{_W}right"
        indent.set(key, str(_int(indent, etree.QName(key).localname) + aside))


def _moved(at: int, kind: str, was: int, now: int) -> int:
    """What ends the line goes on doing so; beyond its end, programs part ways."""
    if at > now or (was != now and at >= _FULL * was):
        return now
    return now // 2 if was != now and kind == "center" and abs(at - was / 2) < _NEAR * was else at


def _put(properties: etree._Element, element: etree._Element, before: list[str]) -> None:
    """Put ``element`` where the schema has it."""
    at = sum(one.tag in before for one in properties)
    properties.insert(at, element)


def _fit_table(table: etree._Element, was: int, now: int, limit: int) -> None:
    grid = [*table.iterfind(f"{_W}tblGrid/{_W}gridCol")]
    indent = table.find(f"{_W}tblPr/{_W}tblInd")
    whole = sum(_int(one, "w") for one in grid)
    reach = whole + (_int(indent, "w") if indent is not None else 0)
    if not whole or (reach <= limit and (was == now or reach < _FULL * was)):
        return
    share = now / max(was, reach) if reach >= _FULL * was else now / reach
    for column in grid:
        column.set(f"{_W}w", str(round(_int(column, "w") * share)))
    cells = (row.iterfind(f".//{_W}tcPr/{_W}tcW") for row in table.iterchildren(f"{_W}tr"))
    for width in [one for row in cells for one in row]:
        if width.get(f"{_W}type", "dxa") == "dxa":
            width.set(f"{_W}w", str(round(_int(width, "w") * share)))
    said = table.find(f"{_W}tblPr/{_W}tblW")
    if said is not None and (said.get(f"{_W}type", "dxa") != "pct" or share < 1):
        said.set(f"{_W}type", "dxa")
        said.set(f"{_W}w", str(round(whole * share)))


def _fit_picture(drawing: etree._Element, now: int) -> None:
    """Make a picture smaller that is wider than a line."""
    extent = drawing.find(f"{_WP}extent")
    wide = _whole(extent.get("cx", "0")) if extent is not None else 0
    if not wide > now * _EMU_PER_TWIP:
        return
    share = now * _EMU_PER_TWIP / wide
    for one in (extent, *drawing.iter(f"{_A}ext")):
        for side in ("cx", "cy"):
            if one is not None and one.get(side):
                one.set(side, str(round(_whole(str(one.get(side))) * share)))


def tab_stops(styles: etree._Element | None) -> dict[str, Stops]:
    """The tab stops of each style of ``w:styles`` by its id, with those of the styles that it is based on."""
    found: dict[str, Stops] = {}
    by_id = {str(one.get(f"{_W}styleId")): one for one in styles.iter(f"{_W}style")} if styles is not None else {}
    for identity in by_id:
        chain, style = [], by_id.get(identity)
        while style is not None and style not in chain:
            chain.append(style)
            based = style.find(f"{_W}basedOn")
            style = by_id.get(str(based.get(f"{_W}val"))) if based is not None else None
        stops: Stops = {}
        for one in reversed(chain):
            for tab in one.iterfind(f"{_W}pPr/{_W}tabs/{_W}tab"):
                stops[_int(tab, "pos")] = str(tab.get(f"{_W}val"))
        found[identity] = {at: kind for at, kind in stops.items() if kind != "clear"}
    return found


def _int(element: etree._Element, name: str) -> int:
    return _whole(element.get(f"{_W}{name}", "0"))


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,12}", text) else 0
