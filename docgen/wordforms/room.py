"""How wide a picture can be where its tag stands: as the cell, the text box, the column or the page leaves room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from lxml import etree

from docgen.writers.word_xml import W

_W = f"{{{W}}}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
PARAGRAPH, CELL, ROW, TABLE, BOX = (f"{_W}{name}" for name in ("p", "tc", "tr", "tbl", "txbxContent"))
SECTION = f"{_W}sectPr"
MILLIMETRE = 1440 / 25.4
"""Twips."""
EMU = 635
"""Of one twip."""
A4, MARGIN = 11906.0, 1440.0
CELL_MARGIN = 108.0
CODE = 25 * MILLIMETRE
"""What the page codes take of the right edge."""
STYLED = re.compile(r"(?<![-\w])(width|height):([\d.]+)(pt|in|cm|mm)")
UNITS = {"pt": 20.0, "in": 1440.0, "cm": 1440 / 2.54, "mm": MILLIMETRE}


class Rooms:
    """The room of each paragraph of a Word file; in heads, feet and notes that of the narrowest page, beside its code.

    Args:
        main: the root of the body's part.
    """

    def __init__(self, main: etree._Element) -> None:
        self._columns: dict[etree._Element, float] = {}
        widths = []
        column = A4 - 2 * MARGIN
        for one in reversed(list(main.iter(PARAGRAPH, SECTION))):  # a section is described behind its paragraphs
            if one.tag == SECTION:
                column = _column(one)
                widths.append(column - max(0.0, CODE - _twips(one.find(f"{_W}pgMar"), "right", MARGIN)))
            else:
                self._columns[one] = column
        self._narrowest = min(widths, default=column)

    def of(self, paragraph: etree._Element) -> float:
        """Millimetres."""
        return max(0.0, self._inner(paragraph) - _indents(paragraph)) / MILLIMETRE

    def _inner(self, element: etree._Element) -> float:
        """The twips that are inside of what ``element`` lies in."""
        for one in element.iterancestors(CELL, BOX):
            outer = self._inner(one)
            return _text_box(one, "cx", outer) if one.tag == BOX else min(outer, _cell(one, outer))
        paragraph = element if element.tag == PARAGRAPH else next(element.iter(PARAGRAPH), element)
        around = [paragraph, *element.iterancestors(PARAGRAPH)]
        return next((self._columns[one] for one in around if one in self._columns), self._narrowest)


def _column(section: etree._Element) -> float:
    size, margins, columns = (section.find(f"{_W}{name}") for name in ("pgSz", "pgMar", "cols"))
    text = _twips(size, "w", A4)
    text -= _twips(margins, "left", MARGIN) + _twips(margins, "right", MARGIN) + _twips(margins, "gutter", 0)
    number = int(_twips(columns, "num", 1)) or 1
    own = [_twips(one, "w", text) for one in columns.iterfind(f"{_W}col")] if columns is not None else []
    return min(own) if own else (text - (number - 1) * _twips(columns, "space", 720)) / number


def _cell(cell: etree._Element, outer: float) -> float:
    row, table = next(cell.iterancestors(ROW)), next(cell.iterancestors(TABLE))
    width = cell.find(f"{_W}tcPr/{_W}tcW")
    told = _twips(width, "w", 0) if width is not None and width.get(f"{_W}type", "dxa") == "dxa" else 0
    found = [one for one in (told, _of_grid(cell, row, table)) if one > 0]
    share = outer / max(1, sum(1 for _ in _cells(row)))
    return min(found, default=share) - _margin(cell, table, "left", "start") - _margin(cell, table, "right", "end")


def _of_grid(cell: etree._Element, row: etree._Element, table: etree._Element) -> float:
    columns = [_twips(one, "w", 0) for one in table.iterfind(f"{_W}tblGrid/{_W}gridCol")]
    at = int(_twips(row.find(f"{_W}trPr/{_W}gridBefore"), "val", 0))
    for one in _cells(row):
        span = int(_twips(one.find(f"{_W}tcPr/{_W}gridSpan"), "val", 1))
        if one is cell:
            return sum(columns[at : at + span])
        at += span
    return 0


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (one for one in row.iter(CELL) if next(one.iterancestors(ROW)) is row)


def _margin(cell: etree._Element, table: etree._Element, *sides: str) -> float:
    for box in (cell.find(f"{_W}tcPr/{_W}tcMar"), table.find(f"{_W}tblPr/{_W}tblCellMar")):
        found = [] if box is None else [one for side in sides for one in box.iterfind(f"{_W}{side}")]
        if found:
            return _twips(found[0], "w", CELL_MARGIN)
    return CELL_MARGIN


def height_of(paragraph: etree._Element) -> float | None:
    """The millimetres that a text box is high inside; None in text that grows with what stands in it."""
    box = next(paragraph.iterancestors(BOX), None)
    if box is None or any(True for one in box.iterancestors() for _ in one.iterfind(f"{_WPS}bodyPr/{_A}spAutoFit")):
        return None
    told = _text_box(box, "cy", 0)
    return told / MILLIMETRE if told else None


def _text_box(box: etree._Element, side: Literal["cx", "cy"], usual: float) -> float:
    """The twips inside; where nothing is said, Word leaves a tenth of an inch at the sides, half as much elsewhere."""
    ends = {"lIns": 91440, "rIns": 91440} if side == "cx" else {"tIns": 45720, "bIns": 45720}
    inset = sum(ends.values())
    for one in box.iterancestors():
        extent = one.find(f"{_WPS}spPr/{_A}xfrm/{_A}ext") if one.tag == f"{_WPS}wsp" else one.find(f"{_WP}extent")
        text = one.find(f"{_WPS}bodyPr")
        if text is not None:
            inset = sum(int(text.get(name, number)) for name, number in ends.items())
        if extent is not None:
            return (float(extent.get(side, "0")) - inset) / EMU
        for name, number, unit in STYLED.findall(one.get("style", "")):
            if name == {"cx": "width", "cy": "height"}[side]:
                return float(number) * UNITS[unit] - inset / EMU
    return usual


def _indents(paragraph: etree._Element) -> float:
    indent = paragraph.find(f"{_W}pPr/{_W}ind")
    sides = (("left", "start"), ("right", "end"), ("firstLine",))
    return sum(next((_twips(indent, name, 0) for name in names if _twips(indent, name, 0)), 0.0) for names in sides)


def _twips(element: etree._Element | None, name: str, usual: float) -> float:
    """A measure; what is no number says nothing."""
    value = None if element is None else element.get(f"{_W}{name}")
    try:
        return usual if value is None else float(value)
    except ValueError:
        return usual
