"""The workbooks that are sent out: one for each group of a roster, its people filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from docgen.definitions.definition import Definitions
from docgen.model.identity import folded, safe_name
from docgen.model.record import Record
from docgen.office.roster import Roster
from docgen.office.sent import Sent, sent_id
from docgen.workbook.creating import Order, forms_of, new_workbook
from docgen.workbook.lines import Lost

WORKBOOK = ".xlsx"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A workbook that is ready to be sent, and what of the cases it can't hold."""

    file: str
    content: bytes
    sent: Sent
    lost: tuple[Lost, ...] = ()


def parcels(roster: Roster, order: Order, folder: str, definitions: Definitions) -> Iterator[Parcel]:
    """A workbook for each group, as ``order`` says; ``folder`` is where they go, as the ledger has it."""
    taken: set[str] = set()
    for group in roster.groups:
        forms = forms_of(definitions, order.forms, group.records)
        month = max((str(row["month"]) for one in group.records for row in _months(one)), default="")
        mark = sent_id(group.key, group.people, forms, month)
        stem = group.stem if folded(group.stem) not in taken else safe_name(f"{group.stem}-{mark}")
        taken.add(folded(stem))
        file = stem + WORKBOOK
        content, lost = new_workbook(replace(order, forms=forms, file=file, sent=mark), definitions, group.records)
        sent = Sent(
            mark,
            file,
            folder,
            sha256(content).hexdigest(),
            group.key,
            group.number,
            group.name,
            group.department,
            group.people,
            tuple(forms),
            month,
        )
        yield Parcel(file, content, sent, lost)


def _months(record: Record) -> list[Mapping[str, Any]]:
    rows = record.data.get("months")
    return [row for row in rows if isinstance(row, Mapping) and row.get("month")] if isinstance(rows, list) else []
