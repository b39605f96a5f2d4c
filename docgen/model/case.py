"""A case: the checked, typed record of one employee (or department) in one cycle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from docgen.model.problems import Path


class Code(str):
    """A choice by its code; prints as its label in the document's language. ``list`` names the choice list."""

    __slots__ = ("list",)
    list: str

    def __new__(cls, code: str, list: str) -> Code:
        made = super().__new__(cls, code)
        made.list = list
        return made

    def __reduce__(self) -> tuple[type[Code], tuple[str, str]]:
        return Code, (str(self), self.list)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as typed, such as 350000 元; ``unit`` may be empty."""

    number: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands where a required value, or the rows of a sheet, are missing or wrong; only a draft may print it.

    It counts as false, and holds no rows. ``forms``: those that need the value; none named: all do.
    """

    field: str
    path: Path
    wrong: bool = False
    forms: frozenset[str] = frozenset()

    def concerns(self, form: str) -> bool:
        return not self.forms or form in self.forms

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[Any]:
        return iter(())


@dataclass(frozen=True, slots=True)
class Case:
    """A checked case.

    ``values`` is plain data: ``{"case": {field: value}, "gaps": [{…, "evidence": [...]}], "checks": {…}, …}`` with
    every field of every sheet present (None when absent and not required, a Gap when required and missing). Values are
    str, Code, Decimal, int, Quantity, date, time, Month, bool or lists of them. ``missing``: all Gaps among them.
    """

    id: str
    values: Mapping[str, Any]
    missing: tuple[Gap, ...] = ()

    @property
    def language(self) -> str:
        """``en``, ``zh`` or ``both``."""
        return str(self.values["case"].get("language") or "zh")
