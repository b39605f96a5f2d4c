"""The register of an office: which revision of a document counts, by its number, and how each case stands. An index of
the ledger, made anew from it wherever it is missing, behind, or of another ledger."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from docgen.errors import EnvironmentLacks
from docgen.model.issued import Holder, Issued
from docgen.model.life import Life, life_of
from docgen.model.problems import Words
from docgen.office.entries import CHANGES, TABLES, UNFIT, holder_of, issued_of, lacking, standing
from docgen.office.ledger import START, Entry, Fault, Ledger, Mark
from docgen.office.publish import NEW_FILE, PRIVATE, Access

REGISTER = "register.sqlite"
FORMAT = 4
QUICK = "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA cache_spill = OFF;"
"""What a stopped machine leaves torn is found by its sum, and made anew."""
MARK = """
CREATE TABLE IF NOT EXISTS mark (format INTEGER, bytes INTEGER, lines INTEGER, prev TEXT, digest TEXT, sum TEXT);
"""
BLOCK = 1 << 20
ADD_FAULT = """
INSERT INTO faults VALUES (?, ?, ?, ?, 1) ON CONFLICT (kind) DO UPDATE SET count = count + 1
"""

ANEW = Words(
    "{file} was damaged, or by another version of docgen; it has been made anew from the ledger",
    "{file}已损坏或由其他版本的 docgen 生成，已根据台账重新生成",
)
LOST = Words(
    "{ledger} is no longer what the last run left: {file} knows {lines} lines, of which some are gone or were changed. "
    "Nothing is written until that is settled. Put the ledger back from a backup; without one, docgen recover -o {out} "
    "adds to it what {file} still knows. If {file} is another office's, delete it",
    "{ledger} 与上次运行结束时不一致：{file} 记有{lines}行，其中有些已丢失或被改动。问题解决之前不会写入任何内容。"
    "请用备份恢复台账；没有备份时，请用 docgen recover -o {out} 把 {file} 中仍有的记录补入台账。"
    "如果 {file} 属于其他单位，请将其删除",
)
ODD = Words(
    "{file}: a line of {on} ({event}) lacks what docgen needs; it is passed over. Put the ledger back from a backup; "
    "without one, docgen recover takes note of it",
    "{file}：{on}的一行（{event}）缺少必要内容，已跳过。请用备份恢复台账；没有备份时，请用 docgen recover 登记此事",
)


class Register:
    """The index of ``ledger``; only what the ledger holds already is put in. ``kept``: in a file, for the next run.

    ``before``: the index that earlier runs kept, where it knows what the ledger no longer holds; it then stays as it
    is.

    Raises:
        EnvironmentLacks: the ledger can't be read.
    """

    def __init__(self, out: Path, ledger: Ledger, access: Access = PRIVATE, kept: bool = True) -> None:
        self.kept = kept
        self.file = out / REGISTER
        self.ledger = ledger
        self.before: sqlite3.Connection | None = None
        self._access = access
        self._once: list[Fault] = []
        self._base = self._opened()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the record: what was found now, and what nobody has taken note of since it was found."""
        rows = self._base.execute("SELECT kind, kind_zh, en, zh, count FROM faults ORDER BY rowid")
        known = (Fault(Words(en, zh), kind=Words(kind, kind_zh), count=n) for kind, kind_zh, en, zh, n in rows)
        return (*self._once, *known)

    def _opened(self) -> sqlite3.Connection:
        """The index, brought up to the ledger's end; from the beginning where none is kept. On a disk that takes no
        file it is held in memory."""
        is_there = os.path.lexists(self.file)
        if is_there and (base := self._known()):
            return base
        if self.kept and not self.before:
            with suppress(sqlite3.Error, OSError):
                made = self._anew()
                if is_there:
                    self._once.append(Fault(ANEW.filled(file=self.file.name), torn=True, kind=ANEW))
                return made
        self.kept = False
        return self._filled(":memory:")

    def _known(self) -> sqlite3.Connection | None:
        """The index that earlier runs kept; None where it is damaged, or knows more than the ledger holds."""
        if not self.file.is_file() or self.file.is_symlink():
            return None
        mode = "rw" if self.kept else "ro"
        with ExitStack() as undone, suppress(sqlite3.Error, OSError):
            base = sqlite3.connect(f"{self.file.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
            undone.callback(base.close)
            base.executescript(QUICK)
            if (known := self._mark(base)) is None:
                return None
            mark, digest = known
            if _digest(self.ledger.file, mark.offset) != digest:
                undone.pop_all()
                self.before = base
                words = LOST.filled(
                    ledger=self.ledger.file, file=self.file.name, out=self.file.parent, lines=mark.lines
                )
                self._once.append(Fault(words, kind=LOST))
                return None
            if self.kept:
                with suppress(sqlite3.Error):  # on a disk that takes no more
                    self._follow(base, mark)
                    undone.pop_all()
                    return base
            self.kept = False
            copy = sqlite3.connect(":memory:", isolation_level=None)
            base.backup(copy)
            self._follow(copy, mark)
            return copy
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

    def _mark(self, base: sqlite3.Connection) -> tuple[Mark, str] | None:
        """Up to where the index knows its ledger, and the SHA-256 of all that lies before; None where it is damaged, or
        by another docgen."""
        row = base.execute("SELECT format, bytes, lines, prev, digest, sum FROM mark").fetchone()
        if row is None or row[0] != FORMAT or row[5] != _sum(base, row[:5]):
            return None
        return Mark(*row[1:4]), row[4]

    def _follow(self, base: sqlite3.Connection, mark: Mark) -> None:
        """Put in what the ledger holds behind ``mark``."""
        history = self.ledger.read(mark)
        self._once += [fault for fault in history.faults if fault.torn]
        if mark != START and history.end == mark and not history.found:
            return
        with _transaction(base):
            self._put(base, history.found)
            base.execute("DELETE FROM mark")
            end = history.end
            row = (FORMAT, end.offset, end.lines, end.prev, _digest(self.ledger.file, end.offset))
            base.execute("INSERT INTO mark VALUES (?, ?, ?, ?, ?, ?)", (*row, _sum(base, row)))

    def _put(self, base: sqlite3.Connection, found: Iterable[Entry | Fault]) -> None:
        for one in found:
            fault = one if isinstance(one, Fault) else self._changed(base, one)
            if fault and not fault.torn:
                base.execute(ADD_FAULT, (fault.kind.en, fault.kind.zh, fault.words.en, fault.words.zh))

    def _changed(self, base: sqlite3.Connection, entry: Entry) -> Fault | None:
        try:
            if change := CHANGES.get(entry.event):
                change(base, entry)
        except UNFIT:  # by another hand, or of a docgen to come
            return Fault(ODD.filled(file=self.ledger.file.name, on=entry.on, event=entry.event), kind=ODD)
        return None

    def lacks(self) -> list[Entry]:
        """The lines that the ledger lacks of what the index that earlier runs kept knew."""
        return list(lacking(self.before, self._base)) if self.before else []

    def standing(self, number: str) -> Issued | None:
        """The document of that number as it counts now; None where it was never issued."""
        return standing(self._base, number)

    def all(self) -> Iterator[Issued]:
        """All documents that were issued, by number."""
        for (text,) in self._base.execute("SELECT standing FROM papers ORDER BY number"):
            yield issued_of(json.loads(text))

    def lives(self) -> dict[str, Life]:
        """How each case stands about which something was decided."""
        return {case: life_of(json.loads(life)) for case, life in self._base.execute("SELECT id, life FROM cases")}

    def cases(self) -> dict[str, tuple[Holder, str]]:
        """The cases of which documents were issued: whose they are, and the day on which they begin (ISO, or '')."""
        parts = ", ".join(f"json_extract(standing, '$.{part}')" for part in ("case", "holder", "start"))
        rows = self._base.execute(f"SELECT DISTINCT {parts} FROM papers ORDER BY number")
        return {case: (holder_of(json.loads(holder)), start or "") for case, holder, start in rows}

    def numbers(self) -> list[str]:
        """The numbers of all documents that were issued."""
        return [number for (number,) in self._base.execute("SELECT number FROM papers ORDER BY number")]

    def reserved(self, number: str) -> Issued | None:
        """The document of that number as a stopped run was about to issue it."""
        row = self._base.execute("SELECT planned FROM reserved WHERE number = ?", (number,)).fetchone()
        return issued_of(json.loads(row[0])) if row else None

    def unfinished(self) -> list[Issued]:
        """All documents that a stopped run was about to issue."""
        rows = self._base.execute("SELECT planned FROM reserved ORDER BY number").fetchall()
        return [issued_of(json.loads(text)) for (text,) in rows]

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
            if self.before:
                self.before.close()
            if self.kept and self._base.in_transaction:
                self._base.execute("ROLLBACK")
                known = self._mark(self._base)
                self._follow(self._base, known[0] if known else START)


def lives_in(out: Path) -> Mapping[str, Life]:
    """How the cases stand of which something is on record in ``out``; who may not read there is told nothing.

    Raises:
        EnvironmentLacks: something stands there that is no ledger, or it can't be read.
    """
    ledger = Ledger(out)
    if not os.access(ledger.file, os.R_OK):
        return {}
    with closing(Register(out, ledger, kept=False)) as register:
        return register.lives()


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


def _digest(file: Path, size: int) -> str:
    """SHA-256 of the first ``size`` bytes; '' where the file is shorter, or not there."""
    made, left = sha256(), size
    with suppress(FileNotFoundError), file.open("rb") as stream:
        while left and (block := stream.read(min(BLOCK, left))):
            made.update(block)
            left -= len(block)
    return "" if left else made.hexdigest()
