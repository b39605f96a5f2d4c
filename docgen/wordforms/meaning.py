"""What the tags of a Word form mean: every name, filter and test in them is known, and nothing in them runs away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from jinja2 import Environment, nodes

from docgen.layout.sets import TemplateSet
from docgen.wordforms.comparing import written
from docgen.wordforms.expressions import LOOP, Expressions, Meaning
from docgen.wordforms.names import ANYTHING, Known
from docgen.wordforms.skeleton import Skeleton

MOST_LOOPS = 4
NUMBER_NAMES = ("number", "paper_id")


def look_through(
    tree: nodes.Template,
    skeleton: Skeleton,
    known: Known,
    kinds: Mapping[str, str],
    made: Environment,
    templates: TemplateSet,
) -> Meaning:
    """Look through the tags of one part of a form; ``kinds``: of drawings, by what they are called."""
    reader = _Reader(skeleton, known, kinds, made, templates)
    reader.body(tree.body, {}, 0)
    return reader.found


class _Reader(Expressions):
    """Reads the statements of one part; ``differing``: names that are others in each turn of the loop at hand."""

    differing: Set[str] = frozenset()

    def body(self, body: Iterable[nodes.Node], names: dict[str, Known], depth: int) -> None:
        for node in body:
            match node:
                case nodes.Output():
                    for one in node.nodes:
                        if not isinstance(one, nodes.TemplateData):
                            self.output(one, names)
                case nodes.For():
                    self.loop(node, names, depth)
                case nodes.If():
                    self.asked(node.test, names)
                    if self.skeleton.at(node.lineno).tag is None:  # of a cell that hm or vm shows once
                        self.once(node)
                    for part in (node.body, node.elif_, node.else_):
                        self.body(part, names, depth)
                case nodes.Assign():
                    known = self.value(node.node, names)
                    self.bind(node.target, known, names)
                case _:
                    self.tell("unknown_statement", node, name=type(node).__name__.lower())

    def once(self, node: nodes.If) -> None:
        """What differs from row to row would be lost in a cell that the loop shows once."""
        for one in (found for inner in node.body for found in inner.find_all(nodes.Name)):
            if one.name in self.differing:
                self.tell("shown_once", one, name=one.name)

    def loop(self, node: nodes.For, names: dict[str, Known], depth: int) -> None:
        if depth >= MOST_LOOPS:
            self.tell("too_deep", node, limit=MOST_LOOPS)
        rows = self.value(node.iter, names)
        inside = dict(names)
        self.bind(node.target, rows.each or ANYTHING, inside)
        if node.test:
            self.asked(node.test, inside)
        inside["loop"] = LOOP
        targets = [node.target, *(one.target for one in node.body if isinstance(one, nodes.Assign))]
        before, self.differing = self.differing, {"loop", *(name for one in targets for name in _named(one))}
        self.body(node.body, inside, depth + 1)
        self.differing = before
        self.body(node.else_, dict(names), depth)

    def bind(self, target: nodes.Node, known: Known, names: dict[str, Known]) -> None:
        if isinstance(target, nodes.Name):
            names[target.name] = known
        elif isinstance(target, nodes.Tuple):
            of_group = list(known.below.values()) if {*known.below} == {"grouper", "list"} else []
            for index, one in enumerate(target.items):
                self.bind(one, of_group[index] if index < len(of_group) else ANYTHING, names)
        elif not isinstance(target, nodes.NSRef):
            self.tell("forbidden", target, name="set")

    def output(self, node: nodes.Expr, names: dict[str, Known]) -> None:
        self.is_printed = True
        known = self.value(node, names)
        self.is_printed = False
        if known.shape == "list" and known.each and known.each.shape in ("row", "rows"):
            known = known.each
        if known.shape in ("row", "rows") and known.below:
            name = written(node)
            some = next((key for key, one in known.below.items() if one.shape == "value" and one.sources), "name")
            self.tell("whole_rows" if known.shape == "rows" else "whole_row", node, name=name, field=some)


def _named(target: nodes.Node) -> Iterator[str]:
    """The names that a loop or ``set`` gives to something."""
    match target:
        case nodes.Name():
            yield target.name
        case nodes.Tuple():
            yield from (name for one in target.items for name in _named(one))
