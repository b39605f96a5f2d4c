"""The rules of the asked forms are put to every row, all expressions of a sheet in one go; one cause, one problem."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docgen.checking.batch import Batch, Failed, Scope
from docgen.checking.checks import CHECKS
from docgen.checking.context import Check, Context, Finding
from docgen.checking.derivation import doubt_in_row, doubt_in_sheets, lacks
from docgen.checking.names import Lazily
from docgen.checking.reporting import Reporter
from docgen.checking.rows import Row, Table
from docgen.checking.uses import Uses
from docgen.definitions.definition import BUILT_IN, Definitions, Rule
from docgen.definitions.formula import failing
from docgen.definitions.naming import CASE
from docgen.definitions.wordlists import WordLists
from docgen.model.problems import Path

Names = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule for the asked forms: what it needs, what it uses, and the check it names."""

    rule: Rule
    forms: frozenset[str]
    needs: frozenset[str]
    case_needs: frozenset[str]
    used: Lazily
    check: Check | None


@dataclass(frozen=True, slots=True)
class SheetRules:
    """The rules that go through one sheet; ``batch`` holds one expression a rule, true where it is broken.

    ``needed`` and ``case_needed`` are what any of them needs.
    """

    sheet: str
    rules: tuple[Asked, ...]
    batch: Batch
    needed: frozenset[str]
    case_needed: frozenset[str]


def rules_for(definitions: Definitions, asked: Sequence[str], batches: dict[str, Batch]) -> tuple[SheetRules, ...]:
    """The rules of each sheet; those that concern none of the asked forms have no forms, and are never put.

    ``batches`` keeps the compiled expressions by sheet: they are the same whatever is asked for.
    """
    by_sheet: dict[str, list[Asked]] = {}
    for rule in definitions.rules:
        forms = frozenset(asked) & rule.forms if rule.forms else frozenset(asked)
        if rule.check not in BUILT_IN and (not rule.check or rule.check in CHECKS):
            by_sheet.setdefault(rule.each or CASE, []).append(_asked(rule, forms))
    for sheet, rules in by_sheet.items():
        if sheet not in batches:
            batches[sheet] = Batch([_broken(one.rule) for one in rules], definitions.sheets[sheet].printable)
    return tuple(_sheet_rules(sheet, rules, batches[sheet]) for sheet, rules in by_sheet.items())


def _sheet_rules(sheet: str, rules: Sequence[Asked], batch: Batch) -> SheetRules:
    needed = frozenset[str]().union(*(one.needs for one in rules))
    return SheetRules(sheet, tuple(rules), batch, needed, frozenset[str]().union(*(one.case_needs for one in rules)))


def _asked(rule: Rule, forms: frozenset[str]) -> Asked:
    case_needs = frozenset(need.partition(".")[2] for need in rule.needs if need.startswith(f"{CASE}."))
    needs = frozenset(need.rpartition(".")[2] for need in rule.needs if not need.startswith(f"{CASE}."))
    sources = [formula.source for formula in (rule.when, rule.expect) if formula]
    return Asked(rule, forms, needs, case_needs, Lazily(sources), CHECKS[rule.check] if rule.check else None)


def _broken(rule: Rule) -> str:
    when = f"({rule.when.source})" if rule.when else "true"
    broken = f"not ({rule.expect.source})" if rule.expect else "true"
    return f"true if {when} and {broken} else false"


@dataclass(frozen=True, slots=True)
class Judge:
    """Puts rules to the rows of one table."""

    definitions: Definitions
    table: Table
    scope: Scope
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
        case = self.table.case.values
        unknown = frozenset([name for name in of.case_needed if case[name] is None])
        by_absent: dict[tuple[str, ...], list[bool]] = {}
        work = []
        for row in rows:
            values = row.values
            absent = tuple([name for name in of.needed if values[name] is None])
            live = by_absent.get(absent)
            if live is None:
                live = by_absent[absent] = [
                    bool(one.forms) and one.needs.isdisjoint(absent) and one.case_needs.isdisjoint(unknown)
                    for one in of.rules
                ]
            work.append((values, row.siblings, row.parent.values if row.parent else {}, live))
        if troubled:
            clear = [not self._unclear(one, of.sheet) for one in of.rules]
            work = [
                (values, siblings, parent, self._sure(row, of, live, clear))
                for row, (values, siblings, parent, live) in zip(rows, work, strict=True)
            ]
        for row, broken in zip(rows, of.batch.run(self.scope, work), strict=True):
            for index, answer in enumerate(broken):
                if answer:
                    self._answered(of.rules[index], row, answer)

    def _unclear(self, one: Asked, sheet: str) -> bool:
        """Whether what the rule needs of the case, or a sheet it looks through, is wrong."""
        return self.table.case.doubtful(one.case_needs) or doubt_in_sheets(self.table, one.used(), sheet)

    def _sure(self, row: Row, of: SheetRules, live: Sequence[bool], clear: Sequence[bool]) -> list[bool]:
        """Of the rules that could be asked, those for which nothing that they use is wrong."""
        return [
            alive and known and not row.doubtful(one.needs) and not doubt_in_row(self.table, row, one.used())
            for one, alive, known in zip(of.rules, live, clear, strict=True)
        ]

    def _answered(self, one: Asked, row: Row, answer: Any) -> None:
        if not isinstance(answer, Failed):
            self._report(one, row)
        elif not lacks(row, one.used(), self.scope.names):
            raise failing(one.rule.place, one.rule.code, answer.reason) from answer.reason

    def _report(self, one: Asked, row: Row) -> None:
        if one.check is None:
            self._say(one, Finding(row, one.rule.at))
            return
        names, record = self.scope.names, self.reporter.record
        asked = (one.forms, self.uses, record, one.rule.at, names["today"])
        context = Context(row, self.table, names["settings"], self.words, *asked)
        for finding in one.check(context):
            self._say(one, finding)

    def _say(self, one: Asked, finding: Finding) -> None:
        row = finding.row
        at = finding.at or one.rule.at
        wording = one.rule.messages[finding.wording] if finding.wording else one.rule.wording
        assert wording is not None, one.rule.code
        path, typed = self._place(row, at)
        names = {**self.scope.names, **row.values, "row": row.values, "rows": row.siblings}
        names["parent"] = row.parent.values if row.parent else {}
        value = finding.found.get("value")
        forms = one.forms if finding.forms is None else finding.forms
        self.reporter.report(one.rule, wording, path, typed, forms, {**names, **finding.found}, value)

    def _place(self, row: Row, at: str) -> tuple[Path, Path]:
        """A field or child sheet of the row, or a field of that sheet's first row.

        A sheet beside the case stands at the top of the record.
        """
        sheet, _, field = at.partition(".")
        if field and sheet in self.table.rows:
            first = next((one for one in self.table.rows[sheet] if one.parent is row), None)
            return self._place(first, field) if first else self._place(row, sheet)
        if row.sheet == CASE and at in self.table.rows and at not in self.definitions.sheets[CASE].printable:
            return (at,), (self.table.keys.get(at, at),)
        return ((*row.path, at) if at else row.path), row.place(at)
