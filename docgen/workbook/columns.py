"""Which columns a workbook has: what the forms ask for, what is typed afterwards, what holds data; sheet by sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from docgen.checking.asked import Asked
from docgen.checking.names import used_names
from docgen.definitions.definition import Definitions, Field, Rule, Sheet
from docgen.definitions.formula import Formula
from docgen.definitions.naming import CASE
from docgen.definitions.tabs import FACTS, PEOPLE, Tab, key
from docgen.model.problems import Severity, Words

Need = Literal["required", "conditional", "optional"]
Used = Collection[tuple[str, str]]
"""Sheets and fields."""
WEIGHT = key("targets", "weight")
"""The column whose sum is shown."""

SEVERAL = Words("there are several {sheet}", "“{sheet}”有多项时")
FOR_FORM = Words("a {form} is wanted", "需要生成{form}时")


@dataclass(frozen=True, slots=True)
class Column:
    """A field with its place in a tab. ``conditions``: when a field is needed that may else be empty."""

    of: Field
    need: Need = "optional"
    conditions: tuple[Words, ...] = ()

    @property
    def key(self) -> str:
        return key(self.of.sheet, self.of.name)


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one sheet; those that stand in a row of it together."""

    sheet: Sheet
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A tab of the table layout, or a block of a card: groups side by side, none without columns."""

    tab: Tab
    groups: tuple[Group, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(column for group in self.groups for column in group.columns)


@dataclass(frozen=True, slots=True)
class Choosing:
    """What the columns depend on: what the forms ask for, and which fields hold data."""

    asked: Asked
    used: Used

    @property
    def definitions(self) -> Definitions:
        return self.asked.definitions

    def tabs(self) -> tuple[Block, ...]:
        """The tabs of the table layout, without those that would be empty; the people always."""
        return self._blocks(self.definitions.workbook.tabs.values(), frozenset())

    def people(self) -> Block:
        """The list of people of the cards: who they are."""
        plan = self.definitions.workbook
        sheet = self.definitions.sheets[CASE]
        columns = tuple(self._column(sheet.fields[name]) for name in plan.identity)
        return Block(plan.tabs[PEOPLE], (Group(sheet, columns),))

    def cards(self) -> tuple[Block, ...]:
        """The blocks of a card."""
        plan = self.definitions.workbook
        return self._blocks(plan.blocks.values(), frozenset(plan.identity))

    def _blocks(self, tabs: Iterable[Tab], elsewhere: Collection[str]) -> tuple[Block, ...]:
        made = []
        for tab in tabs:
            sheets = [self.definitions.sheets[name] for name in tab.sheets]
            left_out = elsewhere if tab.name == FACTS else ()
            groups = [Group(sheet, tuple(self._columns(sheet, left_out))) for sheet in sheets]
            if any(group.columns for group in groups):
                made.append(Block(tab, tuple(group for group in groups if group.columns)))
        return tuple(made)

    def _columns(self, sheet: Sheet, left_out: Collection[str]) -> Iterable[Column]:
        asked = {of.name for of in self.asked.fields(sheet)}
        fields = sheet.fields.items()
        after = [name for at, name in self._afterwards() if at == sheet.name]
        asked.update(name for name, of in fields if (sheet.name, name) in self.used or self._after(of))
        asked.update(after)
        if asked:
            asked.update(name for name, of in fields if self._is_needed_reference(of))
        if sheet.name == CASE and not left_out:
            asked.update(self.definitions.workbook.identity)
        planned = [name for name in sheet.fields if name in asked and name not in after]
        return (self._column(sheet.fields[name]) for name in (*planned, *after) if name not in left_out)

    def _is_needed_reference(self, of: Field) -> bool:
        """Whether docgen can only fill it in while there is a single row that it may mean."""
        requirements = (one for form in self.asked.forms for one in form.requires.get(of.sheet, ()))
        return of.type == "ref" and of.entry != "typed" and any(one.field == of.name for one in requirements)

    def _afterwards(self) -> list[tuple[str, str]]:
        """What is typed once a month has ended or a talk was held, for the forms asked for."""
        plan = self.definitions.workbook.afterwards
        return list(dict.fromkeys(one for form in self.asked.forms for one in plan.get(form.name, ())))

    def _after(self, of: Field) -> bool:
        """Whether the field is typed once a talk is over: unlike a text file, a workbook must have a place for it."""
        sheet = self.definitions.sheets[of.sheet]
        if of.entry == "hand":
            return self.asked.with_optional and any(sheet.name in form.prints for form in self.asked.forms)
        below = (form for form in self.asked.forms if form.unit == sheet.parent != CASE)
        return of.entry == "typed" and any(sheet.name in form.prints for form in below)

    def _column(self, of: Field) -> Column:
        conditions = self._conditions(of)
        if self.asked.is_chosen_key(of):
            return Column(of, "required")
        if self._is_needed_reference(of):
            label = self.definitions.sheets[of.to].label
            several = Words(SEVERAL.en.format(sheet=label.en.lower()), SEVERAL.zh.format(sheet=label.zh))
            return Column(of, "conditional", (several,))
        if of.entry != "typed" and self.asked.may_be_empty(of):
            return Column(of)
        if of.name in self._demanded(of.sheet) or any(when is None for when in conditions):
            some = self._forms_of_some(of)
            return Column(of, "conditional" if some else "required", some)
        if not conditions:
            return Column(of)
        words = (self.definitions.conditions.get(when.source) for when in conditions if when)
        return Column(of, "conditional", tuple(dict.fromkeys(filter(None, words))))

    def _forms_of_some(self, of: Field) -> tuple[Words, ...]:
        """The forms that need a field of the case, where others do without: then not everybody has to type it."""
        once = [form for form in self.asked.forms if form.unit == CASE]
        rules = self._rules(of)
        needing = [
            form
            for form in once
            if any(one.field == of.name for one in form.requires.get(of.sheet, ()))
            or any(not rule.forms or form.name in rule.forms for rule in rules)
        ]
        if not self.definitions.sheets[of.sheet].single or len(needing) in (0, len(once)):
            return ()
        return tuple(
            Words(FOR_FORM.en.format(form=form.title.en), FOR_FORM.zh.format(form=form.title.zh)) for form in needing
        )

    def _demanded(self, sheet: str) -> set[str]:
        return self.definitions.demanded({form.name for form in self.asked.forms}).get(sheet, set())

    def _conditions(self, of: Field) -> list[Formula | None]:
        """On what some form needs the field; None: always."""
        required = [
            one.when for form in self.asked.forms for one in form.requires.get(of.sheet, ()) if one.field == of.name
        ]
        ruled = [rule.when for rule in self._rules(of)]
        decided = [(when, self._decided(of, when)) for when in (*required, *ruled)]
        return [None if true else when for when, true in decided if true is not False]

    def _rules(self, of: Field) -> list[Rule]:
        """The rules of the forms that are broken where the field is empty, and only there."""
        names = {form.name for form in self.asked.forms}
        return [
            rule
            for rule in self.definitions.rules
            if rule.each == of.sheet
            and rule.expect is not None
            and of.name in (part.removeprefix("row.") for part in rule.expect.source.split(" and "))
            and rule.severity is Severity.ERROR
            and (not rule.forms or rule.forms & names)
        ]

    def _decided(self, of: Field, when: Formula | None) -> bool | None:
        """What a condition comes to while nothing is typed that it asks for; None: it depends on what is typed.

        What is true then is taken for true, what is false may yet change where the field has a column.
        """
        if when is None:
            return True
        used = used_names([when.source])
        row, case = self._defaults(of.sheet), self._defaults(CASE)
        if not (used.plain <= row.keys() | {CASE} and used.attributes(CASE) <= case.keys()):
            return None
        try:
            true = bool(when({**row, CASE: case}))
        except (TypeError, ValueError):
            return None
        places = {(of.sheet, name) for name in used.plain} | {(CASE, name) for name in used.attributes(CASE)}
        return true or (None if any(map(self._shown, places)) else False)

    def _defaults(self, sheet: str) -> Mapping[str, Any]:
        fields = self.definitions.sheets[sheet].fields.items()
        return {name: of.default for name, of in fields if of.default is not None and of.derive is None}

    def _shown(self, place: tuple[str, str]) -> bool:
        """Whether the field has a column."""
        sheet = self.definitions.sheets.get(place[0])
        if place in self.used or place in self._afterwards():
            return True
        return sheet is not None and place[1] in {of.name for of in self.asked.fields(sheet)}
