"""A record becomes a checked case: typed, filled in, computed, and told what is missing, wrong or unwise in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from docgen import sandbox
from docgen.checking import computed
from docgen.checking.batch import Batch, Failed, Scope
from docgen.checking.checked import Checked
from docgen.checking.derivation import Filler, values_lack
from docgen.checking.faults import Faults, RowGap
from docgen.checking.names import Lazily, derivations
from docgen.checking.reading import Reader
from docgen.checking.reporting import Reporter, accepted_rules
from docgen.checking.required import Requirements
from docgen.checking.rows import Row, Table, Unresolved
from docgen.checking.ruling import Judge, SheetRules, rules_for
from docgen.checking.uses import known_uses
from docgen.definitions.definition import Definitions, Form, Made
from docgen.definitions.formula import failing
from docgen.definitions.naming import CASE
from docgen.definitions.results import Options
from docgen.definitions.wordlists import WordLists, load_wordlists
from docgen.errors import UsageError
from docgen.model.case import Case, Code, Gap
from docgen.model.life import NEW, OUTCOME, Life
from docgen.model.problems import Words
from docgen.model.record import Record

REVIEWS = "reviews"
MOST_SETTINGS = 32
NO_FORM = Words("There is no form {name!r}; there are {known}.", "没有名为 {name!r} 的表单；现有 {known}。")
NO_LIVES: Mapping[str, Life] = {}


class Checker:
    """Checks records; what follows from the definitions alone is worked out once and kept here.

    Args:
        words: the lists of words; by default those that ship with docgen.
        reader: by default one that reads what is typed alike but once.
    """

    def __init__(self, definitions: Definitions, words: WordLists | None = None, reader: Reader | None = None) -> None:
        self.definitions = definitions
        self.words = words or load_wordlists(definitions.folders)
        self.reader = reader or Reader(definitions)
        self.derived = derivations(definitions)
        self.filler = Filler(definitions, self.reader, self.derived)
        self.uses = known_uses(definitions)
        asked_when = [form.asked_when.source for form in definitions.forms.values()]
        self._environment = sandbox.environment(autoescape=False)
        self._asked_when = Batch(asked_when, definitions.sheets[CASE].printable)
        self._made_of = {name: Lazily([form.asked_when.source]) for name, form in definitions.forms.items()}
        self._settings: dict[tuple[int, str], tuple[Mapping[str, Any], dict[str, Any]]] = {}
        self._batches: dict[str, Batch] = {}
        self._rules: dict[tuple[str, ...], tuple[SheetRules, ...]] = {}

    def validate(
        self,
        record: Record,
        settings: Mapping[str, Any],
        forms: Sequence[str] | None,
        today: date,
        lives: Mapping[str, Life] = NO_LIVES,
    ) -> Checked:
        """Check ``record`` for the forms asked for; without ``forms``, for those its data ask for, else the first form.
        A closed case asks only for what is made of closed ones, and for nothing where that lacks.

        ``lives``: how cases stand beside their data, by their id; the values of the case get it as ``life``, the
        day on which it therefore ends as ``end``, and what of it forms may print in the fields that are recorded.

        Raises:
            UsageError: there is no such form.
            DefinitionError: an expression of the definitions fails, although all it uses is there.
        """
        return self.check(self.read(record, settings), record, settings, forms, today, lives)

    def read(self, record: Record, settings: Mapping[str, Any]) -> Table:
        """What is typed in ``record``; nothing is derived yet."""
        table = self.reader.read(record, _options(settings))
        table.sort_by_date(REVIEWS)
        for problem in record.problems:  # a sheet that lacks rows, as it is told already, is not judged by what it has
            if len(problem.path) == 1 and problem.path[0] in self.definitions.sheets:
                table.broken.add(problem.path)
                table.troubled = True
        return table

    def check(
        self,
        table: Table,
        record: Record,
        settings: Mapping[str, Any],
        forms: Sequence[str] | None,
        today: date,
        lives: Mapping[str, Life] = NO_LIVES,
    ) -> Checked:
        """The rest of ``validate``, of a table that was just read; it is filled in."""
        settings, scope, unknown = self._filled(table, settings, today, lives)
        asked = self._asked(forms, table.case, scope, "closed" if table.case.values["life"].is_closed else "open")

        accepted = accepted_rules(settings)
        reporter = Reporter(self.definitions, record, accepted, [], self._id(table))
        faults = Faults(self.definitions, self.reader, self.words, self.uses, asked, reporter, bool(forms))
        gaps = faults.misread(table)
        gaps += faults.references(table, unknown)
        gaps += Requirements(self.definitions, asked, scope.names, reporter, self.derived).missing(table, gaps)
        Judge(self.definitions, table, scope, self.words, self.uses, reporter).judge(self._rules_for(asked))
        missing = _placed(gaps)
        problems = (*(replace(one, case_id=reporter.case_id) for one in record.problems), *reporter.problems)
        return Checked(Case(reporter.case_id, table.values, missing), asked, problems, record)

    def complete(
        self, record: Record, settings: Mapping[str, Any], today: date, lives: Mapping[str, Life] = NO_LIVES
    ) -> Case:
        """The case of ``record`` with all that is derived and computed, judged by no rule; what is missing is None."""
        table = self.read(record, settings)
        self._filled(table, settings, today, lives)
        return Case(self._id(table), table.values)

    def _filled(
        self, table: Table, settings: Mapping[str, Any], today: date, lives: Mapping[str, Life]
    ) -> tuple[Mapping[str, Any], Scope, list[Unresolved]]:
        """Fill in ``table``; the settings in the language of the case, the names of expressions, and references that
        name no row."""
        options = _options(settings)
        settings = self._written(settings, str(table.case.values["language"] or settings.get("default_language")))
        scope = Scope({**table.values, "settings": settings, "today": today}, self._environment)
        unknown = self.filler.fill(table, scope, options)
        _live(table.case, lives.get(self._id(table), NEW))
        computed.compute(table.values, settings, self.words)
        self._name_references(table)
        return settings, scope, unknown

    def _written(self, settings: Mapping[str, Any], language: str) -> dict[str, Any]:
        """The settings as documents of ``language`` have them; kept, since all cases of a run share their settings."""
        known = self._settings.get((id(settings), language))
        if known is None or known[0] is not settings:
            if len(self._settings) > MOST_SETTINGS:
                self._settings.clear()
            known = self._settings[id(settings), language] = settings, _in_language(settings, language)
        return known[1]

    def _asked(self, forms: Sequence[str] | None, case: Row, scope: Scope, made: Made) -> tuple[str, ...]:
        if forms:
            unknown = [name for name in forms if name not in self.definitions.forms]
            if unknown:
                raise UsageError(NO_FORM.filled(name=unknown[0], known=", ".join(self.definitions.forms)))
            return tuple(name for name in self.definitions.forms if name in forms)
        live = [True] * len(self.definitions.forms)
        (answers,) = self._asked_when.run(scope, [(case.values, [case.values], {}, live)])
        asked = zip(self.definitions.forms.values(), answers, strict=True)
        found = tuple(form.name for form, yes in asked if form.made == made and self._says_yes(form, yes, case, scope))
        return found or (self._first if made == "open" else ())

    def _says_yes(self, form: Form, answer: Any, case: Row, scope: Scope) -> bool:
        """Whether a case asks for ``form``; it doesn't, where a value that the question uses isn't there.

        Raises:
            DefinitionError: the question fails otherwise: the paper would be left out, and nobody told.
        """
        if not isinstance(answer, Failed):
            return bool(answer)
        if not values_lack(case, self._made_of[form.name](), scope.names):
            raise failing(form.asked_when.place, f"{form.name}: asked_when", answer.reason)
        return False

    @property
    def _first(self) -> tuple[str, ...]:
        return tuple(form.name for form in self.definitions.forms.values() if form.made == "open")[:1]

    def _rules_for(self, asked: tuple[str, ...]) -> tuple[SheetRules, ...]:
        if asked not in self._rules:
            self._rules[asked] = rules_for(self.definitions, asked, self._batches)
        return self._rules[asked]

    def _name_references(self, table: Table) -> None:
        for steps in self.filler.steps:
            for of in steps.refs:
                sheet = self.definitions.sheets[of.to]
                names = {row.values[sheet.key]: row.values[sheet.names[-1]] for row in table.rows[of.to]}
                for row in table.rows[steps.sheet.name]:
                    row.values[f"{of.name}_name"] = names.get(row.values[of.name])

    def _id(self, table: Table) -> str:
        case = table.case.values
        return str(case.get("case_id") or case.get("employee_no") or "")


def _options(settings: Mapping[str, Any]) -> Options:
    return Options(str(settings.get("date_order") or ""))


def _live(case: Row, life: Life) -> None:
    """Join the case with what was decided on it; its end is as sure as the end of its period."""
    outcome = Code(life.outcome, OUTCOME) if life.outcome else None
    case.values.update(life=life, end=life.end(case.values["period_end"]))
    case.values.update(outcome=outcome, closed_on=life.closed_on, extended_to=life.extended)
    if case.doubtful({"period_end"}):
        case.unsure.add("end")


def _placed(gaps: Sequence[RowGap]) -> tuple[Gap, ...]:
    """Put a Gap in place of each value that is missing or wrong."""
    made: dict[tuple[int, str], Gap] = {}
    for row, name, forms, wrong in gaps:
        before = made.get((id(row), name))
        forms, wrong = (forms | before.forms, wrong or before.wrong) if before else (forms, wrong)
        made[id(row), name] = row.values[name] = Gap(f"{row.sheet}.{name}", (*row.path, name), wrong, forms)
    return tuple(made.values())


def _in_language(value: Any, language: str) -> Any:
    """Settings with the texts that are given in both languages in the one that the case's documents are written in."""
    match value:
        case Words():
            return value.written(language)
        case Mapping():
            return {name: _in_language(inner, language) for name, inner in value.items()}
        case list() | tuple():
            return [_in_language(inner, language) for inner in value]
        case _:
            return value


def validate(
    record: Record, definitions: Definitions, settings: Mapping[str, Any], forms: Sequence[str] | None, today: date
) -> Checked:
    """Check one record; for many, make one ``Checker`` and use it for all."""
    return Checker(definitions).validate(record, settings, forms, today)
