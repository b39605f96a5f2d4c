"""Rules are read from their entries, and every name in an expression is known before anything is checked by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from docgen import sandbox
from docgen.definitions.definition import Field, Rule, Sheet, Wording
from docgen.definitions.shape import did_you_mean, quoted
from docgen.engine_words import engine_words
from docgen.model.problems import Words

__all__ = ["Names", "Rule", "Wording"]

# A name's kind: one row of a sheet, the rows of a sheet, the settings, or nothing that has known parts.
Kind = tuple[str, str] | None
SETTINGS: Kind = ("settings", "")
ROW_METHODS = frozenset(("get", "items", "keys", "values"))
LIST_METHODS = frozenset(("index", "count"))
SAME_ROWS = frozenset(
    ("selectattr", "rejectattr", "select", "reject", "list", "sort", "unique", "reverse", "default", "d")
)
ONE_ROW = frozenset(("first", "last", "min", "max", "random"))
# Filters whose first argument (or ``attribute=``) names a field of the rows.
BY_ATTRIBUTE = frozenset(("selectattr", "rejectattr", "groupby"))
EXTRA_ATTRIBUTES = ("index",)
OF_TARGET = ("name", "unit", "direction", "accumulation", "target_value", "due_date", "term_class")
"""What an indicator has from its target."""
COMPUTED: Mapping[str, tuple[str, ...]] = {
    "case": ("end", "life", "results"),
    "targets": ("smart",),
    "indicators": (*OF_TARGET, "month", "carried_excess", "paused", "made_up", "reckoned"),
    "months": ("last",),
    "interviews": ("last", "results", "agenda", "before", "declining", "concludes"),
}
"""What rows have besides their fields; see checking/computed.py."""
ASKED_OF = {"case": COMPUTED["case"], "interviews": ("concludes",)}
"""What of these an expression may ask for."""
TOO_DEEP = Words(
    "{source} is nested too deep; write it in several shorter steps", "{source} 嵌套过深；请拆成几个较短的步骤"
)
NO_EXPRESSION = Words("{source} is no expression: {why}", "{source} 不是有效的表达式（{why}）")
UNKNOWN = Words("{name!r} is not known here{near}", "此处没有 {name!r}{near}")
NO_TEST = Words("there is no test {name!r}{near}", "没有名为 {name!r} 的判断（is …）{near}")
NO_FILTER = Words("there is no filter {name!r}{near}", "没有名为 {name!r} 的过滤器{near}")
SETTINGS_LACK = Words("settings have no {name!r}{near}", "设置中没有 {name!r}{near}")
ROWS_LACK = Words("the rows of {sheet} (a list) have no {name!r}{near}", "{sheet} 的各行（列表）没有 {name!r}{near}")
ROW_LACKS = Words("a row of {sheet} has no {name!r}{near}", "{sheet} 的行没有 {name!r}{near}")


@lru_cache(maxsize=1024)
def _parsed(source: str) -> nodes.Template:
    """The syntax tree, kept: a company's definitions hold nearly all that ships."""
    return sandbox.environment(autoescape=False).parse(source)


@dataclass(frozen=True)
class Names:
    """What expressions may name: the fields of the sheets, the settings, the functions of the sandbox."""

    sheets: Mapping[str, Sheet]
    settings: Mapping[str, Field]

    @cached_property
    def environment(self) -> ImmutableSandboxedEnvironment:
        return sandbox.environment(autoescape=False)

    def faults(self, source: str, sheet: str, *, template: bool = False, open_names: bool = False) -> list[Words]:
        """What is wrong with an expression (or a ``template``) over one row of ``sheet``; '' stands for the settings.

        ``open_names``: a check in Python adds names of its own, so unknown names are no fault.
        """
        try:
            tree = _parsed(source if template else "{{ (" + source + "\n) }}")
        except TemplateSyntaxError as error:
            return [NO_EXPRESSION.filled(source=quoted(source), why=engine_words(error.message or ""))]
        except RecursionError:
            return [TOO_DEEP.filled(source=quoted(source))]
        if sandbox.too_deep(tree):
            return [TOO_DEEP.filled(source=quoted(source))]
        walk = _Walk(self, self._scope(sheet), open_names)
        walk.visit(tree)
        return walk.found

    def simple(self, names: list[str], sheet: str) -> bool:
        """Whether all ``names`` are known in a row of ``sheet``."""
        scope = self._scope(sheet)
        return all(name in scope for name in names)

    def attributes(self, sheet: str) -> list[str]:
        """What a row of ``sheet`` has: its fields, its child sheets, and its index."""
        definition = self.sheets[sheet]
        return [*definition.printable, *definition.children, *EXTRA_ATTRIBUTES, *ASKED_OF.get(sheet, ())]

    def kind_of(self, sheet: str) -> Kind:
        return ("row" if self.sheets[sheet].single else "rows"), sheet

    def _scope(self, sheet: str) -> dict[str, Kind]:
        scope: dict[str, Kind] = {"settings": SETTINGS, "range": None}
        scope |= dict.fromkeys(sandbox.FUNCTIONS)
        if not sheet:
            return scope | dict.fromkeys(self.settings)
        scope["today"] = None
        scope |= {name: self.kind_of(name) for name, one in self.sheets.items() if one.parent in ("", "case")}
        scope |= dict.fromkeys(self.sheets[sheet].printable)
        scope |= {"case": ("row", "case"), "row": ("row", sheet), "rows": ("rows", sheet)}
        parent = self.sheets[sheet].parent
        return scope | ({"parent": ("row", parent)} if parent else {})


