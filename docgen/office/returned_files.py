"""The files of an archive as the lines on what came back leave them: which are kept, and which others have replaced.

Every command of the archive asks for all of them, so no more of a line is read than its files; that it is fit to be
read was seen when it was put into the register.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import Any, Generic, TypeVar

from docgen.model.returned import KeptFile
from docgen.office.returned_lines import ATTACHED, REQUEUED, RETURNED, SETTLED, SORTED, TAKEN_IN, WAITING

Value = TypeVar("Value")
FILES: Mapping[str, Callable[[Mapping[str, Any]], Sequence[Mapping[str, Any]]]] = {
    TAKEN_IN: lambda plain: [one["file"] for one in plain["files"]],
    SORTED: lambda plain: [plain["report"]],
    RETURNED: lambda plain: [plain["file"]],
    ATTACHED: lambda plain: [plain["file"]],
    WAITING: lambda plain: [plain["picture"]],
}
"""Where a line names its files."""
ASK = f"SELECT event, key, line FROM returns WHERE event IN ({', '.join('?' * (len(FILES) + 2))}) ORDER BY id"
ASK_USED = "SELECT event, line FROM returns WHERE event IN (?, ?, ?)"


@dataclass(slots=True)
class Standing(Generic[Value]):
    """The copies that count, by key, while their lines are read in order; and those that others have ``replaced``."""

    counts: dict[str, Value] = field(default_factory=dict)
    replaced: list[Value] = field(default_factory=list)
    _places: dict[str, str] = field(default_factory=dict)
    _paths: dict[str, str] = field(default_factory=dict)

    def add(self, key: str, path: str, replaces: str, value: Value) -> None:
        """A copy takes the place of the one of its key, and of that whose file it replaces."""
        for former in (key, self._places.get(replaces, key)):
            if former in self.counts:
                self.replaced.append(self.counts.pop(former))
                self._places.pop(self._paths.pop(former), None)
        self.counts[key], self._places[path], self._paths[key] = value, key, path

    def end(self, paths: Collection[str]) -> None:
        """The copies whose files these are stand no more: their pages were taken back. No two files that were ever
        kept have one path, so nothing else can be meant."""
        for path in self._places.keys() & paths:
            self.replaced.append(self.counts.pop(self._places.pop(path)))


@dataclass(frozen=True, slots=True)
class ArchivedFiles:
    """By path in OUT/archive: what must lie there; and what may go if it is still there: files that another one
    replaced or whose pages were taken back, and pictures of pages that wait no more."""

    kept: dict[str, KeptFile]
    gone: dict[str, KeptFile]


def archived_files(base: Connection) -> ArchivedFiles:
    """As the register tells it."""
    held: dict[tuple[str, str], list[KeptFile]] = {}
    gone: list[KeptFile] = []
    ended: set[str] = set()
    copies: Standing[KeptFile] = Standing()
    for event, key, line in base.execute(ASK, (*FILES, SETTLED, REQUEUED)):
        if event == SETTLED:
            gone += held.pop((WAITING, key), [])
            continue
        plain = json.loads(line)
        if event == REQUEUED:
            ended.add(plain.get("file", ""))
            continue
        files = [KeptFile(one["path"], one["sha256"], one["size"]) for one in FILES[event](plain)]
        if event == RETURNED:
            copies.add(key, files[0].path, plain.get("replaces", ""), files[0])
            continue
        if event == WAITING:
            gone += held.pop((event, key), [])
        held[event, key] = files
    copies.end(ended)
    taken_back = [held.pop((ATTACHED, path), []) for path in ended]
    kept = [*copies.counts.values(), *(one for files in held.values() for one in files)]
    gone += [*copies.replaced, *(one for files in taken_back for one in files)]
    by_path = {one.path: one for one in sorted(kept, key=lambda one: one.path)}
    return ArchivedFiles(by_path, {one.path: one for one in gone if one.path not in by_path})


@dataclass(frozen=True, slots=True)
class Used:
    """What is never used again: the ``paths`` of copies, attachments and pictures that were ever kept, and of each
    revision of a paper the last ``copy`` that there ever was."""

    paths: frozenset[str] = frozenset()
    copies: Mapping[tuple[str, int], int] = field(default_factory=dict)


def used(base: Connection) -> Used:
    """As the register tells it."""
    paths: set[str] = set()
    copies: dict[tuple[str, int], int] = {}
    for event, line in base.execute(ASK_USED, (RETURNED, ATTACHED, WAITING)):
        plain = json.loads(line)
        paths.update(one["path"] for one in FILES[event](plain))
        if event == RETURNED:
            paper = plain["number"], plain["revision"]
            copies[paper] = max(copies.get(paper, 0), plain["copy"])
    return Used(frozenset(paths), copies)
