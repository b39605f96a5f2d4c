"""One case in several files becomes one: what is typed twice must agree, months and talks are put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from docgen.definitions.definition import Definitions, Field, Sheet
from docgen.definitions.fields import parse
from docgen.definitions.naming import CASE, names_beside_case, names_in_rows, spelling
from docgen.definitions.results import Fault, ReadAs, shown
from docgen.model.problems import Path, Words
from docgen.model.record import Record, joined
from docgen.sources.people import derived_number
from docgen.sources.places import Routed, Routes
from docgen.sources.telling import told

DIFFERS, TWICE = "case_differs", "month_twice"
MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """What can't stand in both: its paths in the one and the other, what it is called, and what the first says."""

    kind: str
    here: Path
    there: Path
    label: Words
    value: str = ""


@dataclass(slots=True)
class Part:
    """A record under the names of the definitions: its sheets, each with its own key there."""

    record: Record
    keys: dict[str, str] = field(default_factory=dict)

    def get(self, sheet: str) -> Any:
        return self.record.data.get(self.keys[sheet]) if sheet in self.keys else None

    def rest(self) -> dict[str, Any]:
        """What is no sheet, or a sheet once more."""
        taken = {*self.keys.values()}
        return {key: value for key, value in self.record.data.items() if key not in taken}


