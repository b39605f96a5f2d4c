"""What the asked forms need and nobody typed: required fields of the rows present, and rows that must be there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import UndefinedError

from docgen.checking.derivation import lacks
from docgen.checking.faults import NOTHING, RowGap
from docgen.checking.names import Derivations, used_names
from docgen.checking.reporting import Reporter
from docgen.checking.rows import CASE, Row, Table
from docgen.definitions.definition import Definitions, Field, Requirement
from docgen.errors import DefinitionError

Names = Mapping[str, Any]
EMPTY = frozenset((str, list, tuple))


@dataclass(frozen=True, slots=True)
class Requirements:
    """Reports missing values and rows for the asked forms."""

    definitions: Definitions
    asked: Sequence[str]
    shared: Names
    reporter: Reporter
    derived: Derivations

    def missing(self, table: Table, wrong: Iterable[RowGap]) -> list[RowGap]:
        """Report what is missing; the fields come back as gaps. ``wrong`` is what has been reported already."""
        self._rows(table)
        found = self._fields(table)
        reported = {(id(row), name) for row, name, _ in wrong}
        causes = reported | found.keys()
        for (_, name), (row, forms) in found.items():
            of = self.definitions.sheets[row.sheet].fields[name]
            if of.entry == "typed" or not self._follows(row, of, table, causes):
                self._report(row, of, frozenset(forms))
        return [(row, name, False) for (_, name), (row, _) in found.items()]

    def _fields(self, table: Table) -> dict[tuple[int, str], tuple[Row, list[str]]]:
        found: dict[tuple[int, str], tuple[Row, list[str]]] = {}
        broken = table.broken_sheets
        for form in self.asked:
            for sheet, requirements in self.definitions.forms[form].requires.items():
                for row in table.rows[sheet] if sheet not in broken else ():
                    values = row.values
                    for requirement in requirements:
                        value, name = values[requirement.field], requirement.field
                        if absent(value) and name not in row.wrong and self._applies(requirement, row):
                            found.setdefault((id(row), name), (row, []))[1].append(form)
        return found

    def _applies(self, requirement: Requirement, row: Row) -> bool:
        if requirement.when is None:
            return True
        names = {**self.shared, **row.values, "row": row.values, "rows": row.siblings}
        names["parent"] = row.parent.values if row.parent else {}
        try:
            return bool(requirement.when(names))
        except (TypeError, ValueError, UndefinedError) as error:
            if lacks(row, used_names([requirement.when.source]), self.shared):
                return False
            raise DefinitionError(f"{requirement.when.place}: {error}") from error

    def _follows(self, row: Row, of: Field, table: Table, causes: set[tuple[int, str]]) -> bool:
        """Whether a derived value is missing only because what it comes from is reported as missing or wrong."""
        if of.derive is None:
            return False
        used = self.derived[row.sheet, of.name]
        if used.plain & table.broken_sheets:
            return True
        parts = [(row, used.plain | used.attributes("row")), (table.case, used.attributes(CASE))]
        if row.parent:
            parts.append((row.parent, used.attributes("parent")))
        return of.name in row.unsure or any((id(held), name) in causes for held, names in parts for name in names)

    def _rows(self, table: Table) -> None:
        wanted: dict[str, dict[int, list[str]]] = {}
        for form in self.asked:
            for sheet, least in self.definitions.forms[form].rows.items():
                wanted.setdefault(sheet, {}).setdefault(least, []).append(form)
        for sheet, forms_by_least in wanted.items():
            for parent in table.rows[self.definitions.sheets[sheet].parent]:
                held = table.values if parent.sheet == CASE else parent.values
                path = (sheet,) if parent.sheet == CASE else (*parent.path, sheet)
                for least, forms in forms_by_least.items():
                    if path not in table.broken and len(held[sheet]) < least:
                        self._too_few(table, parent, sheet, least, frozenset(forms))

    def _too_few(self, table: Table, parent: Row, sheet: str, least: int, forms: frozenset[str]) -> None:
        top = parent.sheet == CASE
        path = (sheet,) if top else (*parent.path, sheet)
        typed = (table.keys.get(sheet, sheet),) if top else parent.place(sheet)
        names = {**NOTHING, "sheet": self.definitions.sheets[sheet].label, "limit": least}
        self.reporter.built_in("missing_rows", path, typed, forms, names, "")

    def _report(self, row: Row, of: Field, forms: frozenset[str]) -> None:
        names = {**NOTHING, "label": of.label, "sheet": self.definitions.sheets[row.sheet].label}
        from_settings = of.derive is not None and "settings" in self.derived[row.sheet, of.name].plain
        kind = "missing_setting" if from_settings else "missing"
        self.reporter.built_in(kind, (*row.path, of.name), row.place(of.name), forms, names, "")


def absent(value: Any) -> bool:
    return value is None or (value.__class__ in EMPTY and not value)
