"""The rows of one record while they are checked: every sheet's rows with typed values, and what could not be read.

Rows are filled in stages (typed, defaulted, derived, computed); only the Case made of them in the end is frozen.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from docgen.definitions.definition import Definitions, Field, Sheet
from docgen.definitions.fields import Fault, Options, ReadAs, parse
from docgen.model.problems import Path
from docgen.model.record import Record

CASE = "case"
MOST_ROWS = 500


@dataclass(slots=True)
class Row:
    """One row: ``values`` as the expressions and the templates see them, ``wrong`` the fields whose text is no value.

    ``unsure`` are the derived fields that would be otherwise if a wrong value were right.
    ``path`` is made of field and sheet names; ``typed`` is the same place in the words of the record.
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

    def doubtful_in(self, sheet: str, names: AbstractSet[str]) -> bool:
        """Whether any row of ``sheet`` is doubtful in any of these fields."""
        return any(row.doubtful(names) for row in self.rows[sheet])


def spelling(key: str) -> str:
    """A key as it is compared: whatever its case, width, hyphens, underscores and blanks."""
    folded = unicodedata.normalize("NFKC", key).casefold()
    return " ".join(folded.replace("_", " ").replace("-", " ").split())


@dataclass(frozen=True, slots=True)
class Names:
    """The keys a sheet's mapping may hold: ``exact`` as defined, ``forgiving`` by any label or alias, by spelling()."""

    exact: frozenset[str]
    forgiving: Mapping[str, str]

    def find(self, key: str) -> str:
        return key if key in self.exact else self.forgiving.get(spelling(key), "")


def names_of(sheet: Sheet, sheets: Mapping[str, Sheet]) -> Names:
    """What a row of ``sheet`` may hold: its fields and its child sheets; those of ``case`` stand beside it."""
    children = () if sheet.name == CASE else tuple(sheets[name] for name in children_of(sheet.name, sheets))
    forgiving: dict[str, str] = {}
    for child in children:
        for spelled in (child.name, child.label.en, child.label.zh):
            forgiving.setdefault(spelling(spelled), child.name)
    forgiving.update({spelling(name): name for name in sheet.fields})
    for name, of in sheet.fields.items():
        for spelled in (of.label.en, of.label.zh, *of.aliases):
            forgiving.setdefault(spelling(spelled), name)
    return Names(frozenset([*sheet.fields, *(child.name for child in children)]), forgiving)


def top_names(sheets: Mapping[str, Sheet]) -> Names:
    """What a record may hold: ``case`` and the sheets beside it."""
    top = [sheet for sheet in sheets.values() if sheet.name == CASE or sheet.parent == CASE]
    spelled = {spelling(text): sheet.name for sheet in top for text in (sheet.name, sheet.label.en, sheet.label.zh)}
    return Names(frozenset(sheet.name for sheet in top), spelled)


def children_of(name: str, sheets: Mapping[str, Sheet]) -> tuple[str, ...]:
    return tuple(sheet.name for sheet in sheets.values() if sheet.parent == name)


