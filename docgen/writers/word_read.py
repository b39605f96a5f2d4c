"""Read a Word file back, line by line as its reader sees it (see outline)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import takewhile
from types import MappingProxyType

from lxml import etree

from docgen.writers import outline
from docgen.writers.word_numbers import Count, Numbering, read_numbering
from docgen.writers.word_xml import W

_W = f"{{{W}}}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_VAL = f"{_W}val"
_INLINE, _ABOUT = (
    f"{{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}}{name}" for name in ("inline", "docPr")
)
_RELATIONSHIPS = "word/_rels/document.xml.rels"
_FIELDS = {"PAGE": "page-number", "NUMPAGES": "page-count"}
_TEXT = ("p", "pStyle", "numPr", "t", "br", "tab", "fldChar")
_TABLE = ("tbl", "gridCol", "tr", "tblHeader", "tc", "gridSpan", "vMerge")
_READ = [_W + name for name in _TEXT + _TABLE]


@dataclass(frozen=True, slots=True)
class Story:
    """A body, head or foot: its outline, its page fields in order with whatever of it is hidden.

    ``pictures``: what is read aloud in place of those that stand in its text.
    """

    text: str = ""
    fields: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


Place = tuple[str, str]
BODY: Place = ("body", "")


@dataclass(frozen=True, slots=True)
class WordFile:
    """``running`` holds heads and feet by kind and place, such as ``("header", "first")``.

    ``around`` is what the letterhead says before and after them, and before and after the body.
    """

    body: Story
    running: dict[Place, Story]
    around: dict[Place, tuple[Story, Story]]


def read_word(docx: bytes, around: Mapping[Place, tuple[int, int]] = MappingProxyType({})) -> WordFile:
    """Read ``docx``.

    Args:
        around: how many blocks before and after docgen's own are the letterhead's, by the place of the part.
    """
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
        targets = {one.get("Id"): one.get("Target") for one in etree.fromstring(package.read(_RELATIONSHIPS))}
        numbering = read_numbering(etree.fromstring(package.read("word/numbering.xml")))
        running = {
            (kind, str(one.get(f"{_W}type"))): etree.fromstring(package.read(f"word/{targets[one.get(f'{_R}id')]}"))
            for kind in ("header", "footer")
            for one in root.iter(f"{_W}{kind}Reference")
        }
    stories = {BODY: root, **running}
    kept = {place: _taken_out(part, *around.get(place, (0, 0))) for place, part in stories.items()}
    read = {place: _story(part, numbering) for place, part in stories.items()}
    said = {place: (read_blocks(first), read_blocks(last)) for place, (first, last) in kept.items()}
    return WordFile(read.pop(BODY), read, said)


def _taken_out(root: etree._Element, before: int, after: int) -> tuple[list[etree._Element], list[etree._Element]]:
    """Take the first and the last blocks out of a part."""
    body = root.find(f"{_W}body")
    parent = root if body is None else body
    blocks = [one for one in parent.iterchildren(etree.Element) if one.tag != f"{_W}sectPr"]
    first, last = blocks[:before], blocks[max(before, len(blocks) - after) :]
    for one in first + last:
        parent.remove(one)
    return first, last


def read_blocks(blocks: Sequence[etree._Element]) -> Story:
    """What some blocks of a part say, lists not counted."""
    if not blocks:
        return Story()
    root = etree.Element(f"{_W}body")
    root.extend(deepcopy(one) for one in blocks)
    return _story(root, Numbering({}, {}, frozenset()))


def _story(root: etree._Element, numbering: Numbering) -> Story:
    fields = tuple(_fields(root))
    for simple in root.iter(f"{_W}fldSimple"):
        del simple[:]  # its result is what the page makes of it, and no text of the document
    pictures = tuple(str(about.get("descr")) for inline in root.iter(_INLINE) for about in inline.iter(_ABOUT))
    return Story(outline.joined(_lines(root, Count(numbering))), fields, pictures)


def _fields(root: etree._Element) -> Iterator[str]:
    for element in root.iter(f"{_W}instrText", f"{_W}fldSimple", f"{_W}vanish"):
        if element.tag == f"{_W}vanish":
            yield "hidden text"
            continue
        code = (element.get(f"{_W}instr") or element.text or "").split()
        yield _FIELDS.get(code[0], code[0]) if code else "empty"


@dataclass(slots=True)
class _Paragraph:
    marker: str = ""
    parts: list[str] = field(default_factory=list)
    in_result: bool = False
    """Is the reader inside a field's result?"""


