"""An office's folder with documents on record, without making any."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

from docgen.model.issued import Holder, Issued, IssuedFile
from docgen.office.publish import PRIVATE
from docgen.office.store import Store, opened

ON, CONTENT = date(2026, 3, 2), b"as if it had been made"


def issue(store: Store, number: str, case: str, employee: str = "S1", revision: int = 1) -> None:
    """As if the document had been made."""
    file = IssuedFile(f"{employee}/{number}-r{revision}.docx", sha256(CONTENT).hexdigest(), len(CONTENT))
    issued = Issued(number, revision, case, "letter", ON, ON, "", "", {}, {"docx": file}, Holder(employee_no=employee))
    store.issue(issued, {"docx": CONTENT})


def on_record(out: Path, cases: Mapping[str, str]) -> Path:
    """A folder with a letter of each case; ``cases``: the number of its employee."""
    with opened(out, PRIVATE) as store:
        for case, employee in cases.items():
            issue(store, f"{case}-L", case, employee)
    return out
