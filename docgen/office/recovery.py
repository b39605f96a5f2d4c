"""A ledger that has lost lines gets back what its register still knows; what is wrong with it otherwise is noted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from docgen.model.problems import Words
from docgen.office.ledger import RECOVERED, Entry, Fault, Ledger
from docgen.office.lock import locked
from docgen.office.publish import Access
from docgen.office.register import LOST, Register

LINE = Words("back in the ledger: {event} {what}", "已补入台账：{event} {what}")
NOTED = Words("noted: {fault}", "已登记：{fault}")
NOTHING = Words("{out}: nothing is wrong with the record.", "{out}：记录完好，无需处理。")
DONE = Words(
    "{out}: {lines} lines are back in the ledger, {faults} faults are noted ({why}). They are not told again; keep the "
    "old files of the ledger if you have them.",
    "{out}：已补入{lines}行，登记问题{faults}处（{why}）。今后不再提示；如有旧台账文件，请妥善保存。",
)


def recover(out: Path, why: str, on: date, access: Access, dry_run: bool = False) -> Iterator[Words]:
    """Add to the ledger in ``out`` what it lacks and the register knows, then a line that takes note of all faults.

    Raises:
        EnvironmentLacks: another run holds the folder, or it can't be written.
    """
    with locked(out, access):
        register = Register(out, Ledger(out, access), access, kept=not dry_run)
        try:
            faults = [fault for fault in register.faults if not fault.torn]
            lines = [replace(line, details={**line.details, "recovered": why}) for line in register.lacks()]
            if not faults:
                yield NOTHING.filled(out=out)
                return
            for line in lines:
                what = line.details.get("number") or line.details.get("case")
                yield LINE.filled(event=line.event, what=what)
            yield from (NOTED.filled(fault=fault.told) for fault in faults if fault.kind != LOST)
            if dry_run:
                return
            noted = Entry(RECOVERED, on, {"why": why, "lines": len(lines), "faults": [_plain(one) for one in faults]})
            register.ledger.append([*lines, noted])
            if register.before:
                register.file.unlink()  # made anew from the ledger, which now holds all that it knew
        finally:
            register.close()
        yield DONE.filled(out=out, lines=len(lines), faults=len(faults), why=why)


def _plain(fault: Fault) -> str:
    return fault.told.en
