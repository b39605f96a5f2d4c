"""What floats on a letterhead's page: nothing may lie over a field of the page codes, or no scanner reads them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from lxml import etree

from docgen.layout.theme import CodeField, Page
from docgen.model.problems import Words
from docgen.writers.letterhead_faults import PLACES, refuse
from docgen.writers.word_xml import W

_W = f"{{{W}}}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "urn:schemas-microsoft-com:vml"
_EMU = 36_000
_TWIP = 25.4 / 1440
_UNITS = {"pt": 25.4 / 72, "in": 25.4, "mm": 1.0, "cm": 10.0, "pc": 25.4 / 6, "px": 25.4 / 96, "": 25.4 / 72}
# A paragraph or a table that floats doesn't say how high it gets.
_UNKNOWN_HEIGHT = 40.0
FIELDS = {"top": Words("top right", "右上角"), "bottom": Words("bottom right", "右下角")}
_PAPER = {False: Words("portrait", "纵向"), True: Words("landscape", "横向")}


class Range(NamedTuple):
    """From where to where, in millimetres from the page's edge."""

    start: float
    end: float

    def meets(self, other: Range) -> bool:
        # A tenth of a millimetre is what rounding makes of edges that touch.
        return self.start < other.end - 0.1 and other.start < self.end - 0.1


@dataclass(frozen=True, slots=True)
class Axis:
    """Where a shape lies along one side of the page, as Word says it: from what, aligned or how far.

    ``length`` in millimetres; an ``offset`` of None and no ``align`` can't be told.
    """

    of: str
    align: str
    offset: float | None
    length: float


@dataclass(frozen=True, slots=True)
class Float:
    """A shape that floats; ``name`` for messages, ``turned`` in degrees.

    ``cell``: from where to where the cell reaches in which it is laid out, in millimetres from the left margin.
    """

    name: str
    across: Axis
    down: Axis
    turned: float = 0.0
    cell: Range | None = None


def check_floats(
    file: str,
    blocks: tuple[etree._Element, ...],
    place: tuple[str, str],
    page: Page,
    landscape: bool,
    field: CodeField,
) -> None:
    """Refuse shapes over the code fields, on the page as it lies and turned, as some forms are.

    Raises:
        TemplateError: one lies there, or may do so.
    """
    for block in blocks:
        for float_ in floats(block):
            for turned in (landscape, not landscape):
                _check(file, float_, place, page, turned, field)


def _check(file: str, one: Float, place: tuple[str, str], page: Page, turned: bool, field: CodeField) -> None:
    width, height = (page.height, page.width) if turned else (page.width, page.height)
    columns = Range(width - field.from_side - field.size, width - field.from_side)
    rows = {
        "top": Range(field.from_edge, field.from_edge + field.size),
        "bottom": Range(height - field.from_edge - field.size, height - field.from_edge),
    }
    across, down = _across(one, page, width), _down(one, place, page, height)
    across, down = _rotated(across, down, one.turned)
    if across and not across.meets(columns):
        return
    for name, row in rows.items():
        if down and not down.meets(row):
            continue
        where = Words(*(f"{FIELDS[name][each]}, {_PAPER[turned][each]}" for each in ("en", "zh")))
        kind = "over_code" if across and down else "anywhere"
        raise refuse(file, kind, PLACES[place], detail=one.name, field=where, size=field.size)


def _across(one: Float, page: Page, width: float) -> Range | None:
    margins = page.margins
    text = Range(margins.left, width - margins.right)
    if one.cell:  # from whatever Word says that it is counted: it is the cell
        return _placed(one.across, Range(text.start + one.cell.start, text.start + one.cell.end))
    frames = {
        "page": Range(0, width),
        "margin": text,
        "column": text,
        "text": text,
        "leftMargin": Range(0, text.start),
        "left-margin-area": Range(0, text.start),
        "insideMargin": Range(0, text.start),
        "rightMargin": Range(text.end, width),
        "right-margin-area": Range(text.end, width),
        "outsideMargin": Range(text.end, width),
    }
    return _placed(one.across, frames.get(one.across.of))


