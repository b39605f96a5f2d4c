"""Workbooks: reading and checking one, beside openpyxl alone; making one; what refusing a hostile one takes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median
from zipfile import ZIP_DEFLATED, ZipFile

from benchmarks.clock import Times, measure
from benchmarks.sample import SETTINGS, TODAY
from benchmarks.workbook_sample import read_plainly, read_values, write_sample
from docgen.definitions.definition import Definitions
from docgen.office.run import load_run
from docgen.sources.books import read_book
from docgen.sources.cases import read_cases
from docgen.workbook.creating import Order, new_workbook

ROWS, TAB_ROWS = 10_000, 500
CHECK, BOOK, PLAIN, VALUES, CREATE = "read and check", "read", "openpyxl", "calamine", "create"
MEGABYTE = 2**20
STATUS = Path("/proc/self/status")
"""Of Linux; the figures of getrusage include those of the process that started this one."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True, slots=True)
class Hostile:
    """What refusing one file took: seconds of the clock, peak memory of the whole process in MB."""

    name: str
    seconds: float
    megabytes: float
    told: str


def time_reading(definitions: Definitions, rounds: int) -> tuple[int, Times]:
    """The number of cells, and the times of reading and checking beside those of the libraries."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / SETTINGS.name).write_bytes(SETTINGS.read_bytes())
        path = folder / "sample.xlsx"
        cells = write_sample(path, ROWS)
        run = load_run(read_cases([path], definitions), definitions, (), TODAY)
        assert len(run.cases) == ROWS // 4 and not run.problems
        return cells, measure(
            {
                CHECK: lambda: load_run(read_cases([path], definitions), definitions, (), TODAY),
                BOOK: lambda: read_book(path),
                PLAIN: lambda: read_plainly(path),
                VALUES: lambda: read_values(path),
            },
            rounds,
        )


def time_creating(definitions: Definitions, rounds: int) -> float:
    """Milliseconds for an empty workbook for all forms, ``TAB_ROWS`` rows a tab."""
    order = Order(tuple(definitions.forms), "zh", "team.xlsx", "table", rows=TAB_ROWS)
    return median(measure({CREATE: lambda: new_workbook(order, definitions)}, rounds)[CREATE])


def memory_of_reading() -> Iterator[tuple[int, float]]:
    """For growing files the number of cells, and the most bytes a cell that Python held while reading."""
    for rows in (ROWS // 4, ROWS // 2, ROWS):
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "sample.xlsx"
            cells = write_sample(path, rows)
            tracemalloc.start()
            read_book(path)
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            yield cells, most / cells


def refuse_hostile() -> Iterator[Hostile]:
    """Let a process of its own refuse each file, since memory once taken is never given back."""
    with tempfile.TemporaryDirectory() as name:
        for made, make in HOSTILE.items():
            path = Path(name) / "hostile.xlsx"
            path.write_bytes(make())
            began = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-m", __spec__.name, path], capture_output=True, text=True, check=True
            )
            seconds = time.perf_counter() - began
            kibibytes, _, told = done.stdout.strip().partition(" ")
            yield Hostile(made, seconds, int(kibibytes) / 1024, told)


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _book(sheet: bytes) -> bytes:
    """A workbook of one tab."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    return _zipped(
        {
            "_rels/.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" Type="{office}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>'.encode(),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{office}"><sheets><sheet name="A" sheetId="1"'
            ' r:id="r1"/></sheets></workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1"'
            f' Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'.encode(),
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


def _rows(rows: str) -> bytes:
    return _book(f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode())


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))
    return _book(f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><worksheet>&a9;</worksheet>'.encode())


def _many_cells() -> bytes:
    return _rows(f"<row>{'<c><v>1</v></c>' * 200}</row>" * 15_500)


HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "zip bomb, 1 GB in one part": lambda: _zipped({"xl/workbook.xml": bytes(2**30)}),
    "zip bomb, 400 parts of 5 MB": lambda: _zipped({f"xl/{number}.xml": bytes(5 * MEGABYTE) for number in range(400)}),
    "billion laughs": _laughs,
    "a value at XFD1048576": lambda: _rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "more cells than a part may hold": _many_cells,
    "a million nested elements": lambda: _book(b"<a>" * 10**6),
    "100,000 parts": lambda: _zipped({f"xl/{number}.xml": b"" for number in range(100_000)}),
    "cut in the middle": lambda: _many_cells()[:100_000],
}


def _refuse(path: Path) -> None:
    found = read_book(path)
    assert isinstance(found, tuple), "this was to be refused"
    (peak,) = (line.split()[1] for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    print(peak, found[0].message.en)


if __name__ == "__main__":
    _refuse(Path(sys.argv[1]))
