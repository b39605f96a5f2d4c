"""The register of an office: which revision of a document counts, by its number, and how each case stands."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from docgen.model.issued import Issued, IssuedFile
from docgen.model.life import Life, life_of
from docgen.office.entries import issued_of, revisions, standing
from docgen.office.index import INDEX, Index
from docgen.office.ledger import Fault, Ledger


class Register(Index):
    """What the ledger says, asked for."""

    def standing(self, number: str) -> Issued | None:
        """The document of that number as it counts now; None where it was never issued."""
        return standing(self.base, number)

    def revisions(self, number: str) -> dict[int, Issued]:
        """The document of that number in all revisions that were ever issued, the one that counts last."""
        return revisions(self.base, number)

    def issued_files(self) -> Iterator[IssuedFile]:
        """The files of all documents in all revisions; no more of a document is read than its files."""
        for (text,) in self.base.execute("SELECT standing FROM earlier UNION ALL SELECT standing FROM papers"):
            yield from (IssuedFile(**one) for one in json.loads(text)["files"].values())

    def all(self) -> Iterator[Issued]:
        """All documents that were issued, by number."""
        for (text,) in self.base.execute("SELECT standing FROM papers ORDER BY number"):
            yield issued_of(json.loads(text))

    def lives(self) -> dict[str, Life]:
        """How each case stands about which something was decided."""
        return {case: life_of(json.loads(life)) for case, life in self.base.execute("SELECT id, life FROM cases")}

    def latest(self) -> dict[str, Issued]:
        """The document of each case that was issued last."""
        part = "json_extract(standing, '$.{}')".format
        last = f"max({part('on')} || printf('%06d', {part('revision')}))"  # SQLite takes the row that has it
        rows = self.base.execute(f"SELECT standing, {last} FROM papers GROUP BY {part('case')}")
        return {found.case: found for found in (issued_of(json.loads(text)) for text, _ in rows)}

    def talks(self) -> dict[str, dict[str, str]]:
        """By case, the days of the talks of which notes were issued (ISO), by the number of these."""
        parts = "json_extract(standing, '$.case'), number, json_extract(standing, '$.talk')"
        found: dict[str, dict[str, str]] = {}
        for case, number, talk in self.base.execute(f"SELECT {parts} FROM papers ORDER BY number"):
            if talk:
                found.setdefault(case, {})[number] = talk
        return found

    def numbers(self) -> list[str]:
        """The numbers of all documents that were issued."""
        return [number for (number,) in self.base.execute("SELECT number FROM papers ORDER BY number")]

    def holder_of(self, path: str) -> str:
        """The number of the document that was issued in that file, in whichever revision; '' where none was."""
        row = self.base.execute("SELECT number FROM files WHERE path = ?", (path,)).fetchone()
        return str(row[0]) if row else ""

    def issued_as(self, sha256: str) -> str:
        """The number and revision of the document that was issued in a file of that hash, as ``S1-202601-L r2``; ''
        where none was."""
        rows = self.base.execute(
            "SELECT standing FROM papers WHERE instr(standing, ?) UNION ALL "
            "SELECT standing FROM earlier WHERE instr(standing, ?)",
            (sha256, sha256),
        )
        found = (issued_of(json.loads(text)) for (text,) in rows)
        return next((f"{one.number} r{one.revision}" for one in found if _is_file(one, sha256)), "")

    def reserved(self, number: str) -> Issued | None:
        """The document of that number as a stopped run was about to issue it."""
        row = self.base.execute("SELECT planned FROM reserved WHERE number = ?", (number,)).fetchone()
        return issued_of(json.loads(row[0])) if row else None

    def unfinished(self) -> list[Issued]:
        """All documents that a stopped run was about to issue."""
        rows = self.base.execute("SELECT planned FROM reserved ORDER BY number").fetchall()
        return [issued_of(json.loads(text)) for (text,) in rows]


def _is_file(issued: Issued, sha256: str) -> bool:
    return any(file.sha256 == sha256 for file in issued.files.values())


def lives_in(out: Path) -> tuple[Mapping[str, Life], tuple[Fault, ...]]:
    """How the cases stand of which something is on record in ``out``, and what is wrong with the record; who may not
    read there is told nothing.

    Raises:
        EnvironmentLacks: something stands there that is no ledger, or it can't be read.
    """
    if not may_be_read(out):
        return {}, ()
    with closing(Register(out, Ledger(out), kept=False)) as register:
        return register.lives(), register.faults


def may_be_read(out: Path) -> bool:
    """Whether something is on record in ``out``, and open to whoever asks."""
    file = Ledger(out).file
    return os.access(file if os.path.lexists(file) else out / INDEX, os.R_OK)  # which may have outlived its ledger
