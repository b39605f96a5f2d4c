"""Which forms use a field: those that print or require it, whose rules ask for it, or anything that comes from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from docgen.checking.computed import COMPUTED_FROM
from docgen.checking.names import Derivations, Used, derivations, used_names
from docgen.definitions.definition import Definitions, Field, Form
from docgen.definitions.naming import CASE

Use = tuple[str, str]
NOBODY: frozenset[str] = frozenset()
FREE_TEXT = frozenset({"text", "longtext", "list"})


@lru_cache(maxsize=8)
def known_uses(definitions: Definitions) -> Uses:
    """The uses of ``definitions``, worked out once a process."""
    return Uses(definitions, derivations(definitions))


class Uses:
    """Which forms use a field, worked out once for the definitions; and the free texts that forms print."""

    def __init__(self, definitions: Definitions, derived: Derivations) -> None:
        self.sheets = definitions.sheets
        self._definitions = definitions
        self._derived = derived
        self._printed = uses_of(definitions, derived, _direct)
        self._forms: dict[Use, frozenset[str]] | None = None
        self._texts: dict[frozenset[str], tuple[tuple[str, tuple[Field, ...]], ...]] = {}

    def printed(self, sheet: str, name: str) -> frozenset[str]:
        """The forms that print or require the field, or what comes from it."""
        return self._printed.get((sheet, name), NOBODY)

    def of(self, sheet: str, name: str) -> frozenset[str]:
        """Those, the forms that keep the field or have a rule for it; worked out only where something is wrong."""
        if self._forms is None:
            self._forms = uses_of(self._definitions, self._derived, _asked_for)
        return self._forms.get((sheet, name), NOBODY)

    def printed_sheet(self, sheet: str) -> frozenset[str]:
        """The forms that print or require anything from the sheet."""
        return NOBODY.union(*(self.printed(sheet, name) for name in self.sheets[sheet].fields))

    def of_sheet(self, sheet: str) -> frozenset[str]:
        """The forms that use any field of the sheet."""
        return NOBODY.union(*(self.of(sheet, name) for name in self.sheets[sheet].fields))

    def free_texts(self, forms: frozenset[str]) -> tuple[tuple[str, tuple[Field, ...]], ...]:
        """The sheets that have free texts which ``forms`` use, and those fields."""
        if forms not in self._texts:
            found = (
                (name, tuple(of for of in sheet.fields.values() if of.type in FREE_TEXT and self._prints(of, forms)))
                for name, sheet in self.sheets.items()
            )
            self._texts[forms] = tuple((name, fields) for name, fields in found if fields)
        return self._texts[forms]

    def _prints(self, of: Field, forms: frozenset[str]) -> bool:
        return bool(self.printed(of.sheet, of.name) & forms)


def uses_of(
    definitions: Definitions, derived: Derivations, direct: Callable[[Form, Definitions], Iterable[Use]]
) -> dict[Use, frozenset[str]]:
    """The forms by sheet and field; what no form uses is not there."""
    sources = _sources(definitions, derived)
    found: dict[Use, set[str]] = {}
    for form in definitions.forms.values():
        waiting = list(direct(form, definitions))
        while waiting:
            use = waiting.pop()
            forms = found.setdefault(use, set())
            if form.name not in forms:
                forms.add(form.name)
                waiting.extend(sources.get(use, ()))
    return {use: frozenset(forms) for use, forms in found.items()}


def _direct(form: Form, definitions: Definitions) -> Iterable[Use]:
    """What a form prints and requires, and the keys of the sheets it touches."""
    for sheet, names in form.prints.items():
        yield from ((sheet, name) for name in names)
    for sheet, requirements in form.requires.items():
        yield from ((sheet, requirement.field) for requirement in requirements)
    for sheet in {*form.prints, *form.requires, *form.rows}:
        if definitions.sheets[sheet].key:
            yield sheet, definitions.sheets[sheet].key


def _asked_for(form: Form, definitions: Definitions) -> Iterable[Use]:
    """The same, what is kept in its rows for later, and what its rules and the conditions of its fields ask for."""
    yield from _direct(form, definitions)
    for sheet, names in form.keeps.items():
        yield from ((sheet, name) for name in names)
    for sheet, requirements in form.requires.items():
        conditions = [requirement.when.source for requirement in requirements if requirement.when]
        yield from _derived_from(used_names(conditions), sheet, definitions)
    for rule in definitions.rules:
        if rule.forms and form.name not in rule.forms:
            continue
        sheet = rule.each or CASE
        sources = [formula.source for formula in (rule.when, rule.expect) if formula]
        yield from _derived_from(used_names(sources), sheet, definitions)
        for need in rule.needs:
            of, _, name = need.rpartition(".")
            yield of or sheet, name


def _sources(definitions: Definitions, derived: Derivations) -> dict[Use, list[Use]]:
    """What each derived or computed field comes from."""
    sources: dict[Use, list[Use]] = {use: list(of) for use, of in COMPUTED_FROM.items()}
    for (sheet, name), used in derived.items():
        sources.setdefault((sheet, name), []).extend(_derived_from(used, sheet, definitions))
    return sources


def _derived_from(used: Used, sheet: str, definitions: Definitions) -> Iterable[Use]:
    parent = definitions.sheets[sheet].parent
    yield from ((sheet, name) for name in used.plain | used.attributes("row"))
    yield from ((CASE, name) for name in used.attributes(CASE))
    yield from ((parent, name) for name in used.attributes("parent"))
    for other in used.plain & definitions.sheets.keys() - {CASE}:
        yield from ((other, name) for name in used.mentioned)
