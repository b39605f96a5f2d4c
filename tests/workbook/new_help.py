"""New workbooks for the tests, opened again with openpyxl."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from docgen.definitions.definition import Definitions
from docgen.definitions.load import load_definitions
from docgen.model.problems import UiLanguage
from docgen.model.record import Record
from docgen.sources.cases import read_cases
from docgen.workbook.creating import Order, new_workbook
from docgen.workbook.guide import Layout

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
ALL = ("letter", "plan", "monthly", "notes")


@cache
def definitions() -> Definitions:
    return load_definitions()


@cache
def new(
    layout: Layout,
    language: UiLanguage = "en",
    forms: Sequence[str] = ("letter",),
    optional: bool = False,
    rows: int = 2,
) -> bytes:
    """An empty workbook; ``rows``: 0 for as many people as it usually has room for, which takes long to open."""
    return new_workbook(Order(forms, language, "team.xlsx", layout, optional, rows), definitions())[0]


@cache
def records(sample: str) -> tuple[Record, ...]:
    reading = read_cases([SAMPLES / sample], definitions())
    assert not reading.problems
    return reading.records


@cache
def filled(sample: str, layout: Layout, language: UiLanguage = "en") -> bytes:
    """A workbook with the cases of a sample."""
    content, lost = new_workbook(Order((), language, "team.xlsx", layout), definitions(), records(sample))
    assert not lost
    return content


def written(text: str, folder: Path, layout: Layout = "card", language: UiLanguage = "en") -> tuple[bytes, list[str]]:
    """A workbook with the cases of a YAML text, and the kinds of what it can't hold."""
    path = folder / "cases.yaml"
    path.write_text(text, "utf-8")
    found = read_cases([path], definitions()).records
    content, lost = new_workbook(Order((), language, "team.xlsx", layout), definitions(), found)
    return content, [one.kind for one in lost]


def again(content: bytes, folder: Path) -> tuple[Record, ...]:
    """The cases that are read out of a workbook."""
    path = folder / "team.xlsx"
    path.write_bytes(content)
    reading = read_cases([path], definitions())
    assert not reading.problems
    return reading.records


def own(content: bytes) -> Any:
    """The workbook, opened to be changed."""
    return load_workbook(BytesIO(content))


@lru_cache(maxsize=12)
def opened(content: bytes) -> Any:
    """The workbook, to be looked at; tests that look at the same one share it."""
    return own(content)


def keyed(sheet: Worksheet, name: str) -> tuple[int, int]:
    """Row and column of a key."""
    return next((cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.value == name)
