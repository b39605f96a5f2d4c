"""The document tree: what a template said, and all that the Word and the PDF writer are given.

A tree is made of few frozen kinds of node. Blocks hold blocks or inlines; inlines are flat: a run of text carries its
own weight, role and language, so a writer never has to look upward.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, assert_never

Language = Literal["en", "zh-CN"]
Written = Literal["en", "zh"]
"""A language as wording files and settings call it."""
FieldKind = Literal["page-number", "page-count"]


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters in one weight, role and language.

    ``role`` is '' or one of ``gap code nobreak label line note stamp page-code``.
    """

    text: str
    lang: Language
    strong: bool = False
    em: bool = False
    underline: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Field:
    """A figure that only the page knows: its number or the number of pages."""

    kind: FieldKind


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the template set, by name; ``width`` in millimetres; ``alt`` is read aloud in its place."""

    name: str
    alt: str
    width: float


LOOK = MappingProxyType({"look": True})
"""Marks what a node looks like and not what it says."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that docgen drew of a case's data, as SVG; ``alt`` says all that it shows. ``width`` in millimetres."""

    name: str
    alt: str
    width: float = field(metadata=LOOK)
    svg: str = field(metadata=LOOK)

    @property
    def file(self) -> str:
        """What it is called as PNG; no Picture can be called so."""
        return f"drawn~{self.name}.png"


Inline = Text | Break | Field | Picture | Drawing


@dataclass(frozen=True, slots=True)
class Paragraph:
    content: tuple[Inline, ...]
    role: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    level: Literal[1, 2, 3]
    content: tuple[Inline, ...]
    role: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A numbered or bulleted list; each item is a sequence of blocks."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    role: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; ``width`` is its share of the table in percent; ``role`` is '' or ``number`` (right-aligned)."""

    width: float
    role: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    blocks: tuple[Block, ...]
    colspan: int = 1
    rowspan: int = 1
    head: bool = False
    role: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``head`` rows are repeated on each page that the table reaches."""

    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    caption: tuple[Inline, ...] = ()
    role: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin horizontal rule."""

    place: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that share a role; role ``keep`` and ``signatures`` keep them together on one page."""

    blocks: tuple[Block, ...]
    role: str = ""
    place: str = ""


Block = Paragraph | Heading | Listing | Table | Rule | Section


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document: title and language of the whole, running head and foot, and the body.

    ``first_head`` runs on the first page, ``head`` on all that follow, ``foot`` on every page.
    """

    title: str
    lang: Language
    landscape: bool
    first_head: tuple[Block, ...]
    head: tuple[Block, ...]
    foot: tuple[Block, ...]
    body: tuple[Block, ...]

    def text(self) -> str:
        """The body's text in reading order, one line a paragraph; no heads, feet, list markers or repeated heads."""
        return "\n".join(lines(self.body))


def lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield the text of each paragraph below ``blocks``, in reading order."""
    return map(plain, contents(blocks))


def contents(blocks: tuple[Block, ...]) -> Iterator[tuple[Inline, ...]]:
    """Yield the inlines of each paragraph, heading and caption below ``blocks``, in reading order."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield block.content
            case Listing():
                for item in block.items:
                    yield from contents(item)
            case Table():
                if block.caption:
                    yield block.caption
                for row in block.head + block.body:
                    for cell in row.cells:
                        yield from contents(cell.blocks)
            case Section():
                yield from contents(block.blocks)
            case Rule():
                pass
            case _:
                assert_never(block)


def drawings(blocks: tuple[Block, ...]) -> list[Drawing]:
    """The pictures below ``blocks`` that docgen drew."""
    return [one for content in contents(blocks) for one in content if isinstance(one, Drawing)]


def plain(content: tuple[Inline, ...]) -> str:
    """The characters of ``content``; a break is a new line, a picture and a page field are no text."""
    parts: list[str] = []
    for inline in content:
        match inline:
            case Text():
                parts.append(inline.text)
            case Break():
                parts.append("\n")
            case Field() | Picture() | Drawing():
                pass
            case _:
                assert_never(inline)
    return "".join(parts)
