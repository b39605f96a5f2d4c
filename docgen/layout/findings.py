"""What a review of a template set finds: each with its place, what is wrong, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.errors import TemplateError
from docgen.model.problems import Position, Problem, Severity, Words

MOST_TOLD = 50
FAULT = "E260"
"""The rule of all that keeps documents from being made; see rules.yaml."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause, one finding.

    ``place``: the file of the set (its name), line and column from 1; ``kind``: the same for findings that say the
    same of other places; ``code``: the rule under which an office may accept it (``accept`` in docgen.yaml), empty for
    what must be mended. ERROR: no document is made with the set; WARNING: documents are made.
    """

    kind: str
    severity: Severity
    place: Position
    message: Words
    fix: Words
    code: str = ""

    @property
    def words(self) -> Words:
        """Place, message and cure in one line."""
        at = f"{self.place.source}:{self.place.line}" if self.place.line else self.place.source
        return Words(f"{at}: {self.message.en} {self.fix.en}".rstrip(), f"{at}：{self.message.zh}{self.fix.zh}")

    def at(self, place: Position) -> Finding:
        return replace(self, place=place)

    def problem(self, folder: Path) -> Problem:
        """The same for a report that lists it among the problems of the data; ``folder``: where its file lies."""
        place = replace(self.place, source=str(folder / self.place.source))
        return Problem(self.code or FAULT, self.severity, (), place, "", self.message, self.fix, kind=self.kind)


class FaultySet(TemplateError):
    """A set with which no document is made; ``findings`` are all its errors."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        told = [one.words for one in findings[:MOST_TOLD]]
        if more := len(findings) - len(told):
            told.append(Words(f"… and {more} more", f"……另有 {more} 处"))
        super().__init__(Words("\n".join(one.en for one in told), "\n".join(one.zh for one in told)))
        self.findings = findings

    def __reduce__(self) -> tuple[type[FaultySet], tuple[tuple[Finding, ...]]]:
        return FaultySet, (self.findings,)


def error(kind: str, place: Position, message: Words, fix: Words) -> Finding:
    """What keeps documents from being made."""
    said = Words(message.en.replace("?.", "?"), message.zh.replace("？。", "？"))  # a question needs no full stop
    return Finding(kind, Severity.ERROR, place, said, fix)


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each once, by file, line and column."""
    once = dict.fromkeys(found)
    return tuple(sorted(once, key=lambda one: (one.place.source, one.place.line, one.place.column, one.kind)))


def refuse(found: Iterable[Finding]) -> None:
    """Stop where there are errors among ``found``.

    Raises:
        FaultySet: with all of them, a line each.
    """
    if errors := tuple(one for one in in_order(found) if one.severity is Severity.ERROR):
        raise FaultySet(errors)
