"""Which fields a person is asked to type for a form; what docgen fills in is left out, unless all is wanted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from docgen.checking.names import Derivations, derivations
from docgen.definitions.definition import Definitions, Field, Form, Rule, Sheet
from docgen.definitions.naming import CASE
from docgen.model.problems import Severity

OFFERED = frozenset(("typed", "optional", "derived"))
NUMBERED = frozenset(("id", "integer"))
"""Keys of these types are counted by docgen; any other key (a month) is for a person to choose."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields that ``forms`` ask a person for; ``with_optional`` adds those that may be left empty."""

    definitions: Definitions
    forms: tuple[Form, ...]
    with_optional: bool = False
    derived: Derivations = field(default_factory=dict)

    def fields(self, sheet: Sheet) -> list[Field]:
        asked = {name for form in self.forms for name in self._asked(form, sheet)}
        return [of for name, of in sheet.fields.items() if name in asked]

    def may_be_empty(self, of: Field) -> bool:
        """Whether every form can do without a person typing this."""
        sheet = self.definitions.sheets.get(of.sheet)
        lacked = {name for form in self.forms for name in _never_derived(form, sheet)} if sheet else ()
        return of.entry != "typed" and of.name not in lacked

    def is_chosen_key(self, of: Field) -> bool:
        """Whether it says which one of a form's documents a row is about, such as the month: docgen can't count it."""
        units = {form.unit for form in self.forms} - {CASE}
        return of.sheet in units and of.name == self.definitions.sheets[of.sheet].key and of.type not in NUMBERED

    def children(self, sheet: Sheet) -> list[Sheet]:
        return [self.definitions.sheets[name] for name in sheet.children if self.holds(self.definitions.sheets[name])]

    def holds(self, sheet: Sheet) -> bool:
        return bool(self.fields(sheet) or any(self.holds(self.definitions.sheets[name]) for name in sheet.children))

    def _asked(self, form: Form, sheet: Sheet) -> set[str]:
        """The fields that ``form`` asks a person for: what it needs, what its rules look at, what it prints beside.

        A sheet of which it only prints what there is, is typed for another form; the optional ones are offered.
        """
        own = sheet.name == form.unit
        required = {one.field for one in form.requires.get(sheet.name, ())}
        judged = {rule.at for rule in self.definitions.rules if _blocks(rule, form) and rule.each == sheet.name}
        before = {name for name, of in sheet.fields.items() if of.phase == "before"}
        printed = set(form.prints.get(sheet.name, ()))
        named = required | self._sources(form, sheet)
        if own or required or (sheet.single and judged and printed):  # of a single sheet there is always a row
            named |= printed | judged
        elif self.with_optional:
            named |= printed & before
        asked = {
            name for name, of in sheet.fields.items() if name in named and self._typed(of, own and name in required)
        }
        if asked:
            asked |= _never_derived(form, sheet) | self._missed(form, sheet)
        return asked | {name for name, of in sheet.fields.items() if own and self.is_chosen_key(of)}

    def _missed(self, form: Form, sheet: Sheet) -> set[str]:
        """The fields whose absence alone is a warning, and those missed once such a field is there."""
        missed: set[str] = set()
        for rule in self.definitions.rules:
            asks = rule.expect is not None and rule.expect.source == rule.at and rule.each == sheet.name
            concerned = not rule.forms or form.name in rule.forms
            if asks and concerned and (rule.when is None or rule.when.source in missed):
                missed.add(rule.at)
        return missed & sheet.fields.keys()

    def _typed(self, of: Field, before_the_talk: bool) -> bool:
        if self.with_optional:
            return of.entry in OFFERED
        return of.entry == "typed" and (of.phase != "end" or before_the_talk)

    def _sources(self, form: Form, sheet: Sheet) -> set[str]:
        """The fields of ``sheet`` that something required follows from, such as the case number."""
        found: set[str] = set()
        waiting = [(name, one.field) for name, requirements in form.requires.items() for one in requirements]
        for place in waiting:
            used = self.derived.get(place)
            if used is None:
                continue
            near = used.plain | used.attributes("row")
            follows = [(place[0], name) for name in near] + [("case", name) for name in used.attributes("case")]
            for holder, name in follows:
                known = name in self.definitions.sheets[holder].fields
                if known and (holder, name) not in waiting:
                    waiting.append((holder, name))
                    if holder == sheet.name:
                        found.add(name)
        return found


def _blocks(rule: Rule, form: Form) -> bool:
    return rule.severity is Severity.ERROR and (not rule.forms or form.name in rule.forms)


def _never_derived(form: Form, sheet: Sheet) -> set[str]:
    """What ``form`` requires in every row although nothing is ever filled in for it."""
    required = [sheet.field(one.field) for one in form.requires.get(sheet.name, ()) if one.when is None]
    return {of.name for of in required if of.derive is None and of.default is None and of.entry != "recorded"}


def asked(definitions: Definitions, forms: Collection[str], with_optional: bool) -> Asked:
    """What the forms of these names ask for."""
    return Asked(definitions, tuple(definitions.forms[name] for name in forms), with_optional, derivations(definitions))
