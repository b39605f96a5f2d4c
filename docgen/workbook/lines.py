"""Records become the lines of a workbook: a row a line, its children beside it and on the lines below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docgen.definitions.definition import Definitions
from docgen.definitions.naming import CASE, Names, names_beside_case, names_in_rows
from docgen.definitions.results import shown
from docgen.definitions.tabs import Tab, key
from docgen.model.problems import Path, Position, UiLanguage, Words
from docgen.model.record import Record
from docgen.workbook.values import MOST, Content, broken, content

Line = Mapping[str, Content]
"""What stands on a line, by the keys of the columns."""

ABOUT = "target_ref"
BESIDE = {"differences": "indicators"}
"""A row of the first sheet stands on the line of that row of the second which is about the same target, or below it."""

LOST: Mapping[str, Words] = {
    "unknown": Words(
        "{value}: docgen knows no such name, so a workbook has no column for it; it was left out",
        "{value}：名称无法识别，工作簿没有对应的列，未写入",
    ),
    "no_rows": Words("{value}: rows were expected here; left out", "{value}：此处应为若干行，未写入"),
    "empty_row": Words(
        "a row in which nothing is typed; a workbook can't hold it, what hangs on it stands with the row before it",
        "该行没有内容，工作簿无法保留；所属内容并入上一行",
    ),
    "nobody": Words(
        "the case has neither employee number nor name, so no row of a table can name it; its rows were left out",
        "个案没有工号和姓名，表格中的行无法指明人员，相关各行未写入",
    ),
    "same_number": Words(
        "{value}: several cases are named so; give each its case number (case_id), then the rows of tables can name it",
        "{value}：多个个案使用同一编号；请为各个案填写编号（case_id），以便表格中的行加以区分",
    ),
    "line_break": Words(
        "{value}: an item of a list that has several lines; in the workbook it has one",
        "{value}：列表中的一项含有换行，在工作簿中合为一行",
    ),
    "too_long": Words(
        "{value}: more than 32,767 characters; a cell can't hold the rest", "{value}：超过32767个字符，超出部分未写入"
    ),
}


@dataclass(frozen=True, slots=True)
class Lost:
    """What a workbook can't hold as it was typed."""

    position: Position
    kind: str
    value: str = ""

    def told(self, language: UiLanguage) -> str:
        return f"{self.position}: {LOST[self.kind][language].format(value=self.value)}"


@dataclass(frozen=True, slots=True)
class Sheets:
    """A record by the names of sheets and fields, the values as contents of cells, children in their parents' rows."""

    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    used: frozenset[tuple[str, str]]
    lost: tuple[Lost, ...] = ()

    def value(self, name: str) -> Content:
        """A field of the case."""
        return next((row.get(name) for row in self.rows.get(CASE, ())), None)

    def lines(self, tab: Tab, definitions: Definitions) -> list[Line]:
        """The lines of a tab or block."""
        return _beside(_lines(name, self.rows, tab, definitions) for name in _heads(tab, definitions))


def _heads(tab: Tab, definitions: Definitions) -> Iterator[str]:
    """The sheets of a tab that hang on no other one of it."""
    for name in tab.sheets:
        parent = definitions.sheets[name].parent
        if parent == CASE or parent not in tab.sheets:
            yield name


def _lines(sheet: str, within: Mapping[str, Any], tab: Tab, definitions: Definitions) -> list[Line]:
    of = definitions.sheets[sheet]
    children = () if sheet == CASE else [name for name in of.children if name in tab.sheets]
    lines: list[Line] = []
    for row in within.get(sheet, ()):
        own = {key(sheet, name): row[name] for name in of.fields if row.get(name) is not None}
        parts = {child: _lines(child, row, tab, definitions) for child in children}
        for one, other in BESIDE.items():
            if parts.get(one) and parts.get(other):
                parts[one], parts[other] = _matched(one, parts[one], other, parts[other])
        first, *rest = _beside(parts.values()) or [{}]
        lines += [{**own, **first}, *rest]
    return lines


def _matched(one: str, lines: list[Line], other: str, leading: list[Line]) -> tuple[list[Line], list[Line]]:
    """``lines`` beside those of ``leading`` about the same target; as they were where their order would change."""
    about = [line.get(key(other, ABOUT)) for line in leading]
    wanted = [line.get(key(one, ABOUT)) for line in lines]
    if None in wanted or not {*wanted} <= {*about} or wanted != sorted(wanted, key=about.index):
        return lines, leading
    beside: list[Line] = []
    spread: list[Line] = []
    for at, line in enumerate(leading):
        own = [each for each, name in zip(lines, wanted, strict=True) if about.index(name) == at] or [{}]
        beside += own
        spread += [line, *({} for _ in own[1:])]
    return beside, spread


