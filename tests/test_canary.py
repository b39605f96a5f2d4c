"""A form prints exactly what its definition declares: a canary in every field, in turn, shows where it comes out."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from docgen.checking.computed import COPIED
from docgen.definitions.definition import Definitions, Field, Form, Sheet
from docgen.definitions.load import load_definitions
from docgen.generate import Kit, Paper, render
from docgen.layout.context import Stamp, after_talk
from docgen.layout.sets import load_set
from docgen.model.case import Case, Code, Month, Quantity
from docgen.model.document import lines
from docgen.model.identity import document_number
from docgen.sources.settings import read_settings

DEFINITIONS = load_definitions()
SETTINGS, _ = read_settings(None, DEFINITIONS)
KIT = Kit(DEFINITIONS, {**SETTINGS, "company_name": "Company", "use_weights": True, "carry_policy": "full"}, load_set())

FINAL = Code("final", "interview_type")
STEERING = {("case", "language"), ("case", "party"), ("targets", "target_id"), ("gaps", "gap_id")}
"""Fields that decide what is printed and are no content themselves."""
WRITTEN = {"id", "text", "longtext", "list", "ref"}
"""Types whose canary is their own text."""


def first_value(field: Field) -> Any:
    """A value for ``field`` that nothing else in the record holds."""
    seed = sum(map(ord, f"{field.sheet}.{field.name}"))
    kinds: dict[str, Callable[[], Any]] = {
        "integer": lambda: 2,
        "decimal": lambda: Decimal(seed) + Decimal("0.25"),
        "percent": lambda: Decimal(seed),
        "quantity": lambda: Quantity(Decimal(seed), "u"),
        "date": lambda: date(2026, 1 + seed % 6, 1 + seed % 27),
        "month": lambda: Month(2026, 3),
        "time": lambda: time(9, seed % 60),
        "choice": lambda: Code(codes(field)[0], list_name(field)),
        "choices": lambda: [Code(codes(field)[0], list_name(field))],
        "yes_no": lambda: True,
        "list": lambda: [canary(field)],
    }
    return kinds.get(field.type, lambda: canary(field))()


def second_value(field: Field) -> Any:
    """Another value of the same kind."""
    seed = sum(map(ord, f"{field.sheet}.{field.name}"))
    kinds: dict[str, Callable[[], Any]] = {
        "integer": lambda: 3,
        "decimal": lambda: Decimal(seed) + Decimal("7.75"),
        "percent": lambda: Decimal(seed) + 11,
        "quantity": lambda: Quantity(Decimal(seed) + 7, "u"),
        "date": lambda: date(2031, 11, 30),
        "month": lambda: Month(2031, 11),
        "time": lambda: time(23, 59),
        "choice": lambda: Code(codes(field)[-1], list_name(field)),
        "choices": lambda: [Code(codes(field)[-1], list_name(field))],
        "yes_no": lambda: False,
        "list": lambda: ["other"],
    }
    return kinds.get(field.type, lambda: "other")()


def canary(field: Field) -> str:
    return f"canary:{field.sheet}.{field.name}~"


def codes(field: Field) -> list[str]:
    assert field.choices is not None
    return list(field.choices.choices)


def list_name(field: Field) -> str:
    assert field.choices is not None
    return field.choices.name


def full_row(sheet: Sheet, definitions: Definitions) -> dict[str, Any]:
    row = {name: first_value(field) for name, field in sheet.printable.items()}
    row |= {f"{name}_name": canary(field) for name, field in sheet.fields.items() if field.type == "ref"}
    if sheet.name != "case":
        row |= {child: [full_row(definitions.sheets[child], definitions)] for child in sheet.children}
    return row


def full_case() -> Case:
    """A case in which every field of every sheet holds a value, and all that is computed besides."""
    values: dict[str, Any] = {"case": full_row(DEFINITIONS.sheets["case"], DEFINITIONS)}
    for sheet in DEFINITIONS.sheets.values():
        if sheet.parent == "case":
            row = full_row(sheet, DEFINITIONS)
            values[sheet.name] = row if sheet.single else [row]
    case, target = values["case"], values["targets"][0]
    case |= {"language": Code("en", "language"), "party": Code("employee", "party")}
    target["smart"] = dict.fromkeys("SMART", True)
    values["support"][0]["by_date"] = date(2026, 3, 4)
    values["interviews"][0] |= {"date": date(2026, 3, 20), "type": Code("monthly", "interview_type")}
    return Case("C-1", values)


def variants(form: Form) -> Iterator[Case]:
    """The full case as the form may meet it: each variant opens branches of the template that others close."""

    def changed(change: Callable[[dict[str, Any]], object]) -> Case:
        case = full_case()
        values = copy.deepcopy(dict(case.values))
        change(values)
        return Case(case.id, values)

    yield full_case()
    yield changed(lambda values: values["targets"][0].update(data_source=None))
    yield changed(lambda values: values["targets"][0].update(direction=Code("lower", "direction")))
    yield changed(lambda values: values["case"].update(party=Code("department", "party")))
    yield changed(lambda values: values["gaps"].append(copy.deepcopy(values["gaps"][0])))
    if form.unit == "interviews":
        yield changed(lambda values: values["interviews"][0].update(type=FINAL))
        unheld = dict.fromkeys(after_talk(DEFINITIONS))
        yield changed(lambda values: values["interviews"][0].update(unheld, actions=[]))
    for code, talk in (("partly", FINAL), ("not_met", None), ("withdrawn", None)) if form.made == "closed" else ():
        ended = partial(_ended, outcome=Code(code, "outcome"), talk=talk)
        yield changed(ended)


def _ended(values: dict[str, Any], outcome: Code, talk: Code | None) -> None:
    values["case"]["outcome"] = outcome
    values["interviews"][0]["type"] = talk


def printed(form: Form, case: Case) -> str:
    """All that the form says of ``case``: body, heads and feet."""
    values = copy.deepcopy(dict(case.values))
    target = values["targets"][0]
    for month in values["months"]:
        for indicator in month["indicators"]:
            indicator |= {name: target[name] for name in COPIED}
        month["last"] = copy.deepcopy({**month, "last": None})
    values["case"]["results"] = [{**target, "actual": Decimal(5), "rate": Decimal(50), "status": None}]
    for talk in values["interviews"]:
        talk["last"] = copy.deepcopy(values["months"][0])
        talk["agenda"] = copy.deepcopy(values["months"][0]["measures"])
        talk["before"] = {**copy.deepcopy(talk), "actions": [{**one, "status": None} for one in talk["actions"]]}
        talk["results"] = [{**target, "actual": Decimal(5), "rate": Decimal(50), "status": None}]
    row = values["case"] if form.unit == "case" else values[form.unit][0]
    number = document_number(str(values["case"]["case_id"]), form.code, str(row.get("interview_no") or ""))
    paper = Paper(Case(case.id, values), form, row, number, ())
    document = render(paper, KIT, Stamp(number, 1, paper.printed_date), "final")
    return "\n".join([document.text(), *lines(document.foot), *lines(document.head)])


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


def reaching(form: Form, fields: Sequence[Field], most: bool) -> set[tuple[str, str]]:
    """Which of ``fields`` reach the form in any variant: their canary stands there, or another value changes it.

    ``most``: nearly all will, so that they are better tried one by one.
    """
    found: set[tuple[str, str]] = set()
    for case in variants(form):
        before = printed(form, case)
        found |= {key(field) for field in fields if canary(field) in before}
        silent = [field for field in fields if key(field) not in found and field.type not in WRITTEN]
        groups = [[field] for field in silent] if most else [silent]
        found |= {key(field) for group in groups for field in _changing(form, case, before, group)}
    return found


def _changing(form: Form, case: Case, before: str, fields: Sequence[Field]) -> Iterator[Field]:
    """The fields another value of which changes what is printed; halves that change nothing are passed over at once."""
    changed = case
    for field in fields:
        changed = with_value(changed, *key(field), second_value(field))
    if not fields or printed(form, changed) == before:
        return
    if len(fields) == 1:
        yield fields[0]
        return
    middle = len(fields) // 2
    yield from _changing(form, case, before, fields[:middle])
    yield from _changing(form, case, before, fields[middle:])


def key(field: Field) -> tuple[str, str]:
    return field.sheet, field.name


ALL = [
    field for sheet in DEFINITIONS.sheets.values() for field in sheet.printable.values() if key(field) not in STEERING
]


def declared(form: Form) -> set[tuple[str, str]]:
    return {(sheet, name) for sheet, names in form.prints.items() for name in names} - STEERING


@pytest.mark.parametrize("form", DEFINITIONS.forms.values(), ids=lambda form: form.name)
def test_a_form_prints_every_field_that_it_declares(form: Form) -> None:
    fields = [field for field in ALL if key(field) in declared(form)]
    assert sorted(declared(form) - reaching(form, fields, most=True)) == []


@pytest.mark.parametrize("form", DEFINITIONS.forms.values(), ids=lambda form: form.name)
def test_a_form_prints_no_field_that_it_does_not_declare(form: Form) -> None:
    fields = [field for field in ALL if key(field) not in declared(form)]
    assert sorted(reaching(form, fields, most=False)) == []


@pytest.mark.parametrize("form", DEFINITIONS.forms.values(), ids=lambda form: form.name)
def test_letter_and_plan_print_only_what_is_known_before_issue(form: Form) -> None:
    if form.unit != "case" or form.made == "closed":
        return
    late = {
        (sheet, name)
        for sheet, names in form.prints.items()
        for name in names
        if DEFINITIONS.sheets[sheet].fields[name].phase != "before"
    }
    assert late == set()
