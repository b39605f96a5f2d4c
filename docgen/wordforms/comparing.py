"""Comparisons in a Word form: choices by their code or their label, and what would silently never hold is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame, operators

from docgen.definitions.choices import choice_key
from docgen.definitions.definition import ChoiceList
from docgen.layout.inlines import near
from docgen.model.case import Code
from docgen.model.problems import Words
from docgen.wordforms.names import Known

ALIKE = ("eq", "ne")
WITHIN = ("in", "notin")
TESTS = {"eq": "eq", "==": "eq", "equalto": "eq", "ne": "ne", "!=": "ne", "in": "in"}
"""Tests that compare, and the operators that they stand for."""
NUMBERS = ("integer", "decimal", "percent")
TEXTS = ("id", "text", "longtext", "ref")
INSTEAD: Mapping[str, Words] = {
    "date": Words(
        "another date, or {name}.year == 2026 (.month, .day)", "另一日期，或 {name}.year == 2026（.month、.day）"
    ),
    "month": Words("{name}.year == 2026 and {name}.month == 3", "{name}.year == 2026 and {name}.month == 3（年、月）"),
    "time": Words("{name}.hour < 12", "{name}.hour < 12（小时）"),
    "yes_no": Words("{{% if {name} %}} or {{% if not {name} %}}", "{{% if {name} %}} 或 {{% if not {name} %}}"),
    "quantity": Words("{name}.number >= 100", "{name}.number >= 100（数值）"),
    "choice": Words("{name} == '…', or {name} in ['…', '…']", "{name} == '…'，或 {name} in ['…', '…']"),
    "choices": Words("'…' in {name}", "'…' in {name}"),
    **dict.fromkeys(NUMBERS, Words("the number without quotation marks", "不加引号的数字")),
    **dict.fromkeys(TEXTS, Words("the text in quotation marks", "加引号的文字")),
}


def code_of(choices: ChoiceList, text: str) -> str:
    """The code of a choice that is called so in either language, in any case and width; '' where none is."""
    return text if text in choices.choices else choices.lookup.get(choice_key(text), "")


def misfits(known: Known, node: nodes.Node, sign: str, other: nodes.Node) -> Iterator[tuple[str, dict[str, object]]]:
    """What can never come up of what ``known`` is compared with: the kind of fault, and what its sentence names."""
    if sign in WITHIN and isinstance(other, (nodes.List, nodes.Tuple)):
        for one in other.items:
            yield from misfits(known, node, "eq", one)
    elif isinstance(other, nodes.Const) and known.type and other.value is not None:
        value, name = other.value, written(node)
        if value == "" and known.type != "choices":
            yield "never_alike", {"name": name, "value": "''", "instead": INSTEAD["yes_no"].filled(name=name)}
        elif known.type == "choice" and known.choices:
            if sign not in ALIKE:
                yield (
                    "never_alike",
                    {"name": name, "value": repr(value), "instead": INSTEAD["choice"].filled(name=name)},
                )
            elif not isinstance(value, str) or not code_of(known.choices, value):
                yield "never", {"name": name, "value": value, "nearest": _called(known.choices, str(value))}
        elif not _fits(known.type, value) and known.type in INSTEAD:
            yield "never_alike", {"name": name, "value": repr(value), "instead": INSTEAD[known.type].filled(name=name)}


def written(node: nodes.Node) -> str:
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{written(node.node)}.{node.attr}"
        case nodes.Getitem():
            return f"{written(node.node)}[…]"
        case nodes.Const():
            return repr(node.value)
        case nodes.Filter() if node.node:
            return written(node.node)
        case _:
            return "…"


def _fits(kind: str, value: object) -> bool:
    match kind:
        case "yes_no":
            return isinstance(value, int)
        case kind if kind in NUMBERS:
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case kind if kind in TEXTS:
            return isinstance(value, str)
        case _:
            return False


def _called(choices: ChoiceList, text: str) -> Words:
    """The choice that is called most like ``text``, in its language; all of them where none is."""
    if text.isascii():
        return near(text, [*choices.choices, *(one.en for one in choices.choices.values())])
    return near(text, [one.zh for one in choices.choices.values()])


def is_alone(test: nodes.Node | None) -> Iterator[nodes.Const]:
    """Texts by themselves in a condition, as in ``a == 'x' or 'y'``: they hold whatever the case says."""
    match test:
        case nodes.And() | nodes.Or():
            yield from is_alone(test.left)
            yield from is_alone(test.right)
        case nodes.Not():
            yield from is_alone(test.node)
        case nodes.Const(value=str()):
            yield test


class Choice(Code):
    """A choice that is equal to its code and to what it is called, in either language."""

    __slots__ = ("among",)
    among: ChoiceList

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str) and not isinstance(other, Code):
            return str.__eq__(self, code_of(self.among, other))
        return str.__eq__(self, other) is True

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = Code.__hash__


class Either(tuple[str, ...]):
    """What the office wrote in two languages; it is equal to what it says in one of them."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return other in tuple(self) if isinstance(other, str) else tuple.__eq__(self, other) is True

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = tuple.__hash__


def compare_choices(made: Environment, lists: Mapping[str, ChoiceList]) -> None:
    """Let comparisons and tests of an environment know the labels of choices."""

    def known(value: Any) -> Any:
        if isinstance(value, Code) and value.list in lists:
            choice = Choice(value, value.list)
            choice.among = lists[value.list]
            return choice
        if isinstance(value, Words):
            return Either((value.en, value.zh))
        return [known(one) for one in value] if isinstance(value, (list, tuple)) else value

    def compared(test: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
        return lambda left, right: test(known(left), known(right))

    environment: Any = made
    environment.choice = known
    tests: dict[str, Any] = made.tests
    made.tests |= {name: compared(tests[name]) for name in TESTS}
    made.code_generator_class = _Generator


class _Generator(CodeGenerator):
    """Writes the code of a form: what a comparison compares goes through ``choice`` of the environment."""

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:
        self.write("(")
        self._known(node.expr, frame)
        for one in node.ops:
            self.visit(one, frame)
        self.write(")")

    def visit_Operand(self, node: nodes.Operand, frame: Frame) -> None:
        self.write(f" {operators[node.op]} ")
        self._known(node.expr, frame)

    def _known(self, node: nodes.Expr, frame: Frame) -> None:
        self.write("environment.choice(")
        self.visit(node, frame)
        self.write(")")
