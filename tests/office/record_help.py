"""An office's folder with documents on record, without making any."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from docgen.model.issued import Holder, Issued, IssuedFile
from docgen.office.publish import PRIVATE
from docgen.office.store import Store, opened

ON, CONTENT = date(2026, 3, 2), b"as if it had been made"


def issue(
    store: Store, number: str, case: str, employee: str = "S1", revision: int = 1, name: str = "", **more: Any
) -> None:
    """As if the document had been made; ``name``: of the employee, ``more``: of the document, and its ``kind``."""
    kind = more.pop("kind", "docx")
    file = IssuedFile(f"{employee}/{number}-r{revision}.{kind}", sha256(CONTENT).hexdigest(), len(CONTENT))
    holder, files = Holder(employee_no=employee, name=name), {kind: file}
    form = more.pop("form", "letter")
    issued = Issued(number, revision, case, form, ON, ON, "", "", {}, files, holder, **more)
    store.issue(issued, {kind: CONTENT})


def on_record(out: Path, cases: Mapping[str, str], name: str = "") -> Path:
    """A folder with a letter of each case; ``cases``: the number of its employee, all of whom have that ``name``."""
    with opened(out, PRIVATE) as store:
        for case, employee in cases.items():
            issue(store, f"{case}-L", case, employee, name=name)
    return out
