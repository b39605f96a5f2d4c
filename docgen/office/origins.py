"""Where the values of a document come from: a cell or line of the case, a setting, a default, the register; or from
other values, which they are derived from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, Literal

from docgen.checking.names import Used, derivations
from docgen.checking.reporting import SETTINGS, at
from docgen.checking.rows import Row
from docgen.definitions.definition import Definitions, Field
from docgen.definitions.naming import CASE
from docgen.marked_yaml import Marked
from docgen.model.case import Code
from docgen.model.problems import Path, Position, Words
from docgen.model.record import Record

Kind = Literal["typed", "setting", "default", "derived", "register"]
"""``typed``: it stands in a case file. ``setting``: in ``docgen.yaml``. ``default``: in the definitions, as nobody gave
it. ``derived``: docgen works it out. ``register``: the record of what was issued gives it."""

STAMPED: Mapping[str, Words] = {
    "number": Words("Document number", "文件编号"),
    "paper_id": Words("Paper id", "纸号"),
    "revision": Words("Revision", "版次"),
    "issued": Words("Issue date", "签发日期"),
    "revision_notice": Words("Revision notice", "改版说明"),
}
"""Names of a document that its case doesn't hold."""
MADE: Mapping[str, Words] = {
    "times": Words("Time", "时间"),
    "total_rate": Words("Total rate", "总完成率"),
    "role": Words("Who signs", "签署人"),
}
"""Names that layout/context.py makes of several fields, or of none."""
FROM_REGISTER = frozenset(("revision", "issued", "revision_notice"))
DECIDED = frozenset(("outcome", "closed_on", "extended_to"))
"""What the office decided on a case, which its rows hold besides their fields."""
REPEATED = {"month": "months", "interview": "interviews"}
"""What a template calls the row that the document is made for, and the sheet of that row."""


