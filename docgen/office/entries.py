"""What the lines of the ledger say of documents and cases, and what each kind of line changes in the register."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from docgen.model.issued import Issued
from docgen.model.life import life_of
from docgen.office import returned_index
from docgen.office.ledger import RECOVERED, Entry
from docgen.office.line_fields import read_as
from docgen.office.returned_lines import KINDS

TABLES = f"""
CREATE TABLE IF NOT EXISTS papers (number TEXT PRIMARY KEY, standing TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS earlier (
    number TEXT NOT NULL, revision INTEGER NOT NULL, standing TEXT NOT NULL, PRIMARY KEY (number, revision)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reserved (number TEXT PRIMARY KEY, planned TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS cases (id TEXT PRIMARY KEY, life TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, number TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sent (id TEXT PRIMARY KEY, line TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS faults (kind TEXT PRIMARY KEY, kind_zh TEXT, en TEXT, zh TEXT, count INTEGER);
{returned_index.TABLE}
"""
RESERVED, ISSUED, ABANDONED, VOID = "reserved", "issued", "abandoned", "void"
SENT = "sent"
CLOSED, REOPENED, PAUSED, RESUMED, EXTENDED = "closed", "reopened", "paused", "resumed", "extended"
RESTORED = "restored"
"""How a case stood, as the register knew it when the ledger had lost that."""
UNFIT = (
    *(KeyError, TypeError, ValueError, AttributeError, OverflowError),
    *(sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError),
)
"""What a line raises that lacks what its kind of line has, by another hand or of a docgen to come."""
DAYS = ("start", "end", "talk", "given", "replaced")
"""Fields of a document that are a day, or '' where there is none."""


def entry_of(issued: Issued, event: str = ISSUED) -> Entry:
    """The line of the ledger that says so: that it is issued, or that it is about to be."""
    plain = asdict(issued)
    plain["printed"] = issued.printed.isoformat()
    del plain["on"], plain["void"]
    return Entry(event, issued.on, plain)


def issued_of(plain: Mapping[str, Any]) -> Issued:
    """What a line says.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it lacks what makes it one (see UNFIT).
    """
    issued = read_as(Issued, plain)
    for day in filter(None, (getattr(issued, name) for name in DAYS)):
        date.fromisoformat(day)  # may find that it is none
    if not issued.files or "holder" not in plain:
        raise ValueError("no files, or nobody's")
    return issued


def void_of(issued: Issued, why: str, on: date) -> Entry:
    """The line that withdraws it."""
    return Entry(VOID, on, {"number": issued.number, "revision": issued.revision, "why": why})


def _reserved(base: sqlite3.Connection, entry: Entry) -> None:
    """The line holds all that the one of issue will say: whoever finds the files can complete it."""
    base.execute("REPLACE INTO reserved VALUES (?, ?)", (entry.details["number"], _text(_of(entry))))


def _abandoned(base: sqlite3.Connection, entry: Entry) -> None:
    base.execute("DELETE FROM reserved WHERE number = ?", (entry.details["number"],))


def _issued(base: sqlite3.Connection, entry: Entry) -> None:
    """A line of the same revision adds files to it."""
    new = _of(entry)
    last = standing(base, new.number)
    if last and (before := _revision(base, last, new.revision)):
        new = replace(before, files={**before.files, **new.files})
    if last and last.revision > new.revision:  # lines may have been moved
        _keep_earlier(base, new)
    else:
        if last and last.revision < new.revision:
            _keep_earlier(base, last)
        _keep(base, new)
    base.executemany("REPLACE INTO files VALUES (?, ?)", [(file.path, new.number) for file in new.files.values()])
    _abandoned(base, entry)


def _sent(base: sqlite3.Connection, entry: Entry) -> None:
    """Kept for who has to put back what a ledger lost; what it says is read from the ledger."""
    line = json.dumps({"on": entry.on.isoformat(), **entry.details}, sort_keys=True)
    base.execute("REPLACE INTO sent VALUES (?, ?)", (entry.details["id"], line))


def _void(base: sqlite3.Connection, entry: Entry) -> None:
    """A line that was moved behind a later revision withdraws only the one that it names."""
    number, why = entry.details["number"], entry.details["why"]
    if not isinstance(why, str):
        raise TypeError(why)
    last = standing(base, number)
    if last and (found := _revision(base, last, entry.details.get("revision", last.revision))):
        (_keep if found is last else _keep_earlier)(base, replace(found, void=why))


def _keep(base: sqlite3.Connection, issued: Issued) -> None:
    base.execute("REPLACE INTO papers VALUES (?, ?)", (issued.number, _text(issued)))


def _keep_earlier(base: sqlite3.Connection, issued: Issued) -> None:
    """A revision that another one has replaced: signed copies of it may still come back."""
    base.execute("REPLACE INTO earlier VALUES (?, ?, ?)", (issued.number, issued.revision, _text(issued)))


def standing(base: sqlite3.Connection, number: str) -> Issued | None:
    """The document of that number as it counts; None where it was never issued."""
    row = base.execute("SELECT standing FROM papers WHERE number = ?", (number,)).fetchone()
    return issued_of(json.loads(row[0])) if row else None


def revisions(base: sqlite3.Connection, number: str) -> dict[int, Issued]:
    """All revisions of the document of that number, the one that counts among them."""
    rows = base.execute("SELECT standing FROM earlier WHERE number = ? ORDER BY revision", (number,)).fetchall()
    earlier = [issued_of(json.loads(text)) for (text,) in rows]
    last = standing(base, number)
    return {one.revision: one for one in (*earlier, *([last] if last else []))}


def _revision(base: sqlite3.Connection, last: Issued, revision: int) -> Issued | None:
    """The same document as ``last``, in that revision."""
    return last if last.revision == revision else revisions(base, last.number).get(revision)


def _of(entry: Entry) -> Issued:
    return issued_of({**entry.details, "on": entry.on.isoformat()})


def _text(issued: Issued) -> str:
    plain = {**asdict(issued), "on": issued.on.isoformat(), "printed": issued.printed.isoformat()}
    return json.dumps(plain, allow_nan=False)  # SQLite reads no infinite numbers


def _lived(base: sqlite3.Connection, entry: Entry) -> None:
    """Each line says all of how the case stands from then on, so that none depends on those before."""
    life = entry.details["life"]
    life_of(life)  # may find that it is none
    base.execute("REPLACE INTO cases VALUES (?, ?)", (entry.details["case"], json.dumps(life)))


def _recovered(base: sqlite3.Connection, _: Entry) -> None:
    base.execute("DELETE FROM faults")


CHANGES: Mapping[str, Callable[[sqlite3.Connection, Entry], None]] = {
    RESERVED: _reserved,
    ISSUED: _issued,
    ABANDONED: _abandoned,
    VOID: _void,
    RECOVERED: _recovered,
    SENT: _sent,
    **dict.fromkeys((CLOSED, REOPENED, PAUSED, RESUMED, EXTENDED, RESTORED), _lived),
    **dict.fromkeys(KINDS, returned_index.put_in),
}
"""What a line of the ledger changes in the index; lines of other kinds change nothing."""


def lacking(before: sqlite3.Connection, now: sqlite3.Connection) -> Iterator[Entry]:
    """The lines that bring the index ``now`` to what another one knew ``before``; where it knows more, it counts."""
    for (number,) in before.execute("SELECT number FROM papers ORDER BY number").fetchall():
        for known in revisions(before, number).values():
            yield from _lacking(known, now)
    for (text,) in before.execute("SELECT planned FROM reserved ORDER BY number"):
        if not now.execute("SELECT 1 FROM reserved WHERE planned = ?", (text,)).fetchone():
            yield entry_of(issued_of(json.loads(text)), RESERVED)
    for case, life in before.execute("SELECT id, life FROM cases ORDER BY id"):
        if not now.execute("SELECT 1 FROM cases WHERE id = ? AND life = ?", (case, life)).fetchone():
            yield Entry(RESTORED, date.today(), {"case": case, "life": json.loads(life)})
    for mark, line in before.execute("SELECT id, line FROM sent ORDER BY id"):
        if not now.execute("SELECT 1 FROM sent WHERE id = ?", (mark,)).fetchone():
            details = json.loads(line)
            yield Entry(SENT, date.fromisoformat(details.pop("on")), details)
    yield from returned_index.lines_lacking(before, now)


def _lacking(known: Issued, now: sqlite3.Connection) -> Iterator[Entry]:
    """Of a revision of a document: files that are others or not there, all of it, that it was withdrawn."""
    found = revisions(now, known.number).get(known.revision)
    same = found.files if found else {}
    files = {name: file for name, file in known.files.items() if same.get(name) != file}
    if files:
        yield entry_of(replace(known, files=files if same else known.files))
    if known.void and not (found and found.void):
        yield void_of(known, known.void, known.on)
