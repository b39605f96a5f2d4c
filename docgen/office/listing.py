"""Rows as people read them in a terminal, and as other programs take them from a pipe; nothing is printed here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from docgen.model.problems import UiLanguage
from docgen.office.report import paint
from docgen.office.sheets import Cell, Column, shown

Row = Sequence[Cell]


def as_table(
    columns: Sequence[Column], rows: Sequence[Row], language: UiLanguage, width: int, colour: bool, groups: bool = True
) -> str:
    """A table for a terminal ``width`` columns wide: what has room there, and says anything.

    ``groups``: rows that begin alike are put together below what they begin with, which so needs no column of its own.
    """
    told = [at for at, column in enumerate(columns) if column.on_terminal]
    narrow = [at for at in told if any(shown(row[at]) for row in rows)] or told
    grouped = groups and len(narrow) > 1 and len({row[narrow[0]] for row in rows}) < len(rows)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False, show_edge=False)
    for at in narrow[1:] if grouped else narrow:
        label = columns[at].label[language]
        if grouped:
            label = f"{columns[narrow[0]].label[language]}\n  {label}" if at == narrow[1] else f"\n{label}"
        is_number = any(isinstance(row[at], int) for row in rows)
        justify: Literal["right", "left"] = "right" if is_number else "left"
        table.add_column(label, overflow="fold", justify=justify, no_wrap=columns[at].in_one)
    before: Cell = None
    for number, row in enumerate(rows):
        cells: list[RenderableType] = [Text(shown(row[at])) for at in narrow]
        if grouped:
            if number == 0 or row[narrow[0]] != before:
                table.add_section()
                table.add_row(Text(shown(row[narrow[0]]), style="bold"))
            before = row[narrow[0]]
            cells = [Padding(cells[1], (0, 0, 0, 2)), *cells[2:]]
        table.add_row(*cells)
    return paint(table, width, colour)


def as_lines(columns: Sequence[Column], rows: Sequence[Row], language: UiLanguage) -> str:
    """The same parted by tabs, a row a line."""
    heads = [column.label[language] for column in columns]
    return "\n".join("\t".join(" ".join(shown(cell).split()) for cell in row) for row in (heads, *rows))
