"""The values that a sentence prints: what one language says the other must say too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jinja2 import nodes


def printed(tree: nodes.Template) -> frozenset[str]:
    """The values that ``tree`` may print, as dotted paths; what it only asks about is none."""
    return frozenset(_bodies(tree.body, {}))


def _bodies(body: Iterable[nodes.Node], loops: dict[str, str]) -> Iterator[str]:
    for node in body:
        match node:
            case nodes.Output():
                for one in node.nodes:
                    yield from _values(one, loops)
            case nodes.For():
                over = next(iter(_values(node.iter, loops)), "")
                target = {node.target.name: over} if isinstance(node.target, nodes.Name) else {}
                yield from _bodies((*node.body, *node.else_), {**loops, **target, "loop": ""})
            case nodes.If():
                yield from _bodies((*node.body, *node.elif_, *node.else_), loops)
            case nodes.Assign() if isinstance(node.target, nodes.Name):
                loops[node.target.name] = next(iter(_values(node.node, loops)), "")
            case _:
                yield from _bodies((one for one in node.iter_child_nodes() if isinstance(one, nodes.Stmt)), loops)


def _values(node: nodes.Node | None, loops: dict[str, str]) -> Iterator[str]:
    match node:
        case nodes.Name(name=name):
            if path := loops.get(name, name):
                yield path
        case nodes.Getattr(attr=name) | nodes.Getitem(arg=nodes.Const(value=str() as name)):
            yield from (f"{path}.{name}" for path in _values(node.node, loops))
        case nodes.Getitem():
            yield from _values(node.node, loops)
            yield from _values(node.arg, loops)
        case nodes.Filter():
            yield from _values(node.node, loops)
        case nodes.CondExpr():
            yield from _values(node.expr1, loops)
            yield from _values(node.expr2, loops)
        case nodes.Const() | nodes.TemplateData() | nodes.Compare() | nodes.Test() | nodes.Not() | None:
            pass
        case _:
            for child in node.iter_child_nodes():
                yield from _values(child, loops)
