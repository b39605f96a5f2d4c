"""What the lines of the ledger say of documents and cases, and what each kind of line changes in the register."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from docgen.model.issued import Holder, Issued, IssuedFile
from docgen.model.life import life_of
from docgen.office.ledger import RECOVERED, Entry

TABLES = """
CREATE TABLE IF NOT EXISTS papers (number TEXT PRIMARY KEY, standing TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS reserved (number TEXT PRIMARY KEY, planned TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS cases (id TEXT PRIMARY KEY, life TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, number TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sent (id TEXT PRIMARY KEY, line TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS faults (kind TEXT PRIMARY KEY, kind_zh TEXT, en TEXT, zh TEXT, count INTEGER);
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


def _are_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)


FITS: Mapping[str, Callable[[Any], bool]] = {
    "str": lambda value: isinstance(value, str),
    "int": lambda value: isinstance(value, int),
    "bool": lambda value: isinstance(value, bool),
    "Sequence[str]": _are_texts,
    "Mapping[str, str]": lambda value: isinstance(value, dict) and _are_texts([*value, *value.values()]),
}
"""Whether a value of JSON is what the annotation of a field says; what is a class of its own is looked at by itself."""
FITTING: Mapping[type, Mapping[str, Callable[[Any], bool]]] = {
    kind: {one.name: FITS.get(str(one.type), lambda _: True) for one in fields(kind)}
    for kind in (Issued, IssuedFile, Holder)
}
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
    days = {name: date.fromisoformat(plain[name]) for name in ("on", "printed")}
    for day in filter(None, (plain.get(name) for name in DAYS)):
        date.fromisoformat(day)  # may find that it is none
    files = {name: IssuedFile(**_own(IssuedFile, one)) for name, one in plain["files"].items()}
    if not files:
        raise ValueError("no files")
    holder = holder_of(plain["holder"])
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


def holder_of(plain: Mapping[str, Any]) -> Holder:
    return Holder(**_own(Holder, plain))


def void_of(issued: Issued, why: str, on: date) -> Entry:
    """The line that withdraws it."""
    return Entry(VOID, on, {"number": issued.number, "revision": issued.revision, "why": why})


def _own(kind: type, plain: Mapping[str, Any]) -> dict[str, Any]:
    """What a class knows of a line; a docgen to come may know more."""
    found = {name: plain[name] for name in FITTING[kind] if name in plain}
    for name, value in found.items():
        if not FITTING[kind][name](value):
            raise TypeError(name)
    return found


def _reserved(base: sqlite3.Connection, entry: Entry) -> None:
    """The line holds all that the one of issue will say: whoever finds the files can complete it."""
    base.execute("REPLACE INTO reserved VALUES (?, ?)", (entry.details["number"], _text(_of(entry))))


def _abandoned(base: sqlite3.Connection, entry: Entry) -> None:
    base.execute("DELETE FROM reserved WHERE number = ?", (entry.details["number"],))


def _issued(base: sqlite3.Connection, entry: Entry) -> None:
    """A line of the same revision adds files to it."""
    new = _of(entry)
    before = standing(base, new.number)
    if before and before.revision == new.revision:
        new = replace(before, files={**before.files, **new.files})
    if not before or before.revision <= new.revision:  # lines may have been moved
        _keep(base, new)
    base.executemany("REPLACE INTO files VALUES (?, ?)", [(file.path, new.number) for file in new.files.values()])
    _abandoned(base, entry)


def _sent(base: sqlite3.Connection, entry: Entry) -> None:
    """Kept for who has to put back what a ledger lost; what it says is read from the ledger."""
    line = json.dumps({"on": entry.on.isoformat(), **entry.details}, sort_keys=True)
    base.execute("REPLACE INTO sent VALUES (?, ?)", (entry.details["id"], line))


def _void(base: sqlite3.Connection, entry: Entry) -> None:
    """A line that was moved behind a later revision withdraws nothing."""
    before = standing(base, entry.details["number"])
    if before and entry.details.get("revision", before.revision) == before.revision:
        _keep(base, replace(before, void=entry.details["why"]))


def _keep(base: sqlite3.Connection, issued: Issued) -> None:
    base.execute("REPLACE INTO papers VALUES (?, ?)", (issued.number, _text(issued)))


def standing(base: sqlite3.Connection, number: str) -> Issued | None:
    """The document of that number as it counts; None where it was never issued."""
    row = base.execute("SELECT standing FROM papers WHERE number = ?", (number,)).fetchone()
    return issued_of(json.loads(row[0])) if row else None


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
}
"""What a line of the ledger changes in the index; lines of other kinds change nothing."""


def lacking(before: sqlite3.Connection, now: sqlite3.Connection) -> Iterator[Entry]:
    """The lines that bring the index ``now`` to what another one knew ``before``; where it knows more, it counts."""
    for (text,) in before.execute("SELECT standing FROM papers ORDER BY number"):
        yield from _lacking(issued_of(json.loads(text)), now)
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


def _lacking(known: Issued, now: sqlite3.Connection) -> Iterator[Entry]:
    """Of one document: a later revision, files of the same that are others or not there, that it was withdrawn."""
    found = standing(now, known.number)
    if found and found.revision > known.revision:
        return
    same = found.files if found and found.revision == known.revision else {}
    files = {name: file for name, file in known.files.items() if same.get(name) != file}
    if files:
        yield entry_of(replace(known, files=files if same else known.files))
    if known.void and not (found and found.revision == known.revision and found.void):
        yield void_of(known, known.void, known.on)