class Merger:
    """Puts together the cases that stand in several files; what it knows of the sheets is worked out once."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.sheets = definitions.sheets
        self.top = names_beside_case(self.sheets)
        self.names = names_in_rows(definitions)
        self.united = {form.unit for form in definitions.forms.values()} & self.sheets.keys() - {CASE}

    def merged(self, records: Sequence[Record]) -> list[Record]:
        """The records, those of one case in several files as one; where they disagree, each with the problems.

        A case that stands twice in one file is left as it is: that is told elsewhere.
        """
        if len({record.source for record in records}) < 2:
            return list(records)
        same: dict[str | int, list[Record]] = defaultdict(list)
        for index, record in enumerate(records):
            same[spelling(self.number(record)) or index].append(record)
        found: list[Record] = []
        for number, those in same.items():
            alone = len(those) == 1 or len({record.source for record in those}) < len(those)
            found += those if alone else self._all(those, str(number))
        return found

    def _all(self, records: Sequence[Record], number: str) -> list[Record]:
        apart: list[Record] = []
        whole = records[0]
        for record in records[1:]:
            made = self.two(whole, record)
            if isinstance(made, Record):
                whole = made
                continue
            name = shown(self.number(record))
            apart.append(self._told(record, whole, [_turned(one) for one in made], name))
            whole = self._told(whole, record, made, name)
        return [whole, *apart]

    def _told(self, record: Record, other: Record, differences: Sequence[Difference], number: str) -> Record:
        problems = [
            told(
                self.definitions,
                one.kind,
                record.position(one.here),
                one.here,
                one.value,
                label=one.label,
                known=str(other.position(one.there)),
                key=number,
            )
            for one in differences[:MOST_TOLD]
        ]
        return replace(record, problems=(*record.problems, *problems))

    def number(self, record: Record) -> str:
        """The number of the case: as it is typed, else as docgen makes it, as far as that can be told here."""
        typed = self._case(record)
        return self._said(typed, self.sheets[CASE].key) or derived_number(self.definitions, {CASE: typed})

    def employee(self, record: Record) -> str:
        """The number of the person, as it is typed."""
        return self._said(self._case(record), "employee_no")

    def _case(self, record: Record) -> dict[str | None, Any]:
        case = self._part(record).get(CASE)
        return {self.names[CASE].find(str(key)): raw for key, raw in case.items()} if isinstance(case, Mapping) else {}

    def _said(self, typed: Mapping[str | None, Any], name: str) -> str:
        return str(self._value(self.sheets[CASE].fields[name], typed.get(name)) or "")

    def _part(self, record: Record) -> Part:
        found = Part(record)
        for key in record.data:
            if name := self.top.find(str(key)):
                found.keys.setdefault(name, key)
        return found

    def two(self, first: Record, second: Record) -> Record | list[Difference]:
        """Both as one, or where they disagree."""
        a, b = self._part(first), self._part(second)
        ours, theirs = a.rest(), b.rest()
        data: dict[str, Any] = {**theirs, **ours}
        routes = Routes({(): (first, ())} | {(key,): (first if key in ours else second, (key,)) for key in data})
        differences = [
            Difference(DIFFERS, (key,), (key,), Words(str(key), str(key)), shown(ours[key]))
            for key in ours.keys() & theirs.keys()
            if ours[key] != theirs[key]
        ]
        for name in (CASE, *(sheet.name for sheet in self.sheets.values() if sheet.parent == CASE)):
            one, other = a.get(name), b.get(name)
            if not one or not other:
                part = a if one else b
                if name in part.keys:
                    data[name] = part.get(name)
                    routes.first[name,] = part.record, (part.keys[name],)
                continue
            put = self._fields if self.sheets[name].single else self._rows
            data[name] = put(self.sheets[name], a, b, routes, differences)
        if differences:
            return differences
        return Record(
            first.source,
            data,
            Routed(routes.first, lambda record: record.positions),
            Routed(routes.first, lambda record: record.keys),
            "",  # of two files: whatever is looked for in it is looked for value by value
            (*first.problems, *second.problems),
            first.in_cells or second.in_cells,
            rolled=joined(first.rolled, second.rolled),
            language=first.language if first.language == second.language else "",
            again=(*first.again, Routed(routes.again, lambda record: record.positions)),
        )

    def _fields(self, sheet: Sheet, a: Part, b: Part, routes: Routes, differences: list[Difference]) -> Any:
        """The one row of a sheet, each field from where it is typed."""
        rows = [part.get(sheet.name) for part in (a, b)]
        ours = [(part.keys[sheet.name],) for part in (a, b)]
        if not all(isinstance(row, Mapping) for row in rows):
            differences.append(Difference(DIFFERS, ours[0], ours[1], sheet.label))
            return None
        routes.first[sheet.name,] = a.record, ours[0]
        find = self.names[sheet.name].find
        data: dict[str, Any] = {}
        typed: dict[str, tuple[Any, Path]] = {}
        for part, row, at in zip((a, b), rows, ours, strict=True):
            for key, raw in row.items():
                name = find(str(key)) or str(key)
                path = (*at, key)
                if name in typed and not _blank(raw):
                    of = sheet.fields.get(name)
                    if _blank(typed[name][0]):
                        pass
                    elif self._value(of, raw) == self._value(of, typed[name][0]):
                        routes.again[sheet.name, name] = part.record, path
                        continue
                    else:
                        label = of.label if of else Words(name, name)
                        differences.append(Difference(DIFFERS, typed[name][1], path, label, shown(typed[name][0])))
                        continue
                elif name in typed:
                    continue
                typed[name] = raw, path
                data[name] = raw
                routes.first[sheet.name, name] = part.record, path
        return data

    def _rows(self, sheet: Sheet, a: Part, b: Part, routes: Routes, differences: list[Difference]) -> Any:
        """The rows of a sheet: the same in both, or months and talks of both."""
        rows = [part.get(sheet.name) for part in (a, b)]
        ours: list[Path] = [(part.keys[sheet.name],) for part in (a, b)]
        if not all(isinstance(held, (list, tuple)) for held in rows):
            differences.append(Difference(DIFFERS, ours[0], ours[1], sheet.label))
            return None
        typed = [[self._row(sheet, row) for row in held] for held in rows]
        if sheet.name not in self.united:
            routes.first[sheet.name,], routes.again[sheet.name,] = (a.record, ours[0]), (b.record, ours[1])
            if typed[0] != typed[1]:
                differences.append(self._difference(sheet, typed, ours))
            return rows[0]
        found = [
            (row, raw, (a.record, (*ours[0], at))) for at, (row, raw) in enumerate(zip(typed[0], rows[0], strict=True))
        ]
        twins: dict[int, Path] = {}
        for at, before in self._pairs(sheet, *typed):
            row, here, there = typed[1][at], (*ours[0], before or 0), (*ours[1], at)
            if before is None:
                found.append((row, rows[1][at], (b.record, there)))
            elif sheet.key in row and sheet.fields[sheet.key].type == "month":
                differences.append(Difference(TWICE, here, there, sheet.label, str(row[sheet.key])))
            elif typed[0][before] != row:
                differences.append(Difference(DIFFERS, here, there, sheet.label))
            else:
                twins[before] = there
        when = next((name for name, of in sheet.fields.items() if of.type in ("date", "month")), "")
        if all(when in row and not isinstance(row[when], str) for row, _, _ in found):
            found.sort(key=lambda one: one[0][when])
        for at, (_, _, route) in enumerate(found):
            routes.first[sheet.name, at] = route
            if route[0] is a.record and (twin := twins.get(int(str(route[1][-1])))):
                routes.again[sheet.name, at] = b.record, twin
        routes.first[sheet.name,] = a.record, ours[0]
        return [raw for _, raw, _ in found]

    def _pairs(self, sheet: Sheet, first: Sequence[Any], second: Sequence[Any]) -> list[tuple[int, int | None]]:
        """For each row of the second file that of the first it stands for: the same, else one with the same mark."""
        pairs: dict[int, int] = {}
        marks = [[_print([*self._mark(sheet, row)]) for row in rows] for rows in (first, second)]
        for ours, theirs in ([[*map(_print, rows)] for rows in (first, second)], marks):
            taken = {*pairs.values()}
            left: dict[str, list[int]] = defaultdict(list)
            for at in reversed(range(len(ours))):
                if at not in taken and ours[at] != _print([]):
                    left[ours[at]].append(at)
            for at, name in enumerate(theirs):
                if at not in pairs and left.get(name):
                    pairs[at] = left[name].pop()
        return [(at, pairs.get(at)) for at in range(len(second))]

    def _difference(self, sheet: Sheet, typed: list[list[Any]], ours: list[Path]) -> Difference:
        """The first place at which the rows of two files differ."""
        for at, (one, other) in enumerate(zip(*typed, strict=False)):
            for name in (name for name in sheet.fields if one.get(name) != other.get(name)):
                paths = ((*path, at, name) for path in ours)
                return Difference(DIFFERS, next(paths), next(paths), sheet.fields[name].label)
            if one != other:
                return Difference(DIFFERS, (*ours[0], at), (*ours[1], at), sheet.label)
        shorter = min(map(len, typed))
        longer = [(*path, shorter) if len(rows) > shorter else path for path, rows in zip(ours, typed, strict=True)]
        return Difference(DIFFERS, longer[0], longer[1], sheet.label)

    def _mark(self, sheet: Sheet, row: Mapping[str, Any]) -> tuple[Any, ...]:
        """What tells a row from its neighbours: its key, else what has to be typed in it; () where that lacks."""
        if row.get(sheet.key) is not None:
            return (row[sheet.key],)
        needed = [name for name, of in sheet.fields.items() if of.entry == "typed"]
        return tuple(row[name] for name in needed) if all(name in row for name in needed) else ()

    def _row(self, sheet: Sheet, row: Any) -> dict[str, Any]:
        """What is typed in a row, as values; blanks don't count."""
        found: dict[str, Any] = {}
        for key, raw in row.items() if isinstance(row, Mapping) else ():
            name = self.names[sheet.name].find(str(key)) or str(key)
            if name in self.sheets and name not in sheet.fields:
                rows = raw if isinstance(raw, (list, tuple)) else ()
                found[name] = [self._row(self.sheets[name], one) for one in rows]
            elif not _blank(raw):
                found[name] = self._value(sheet.fields.get(name), raw)
        return {name: value for name, value in found.items() if value not in (None, [])}

    def _value(self, of: Field | None, raw: Any) -> Any:
        """The value of a raw text; where it is none, the text."""
        value = parse(of, raw) if of else raw
        return value.value if isinstance(value, (ReadAs, Fault)) else value


def _turned(one: Difference) -> Difference:
    return replace(one, here=one.there, there=one.here)


def _blank(raw: Any) -> bool:
    return raw is None or raw in ("", [], {}) or (isinstance(raw, str) and raw.isspace())


def _print(value: Any) -> str:
    """A row as text, the same for the same values in whatever order they are typed."""
    if isinstance(value, Mapping):
        return "".join(f"{name!r}:{_print(of)};" for name, of in sorted(value.items()))
    return "".join(map(_print, value)) + "]" if isinstance(value, list) else repr(value)
