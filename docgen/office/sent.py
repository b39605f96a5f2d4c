"""A workbook that was sent out, and its line in the ledger: to whom it went, whom it holds, what its bytes were."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from docgen.definitions.naming import CASE, spelling
from docgen.model.identity import paper_id
from docgen.model.record import Record
from docgen.office.entries import SENT
from docgen.office.ledger import Entry, Ledger
from docgen.office.store import opened

LISTS = ("people", "forms", "replaces")


@dataclass(frozen=True, slots=True)
class Sent:
    """One workbook.

    ``id`` is what its property ``docgen-sent`` says. ``folder`` is where it was written, relative to OUT with ``/``.
    ``group``: for whom workbooks are made, as ``supervisor:s0310``; a later one that holds the same people takes
    its place. ``people``: employee numbers. ``month``: the last one in it, or ''. ``replaces``: the ids of those from
    which it was rolled over.
    """

    id: str
    file: str
    folder: str
    sha256: str
    group: str
    supervisor_no: str = ""
    supervisor_name: str = ""
    department: str = ""
    people: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    month: str = ""
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sending:
    """That a workbook was sent, and when."""

    sent: Sent
    on: date

    def place(self, out: Path) -> Path:
        """Where it was written; ``out``: the folder of the ledger."""
        return Path(os.path.normpath(out / self.sent.folder)) / self.sent.file


def sent_id(group: str, people: Iterable[str], forms: Iterable[str], month: str = "") -> str:
    """Ten characters for a workbook, derived from what it is: the same one has the same for ever."""
    return paper_id(json.dumps([group, sorted(people), list(forms), month]))


def addressed(records: Iterable[Record], forms: Sequence[str], month: str = "", before: Sent | None = None) -> Sent:
    """A workbook with these cases, to be sent: all but its file, folder and bytes, which ``replace`` adds.

    It goes to whom ``before`` went, the workbook that it takes the place of; without one, to the supervisor that all
    cases share.
    """
    cases = [case for one in records if isinstance(case := one.data.get(CASE), Mapping)]
    people = tuple(str(case.get("employee_no") or "").strip() for case in cases)
    names = ("supervisor_no", "supervisor_name", "department")
    found = [{str(case.get(name) or "").strip() for case in cases} for name in names]
    number, name, department = (one.pop() if len(one) == 1 else "" for one in found)
    group = f"supervisor:{spelling(number or name)}" if number or name else ""
    if before is not None:
        group, number, name = before.group, before.supervisor_no, before.supervisor_name
        department = before.department
    mark = sent_id(group, people, forms, month)
    return Sent(mark, "", "", "", group, number, name, department, people, tuple(forms), month)


def relative(folder: Path, out: Path) -> str:
    """``folder`` as seen from ``out``; as it is from the root on where no way leads from one to the other."""
    try:
        return Path(os.path.relpath(folder, out)).as_posix()
    except ValueError:  # two drives
        return folder.absolute().as_posix()


def record_sent(ledger: Ledger, sent: Sequence[Sent], on: date) -> int:
    """Write down what was sent; what the ledger holds already, word for word, is not written again.

    Returns:
        How many lines were added.

    Raises:
        EnvironmentLacks: another run holds the folder, or it can't be written.
        RecordFault: the ledger has lost what its register knows.
    """
    known = {one.sent.id: one.sent for one in sendings(ledger.read().entries)}
    new = [one for one in sent if known.get(one.id) != one]
    if new:
        with opened(ledger.file.parent, ledger.access) as store:
            store.record(Entry(SENT, on, asdict(one)) for one in new)
    return len(new)


def sendings(entries: Iterable[Entry]) -> list[Sending]:
    """What was sent, in the order of the ledger."""
    return [Sending(sent, entry.on) for entry in entries if entry.event == SENT if (sent := _sent(entry.details))]


def each_once(sendings: Iterable[Sending], out: Path) -> list[Sending]:
    """Each id once: where it was written several times, the last that still lies there, else the last."""
    chosen: dict[str, Sending] = {}
    for one in sendings:
        before = chosen.get(one.sent.id)
        if before is None or one.place(out).is_file() or not before.place(out).is_file():
            chosen.pop(one.sent.id, None)
            chosen[one.sent.id] = one
    return list(chosen.values())


def _sent(details: Mapping[str, Any]) -> Sent | None:
    """What a line says; None where it lacks what makes it one."""
    known: dict[str, Any] = {}
    for one in fields(Sent):
        value = details.get(one.name, one.default)
        if one.name in LISTS and isinstance(value, (list, tuple)):
            known[one.name] = tuple(map(str, value))
        elif one.name not in LISTS and isinstance(value, str):
            known[one.name] = value
        else:
            return None
    return Sent(**known)
