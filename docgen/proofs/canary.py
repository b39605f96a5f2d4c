"""A form prints exactly what its definition declares: a canary in every field, in turn, shows where it comes out."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from docgen.checking.verdicts import concluding
from docgen.definitions.definition import Definitions, Field, Form, Sheet
from docgen.definitions.naming import CASE
from docgen.definitions.rules import OF_TARGET
from docgen.errors import TemplateError
from docgen.generate import render
from docgen.kit import Kit
from docgen.layout.context import Stamp, after_talk
from docgen.marked_yaml import load_marked
from docgen.model.case import Case, Code
from docgen.model.document import Document, drawings, lines
from docgen.model.identity import document_number
from docgen.model.problems import Severity, Words
from docgen.paper import Paper
from docgen.proofs.canary_values import canary, first_value, second_value
from docgen.proofs.finding import Finding, Shelf
from docgen.proofs.tree_faults import texts

Key = tuple[str, str]
"""A sheet and a field of it."""

STEERING = {("case", "language"), ("case", "party"), ("targets", "target_id"), ("gaps", "gap_id")}
"""Fields that decide what is printed and are no content themselves."""
WRITTEN = {"id", "text", "longtext", "list", "ref"}
"""Types whose canary is their own text."""
HEAD = {("case", "department_head")}
"""Who signs for a department, in the place of an employee."""
FINAL = Code("final", "interview_type")

NOT_PRINTED = Words(
    "{form} declares that it prints {field}, but {template} never does.",
    "{form} 声明打印 {field}，但 {template} 从未打印。",
)
NOT_PRINTED_FIX = Words("Print it, or take it out of prints.", "请在模板中打印该字段，或从 prints 中删去。")
NOT_DECLARED = Words(
    "{template} prints {field}, which {form} does not declare.", "{template} 打印了 {form} 未声明的字段 {field}。"
)
NOT_DECLARED_FIX = Words(
    "Add {name} to prints.{sheet} there, or do not print it: what is printed must be checked.",
    "请在其 prints.{sheet} 中加入 {name}，或不要打印：打印的内容都须经过检查。",
)


def unlike_declared(form: Form, kit: Kit, shelf: Shelf) -> Iterator[Finding]:
    """What the template of ``form`` prints otherwise than its ``prints`` declares.

    A template that can't be rendered tells nothing: the trials tell why.
    """
    canaries = Canaries(kit)
    declared = canaries.declared(form)
    try:
        reached = canaries.reaching(form, [of for of in canaries.fields if key(of) in declared], most=True)
        due = declared | (HEAD if "employee" in form.signers else set())
        beyond = canaries.reaching(form, [of for of in canaries.fields if key(of) not in due], most=False)
    except TemplateError:
        return
    file, _ = shelf.split(str(form.place))
    template = shelf.named(form.template)
    for sheet, name in sorted(declared - reached):
        at = declared_at(form, sheet, name, shelf)
        said = NOT_PRINTED.filled(form=at[0], field=f"{sheet}.{name}", template=template)
        yield Finding(*at, "not-printed", Severity.ERROR, said, NOT_PRINTED_FIX)
    for sheet, name in sorted(beyond):
        said = NOT_DECLARED.filled(form=file, field=f"{sheet}.{name}", template=template)
        at = shelf.split(canaries.place(form, kit.definitions.sheets[sheet].fields[name]) or form.template)
        fix = NOT_DECLARED_FIX.filled(sheet=sheet, name=name)
        yield Finding(*at, "not-declared", Severity.ERROR, said, fix)


def declared_at(form: Form, sheet: str, name: str, shelf: Shelf) -> tuple[str, int]:
    """File and line that declare the field: in the company's file for ``form``, or in the shipped one it extends."""
    wanted = form.place.source.rpartition("/")[2]
    for file in (folder / wanted for folder in shelf.folders if (folder / wanted).is_file()):
        marked = load_marked(file.read_bytes(), file.name)
        names = (marked.data.get("prints") or {}).get(sheet) or ()
        if name in names:
            return shelf.named(str(file)), marked.positions["prints", sheet, names.index(name)].line
    return shelf.split(str(form.place))[0], 0


def key(field: Field) -> Key:
    return field.sheet, field.name