def _beside(parts: Iterable[list[Line]]) -> list[Line]:
    lines: list[dict[str, Content]] = []
    for part in parts:
        lines += [{} for _ in range(len(part) - len(lines))]
        for line, more in zip(lines, part, strict=False):
            line.update(more)
    return list(lines)


def sheets_of(records: Iterable[Record], definitions: Definitions, language: UiLanguage) -> Iterator[Sheets]:
    """Each record as the cells that hold it."""
    beside, names = names_beside_case(definitions.sheets), names_in_rows(definitions)
    for record in records:
        yield _Reading(record, definitions, beside, names, language).read()


@dataclass(slots=True)
class _Reading:
    """One record on its way into cells."""

    record: Record
    definitions: Definitions
    beside: Names
    names: Mapping[str, Names]
    language: UiLanguage
    used: set[tuple[str, str]] = field(default_factory=set)
    lost: list[Lost] = field(default_factory=list)

    def read(self) -> Sheets:
        rows: dict[str, list[dict[str, Any]]] = {}
        for name, typed, raw in self._known(self.record.data, self.beside, ()):
            rows[name] = self._rows(name, raw, (typed,))
        for name in rows:
            self._name_references(name, rows[name], rows)
        return Sheets(rows, frozenset(self.used), tuple(self.lost))

    def _rows(self, sheet: str, raw: Any, path: Path) -> list[dict[str, Any]]:
        if raw is None or raw == "":
            return []
        if isinstance(raw, Mapping):
            raw, paths = [raw], [path]
        elif isinstance(raw, (list, tuple)):
            paths = [(*path, index) for index in range(len(raw))]
        else:
            self._lose("no_rows", path, raw)
            return []
        return [self._row(sheet, row, at) for row, at in zip(raw, paths, strict=True)]

    def _row(self, sheet: str, raw: Any, path: Path) -> dict[str, Any]:
        row: dict[str, Any] = {}
        held = False
        if raw is not None and raw != "" and not isinstance(raw, Mapping):
            self._lose("no_rows", path, raw)
        fields = self.definitions.sheets[sheet].fields
        for name, typed, value in self._known(raw, self.names[sheet], path) if isinstance(raw, Mapping) else ():
            at = (*path, typed)
            of = fields.get(name)
            if of is None:
                row[name] = self._rows(name, value, at)
                continue
            if isinstance(value, Mapping):
                self._lose("unknown", at, typed)
                continue
            row[name] = cell = content(of, value, self.language)
            if cell is not None:
                held = True
                self.used.add((sheet, name))
            if broken(of, value):
                self._lose("line_break", at, value[0])
            if isinstance(cell, str) and len(cell) > MOST:
                self._lose("too_long", at, cell)
                row[name] = cell[:MOST].rstrip()
        if not held and not self.definitions.sheets[sheet].single:
            self._lose("empty_row", path)
        return row

    def _name_references(self, sheet: str, rows: Sequence[dict[str, Any]], beside: Mapping[str, Any]) -> None:
        """Put names where numbers such as T1 stand: a workbook shows nobody what is numbered so."""
        of = self.definitions.sheets[sheet]
        for row in rows:
            for one in of.fields.values():
                if one.type == "ref" and isinstance(row.get(one.name), str):
                    row[one.name] = self._name(row[one.name], one.to, beside.get(one.to, ()))
            for child in of.children if sheet != CASE else ():
                self._name_references(child, row.get(child, ()), beside)

    def _name(self, reference: str, sheet: str, rows: Sequence[Mapping[str, Any]]) -> str:
        of = self.definitions.sheets[sheet]
        names = [str(row.get(of.names[-1]) or "") for row in rows]
        derive = of.fields[of.key].derive
        numbers = [
            str(row.get(of.key) or (derive({"index": index, "row": {"index": index}}) if derive else ""))
            for index, row in enumerate(rows)
        ]
        found = [name for number, name in zip(numbers, names, strict=True) if number == reference]
        plain = len(found) == 1 and found[0] and reference not in names and names.count(found[0]) == 1
        return found[0] if plain else reference

    def _known(self, data: Mapping[str, Any], names: Names, path: Path) -> Iterator[tuple[str, str, Any]]:
        """Name, name as typed and value of all that is known."""
        seen = set()
        for typed, value in data.items():
            name = names.find(str(typed))
            if name and name not in seen:
                seen.add(name)
                yield name, typed, value
            else:
                self._lose("unknown", (*path, typed), typed)

    def _lose(self, kind: str, path: Path, value: Any = "") -> None:
        self.lost.append(Lost(self.record.position(path), kind, shown(value)))
