"""What the filters of a Word form make of rows and lists, so that what follows them is looked through as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from jinja2 import nodes

from docgen.layout.inlines import near
from docgen.wordforms.comparing import TESTS
from docgen.wordforms.names import ANYTHING, NUMBER, VALUE, Known

if TYPE_CHECKING:
    from docgen.wordforms.expressions import Expressions

SAME = ("selectattr", "rejectattr", "select", "reject", "sort", "list", "reverse", "unique")
ONE_OF_THEM = ("first", "last", "min", "max")
COUNTED = ("length", "count", "wordcount", "int", "float", "abs", "round")
PARTED = ("batch", "slice")
BY_ATTRIBUTE: Mapping[str, int] = {
    **dict.fromkeys(("selectattr", "rejectattr", "groupby", "total", "sum"), 0),
    **dict.fromkeys(("unique", "min", "max", "join"), 1),
    "sort": 2,
    "map": 99,
}
"""Filters that are given the name of a field, and the place of it where it isn't called ``attribute``."""


def filtered(reader: Expressions, node: nodes.Filter, names: dict[str, Known]) -> Known:
    """What a filter makes of what it is given; what is wrong in it is told."""
    of = reader.value(node.node, names) if node.node else ANYTHING
    for one in (*node.args, *(pair.value for pair in node.kwargs)):
        reader.value(one, names)
    if node.name == "safe":
        reader.tell("safe", node)
    elif node.name not in reader.made.filters:
        reader.tell("unknown_filter", node, name=node.name, nearest=near(node.name, reader.made.filters))
    _named(reader, node)
    fields = [_below(reader, of, name, node) for name in _attributes(node)]
    _compared(reader, node, of, fields)
    match node.name:
        case "map":
            return Known("list", held=fields[0] if fields else VALUE if node.args else ANYTHING)
        case "sum" if of.each and of.each.shape == "rows":
            return of.each
        case "sum" if fields:
            return fields[0]
        case "total":
            return NUMBER
        case "groupby" if of.each:
            pair = {"grouper": fields[0] if fields else ANYTHING, "list": of}
            return Known("list", held=Known("row", of.label, pair))
        case name if name in SAME:
            return of
        case name if name in ONE_OF_THEM:
            return of.each or ANYTHING
        case name if name in PARTED and of.each:
            return Known("list", of.label, held=of)
        case name if name in COUNTED:
            return NUMBER
        case "default" | "d":
            return of if of.shape != "value" else VALUE
        case _:
            return ANYTHING


def _named(reader: Expressions, node: nodes.Filter) -> None:
    """The filter or the test that ``map``, ``select`` and their like are given by its name."""
    at = {"map": 0, "select": 0, "reject": 0, "selectattr": 1, "rejectattr": 1}.get(node.name)
    given = node.args[at] if at is not None and len(node.args) > at else None
    if not isinstance(given, nodes.Const):
        return
    known, kind = (reader.made.filters, "unknown_filter") if node.name == "map" else (reader.made.tests, "unknown_test")
    if given.value == "safe":
        reader.tell("safe", node)
    elif given.value not in known:
        reader.tell(kind, node, name=given.value, nearest=near(str(given.value), known))


def _attributes(node: nodes.Filter) -> Iterator[str]:
    if node.name not in BY_ATTRIBUTE:
        return
    at = BY_ATTRIBUTE[node.name]
    for one in (*node.args[at : at + 1], *(pair.value for pair in node.kwargs if pair.key == "attribute")):
        if isinstance(one, nodes.Const) and isinstance(one.value, str):
            yield from one.value.split(",") if node.name == "sort" else [one.value]


def _below(reader: Expressions, of: Known, path: str, node: nodes.Filter) -> Known:
    """The field of each row that is meant by ``a`` or ``a.b``."""
    found = of.each or ANYTHING
    for name in path.split("."):
        found = ANYTHING if name.isdigit() else reader.below(found, name, node)
    return found


def _compared(reader: Expressions, node: nodes.Filter, of: Known, fields: list[Known]) -> None:
    said: nodes.Expr
    match node.name, node.args:
        case "selectattr" | "rejectattr", [nodes.Const(value=name), nodes.Const(value=test), other] if fields:
            known, said = fields[0], nodes.Const(name, lineno=node.lineno)
        case "select" | "reject", [nodes.Const(value=test), other] if of.each and node.node:
            known, said = of.each, node.node
        case _:
            return
    if test in TESTS:
        reader.fits(known, said, TESTS[test], other)
