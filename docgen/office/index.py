"""The index of a ledger in a file of SQLite: brought up to the ledger's end, made anew wherever it is missing or
damaged, and left as it is where it knows what the ledger has lost."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Literal

from docgen.errors import EnvironmentLacks
from docgen.model.problems import Words
from docgen.office.entries import CHANGES, TABLES, UNFIT, lacking
from docgen.office.index_file import clear_away, digest_of, save, sum_of
from docgen.office.ledger import START, Entry, Fault, Ledger, Mark
from docgen.office.publish import PRIVATE, Access, explained

INDEX = "register.sqlite"
FORMAT = 7
MARK = """
CREATE TABLE IF NOT EXISTS mark (format INTEGER, bytes INTEGER, lines INTEGER, prev TEXT, digest TEXT, sum TEXT);
"""
DAMAGED = frozenset((sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_FORMAT))
PRIMARY = 0xFF
"""The part of SQLite's extended error codes that says which of its errors it is."""
Unfit = Literal["", "other", "damaged", "unread"]
"""Why the file says nothing: it is of another docgen, damaged, or can't be read just now; '' where it does, or none is
there."""
ADD_FAULT = """
INSERT INTO faults VALUES (?, ?, ?, ?, 1) ON CONFLICT (kind) DO UPDATE SET count = count + 1
"""

ANEW = Words(
    "{file} was damaged, or by another version of docgen; it has been made anew from the ledger",
    "{file}已损坏或由其他版本的 docgen 生成，已根据台账重新生成",
)
GONE = Words(
    "{file} was gone; it has been made anew from the ledger. Unless you removed it yourselves, compare the ledger with "
    "an anchor (docgen archive verify --anchor) or a backup: lines may have been cut off its end",
    "{file}缺失，已根据台账重新生成。如非自行删除，请用锚定值（docgen archive verify --anchor）或备份核对台账："
    "其末尾可能有行被删除",
)
HELD = Words(
    "{file}: another program holds it open (a viewer, a backup); close that, and start again. Nothing was written",
    "{file}：正被其他程序占用（如查看器、备份程序）；请关闭后重试。未写入任何内容",
)
LOST = Words(
    "{ledger} is no longer what the last run left: {file} knows {lines} lines, of which some are gone or were changed. "
    "Nothing is written until that is settled. Put the ledger back from a backup; without one, docgen recover -o {out} "
    "--why TEXT adds to it what {file} still knows",
    "{ledger} 与上次运行结束时不一致：{file} 记有{lines}行，其中有些已丢失或被改动。问题解决之前不会写入任何内容。"
    "请用备份恢复台账；没有备份时，请用 docgen recover -o {out} --why 原因 把 {file} 中仍有的记录补入台账",
)
ODD = Words(
    "{place}: this line of {on} ({event}) lacks what docgen needs; it is passed over. Put the ledger back from a "
    "backup; without one, docgen recover takes note of it",
    "{place}：{on}的这一行（{event}）缺少必要内容，已跳过。请用备份恢复台账；没有备份时，请用 docgen recover 登记此事",
)