@dataclass(slots=True)
class _Cell:
    """``merge`` is '' or Word's ``restart`` or ``continue``."""

    column: int
    across: int = 1
    merge: str = ""
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    head: bool = False
    cells: list[_Cell] = field(default_factory=list)

    @property
    def filled(self) -> int:
        return sum(cell.across for cell in self.cells)

    def continues(self, column: int) -> bool:
        """Does a cell from above reach into this row?"""
        return any(cell.column == column and cell.merge == "continue" for cell in self.cells)


@dataclass(slots=True)
class _Table:
    columns: int = 0
    rows: list[_Row] = field(default_factory=list)


def _lines(root: etree._Element, count: Count) -> list[str]:
    """The lines of a part in one pass; what wraps a paragraph, row or cell is no matter, wherever it comes from."""
    story: list[str] = []
    into = [story]
    paragraphs: list[_Paragraph] = []
    tables: list[_Table] = []
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=_READ):
        name = element.tag.removeprefix(_W)
        if event == "end":
            match name:
                case "p":
                    done = paragraphs.pop()
                    into[-1] += (done.marker and outline.item(done.marker), "".join(done.parts))
                case "tc":
                    into.pop()
                case "tbl":
                    into[-1] += _grid(tables.pop())
            continue
        match name:
            case "p":
                paragraphs.append(_Paragraph())
            case "pStyle":
                paragraphs[-1].marker = count.of_style(str(element.get(_VAL)))
            case "t" if not paragraphs[-1].in_result:
                paragraphs[-1].parts.append(element.text or "")
            case "numPr":
                paragraphs[-1].marker = count.marker(element)
            case "fldChar":
                paragraphs[-1].in_result = element.get(f"{_W}fldCharType") == "separate"
            case "br" | "tab":
                paragraphs[-1].parts.append("\n")
            case "tc":
                row = tables[-1].rows[-1]
                row.cells.append(_Cell(row.filled))
                into.append(row.cells[-1].lines)
            case "gridSpan":
                tables[-1].rows[-1].cells[-1].across = int(str(element.get(_VAL)))
            case "vMerge":
                tables[-1].rows[-1].cells[-1].merge = element.get(_VAL) or "continue"
            case "tr":
                tables[-1].rows.append(_Row())
            case "tblHeader":
                tables[-1].rows[-1].head = True
            case "gridCol":
                tables[-1].columns += 1
            case "tbl":
                tables.append(_Table())
                before = element.getprevious()
                if before is not None and before.tag == element.tag:
                    into[-1].append(outline.sign("no paragraph between tables, so Word makes them one"))
    return story


def _grid(table: _Table) -> Iterator[str]:
    """The lines of a table; a cell that one from above reaches into says nothing, as Word shows nothing of it."""
    single = sum(len(row.cells) for row in table.rows) == 1
    if single:
        yield from table.rows[0].cells[0].lines
        return
    yield outline.table(table.columns)
    reached: set[int] = set()
    for index, row in enumerate(table.rows):
        yield outline.row(head=row.head)
        if row.filled != table.columns:
            yield outline.sign(f"{row.filled} columns filled")
        for cell in row.cells:
            if cell.merge == "continue" and cell.column in reached:
                continue
            yield outline.cell(cell.across, 1 + (_reach(cell, table.rows[index + 1 :]) if cell.merge else 0))
            yield from cell.lines
        reached = {cell.column for cell in row.cells if cell.merge}
    yield outline.END


def _reach(cell: _Cell, below: list[_Row]) -> int:
    """How many of the rows ``below`` the cell reaches into."""
    return len(list(takewhile(lambda row: row.continues(cell.column), below)))
