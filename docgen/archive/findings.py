"""What a look at an office's folder can find: faults of its record and its files, and what is only worth a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from docgen.model.problems import Words

FaultKind = Literal[
    "no_ledger", "lost", "ledger", "anchor", "register", "no_register", "changed", "missing", "renamed", "unrecorded",
    "foreign", "replaced", "unreadable", "no_manifest", "manifest",
]  # fmt: skip
"""What is wrong: with the record, with the files, with the list of them."""
RemarkKind = Literal["torn", "other_register", "unfinished", "unsorted", "leftover", "left", "litter"]
"""What a stopped run, another docgen, or a file manager leaves behind: it harms nothing."""
FAULTS: tuple[FaultKind, ...] = get_args(FaultKind)
REMARKS: tuple[RemarkKind, ...] = get_args(RemarkKind)
NOTHING = Words("", "")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found.

    ``path``: where, relative to OUT and with ``/``; ``line``: of that file, from 1, 0 for all of it. ``other``: another
    path that it concerns: where a renamed file lies now, whose content a changed one holds. ``said``: what there is to
    say of this one beyond what holds for its kind.
    """

    kind: FaultKind | RemarkKind
    path: str
    other: str = ""
    line: int = 0
    said: Words = NOTHING

    @property
    def is_fault(self) -> bool:
        return self.kind in FAULTS