def _down(one: Float, place: tuple[str, str], page: Page, height: float) -> Range | None:
    margins = page.margins
    frames = {
        "page": Range(0, height),
        "margin": Range(margins.top, height - margins.bottom),
        "topMargin": Range(0, margins.top),
        "top-margin-area": Range(0, margins.top),
        "bottomMargin": Range(height - margins.bottom, height),
        "bottom-margin-area": Range(height - margins.bottom, height),
    }
    if one.down.of in frames and not one.cell:
        return _placed(one.down, frames[one.down.of])
    if one.down.offset is None:
        return None
    # From its paragraph, of which is known only where its part begins: it lies there or further down.
    if place[0] == "header":
        start = page.head + one.down.offset
        return Range(start, max(start + one.down.length, height / 2))
    return None


def _placed(axis: Axis, frame: Range | None) -> Range | None:
    if frame is None:
        return None
    match axis.align:
        case "":
            start = None if axis.offset is None else frame.start + axis.offset
        case "left" | "top" | "inside":
            start = frame.start
        case "right" | "bottom" | "outside":
            start = frame.end - axis.length
        case "center":
            start = (frame.start + frame.end - axis.length) / 2
        case _:
            start = None
    return None if start is None else Range(start, start + axis.length)


def _rotated(across: Range | None, down: Range | None, degrees: float) -> tuple[Range | None, Range | None]:
    """What a turned shape reaches over; it turns about its middle."""
    if not degrees % 180 or not across or not down:
        return across, down
    angle = math.radians(degrees)
    wide, high = across.end - across.start, down.end - down.start
    reach_x = abs(wide * math.cos(angle)) + abs(high * math.sin(angle))
    reach_y = abs(wide * math.sin(angle)) + abs(high * math.cos(angle))
    x, y = (across.start + across.end) / 2, (down.start + down.end) / 2
    return Range(x - reach_x / 2, x + reach_x / 2), Range(y - reach_y / 2, y + reach_y / 2)


def floats(block: etree._Element) -> Iterator[Float]:
    """What floats in ``block``: anchored drawings, shapes of old, framed paragraphs and tables with a position."""
    for element in block.iter(f"{_WP}anchor", f"{_W}pict", f"{_W}framePr", f"{_W}tblpPr"):
        if any(one.tag == f"{_MC}Fallback" for one in element.iterancestors()):
            continue
        cell = next((_cell(one) for one in element.iterancestors(f"{_W}tc")), None)
        if element.tag == f"{_WP}anchor":
            held = element.get("layoutInCell", "1") in ("1", "true", "on")
            yield replace(_anchor(element), cell=cell if held else None)
        elif element.tag == f"{_W}pict":
            yield from (replace(one, cell=cell) for one in _shapes(element))
        else:
            yield _framed(element) if element.tag == f"{_W}framePr" else _table(element)


def _cell(cell: etree._Element) -> Range:
    """From where to where a cell reaches, in its table and in those around that one."""
    row, table = next(cell.iterancestors(f"{_W}tr")), next(cell.iterancestors(f"{_W}tbl"))
    columns = [_number(one, f"{_W}w") * _TWIP for one in table.iterfind(f"{_W}tblGrid/{_W}gridCol")]
    indent = _number(table.find(f"{_W}tblPr/{_W}tblInd"), f"{_W}w") * _TWIP
    first = _number(row.find(f"{_W}trPr/{_W}gridBefore"), f"{_W}val")
    for one in row.iter(f"{_W}tc"):
        across = max(1, _number(one.find(f"{_W}tcPr/{_W}gridSpan"), f"{_W}val"))
        if one is cell:
            outer = next((_cell(each) for each in table.iterancestors(f"{_W}tc")), Range(0, 0))
            start = outer.start + indent + sum(columns[:first])
            return Range(start, start + sum(columns[first : first + across]))
        if next(one.iterancestors(f"{_W}tr")) is row:
            first += across
    raise AssertionError("a cell stands in its row")


