"""The ledger of an office: a line for each thing that happened, added at the end and never changed.

``OUT/ledger.jsonl`` holds one JSON object a line, UTF-8, its keys sorted. Each has ``event`` (what happened), ``date``,
``format`` (the version of this form), and ``prev``: the SHA-256 of the line before, of its bytes without the line's
end; "" in the first. So a line that was changed, cut out or moved shows.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from docgen.errors import EnvironmentLacks
from docgen.model.problems import Words
from docgen.office.publish import PRIVATE, Access, explained, make_folder, sync_folder

LEDGER = "ledger.jsonl"
FORMAT = 1
OWN = frozenset({"event", "date", "format", "prev"})
RECOVERED = "recovered"
"""A line by which somebody took note of what is wrong with those before it."""
ADD = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

TORN = Words(
    "{place}: this line was not written in full, as happens when a run is stopped; it is passed over",
    "{place}：该行未写完整（运行中断时会出现），已跳过",
)
UNREADABLE = Words(
    "{place}: this line can't be read; somebody has changed it, or the disk is damaged. Put the ledger back from a "
    "backup; without one, docgen recover takes note of it, and all other lines count",
    "{place}：该行无法读取：内容被改动，或磁盘已损坏。请用备份恢复台账；"
    "没有备份时，请用 docgen recover 登记此事，其余各行继续有效",
)
BROKEN = Words(
    "{place}: this line does not follow line {before}: that one was changed, or lines between the two were taken out "
    "or moved. Put the ledger back from a backup; without one, docgen recover takes note of it, and all lines that can "
    "be read count",
    "{place}：该行与第{before}行不衔接：第{before}行被改动，或两行之间有行被删除或移动。"
    "请用备份恢复台账；没有备份时，请用 docgen recover 登记此事，能读取的行继续有效",
)
BROKEN_FIRST = Words(
    "{place}: lines before this one were taken out. Put the ledger back from a backup; without one, docgen recover "
    "takes note of it, and all lines that can be read count",
    "{place}：该行之前有行被删除。请用备份恢复台账；没有备份时，请用 docgen recover 登记此事，能读取的行继续有效",
)
NEWER = Words(
    "{place}: this line is of a newer docgen (form {format}); it is read as far as it is understood",
    "{place}：该行由更新版本的 docgen 写入（格式{format}），仅读取可识别的内容",
)
ALIKE = Words(" (and {count} more lines like it)", "（另有{count}行情况相同）")
NO_LEDGER = Words(
    "{file}: a folder or a link stands where the ledger is to be; move it away",
    "{file}：台账的位置上是文件夹或链接，请将其移走",
)
UNREAD = Words("{file}: can't be read: {reason}", "{file}：无法读取：{reason}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what happened, when, and all else that was recorded of it. ``line``: where it stands in the ledger,
    counted from 1; 0 of one that is still to be added."""

    event: str
    on: date
    details: Mapping[str, Any] = field(default_factory=dict)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line. ``torn``: it was left half written by a run that was stopped, and nothing is lost.
    ``kind``: the sentence without its place; ``count``: so many lines are like this one, itself among them."""

    words: Words
    torn: bool = False
    kind: Words = TORN
    count: int = 1

    @property
    def told(self) -> Words:
        """The sentence, with how many more lines are like this one."""
        if self.count == 1:
            return self.words
        return Words(*(self.words[one] + ALIKE[one].format(count=self.count - 1) for one in ("en", "zh")))


@dataclass(frozen=True, slots=True)
class Mark:
    """A place between two lines: how many bytes and lines lie before it, and the hash of the last of them."""

    offset: int = 0
    lines: int = 0
    prev: str = ""


START = Mark()


@dataclass(frozen=True, slots=True)
class History:
    """All that could be read and what is wrong, line by line, and where the last whole line ends."""

    found: tuple[Entry | Fault, ...] = ()
    end: Mark = START

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(one for one in self.found if isinstance(one, Entry))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong, and nobody has taken note of since; of faults alike the first, with how many there are."""
        first: dict[Words, Fault] = {}
        for one in self.found:
            if isinstance(one, Fault):
                known = first.get(one.kind)
                first[one.kind] = replace(known, count=known.count + 1) if known else one
            elif one.event == RECOVERED:
                first.clear()
        return tuple(first.values())


