"""The tree line by line as its reader sees it: each paragraph's text, the marker before an item, rows and cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from docgen.model.document import Block, Heading, Listing, Paragraph, Rule, Section, Table, plain
from docgen.writers.comparison import bare

Mark = Callable[[Listing, int, int], str]
"""The marker of an item: of which list, how deep (from 0), which item (from 1); '' where the list has none."""

# No text can hold these two: they part the lines, and tell what is said of lists and tables from what the text says.
_LINE, _SIGN = "\x01", "\x02"


def sign(words: str) -> str:
    return _SIGN + words


END = sign("end")


def item(marker: str) -> str:
    return sign(f"item {marker}")


def table(columns: int) -> str:
    return sign(f"table of {columns}")


def row(*, head: bool) -> str:
    return sign("head row" if head else "row")


def cell(across: int, down: int) -> str:
    return sign("cell" if across == down == 1 else f"cell {across}×{down}")


def joined(lines: Iterable[str]) -> str:
    """What of ``lines`` counts in a comparison, as one text; lines that say nothing are left out."""
    return re.sub(f"{_LINE}+", _LINE, bare(_LINE.join(lines))).strip(_LINE)


def said(text: str) -> str:
    """Of joined lines those that are text."""
    return "".join(line for line in text.split(_LINE) if not line.startswith(_SIGN))


def shown(text: str) -> str:
    """Joined lines for a person to read."""
    return text.replace(_LINE, " ").replace(_SIGN, "|")


def outline(blocks: tuple[Block, ...], mark: Mark) -> Iterator[str]:
    """The lines of ``blocks``; a table of a single cell is left out but for its text, as Word's boxes are such."""
    return _lines(blocks, mark, 0)


def _lines(blocks: tuple[Block, ...], mark: Mark, depth: int) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield plain(block.content)
            case Listing():
                for number, blocks_of_item in enumerate(block.items, 1):
                    marker = mark(block, depth, number)
                    yield marker and item(marker)
                    yield from _lines(blocks_of_item, mark, depth + 1)
            case Section():
                yield from _lines(block.blocks, mark, depth)
            case Table():
                yield plain(block.caption)
                yield from _table(block, mark)
            case Rule():
                pass
            case _:
                assert_never(block)


def _table(block: Table, mark: Mark) -> Iterator[str]:
    rows = block.head + block.body
    grid = sum(len(one.cells) for one in rows) > 1
    if grid:
        yield table(len(block.columns))
    for index, one in enumerate(rows):
        if grid:
            yield row(head=index < len(block.head))
        for each in one.cells:
            if grid:
                yield cell(each.colspan, each.rowspan)
            yield from _lines(each.blocks, mark, 0)
    if grid:
        yield END
