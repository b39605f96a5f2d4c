"""The register of an office: which revision of a document counts, by its number. An index of the ledger, made anew
from it wherever it is missing, behind, or of another ledger."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from docgen.model.issued import Holder, Issued, IssuedFile
from docgen.office.ledger import START, Entry, Fault, Ledger, Mark
from docgen.office.publish import PRIVATE, Access

REGISTER = "register.sqlite"
FORMAT = 1
SCHEMA = """
CREATE TABLE IF NOT EXISTS mark (format INTEGER, bytes INTEGER, lines INTEGER, prev TEXT, digest TEXT);
CREATE TABLE IF NOT EXISTS papers (number TEXT PRIMARY KEY, standing TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reserved (number TEXT PRIMARY KEY, folder TEXT NOT NULL) WITHOUT ROWID;
"""
BLOCK = 1 << 20
RESERVED, ISSUED, VOID = "reserved", "issued", "void"


class Register:
    """The index of ``ledger``; only what the ledger holds already is put in. ``kept``: in a file, for the next run.

    Raises:
        EnvironmentLacks: the ledger can't be read.
    """

    def __init__(self, out: Path, ledger: Ledger, access: Access = PRIVATE, kept: bool = True) -> None:
        self.kept = kept
        self.file = out / REGISTER
        self.ledger = ledger
        self.faults: tuple[Fault, ...] = ()
        self._access = access
        self._base = self._opened()

    def _opened(self) -> sqlite3.Connection:
        """The index, brought up to the ledger's end; from the beginning where it is not of this ledger."""
        with suppress(sqlite3.DatabaseError):
            base = self._connected()
            mark = self._mark(base)
            if mark is not None:
                self._follow(base, mark)
                return base
            base.close()
        if self.kept:
            self.file.unlink(missing_ok=True)
        base = self._connected()
        self._follow(base, START)
        return base

    def _connected(self) -> sqlite3.Connection:
        if self.kept and not self.file.exists():
            self.file.touch(self._access.file)
        base = sqlite3.connect(self.file if self.kept else ":memory:", isolation_level=None)
        base.executescript("PRAGMA synchronous = OFF;" + SCHEMA)
        return base

    def _mark(self, base: sqlite3.Connection) -> Mark | None:
        """Up to where the index knows the ledger; None where it was made of another one, or by another docgen."""
        row = base.execute("SELECT format, bytes, lines, prev, digest FROM mark").fetchone()
        if row is None or row[0] != FORMAT or row[4] != _digest(self.ledger.file, row[1]):
            return None
        return Mark(*row[1:4])

    def _follow(self, base: sqlite3.Connection, mark: Mark) -> None:
        """Put in what the ledger holds behind ``mark``."""
        history = self.ledger.read(mark)
        self.faults = history.faults
        if history.end == mark and mark != START:
            return
        with _transaction(base):
            self._put(base, history.entries)
            base.execute("DELETE FROM mark")
            end = history.end
            digest = _digest(self.ledger.file, end.offset)
            base.execute("INSERT INTO mark VALUES (?, ?, ?, ?, ?)", (FORMAT, end.offset, end.lines, end.prev, digest))

    def _put(self, base: sqlite3.Connection, entries: Iterable[Entry]) -> None:
        for entry in entries:
            if change := CHANGES.get(entry.event):
                change(base, entry)

    def standing(self, number: str) -> Issued | None:
        """The document of that number as it counts now; None where it was never issued."""
        row = self._base.execute("SELECT standing FROM papers WHERE number = ?", (number,)).fetchone()
        return issued_of(json.loads(row[0])) if row else None

    def all(self) -> Iterator[Issued]:
        """All documents that were issued, by number."""
        for (text,) in self._base.execute("SELECT standing FROM papers ORDER BY number"):
            yield issued_of(json.loads(text))

    def unfinished(self) -> list[tuple[str, str]]:
        """Documents that a stopped run was about to issue: number, and the folder in OUT with ``/``."""
        return list(self._base.execute("SELECT number, folder FROM reserved ORDER BY number"))

    def note(self, entries: Iterable[Entry]) -> None:
        """Put in what has just been added to the ledger; where the run stops here, the next one reads it there."""
        self._put(self._base, entries)

    def close(self) -> None:
        """Bring the mark up to the ledger's end, so that the next run needn't read it again."""
        mark = self._mark(self._base) or START
        self._follow(self._base, mark)
        self._base.close()


class _transaction:
    """All of it, or nothing."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base

    def __enter__(self) -> None:
        self.base.execute("BEGIN")

    def __exit__(self, kind: object, *_: object) -> None:
        self.base.execute("ROLLBACK" if kind else "COMMIT")


def _digest(file: Path, size: int) -> str:
    """SHA-256 of the first ``size`` bytes; '' where the file is shorter, or not there."""
    made, left = sha256(), size
    with suppress(FileNotFoundError), file.open("rb") as stream:
        while left and (block := stream.read(min(BLOCK, left))):
            made.update(block)
            left -= len(block)
    return "" if left else made.hexdigest()


def entry_of(issued: Issued) -> Entry:
    """The line of the ledger that says so."""
    plain = asdict(issued)
    plain["printed"] = issued.printed.isoformat()
    del plain["on"], plain["void"]
    return Entry(ISSUED, issued.on, plain)


def issued_of(plain: Mapping[str, Any]) -> Issued:
    """What a line says."""
    days = {name: date.fromisoformat(plain[name]) for name in ("on", "printed")}
    files = {name: IssuedFile(**one) for name, one in plain["files"].items()}
    known = {name: plain[name] for name in Issued.__dataclass_fields__ if name in plain}
    return Issued(**{**known, **days, "files": files, "holder": Holder(**plain["holder"])})


def _reserved(base: sqlite3.Connection, entry: Entry) -> None:
    base.execute("REPLACE INTO reserved VALUES (?, ?)", (entry.details["number"], entry.details["folder"]))


def _issued(base: sqlite3.Connection, entry: Entry) -> None:
    """A line of the same revision adds files to it."""
    new = issued_of({**entry.details, "on": entry.on.isoformat()})
    row = base.execute("SELECT standing FROM papers WHERE number = ?", (new.number,)).fetchone()
    before = issued_of(json.loads(row[0])) if row else None
    if before and before.revision == new.revision:
        new = replace(before, files={**before.files, **new.files})
    _keep(base, new)
    base.execute("DELETE FROM reserved WHERE number = ?", (new.number,))


def _void(base: sqlite3.Connection, entry: Entry) -> None:
    number = entry.details["number"]
    row = base.execute("SELECT standing FROM papers WHERE number = ?", (number,)).fetchone()
    if row:
        _keep(base, replace(issued_of(json.loads(row[0])), void=entry.details["why"]))


def _keep(base: sqlite3.Connection, issued: Issued) -> None:
    plain = {**asdict(issued), "on": issued.on.isoformat(), "printed": issued.printed.isoformat()}
    base.execute("REPLACE INTO papers VALUES (?, ?)", (issued.number, json.dumps(plain, ensure_ascii=False)))


CHANGES: Mapping[str, Callable[[sqlite3.Connection, Entry], None]] = {
    RESERVED: _reserved,
    ISSUED: _issued,
    VOID: _void,
}
"""What a line of the ledger changes in the index; lines of other kinds change nothing."""