class Reader:
    """Reads records into tables; what it knows about the sheets is worked out once."""

    def __init__(self, definitions: Definitions) -> None:
        self.sheets = definitions.sheets
        self.top = top_names(self.sheets)
        self.names = {name: names_of(sheet, self.sheets) for name, sheet in self.sheets.items()}
        self.children = {name: children_of(name, self.sheets) for name in self.sheets}

    def read(self, record: Record, options: Options) -> Table:
        """Type every value of ``record``; nothing is defaulted or derived yet."""
        table = Table({name: [] for name in self.sheets}, {})
        found = self._keys(table, None, record.data, self.top, (), ())
        table.keys.update({name: key for name, (key, _) in found.items()})
        case = self._row(table, CASE, found.get(CASE, (CASE, None)), (CASE,), None, [], options)
        table.values[CASE] = case.values
        for name in self.children[CASE]:
            self._sheet(table, name, found.get(name, (name, None)), case, (), (), table.values, options)
        return table

    def blank(self, sheet: str) -> dict[str, Any]:
        """A row without values."""
        values: dict[str, Any] = dict.fromkeys(self.sheets[sheet].fields)
        if sheet != CASE:
            for child in self.children[sheet]:
                values[child] = []
        return values

    def add(
        self, table: Table, sheet: str, parent: Row, siblings: list[dict[str, Any]], given: Mapping[str, Any]
    ) -> Row:
        """Append a row that nobody typed."""
        base: Path = () if parent.sheet == CASE else parent.path
        typed: Path = () if parent.sheet == CASE else parent.typed
        index = len(siblings)
        values = self.blank(sheet) | {"index": index} | dict(given)
        key = (table if parent.sheet == CASE else parent).keys.get(sheet, sheet)
        row = Row(sheet, (*base, sheet, index), (*typed, key), values, parent, siblings)
        siblings.append(values)
        table.rows[sheet].append(row)
        return row

    def _sheet(
        self,
        table: Table,
        name: str,
        given: tuple[str, Any],
        parent: Row,
        base: Path,
        typed_base: Path,
        into: dict[str, Any],
        options: Options,
    ) -> None:
        key, data = given
        path, typed = (*base, name), (*typed_base, key)
        if self.sheets[name].single:
            into[name] = self._row(table, name, (key, data), path, parent, [], options, typed).values
            return
        rows: list[dict[str, Any]] = []
        into[name] = rows
        if data is None or data == "":
            return
        if not isinstance(data, (list, tuple)):
            self._not(table, "not_a_list", path, typed, data, name)
            return
        if len(data) > MOST_ROWS:
            self._not(table, "too_many", path, typed, data, name)
            return
        for index, item in enumerate(data):
            values_at = (*path, index)
            row = self._row(table, name, (key, item), values_at, parent, rows, options, (*typed, index), len(rows))
            if values_at not in table.broken:
                rows.append(row.values)

    def _row(
        self,
        table: Table,
        sheet: str,
        given: tuple[str, Any],
        path: Path,
        parent: Row | None,
        siblings: list[dict[str, Any]],
        options: Options,
        typed: Path = (),
        index: int = 0,
    ) -> Row:
        key, data = given
        values = self.blank(sheet)
        values["index"] = index
        row = Row(sheet, path, typed or (key,), values, parent, siblings)
        if self.sheets[sheet].single:
            siblings.append(values)
        if data.__class__ is not dict and data is not None and data != "" and not isinstance(data, Mapping):
            self._not(table, "not_a_mapping", path, row.typed, data, sheet)
            if not self.sheets[sheet].single:
                return row
            data = None
        table.rows[sheet].append(row)
        if data:
            self._fill(table, row, self._keys(table, row, data, self.names[sheet], path, row.typed), options)
        return row

    def _fill(self, table: Table, row: Row, found: Mapping[str, tuple[str, Any]], options: Options) -> None:
        fields = self.sheets[row.sheet].fields
        values = row.values
        for name, (key, raw) in found.items():
            if key != name:
                row.keys[name] = key
            of = fields.get(name)
            if of is None:
                self._sheet(table, name, (key, raw), row, row.path, row.typed, values, options)
            elif raw is not None and raw != "":
                value = parse(of, raw, options)
                if isinstance(value, Fault):
                    row.wrong[name] = value
                    table.troubled = True
                    continue
                if isinstance(value, ReadAs):
                    note = Fault(value.kind, str(raw), value.details)
                    table.notes.append(Misread(row, name, (*row.path, name), row.place(name), note, of))
                    value = value.value
                values[name] = value

    def _keys(
        self, table: Table, row: Row | None, data: Mapping[str, Any], names: Names, path: Path, typed: Path
    ) -> dict[str, tuple[str, Any]]:
        found: dict[str, tuple[str, Any]] = {}
        exact = names.exact
        for key, value in data.items():
            name = key if key in exact else names.find(str(key))
            if not name or name in found:
                fault = Fault("unknown_key" if not name else "key_again", str(key))
                table.misread.append(Misread(row, name, (*path, str(key)), (*typed, key), fault))
                continue
            found[name] = (key, value)
        return found

    def _not(self, table: Table, kind: str, path: Path, typed: Path, data: Any, sheet: str) -> None:
        table.broken.add(path)
        table.troubled = True
        shown = data if isinstance(data, str) else ""
        table.misread.append(Misread(None, sheet, path, typed, Fault(kind, shown, {"limit": MOST_ROWS})))
