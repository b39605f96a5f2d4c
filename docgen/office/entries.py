"""What the lines of the ledger say of documents and cases, and what each kind of line changes in the register."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from docgen.model.issued import Holder, Issued, IssuedFile
from docgen.model.life import life_of
from docgen.office.ledger import Entry

TABLES = """
CREATE TABLE IF NOT EXISTS papers (number TEXT PRIMARY KEY, standing TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS reserved (number TEXT PRIMARY KEY, folder TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cases (id TEXT PRIMARY KEY, life TEXT NOT NULL) WITHOUT ROWID;
"""
RESERVED, ISSUED, VOID = "reserved", "issued", "void"
CLOSED, REOPENED, PAUSED, RESUMED, EXTENDED = "closed", "reopened", "paused", "resumed", "extended"
UNFIT = (
    *(KeyError, TypeError, ValueError, AttributeError, OverflowError),
    *(sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError),
)
"""What a line raises that lacks what its kind of line has, by another hand or of a docgen to come."""


def entry_of(issued: Issued) -> Entry:
    """The line of the ledger that says so."""
    plain = asdict(issued)
    plain["printed"] = issued.printed.isoformat()
    del plain["on"], plain["void"]
    return Entry(ISSUED, issued.on, plain)


def issued_of(plain: Mapping[str, Any]) -> Issued:
    """What a line says."""
    days = {name: date.fromisoformat(plain[name]) for name in ("on", "printed")}
    files = {name: IssuedFile(**_own(IssuedFile, one)) for name, one in plain["files"].items()}
    holder = Holder(**_own(Holder, plain["holder"]))
    return Issued(
        **{
            **_own(Issued, plain),
            **days,
            "files": files,
            "holder": holder,
            "revision": int(plain["revision"]),
            "changed": tuple(plain.get("changed", ())),
        }
    )


def _own(kind: type, plain: Mapping[str, Any]) -> dict[str, Any]:
    """What a class knows of a line; a docgen to come may know more."""
    return {one.name: plain[one.name] for one in fields(kind) if one.name in plain}


def _reserved(base: sqlite3.Connection, entry: Entry) -> None:
    base.execute("REPLACE INTO reserved VALUES (?, ?)", (entry.details["number"], entry.details["folder"]))


def _issued(base: sqlite3.Connection, entry: Entry) -> None:
    """A line of the same revision adds files to it."""
    new = issued_of({**entry.details, "on": entry.on.isoformat()})
    row = base.execute("SELECT standing FROM papers WHERE number = ?", (new.number,)).fetchone()
    before = issued_of(json.loads(row[0])) if row else None
    if before and before.revision == new.revision:
        new = replace(before, files={**before.files, **new.files})
    if not before or before.revision <= new.revision:  # lines may have been moved
        _keep(base, new)
    base.execute("DELETE FROM reserved WHERE number = ?", (new.number,))


def _void(base: sqlite3.Connection, entry: Entry) -> None:
    number = entry.details["number"]
    row = base.execute("SELECT standing FROM papers WHERE number = ?", (number,)).fetchone()
    if row:
        _keep(base, replace(issued_of(json.loads(row[0])), void=entry.details["why"]))


def _keep(base: sqlite3.Connection, issued: Issued) -> None:
    plain = {**asdict(issued), "on": issued.on.isoformat(), "printed": issued.printed.isoformat()}
    base.execute("REPLACE INTO papers VALUES (?, ?)", (issued.number, json.dumps(plain)))


def _lived(base: sqlite3.Connection, entry: Entry) -> None:
    """Each line says all of how the case stands from then on, so that none depends on those before."""
    life = entry.details["life"]
    life_of(life)  # may find that it is none
    base.execute("REPLACE INTO cases VALUES (?, ?)", (entry.details["case"], json.dumps(life)))


CHANGES: Mapping[str, Callable[[sqlite3.Connection, Entry], None]] = {
    RESERVED: _reserved,
    ISSUED: _issued,
    VOID: _void,
    **dict.fromkeys((CLOSED, REOPENED, PAUSED, RESUMED, EXTENDED), _lived),
}
"""What a line of the ledger changes in the index; lines of other kinds change nothing."""
