"""The register of an office: which revision of a document counts, by its number, and how each case stands. An index of
the ledger, made anew from it wherever it is missing, behind, or of another ledger."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from docgen.errors import EnvironmentLacks
from docgen.model.issued import Issued
from docgen.model.life import Life, life_of
from docgen.model.problems import Words
from docgen.office.entries import CHANGES, TABLES, UNFIT, issued_of
from docgen.office.ledger import START, Entry, Fault, Ledger, Mark
from docgen.office.publish import NEW_FILE, PRIVATE, Access

REGISTER = "register.sqlite"
FORMAT = 3
QUICK = "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA cache_spill = OFF;"
"""What a stopped machine leaves torn is found by its sum, and made anew."""
MARK = """
CREATE TABLE IF NOT EXISTS mark (format INTEGER, bytes INTEGER, lines INTEGER, prev TEXT, digest TEXT, sum TEXT);
"""
BLOCK = 1 << 20


ANEW = Words(
    "{file} did not fit the ledger, or was damaged; it has been made anew from the ledger",
    "{file}与台账不符或已损坏，已根据台账重新生成",
)
ODD = Words(
    "{file}: a line of {on} ({event}) lacks what docgen needs; it is passed over",
    "{file}：{on}的一行（{event}）缺少必要内容，已跳过",
)


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
        """The index, brought up to the ledger's end; from the beginning where it is not of this ledger. On a disk that
        takes no file it is held in memory."""
        if not self.kept and (base := self._current()):
            return base
        known = self.kept and os.path.lexists(self.file)
        for begin in (self._known, self._anew) if self.kept else ():
            with suppress(sqlite3.Error, OSError):
                if base := begin():
                    if known and begin == self._anew:
                        self.faults += (_fault(ANEW, self.file.name),)
                    return base
        self.kept = False
        return self._filled(":memory:")

    def _known(self) -> sqlite3.Connection | None:
        """The file that earlier runs kept."""
        if not self.file.is_file() or self.file.is_symlink():
            return None
        base = sqlite3.connect(self.file, isolation_level=None)
        try:
            base.executescript(QUICK)
            if mark := self._mark(base):
                self._follow(base, mark)
                return base
        except BaseException:
            base.close()
            raise
        base.close()
        return None

    def _anew(self) -> sqlite3.Connection:
        self.file.unlink(missing_ok=True)
        os.close(os.open(self.file, NEW_FILE, self._access.file))
        if self._access is not PRIVATE:
            self.file.chmod(self._access.file)
        return self._filled(str(self.file))

    def _filled(self, place: str) -> sqlite3.Connection:
        base = sqlite3.connect(place, isolation_level=None)
        base.executescript(QUICK + MARK + TABLES)
        self._follow(base, START)
        return base

    def _current(self) -> sqlite3.Connection | None:
        """The file that runs keep, to be read only; None where it doesn't end where the ledger does."""
        with suppress(sqlite3.DatabaseError, OSError):
            base = sqlite3.connect(f"{self.file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
            mark = self._mark(base)
            if mark is not None and mark.offset == self.ledger.file.stat().st_size:
                return base
            base.close()
        return None

    def _mark(self, base: sqlite3.Connection) -> Mark | None:
        """Up to where the index knows the ledger; None where it is damaged, of another ledger, or by another docgen."""
        row = base.execute("SELECT format, bytes, lines, prev, digest, sum FROM mark").fetchone()
        if row is None or row[5] != _sum(base, row[:5]) or row[0] != FORMAT:
            return None
        return Mark(*row[1:4]) if row[4] == _digest(self.ledger.file, row[1]) else None

    def _follow(self, base: sqlite3.Connection, mark: Mark) -> None:
        """Put in what the ledger holds behind ``mark``."""
        history = self.ledger.read(mark)
        self.faults = history.faults
        if mark != START and history.end == mark and not history.entries:
            return
        with _transaction(base):
            self._put(base, history.entries)
            base.execute("DELETE FROM mark")
            end = history.end
            row = (FORMAT, end.offset, end.lines, end.prev, _digest(self.ledger.file, end.offset))
            base.execute("INSERT INTO mark VALUES (?, ?, ?, ?, ?, ?)", (*row, _sum(base, row)))

    def _put(self, base: sqlite3.Connection, entries: Iterable[Entry]) -> None:
        for entry in entries:
            try:
                if change := CHANGES.get(entry.event):
                    change(base, entry)
            except UNFIT:  # by another hand, or of a docgen to come
                self.faults += (_fault(ODD, self.ledger.file.name, on=entry.on, event=entry.event),)

    def standing(self, number: str) -> Issued | None:
        """The document of that number as it counts now; None where it was never issued."""
        row = self._base.execute("SELECT standing FROM papers WHERE number = ?", (number,)).fetchone()
        return issued_of(json.loads(row[0])) if row else None

    def all(self) -> Iterator[Issued]:
        """All documents that were issued, by number."""
        for (text,) in self._base.execute("SELECT standing FROM papers ORDER BY number"):
            yield issued_of(json.loads(text))

    def lives(self) -> dict[str, Life]:
        """How each case stands about which something was decided."""
        return {case: life_of(json.loads(life)) for case, life in self._base.execute("SELECT id, life FROM cases")}

    def cases(self) -> dict[str, str]:
        """The cases of which documents were issued, each with the number of its employee."""
        parts = "json_extract(standing, '$.case'), json_extract(standing, '$.holder.employee_no')"
        return dict(self._base.execute(f"SELECT DISTINCT {parts} FROM papers ORDER BY number"))

    def numbers(self) -> list[str]:
        """The numbers of all documents that were issued."""
        return [number for (number,) in self._base.execute("SELECT number FROM papers ORDER BY number")]

    def unfinished(self) -> list[tuple[str, str]]:
        """Documents that a stopped run was about to issue: number, and the folder in OUT with ``/``."""
        return list(self._base.execute("SELECT number, folder FROM reserved ORDER BY number"))

    def note(self, entries: Iterable[Entry]) -> None:
        """Take what has just been added to the ledger into account; it is put in for good when the run ends, or by the
        next one."""
        try:
            if not self._base.in_transaction:
                self._base.execute("BEGIN")
            self._put(self._base, entries)
        except sqlite3.Error:
            self.kept = False
            self._base = self._filled(":memory:")

    def close(self) -> None:
        """Put in what the ledger holds by now, so that the next run needn't read it again; on a disk that takes it no
        more, that one will."""
        with closing(self._base), suppress(sqlite3.Error, EnvironmentLacks):
            if self.kept and self._base.in_transaction:
                self._base.execute("ROLLBACK")
                self._follow(self._base, self._mark(self._base) or START)


def lives_in(out: Path) -> Mapping[str, Life]:
    """How the cases stand of which something is on record in ``out``; who may not read there is told nothing."""
    ledger = Ledger(out)
    try:
        if not ledger.file.is_file():
            return {}
        with closing(Register(out, ledger, kept=False)) as register:
            return register.lives()
    except (EnvironmentLacks, OSError):
        return {}


class _transaction:
    """All of it, or nothing."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base

    def __enter__(self) -> None:
        self.base.execute("BEGIN")

    def __exit__(self, kind: object, *_: object) -> None:
        self.base.execute("ROLLBACK" if kind else "COMMIT")


def _sum(base: sqlite3.Connection, mark: Sequence[Any]) -> str:
    """SHA-256 of all that stands in the index: a damaged one must not pass for what the ledger says."""
    made = sha256(repr(tuple(mark)).encode())
    tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'mark' ORDER BY name")
    for (table,) in tables.fetchall():
        for row in base.execute(f'SELECT * FROM "{table}" ORDER BY 1'):
            made.update(repr(row).encode())
    return made.hexdigest()


def _fault(words: Words, file: str, **names: Any) -> Fault:
    """Something that nothing is lost by."""
    return Fault(Words(*(words[one].format(file=file, **names) for one in ("en", "zh"))), torn=True, kind=words)


def _digest(file: Path, size: int) -> str:
    """SHA-256 of the first ``size`` bytes; '' where the file is shorter, or not there."""
    made, left = sha256(), size
    with suppress(FileNotFoundError), file.open("rb") as stream:
        while left and (block := stream.read(min(BLOCK, left))):
            made.update(block)
            left -= len(block)
    return "" if left else made.hexdigest()
