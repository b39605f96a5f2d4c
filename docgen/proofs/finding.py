"""A finding: what is wrong with a template, wording, theme, form or Word file of a set, where, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from docgen.model.problems import SEVERITIES, Severity, UiLanguage, Words

PLACED = re.compile(r"(?P<file>[^\n:]+\.[A-Za-z]+):(?P<line>\d+)(?::\d+)?[:：]\s*(?P<said>.*)", re.DOTALL)
NAMED = re.compile(r"(?P<file>[\w.-]+\.(?:css|yaml|html|docx|pdf|svg|png))[:：]\s*(?P<said>.*)", re.DOTALL)
WORD = ".docx"
SPOT = re.compile(r"(?P<spot>[^:：.。]{1,60})[:：]\s*(?P<said>.*)", re.DOTALL)
"""The place in a Word file, before what is said of it."""
NOWHERE = Words("", "")
MEND = Words("Mend the file there.", "请修正该处。")
AT = re.compile(r" at (\d+):\d+,")
"""How the PDF engine tells the place of what it warns of in a style sheet."""
LINE_AND_COLUMN = re.compile(r":(\d+)(?::\d+)?$")


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause, one finding.

    ``file``: as a person names it, from the company's folder on; ``line`` from 1 (0: the whole file); ``spot``: the
    place in a file without lines (``table 1 row 3 cell 2``). ``code``: the kind, stable for programs. ``specimen``: the
    first invented case that shows it. ``cause``: findings of one place and code with the same cause are one.
    """

    file: str
    line: int
    code: str
    severity: Severity
    message: Words
    fix: Words
    spot: Words = NOWHERE
    specimen: str = ""
    cause: str = field(default="", compare=False)

    def place(self, language: UiLanguage) -> str:
        """``templates/letter.html:42``, or ``letterhead.docx, footer``, as far as it is known."""
        if self.line:
            return f"{self.file}:{self.line}"
        parts = {"en": ", ", "zh": "，"}[language]
        return parts.join(filter(None, (self.file, self.spot[language])))

    def told(self, language: UiLanguage) -> str:
        """``templates/letter.html:42: error: what; what to do (letter normal zh)``, on one line."""
        mark = {"en": ": ", "zh": "："}[language]
        shown = f" [{self.specimen}]" if self.specimen else ""
        message = self.message[language].rstrip(".。")
        if not message.endswith(("?", "？", "!", "！")):
            message += "." if language == "en" else "。"
        between = {"en": " ", "zh": ""}[language]
        said = " ".join(f"{message}{between}{self.fix[language]}".split())
        return f"{self.place(language)}: {SEVERITIES[self.severity][language]}{mark}{said}{shown}"

    def plain(self, language: UiLanguage) -> dict[str, Any]:
        """For programs."""
        return {
            "file": self.file,
            "line": self.line or None,
            "spot": self.spot[language] or None,
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message[language],
            "fix": self.fix[language],
            "specimen": self.specimen or None,
        }


def by_cause(findings: Iterable[Finding]) -> list[Finding]:
    """One finding a cause, the first; sorted by file, line and spot."""
    found: dict[tuple[object, ...], Finding] = {}
    for one in findings:
        found.setdefault((one.file, one.line, one.spot.en, one.code, one.cause or one.message.en), one)
    return sorted(found.values(), key=lambda one: (one.file, one.line, one.spot.en, one.code, one.message.en))


def joined(static: Iterable[Finding], tried: Iterable[Finding]) -> list[Finding]:
    """What a review found and what trials found: a trial that stumbles over a line found wrong tells nothing new."""
    reviewed = list(static)
    told = {(one.file, one.line) for one in reviewed if one.severity is Severity.ERROR and one.line}
    return by_cause([*reviewed, *(one for one in tried if (one.file, one.line) not in told)])


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folders of a set and of its forms, to say which file a place such as ``letter.html:42`` means.

    ``company``: what stands in it is named from there on; else by the last two parts of its path.
    """

    company: Path | None
    folders: Sequence[Path]

    def named(self, name: str) -> str:
        """The file ``name`` as a person finds it: the first of that name."""
        path = Path(name)
        found = (
            path if path.is_absolute() else next((one / name for one in self.folders if (one / name).is_file()), path)
        )
        if self.company and found.is_absolute() and found.is_relative_to(self.company):
            return found.relative_to(self.company).as_posix()
        return "/".join(found.parts[-2:]) if found.is_absolute() else name

    def split(self, place: str) -> tuple[str, int]:
        """``letter.html:42`` or ``letter.yaml:3:5`` as file and line."""
        found = LINE_AND_COLUMN.search(place)
        return self.named(place[: found.start()] if found else place), int(found[1]) if found else 0

    def placed(self, words: Words, code: str, severity: Severity, fix: Words, fallback: str) -> Finding:
        """A finding from a message that begins with its place, as errors of templates and definitions do."""
        (file, line, en), (_, _, zh) = (self._parted(text, fallback) for text in (words.en, words.zh))
        spots = [SPOT.match(text) if file.endswith(WORD) else None for text in (en, zh)]
        if spots[0] and spots[1]:
            spot = Words(spots[0]["spot"], spots[1]["spot"])
            return Finding(file, 0, code, severity, Words(spots[0]["said"], spots[1]["said"]), fix, spot)
        return Finding(file, line, code, severity, Words(en, zh), fix)

    def each(self, words: Words, code: str, fix: Words, fallback: str) -> Iterator[Finding]:
        """The findings of an error that tells several faults, one a line."""
        lines = zip(words.en.splitlines(), words.zh.splitlines(), strict=False)
        found = [Words(en.strip(), zh.strip()) for en, zh in lines if PLACED.match(en.strip())]
        for one in found or [words]:
            yield self.placed(one, code, Severity.ERROR, fix, fallback)

    def _parted(self, text: str, fallback: str) -> tuple[str, int, str]:
        if found := PLACED.match(text):
            return self.named(found["file"]), int(found["line"]), found["said"]
        if found := NAMED.match(text):
            at = AT.search(found["said"])
            return self.named(found["file"]), int(at[1]) if at else 0, found["said"]
        return self.named(fallback), 0, text


def seen_in(findings: Iterable[Finding], specimen: str) -> list[Finding]:
    return [replace(one, specimen=one.specimen or specimen) for one in findings]
