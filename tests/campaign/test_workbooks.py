"""A damaged workbook is a Book or a list of problems with their place; never an exception, and never other rows."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
import xlsxwriter

from docgen.sources.books import read_book
from docgen.sources.grid import Book, Grid
from docgen.sources.guard import MOST_COLUMNS, MOST_ROWS
from tests.campaign.test_damage import cut_off, cut_out, flip_bits
from tests.sources.packages import zipped

DATA = Path(__file__).parents[1] / "sources" / "data"
TABLE = 'employee_no,employee_name,weight\nS1024,王某,60\nS1025,"李某\n（销售）",40\n'.encode()
WEIGHTS = {
    "team.xlsx": 24,
    "parts of team.xlsx": 24,
    "team.xls": 2,
    "team.ods": 1,
    "parts of team.ods": 1,
    "people.csv": 6,
}
"""How often each is damaged; an .xls and an .ods is read by a process of its own, as slowly as twenty others."""
CHECKED = ("team.xlsx", "team.ods")
"""Formats that keep a checksum of each part: what is read of them in spite of the damage is what was written."""


@cache
def content_of(name: str) -> bytes:
    if name == "people.csv":
        return TABLE
    return (DATA / name).read_bytes() if name != "team.xlsx" else sample()


def sample() -> bytes:
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    day, share = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "0%"})
    for name in ("People", "目标"):
        tab = book.add_worksheet(name)
        tab.merge_range("A1:C1", "绩效")
        tab.set_row(4, None, None, {"hidden": True})
        tab.data_validation("A2:A30", {"validate": "list", "source": ["是", "否"]})
        for row in range(2, 30):
            tab.write_string(row, 0, f"S{row}")
            tab.write_number(row, 1, 46000 + row, day)
            tab.write_number(row, 2, row / 100, share)
            tab.write_rich_string(row, 3, "销", book.add_format({"bold": True}), f"售{row}")
            tab.write_formula(row, 4, "=C3*2", value=row)
    book.set_custom_property("docgen-version", "1.3")
    book.close()
    return made.getvalue()


def damaged(content: bytes, seeded: random.Random) -> bytes:
    return seeded.choices((flip_bits, cut_off, cut_out), (8, 1, 1))[0](content, seeded)


def damaged_inside(content: bytes, seeded: random.Random) -> bytes:
    """The zip with one part damaged and packed anew, so that its checksum is right."""
    with ZipFile(BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = seeded.choice([name for name, part in parts.items() if part])
    part = parts[name]
    parts[name] = damaged(part if isinstance(part, bytes) else part.encode(), seeded)
    return zipped(parts)


def stands_in(tab: Grid) -> bool:
    return all(0 < row <= MOST_ROWS and len(cells) <= MOST_COLUMNS for row, cells in tab.rows.items())


@pytest.mark.campaign("damaged workbooks", full=5000, small=50)
def test_damaged_workbooks_give_a_book_or_problems(rounds: range, figures: Counter[str], tmp_path: Path) -> None:
    for number in rounds:
        seeded = random.Random(f"workbook {number}")
        kind = seeded.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        name = kind.removeprefix("parts of ")
        content = content_of(name)
        file = tmp_path / name
        file.write_bytes(damaged(content, seeded) if kind == name else damaged_inside(content, seeded))
        found = read_book(file)
        if isinstance(found, Book):
            assert all(map(stands_in, found.tabs)), f"round {number}, {kind}"
            if kind in CHECKED:
                assert found.tabs == whole(name).tabs, f"round {number}, {kind}"
            figures["read in spite of it"] += 1
            continue
        assert found, f"round {number}, {kind}"
        for problem in found:
            assert problem.position.source == str(file), f"round {number}, {kind}: {problem}"
            assert problem.message.en and problem.message.zh and problem.fix.en and problem.fix.zh
        figures["refused"] += 1


@cache
def whole(name: str) -> Book:
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content_of(name))
        found = read_book(file)
    assert isinstance(found, Book)
    return found
