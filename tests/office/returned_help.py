"""What came back of papers, written down without any files: only what the record says of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from docgen.model.returned import Confirmation, Copy, CopyPage, KeptFile, Signer, Waiting
from docgen.office.ledger import Entry, Ledger
from docgen.office.returned_lines import confirmed_entry, returned_entry

BACK = date(2026, 3, 9)


def kept(path: str, content: str = "") -> KeptFile:
    data = (content or path).encode()
    return KeptFile(path, sha256(data).hexdigest(), len(data))


def copy(
    number: str = "S1-1-L", pages: Iterable[int] = (1, 2), *, revision: int = 1, copy: int = 1, of: int = 2, **more: Any
) -> Copy:
    """``pages``: those that are there."""
    there = tuple(CopyPage(page, f"1a2b3c4d-{page}") for page in pages)
    shelf = "signed/2026/S1-1" if len(there) == of else "incomplete"
    file = kept(f"{shelf}/{number}-r{revision}.s{copy}.pdf", f"{number} {there}")
    return Copy(number, revision, copy, file, of, there, **more)


def confirmed(of: Copy, *signers: Signer | str, **more: Any) -> Confirmation:
    """``signers``: by their roles where they have signed."""
    named = tuple(one if isinstance(one, Signer) else Signer(one, "signed") for one in signers)
    return Confirmation(of.number, of.revision, of.copy, named, **more)


def waiting(leaf: str = "1a2b3c4d-3", **more: Any) -> Waiting:
    return Waiting(leaf, "2026-03-09-1a2b3c4d", "unread", kept(f"queue/{leaf}.png"), **more)


def came_back(out: Path, *copies: Copy, confirmations: Sequence[Confirmation] = (), on: date = BACK) -> None:
    """Add their lines to the ledger in ``out``."""
    lines: list[Entry] = [returned_entry(one, on) for one in copies]
    Ledger(out).append([*lines, *(confirmed_entry(one, on) for one in confirmations)])
