"""What is wrong with the data: a value with its place, never an exception."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol

Path = tuple[str | int, ...]
UiLanguage = Literal["en", "zh"]


class Severity(StrEnum):
    """ERROR blocks the documents it concerns; WARNING and INFO never block."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


LANGUAGES: tuple[UiLanguage, UiLanguage] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages of the user."""

    en: str
    zh: str

    def __getitem__(self, language: UiLanguage) -> str:
        return self.en if language == "en" else self.zh

    def filled(self, **names: object) -> Words:
        """With ``names`` in the place of their braces; Words among them each in its own language."""
        en, zh = ({name: of[one] if isinstance(of, Words) else of for name, of in names.items()} for one in LANGUAGES)
        return Words(self.en.format(**en), self.zh.format(**zh))

    def written(self, language: str) -> str:
        """As a document of ``language`` has it: ``en``, ``zh``, or ``both`` beside each other."""
        if language == "both" and self.en != self.zh:
            return f"{self.zh} / {self.en}"
        return self.en if language == "en" else self.zh


SEVERITIES = {
    Severity.ERROR: Words("error", "错误"),
    Severity.WARNING: Words("warning", "警告"),
    Severity.INFO: Words("note", "提示"),
}


@dataclass(frozen=True, slots=True)
class Position:
    """A place that a person can go to: ``wang.yaml:18:9`` or ``cases.xlsx › Targets!F12``. Lines and columns from 1."""

    source: str
    line: int = 0
    column: int = 0
    cell: str = ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.source} › {self.cell}"
        if self.line:
            return f"{self.source}:{self.line}:{self.column}"
        return self.source


@dataclass(frozen=True, slots=True)
class Problem:
    """One cause, one problem. ``forms`` names the forms it concerns (empty: all); ``case_id`` the person's case.

    ``kind`` is the same for problems that say the same of other values; a list for people groups by it.
    """

    code: str
    severity: Severity
    path: Path
    position: Position
    value: str
    message: Words
    fix: Words
    forms: frozenset[str] = field(default_factory=frozenset)
    case_id: str = ""
    kind: str = field(default="", compare=False)


class Graded(Protocol):
    """What has a severity: a problem of the data, a finding in a template."""

    @property
    def severity(self) -> Severity: ...


def counted(problems: Iterable[Graded], language: UiLanguage) -> str:
    """``2 errors, 1 warning`` / ``2 个错误，1 个警告``; empty where there is none."""
    counts = Counter(one.severity for one in problems)
    parts = [_count(counts[severity], words, language) for severity, words in SEVERITIES.items() if counts[severity]]
    return {"en": ", ", "zh": "，"}[language].join(parts)


def _count(number: int, what: Words, language: UiLanguage) -> str:
    if language == "zh":
        return f"{number} 个{what.zh}"
    return f"{number} {what.en}{'' if number == 1 else 's'}"
