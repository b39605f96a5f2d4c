"""A traced document line by line, each line in stretches of text that know where they come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, assert_never

from docgen.layout.trace import END, FIRST, LAST, Mark, Spot, Trace
from docgen.model.document import (
    Block,
    Document,
    Drawing,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Rule,
    Section,
    Table,
    Text,
    contents,
    plain,
)

Part = Literal["first", "head", "body", "foot"]
"""``first``: the head of the first page, ``head``: that of the following ones."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Letters that come from one place. ``marks``: what they are, the outermost first; none: the template says them."""

    text: str
    marks: tuple[Mark, ...]

    @property
    def value(self) -> Mark | None:
        """The value that is printed here."""
        return next((mark for mark in reversed(self.marks) if mark.kind == "value"), None)

    @property
    def sentence(self) -> Mark | None:
        """The sentence of the wording that is said here, or in which the value stands."""
        return next((mark for mark in reversed(self.marks) if mark.kind == "sentence"), None)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, heading, caption or cell's paragraph. ``under``: the heading above it, '' before the first.

    ``place``: the line of the template that its tag stands in, ``file:line``. ``is_picture``: what a picture says.
    """

    part: Part
    under: str
    place: str
    stretches: tuple[Stretch, ...]
    is_picture: bool = False

    @property
    def text(self) -> str:
        return "".join(stretch.text for stretch in self.stretches)


def read_stretches(document: Document, trace: Trace) -> list[Line]:
    """The lines of a document that was rendered with marks, in reading order; what a picture says is a line, too."""
    return [line for part, blocks in _parts(document) for line in _of_part(part, blocks, trace)]


def texts(document: Document) -> list[str]:
    """What the lines of a document say that has no marks."""
    found = (text for _, blocks in _parts(document) for content in contents(blocks) for text in _texts(content))
    return [text for text in found if text.strip()]


def _parts(document: Document) -> tuple[tuple[Part, tuple[Block, ...]], ...]:
    return ("first", document.first_head), ("head", document.head), ("body", document.body), ("foot", document.foot)


def _texts(content: tuple[Inline, ...]) -> Iterator[str]:
    yield plain(content)
    yield from (inline.alt for inline in content if isinstance(inline, Drawing))


def _of_part(part: Part, blocks: tuple[Block, ...], trace: Trace) -> Iterator[Line]:
    under = ""
    for place, content, is_heading in _contents(blocks, ""):
        stretches = tuple(_stretches(content, trace.marks))
        if is_heading:
            under = "".join(one.text for one in stretches).replace("\n", " ")
        if stretches:
            yield Line(part, under, place, stretches)
        for drawing in (inline for inline in content if isinstance(inline, Drawing)):
            yield Line(part, under, place, (Stretch(drawing.alt, (trace.drawings[drawing.name],)),), True)


def _contents(blocks: tuple[Block, ...], place: str) -> Iterator[tuple[str, tuple[Inline, ...], bool]]:
    for block in blocks:
        match block:
            case Heading():
                yield block.place or place, block.content, block.level < 3
            case Paragraph():
                yield block.place or place, block.content, False
            case Listing():
                for item in block.items:
                    yield from _contents(item, block.place)
            case Table():
                if block.caption:
                    yield block.place, block.caption, False
                for row in block.head + block.body:
                    for cell in row.cells:
                        yield from _contents(cell.blocks, cell.place)
            case Section():
                yield from _contents(block.blocks, block.place)
            case Rule():
                pass
            case _:
                assert_never(block)


def _stretches(content: tuple[Inline, ...], marks: Sequence[Mark]) -> Iterator[Stretch]:
    """Neighbours with the same marks are one; blanks go with what stands before them."""
    last: Stretch | None = None
    for under, letters in groupby(_letters(content, marks), key=lambda one: one[1]):
        text = "".join(letter for letter, _ in letters)
        if text.strip():
            if last:
                yield last
            last = Stretch(text, under)
        elif last:
            last = Stretch(last.text + text, last.marks)
    if last:
        yield last


def _letters(content: tuple[Inline, ...], marks: Sequence[Mark]) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    open_marks: list[Mark] = []
    for inline in content:
        for letter in inline.text if isinstance(inline, Text) else plain((inline,)):
            if FIRST <= ord(letter) <= LAST:
                open_marks.append(marks[ord(letter) - FIRST])
            elif letter == END:
                open_marks.pop()
            else:
                yield letter, tuple(open_marks)


def spots_of(line: Line, stretch: Stretch) -> tuple[Spot, ...]:
    """The lines that print a stretch, the innermost first."""
    if stretch.marks:
        return stretch.marks[-1].spots
    file, _, number = line.place.rpartition(":")
    return (Spot(file, int(number)),) if number.isdigit() else ()