def _anchor(anchor: etree._Element) -> Float:
    extent, about = anchor.find(f"{_WP}extent"), anchor.find(f"{_WP}docPr")
    size = {side: _number(extent, side) / _EMU for side in ("cx", "cy")}
    axes = []
    for name, side in (("positionH", "cx"), ("positionV", "cy")):
        axis = Axis("", "", None, size[side])
        # Given in percent, it is said a second time as a plain distance.
        for position in anchor.iter(f"{_WP}{name}"):
            align, offset = position.findtext(f"{_WP}align"), position.findtext(f"{_WP}posOffset")
            if align or offset:
                of = str(position.get("relativeFrom"))
                axis = Axis(of, align or "", _whole(offset) / _EMU if offset else None, size[side])
                break
        axes.append(axis)
    turned = next((_number(one, "rot") / 60_000 for one in anchor.iter(f"{_A}xfrm") if one.get("rot")), 0.0)
    name = str(about.get("name") or "") if about is not None else ""
    return Float(f"“{name or 'drawing'}”", axes[0], axes[1], turned)


def _number(element: etree._Element | None, name: str) -> int:
    return _whole(element.get(name, "0")) if element is not None else 0


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,12}", text.strip()) else 0


def _shapes(pict: etree._Element) -> Iterator[Float]:
    for shape in pict.iterchildren(f"{{{_V}}}*"):
        style = dict(re.findall(r"\s*([\w-]+)\s*:\s*([^;]*?)\s*(?:;|$)", shape.get("style", "")))
        if style.get("position") not in ("absolute", "relative"):
            continue
        width, height = _length(style.get("width")) or 0.0, _length(style.get("height")) or 0.0
        is_line = etree.QName(shape).localname == "line"
        sides = []
        for axis, margin, length in (("horizontal", "left", width), ("vertical", "top", height)):
            align = style.get(f"mso-position-{axis}", "").replace("absolute", "")
            of = style.get(f"mso-position-{axis}-relative", "text")
            offset = None if is_line else _length(style.get(f"margin-{margin}", style.get(margin, "0")))
            sides.append(Axis(of, align, offset, length))
        turned = style.get("rotation", "0")
        degrees = float(turned) if re.fullmatch(r"-?\d+(\.\d+)?", turned) else 45.0
        yield Float(f"“{shape.get('id') or etree.QName(shape).localname}”", sides[0], sides[1], degrees)


def _length(text: str | None) -> float | None:
    found = re.fullmatch(r"(-?\d*\.?\d+)(pt|in|mm|cm|pc|px|)", (text or "").strip())
    return float(found[1]) * _UNITS[found[2]] if found else None


def _framed(frame: etree._Element) -> Float:
    """A paragraph in a frame; one that is as wide as its text is taken for a few words."""
    width = _number(frame, f"{_W}w") * _TWIP or _UNKNOWN_HEIGHT
    height = _number(frame, f"{_W}h") * _TWIP or _UNKNOWN_HEIGHT / 4
    return Float(
        "w:framePr",
        _spot(frame, "hAnchor", "xAlign", "x", width, "text"),
        _spot(frame, "vAnchor", "yAlign", "y", height, "text"),
    )


def _table(position: etree._Element) -> Float:
    table = next(position.iterancestors(f"{_W}tbl"))
    grid = table.find(f"{_W}tblGrid")
    width = sum(_number(one, f"{_W}w") for one in grid) * _TWIP if grid is not None else 0.0
    return Float(
        "w:tblpPr",
        _spot(position, "horzAnchor", "tblpXSpec", "tblpX", width, "text"),
        _spot(position, "vertAnchor", "tblpYSpec", "tblpY", _UNKNOWN_HEIGHT, "text"),
    )


def _spot(element: etree._Element, anchor: str, align: str, offset: str, length: float, usual: str) -> Axis:
    aligned = element.get(f"{_W}{align}", "").replace("inline", "")
    return Axis(element.get(f"{_W}{anchor}", usual), aligned, _number(element, f"{_W}{offset}") * _TWIP, length)
