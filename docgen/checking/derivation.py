"""What nobody typed is filled in, sheet by sheet downwards: derivations, references, derived sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docgen.checking.batch import Batch, Failed, Scope
from docgen.checking.derived_sheets import DERIVED_SHEETS
from docgen.checking.names import Derivations, Used
from docgen.checking.reading import SHORT, Reader
from docgen.checking.rows import Row, Table, Unresolved
from docgen.definitions.definition import Definitions, Field, Sheet
from docgen.definitions.fields import Fault, Options, ReadAs, typed
from docgen.definitions.formula import failing
from docgen.definitions.naming import CASE, spelling

Names = Mapping[str, Any]
NUMBERED = re.compile(r"(\D*)(\d+)")


@dataclass(frozen=True, slots=True)
class Level:
    """Fields of one sheet whose derivations don't wait for each other."""

    fields: tuple[Field, ...]
    batch: Batch
    used: tuple[Used, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """How the rows of one sheet are filled in."""

    sheet: Sheet
    refs: tuple[Field, ...]
    levels: tuple[Level, ...]


class Filler:
    """Fills in the rows of tables; the order of the derivations is worked out once."""

    def __init__(self, definitions: Definitions, reader: Reader, derived: Derivations) -> None:
        self.reader = reader
        self.sheets = definitions.sheets
        self.steps = tuple(_steps(sheet, derived) for sheet in definitions.sheets.values())

    def fill(self, table: Table, scope: Scope, options: Options) -> list[Unresolved]:
        """Fill in every row of ``table``; ``scope`` holds the names all expressions may use.

        Returns the references that name no row.
        """
        unknown: list[Unresolved] = []
        later: list[tuple[Row, Field]] = []
        above: set[str] = set()
        for steps in self.steps:
            if steps.sheet.derive:
                self._derive_sheet(table, steps.sheet, scope.names)
            above.add(steps.sheet.name)
            rows = table.rows[steps.sheet.name]
            for row in rows:
                for of in steps.refs:
                    if row.values[of.name] is not None:
                        (unknown.extend(self._resolve(table, row, of)) if of.to in above else later.append((row, of)))
            typed_keys = [row for row in rows if steps.sheet.key and row.values[steps.sheet.key] is not None]
            for level in steps.levels:
                self._derive(level, rows, table, scope, options)
            if typed_keys and len(typed_keys) < len(rows):
                _number_anew(steps.sheet, rows, typed_keys)
            for row in rows:
                for of in steps.refs:
                    if of.derive and row.values[of.name] is not None and of.to in above:
                        self._resolve(table, row, of)
        for row, of in later:
            unknown.extend(self._resolve(table, row, of))
        return unknown

    def _derive(self, level: Level, rows: Sequence[Row], table: Table, scope: Scope, options: Options) -> None:
        work = []
        of_rows = []
        for row in rows:
            live = [row.values[of.name] is None and of.name not in row.wrong for of in level.fields]
            if any(live):
                work.append((row.values, row.siblings, row.parent.values if row.parent else {}, live))
                of_rows.append((row, live))
        if not work:
            return
        troubled = table.troubled
        doubts = [troubled and doubt_in_sheets(table, used) for used in level.used]
        for (row, live), values in zip(of_rows, level.batch.run(scope, work), strict=True):
            for of, used, value, alive, doubt in zip(level.fields, level.used, values, live, doubts, strict=True):
                if not alive:
                    continue
                if troubled and (doubt or doubt_in_row(table, row, used)):
                    row.unsure.add(of.name)
                if value is None:
                    continue
                if isinstance(value, Failed):
                    if not lacks(row, used, scope.names):
                        raise failing(of.derive.place if of.derive else "", of.name, value.reason)
                    continue
                row.values[of.name] = self._typed(of, value, options)

    def _typed(self, of: Field, value: Any, options: Options) -> Any:
        """What an expression returned, as a value of its field; None where it can't be one."""
        known, mark = self.reader.known(options), (of.sheet, of.name, value)
        short = value.__class__ is str and len(value) <= SHORT
        found = known.get(mark) if short else None
        if found is not None:
            return found
        result = typed(of, value, options)
        if isinstance(result, Fault):
            return None
        if isinstance(result, ReadAs):
            return result.value
        if short and not isinstance(result, list):
            known[mark] = result
        return result

    def _derive_sheet(self, table: Table, sheet: Sheet, shared: Names) -> None:
        make = DERIVED_SHEETS[sheet.derive]
        for parent in table.rows[sheet.parent]:
            into = table.values if parent.sheet == CASE else parent.values
            path = (sheet.name,) if parent.sheet == CASE else (*parent.path, sheet.name)
            if not into[sheet.name] and path not in table.broken:
                for values in make(parent.values, shared):
                    self.reader.add(table, sheet.name, parent, into[sheet.name], values)

    def _resolve(self, table: Table, row: Row, of: Field) -> Iterable[Unresolved]:
        """Put the key of the row meant into the field; nothing to report when there is one."""
        sheet = self.sheets[of.to]
        candidates = table.rows[of.to]
        if any(candidate.values[sheet.key] == row.values[of.name] for candidate in candidates):
            return
        wanted = spelling(str(row.values[of.name]))
        for name in sheet.names or (sheet.key,):
            keys = [
                c.values[sheet.key] for c in candidates if c.values[name] and spelling(str(c.values[name])) == wanted
            ]
            if len(keys) > 1 and name != sheet.key:
                yield row, of.name, [str(key) for key in keys], "shared_name"
                return
            if keys:
                row.values[of.name] = keys[0]
                return
        yield row, of.name, _offered(sheet, candidates), "unknown_reference"


def _offered(sheet: Sheet, candidates: Sequence[Row]) -> list[str]:
    """What each row may be called, once: by its name, or by its key where it has none or shares it."""
    names = [one.values[(sheet.names or (sheet.key,))[-1]] for one in candidates]
    keys = (one.values[sheet.key] for one in candidates)
    called = [key if names.count(name) > 1 or name is None else name for name, key in zip(names, keys, strict=True)]
    return [str(one) for one in called if one is not None]


def _number_anew(sheet: Sheet, rows: Sequence[Row], typed_keys: Sequence[Row]) -> None:
    """A key that nobody typed takes the next free number where another row beside it has it already."""
    taken = {(id(row.siblings), spelling(str(row.values[sheet.key]))) for row in typed_keys}
    typed_ids = {id(row) for row in typed_keys}
    for row in rows:
        key = row.values[sheet.key]
        found = NUMBERED.fullmatch(str(key)) if id(row) not in typed_ids else None
        if found is None:
            continue
        prefix, number = found[1], int(found[2])
        while (id(row.siblings), spelling(f"{prefix}{number}")) in taken:
            number += 1
        row.values[sheet.key] = number if isinstance(key, int) else f"{prefix}{number}"
        taken.add((id(row.siblings), spelling(f"{prefix}{number}")))


def _steps(sheet: Sheet, derived: Derivations) -> Steps:
    fields = sheet.fields.values()
    return Steps(
        sheet,
        tuple(of for of in fields if of.type == "ref"),
        tuple(_levels([of for of in fields if of.derive], sheet, derived)),
    )


def _levels(fields: Sequence[Field], sheet: Sheet, derived: Derivations) -> Iterable[Level]:
    """Group derivations so that each stands below those it uses; in a circle the order of the file decides."""
    used = {of.name: derived[sheet.name, of.name] for of in fields}
    waiting = list(fields)
    while waiting:
        names = {of.name for of in waiting}
        ready = [of for of in waiting if not (_row_names(used[of.name]) & names - {of.name})] or waiting[:1]
        waiting = [of for of in waiting if of not in ready]
        sources = [of.derive.source for of in ready if of.derive]
        yield Level(tuple(ready), Batch(sources, sheet.fields), tuple(used[of.name] for of in ready))


def _row_names(used: Used) -> frozenset[str]:
    """Fields of its own row that an expression may use, also by ``row.`` or through ``rows``."""
    return used.plain | used.attributes("row") | (used.mentioned if "rows" in used.plain else frozenset())


def doubt_in_row(table: Table, row: Row, used: Used) -> bool:
    """Whether an expression uses a value of this row, its parent or the case that is wrong, or follows from one."""
    return (
        row.doubtful(used.plain | used.attributes("row"))
        or table.case.doubtful(used.attributes(CASE))
        or (row.parent is not None and row.parent.doubtful(used.attributes("parent")))
    )


def doubt_in_sheets(table: Table, used: Used, own: str = "") -> bool:
    """Whether a sheet that an expression looks through is no list, or holds such a value; ``own``: its rows' sheet."""
    sheets = (used.plain | used.mentioned) & table.rows.keys() - {CASE}
    if own and "rows" in used.plain:
        sheets |= {own}
    return bool(sheets & table.broken_sheets) or any(table.doubtful_in(sheet, used.mentioned) for sheet in sheets)


def lacks(row: Row, used: Used, shared: Names) -> bool:
    """Whether a name that an expression uses has no value here: then it can't be asked, and nobody is to blame. Of the
    rows of a sheet that it looks through nobody knows which it uses: any may lack it."""
    return values_lack(row, used, shared) or any(isinstance(shared.get(name), list) for name in used.plain)


def values_lack(row: Row, used: Used, shared: Names) -> bool:
    """Whether a field or setting that an expression names has no value here."""
    case: Mapping[str, Any] = shared[CASE]
    parent: Mapping[str, Any] = row.parent.values if row.parent else {}
    return (
        any(row.values.get(name, ...) is None for name in used.plain | used.attributes("row"))
        or any(case.get(name) is None for name in used.attributes(CASE))
        or any(parent.get(name) is None for name in used.attributes("parent"))
        or any(settings_lack(shared["settings"], name) for name in used.attributes("settings"))
    )


def settings_lack(settings: Mapping[str, Any], name: str) -> bool:
    return settings.get(name) is None
