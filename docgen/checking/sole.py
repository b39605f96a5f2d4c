"""Reads records so that each value is an object of its own: it can be asked of it afterwards where it was typed."""

from __future__ import annotations

from typing import Any

from docgen.checking.reading import Reader
from docgen.checking.rows import Row, Table
from docgen.definitions.results import Options
from docgen.model.apart import apart
from docgen.model.problems import Path
from docgen.model.record import Record


class SoleReader(Reader):
    """A Reader that remembers nothing: what two cells hold alike it reads twice. Slower; for explanations only."""

    def read(self, record: Record, options: Options) -> Table:
        table = super().read(record, options)
        for rows in table.rows.values():
            for row in rows:
                row.values.update((name, apart(row.values[name])) for name in self.sheets[row.sheet].fields)
        return table

    def blank(self, sheet: str) -> dict[str, Any]:
        values = super().blank(sheet)
        values.update((name, apart(values[name])) for name in self.sheets[sheet].fields)
        return values

    def known(self, options: Options) -> dict[tuple[str, str, str], Any]:
        return _Nothing()


class _Nothing(dict[Any, Any]):
    """Keeps nothing that is put into it."""

    def __setitem__(self, key: Any, value: Any) -> None:
        return None


def rows_by_place(table: Table) -> dict[Path, Row]:
    """Every row of a table by the place that it has among the values of the case."""
    rows = {id(row.values): row for many in table.rows.values() for row in many}
    found: dict[Path, Row] = {}
    seen: set[int] = set()  # what computed.py repeats elsewhere, as last month's rows, keeps its first place

    def walk(values: Any, path: Path) -> None:
        if id(values) in seen or not isinstance(values, dict | list):
            return
        seen.add(id(values))
        if row := rows.get(id(values)):
            found[path] = row
        for key, inner in values.items() if isinstance(values, dict) else enumerate(values):
            walk(inner, (*path, key))

    walk(table.values, ())
    return found