@dataclass(frozen=True)
class Canaries:
    """Sets canaries free in the forms of one kit."""

    kit: Kit

    @property
    def definitions(self) -> Definitions:
        return self.kit.definitions

    @cached_property
    def fields(self) -> list[Field]:
        """All that may be printed."""
        fields = (of for sheet in self.definitions.sheets.values() for of in sheet.printable.values())
        return [of for of in fields if key(of) not in STEERING]

    @cached_property
    def settled(self) -> Kit:
        """The kit with the settings that open most of a template."""
        return self.kit.under(
            {**self.kit.settings, "company_name": "Company", "use_weights": True, "carry_policy": "full"}
        )

    def declared(self, form: Form) -> set[Key]:
        return {(sheet, name) for sheet, names in form.prints.items() for name in names} - STEERING

    def reaching(self, form: Form, fields: Sequence[Field], most: bool) -> set[Key]:
        """Which of ``fields`` reach the form in any variant: their canary stands there, or another value changes it.

        ``most``: nearly all will, so that they are better tried one by one.
        """
        found: set[Key] = set()
        for case in self.variants(form):
            before = self.printed(form, case)
            found |= {key(of) for of in fields if canary(of) in before}
            silent = [of for of in fields if key(of) not in found and of.type not in WRITTEN]
            groups = [[of] for of in silent] if most else [silent]
            found |= {key(of) for group in groups for of in self._changing(form, case, before, group)}
        return found

    def place(self, form: Form, field: Field) -> str:
        """Where in a template the canary of ``field`` is printed; '' where it shows otherwise."""
        for case in self.variants(form):
            document = self.document(form, case)
            for place, text in texts((*document.head, *document.body, *document.foot)):
                if canary(field) in text:
                    return place
        return ""

    def full_case(self) -> Case:
        """A case in which every field of every sheet holds a value, and all that is computed besides."""
        sheets = self.definitions.sheets
        values: dict[str, Any] = {CASE: self._full_row(sheets[CASE])}
        for sheet in sheets.values():
            if sheet.parent == CASE:
                row = self._full_row(sheet)
                values[sheet.name] = row if sheet.single else [row]
        case, target = values[CASE], values["targets"][0]
        case |= {"language": Code("en", "language"), "party": Code("employee", "party")}
        target["smart"] = dict.fromkeys("SMART", True)
        values["support"][0]["by_date"] = date(2026, 3, 4)
        values["interviews"][0] |= {"date": date(2026, 3, 20), "type": Code("monthly", "interview_type")}
        return Case("C-1", values)

    def _full_row(self, sheet: Sheet) -> dict[str, Any]:
        row = {name: first_value(of) for name, of in sheet.printable.items()}
        row |= {f"{name}_name": canary(of) for name, of in sheet.fields.items() if of.type == "ref"}
        if sheet.name != CASE:
            row |= {child: [self._full_row(self.definitions.sheets[child])] for child in sheet.children}
        return row

    def variants(self, form: Form) -> Iterator[Case]:
        """The full case as the form may meet it: each variant opens branches of the template that others close."""

        def changed(change: Callable[[dict[str, Any]], object]) -> Case:
            case = self.full_case()
            values = copy.deepcopy(dict(case.values))
            change(values)
            return Case(case.id, values)

        yield self.full_case()
        yield changed(lambda values: values["targets"][0].update(data_source=None))
        yield changed(lambda values: values["targets"][0].update(direction=Code("lower", "direction")))
        yield changed(lambda values: values[CASE].update(party=Code("department", "party")))
        yield changed(lambda values: values["gaps"].append(copy.deepcopy(values["gaps"][0])))
        if form.unit == "interviews":
            yield changed(lambda values: values["interviews"][0].update(type=FINAL))
            unheld = dict.fromkeys(after_talk(self.definitions))
            yield changed(lambda values: values["interviews"][0].update(unheld, actions=[]))
        for code in self.definitions.lists["outcome"].choices if form.made == "closed" else ():
            for talk in (None, FINAL):
                yield changed(partial(_ended, outcome=Code(code, "outcome"), talk=talk))

    def printed(self, form: Form, case: Case) -> str:
        """All that the form says of ``case``: body, heads and feet."""
        document = self.document(form, case)
        pictures = [one.alt for one in drawings(document.body)]
        return "\n".join([document.text(), *pictures, *lines(document.foot), *lines(document.head)])

    def document(self, form: Form, case: Case) -> Document:
        values = copy.deepcopy(dict(case.values))
        target = values["targets"][0]
        for month in values["months"]:
            for indicator in month["indicators"]:
                indicator |= {name: target[name] for name in OF_TARGET}
            month["last"] = copy.deepcopy({**month, "last": None})
        values[CASE]["results"] = [{**target, "actual": Decimal(5), "rate": Decimal(50), "status": None}]
        last = concluding(values["interviews"])
        for talk in values["interviews"]:
            talk["concludes"] = talk is last
            talk["last"] = copy.deepcopy(values["months"][0])
            talk["agenda"] = copy.deepcopy(values["months"][0]["measures"])
            talk["before"] = {**copy.deepcopy(talk), "actions": [{**one, "status": None} for one in talk["actions"]]}
            talk["results"] = [{**target, "actual": Decimal(5), "rate": Decimal(50), "status": None}]
        row = values[CASE] if form.unit == CASE else values[form.unit][0]
        number = document_number(str(values[CASE]["case_id"]), form.code, str(row.get("interview_no") or ""))
        paper = Paper(Case(case.id, values), form, row, number, ())
        return render(paper, self.settled, Stamp(number, 1, paper.printed_date), "final")

    def _changing(self, form: Form, case: Case, before: str, fields: Sequence[Field]) -> Iterator[Field]:
        """The fields another value of which changes what is printed; halves that change nothing are passed over."""
        changed = case
        for of in fields:
            changed = with_value(changed, *key(of), second_value(of))
        if not fields or self.printed(form, changed) == before:
            return
        if len(fields) == 1:
            yield fields[0]
            return
        middle = len(fields) // 2
        yield from self._changing(form, case, before, fields[:middle])
        yield from self._changing(form, case, before, fields[middle:])


def _ended(values: dict[str, Any], outcome: Code, talk: Code | None) -> None:
    values[CASE]["outcome"] = outcome
    values["interviews"][0]["type"] = talk


def with_value(case: Case, sheet: str, name: str, value: Any) -> Case:
    """``case`` with another value in every row of ``sheet``."""

    def change(node: Any, at: str) -> Any:
        match node:
            case Mapping():
                made = {key: change(inner, key) for key, inner in node.items()}
                if at == sheet and name in made:
                    made[name] = value
                    if f"{name}_name" in made:
                        made[f"{name}_name"] = "other"
                return made
            case list():
                return [change(inner, at) for inner in node]
            case _:
                return node

    return Case(case.id, change(case.values, ""))
