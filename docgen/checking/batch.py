"""Many formulas over many rows in one go: calling a compiled expression costs twenty times what evaluating it costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from jinja2 import Environment, Template, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.tests import TESTS
from jinja2.visitor import NodeTransformer

from docgen import sandbox

Names = Mapping[str, Any]
PASSES: Mapping[str, Any] = TESTS
PLAIN = frozenset(("case", "row", "parent", "settings", "_live"))
"""Names that stand for mappings (and one list) of our own making."""


def _put_into(values: list[Any], results: list[list[Any]]) -> None:
    """A filter, since the sandbox looks closely at every function called in a template, but not at filters."""
    results.append([None if isinstance(value, Undefined) else value for value in values])


def _select(rows: list[Names], name: str, test: str = "", *against: Any) -> list[Names]:
    passes = PASSES[test] if test else bool
    return [row for row in rows if passes(row[name], *against)]


def _reject(rows: list[Names], name: str, test: str = "", *against: Any) -> list[Names]:
    passes = PASSES[test] if test else bool
    return [row for row in rows if not passes(row[name], *against)]


def _column(rows: list[Names], *, attribute: str) -> list[Any]:
    return [row[attribute] for row in rows]


def _sum(rows: list[Names], *, attribute: str) -> Any:
    return sum([row[attribute] for row in rows])


def _pick(values: list[Any], test: str = "", *against: Any) -> list[Any]:
    passes = PASSES[test] if test else bool
    return [value for value in values if passes(value, *against)]


QUICK = {"selectattr": _select, "rejectattr": _reject, "map": _column, "sum": _sum, "select": _pick, "get": dict.get}
"""Jinja's filters over plain rows, which are all that formulas go through; what these can't do (they raise) is left to
Jinja's own."""


class _Shortcuts(NodeTransformer):
    """The same questions asked the quick way: rows are mappings, and our own functions need no check at each call."""

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:
        self.generic_visit(node)
        return nodes.Getitem(node.node, nodes.Const(node.attr), "load", lineno=node.lineno)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        match node:
            case nodes.Call(node=nodes.Name(name=name), args=[first, *others]) if name in sandbox.FUNCTIONS:
                pass
            case nodes.Call(node=nodes.Getitem(node=first, arg=nodes.Const(value="get")), args=others):
                name = "get"
            case _:
                return node
        return nodes.Filter(first, name, others, node.kwargs, node.dyn_args, node.dyn_kwargs, lineno=node.lineno)


class _Generator(CodeGenerator):
    """Writes the code of a batch: what needs no question to the sandbox is written as plain Python."""

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        match node:
            case nodes.Getitem(node=nodes.Name(name=name), arg=nodes.Const(value=part)) if name in PLAIN:
                self.visit(node.node, frame)
                self.write(f"[{part!r}]")
            case _:
                super().visit_Getitem(node, frame)

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:
        if node.name != "none":
            super().visit_Test(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(" is None)")


class Failed(Exception):
    """Formula ``index`` can't be evaluated over these names; ``reason`` is what the sandbox said."""

    def __init__(self, index: int, reason: Exception) -> None:
        super().__init__(str(reason))
        self.index = index
        self.reason = reason


class Scope:
    """The names that all expressions over one record may use, in one Jinja context: making one costs more than its use.

    ``environment`` is kept by whoever makes scopes; making it costs more again.
    """

    __slots__ = ("context", "names", "parent")

    def __init__(self, names: Names, environment: Environment) -> None:
        self.names = names
        self.parent: dict[str, Any] = {**environment.globals, **names}
        self.context = Context(environment, self.parent, None, {})


class Batch:
    """Expressions over the rows of one sheet, compiled on first use into one loop.

    ``fields`` are the names that come from the row; all others come from the names given to ``run``.
    """

    __slots__ = ("_compiled", "fields", "sources")

    def __init__(self, sources: Sequence[str], fields: Iterable[str]) -> None:
        self.sources = tuple(sources)
        self.fields = frozenset(fields)
        self._compiled: Template | None = None

    def run(self, scope: Scope, rows: Sequence[tuple[Names, Sequence[Any], Names, Sequence[bool]]]) -> list[list[Any]]:
        """Evaluate every live expression for every row: ``(row, its siblings, its parent, live)``.

        Returns one list a row: the values, None where an expression is not live, a ``Failed`` where it raised.
        """
        results: list[list[Any]] = []
        self._compiled = template = self._compiled or _compiled(self.sources, self.fields)
        while len(results) < len(rows):
            scope.parent |= {"_work": rows[len(results) :], "_results": results}
            try:
                for _ in template.root_render_func(scope.context):
                    pass
            except Exception:  # whatever a formula raises; the row that raised it has no result yet
                results.append(self._one_by_one(scope.names, rows[len(results)]))
        return results

    def _one_by_one(self, shared: Names, row: tuple[Names, Sequence[Any], Names, Sequence[bool]]) -> list[Any]:
        values, siblings, parent, live = row
        names = {**shared, **values, "row": values, "rows": siblings, "parent": parent}
        found: list[Any] = []
        for index, source in enumerate(self.sources):
            try:
                value = sandbox.expression(source)(names) if live[index] else None
                found.append(None if isinstance(value, Undefined) else value)
            except Exception as reason:
                found.append(Failed(index, reason))
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        return Batch, (self.sources, self.fields)


@lru_cache(maxsize=256)
def _compiled(sources: tuple[str, ...], fields: frozenset[str]) -> Template:
    """The loop over ``_work``; the same expressions are compiled once a process, whoever asks."""
    asked = ", ".join(f"(({source}) if _live[{index}] else none)" for index, source in enumerate(sources))
    body = f"{{% set _ = [{asked}] | put_into(_results) %}}"
    environment = sandbox.environment(autoescape=False)
    environment.code_generator_class = _Generator
    environment.optimized = False  # there is nothing constant to fold, and looking for it takes a quarter
    environment.filters |= {"put_into": _put_into, **sandbox.FUNCTIONS, **QUICK}
    tree = environment.parse(f"{{% for row, rows, parent, _live in _work %}}{body}{{% endfor %}}")
    _unpack(tree, fields)
    _Shortcuts().visit(tree)
    return Template.from_code(environment, environment.compile(tree), environment.globals)


def _unpack(tree: nodes.Template, fields: frozenset[str]) -> None:
    """Put the fields that the expressions use into names of their own, at the head of the loop."""
    loop = next(tree.find_all(nodes.For))
    for name in sorted({node.name for node in tree.find_all(nodes.Name)} & fields):
        held = nodes.Getitem(nodes.Name("row", "load"), nodes.Const(name), "load")
        loop.body.insert(0, nodes.Assign(nodes.Name(name, "store"), held))
