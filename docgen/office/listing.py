"""Rows as people read them in a terminal, and as other programs take them from a pipe; nothing is printed here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rich import box
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

    ``groups``: rows that begin alike are put together, and what they begin with is said once.
    """
    told = [at for at, column in enumerate(columns) if column.on_terminal]
    narrow = [at for at in told if any(shown(row[at]) for row in rows)] or told
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False, show_edge=False)
    for at in narrow:
        is_number = any(isinstance(row[at], int) for row in rows)
        justify: Literal["right", "left"] = "right" if is_number else "left"
        table.add_column(columns[at].label[language], overflow="fold", justify=justify, no_wrap=columns[at].in_one)
    grouped = groups and len({row[narrow[0]] for row in rows}) < len(rows)
    before: Cell = None
    for row in rows:
        first = "" if groups and row[narrow[0]] == before else shown(row[narrow[0]])
        if grouped and first and before is not None:
            table.add_section()
        before = row[narrow[0]]
        table.add_row(Text(first), *(Text(shown(row[at])) for at in narrow[1:]))
    return paint(table, width, colour)


def as_lines(columns: Sequence[Column], rows: Sequence[Row], language: UiLanguage) -> str:
    """The same parted by tabs, a row a line."""
    heads = [column.label[language] for column in columns]
    return "\n".join("\t".join(" ".join(shown(cell).split()) for cell in row) for row in (heads, *rows))
