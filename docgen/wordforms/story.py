"""The paragraphs of a Word form, part by part in the order in which they are filled, each with its place in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from docgen.model.problems import Words
from docgen.writers.word_xml import W

_W = f"{{{W}}}"
PARAGRAPH, TABLE, ROW, CELL, BOX = (f"{_W}{name}" for name in ("p", "tbl", "tr", "tc", "txbxContent"))
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
NOTES = (f"{_W}footnote", f"{_W}endnote", f"{_W}comment")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one ``w:t``: where in its paragraph's text it begins, and the element."""

    start: int
    element: etree._Element


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its place, its text with the tags, and the element."""

    place: Words
    text: str
    element: etree._Element
    pieces: tuple[Piece, ...] = ()

    def above(self, tag: str) -> etree._Element | None:
        """The innermost element of a kind that the paragraph lies in; no box between them."""
        for one in self.element.iterancestors():
            if one.tag == tag:
                return one
            if one.tag == BOX:
                return None
        return None


@dataclass(slots=True)
class _Count:
    """What was counted so far below one element."""

    paragraphs: int = 0
    tables: int = 0


@dataclass(frozen=True, slots=True)
class Story:
    """A part: its name in words (body, header 1), its root and its paragraphs."""

    name: Words
    root: etree._Element
    lines: tuple[Line, ...] = field(default=())


def story(name: Words, root: etree._Element) -> Story:
    """Read the paragraphs of a part; footnotes are counted, all else is found by tables, rows and paragraphs."""
    return Story(name, root, tuple(_lines(root, name, _Count())))


def _lines(box: etree._Element, name: Words, count: _Count) -> Iterator[Line]:
    for child in box:
        match child.tag:
            case _ if child.tag == PARAGRAPH:
                count.paragraphs += 1
                yield from _paragraph(child, _joined(name, Words(f"¶{count.paragraphs}", f"第{count.paragraphs}段")))
            case _ if child.tag == TABLE:
                count.tables += 1
                yield from _table(child, _in(name, Words(f"table {count.tables}", f"表{count.tables}")))
            case _ if child.tag in NOTES:
                number = child.get(f"{_W}id")
                yield from _lines(child, Words(f"{name.en} {number}", f"{name.zh}{number}"), _Count())
            case _ if isinstance(child.tag, str) and child.tag != FALLBACK:
                yield from _lines(child, name, count)  # content controls and the like stand for what they hold


def _table(table: etree._Element, name: Words) -> Iterator[Line]:
    for row_number, row in enumerate(_inner(table, ROW), 1):
        for number, cell in enumerate(_inner(row, CELL), 1):
            place = _joined(name, Words(f"row {row_number} cell {number}", f"第{row_number}行第{number}格"))
            lines = list(_lines(cell, place, _Count()))
            if len([one for one in cell if one.tag == PARAGRAPH]) == 1:
                lines = [_without_number(one, place) for one in lines]
            yield from lines


def _without_number(line: Line, cell: Words) -> Line:
    """A cell of one paragraph is place enough."""
    alone = line.place == _joined(cell, Words("¶1", "第1段"))
    return Line(cell, line.text, line.element, line.pieces) if alone else line


def _inner(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Those of its children of a kind, content controls around them left aside."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _inner(child, tag)


def _paragraph(paragraph: etree._Element, place: Words) -> Iterator[Line]:
    text, pieces = "", []
    boxes: list[etree._Element] = []
    for element in _below(paragraph, boxes):
        pieces.append(Piece(len(text), element))
        text += element.text or ""
    yield Line(place, text, paragraph, tuple(pieces))
    for number, box in enumerate(boxes, 1):
        name = _joined(place, Words(f"text box {number}", f"文本框{number}"))
        yield from _lines(box, name, _Count())


def _below(element: etree._Element, boxes: list[etree._Element]) -> Iterator[etree._Element]:
    """The ``w:t`` of a paragraph; text boxes are stories of their own; older programs get the same again."""
    for child in element:
        if child.tag == BOX:
            boxes.append(child)
        elif child.tag == f"{_W}t":
            yield child
        elif isinstance(child.tag, str) and child.tag != FALLBACK:
            yield from _below(child, boxes)


def _joined(name: Words, more: Words) -> Words:
    return Words(f"{name.en} {more.en}", f"{name.zh}{more.zh}")


def _in(name: Words, table: Words) -> Words:
    """A table of the body is place enough by itself."""
    if name.en == "body":
        return table
    return Words(f"{name.en} {table.en}", f"{name.zh}{table.zh}")
