"""The lines on what came back as the register keeps them: each as it stands in the ledger, found by what it is of."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any

from docgen.office.ledger import Entry
from docgen.office.returned_lines import FILING, KINDS, MARKS, told

TABLE = """
CREATE TABLE IF NOT EXISTS returns (
    id INTEGER PRIMARY KEY, event TEXT NOT NULL, key TEXT NOT NULL, number TEXT NOT NULL, line TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS returns_by_key ON returns (event, key);
CREATE INDEX IF NOT EXISTS returns_by_number ON returns (event, number);
"""
ADDED = "recovered"
"""What a line has besides that was put back into a ledger which had lost it."""


def put_in(base: sqlite3.Connection, entry: Entry) -> None:
    """Keep the line; one that is there already counts from now on, as if it were new."""
    details = {name: value for name, value in entry.details.items() if name != ADDED}
    plain = {**details, "on": entry.on.isoformat()}
    found = told(entry.event, plain)
    key, line = KINDS[entry.event].key(found), json.dumps(plain, sort_keys=True, allow_nan=False)
    if entry.event in MARKS:
        base.execute("DELETE FROM returns WHERE event IN (?, ?, ?) AND key = ?", (*MARKS, key))
    base.execute("DELETE FROM returns WHERE event = ? AND key = ? AND line = ?", (entry.event, key, line))
    row = (entry.event, key, getattr(found, "number", ""), line)
    base.execute("INSERT INTO returns (event, key, number, line) VALUES (?, ?, ?, ?)", row)


def lines_of(
    base: sqlite3.Connection, event: str, key: str | None = None, number: str = "", holding: str = ""
) -> Iterator[tuple[date, Any]]:
    """What the lines of that kind say, in the order of the ledger, with their days.

    Args:
        key: only those of that key; ``number``: of that paper, '' for all; ``holding``: in which that text stands.
    """
    ask, given = "SELECT line FROM returns WHERE event = ?", [event]
    if key is not None:
        ask, given = f"{ask} AND key = ?", [*given, key]
    if number:
        ask, given = f"{ask} AND number = ?", [*given, number]
    if holding:
        ask, given = f"{ask} AND instr(line, ?)", [*given, holding]
    for (line,) in base.execute(f"{ask} ORDER BY id", given).fetchall():
        plain = json.loads(line)
        yield date.fromisoformat(plain["on"]), KINDS[event].read(plain)


def lines_lacking(before: sqlite3.Connection, now: sqlite3.Connection) -> Iterator[Entry]:
    """The lines that the register knew ``before`` and doesn't ``now``.

    Behind one that lacks all others of its kind and key follow once more, as the last of them is to count again.
    """
    behind: set[tuple[str, str]] = set()
    for event, key, line in before.execute("SELECT event, key, line FROM returns ORDER BY id").fetchall():
        if (event, key) in behind or not _is_known(now, event, key, line):
            behind.add((event, key))
            details = json.loads(line)
            yield Entry(event, date.fromisoformat(details.pop("on")), details)


def _is_known(base: sqlite3.Connection, event: str, key: str, line: str) -> bool:
    """A filing of which the end is known is known too."""
    ask, given = "event = ? AND key = ? AND line = ?", [event, key, line]
    if event == FILING:
        ask, given = "event IN (?, ?, ?) AND key = ?", [*MARKS, key]
    return base.execute(f"SELECT 1 FROM returns WHERE {ask}", given).fetchone() is not None
