"""Workbooks of other formats (.xls, .ods) and encrypted ones are opened in a child, which alone can die of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import docgen
from docgen.definitions.numbers import DIGITS
from docgen.definitions.results import Fault
from docgen.sources.foreign_child import FAULT, FIGURE, STAMP
from docgen.sources.grid import Book, CellValue, Figure, Grid, Stamp
from docgen.sources.guard import Refusal

PATIENCE = 45
"""Seconds of the clock; the child has its own limit of computing time."""
PACKAGE_FOLDER = Path(docgen.__file__).resolve().parent.parent


def read_ole(content: bytes, source: str, password: str) -> Book | bytes:
    """The book of an .xls; or, of an encrypted .xlsx, its bytes without the encryption."""
    answer, decrypted = _asked(content, password)
    return _book(answer, source, blind=True) if "tabs" in answer else decrypted


def read_ods(content: bytes, source: str) -> Book:
    """The book of an .ods that guard.open_zip let pass."""
    return _book(_asked(content)[0], source)


def _asked(content: bytes, password: str = "") -> tuple[dict[str, Any], bytes]:
    """What the child answers; a Refusal where it refuses, dies or is too slow."""
    # -P: nothing that lies in the user's folder is imported
    command = [sys.executable, "-P", "-m", "docgen.sources.foreign_child"]
    paths = (str(PACKAGE_FOLDER), os.environ.get("PYTHONPATH", ""))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    order = json.dumps({"password": password}).encode() + b"\n"
    try:
        child = subprocess.run(
            command, input=order + content, capture_output=True, env=environment, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Refusal("reader_stopped") from error
    line, _, rest = child.stdout.partition(b"\n")
    if child.returncode or not line:
        raise Refusal("reader_stopped")
    answer: dict[str, Any] = json.loads(line)
    if "refused" in answer:
        raise Refusal(answer["refused"], answer["value"], answer["cell"], **answer["details"])
    return answer, rest


def _book(answer: dict[str, Any], source: str, blind: bool = False) -> Book:
    return Book(source, tuple(_grid(tab) for tab in answer["tabs"]), answer.get("properties", {}), blind)


def _grid(tab: dict[str, Any]) -> Grid:
    rows = {number: [_cell(text) for text in row] for number, row in tab["rows"]}
    last = max(rows, default=0)
    merged = ((top, left, min(bottom, last), right) for top, left, bottom, right in tab["merged"] if top <= last)
    return Grid(tab["name"], rows, tuple(merged), frozenset(tab["hidden"]), tab["hidden_tab"])


def _cell(written: str | None) -> CellValue:
    if written is None:
        return None
    kind, text = written[0], written[1:]
    if kind == FIGURE:
        return Figure(text)
    if kind == STAMP:
        return Stamp(text)
    if kind == FAULT:
        fault, _, value = text.partition(" ")
        return Fault(fault, value, {"limit": DIGITS})
    return text
