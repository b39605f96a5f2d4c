"""The lines on what came back as the register keeps them: each as it stands in the ledger, found by what it is of."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
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
    base: sqlite3.Connection, *events: str, key: str | None = None, number: str = "", holding: str = ""
) -> Iterator[tuple[date, Any]]:
    """What the lines of those kinds say, in the order of the ledger, with their days.

    Args:
        key: only those of that key; ``number``: of that paper, '' for all; ``holding``: in which that text stands.
    """
    ask, given = f"SELECT event, line FROM returns WHERE event IN ({', '.join('?' * len(events))})", [*events]
    if key is not None:
        ask, given = f"{ask} AND key = ?", [*given, key]
    if number:
        ask, given = f"{ask} AND number = ?", [*given, number]
    if holding:
        ask, given = f"{ask} AND instr(line, ?)", [*given, holding]
    for event, line in base.execute(f"{ask} ORDER BY id", given).fetchall():
        plain = json.loads(line)
        yield date.fromisoformat(plain["on"]), KINDS[event].read(plain)


def lines_lacking(before: sqlite3.Connection, now: sqlite3.Connection) -> Iterator[Entry]:
    """The lines that the register knew ``before`` and doesn't ``now``, or not in that order.

    Behind one that lacks all others of its story follow once more, as the last of them is to count again.
    """
    known: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for event, key, line in now.execute("SELECT event, key, line FROM returns ORDER BY id"):
        known[_story(event, key)].append((event, line))
    for event, key, line in before.execute("SELECT event, key, line FROM returns ORDER BY id").fetchall():
        left = known[_story(event, key)]
        place = _place(left, event, line)
        del left[: len(left) if place is None else place + 1]
        if place is None:
            details = json.loads(line)
            yield Entry(event, date.fromisoformat(details.pop("on")), details)


def _story(event: str, key: str) -> tuple[str, str]:
    return KINDS[event].story or event, key


def _place(left: Sequence[tuple[str, str]], event: str, line: str) -> int | None:
    """Where the line stands among those of its story; a filing of which the end is known is known too."""
    if event == FILING and left:
        return 0
    return left.index((event, line)) if (event, line) in left else None
