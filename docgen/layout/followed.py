"""Templates whose joints and conditions can be followed: in the syntax tree both become filters."""

from __future__ import annotations

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

JOINED, ASKED = "docgen_joined", "docgen_asked"
"""What the filters are called: of ``a ~ b``, and of each value that a condition asks."""


class Followed(NodeTransformer):
    """Turns ``a ~ b`` into a filter over ``[a, b]``, and each value that a condition asks into a filter of it."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:
        parts = nodes.List([self.visit(one) for one in node.nodes], lineno=node.lineno)
        return _filter(parts, JOINED)

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

    def _ask(self, node: nodes.Name | nodes.Getattr | nodes.Getitem) -> nodes.Node:
        return _filter(node, ASKED) if node.ctx == "load" else node

    visit_Name = visit_Getattr = visit_Getitem = _ask

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        node.args = [self.visit(one) for one in node.args]
        return node

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:
        if node.name != ASKED:
            self.generic_visit(node)
        return node


def _filter(of: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(of, name, [], [], None, None, lineno=of.lineno)
