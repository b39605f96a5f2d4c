"""Built-in problems: text that is no value, keys that are no field, references that name no row, keys used twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NamedTuple

from docgen.checking.reading import Reader
from docgen.checking.reporting import Reporter, at
from docgen.checking.rows import Misread, Row, Table, Unresolved
from docgen.checking.uses import Uses
from docgen.definitions.definition import Definitions, Field, Sheet
from docgen.definitions.naming import CASE, Names, spelling
from docgen.definitions.results import Details, Fault
from docgen.definitions.shape import nearest
from docgen.definitions.wordlists import WordLists
from docgen.model.problems import Words


class RowGap(NamedTuple):
    """A field of a row without a usable value, the asked forms that need it, and whether a wrong one stands there."""

    row: Row
    name: str
    forms: frozenset[str]
    wrong: bool = False


NOTHING = dict.fromkeys(
    ("nearest", "known", "limit", "length", "point", "pattern", "read", "sheet", "label", "field", "key"), ""
)
SHOWN_NAMES = 12
EMPTY = frozenset((str, list, tuple))
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
        gaps = [gap for one in table.misread for gap in self._shape(one, table)]
        for rows in table.rows.values():
            for row in rows:
                for name, fault in row.wrong.items():
                    if forms := self._using(row, name):
                        self._value(row, name, fault, forms)
                        gaps.append(RowGap(row, name, forms, wrong=True))
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
                if not known and self._told_missing(of.to):
                    continue
                details: Details = {"nearest": nearest(text, known), "known": some(known), "sheet": self._label(of.to)}
                self._value(row, name, Fault(kind, text, details), forms)
                gaps.append(RowGap(row, name, forms, wrong=True))
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

    def _told_missing(self, sheet: str) -> bool:
        """Whether an asked form needs rows of ``sheet``, so that their absence is told as such."""
        return any(self.definitions.forms[form].rows.get(sheet) for form in self.asked)

    def _using(self, row: Row, name: str) -> frozenset[str]:
        return self.uses.of(row.sheet, name) & frozenset(self.asked)

    def _value(self, row: Row, name: str, fault: Fault, forms: frozenset[str]) -> None:
        label = self.definitions.sheets[row.sheet].fields[name].label
        names = {**NOTHING, "sheet": self._label(row.sheet), "label": label, "field": name, **fault.details}
        if self.reporter.in_cells and "labels" in names:
            names |= {"nearest": names["nearest_label"], "known": names["labels"]}
            if own := self.reporter.record.language:  # the drop-down offers them in the workbook's language alone
                names |= {
                    name: Words(*(getattr(names[name], own),) * 2) for name in ("nearest", "known") if names[name]
                }
        path, typed = (*row.path, name, *fault.within), (*row.place(name), *fault.within)
        self.reporter.built_in(fault.kind, path, typed, forms, names, fault.value)

    def _shape(self, one: Misread, table: Table) -> Iterator[RowGap]:
        """A key that is no field, or text where a list or mapping belongs.

        A key concerns the forms that print from its sheet, a broken sheet also those whose rules look through it; what
        concerns no asked form is left alone, except what should not be in the record at all. Where nobody chose the
        forms, a broken sheet concerns them all: which forms the case needs can't be seen from it. The empty field that
        a key was perhaps meant for is given back, a sheet that was meant is taken for broken: neither is missed again.
        """
        sheet = one.row.sheet if one.row else one.name or CASE
        kind, value = one.fault.kind, one.fault.value
        names: dict[str, Any] = {**NOTHING, **one.fault.details, "sheet": self._label(sheet), "key": value}
        names["label"] = self._label(sheet) if kind == "too_many" else value
        everywhere = sheet == CASE or (one.row is None and (not one.name or not self.chosen))
        if kind == "unknown_key":
            if spelling(value) in self.words.foreign:
                kind, value, everywhere = "foreign_key", "", True
            else:
                kind, meant, details = self._meant(value, one.row, at(self.reporter.record, one.typed))
                names |= details
                everywhere = everywhere or kind == "sheet_inside"
                row = table.case if kind == "field_outside" else one.row
                if meant in self.definitions.sheets and not table.rows[meant]:
                    table.broken.add((meant,))
                    table.troubled = True
                elif meant and row and absent(row.values.get(meant)):
                    yield RowGap(row, meant, frozenset(self.asked))
        concerned = self.uses.of_sheet(sheet) if kind in BROKEN else self.uses.printed_sheet(sheet)
        forms = frozenset(self.asked) if everywhere else concerned & frozenset(self.asked)
        if forms:
            self.reporter.built_in(kind, one.path, one.typed, forms, names, value)

    def _meant(self, key: str, row: Row | None, held: Any) -> tuple[str, str, Details]:
        """What a key that is not known in ``row`` (None: beside the case) was perhaps meant for: the kind of fault, the
        field or sheet, and what the message says besides.
        """
        sheets = self.definitions.sheets
        inside = _spelled(key, sheets.values()) if isinstance(held, (list, tuple, Mapping)) else ""
        if inside:
            return "sheet_inside", inside, {"known": "" if sheets[inside].parent == CASE else sheets[inside].parent}
        if row is None and (field := self.reader.names[CASE].find(key)):
            return "field_outside", field, {"known": CASE, "sheet": self._label(CASE)}
        if row and any(spelling(key) in _spellings(of) for of in sheets[row.sheet].recorded.values()):
            return "recorded_key", "", {}
        known = self.reader.top if row is None else self.reader.names[row.sheet]
        close = _nearest_key(key, known) or (self._sheet_with(key) if row is None else "")
        label = sheets[row.sheet].fields[close].label if row and close in sheets[row.sheet].fields else None
        label = label or (sheets[close].label if close in sheets else None)
        shown = Words(close, f"{label.zh}（{close}）") if label else close
        if label and self.reporter.in_cells:
            shown = label
        return "unknown_key", close, {"nearest": shown, "known": some(sorted(known.exact))}

    def _sheet_with(self, key: str) -> str:
        """The sheet beside the case that has a field of this name, where no sheet is called so."""
        beside = (sheet for sheet in self.definitions.sheets.values() if sheet.parent == CASE)
        return next((sheet.name for sheet in beside if self.reader.names[sheet.name].find(key)), "")

    def _label(self, sheet: str) -> Words:
        return self.definitions.sheets[sheet].label


def _spelled(key: str, sheets: Iterable[Sheet]) -> str:
    """The sheet of that name, in whatever spelling; the case itself is none that could lie in another."""
    written = spelling(key)
    named = (one.name for one in sheets if written in {spelling(n) for n in (one.name, one.label.en, one.label.zh)})
    return next((name for name in named if name != CASE), "")


def _spellings(of: Field) -> set[str]:
    return {spelling(text) for text in (of.name, of.label.en, of.label.zh)}


def _nearest_key(key: str, known: Names) -> str:
    """The known key most like ``key``, by its name or by any of its other spellings; one that holds it whole, at last.

    Of two Chinese words that share half their characters one is rarely meant for the other.
    """
    written = spelling(key)
    close = get_close_matches(written[:80], known.forgiving, 1, 0.6 if written.isascii() else 0.7)
    holding = [name for name in known.forgiving if len(written) > 1 and name.startswith(written)]
    found = [*close, *holding]
    return known.forgiving[found[0]] if found else nearest(key, tuple(known.exact))


def absent(value: Any) -> bool:
    return value is None or (value.__class__ in EMPTY and not value)


def some(known: Iterable[str]) -> Words | str:
    names = list(known)
    if not names:
        return ""
    shown = names[:SHOWN_NAMES]
    more = ["…"] if len(names) > SHOWN_NAMES else []
    return Words(", ".join([*shown, *more]), "、".join([*shown, *more]))
