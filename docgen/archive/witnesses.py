"""Whether the ledger is whole, by those who can tell: its own lines, the register, an anchor kept elsewhere."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping

from docgen.archive.anchor import Anchor, departure, hash_of_line
from docgen.archive.findings import FaultKind, Finding, RemarkKind
from docgen.model.problems import LANGUAGES, Words
from docgen.office.index import INDEX, LOST, Unfit
from docgen.office.ledger import LEDGER, Fault
from docgen.office.register import Register

SHORT = Words(
    "it has {lines} lines, and {file} knows {known}: lines were cut off its end, or an older ledger was put in place",
    "台账共{lines}行，而 {file} 记有{known}行：末尾有行被删除，或被换成了旧台账",
)
OTHER_LINE = Words("this line is not the one that {file} knows", "该行与 {file} 中记有的内容不同")
GONE = Words("it is gone, and {file} knows {known} lines of it", "台账文件已不在原处，而 {file} 记有其中{known}行")
PLACE = re.compile(rf"^.*?{re.escape(LEDGER)}(?::([0-9]+))?[:：]?\s*")
"""With whatever folder it was found in: the register keeps what was told."""
UNFIT: Mapping[Unfit, FaultKind | RemarkKind] = {
    "damaged": "register",
    "other": "other_register",
    "unread": "unreadable",
}


def heard(register: Register, anchor: Anchor | None) -> Iterator[Finding]:
    """What is wrong with the ledger, and what is to be said of the register."""
    yield from (_told(fault) for fault in register.faults)
    if register.before:
        yield from _lost(register)
    elif not os.path.lexists(register.file):
        if any(register.issued_files()):  # before that there need be none
            yield Finding("no_register", INDEX)
    elif register.unfit:
        yield Finding(UNFIT[register.unfit], INDEX)
    if anchor and register.ledger.file.exists() and (said := departure(register.ledger, anchor)):
        yield Finding("anchor", LEDGER, said=said)


def _told(fault: Fault) -> Finding:
    """The sentence without the place at its beginning, which a finding has by itself."""
    begins = PLACE.match(fault.words.en)
    said = Words(*(PLACE.sub("", fault.told[language], count=1) for language in LANGUAGES))
    kind: FaultKind | RemarkKind = "lost" if fault.kind == LOST else "torn" if fault.torn else "ledger"
    return Finding(kind, LEDGER, line=int(begins[1] or 0) if begins else 0, said=said)


def _lost(register: Register) -> Iterator[Finding]:
    """Where the ledger ends too early, or else the last line that the register knows, if that was changed; any line
    before it is named by the one that doesn't follow."""
    assert register.before
    known, last = register.before.execute("SELECT lines, prev FROM mark").fetchone()
    if not register.ledger.file.exists():
        yield Finding("lost", LEDGER, said=GONE.filled(file=INDEX, known=known))
        return
    number, line = hash_of_line(register.ledger, known)
    if number < known:
        yield Finding("lost", LEDGER, line=number, said=SHORT.filled(lines=number, file=INDEX, known=known))
    elif line != last:
        yield Finding("lost", LEDGER, line=known, said=OTHER_LINE.filled(file=INDEX))
