"""The letterhead in a document's tree: a section of its first head, left out where a file has a letterhead already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docgen.model.document import Block, Document, Listing, Paragraph, Section, Table

LETTERHEAD = "letterhead"
"""The role of the section; logo and address count as look, and a new address makes no new revision."""
COMPANY = "company"
"""The role of the paragraph in it that names the company."""
PLAIN_HEAD = "head"


def has_letterhead(document: Document) -> bool:
    """Does its first page ask for a letterhead?"""
    return any(_is_letterhead(block) for block in document.first_head)


def without_letterhead(document: Document) -> Document:
    """``document`` for a page that has its letterhead from a file: nothing is printed into that one's place."""
    return replace(document, first_head=()) if has_letterhead(document) else document


def in_plain_words(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """A first head as it is without any letterhead: the company's name, as a plain head."""
    return tuple(_plain_head(block) if _is_letterhead(block) else block for block in blocks)


def _is_letterhead(block: Block) -> bool:
    return isinstance(block, Section) and block.role == LETTERHEAD


def _plain_head(block: Block) -> Paragraph:
    named = next((one for one in _paragraphs((block,)) if one.role == COMPANY), None)
    return Paragraph(named.content if named else (), PLAIN_HEAD)


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    for block in blocks:
        match block:
            case Paragraph():
                yield block
            case Section():
                yield from _paragraphs(block.blocks)
            case Listing():
                for item in block.items:
                    yield from _paragraphs(item)
            case Table():
                for row in block.head + block.body:
                    for cell in row.cells:
                        yield from _paragraphs(cell.blocks)
            case _:
                pass
