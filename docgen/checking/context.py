"""What a named check is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from docgen.checking.reporting import shown_at
from docgen.checking.rows import Row, Table
from docgen.checking.uses import Uses
from docgen.definitions.definition import Field
from docgen.definitions.wordlists import WordLists
from docgen.model.record import Record


@dataclass(slots=True)
class Context:
    """One row of the sheet that a rule goes through (``each``), in the midst of its case.

    ``forms`` are the asked forms that the rule concerns, ``uses`` says which forms use a field, ``today`` which months
    are over.
    """

    row: Row
    table: Table
    settings: Mapping[str, Any]
    words: WordLists
    forms: frozenset[str]
    uses: Uses
    record: Record
    at: str = ""
    today: date = date.max

    def of(self, sheet: str, parent: Row | None = None) -> list[Row]:
        """The rows of a sheet; of one parent only, where one is given."""
        rows = self.table.rows[sheet]
        return rows if parent is None else [row for row in rows if row.parent is parent]

    def is_typed(self, name: str) -> bool:
        """Whether somebody typed this field of the row, instead of leaving it to docgen."""
        return bool(shown_at(self.record, self.row.place(name)))

    def used(self, sheet: str, name: str) -> frozenset[str]:
        """The forms of the rule that print a field, or what comes from it."""
        return self.uses.printed(sheet, name) & self.forms

    def texts(self) -> list[tuple[Row, Field, str]]:
        """Every free text of the case that a form of the rule uses; a list item by item."""
        found: list[tuple[Row, Field, str]] = []
        for sheet, fields in self.uses.free_texts(self.forms):
            for row in self.table.rows[sheet]:
                values = row.values
                for of in fields:
                    held = values[of.name]
                    if held.__class__ is str:
                        found.append((row, of, held))
                    elif held.__class__ is list:
                        found += [(row, of, text) for text in held]
        return found


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
