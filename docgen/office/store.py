"""The folder of an office, held by one run: its lock, its ledger and its register, and the documents in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from docgen.errors import RecordFault
from docgen.model.issued import Issued, IssuedFile
from docgen.model.life import Life, plain
from docgen.model.problems import LANGUAGES, Words
from docgen.office.entries import ABANDONED, RESERVED, entry_of, void_of
from docgen.office.index import INDEX
from docgen.office.ledger import Entry, Ledger
from docgen.office.lock import locked
from docgen.office.publish import PRIVATE, Access, explained, is_within, publish, remove_leftovers
from docgen.office.register import Register
from docgen.paper import Format


@dataclass(frozen=True, slots=True)
class Store:
    """An office's folder. Whoever has one holds its lock."""

    out: Path
    access: Access
    ledger: Ledger
    register: Register

    def issue(self, issued: Issued, contents: Mapping[Format, bytes]) -> tuple[Path, ...]:
        """Publish the files of a document, by format, and write it down: reserved, published, issued.

        Returns:
            The files written.

        Raises:
            EnvironmentLacks: the folder can't be written; then nothing was issued.
        """
        self.record([entry_of(issued, RESERVED)])
        written = publish(
            {Path(issued.files[name].path): made for name, made in contents.items()}, self.out, self.access
        )
        self.record([entry_of(issued)])
        return written

    def settle(self) -> None:
        """Bring to an end what a stopped run was about to issue: a document whose files all lie there, byte for byte,
        is issued; of any other what lies there already is removed. No file that was ever issued is touched."""
        for planned in self.register.unfinished():
            folders = {file.path: Path(file.path).parent for file in planned.files.values()}
            for folder in {one for one in folders.values() if is_within(one.as_posix(), self.out)}:
                remove_leftovers(self.out / folder)
            if self._is_published(planned):
                self.record([entry_of(planned)])
                continue
            for file in planned.files.values():
                is_ours = is_within(folders[file.path].as_posix(), self.out) and not self.register.holder_of(file.path)
                if is_ours and self.state(file) == "there":
                    (self.out / file.path).unlink()
            self.record([Entry(ABANDONED, planned.on, {"number": planned.number, "revision": planned.revision})])

    def _is_published(self, planned: Issued) -> bool:
        """Whether all its files lie there, and are no other paper's."""
        holders = {self.register.holder_of(file.path) for file in planned.files.values()}
        return holders <= {"", planned.number} and all(self.state(one) == "there" for one in planned.files.values())

    def void(self, issued: Issued, why: str, on: date) -> None:
        self.record([void_of(issued, why, on)])

    def live(self, case: str, event: str, life: Life, why: str, on: date) -> None:
        """Write down what was decided on a case, and how it stands from then on."""
        self.record([Entry(event, on, {"case": case, "why": why, "life": plain(life)})])

    def state(self, file: IssuedFile) -> str:
        """``there``, ``gone``, or ``changed`` since it was issued."""
        place = self.out / file.path
        try:
            content = b"" if place.is_symlink() else place.read_bytes()
        except FileNotFoundError:
            return "gone"
        except (OSError, ValueError):  # a folder, a name that none can have, or it may not be read: for a person to see
            return "changed"
        return "there" if sha256(content).hexdigest() == file.sha256 else "changed"

    def is_reserved(self, number: str, path: Path) -> bool:
        """Whether what lies there is what a stopped run was about to issue under that number."""
        planned = self.register.reserved(number)
        files = planned.files.values() if planned else ()
        return any(file.path == path.as_posix() and self.state(file) == "there" for file in files)

    def record(self, entries: Iterable[Entry]) -> None:
        """Write them down."""
        new = list(entries)
        self.ledger.append(new)
        self.register.note(new)


def is_on_record(out: Path) -> bool:
    """Whether an office has written anything down there."""
    return Ledger(out).file.exists() or (out / INDEX).exists()


def lost(register: Register) -> RecordFault:
    """That its ledger has lost what it knows, and what else is wrong with the lines that are there."""
    told = [fault.told for fault in register.faults]
    return RecordFault(Words(*("\n".join(one[language] for one in told) for language in LANGUAGES)))


def refuse_if_lost(out: Path) -> None:
    """For who writes elsewhere first, what the ledger in ``out`` is then to hold.

    Raises:
        RecordFault: the ledger has lost what its register knows.
    """
    with looked_at(out) as store:
        if store and store.register.before:
            raise lost(store.register)


@contextmanager
def looked_at(out: Path) -> Iterator[Store | None]:
    """What is on record in ``out``, to be looked at only; None where nothing is."""
    ledger = Ledger(out)
    if not is_on_record(out):
        yield None
        return
    register = Register(out, ledger, kept=False)
    try:
        store = Store(out, PRIVATE, ledger, register)
        register.note(entry_of(one) for one in register.unfinished() if store._is_published(one))  # as a run would
        yield store
    finally:
        register.close()


@contextmanager
def opened(out: Path, access: Access) -> Iterator[Store]:
    """Hold the folder ``out``; what a stopped run left unfinished is settled.

    Raises:
        EnvironmentLacks: another run holds it, or it can't be written.
        RecordFault: its ledger has lost what its register knows.
    """
    with locked(out, access):
        register = Register(out, Ledger(out, access), access)
        try:
            if register.before:
                raise lost(register)
            store = Store(out, access, register.ledger, register)
            try:
                store.settle()
            except OSError as error:
                raise explained(error, out) from error
            yield store
        finally:
            register.close()
