"""What lies below a folder, and the SHA-256 of files: one walk, few calls of the system for each file, two threads.

Paths are plain texts with ``/``, relative to the folder: an archive has many small files, of which each would cost more
to be named as a Path than to be read.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

Kind = Literal["file", "folder", "link", "other"]
"""``other``: a pipe, a socket, a device."""
READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""What was put in a file's place meanwhile is not followed, and a pipe doesn't hold the run up."""
BLOCK = 1 << 20
AT_ONCE = 32
"""Files that a thread takes at once."""
THREADS = 2
"""Reading and hashing go on without Python's lock; a third thread would only wait for it."""

Note = Callable[[int], None]
"""Told how many more files were read."""


@dataclass(frozen=True, slots=True)
class Found:
    """What lies at a path; ``fault``: why it can't be looked at, else ''."""

    path: str
    kind: Kind
    size: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Hashed:
    """The SHA-256 of a file, and how many bytes were read; ``fault``: why it can't be read, else ''. ``is_gone``: it
    went after it had been found."""

    path: str
    sha256: str = ""
    size: int = 0
    fault: str = ""
    is_gone: bool = False


def walk(folder: str, below: str) -> Iterator[Found]:
    """Everything that lies in ``folder`` below one of its folders, in no order; links are told, and not followed."""
    waiting = [f"{below}/"]
    while waiting:
        above = waiting.pop()
        try:
            with os.scandir(os.path.join(folder, above)) as entries:
                for entry in entries:
                    found = _seen(entry, above + entry.name)
                    if found.kind == "folder":
                        waiting.append(f"{found.path}/")
                    yield found
        except OSError as error:
            yield Found(above.rstrip("/"), "folder", fault=_reason(error))


def look(folder: str, path: str) -> Found | None:
    """What lies at one path; None where nothing does."""
    try:
        state = os.lstat(os.path.join(folder, path))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        return Found(path, "other", fault=_reason(error))
    return Found(path, _kind(state.st_mode), state.st_size)


def hashed(folder: str, files: Sequence[Found], note: Note = lambda _: None) -> Iterator[Hashed]:
    """The hash of each of ``files``, in their order."""

    def each(start: int) -> list[Hashed]:
        return [_hashed(folder, one) for one in files[start : start + AT_ONCE]]

    with ThreadPoolExecutor(THREADS) as crew:
        for done in crew.map(each, range(0, len(files), AT_ONCE)):
            note(len(done))
            yield from done


def _seen(entry: os.DirEntry[str], path: str) -> Found:
    try:
        if entry.is_dir(follow_symlinks=False):
            return Found(path, "folder")
        state = entry.stat(follow_symlinks=False)
    except OSError as error:
        return Found(path, "other", fault=_reason(error))
    return Found(path, _kind(state.st_mode), state.st_size)


def _hashed(folder: str, file: Found) -> Hashed:
    """A file whose size is known is mostly read with one call; what is large, or has grown meanwhile, in blocks."""
    try:
        handle = os.open(f"{folder}/{file.path}", READ)
        try:
            block = os.read(handle, min(file.size + 1, BLOCK))
            made, size = sha256(block), len(block)
            while block and size != file.size:
                block = os.read(handle, BLOCK)
                made.update(block)
                size += len(block)
        finally:
            os.close(handle)
    except (FileNotFoundError, NotADirectoryError):
        return Hashed(file.path, is_gone=True)
    except OSError as error:
        return Hashed(file.path, fault=_reason(error))
    return Hashed(file.path, made.hexdigest(), size)


def _kind(mode: int) -> Kind:
    if stat.S_ISREG(mode):
        return "file"
    if stat.S_ISLNK(mode):
        return "link"
    return "folder" if stat.S_ISDIR(mode) else "other"


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