class _Walk:
    """One pass over the syntax tree of an expression."""

    def __init__(self, names: Names, scope: dict[str, Kind], open_names: bool) -> None:
        self.names = names
        self.scope = scope
        self.open_names = open_names
        self.found: list[Words] = []

    def visit(self, node: nodes.Node) -> Kind:
        """Check ``node`` and all below it; return what kind of thing it yields."""
        match node:
            case nodes.Name():
                return self._name(node)
            case nodes.Getattr():
                return self._part(self.visit(node.node), node.attr)
            case nodes.Getitem(arg=nodes.Const(value=str() as key)):
                return self._part(self.visit(node.node), key)
            case nodes.Getitem():
                base = self.visit(node.node)
                self.visit(node.arg)
                return (
                    ("row", base[1]) if base and base[0] == "rows" and not isinstance(node.arg, nodes.Slice) else base
                )
            case nodes.Filter():
                return self._filter(node)
            case nodes.Test() if node.name not in self.names.environment.tests:
                near = did_you_mean(node.name, self.names.environment.tests)
                self.found.append(NO_TEST.filled(name=node.name, near=near))
            case nodes.For():
                self._loop(node)
                return None
        kinds = [self.visit(child) for child in node.iter_child_nodes()]
        alternatives = isinstance(node, (nodes.Or, nodes.CondExpr))
        return next((kind for kind in kinds if kind), None) if alternatives else None

    def _name(self, node: nodes.Name) -> Kind:
        if node.ctx != "load":
            self.scope[node.name] = None
        elif node.name not in self.scope and not self.open_names:
            self.found.append(UNKNOWN.filled(name=node.name, near=did_you_mean(node.name, self.scope)))
        return self.scope.get(node.name)

    def _loop(self, node: nodes.For) -> None:
        kind = self.visit(node.iter)
        self.visit(node.target)
        if kind and kind[0] == "rows" and isinstance(node.target, nodes.Name):
            self.scope[node.target.name] = "row", kind[1]
        self.scope["loop"] = None
        for child in (*node.body, *node.else_, *((node.test,) if node.test else ())):
            self.visit(child)

    def _part(self, base: Kind, name: str) -> Kind:
        if base is None:
            return None
        what, sheet = base
        if what == "settings":
            self._known(name, list(self.names.settings), ROW_METHODS, SETTINGS_LACK)
        elif what == "rows":
            self._known(name, [], LIST_METHODS, ROWS_LACK, sheet)
        else:
            self._known(name, self.names.attributes(sheet), ROW_METHODS, ROW_LACKS, sheet)
            if name in self.names.sheets[sheet].children:
                return self.names.kind_of(name)
        return None

    def _known(self, name: str, known: list[str], methods: frozenset[str], lacks: Words, sheet: str = "") -> None:
        if name not in known and name not in methods:
            self.found.append(lacks.filled(name=name, sheet=sheet, near=did_you_mean(name, known)))

    def _filter(self, node: nodes.Filter) -> Kind:
        if node.name not in self.names.environment.filters:
            near = did_you_mean(node.name, self.names.environment.filters)
            self.found.append(NO_FILTER.filled(name=node.name, near=near))
        base = self.visit(node.node) if node.node is not None else None
        for child in (*node.args, *node.kwargs):
            self.visit(child)
        if base is None or base[0] != "rows":
            return base if node.name in ("default", "d") else None
        for attribute in _attributes(node):
            self._part(("row", base[1]), attribute.partition(".")[0])
        if node.name in ONE_ROW:
            return "row", base[1]
        return base if node.name in SAME_ROWS else None


def _attributes(node: nodes.Filter) -> Iterator[str]:
    named = [pair.value for pair in node.kwargs if pair.key == "attribute"]
    first = node.args[:1] if node.name in BY_ATTRIBUTE else []
    for argument in (*named, *first):
        if isinstance(argument, nodes.Const) and isinstance(argument.value, str):
            yield argument.value
