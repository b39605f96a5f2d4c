"""The rules of the asked forms are put to every row, all expressions of a sheet in one go; one cause, one problem."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docgen.checking.batch import Batch, Failed
from docgen.checking.checks import CHECKS
from docgen.checking.context import Check, Context, Finding
from docgen.checking.derivation import doubt_in_row, doubt_in_sheets, lacks
from docgen.checking.names import Lazily
from docgen.checking.reporting import Reporter
from docgen.checking.rows import CASE, Row, Table
from docgen.checking.uses import Uses
from docgen.checking.wordlists import WordLists
from docgen.definitions.definition import Definitions, Rule
from docgen.errors import DefinitionError
from docgen.model.problems import Path

Names = Mapping[str, Any]
BUILT_IN = frozenset({"required", "reference", "kind"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule for the asked forms: what it needs, what it uses, and the check it names."""

    rule: Rule
    forms: frozenset[str]
    needs: tuple[tuple[str, str], ...]
    used: Lazily
    check: Check | None


@dataclass(frozen=True, slots=True)
class SheetRules:
    """The rules that go through one sheet; ``batch`` holds one expression a rule, true where it is broken."""

    sheet: str
    rules: tuple[Asked, ...]
    batch: Batch


def rules_for(definitions: Definitions, asked: Sequence[str]) -> tuple[SheetRules, ...]:
    """The rules that concern the asked forms, by sheet."""
    by_sheet: dict[str, list[Asked]] = {}
    for rule in definitions.rules:
        forms = frozenset(asked) & rule.forms if rule.forms else frozenset(asked)
        if forms and rule.check not in BUILT_IN and (not rule.check or rule.check in CHECKS):
            by_sheet.setdefault(rule.each or CASE, []).append(_asked(rule, forms))
    return tuple(
        SheetRules(sheet, tuple(rules), Batch([_broken(one.rule) for one in rules], definitions.sheets[sheet].fields))
        for sheet, rules in by_sheet.items()
    )


def _asked(rule: Rule, forms: frozenset[str]) -> Asked:
    needs = tuple(("", need) if "." not in need else tuple(need.split(".", 1)) for need in rule.needs)
    sources = [formula.source for formula in (rule.when, rule.expect) if formula]
    return Asked(rule, forms, needs, Lazily(sources), CHECKS[rule.check] if rule.check else None)  # type: ignore[arg-type]


def _broken(rule: Rule) -> str:
    when = f"({rule.when.source})" if rule.when else "true"
    broken = f"not ({rule.expect.source})" if rule.expect else "true"
    return f"true if {when} and {broken} else false"


@dataclass(frozen=True, slots=True)
class Judge:
    """Puts rules to the rows of one table."""

    definitions: Definitions
    table: Table
    shared: Names
    words: WordLists
    uses: Uses
    reporter: Reporter

    def judge(self, rules: Iterable[SheetRules]) -> None:
        troubled = self.table.troubled
        for of in rules:
            rows = [row for row in self.table.rows[of.sheet] if row.path not in self.table.broken]
            if rows:
                self._sheet(of, rows, troubled)

    def _sheet(self, of: SheetRules, rows: Sequence[Row], troubled: bool) -> None:
        work = []
        barred = [troubled and doubt_in_sheets(self.table, one.used(), of.sheet) for one in of.rules]
        for row in rows:
            live = [
                not bar and self._ready(one, row) and not (troubled and doubt_in_row(self.table, row, one.used()))
                for one, bar in zip(of.rules, barred, strict=True)
            ]
            work.append((row.values, row.siblings, row.parent.values if row.parent else {}, live))
        answers = of.batch.run(self.shared, work)
        for row, broken in zip(rows, answers, strict=True):
            for one, answer in zip(of.rules, broken, strict=True):
                if isinstance(answer, Failed):
                    if not lacks(row, one.used(), self.shared):
                        raise DefinitionError(f"{one.rule.place}: {one.rule.code}: {answer}") from answer.reason
                elif answer:
                    self._report(one, row)

    def _ready(self, one: Asked, row: Row) -> bool:
        for of, name in one.needs:
            held = row if of in ("", "row", row.sheet) else self.table.case if of == CASE else row.parent
            if held is None or held.values.get(name) is None or name in held.wrong or name in held.unsure:
                return False
        return True

    def _report(self, one: Asked, row: Row) -> None:
        if one.check is None:
            self._say(one, Finding(row, one.rule.at))
            return
        context = Context(row, self.table, self.shared["settings"], self.words, one.forms, self.uses, one.rule.at)
        for finding in one.check(context):
            self._say(one, finding)

    def _say(self, one: Asked, finding: Finding) -> None:
        row = finding.row
        at = finding.at or one.rule.at
        wording = one.rule.messages[finding.wording] if finding.wording else one.rule.wording
        assert wording is not None, one.rule.code
        path, typed = self._place(row, at)
        names = {**self.shared, **row.values, "row": row.values, "rows": row.siblings}
        names["parent"] = row.parent.values if row.parent else {}
        value = finding.found.get("value")
        forms = one.forms if finding.forms is None else finding.forms
        self.reporter.report(one.rule, wording, path, typed, forms, {**names, **finding.found}, value)

    def _place(self, row: Row, at: str) -> tuple[Path, Path]:
        """A field or child sheet of the row; a sheet beside the case stands at the top of the record."""
        if row.sheet == CASE and at in self.table.rows and at not in self.definitions.sheets[CASE].fields:
            return (at,), (self.table.keys.get(at, at),)
        return ((*row.path, at) if at else row.path), row.place(at)
