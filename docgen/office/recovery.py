"""A ledger that has lost lines gets back what its register still knows; what is wrong with it otherwise is noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sized
from dataclasses import replace
from datetime import date
from pathlib import Path

from docgen.model.problems import Words
from docgen.office.entries import ISSUED, RESERVED, RESTORED, SENT, VOID
from docgen.office.index import LOST
from docgen.office.ledger import RECOVERED, Entry, Fault, Ledger
from docgen.office.lock import locked
from docgen.office.publish import Access
from docgen.office.register import Register
from docgen.office.returned_lines import (
    ATTACHED,
    CONFIRMED,
    FILED,
    FILING,
    REQUEUED,
    RETURNED,
    SETTLED,
    SORTED,
    TAKEN_IN,
    UNFILED,
    WAITING,
)

LINE = Words("back in the ledger: {event} {what}", "补入台账：{event} {what}")
EVENTS: Mapping[str, Words] = {
    ISSUED: Words("issued", "签发"),
    VOID: Words("withdrawn", "作废"),
    RESERVED: Words("about to be issued", "待签发"),
    RESTORED: Words("the state of case", "个案状态"),
    SENT: Words("sent out", "发出"),
    FILING: Words("about to be put into the archive", "待归档"),
    FILED: Words("put into the archive", "已归档"),
    UNFILED: Words("not put into the archive", "未归档"),
    TAKEN_IN: Words("taken in", "收存"),
    SORTED: Words("sorted", "分拣完毕"),
    RETURNED: Words("returned", "交回"),
    ATTACHED: Words("attached", "附件"),
    CONFIRMED: Words("signatures seen", "签字确认"),
    WAITING: Words("waiting for a person", "待人工处理"),
    SETTLED: Words("settled by a person", "已人工处理"),
    REQUEUED: Words("taken back", "退回待处理"),
}
"""The lines that may be lacking."""
NAMED = ("number", "case", "file", "id", "leaf", "pile", "mark")
"""What names that of which a line tells."""
MISMATCH = Words("{ledger} has lost lines that {file} knows", "{ledger} 缺少 {file} 中记有的行")
NOTED = Words("noted: {fault}", "记录问题：{fault}")
NOTHING = Words("{out}: nothing is wrong with the record.", "{out}：记录完好，无需处理。")
DONE = Words(
    "{out}: {lines} back in the ledger, {faults} noted ({why}). What is noted is not told again; keep the old files of "
    "the ledger if you have them.",
    "{out}：已补入{lines}，登记问题{faults}（{why}）。今后不再提示；如有旧台账文件，请妥善保存。",
)
LINES = (Words("{count} lines are", "{count}行"), Words("1 line is", "1行"))
FAULTS = (Words("{count} faults are", "{count}处"), Words("1 fault is", "1处"))
"""Of several, and of one."""


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
                what = next((line.details[one] for one in NAMED if line.details.get(one)), "")
                yield LINE.filled(event=EVENTS.get(line.event, line.event), what=what)
            mismatch = MISMATCH.filled(ledger=register.ledger.file, file=register.file.name)
            yield from (NOTED.filled(fault=mismatch if one.kind == LOST else one.told) for one in faults)
            if dry_run:
                return
            noted = Entry(RECOVERED, on, {"why": why, "lines": len(lines), "faults": [_plain(one) for one in faults]})
            register.ledger.append([*lines, noted])
            register.renew()  # the ledger now holds all that it knew
        finally:
            register.close()
        yield DONE.filled(out=out, lines=_counted(LINES, lines), faults=_counted(FAULTS, faults), why=why)


def _counted(words: tuple[Words, Words], things: Sized) -> Words:
    return words[len(things) == 1].filled(count=len(things))


def _plain(fault: Fault) -> str:
    return fault.told.en