@dataclass(frozen=True, slots=True)
class Origin:
    """One source of a value.

    ``path``: its place among the names of the document. ``position``: the cell or line; of a default or a formula the
    line of the definition; None where there is none. ``label``: of its field. ``row``: which row of its sheet, from 1;
    0 where there is but one. ``inputs``: what a derived value was worked out from.
    """

    kind: Kind
    path: Path
    label: Words
    position: Position | None = None
    row: int = 0
    inputs: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """A value that somebody gave, or a default that could be given: what may be changed to see what hangs on it.

    ``typed``: its place in the record (of a setting in its file). ``rows``: of one that names a row, what names the
    other rows that it could name.
    """

    origin: Origin
    field: Field
    typed: Path
    value: Any
    row: Row | None = None
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Origins:
    """Knows the origin of each value of a case.

    Args:
        rows: those of the case by their places; ``unit``: the place of the row that the document is made for.
        file: the settings as they stand in their file; None where there is none.
        ledger: where the record of what was issued and decided lies; ``is_issued``: the document stands there.
    """

    definitions: Definitions
    record: Record
    rows: Mapping[Path, Row]
    unit: Path
    settings: Mapping[str, Any]
    file: Marked | None
    ledger: FilePath
    is_issued: bool

    def of(self, path: Path) -> Origin:
        """The origin of the value at ``path`` of the names of the document; ``inputs`` are for others to find."""
        if path[0] == SETTINGS:
            return self._of_setting(path)
        if path[0] in STAMPED:
            return self._of_stamp(path)
        path = self._own(path)
        for end in range(len(path) - 1, -1, -1):
            row = self.rows.get(path[:end])
            if row is not None:
                return self._of_field(row, path, end)
        return Origin("derived", path, self._label(path))

    def given(self) -> Iterator[Given]:
        """All that was typed for the case, then the settings that have a value."""
        for path, row in self.rows.items():
            for name, field in self.definitions.sheets[row.sheet].fields.items():
                if self.is_typed(row, name):
                    origin = self.of((*path, name))
                    value = row.values[name]
                    yield Given(origin, field, row.place(name), value, row, self._other_rows(field, value))
        for name, field in self.definitions.settings.items():
            yield from self._given((SETTINGS, name), field, self.settings.get(name))

    def _other_rows(self, field: Field, value: Any) -> tuple[str, ...]:
        if field.type != "ref":
            return ()
        key = self.definitions.sheets[field.to].key
        return tuple(
            str(row.values[key]) for row in self.rows.values() if row.sheet == field.to and row.values[key] != value
        )

    def by_item(self, given: Given) -> list[Given]:
        """The items of a list, where each has a place of its own; else what was given as a whole."""
        if not isinstance(given.value, list):
            return [given]
        items = [
            replace(given, origin=self.of((*given.origin.path, index)), typed=(*given.typed, index), value=value)
            for index, value in enumerate(given.value)
        ]
        apart = {item.origin.position for item in items} - {given.origin.position}
        return items if apart else [given]

    def assumed(self) -> Iterator[Given]:
        """The codes that docgen works out by a formula, and that somebody may give instead."""
        for path, row in self.rows.items():
            if not isinstance(at(self.record, row.typed), Mapping):
                continue
            for name, field in self.definitions.sheets[row.sheet].fields.items():
                value = row.values[name]
                if field.derive and isinstance(value, Code | bool) and not self.is_typed(row, name):
                    yield Given(self.of((*path, name)), field, row.place(name), value, row)

    def named_in_formula(self, path: Path) -> list[Given]:
        """What the formula of a field speaks of and somebody gave, where nothing shows which of it counts."""
        path = self._own(path)
        row = self.rows.get(path[:-1])
        used = self._formulas.get((row.sheet, str(path[-1]))) if row else None
        if row is None or used is None:
            return []
        wanted = {(*path[:-1], name) for name in used.plain} | {(CASE, name) for name in used.attributes(CASE)}
        return [given for given in self.all_given if given.origin.path in wanted]

    @cached_property
    def _formulas(self) -> Mapping[tuple[str, str], Used]:
        return derivations(self.definitions)

    @cached_property
    def all_given(self) -> tuple[Given, ...]:
        return tuple(self.given())

    def is_typed(self, row: Row, name: str) -> bool:
        return at(self.record, row.place(name)) not in (None, "", [], {})

    def _given(self, path: Path, field: Field, value: Any) -> Iterator[Given]:
        if isinstance(value, Mapping) and field.columns:
            rows = (self.rows[(CASE,)].values["department"],)
            for key in filter(value.__contains__, rows):
                for name, column in field.columns.items():
                    yield from self._given((*path, key, name), column, value[key].get(name))
        elif value is not None and not isinstance(value, list | Mapping):
            yield Given(self._of_setting(path), field, path[1:], value)

    def _own(self, path: Path) -> Path:
        sheet = REPEATED.get(str(path[0]))
        return (*self.unit, *path[1:]) if sheet and self.unit[:1] == (sheet,) else path

    def _of_field(self, row: Row, path: Path, end: int) -> Origin:
        name, inside = str(path[end]), path[end + 1 :]
        sheet = self.definitions.sheets[row.sheet]
        field = sheet.fields.get(name)
        number = 0 if sheet.single or row.sheet == CASE else int(str(row.path[-1])) + 1
        made = Origin("derived", path, self._label(path), row=number)
        if field is None:
            return replace(made, kind="register", position=self._record) if name in DECIDED else made
        if self.is_typed(row, name):
            return replace(made, kind="typed", position=self.record.position((*row.place(name), *inside)))
        if field.derive is None and field.default is not None and row.values[name] == field.default:
            return replace(made, kind="default", position=field.place)
        if field.derive is not None:
            file, _, line = str(field.derive.place).rpartition(":")
            return replace(made, position=field.place if not line.isdigit() else Position(file, int(line)))
        return made

    def _of_setting(self, path: Path) -> Origin:
        name = str(path[1])
        field = self.definitions.settings[name]
        column = field.columns.get(str(path[3])) if len(path) > 3 else None
        label = (column or field).label
        if self.file:
            for end in range(len(path), 1, -1):
                if found := self.file.positions.get(path[1:end]):
                    own = self.file.positions.get((*path[1:end], self._language))  # of one that is in both languages
                    return Origin("setting", path, label, own or found)
        if field.derive is not None:
            return Origin("derived", path, label, field.place)
        return Origin("default", path, label, (column or field).place)

    def _of_stamp(self, path: Path) -> Origin:
        label = STAMPED[str(path[0])]
        if path[0] not in FROM_REGISTER:
            return Origin("derived", path, label)
        return Origin("register", path, label, self._record if self.is_issued else None)

    @property
    def _language(self) -> str:
        return str(self.rows[(CASE,)].values["language"] or self.settings.get("default_language"))

    @property
    def _record(self) -> Position:
        return Position(str(self.ledger))

    def _label(self, path: Path) -> Words:
        """That of the field of this name, in the sheet that the path leads through, else in any."""
        names = [step for step in path if isinstance(step, str)]
        places = [self.definitions.sheets[one] for one in reversed(names[:-1]) if one in self.definitions.sheets]
        for name in (names[-1], names[-1].removesuffix("_name")):
            for sheet in (*places, *self.definitions.sheets.values()):
                if name in sheet.fields:
                    return sheet.fields[name].label
        return MADE.get(names[-1]) or Words(names[-1], names[-1])
