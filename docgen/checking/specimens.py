"""Invented cases made from the definitions alone, to try templates with: empty, normal, very long and hostile ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from docgen.checking.checked import Checked
from docgen.checking.invented import Kind, is_typed, value_of, written
from docgen.checking.validate import Checker
from docgen.definitions.definition import Definitions, Form, Sheet
from docgen.definitions.naming import CASE
from docgen.model.life import OUTCOME, Life
from docgen.model.problems import Path, Problem, Severity, UiLanguage
from docgen.model.record import Record

TODAY = date(2026, 6, 30)
"""The day on which specimens are checked: they must be the same every day."""

ROWS: Mapping[Kind, int] = {"empty": 0, "normal": 3, "longest": 6, "hostile": 2}
HOLDING: Mapping[Kind, int] = {"empty": 0, "normal": 2, "longest": 3, "hostile": 2}
NESTED: Mapping[Kind, int] = {"empty": 0, "normal": 2, "longest": 2, "hostile": 1}
"""Rows of a sheet beside the case, of one that holds other sheets, and of one below another."""
MOST_ROUNDS = 6
NAMING_FILES = frozenset({"logo", "out"})
"""Settings whose example is a file that an office need not have."""
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Specimens:
    """Makes the specimens of one set of definitions.

    ``unprintable``: characters that no font here can show; no text has them. A case in both languages is typed in
    Chinese.
    """

    definitions: Definitions
    checker: Checker
    unprintable: str = ""

    def checked(
        self,
        kind: Kind,
        form: Form,
        language: str,
        settings: Mapping[str, Any],
        changed: Mapping[str, str] | None = None,
    ) -> Checked:
        """A checked case for ``form`` in which nothing is missing that the form needs.

        It may break rules (all its examples stand beside each other), but each value is typed and derived as in a real
        one. ``changed``: other values for fields of the case itself.
        """
        data = self.record(kind, form, language)
        recorded = {
            name: code for name, code in (changed or {}).items() if name in self.definitions.sheets[CASE].recorded
        }
        data[CASE] |= {name: code for name, code in (changed or {}).items() if name not in recorded}
        checked = self._checked(data, form, settings, recorded)
        for _ in range(MOST_ROUNDS):
            gaps = [gap for gap in checked.case.missing if gap.concerns(form.name)]
            for gap in gaps:
                self._fill(data, gap.path, "normal" if gap.wrong or kind == "empty" else kind, written(language))
            if not gaps and not (kind == "empty" and self._cured(data, checked.problems, form, written(language))):
                break
            checked = self._checked(data, form, settings, recorded)
        return checked

    def unfinished(self, kind: Kind, form: Form, language: str, settings: Mapping[str, Any]) -> Checked:
        """The same with all its gaps, as a draft or a blank form meets it."""
        return self._checked(self.record(kind, form, language), form, settings)

    def _checked(
        self, data: Mapping[str, Any], form: Form, settings: Mapping[str, Any], recorded: Mapping[str, str] = NOTHING
    ) -> Checked:
        """``recorded``: what was decided of a closed case; else the first of the choices."""
        record = Record("specimen", data, {})
        checked = self.checker.validate(record, settings, [form.name], TODAY)
        if form.made == "open":
            return checked
        codes = self.definitions.lists[OUTCOME].choices
        life = Life(closed_on=TODAY, closed="x", outcome=recorded.get(OUTCOME, next(iter(codes))))
        return self.checker.validate(record, settings, [form.name], TODAY, {checked.case.id: life})

    def record(self, kind: Kind, form: Form, language: str) -> dict[str, Any]:
        """What somebody might have typed; for the empty case, only the rows that ``form`` cannot do without."""
        sheets = self.definitions.sheets
        case = self._row(sheets[CASE], kind, form, written(language), 0, 1)
        case["language"] = language
        data: dict[str, Any] = {CASE: case}
        for sheet in sheets.values():
            if sheet.parent == CASE:
                rows = self._rows(sheet, kind, form, written(language), (HOLDING if sheet.children else ROWS)[kind])
                if sheet.single:
                    data[sheet.name] = rows[0]
                elif rows:
                    data[sheet.name] = rows
        return data

    def _rows(self, sheet: Sheet, kind: Kind, form: Form, language: UiLanguage, count: int) -> list[dict[str, Any]]:
        least = form.rows.get(sheet.name, 0)
        if sheet.name == form.unit:  # each kind of paper that the form knows
            kinds = [len(of.choices.choices) for of in sheet.fields.values() if of.entry == "typed" and of.choices]
            count = max([least, *([4, *kinds] if kind == "normal" else [2])])
        count = 1 if sheet.single else max(count, least)
        rows = []
        for index in range(count):
            row = self._row(sheet, kind, form, language, index, count)
            for name in sheet.children if sheet.name != CASE else ():
                child = self.definitions.sheets[name]
                if below := self._rows(child, kind, form, language, 0 if child.derive else NESTED[kind]):
                    row[name] = below
            rows.append(row)
        return rows

    def _row(
        self, sheet: Sheet, kind: Kind, form: Form, language: UiLanguage, index: int, count: int
    ) -> dict[str, Any]:
        row: dict[str, Any] = {}
        for of in sheet.fields.values():
            if is_typed(of, sheet, kind, index):
                value = value_of(of, sheet, kind, language, index, count)
                if value:
                    row[of.name] = self._printable(value)
        return row

    def _cured(self, data: dict[str, Any], problems: Sequence[Problem], form: Form, language: UiLanguage) -> bool:
        """Whether something was put where a rule misses it that keeps the form from being issued."""
        sheets, cured = self.definitions.sheets, False
        for problem in problems:
            path = problem.path
            if problem.severity is not Severity.ERROR or not path or path[0] not in sheets:
                continue
            missed = [path]
            rules = [one for one in self.definitions.rules if one.code == problem.code and one.expect]
            named = {name for one in rules if one.expect for name in re.findall(r"\w+", one.expect.source)}
            if str(path[-1]) not in sheets and _at(data, path) is not None:  # what a rule looks through in vain
                missed = [(name,) for name, of in sheets.items() if of.parent == CASE and name in named]
            elif path[-1] in sheets and isinstance(_at(data, path), list):  # rows in which it misses something
                missed += [(*path, 0, name) for name in sheets[str(path[-1])].fields if name in named]
            for place in missed:
                cured |= self._put(data, place, form, language)
        return cured

    def _put(self, data: dict[str, Any], path: Path, form: Form, language: UiLanguage) -> bool:
        """Put the first row of a sheet, or a value, where there is none."""
        sheet = self.definitions.sheets.get(str(path[-1]))
        if sheet is None:
            if _at(data, path) is None and isinstance(path[-1], str):
                self._fill(data, path, "normal", language)
                return True
            return False
        held: Any = _at(data, path[:-1])
        if not isinstance(held, dict) or held.get(sheet.name):
            return False
        row = self._row(sheet, "normal", form, language, 0, 1)
        held[sheet.name] = row if sheet.single else [row]
        return True

    def _fill(self, data: dict[str, Any], path: Path, kind: Kind, language: UiLanguage) -> None:
        """Put a value where one is missing."""
        *above, name = path
        row: Any = data
        for step, following in zip(above, path[1:], strict=True):
            if isinstance(step, int):
                row += [{} for _ in range(step + 1 - len(row))]
                row = row[step]
            else:
                row = row.setdefault(step, [] if isinstance(following, int) else {})
        sheet = self.definitions.sheets[str(next(step for step in reversed(above) if isinstance(step, str)))]
        index = next((step for step in reversed(above) if isinstance(step, int)), 0)
        of = sheet.fields.get(str(name))
        if of:
            row[name] = self._printable(value_of(of, sheet, kind, language, index, index + 1))

    def _printable(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._printable(one) for one in value]
        return value.translate(dict.fromkeys(map(ord, self.unprintable)))


def _at(data: Any, path: Path) -> Any:
    """What stands there; None where nothing does."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def with_examples(settings: Mapping[str, Any], definitions: Definitions, parse: Any, language: str) -> dict[str, Any]:
    """``settings`` with the example of each that an office has left open; texts in ``both`` languages where asked."""
    filled = dict(settings)
    for name, of in definitions.settings.items():
        if (
            filled.get(name) is None
            and name not in NAMING_FILES
            and of.example
            and of.type in ("text", "longtext", "date", "integer")
        ):
            both = language == "both" and of.type in ("text", "longtext")
            example = of.example[written(language)]
            filled[name] = parse(of, {"en": of.example.en, "zh": of.example.zh} if both else example)
    return filled


def case_choices(definitions: Definitions, prints: Sequence[str]) -> list[tuple[str, str]]:
    """Each choice of the case itself that may steer a template, but its language."""
    fields = definitions.sheets[CASE].printable.values()
    return [
        (of.name, code)
        for of in fields
        if of.choices and of.type == "choice" and of.name != "language" and (of.name in prints or of.entry == "derived")
        for code in of.choices.choices
    ]
