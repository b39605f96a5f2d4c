"""A record's data become rows of typed values; keys may be names, labels or aliases in either language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docgen.checking.rows import Misread, Row, Table
from docgen.definitions.definition import Definitions, Field, Sheet
from docgen.definitions.fields import parse
from docgen.definitions.naming import CASE, Names, children_of, names_beside_case, names_in_rows
from docgen.definitions.results import Fault, Options, ReadAs
from docgen.model.problems import Path
from docgen.model.record import Record

MOST_ROWS = 500
SHORT = 40
MOST_KNOWN = 20_000


class Reader:
    """Reads records into tables; what it knows about the sheets is worked out once."""

    def __init__(self, definitions: Definitions) -> None:
        self.sheets = definitions.sheets
        self.children = children_of(self.sheets)
        self.top = names_beside_case(self.sheets)
        self.names = names_in_rows(definitions)
        self._blank = {name: self._blank_row(sheet) for name, sheet in self.sheets.items()}
        self._lists = {name: () if name == CASE else self.children[name] for name in self.sheets}
        self._known: dict[Options, dict[tuple[str, str, str], Any]] = {}

    def read(self, record: Record, options: Options) -> Table:
        """Type every value of ``record``; nothing is defaulted or derived yet."""
        return _Reading(self, options).read(record)

    def blank(self, sheet: str) -> dict[str, Any]:
        """A row in which nothing is typed: the defaults, and no rows below it."""
        values = dict(self._blank[sheet])
        for child in self._lists[sheet]:
            values[child] = []
        return values

    def known(self, options: Options) -> dict[tuple[str, str, str], Any]:
        """What short texts were read as, by sheet and field: names, dates and choices come again in case after case."""
        known = self._known.setdefault(options, {})
        if len(known) > MOST_KNOWN:
            known.clear()
        return known

    def add(
        self, table: Table, sheet: str, parent: Row, siblings: list[dict[str, Any]], given: Mapping[str, Any]
    ) -> Row:
        """Append a row that nobody typed."""
        beside = parent.sheet == CASE
        index = len(siblings)
        values = self.blank(sheet)
        values.update(given, index=index)
        path: Path = (sheet, index) if beside else (*parent.path, sheet, index)
        typed: Path = (table.keys.get(sheet, sheet),) if beside else parent.place(sheet)
        row = Row(sheet, path, typed, values, parent, siblings)
        siblings.append(values)
        table.rows[sheet].append(row)
        return row

    @staticmethod
    def _blank_row(sheet: Sheet) -> dict[str, Any]:
        return {"index": 0} | {name: of.default for name, of in sheet.printable.items()}


class _Reading:
    """One record on its way into a table."""

    __slots__ = ("known", "options", "reader", "table")

    def __init__(self, reader: Reader, options: Options) -> None:
        self.reader = reader
        self.options = options
        self.known = reader.known(options)
        self.table = Table({name: [] for name in reader.sheets}, {})

    def read(self, record: Record) -> Table:
        table, keys = self.table, self.table.keys
        data = self._known(record.data, self.reader.top, None, (), (), keys)
        case = self._row(CASE, data.get(CASE), (CASE,), (keys.get(CASE, CASE),), None, [])
        table.values[CASE] = case.values
        for name in self.reader.children[CASE]:
            self._sheet(name, data.get(name), (name,), (keys.get(name, name),), case, table.values)
        return table

    def _sheet(self, name: str, data: Any, path: Path, typed: Path, parent: Row, into: dict[str, Any]) -> None:
        """Read the rows of a sheet into ``into[name]``."""
        if self.reader.sheets[name].single:
            into[name] = self._row(name, data, path, typed, parent, []).values
            return
        rows: list[dict[str, Any]] = []
        into[name] = rows
        if data is None or data == "":
            return
        if not isinstance(data, (list, tuple)) or len(data) > MOST_ROWS:
            self._break("too_many" if isinstance(data, (list, tuple)) else "not_a_list", name, data, path, typed)
            return
        for index, item in enumerate(data):
            self._row(name, item, (*path, index), (*typed, index), parent, rows)

    def _row(
        self, sheet: str, data: Any, path: Path, typed: Path, parent: Row | None, siblings: list[dict[str, Any]]
    ) -> Row:
        values = self.reader.blank(sheet)
        values["index"] = len(siblings)
        row = Row(sheet, path, typed, values, parent, siblings)
        if data.__class__ is not dict and data is not None and data != "" and not isinstance(data, Mapping):
            self._break("not_a_mapping", sheet, data, path, typed)
            if not self.reader.sheets[sheet].single:
                return row
            data = None
        siblings.append(values)
        self.table.rows[sheet].append(row)
        if data:
            self._fill(row, self._known(data, self.reader.names[sheet], row, path, typed, row.keys))
        return row

    def _fill(self, row: Row, data: Mapping[str, Any]) -> None:
        fields = self.reader.sheets[row.sheet].fields
        values, known, sheet = row.values, self.known, row.sheet
        for name, raw in data.items():
            of = fields.get(name)
            if of is None:
                self._sheet(name, raw, (*row.path, name), row.place(name), row, values)
                continue
            short = raw.__class__ is str and len(raw) <= SHORT
            value = known.get((sheet, name, raw)) if short else None
            if value is None:
                value = self._typed(row, of, raw)
                if short and value.__class__ is not list:
                    known[sheet, name, raw] = value
            if value is not None:
                values[name] = value

    def _typed(self, row: Row, of: Field, raw: Any) -> Any:
        """The value; None where nothing was typed, and where what was typed is no value: then no default stands in."""
        name = of.name
        value = parse(of, raw, self.options)
        if value.__class__ is Fault:
            row.wrong[name] = value
            row.values[name] = None
            self.table.troubled = True
            return None
        if value.__class__ is not ReadAs:
            return value
        note = Fault(value.kind, str(raw), value.details)
        self.table.notes.append(Misread(row, name, (*row.path, name), row.place(name), note, of))
        row.values[name] = value.value
        return None

    def _known(
        self, data: Mapping[str, Any], names: Names, row: Row | None, path: Path, typed: Path, keys: dict[str, str]
    ) -> Mapping[str, Any]:
        """The data by the names of fields and sheets; ``keys`` takes in how each was spelled, where otherwise."""
        if names.exact.issuperset(data):
            return data
        found: dict[str, Any] = {}
        for key, value in data.items():
            name = names.find(str(key))
            if not name or name in found:
                fault = Fault("key_again" if name else "unknown_key", str(key))
                self.table.misread.append(Misread(row, name, (*path, str(key)), (*typed, key), fault))
                continue
            found[name] = value
            if key != name:
                keys[name] = key
        return found

    def _break(self, kind: str, sheet: str, data: Any, path: Path, typed: Path) -> None:
        self.table.broken.add(path)
        self.table.troubled = True
        value = data if isinstance(data, str) else ""
        details = {"limit": MOST_ROWS, "length": len(data) if isinstance(data, (list, tuple)) else 1}
        self.table.misread.append(Misread(None, sheet, path, typed, Fault(kind, value, details)))
