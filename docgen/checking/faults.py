"""Built-in problems: text that is no value, keys that are no field, references that name no row, keys used twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docgen.checking.reading import Names, Reader
from docgen.checking.reporting import Reporter
from docgen.checking.rows import CASE, Misread, Row, Table, Unresolved, spelling
from docgen.checking.uses import Uses
from docgen.checking.wordlists import WordLists
from docgen.definitions.definition import Definitions
from docgen.definitions.fields import nearest
from docgen.definitions.results import Details, Fault
from docgen.model.problems import Words

RowGap = tuple[Row, str, bool]
"""A row, the field without a usable value, and whether a wrong one stands there."""

NOTHING = dict.fromkeys(
    ("nearest", "known", "limit", "length", "point", "pattern", "read", "sheet", "label", "key"), ""
)
SHOWN_NAMES = 12
BROKEN = ("not_a_list", "not_a_mapping", "too_many")


@dataclass(frozen=True, slots=True)
class Faults:
    """Reports what could not be read; a field's fault concerns the asked forms that use the field, and nobody else."""

    definitions: Definitions
    reader: Reader
    words: WordLists
    uses: Uses
    asked: tuple[str, ...]
    reporter: Reporter
    chosen: bool

    def misread(self, table: Table) -> list[RowGap]:
        """Report unknown keys, wrong shapes and wrong values; the fields that hold the latter come back as gaps."""
        for one in table.misread:
            self._shape(one)
        gaps: list[RowGap] = []
        for rows in table.rows.values():
            for row in rows:
                for name, fault in row.wrong.items():
                    if forms := self._using(row, name):
                        self._value(row, name, fault, forms)
                        gaps.append((row, name, True))
        for note in table.notes:
            if note.row and (forms := self._using(note.row, note.name)):
                self._value(note.row, note.name, note.fault, forms)
        return gaps

    def references(self, table: Table, unknown: Iterable[Unresolved]) -> list[RowGap]:
        """Report keys used twice, and references that name no row.

        Where a key is used twice, or a sheet is no list, what refers to it can't be judged.
        """
        gaps: list[RowGap] = []
        unclear = table.broken_sheets | self._keys_twice(table)
        for row, name, known, kind in unknown:
            text = str(row.values[name])
            row.values[name] = None
            row.wrong[name] = Fault(kind, text)
            table.troubled = True
            of = self.definitions.sheets[row.sheet].fields[name]
            if (forms := self._using(row, name)) and of.to not in unclear:
                details: Details = {"nearest": nearest(text, known), "known": _some(known), "sheet": self._label(of.to)}
                self._value(row, name, Fault(kind, text, details), forms)
                gaps.append((row, name, True))
        return gaps

    def _keys_twice(self, table: Table) -> set[str]:
        """Report rows whose key another row of the same sheet (and parent) has already; return such sheets."""
        found: set[str] = set()
        for sheet in self.definitions.sheets.values():
            rows = table.rows[sheet.name] if sheet.key and not sheet.single else []
            seen: set[tuple[int, str]] = set()
            for row in rows:
                value = row.values[sheet.key]
                if value is None:
                    continue
                mark = id(row.siblings), spelling(str(value))
                if mark in seen and (forms := self._using(row, sheet.key)):
                    self._value(row, sheet.key, Fault("key_twice", str(value), {"key": str(value)}), forms)
                    found.add(sheet.name)
                seen.add(mark)
        return found

    def _using(self, row: Row, name: str) -> frozenset[str]:
        return self.uses.of(row.sheet, name) & frozenset(self.asked)

    def _value(self, row: Row, name: str, fault: Fault, forms: frozenset[str]) -> None:
        label = self.definitions.sheets[row.sheet].fields[name].label
        names = {**NOTHING, "sheet": self._label(row.sheet), "label": label, **fault.details}
        path, typed = (*row.path, name, *fault.within), (*row.place(name), *fault.within)
        self.reporter.built_in(fault.kind, path, typed, forms, names, fault.value)

    def _shape(self, one: Misread) -> None:
        """A key that is no field, or text where a list or mapping belongs.

        A key concerns the forms that print from its sheet, a broken sheet also those whose rules look through it; what
        concerns no asked form is left alone, except what should not be in the record at all. Where nobody chose the
        forms, a broken sheet concerns them all: which forms the case needs can't be seen from it.
        """
        sheet = one.row.sheet if one.row else one.name or CASE
        known = self.reader.names[one.row.sheet] if one.row else self.reader.top
        kind, value = one.fault.kind, one.fault.value
        names: dict[str, Any] = {**NOTHING, **one.fault.details, "sheet": self._label(sheet), "key": value}
        names["label"] = self._label(sheet) if kind == "too_many" else value
        everywhere = sheet == CASE or (one.row is None and (not one.name or not self.chosen))
        concerned = self.uses.of_sheet(sheet) if kind in BROKEN else self.uses.printed_sheet(sheet)
        forms = frozenset(self.asked) if everywhere else concerned & frozenset(self.asked)
        if kind == "unknown_key":
            if spelling(value) in self.words.foreign:
                kind, value, forms = "foreign_key", "", frozenset(self.asked)
            names |= {"nearest": _nearest_key(one.fault.value, known), "known": _some(sorted(known.exact))}
        if forms:
            self.reporter.built_in(kind, one.path, one.typed, forms, names, value)

    def _label(self, sheet: str) -> Words:
        return self.definitions.sheets[sheet].label


def _nearest_key(key: str, known: Names) -> str:
    """The known key most like ``key``, by its name or by any of its other spellings."""
    close = nearest(spelling(key), known.forgiving)
    return known.forgiving[close] if close else nearest(key, tuple(known.exact))


def _some(known: Iterable[str]) -> Words:
    names = list(known)
    shown = names[:SHOWN_NAMES]
    more = ["…"] if len(names) > SHOWN_NAMES else []
    return Words(", ".join([*shown, *more]), "、".join([*shown, *more]))
