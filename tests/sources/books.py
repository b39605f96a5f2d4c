"""Workbooks as text tables, for tests: ``book(People="| Employee number | … |")``."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty

from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions
from docgen.model.problems import Problem
from docgen.model.record import Record
from docgen.office.run import Run, load_run
from docgen.sources.cases import Reading
from docgen.sources.grid import Area, Book, Figure, Grid, Stamp
from docgen.sources.records import BookReader

TODAY = date(2026, 1, 5)
FOREIGN = frozenset(("date of birth", "出生日期"))


@cache
def definitions() -> Definitions:
    return load_definitions()


def cell(text: str) -> Any:
    """A cell as text; ``=35`` is a number, ``@2026-03-05`` a date, ``_`` a blank at an end."""
    if not text:
        return None
    kinds = {"=": Figure, "@": Stamp}
    return kinds[text[0]](text[1:]) if text[0] in kinds else text.replace("_ ", " ").replace("\\n", "\n")


def grid(name: str, table: str, first: int = 1, left: int = 0, merged: tuple[Area, ...] = (), hidden: Any = ()) -> Grid:
    """A tab whose first row is ``first``, after ``left`` blank columns; a blank line is a blank row."""
    lines = [line.strip() for line in table.strip().splitlines()]
    rows = {}
    for number, line in enumerate(lines, start=first):
        cells = [None] * left + [cell(part.strip()) for part in line.strip("|").split("|")]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            rows[number] = cells
    return Grid(name, rows, merged, frozenset(hidden))


def book(*tabs: Grid, source: str = "team.xlsx", **tables: str) -> Book:
    return Book(source, (*tabs, *(grid(name.replace("_", " "), table) for name, table in tables.items())))


@cache
def reader() -> BookReader:
    return BookReader(definitions(), FOREIGN)


def records(*tabs: Grid, **tables: str) -> list[Record]:
    return list(reader().read(book(*tabs, **tables)).begun)


def problems(*tabs: Grid, **tables: str) -> list[Problem]:
    """Those of the file and those that keep cases back, each once."""
    found = reader().read(book(*tabs, **tables))
    of_cases = [problem for record in found.begun for problem in record.problems]
    return [*found.problems, *dict.fromkeys(of_cases)]


def said(found: list[Problem] | tuple[Problem, ...]) -> list[tuple[str, str, str]]:
    """Code, cell and message of each."""
    return [(one.code, one.position.cell, one.message.en) for one in found]


def run(*books: Book, forms: tuple[str, ...] = ("letter",)) -> Run:
    read = [reader().read(one) for one in books]
    reading = Reading(tuple(r for one in read for r in one.begun), tuple(p for one in read for p in one.problems))
    return load_run(reading, definitions(), forms, TODAY, handwrite=True)


def saved(path: Path, *rows: list[str | None], **properties: str) -> Path:
    """A workbook of one tab with docgen's custom properties (``rolled_over`` for ``docgen-rolled-over``)."""
    made: Any = Workbook()
    for row in rows:
        made.active.append(row)
    for name, value in properties.items():
        made.custom_doc_props.append(StringProperty(name=f"docgen-{name.replace('_', '-')}", value=value))
    made.save(path)
    return path
