"""Values back to text, in rows that spell the names of sheets and fields as the record does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE, Names, children_of, names_beside_case, names_in_rows
from docgen.definitions.results import as_text
from docgen.model.case import Code, Quantity
from docgen.model.problems import Path

Raw = Mapping[str, Any]
"""A row as it was typed: text, None, lists and mappings of them."""

TOP = ""
"""Stands for the sheet whose row holds the case and what lies beside it."""


class Vocabulary:
    """How sheets and fields may be spelled; worked out once for all cases."""

    def __init__(self, definitions: Definitions) -> None:
        self.sheets = definitions.sheets
        self.children = {TOP: (CASE, *children_of(self.sheets)[CASE])} | children_of(self.sheets)
        self.children[CASE] = ()
        self.names: dict[str, Names] = {TOP: names_beside_case(self.sheets)} | dict(names_in_rows(definitions))

    def labels(self, sheet: str, name: str) -> Iterable[str]:
        """What a sheet or field is called in English and Chinese."""
        of = self.sheets[name] if name in self.children[sheet] else self.sheets[sheet].fields[name]
        return of.label.en, of.label.zh


class Spelling:
    """How one record spells the names: each as it stands there first; others in the manner of the rest."""

    def __init__(self, vocabulary: Vocabulary, data: Raw) -> None:
        self.vocabulary = vocabulary
        self._found: dict[tuple[str, str], str] = {}
        self._note(TOP, data)
        others = [(sheet, name, key) for (sheet, name), key in self._found.items() if key != name]
        self._manner = next((not key.isascii() for _, _, key in others), None)

    def _note(self, sheet: str, row: Raw) -> None:
        names, children = self.vocabulary.names[sheet], self.vocabulary.children[sheet]
        for key, value in row.items():
            name = names.find(str(key))
            if not name:
                continue
            self._found.setdefault((sheet, name), str(key))
            if name in children:
                for one in value if isinstance(value, (list, tuple)) else (value,):
                    if isinstance(one, Mapping):
                        self._note(name, one)

    def key(self, sheet: str, name: str) -> str:
        """The key of field or sheet ``name`` in a row of ``sheet``."""
        found = self._found.get((sheet, name))
        if found is None and self._manner is not None:
            en, zh = self.vocabulary.labels(sheet, name)
            label = zh if self._manner else en
            found = label if self.vocabulary.names[sheet].find(label) == name else None
        return found or name

    def get(self, sheet: str, row: Raw, name: str) -> Any:
        """What was typed for ``name`` in a row, however it is spelled there."""
        if name in row:
            return row[name]
        names = self.vocabulary.names[sheet]
        return next((value for key, value in row.items() if names.find(str(key)) == name), None)

    def rows(self, sheet: str, within: Raw, parent: str = TOP) -> list[Any]:
        """The rows of ``sheet`` that were typed in a row of ``parent``."""
        found = self.get(parent, within, sheet)
        return list(found) if isinstance(found, (list, tuple)) else []

    def row(self, sheet: str, values: Mapping[str, Any], copied: Raw | None = None) -> dict[str, Any]:
        """A new row: ``values`` by the names of fields, those that are None or '' left out, over a copy of ``copied``.

        Lists of rows of a child sheet are taken as they are.
        """
        names = self.vocabulary.names[sheet]
        kept = {key: value for key, value in (copied or {}).items() if names.find(str(key)) not in values}
        given = {name: value for name, value in values.items() if value is not None and value not in ("", [])}
        made = {self.key(sheet, name): text(value) for name, value in given.items()}
        return made | kept if copied is None else kept | made

    def put(self, data: Raw, sheet: str, rows: list[Any]) -> dict[str, Any]:
        """The data with these rows of a sheet beside the case."""
        names = self.vocabulary.names[TOP]
        key = next((str(key) for key in data if names.find(str(key)) == sheet), self.key(TOP, sheet))
        return {**data, key: rows}

    def place(self, data: Raw, path: Path) -> Path:
        """A path of sheet and field names in the words of the record."""
        at: Any = data
        sheet = TOP
        place: list[str | int] = []
        for step in path:
            if isinstance(step, str) and isinstance(at, Mapping):
                names = self.vocabulary.names[sheet]
                key: Any = next((key for key in at if names.find(str(key)) == step), step)
                sheet = step if step in self.vocabulary.sheets else sheet
            else:
                key = step
            place.append(key)
            at = at[key] if isinstance(at, (Mapping, list)) and _holds(at, key) else None
        return tuple(place)


def _holds(at: Any, key: Any) -> bool:
    return key in at if isinstance(at, Mapping) else isinstance(key, int) and key < len(at)


def text(value: Any) -> Any:
    """A value as a person would type it; lists stay lists, and text stays what it is."""
    if isinstance(value, str):
        return str(value) if isinstance(value, Code) else value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Quantity):
        return f"{plain(value.number)} {value.unit}".strip()
    if isinstance(value, (list, tuple)):
        return [text(one) for one in value]
    typed = as_text(value)
    return value if typed is None else typed  # a row, or nothing


def plain(number: Decimal) -> str:
    """Without superfluous zeros: 60.00 is 60, and 1E+2 is 100."""
    shown = f"{number:f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown) or "0"
