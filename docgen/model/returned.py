"""Signed copies as they came back: piles of scans, copies of papers, pages that wait for a person, confirmations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

CopyKind = Literal["scan", "digital"]
"""``digital``: a digitally signed PDF, kept byte for byte; docgen doesn't check the signature."""
How = Literal["signed", "commented", "refused", "absent"]
Agreed = Literal["yes", "part", "no", ""]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file in the archive. ``path``: relative to OUT/archive, with ``/``; ``size`` in bytes."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class PileFile:
    """A file of a pile as it was given. ``name``: what it was called; ``first``: the number of its first page within
    the pile, from 1; ``pages``: how many it has."""

    name: str
    file: KeptFile
    first: int
    pages: int


@dataclass(frozen=True, slots=True)
class Pile:
    """What one ``archive add`` took in: ``name`` is that of its folder, ``2026-11-23-1a2b3c4d``."""

    name: str
    files: Sequence[PileFile]

    @property
    def pages(self) -> int:
        return sum(one.pages for one in self.files)

    def leaf(self, number: int) -> str:
        """What a page of it is called: ``1a2b3c4d-17``; ``number`` counts over all files, from 1."""
        return f"{self.name.rpartition('-')[2]}-{number}"


@dataclass(frozen=True, slots=True)
class CopyPage:
    """A page of a copy: which of the paper's pages it is, from 1, and which leaf of a pile."""

    page: int
    leaf: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A signed copy of a paper, or what has come back of it.

    ``copy``: 1 for the first that came back of this revision, and so on. ``of``: how many pages the paper has.
    ``pages``: those that are there, in order; a digitally signed file has all of its own. ``by_hand``: a person said
    what some of its pages are. ``replaces``: the path of the file whose place this one takes, as pages came or were
    taken back; else ''.
    """

    number: str
    revision: int
    copy: int
    file: KeptFile
    of: int
    pages: Sequence[CopyPage]
    kind: CopyKind = "scan"
    by_hand: bool = False
    replaces: str = ""

    @property
    def missing(self) -> tuple[int, ...]:
        """The pages that have not come back."""
        there = {one.page for one in self.pages}
        return tuple(page for page in range(1, self.of + 1) if page not in there)

    @property
    def is_complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class Attachment:
    """A page that belongs to a copy without being one of the paper's: a written-on back, a statement."""

    number: str
    revision: int
    copy: int
    file: KeptFile
    leaf: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a page without a code probably is; ``page`` 0: it lies between two pages of the paper that are both back."""

    number: str
    revision: int
    page: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page that waits for a person. ``why``: a kind of archive/reasons.py, ``details`` what its sentence says."""

    leaf: str
    pile: str
    why: str
    picture: KeptFile
    details: Mapping[str, str] = field(default_factory=dict)
    suggestion: Suggestion | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """What a person saw of one signature. ``role``: a signer of the form; ``witness``: of a refusal."""

    role: str
    how: How
    witness: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That a person saw who signed a copy; ``agreed``: what the employee ticked, '' where there is nothing to tick."""

    number: str
    revision: int
    copy: int
    signers: Sequence[Signer]
    agreed: Agreed = ""
    note: str = ""
