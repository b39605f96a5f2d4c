"""The file in which an index is kept for the next run: put in place as a whole, and known again by its sums."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from docgen.office.publish import NEW_FILE, PRIVATE, TEMPORARY, TMP, Access

BESIDE = f"{TEMPORARY}register{TMP}"
"""Where it is written, by the one run that holds the folder."""
BLOCK = 1 << 20


def save(base: sqlite3.Connection, file: Path, access: Access) -> None:
    """Written beside, synced and put in place at once: a run that is stopped leaves the file as it was, or as it is to
    be. It keeps the mode that somebody gave it.

    Raises:
        OSError: it can't be written; the file is as it was.
    """
    mode = access.file
    with suppress(FileNotFoundError):
        known = os.lstat(file).st_mode
        mode = stat.S_IMODE(known) if stat.S_ISREG(known) else mode
    try:
        with open(os.open(_beside(file), NEW_FILE, PRIVATE.file), "wb") as new:
            new.write(base.serialize())
            new.flush()
            os.fsync(new.fileno())
        if mode != PRIVATE.file:
            _beside(file).chmod(mode)
        os.replace(_beside(file), file)
    except BaseException:
        clear_away(file)
        raise


def clear_away(file: Path) -> None:
    """Remove what a run that was stopped left half written of it."""
    with suppress(OSError):
        _beside(file).unlink(missing_ok=True)


def sum_of(base: sqlite3.Connection, mark: Sequence[Any]) -> str:
    """SHA-256 of all that stands in the index: a damaged one must not pass for what the ledger says."""
    made = sha256(repr(tuple(mark)).encode())
    tables = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name != 'mark' ORDER BY name")
    for table, columns in tables.fetchall():
        made.update(columns.encode())
        for row in base.execute(f'SELECT * FROM "{table}" ORDER BY 1'):
            made.update(repr(row).encode())
    return made.hexdigest()


def digest_of(file: Path, size: int) -> str:
    """SHA-256 of the first ``size`` bytes; '' where the file is shorter, or not there."""
    made, left = sha256(), size
    with suppress(FileNotFoundError), file.open("rb") as stream:
        while left and (block := stream.read(min(BLOCK, left))):
            made.update(block)
            left -= len(block)
    return "" if left else made.hexdigest()


def _beside(file: Path) -> Path:
    return file.with_name(BESIDE)
