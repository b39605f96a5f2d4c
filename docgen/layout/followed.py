"""Templates whose joints, sums and conditions can be followed: in the syntax tree they become calls and filters."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, nodes
from jinja2.runtime import markup_join
from jinja2.visitor import NodeTransformer

from docgen.sandbox import Compiled

JOINED, ASKED, HELD, MET = "docgen_joined", "docgen_asked", "docgen_held", "docgen_met"
"""What the filters are called: of ``a ~ b``; of each value that a condition compares; of each that it asks for yes or
no, which only yes, no and numbers answer now so, now so; of each that it asks whether it is there."""
UNARY, BINARY = frozenset("+-"), frozenset(("+", "-", "*", "/", "//", "%", "**"))
OF_BEING = frozenset(("present", "none", "defined", "undefined", "numeric", "string"))
"""Tests that another value of the same kind passes as well."""


def make_followed(made: Environment) -> None:
    """Let ``made`` compile its templates so that they can be followed; so far nobody does."""
    sandbox: Any = made
    sandbox.rewrite = Followed().visit
    sandbox.intercepted_unops, sandbox.intercepted_binops = UNARY, BINARY
    made.filters |= {JOINED: markup_join} | dict.fromkeys((ASKED, HELD, MET), _as_it_is)


def _as_it_is(value: Any) -> Any:
    return value


@cache
def compiled() -> Compiled:
    """What was compiled to be followed: whoever renders it has the same code."""
    return {}


class Followed(NodeTransformer):
    """Turns ``a ~ b`` into a filter over ``[a, b]``, and each value that a condition asks into a filter of it."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:
        parts = nodes.List([self.visit(one) for one in node.nodes], lineno=node.lineno)
        return _filter(parts, JOINED)

    def _deciding(self, node: nodes.Compare | nodes.Test) -> nodes.Node:
        """Wherever it stands: what it says may be given to a macro, which asks it."""
        self.generic_visit(node)
        asked: nodes.Node = _Asked().visit(node)
        return asked

    visit_Compare = visit_Test = _deciding

    def _asking(self, node: nodes.If | nodes.CondExpr | nodes.For) -> nodes.Node:
        self.generic_visit(node)
        if node.test is not None:
            node.test = _Asked().visit(node.test)
        return node

    visit_If = visit_CondExpr = visit_For = _asking

    def visit_Assign(self, node: nodes.Assign) -> nodes.Node:
        """What is kept under a name may be what is asked later."""
        self.generic_visit(node)
        node.node = _Asked().visit(node.node)
        return node


class _Asked(NodeTransformer):
    """Within a condition: each name, with what follows its dots."""

    filter = HELD

    def _ask(self, node: nodes.Name | nodes.Getattr | nodes.Getitem) -> nodes.Node:
        return _filter(node, self.filter) if node.ctx == "load" else node

    visit_Name = visit_Getattr = visit_Getitem = _ask

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:
        return _Compared().generic_visit(node)

    def visit_Test(self, node: nodes.Test) -> nodes.Node:
        return (_Met() if node.name in OF_BEING else _Compared()).generic_visit(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        node.args = [_Compared().visit(one) for one in node.args]
        return node

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:
        return node if node.name in (ASKED, HELD, MET) else _Compared().generic_visit(node)


class _Compared(_Asked):
    filter = ASKED


class _Met(_Asked):
    filter = MET


def _filter(of: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(of, name, [], [], None, None, lineno=of.lineno)
