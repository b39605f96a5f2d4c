"""Where a marked copy goes: beside its source, over an older copy that nobody has changed, else under a new name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from docgen.model.problems import Words
from docgen.sources.books import FILE_LIMIT, ZIP, unlocked
from docgen.sources.guard import DAMAGE, Refusal
from docgen.sources.password import OLE, sealed
from docgen.workbook.lost_parts import OTHER_FORMAT, UNREADABLE, reasons_against
from docgen.workbook.mark import Findings, marked, untouched
from docgen.workbook.package import Damaged, Package
from docgen.workbook.problem_list import problem_list

ENDING = re.compile(r"(?P<base>.*)-problems(-(?P<number>[1-9][0-9]{0,3}))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class MarkedCopy:
    """A file to be written at ``path``.

    ``reasons``: why it only lists the problems; empty for a marked copy. ``kept``: files that bear the name which it
    should have, and are not docgen's to overwrite.
    """

    path: Path
    content: bytes
    reasons: tuple[Words, ...] = ()
    kept: tuple[Path, ...] = ()


def marked_copy(source: Path, findings: Findings, password: str = "", taken: Collection[Path] = ()) -> MarkedCopy:
    """The marked copy of ``source``, or the list of its problems where it can't be marked; nothing is written here.

    ``taken``: paths that this run has written already. What a password protects gets a copy with the same password.
    """
    content, locked = _opened(source, password)
    made, reasons = _made(content, findings)
    path, kept = _place(source, password, taken)
    return MarkedCopy(path, sealed(made, password) if locked else made, reasons, kept)


def _made(content: bytes | None, findings: Findings) -> tuple[bytes, tuple[Words, ...]]:
    """The copy, and why it only lists the problems."""
    if content is not None and not content.startswith(ZIP):
        return problem_list(findings, (OTHER_FORMAT,)), (OTHER_FORMAT,)
    try:
        package = Package.read(content or b"")
        reasons = reasons_against(package)
        if not reasons:
            return marked(package, findings), ()
    except (Damaged, *DAMAGE):
        reasons = (UNREADABLE,)
    return problem_list(findings, reasons), reasons


def earlier_copy(source: Path) -> Path | None:
    """The file that an earlier run may have written for ``source``."""
    path = next(_names(source))
    return path if path.is_file() else None


def _place(source: Path, password: str, taken: Collection[Path]) -> tuple[Path, tuple[Path, ...]]:
    """The first name that is free or bears an older copy in which nobody has typed; and those that are neither."""
    kept: list[Path] = []
    for path in _names(source):
        if path not in taken:
            if not path.exists() and not path.is_symlink():
                break
            if path.is_file() and not path.is_symlink() and _is_untouched(path, source, password):
                break
        kept.append(path)
    return path, tuple(kept)


def _names(source: Path) -> Iterator[Path]:
    """``team-problems.xlsx``, ``team-problems-2.xlsx``, …, beginning after the number that ``source`` itself has."""
    named = source if source.name not in ("", "..") else source.resolve()
    stem = named.name if named.is_dir() else named.stem
    found = ENDING.fullmatch(stem)
    base, start = (found["base"], int(found["number"] or 1) + 1) if found else (stem, 1)
    for number in count(start):
        yield named.with_name(f"{base}-problems{f'-{number}' if number > 1 else ''}.xlsx")


def _is_untouched(path: Path, source: Path, password: str) -> bool:
    try:
        content, _ = _opened(path, password)
        return bool(content) and untouched(Package.read(content or b""), source.name)
    except (Damaged, *DAMAGE):
        return False


def _opened(path: Path, password: str) -> tuple[bytes | None, bool]:
    """What is in the file, without its encryption, and whether the password counted.

    None where it can't be opened; nothing in a folder.
    """
    if not path.is_file():
        return b"", False
    if path.stat().st_size > FILE_LIMIT:
        return None, False
    content = path.read_bytes()
    try:
        return unlocked(content, password), bool(password) and content.startswith(OLE)
    except Refusal:
        return None, False
