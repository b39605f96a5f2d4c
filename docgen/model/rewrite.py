"""Change the running text of a document everywhere, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from docgen.model.document import Block, Document, Heading, Inline, Listing, Paragraph, Row, Rule, Section, Table

Change = Callable[[tuple[Inline, ...]], tuple[Inline, ...]]


def rewrite(document: Document, change: Change) -> Document:
    """``document`` with ``change`` applied to the content of every paragraph, heading and caption."""

    def block(one: Block) -> Block:
        match one:
            case Paragraph() | Heading():
                return replace(one, content=change(one.content))
            case Listing():
                return replace(one, items=tuple(blocks(item) for item in one.items))
            case Section():
                return replace(one, blocks=blocks(one.blocks))
            case Table():
                return replace(one, caption=change(one.caption), head=rows(one.head), body=rows(one.body))
            case Rule():
                return one
            case _:
                assert_never(one)

    def rows(many: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(
            replace(row, cells=tuple(replace(cell, blocks=blocks(cell.blocks)) for cell in row.cells)) for row in many
        )

    def blocks(many: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(block(one) for one in many)

    return replace(
        document,
        first_head=blocks(document.first_head),
        head=blocks(document.head),
        foot=blocks(document.foot),
        body=blocks(document.body),
    )