class Ledger:
    """The ledger in the folder ``out``; ``access``: the modes of a new one."""

    def __init__(self, out: Path, access: Access = PRIVATE) -> None:
        self.file = out / LEDGER
        self.access = access
        self._end = (0, "")  # the size of the file after the last line that was added, and that line's hash

    def append(self, entries: Iterable[Entry]) -> None:
        """Add ``entries`` in one write, which is on the disk when this returns.

        What a stopped run left half written stays as a line of its own, so that nothing is ever taken out.

        Raises:
            EnvironmentLacks: the file can't be written.
        """
        new = list(entries)
        if not new:
            return
        try:
            fresh = not self.file.exists()
            make_folder(self.file.parent, self.access)
            handle = os.open(self.file, ADD, 0o600)
            with open(handle, "r+b", buffering=0) as file:
                if fresh and self.access is not PRIVATE:
                    os.fchmod(handle, self.access.file)
                size, prev = os.fstat(handle).st_size, self._end[1]
                gap = b""
                if size != self._end[0]:  # another run, or the first line of this one
                    before = file.read()
                    lines = _split(before)
                    prev = _hash(lines[-1]) if lines else ""
                    gap = b"" if not before or before.endswith(b"\n") else b"\n"
                data, last = _chained(new, prev)
                if os.write(handle, gap + data) < len(gap + data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.file))
                os.fsync(handle)
                if fresh:
                    sync_folder(self.file.parent)
                self._end = (size + len(gap) + len(data), last)
        except OSError as error:
            if not self._is_ledger():
                raise _lacks(NO_LEDGER, self.file) from error
            raise explained(error, self.file) from error

    def read(self, after: Mark = START) -> History:
        """Everything in the ledger behind ``after``; nothing where there is none.

        Raises:
            EnvironmentLacks: something stands there that is no ledger, or the file can't be read.
        """
        if not self._is_ledger():
            raise _lacks(NO_LEDGER, self.file)
        try:
            with self.file.open("rb") as file:
                file.seek(after.offset)
                data = file.read()
        except FileNotFoundError:
            return History()
        except OSError as error:
            raise _lacks(UNREAD, self.file, error.strerror or type(error).__name__) from error
        whole = _split(data[: data.rfind(b"\n") + 1])
        prev = _hash(whole[-1]) if whole else after.prev
        end = Mark(after.offset + sum(len(line) + 1 for line in whole), after.lines + len(whole), prev)
        return History(tuple(self._lines(data, after)), end)

    def _is_ledger(self) -> bool:
        """Whether a plain file stands there, or nothing: a folder, a link or a pipe is none of ours."""
        return not os.path.lexists(self.file) or (self.file.is_file() and not self.file.is_symlink())

    def _lines(self, data: bytes, after: Mark) -> Iterator[Entry | Fault]:
        prev = after.prev
        lines = _split(data)
        for at, line in enumerate(lines, start=1):
            number = after.lines + at
            place = f"{self.file}:{number}"
            plain = _plain(line)
            entry = plain and _entry(plain)
            if not plain or not entry:
                follows = at < len(lines) and (_plain(lines[at]) or {}).get("prev") == _hash(line)
                torn = follows or (at == len(lines) and not data.endswith(b"\n"))
                yield _fault(TORN if torn else UNREADABLE, place, torn=torn)
            else:
                if plain.get("prev") != prev:
                    yield _fault(BROKEN if number > 1 else BROKEN_FIRST, place, before=number - 1)
                if plain.get("format") != FORMAT:
                    yield _fault(NEWER, place, format=plain.get("format"))
                yield replace(entry, line=number)
            prev = _hash(line)


def _chained(entries: Iterable[Entry], prev: str) -> tuple[bytes, str]:
    """The lines of ``entries``, and the hash of the last; ``prev``: that of the line before."""
    added: list[bytes] = []
    for entry in entries:
        assert not OWN & entry.details.keys(), "a detail would hide what each line holds"
        own = {"event": entry.event, "date": entry.on.isoformat(), "format": FORMAT, "prev": prev}
        line = json.dumps({**entry.details, **own}, ensure_ascii=False, sort_keys=True)
        data = line.encode("utf-8", "backslashreplace")
        prev = _hash(data)
        added += (data, b"\n")
    return b"".join(added), prev


def _split(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    return lines[:-1] if not lines[-1] else lines


def _hash(line: bytes) -> str:
    return sha256(line).hexdigest()


def _plain(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _entry(plain: Mapping[str, Any]) -> Entry | None:
    event, day = plain.get("event"), plain.get("date")
    try:
        on = date.fromisoformat(str(day))
    except ValueError:
        return None
    if not isinstance(event, str):
        return None
    return Entry(event, on, {name: value for name, value in plain.items() if name not in OWN})


def _fault(words: Words, place: str, torn: bool = False, **names: Any) -> Fault:
    return Fault(Words(*(words[one].format(place=place, **names) for one in ("en", "zh"))), torn, words)


def _lacks(words: Words, file: Path, reason: str = "") -> EnvironmentLacks:
    return EnvironmentLacks(Words(*(words[one].format(file=file, reason=reason) for one in ("en", "zh"))))
