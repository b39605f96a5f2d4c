"""The boxes in which comments are shown: shapes of a drawing in VML, one a comment."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from lxml import etree

from docgen.sources.grid import Cell
from docgen.workbook.book_file import SHEET_ORDER
from docgen.workbook.package import OFFICE, Package, Tree, insert, parsed, q
from docgen.workbook.places import View

VML, OFFICE_VML, EXCEL_VML = (f"urn:schemas-microsoft-com:{name}" for name in ("vml", "office:office", "office:excel"))
SPACES = f'xmlns:v="{VML}" xmlns:o="{OFFICE_VML}" xmlns:x="{EXCEL_VML}"'
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

WIDTH, WIDE = 300, 480
"""Of a box, in points of the screen; wide for long texts."""
LINE_HEIGHT, LETTER = 16, 7.0
TALL, TALLEST = 400, 900
FARTHEST = 400
"""Columns or rows that a box may reach over."""
CLUSTER, CLUSTERS = 1024, 64
"""Numbers of shapes come in clusters, which a drawing must name; so many are kept for each tab."""

DRAWING = f"""<xml {SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{{cluster}}"/></o:shapelayout>
<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">
<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>"""
SHAPE = f"""<v:shape {SPACES} id="_x0000_s{{number}}" type="#_x0000_t202" fillcolor="#ffffe1" o:insetmode="auto">
<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>
<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor/><x:AutoFill>False</x:AutoFill>
<x:Row>{{row}}</x:Row><x:Column>{{column}}</x:Column></x:ClientData></v:shape>"""


def x(name: str) -> str:
    return q(name, EXCEL_VML)


def drawing_of(package: Package, part: str) -> str | None:
    """The drawing with the boxes (and buttons) of the tab ``part``; that of its page heads is another."""
    named = package.look(part).find(q("legacyDrawing"))
    id = None if named is None else named.get(q("id", OFFICE))
    return next((one.target for one in package.relations(part) if one.id == id), None)


class Boxes:
    """The boxes of a tab; ``number`` is its own among the tabs of the file, for the drawing where there is none."""

    def __init__(self, package: Package, part: str, number: int) -> None:
        drawing = drawing_of(package, part)
        if drawing is None:
            drawing = package.free("xl/drawings/vmlDrawing{}.vml")
            id = package.add(
                drawing, parsed(DRAWING.format(cluster=number * CLUSTERS)), VML_TYPE, part, f"{OFFICE}/vmlDrawing"
            )
            legacy = etree.Element(q("legacyDrawing"))
            legacy.set(q("id", OFFICE), id)
            insert(package.tree(part), legacy, SHEET_ORDER)
        self._tree = package.tree(drawing)
        self._by_cell: dict[Cell, Tree] = {}
        for shape in self._tree.iter(q("shape", VML)):
            data = shape.find(x("ClientData"))
            if data is not None and data.get("ObjectType") == "Note":
                row, column = data.findtext(x("Row")), data.findtext(x("Column"))
                self._by_cell[int(row or -1) + 1, int(column or -1) + 1] = shape
        ids = re.findall(r"_x0000_s(\d+)", " ".join(shape.get("id", "") for shape in self._tree))
        self._last = max([int(id) for id in ids] or [number * CLUSTERS * CLUSTER])
        self._map = self._tree.find(f".//{q('idmap', OFFICE_VML)}")

    def place(self, cell: Cell, text: str, view: View) -> None:
        """Make the box of ``cell``, new or not, large enough for ``text``."""
        shape = self._by_cell.get(cell)
        if shape is None:
            shape = parsed(SHAPE.format(number=self._number(), row=cell[0] - 1, column=cell[1] - 1))
            self._tree.append(shape)
        data = shape.find(x("ClientData"))
        assert data is not None
        anchor = data.find(x("Anchor"))
        if anchor is None:
            anchor = etree.Element(x("Anchor"))
            data.insert(0, anchor)
        width, height = _size(text)
        first, left = _walk(cell[1] + 1, 12, view.width_of)
        last, right = _walk(first, left + width, view.width_of)
        top, over = (cell[0] - 1, 10) if cell[0] > 1 else (1, 2)
        bottom, under = _walk(top, over + height, view.height_of)
        anchor.text = f"{first - 1}, {left}, {top - 1}, {over}, {last - 1}, {right}, {bottom - 1}, {under}"
        seen = "hidden" if data.find(x("Visible")) is None else "visible"
        shape.set(
            "style",
            f"position:absolute;margin-left:60pt;margin-top:2pt;width:{width * 3 // 4}pt;height:{height * 3 // 4}pt;"
            f"z-index:1;visibility:{seen}",
        )

    def _number(self) -> int:
        self._last += 1
        named, cluster = self._map, str(self._last // CLUSTER)
        if named is not None and cluster not in (known := named.get("data", "").split(",")):
            named.set("data", ",".join([*known, cluster]))
        return self._last

    def remove(self, cell: Cell | None) -> None:
        """Take the box of ``cell`` out."""
        shape = self._by_cell.pop(cell, None) if cell else None
        if shape is not None:
            self._tree.remove(shape)


def _walk(start: int, distance: int, size: Callable[[int], int]) -> tuple[int, int]:
    """The column (or row) that lies ``distance`` behind the beginning of ``start``, and what is left within it."""
    for _ in range(FARTHEST):
        if distance < size(start):
            return start, distance
        distance -= size(start)
        start += 1
    return start, 0  # hidden, as far as anybody would look


def _size(text: str) -> tuple[int, int]:
    """Width and height of a box that shows ``text``."""
    narrow, wide = ((width, 20 + LINE_HEIGHT * lines_of(text, width / LETTER)) for width in (WIDTH, WIDE))
    width, height = narrow if narrow[1] <= TALL else wide
    return width, min(height, TALLEST)


def lines_of(text: str, fit: float) -> int:
    """How many lines ``text`` takes where ``fit`` Latin letters make one; a Chinese character is about two."""
    return sum(1 + int(sum(map(_width, line)) // fit) for line in text.split("\n"))


def _width(letter: str) -> float:
    return 1.9 if unicodedata.east_asian_width(letter) in "WF" else 1
