"""Which forms use a field: those that print or require it, or anything that is derived or computed from it."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.checking.computed import COMPUTED_FROM
from docgen.checking.names import Derivations, Used
from docgen.checking.rows import CASE
from docgen.definitions.definition import Definitions, Field, Form

Use = tuple[str, str]
NOBODY: frozenset[str] = frozenset()
FREE_TEXT = frozenset({"text", "longtext", "list"})


class Uses:
    """Which forms use a field, worked out once for the definitions; and the free texts that forms use."""

    def __init__(self, definitions: Definitions, derived: Derivations) -> None:
        self.sheets = definitions.sheets
        self._forms = uses_of(definitions, derived)
        self._texts: dict[frozenset[str], tuple[tuple[str, tuple[Field, ...]], ...]] = {}

    def of(self, sheet: str, name: str) -> frozenset[str]:
        return self._forms.get((sheet, name), NOBODY)

    def free_texts(self, forms: frozenset[str]) -> tuple[tuple[str, tuple[Field, ...]], ...]:
        """The sheets that have free texts which ``forms`` use, and those fields."""
        if forms not in self._texts:
            found = (
                (
                    name,
                    tuple(
                        of for of in sheet.fields.values() if of.type in FREE_TEXT and self.of(name, of.name) & forms
                    ),
                )
                for name, sheet in self.sheets.items()
            )
            self._texts[forms] = tuple((name, fields) for name, fields in found if fields)
        return self._texts[forms]


def uses_of(definitions: Definitions, derived: Derivations) -> dict[Use, frozenset[str]]:
    """The forms by sheet and field; what no form uses is not there."""
    sources = _sources(definitions, derived)
    found: dict[Use, set[str]] = {}
    for form in definitions.forms.values():
        waiting = list(_direct(form, definitions))
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
