"""The body of a document as a PDF prints it: on one endless page, each table's head once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import assert_never

from docgen.layout.theme import Theme
from docgen.model.document import Block, Cell, Document, Heading, Listing, Paragraph, Rule, Section, Table, plain
from docgen.writers.comparison import drawn
from docgen.writers.markers import marker_of


@dataclass(slots=True)
class Printed:
    """The body as a PDF prints it: its text with list markers, and where the rows of its tables stand in it."""

    text: str = ""
    tables: list[tuple[int, int, str]] = field(default_factory=list)
    """Start and end of a table's rows, and the head that is repeated."""
    rows: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    """Start of a row, and its cells' texts."""


def printed(document: Document, theme: Theme) -> Printed:
    """The text is drawn text (see comparison), in the order of the tree."""
    made = Printed()

    def walk(blocks: tuple[Block, ...], depth: int, lead: str = "", in_cell: bool = False) -> Iterator[str]:
        for block in blocks:
            match block:
                case Paragraph() | Heading():
                    yield lead + plain(block.content)
                case Listing():
                    for number, item in enumerate(block.items, 1):
                        sign = marker_of(block, theme, document.lang, depth, number)
                        led = bool(item) and isinstance(item[0], Paragraph | Heading)
                        if not led:
                            yield sign
                        yield from walk(item, depth + 1, sign if led else "", in_cell)
                case Section():
                    yield from walk(block.blocks, depth, "", in_cell)
                case Table() if in_cell:
                    yield plain(block.caption)
                    for row in block.head + block.body:
                        for cell in row.cells:
                            yield from walk(cell.blocks, 0, "", in_cell)
                case Table():
                    table(block)
                case Rule():
                    pass
                case _:
                    assert_never(block)
            lead = ""

    def table(block: Table) -> None:
        made.text += drawn(plain(block.caption))
        head = "".join(_cell(cell) for row in block.head for cell in row.cells)
        made.text += head
        start = len(made.text)
        for row in block.body:
            made.rows.append((len(made.text), tuple(_cell(cell) for cell in row.cells)))
            made.text += "".join(made.rows[-1][1])
        made.tables.append((start, len(made.text), head))

    def _cell(cell: Cell) -> str:
        return "".join(drawn(text) for text in walk(cell.blocks, 0, "", in_cell=True))

    for text in walk(document.body, 0):
        made.text += drawn(text)
    return made
