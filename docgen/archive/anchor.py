"""The anchor of a ledger: how many lines it has and the hash of the last, to be kept where nobody can change both.

Each line holds the hash of the one before, so this one hash vouches for all lines up to there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

from docgen.errors import UsageError
from docgen.model.problems import Words
from docgen.office.ledger import Entry, History, Ledger

FORM = re.compile(r"([1-9][0-9]{0,11}):([0-9a-f]{64})")
NO_ANCHOR = Words(
    "--anchor {text}: is none; give the line that docgen archive anchor printed, such as 57:3f2a… (the number of "
    "lines, a colon, 64 hexadecimal digits)",
    "--anchor {text}：格式不对；请填写 docgen archive anchor 输出的那一行，如 57:3f2a…（行数、冒号、64位十六进制数）",
)
CUT_OFF = Words(
    "it has {lines} lines, the anchor is of line {line}: lines were cut off its end, or an older ledger was put in "
    "place",
    "台账共{lines}行，而锚定值对应第{line}行：末尾有行被删除，或被换成了旧台账",
)
OTHER = Words(
    "line {line} is not the one that the anchor was made of: it, or one before it, was changed, taken out or added",
    "第{line}行与锚定值不符：该行或之前的某行被改动、删除或添加",
)

BROKEN = Words(
    "the lines before line {line} no longer follow each other: after the anchor was made one of them was changed, "
    "taken out or moved",
    "第{line}行之前的各行不再前后衔接：取得锚定值之后，其中有行被改动、删除或移动",
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """``lines``: so many the ledger had; ``sha256``: of the last of them, without its end."""

    lines: int
    sha256: str

    def __str__(self) -> str:
        return f"{self.lines}:{self.sha256}"


def anchor_of(ledger: Ledger) -> Anchor | None:
    """Of the ledger as it is now; None where it has no whole line.

    Raises:
        EnvironmentLacks: it can't be read.
    """
    end = ledger.read().end
    return Anchor(end.lines, end.prev) if end.lines else None


def read_anchor(text: str) -> Anchor:
    """An anchor as it was printed, or typed from paper.

    Raises:
        UsageError: it is none.
    """
    found = FORM.fullmatch("".join(text.split()).lower())
    if not found:
        raise UsageError(NO_ANCHOR.filled(text=text))
    return Anchor(int(found[1]), found[2])


def departure(ledger: Ledger, anchor: Anchor) -> Words | None:
    """How the ledger departs from what the anchor vouches for; None where it doesn't.

    Faults that somebody had taken note of before the anchor was made are no departure.

    Raises:
        EnvironmentLacks: it can't be read.
    """
    history = ledger.read()
    number, line = hash_of_line(ledger, anchor.lines)
    if number < anchor.lines:
        return CUT_OFF.filled(lines=number, line=anchor.lines)
    if line != anchor.sha256:
        return OTHER.filled(line=anchor.lines)
    known = [at for at, one in enumerate(history.found) if isinstance(one, Entry) and one.line <= anchor.lines]
    before = History(history.found[: max(known, default=-1) + 1])
    return None if all(fault.torn for fault in before.faults) else BROKEN.filled(line=anchor.lines)


def hash_of_line(ledger: Ledger, wanted: int) -> tuple[int, str]:
    """The hash of the line with that number; of the last one, and its number, where there are fewer.

    A last line without its end counts, as the next run goes on behind it.
    """
    number, last = 0, b""
    with ledger.file.open("rb") as lines:
        for line in islice(lines, wanted):
            number, last = number + 1, line
    return number, sha256(last.removesuffix(b"\n")).hexdigest()
