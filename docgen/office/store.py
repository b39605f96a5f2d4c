"""The folder of an office, held by one run: its lock, its ledger and its register, and the documents in it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from docgen.generate import Format
from docgen.model.issued import Issued, IssuedFile
from docgen.model.life import Life, plain
from docgen.office.entries import RESERVED, VOID, entry_of
from docgen.office.ledger import Entry, Ledger
from docgen.office.lock import locked
from docgen.office.publish import PRIVATE, Access, is_within, publish, remove_leftovers
from docgen.office.register import Register


@dataclass(frozen=True, slots=True)
class Store:
    """An office's folder. Whoever has one holds its lock."""

    out: Path
    access: Access
    ledger: Ledger
    register: Register

    def issue(self, issued: Issued, contents: Mapping[Format, bytes], on: date) -> tuple[Path, ...]:
        """Publish the files of a document, by format, and write it down: reserved, published, issued.

        Returns:
            The files written.

        Raises:
            EnvironmentLacks: the folder can't be written; then nothing was issued.
        """
        files = {Path(issued.files[name].path): content for name, content in contents.items()}
        folder = next(iter(files)).parent.as_posix()
        self._record(Entry(RESERVED, on, {"number": issued.number, "revision": issued.revision, "folder": folder}))
        written = publish(files, self.out, self.access)
        self._record(entry_of(issued))
        return written

    def void(self, number: str, why: str, on: date) -> None:
        self._record(Entry(VOID, on, {"number": number, "why": why}))

    def live(self, case: str, event: str, life: Life, why: str, on: date) -> None:
        """Write down what was decided on a case, and how it stands from then on."""
        self._record(Entry(event, on, {"case": case, "why": why, "life": plain(life)}))

    def state(self, file: IssuedFile) -> str:
        """``there``, ``gone``, or ``changed`` since it was issued."""
        place = self.out / file.path
        try:
            content = b"" if place.is_symlink() else place.read_bytes()
        except FileNotFoundError:
            return "gone"
        except OSError:  # a folder stands there, or it may not be read: to be looked at by a person
            return "changed"
        return "there" if sha256(content).hexdigest() == file.sha256 else "changed"

    def is_foreign(self, number: str, file: IssuedFile) -> bool:
        """Whether something else stands where a document is to be written, that no stopped run has left there."""
        place = self.out / file.path
        if not os.path.lexists(place) or number in {one for one, _ in self.register.unfinished()}:
            return False
        return self.state(file) != "there"

    def _record(self, entry: Entry) -> None:
        self.ledger.append([entry])
        self.register.note([entry])


@contextmanager
def looked_at(out: Path) -> Iterator[Store | None]:
    """What is on record in ``out``, to be looked at only; None where nothing is."""
    ledger = Ledger(out)
    if not ledger.file.exists():
        yield None
        return
    register = Register(out, ledger, kept=False)
    try:
        yield Store(out, PRIVATE, ledger, register)
    finally:
        register.close()


@contextmanager
def opened(out: Path, access: Access) -> Iterator[Store]:
    """Hold the folder ``out``; what a stopped run left half written is cleared away.

    Raises:
        EnvironmentLacks: another run holds it, or it can't be written.
    """
    with locked(out, access):
        ledger = Ledger(out, access)
        register = Register(out, ledger, access)
        try:
            for _, folder in register.unfinished():
                if is_within(folder, out):
                    remove_leftovers(out / folder)
            yield Store(out, access, ledger, register)
        finally:
            register.close()