class Index:
    """Only what the ledger holds already is put in. ``kept``: in a file, for the next run; ``unfit``: whether the file
    that was there said nothing.

    ``before``: the index that earlier runs kept, where it knows what the ledger no longer holds; it then stays as it
    is.

    Raises:
        EnvironmentLacks: the ledger can't be read.
    """

    def __init__(self, out: Path, ledger: Ledger, access: Access = PRIVATE, kept: bool = True) -> None:
        self.kept = kept
        self.file = out / INDEX
        self.ledger = ledger
        self.before: sqlite3.Connection | None = None
        self.unfit: Unfit = ""
        self._access = access
        self._once: list[Fault] = []
        self.base = self._opened()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the record: what was found now, and what nobody has taken note of since it was found."""
        rows = self.base.execute("SELECT kind, kind_zh, en, zh, count FROM faults ORDER BY rowid")
        known = (Fault(Words(en, zh), kind=Words(kind, kind_zh), count=n) for kind, kind_zh, en, zh, n in rows)
        return (*self._once, *known)

    def _opened(self) -> sqlite3.Connection:
        """The index in memory, brought up to the ledger's end; from the beginning where none is kept."""
        if self.kept:
            clear_away(self.file)
        is_there = os.path.lexists(self.file)
        if is_there and (base := self._known()):
            return base
        self.kept = self.kept and not self.before
        base = self._filled()
        if self.kept and self._saved(base):
            is_missed = base.execute("SELECT 1 FROM papers").fetchone()  # whoever issued one had a register
            if words := ANEW if is_there else GONE if is_missed else None:
                self._once.append(Fault(words.filled(file=self.file.name), torn=True, kind=words))
        return base

    def _known(self) -> sqlite3.Connection | None:
        """The index that earlier runs kept; None where it is damaged, or knows more than the ledger holds."""
        if not self.file.is_file() or self.file.is_symlink():
            self.unfit = "damaged"
            return None
        with ExitStack() as undone, self._held_up():
            base = sqlite3.connect(f"{self.file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
            undone.callback(base.close)
            if (known := self._mark(base)) is None:
                return None
            mark, digest = known
            if digest_of(self.ledger.file, mark.offset) != digest:
                undone.pop_all()
                self.before = base
                words = LOST.filled(
                    ledger=self.ledger.file, file=self.file.name, out=self.file.parent, lines=mark.lines
                )
                self._once.append(Fault(words, kind=LOST))
                return None
            copy = sqlite3.connect(":memory:", isolation_level=None)
            base.backup(copy)
            base.close()
            if self._follow(copy, mark) and self.kept:
                self._saved(copy)
            return copy
        return None

    @contextmanager
    def _held_up(self) -> Iterator[None]:
        """Tell a file that is damaged from one that can't be read just now: that may know what the ledger lost."""
        try:
            yield
        except OSError:
            self.unfit, self.kept = "unread", False
        except UnicodeDecodeError:  # a name in it is none: it is damaged
            self.unfit = "damaged"
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & PRIMARY
            if self.kept and code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise EnvironmentLacks(HELD.filled(file=self.file)) from error
            self.unfit = "damaged" if code in DAMAGED else "unread"
            self.kept = self.kept and code in DAMAGED

    def renew(self) -> None:
        """Give up the file that earlier runs kept, which knew more than the ledger, for what the ledger says by now.

        Raises:
            EnvironmentLacks: it can't be written.
        """
        if self.before:
            self.before.close()
            self.before = None
            self._follow_on()
            try:
                save(self.base, self.file, self._access)
            except OSError as error:
                raise explained(error, self.file) from error

    def _saved(self, base: sqlite3.Connection) -> bool:
        """Whether the disk took it; if not, the next run reads on."""
        with suppress(OSError):
            save(base, self.file, self._access)
            return True
        return False

    def _filled(self) -> sqlite3.Connection:
        base = sqlite3.connect(":memory:", isolation_level=None)
        base.executescript(MARK + TABLES)
        self._follow(base, START)
        return base

    def _mark(self, base: sqlite3.Connection) -> tuple[Mark, str] | None:
        """Up to where the index knows its ledger, and the SHA-256 of all that lies before; None where it is damaged, or
        by another docgen."""
        row = base.execute("SELECT format, bytes, lines, prev, digest, sum FROM mark").fetchone()
        is_sound = row is not None and row[5] == sum_of(base, row[:5])
        if not is_sound or row[0] != FORMAT:
            self.unfit = "other" if is_sound else "damaged"
            return None
        return Mark(*row[1:4]), row[4]

    def _follow(self, base: sqlite3.Connection, mark: Mark) -> bool:
        """Put in what the ledger holds behind ``mark``; whether it holds anything there."""
        history = self.ledger.read(mark)
        self._once += [fault for fault in history.faults if fault.torn]
        if mark != START and history.end == mark and not history.found:
            return False
        with _transaction(base):
            self._put(base, history.found)
            base.execute("DELETE FROM mark")
            end = history.end
            row = (FORMAT, end.offset, end.lines, end.prev, digest_of(self.ledger.file, end.offset))
            base.execute("INSERT INTO mark VALUES (?, ?, ?, ?, ?, ?)", (*row, sum_of(base, row)))
        return True

    def _follow_on(self) -> None:
        """Put in what was added to the ledger since the index was opened."""
        if self.base.in_transaction:
            self.base.execute("ROLLBACK")
        known = self._mark(self.base)
        self._follow(self.base, known[0] if known else START)

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
            place = f"{self.ledger.file}:{entry.line}"
            return Fault(ODD.filled(place=place, on=entry.on, event=entry.event), kind=ODD)
        return None

    def lacks(self) -> list[Entry]:
        """The lines that the ledger lacks of what the index that earlier runs kept knew."""
        return list(lacking(self.before, self.base)) if self.before else []

    def note(self, entries: Iterable[Entry]) -> None:
        """Take what has just been added to the ledger into account; it is put in for good when the run ends, or by the
        next one."""
        try:
            if not self.base.in_transaction:
                self.base.execute("BEGIN")
            self._put(self.base, entries)
        except sqlite3.Error:
            self.kept = False
            self.base = self._filled()

    def close(self) -> None:
        """Put in what the ledger holds by now, so that the next run needn't read it again; on a disk that takes it no
        more, that one will."""
        with closing(self.base), suppress(sqlite3.Error, EnvironmentLacks):
            if self.before:
                self.before.close()
            if self.kept and self.base.in_transaction:
                self._follow_on()
                self._saved(self.base)


class _transaction:
    """All of it, or nothing."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base

    def __enter__(self) -> None:
        self.base.execute("BEGIN")

    def __exit__(self, kind: object, *_: object) -> None:
        self.base.execute("ROLLBACK" if kind else "COMMIT")
