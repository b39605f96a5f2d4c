"""The rows of one record while they are checked: every sheet's rows with typed values, and what could not be read.

Rows are filled in stages (typed, defaulted, derived, computed); only the Case made of them in the end is frozen.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from docgen.definitions.definition import Field
from docgen.definitions.naming import CASE
from docgen.definitions.results import Fault
from docgen.model.problems import Path


@dataclass(slots=True)
class Row:
    """One row: ``values`` as the expressions and the templates see them, ``wrong`` the fields whose text is no value.

    ``unsure`` are the derived fields that would be otherwise if a wrong value were right.
    ``path`` is made of field and sheet names; ``typed`` is the same place in the words of the record, and ``keys`` says
    how the record spells what it spells otherwise.
    """

    sheet: str
    path: Path
    typed: Path
    values: dict[str, Any]
    parent: Row | None
    siblings: list[dict[str, Any]]
    keys: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, Fault] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)

    def doubtful(self, names: AbstractSet[str]) -> bool:
        """Whether any of these fields holds a wrong value, or follows from one."""
        return not (names.isdisjoint(self.wrong) and names.isdisjoint(self.unsure))

    def place(self, name: str) -> Path:
        """Where the record holds field or sheet ``name`` of this row."""
        return (*self.typed, self.keys.get(name, name)) if name else self.typed


@dataclass(frozen=True, slots=True)
class Misread:
    """Something that is no field, no list or no mapping, or a note on how a value was read."""

    row: Row | None
    name: str
    path: Path
    typed: Path
    fault: Fault
    field: Field | None = None


Unresolved = tuple[Row, str, list[str], str]
"""A reference that names no one row: the row, the field, what it might have named, and the kind of fault."""


@dataclass(slots=True)
class Table:
    """All rows of a record by sheet, and the same values nested as a Case holds them.

    ``broken``: places that hold no list or mapping where one belongs; ``keys``: how the sheets beside the case are
    spelled in the record; ``troubled``: something is wrong or broken, so that what follows from it needs a closer look.
    """

    rows: dict[str, list[Row]]
    values: dict[str, Any]
    misread: list[Misread] = field(default_factory=list)
    notes: list[Misread] = field(default_factory=list)
    broken: set[Path] = field(default_factory=set)
    keys: dict[str, str] = field(default_factory=dict)
    troubled: bool = False

    @property
    def case(self) -> Row:
        return self.rows[CASE][0]

    @property
    def broken_sheets(self) -> frozenset[str]:
        """The sheets of which at least one place is broken."""
        return frozenset(next(step for step in reversed(path) if isinstance(step, str)) for path in self.broken)

    def sort_by_date(self, sheet: str) -> None:
        """Put the rows of a sheet beside the case into the order of their dates; not where a date is missing.

        What is reported keeps its place in the record.
        """
        rows, values = self.rows[sheet], self.values[sheet]
        if any(row.values["date"] is None for row in rows):
            return
        rows.sort(key=lambda row: row.values["date"])
        values.sort(key=lambda row: row["date"])
        for index, row in enumerate(values):
            row["index"] = index

    def doubtful_in(self, sheet: str, names: AbstractSet[str]) -> bool:
        """Whether any row of ``sheet`` is doubtful in any of these fields."""
        return any(row.doubtful(names) for row in self.rows[sheet])
