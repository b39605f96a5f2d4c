"""What a named check is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from docgen.checking.rows import Row, Table
from docgen.checking.wordlists import WordLists
from docgen.definitions.definition import Definitions, Field

FREE_TEXT = frozenset({"text", "longtext", "list"})


@dataclass(frozen=True, slots=True)
class Context:
    """One row of the sheet that a rule goes through (``each``), in the midst of its case.

    ``forms`` are the asked forms that the rule concerns, ``uses`` says which forms use a field.
    """

    row: Row
    table: Table
    settings: Mapping[str, Any]
    words: WordLists
    definitions: Definitions
    forms: frozenset[str]
    uses: Mapping[tuple[str, str], frozenset[str]]
    at: str = ""

    @property
    def case(self) -> Mapping[str, Any]:
        return self.table.case.values

    def right(self, row: Row, *names: str) -> bool:
        """Whether all these fields are there and right."""
        return all(row.values[name] is not None and name not in row.wrong for name in names)

    def of(self, sheet: str, parent: Row | None = None) -> list[Row]:
        """The rows of a sheet; of one parent only, where one is given."""
        return [row for row in self.table.rows[sheet] if parent is None or row.parent is parent]

    def used(self, sheet: str, name: str) -> frozenset[str]:
        """The forms of the rule that use a field."""
        return self.uses.get((sheet, name), frozenset()) & self.forms

    def texts(self) -> Iterator[tuple[Row, Field, str]]:
        """Every free text of the case that a form of the rule uses; a list item by item."""
        for sheet in self.definitions.sheets.values():
            fields = [of for of in sheet.fields.values() if of.type in FREE_TEXT and self.used(sheet.name, of.name)]
            for row in self.table.rows[sheet.name] if fields else ():
                for of in fields:
                    value = row.values[of.name]
                    for text in value if isinstance(value, list) else (value,):
                        if isinstance(text, str):
                            yield row, of, text


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: at field ``at`` of a row (or the row); ``found`` fills the placeholders of the wording.

    ``wording`` names one of the rule's ``messages``, where it has several; ``forms`` narrows the forms concerned.
    """

    row: Row
    at: str = ""
    found: Mapping[str, Any] = field(default_factory=dict)
    wording: str = ""
    forms: frozenset[str] | None = None


Check = Callable[[Context], Iterable[Finding]]
