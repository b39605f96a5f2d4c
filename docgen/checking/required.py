"""What the asked forms need and nobody typed: required fields of the rows present, and rows that must be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import UndefinedError

from docgen.checking.derivation import lacks
from docgen.checking.faults import NOTHING, RowGap, absent, some
from docgen.checking.names import Derivations, used_names
from docgen.checking.reporting import SETTINGS, Reporter, at
from docgen.checking.rows import Row, Table
from docgen.definitions.definition import Definitions, Field, Requirement
from docgen.definitions.formula import failing
from docgen.definitions.naming import CASE
from docgen.definitions.shape import nearest
from docgen.model.problems import Words

Names = Mapping[str, Any]
DEPARTMENT, DEPARTMENTS = "department", "departments"
"""The field of the case, and the setting that supplies other fields by it."""


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
        reported = {(id(gap.row), gap.name) for gap in wrong}
        causes = reported | found.keys()
        of_department: list[tuple[Field, frozenset[str]]] = []
        empty: set[int] = set()
        is_told = False
        for (_, name), (row, forms) in found.items():
            if (id(row), name) in reported or id(row) in empty:
                continue
            if self._is_empty(row):
                empty.add(id(row))
                names = {**NOTHING, "sheet": self.definitions.sheets[row.sheet].label}
                self.reporter.built_in("empty_row", row.path, row.typed, frozenset(forms), names, "")
                continue
            of = self.definitions.sheets[row.sheet].field(name)
            if of.entry != "typed" and self._follows(row, of, table, causes):
                continue
            if of.entry == "recorded":  # one command records it all
                if not is_told:
                    self._report(row, of, frozenset(forms))
                is_told = True
                continue
            if of.derive and DEPARTMENTS in self.derived[row.sheet, name].attributes(SETTINGS):
                of_department.append((of, frozenset(forms)))
            else:
                self._report(row, of, frozenset(forms))
        if of_department:
            self._of_department(table.case, of_department)
        missing = [RowGap(row, name, frozenset(forms)) for (_, name), (row, forms) in found.items()]
        return missing + list(self._demanded(table))

    def _is_empty(self, row: Row) -> bool:
        """Whether somebody began a row of a list and typed nothing at all."""
        index = row.typed[-1]
        if not isinstance(index, int):
            return False
        typed = at(self.reporter.record, row.typed[:-1])
        return isinstance(typed, (list, tuple)) and index < len(typed) and typed[index] in (None, "")

    def _demanded(self, table: Table) -> Iterator[RowGap]:
        """What a rule, not a form, reports as missing: a gap all the same."""
        for form in map(frozenset, zip(self.asked, strict=True)):
            for sheet, names in self.definitions.demanded(form).items():
                rows = table.rows[sheet]
                yield from (RowGap(row, name, form) for row in rows for name in names if absent(row.values[name]))

    def _fields(self, table: Table) -> dict[tuple[int, str], tuple[Row, list[str]]]:
        found: dict[tuple[int, str], tuple[Row, list[str]]] = {}
        broken = table.broken_sheets
        for form in self.asked:
            for sheet, requirements in self.definitions.forms[form].requires.items():
                for row in table.rows[sheet] if sheet not in broken else ():
                    values = row.values
                    for requirement in requirements:
                        name = requirement.field
                        value = values[name]
                        if value is not None and (value or not absent(value)):
                            continue
                        if name not in row.wrong and self._applies(requirement, row):
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
            raise failing(requirement.when.place, requirement.field, error) from error

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
        names = {**NOTHING, "sheet": self.definitions.sheets[sheet].label, "field": sheet, "limit": least}
        self.reporter.built_in("missing_rows", path, typed, forms, names, "")

    def _report(self, row: Row, of: Field, forms: frozenset[str]) -> None:
        names = {**NOTHING, "label": of.label, "field": of.name, "sheet": self.definitions.sheets[row.sheet].label}
        typed = row.place(of.name)
        kind = "missing_column" if self.reporter.record.lacks_column(typed) else "missing"
        kind = "not_recorded" if of.entry == "recorded" else kind
        self.reporter.built_in(kind, (*row.path, of.name), typed, forms, names, "")

    def _label(self, of: Field) -> Words:
        """The label of a field, for those who write YAML with its name there."""
        en, zh = f"“{of.label.en}”", f"“{of.label.zh}”"
        return Words(en, zh) if self.reporter.in_cells else Words(f"{en} ({of.name})", f"{zh}（{of.name}）")

    def _of_department(self, case: Row, missing: Sequence[tuple[Field, frozenset[str]]]) -> None:
        """What the settings should supply by the department: a name they don't know is one problem, in the case.

        Of a department that they know, each gap lies in the settings, the same for all its cases.
        """
        known: Mapping[str, Any] = self.shared[SETTINGS].get(DEPARTMENTS) or {}
        department = str(case.values[DEPARTMENT])
        if department not in known:
            labels = [self._label(of) for of, _ in missing]
            names: Names = {**NOTHING, "nearest": nearest(department, known), "known": labels, "others": some(known)}
            path, forms = (*case.path, DEPARTMENT), frozenset[str]().union(*(forms for _, forms in missing))
            self.reporter.built_in("no_department", path, case.place(DEPARTMENT), forms, names, department)
            return
        for of, forms in missing:
            names = {**NOTHING, "label": of.label, "field": of.name, "known": department}
            place = (SETTINGS, DEPARTMENTS, department, of.name)
            self.reporter.built_in("missing_in_department", place, place, forms, names, "")
