"""The manifest of the archive: the SHA-256 of every kept file with its name, in the form that ``sha256sum -c`` reads.

A line is ``<sha256>  <path>``, the path relative to the folder of the manifest and with ``/``; lines stand in the order
of the paths. As sha256sum does it, a line whose path holds a backslash or a line's end begins with a backslash, and
these are written ``\\\\``, ``\\n`` and ``\\r`` in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docgen.model.problems import Words
from docgen.model.returned import KeptFile

MARK = "\\"
"""What a line with such a path begins with."""
ESCAPED = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
PLAIN = {written: letter for letter, written in ESCAPED.items()}
LETTER = re.compile(r"[\\\n\r]")
WRITTEN = re.compile(r"\\[\\nr]")
FORM = re.compile(r"(\\?)([0-9a-f]{64})  (.+)", re.DOTALL)

NO_LINE = Words("it is no line of a manifest", "不是清单的格式")
NOT_KEPT = Words("it lists {path}, which is not on record", "所列的 {path} 没有登记")
OTHER_HASH = Words("it gives {path} another hash than the record", "{path} 的校验值与登记不符")
TWICE = Words("it lists {path} once more", "重复列出 {path}")
LACKING = Words("{path} is not listed", "未列出 {path}")
OTHER_FORM = Words("it says what the record says, but in another order or form", "内容与登记一致，但顺序或格式不同")


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a manifest, counted from 1. ``path`` and ``sha256`` are '' where it is none that docgen writes."""

    line: int
    path: str = ""
    sha256: str = ""


def manifest(kept: Iterable[KeptFile]) -> bytes:
    """The manifest of these files; the same files make the same bytes."""
    lines = (_line(one) for one in sorted(kept, key=lambda one: one.path))
    return "".join(lines).encode("utf-8", "surrogatepass")  # a path that no file can have must not stop the rest


def read_manifest(content: bytes) -> tuple[Listed, ...]:
    """What a manifest says, line by line; whatever it is that stands there."""
    lines = content.decode("utf-8", "surrogateescape").split("\n")
    if not lines[-1]:
        lines.pop()
    return tuple(_listed(number, line) for number, line in enumerate(lines, start=1))


def departures(found: bytes, right: bytes) -> Iterator[tuple[int, Words]]:
    """Where a manifest departs from the one that is right, by line; 0 of what concerns no line of it."""
    if found == right:
        return
    wanted = {one.path: one.sha256 for one in read_manifest(right)}
    seen: set[str] = set()
    fine = True
    for one in read_manifest(found):
        if one.path and one.path not in seen and wanted.get(one.path) == one.sha256:
            seen.add(one.path)
            continue
        fine = False
        known = TWICE if one.path in seen else OTHER_HASH if one.path in wanted else NOT_KEPT
        seen.add(one.path)
        yield one.line, (known.filled(path=one.path) if one.path else NO_LINE)
    for path in sorted(wanted.keys() - seen):
        fine = False
        yield 0, LACKING.filled(path=path)
    if fine:
        yield 0, OTHER_FORM


def _line(one: KeptFile) -> str:
    path = LETTER.sub(lambda found: ESCAPED[found[0]], one.path)
    return f"{MARK if path != one.path else ''}{one.sha256}  {path}\n"


def _listed(number: int, line: str) -> Listed:
    found = FORM.fullmatch(line)
    if not found:
        return Listed(number)
    path = WRITTEN.sub(lambda one: PLAIN[one[0]], found[3]) if found[1] else found[3]
    return Listed(number, path, found[2])
