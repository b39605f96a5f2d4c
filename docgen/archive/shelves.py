"""Where in OUT/archive a file goes: piles, copies, attachments, pictures of what waits. Paths are relative to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from hashlib import sha256
from itertools import count
from pathlib import Path, PurePosixPath

from docgen.model.identity import safe_name
from docgen.model.issued import Issued

ARCHIVE = "archive"
INTAKE, SIGNED, INCOMPLETE, QUEUE = "intake", "signed", "incomplete", "queue"
MANIFEST = "manifest-sha256.txt"
REPORT = "report.json"
MARK_LENGTH = 8
"""Characters of a hash in the name of a pile."""


def archive_in(out: Path) -> Path:
    return out / ARCHIVE


def pile_name(on: date, hashes: Iterable[str], taken: Collection[str] = ()) -> str:
    """``2026-11-23-1a2b3c4d``: the same files in the same order get the same mark; ``taken``: marks of other piles,
    as leaves go by the mark alone."""
    content = "".join(hashes)
    marks = (sha256(f"{content}{at or ''}".encode()).hexdigest()[:MARK_LENGTH] for at in count())
    return f"{on.isoformat()}-{next(mark for mark in marks if mark not in taken)}"


def pile_mark(name: str) -> str:
    return name.rpartition("-")[2]


def pile_path(pile: str, at: int, name: str, suffix: str) -> str:
    """Of the file that was given as the ``at``-th, from 1, and was called ``name``."""
    return _path(INTAKE, pile, f"{at:03}-{safe_name(Path(name).stem)}{suffix}")


def report_path(pile: str) -> str:
    return _path(INTAKE, pile, REPORT)


def copy_path(issued: Issued, copy: int, pages: int, of: int) -> str:
    """Of a copy that has ``pages`` of its ``of`` pages.

    An incomplete one says how many it has: when a page is added the file gets another name, so that nothing that is
    kept is ever written over; see ``unused``.
    """
    name = _copy_name(issued, copy)
    if pages < of:
        return _path(INCOMPLETE, f"{name}.{pages}of{of}.pdf")
    return _path(SIGNED, str(issued.on.year), safe_name(issued.case), f"{name}.pdf")


def attachment_path(issued: Issued, copy: int, at: int, suffix: str = ".pdf") -> str:
    """Of the ``at``-th page, from 1, that belongs to a copy without being one of the paper's."""
    return _path(SIGNED, str(issued.on.year), safe_name(issued.case), f"{_copy_name(issued, copy)}.a{at}{suffix}")


def unused(path: str, used: Collection[str]) -> str:
    """The path; or where a file lay there before, that was replaced or taken back, the next of ``….v2.pdf``, ….

    So a path means one file for ever, in the ledger, in old manifests and in whatever somebody noted down.
    """
    stem, dot, suffix = path.rpartition(".")
    names = (f"{stem}.v{at}{dot}{suffix}" if at > 1 else path for at in count(1))
    return next(name for name in names if name not in used)


def picture_path(leaf: str) -> str:
    return _path(QUEUE, f"{leaf}.png")


def _copy_name(issued: Issued, copy: int) -> str:
    return f"{safe_name(f'{issued.number}-r{issued.revision}')}.s{copy}"


def _path(*parts: str) -> str:
    return PurePosixPath(*parts).as_posix()
