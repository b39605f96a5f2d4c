"""Expressions of templates are gone through without values: each name and each field must be one that there is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from jinja2 import nodes

from docgen.definitions.rules import BY_ATTRIBUTE, LIST_METHODS, ONE_ROW, ROW_METHODS
from docgen.layout.findings import Finding, error
from docgen.layout.inlines import near
from docgen.layout.sources import Source, Sources
from docgen.layout.things import NOTHING, SAY, Callable, Items, Many, Row, Texts, Thing, item_of, merge, merged
from docgen.model.problems import Words

SAME_LIST = frozenset(
    ("selectattr", "rejectattr", "select", "reject", "list", "sort", "unique", "reverse", "default", "d")
)
OF_FIELD = frozenset(("share", "total", *BY_ATTRIBUTE))
"""Filters whose first argument names a field of the rows."""
BY_TEST = frozenset(("selectattr", "rejectattr"))
DOCGENS = frozenset(("say", "drawn"))
"""What docgen itself says and draws with."""
ALWAYS = frozenset((*DOCGENS, "caller", "varargs", "kwargs", "self", "super", "true", "false", "none"))
UNKNOWN_NAME = (
    Words("There is no value {name!r} here{near}.", "此处没有取值 {name!r}{near}。"),
    Words("Write the name of a value that the sentence or template is given.", "请改为此处可用的取值名称。"),
)
UNKNOWN_FIELD = (
    Words("{owner} has no {name!r}{near}.", "{owner} 没有 {name!r}{near}。"),
    Words("Write the name of one of its fields.", "请改为其中的字段名称。"),
)
UNKNOWN_HELP = (
    Words("There is no {kind} {name!r}{near}.", "没有名为 {name!r} 的{kind}{near}。"),
    Words("Write one that there is.", "请改为可用的名称。"),
)
NEVER = (
    Words("It is never {name!r}{near}.", "其值不会是 {name!r}{near}。"),
    Words(
        "Compare with one of the codes that the definitions list, or add it there.",
        "请改为定义中列出的代码，或在定义中添加。",
    ),
)
ALIKE = frozenset(("eq", "ne", "in", "notin"))
NAMED = (nodes.Name, nodes.Getattr)
FILTER, TEST, MACRO = Words("filter", "过滤器"), Words("test", "测试"), Words("macro", "宏")


@dataclass(slots=True)
class Scope:
    """The names at a place of ``source``: all of them, and those of the template as a whole, which sentences see.

    ``given``: those that mean the same throughout a document, and are nobody's to set.
    """

    source: Source
    names: dict[str, Thing]
    top: dict[str, Thing]
    given: frozenset[str] = frozenset()

    def inner(self, more: Mapping[str, Thing] | None = None) -> Scope:
        return Scope(self.source, {**self.names, **(more or {})}, self.top, self.given)


class Expressions(ABC):
    """Goes through expressions; ``faults`` is what is wrong in them."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.faults: list[Finding] = []
        self.calls: list[tuple[Source, nodes.Call]] = []
        """The calls of macros that led here."""

    @abstractmethod
    def _call(self, macro: Callable, arguments: Sequence[Thing], named: Mapping[str, Thing]) -> None:
        """Go through a macro with these arguments."""

    @abstractmethod
    def _say(self, key: Thing, node: nodes.Call, more: Mapping[str, Thing], scope: Scope) -> None:
        """Note the sentences of ``key``, which may speak of ``more`` besides what all may."""

    def thing(self, node: nodes.Node, scope: Scope) -> Thing:
        """What ``node`` yields; whatever is wrong in it is noted."""
        match node:
            case nodes.Const(value=str() as text):
                return Texts(frozenset((text,)))
            case nodes.Const(value=None):
                return NOTHING
            case nodes.Name():
                return self._name(node, scope)
            case nodes.Getattr():
                return self._part(self.thing(node.node, scope), node.attr, node, scope)
            case nodes.Getitem(arg=nodes.Slice()):
                self.thing(node.arg, scope)
                base = self.thing(node.node, scope)
                return base if isinstance(base, Many) else None
            case nodes.Getitem():
                base, key = self.thing(node.node, scope), self.thing(node.arg, scope)
                if isinstance(base, Row) and isinstance(key, Texts) and not key.open:
                    return merged([self._part(base, name, node, scope) for name in sorted(key.texts)])
                return base.item if isinstance(base, Many) else None
            case nodes.Call():
                return self._calling(node, scope)
            case nodes.Filter():
                return self._filter(node, scope)
            case nodes.Test():
                if node.name not in self.sources.environment.tests:
                    self._unknown_help(TEST, node.name, self.sources.environment.tests, node, scope)
                if node.name not in ("defined", "undefined"):
                    self.thing(node.node, scope)
                for one in node.args:
                    self.thing(one, scope)
                return None
            case nodes.Compare():
                left = self.thing(node.expr, scope)
                for operand in node.ops:
                    right = self.thing(operand.expr, scope)
                    if operand.op in ALIKE:
                        self._meet(left, operand.expr, right, scope)
                        self._meet(right, node.expr, left, scope)
                return None
            case nodes.CondExpr():
                self.thing(node.test, scope)
                return merge(self.thing(node.expr1, scope), self.thing(node.expr2, scope) if node.expr2 else NOTHING)
            case nodes.Or() | nodes.Add():
                left, right = self.thing(node.left, scope), self.thing(node.right, scope)
                texts = isinstance(node, nodes.Add) and isinstance(left, Texts) and isinstance(right, Texts)
                return _joined((left, right)) if texts else merge(left, right)
            case nodes.And():
                self.thing(node.left, scope)
                return self.thing(node.right, scope)
            case nodes.List():
                return Many(merged([self.thing(one, scope) for one in node.items]))
            case nodes.Tuple():
                return Items(tuple(self.thing(one, scope) for one in node.items))
            case nodes.Concat():
                return _joined([self.thing(one, scope) for one in node.nodes])
        for child in node.iter_child_nodes():
            self.thing(child, scope)
        return None

    def _meet(self, coded: Thing, node: nodes.Node, said: Thing, scope: Scope) -> None:
        """Note what a choice is compared with and can never be."""
        codes, texts = (item_of(one) if isinstance(one, Many | Items) else one for one in (coded, said))
        match codes, texts, node:
            case Texts(known, False, True), Texts(names), nodes.Const() | nodes.List() | nodes.Tuple() if known:
                for name in sorted(names - known):
                    never = NEVER[0].filled(name=name, near=near(name, known))
                    self._fault("unknown_code", node, name, scope, never, NEVER[1])

    def _guarded(self, node: nodes.Node | None, scope: Scope) -> Thing:
        """What may be missing, as ``default`` allows: no fault, then."""
        kept = len(self.faults)
        found = self.thing(node, scope) if node else None
        del self.faults[kept:]
        return found if found is not None else NOTHING

    def _name(self, node: nodes.Name, scope: Scope) -> Thing:
        if node.name in scope.names:
            return scope.names[node.name]
        if node.name == "say":
            return SAY
        if node.name not in self.sources.environment.globals and node.name not in ALWAYS:
            said = UNKNOWN_NAME[0].filled(name=node.name, near=_near_name(node.name, scope.names))
            self._fault("unknown_name", node, node.name, scope, said, UNKNOWN_NAME[1])
        return None

    def _part(self, base: Thing, name: str, node: nodes.Node, scope: Scope) -> Thing:
        match base:
            case Row() if name in base.names:
                return base.names[name]
            case Row() if name not in ROW_METHODS:
                if base.title.endswith(".html"):
                    self._unknown_help(MACRO, name, macros(base.names), node, scope)
                else:
                    self._unknown_field(base.title, name, base.names, node, scope)
            case Many() if isinstance(node, nodes.Getattr) and name not in LIST_METHODS:
                self._unknown_field("a list", name, (), node, scope)
        return None

    def _unknown_field(self, owner: str, name: str, known: Iterable[str], node: nodes.Node, scope: Scope) -> None:
        said = UNKNOWN_FIELD[0].filled(owner=owner, name=name, near=near(name, known))
        self._fault("unknown_field", node, name, scope, said, UNKNOWN_FIELD[1])

    def _unknown_help(self, kind: Words, name: str, known: Iterable[str], node: nodes.Node, scope: Scope) -> None:
        plain = [one for one in known if one[:1] != "("]
        said = UNKNOWN_HELP[0].filled(kind=kind, name=name, near=near(name, plain))
        self._fault("unknown_help", node, name, scope, said, UNKNOWN_HELP[1])

    def _fault(self, kind: str, node: nodes.Node, word: str, scope: Scope, said: Words, fix: Words) -> None:
        if kind != "unknown_help" and word in _asked_for(scope.source.tree):
            return
        self.faults.append(error(kind, scope.source.place(node.lineno, word), said, fix))

    def _calling(self, node: nodes.Call, scope: Scope) -> Thing:
        called = self.thing(node.node, scope)
        arguments = [self.thing(one, scope) for one in node.args]
        named = {one.key: self.thing(one.value, scope) for one in node.kwargs}
        for one in (node.dyn_args, node.dyn_kwargs):
            if one is not None:
                self.thing(one, scope)
        match node.node:
            case nodes.Getattr(attr="get") if node.args and isinstance(arguments[0], Texts):
                base = self.thing(node.node.node, scope)
                if isinstance(base, Row) and not arguments[0].open:
                    return merged([self._part(base, name, node, scope) for name in sorted(arguments[0].texts)])
        if isinstance(called, Callable):
            if called is SAY:
                more = {name: thing for name, thing in named.items() if name not in ("key", "between")}
                self._say(arguments[0] if arguments else named.get("key"), node, more, scope)
            else:
                self.calls.append((scope.source, node))
                self._call(called, arguments, named)
                self.calls.pop()
        return None

    def _filter(self, node: nodes.Filter, scope: Scope) -> Thing:
        known = self.sources.environment
        guarded = node.name in ("default", "d")
        base = self._guarded(node.node, scope) if guarded else self.thing(node.node, scope) if node.node else None
        others = [self.thing(one, scope) for one in (*node.args, *(pair.value for pair in node.kwargs))]
        if node.name not in known.filters:
            self._unknown_help(FILTER, node.name, known.filters, node, scope)
        if node.name in BY_TEST and len(node.args) > 1:
            for name in _texts(others[1]):
                if name not in known.tests:
                    self._unknown_help(TEST, name, known.tests, node, scope)
        fields = [self._part(base.item, name, node, scope) for name in _fields(node)] if isinstance(base, Many) else []
        if node.name in BY_TEST and len(node.args) > 2:
            self._meet(fields[0] if fields else None, node.args[2], others[2], scope)
        match node.name, base:
            case "batch" | "slice", Many():
                return Many(base)
            case "map", _:
                return Many(fields[0]) if fields else None
            case "sum", Many(Many() as inner):
                return inner
            case name, _ if name in ONE_ROW:
                return item_of(base)
            case name, _ if name in SAME_LIST:
                return merge(base, others[0]) if guarded and others else base
        return None


def _asked_for(tree: nodes.Template) -> set[str]:
    """The names of which a template asks whether they are there: it knows what to do where they aren't."""
    asked = [one.node for one in tree.find_all(nodes.Test) if one.name in ("defined", "undefined")]
    return {one.name if isinstance(one, nodes.Name) else one.attr for one in asked if isinstance(one, NAMED)}


def _fields(node: nodes.Filter) -> Iterator[str]:
    """The fields that a filter names, as far as they are written out."""
    named = [one.value for one in node.kwargs if one.key == "attribute"]
    for one in (*named, *(node.args[:1] if node.name in OF_FIELD else ())):
        if isinstance(one, nodes.Const) and isinstance(one.value, str):
            yield one.value.partition(".")[0]


def _texts(thing: Thing) -> Iterable[str]:
    return thing.texts if isinstance(thing, Texts) and not thing.open else ()


def _joined(parts: Iterable[Thing]) -> Thing:
    """The texts that ``parts`` make together; open, where one of them is not known."""
    made, maybe = frozenset(("",)), False
    for part in parts:
        if not isinstance(part, Texts) or not part.texts:
            return Texts(made, True, maybe)
        made, maybe = frozenset(before + after for before in made for after in part.texts), maybe or part.maybe
        if part.open:
            return Texts(made, True, maybe)
    return Texts(made, False, maybe)


def macros(names: Mapping[str, Thing]) -> list[str]:
    return [name for name, thing in names.items() if isinstance(thing, Callable)]


def _near_name(name: str, names: Mapping[str, Thing]) -> Words:
    """The nearest name, or the nearest field of the case or the settings, with its owner."""
    found = {one: one for one in names}
    for owner in ("case", "settings"):
        row = names.get(owner)
        for field in row.names if isinstance(row, Row) else ():
            found.setdefault(field, f"{owner}.{field}")
    close = get_close_matches(name, sorted(found), 1, 0.5)
    return Words(f"; did you mean {found[close[0]]}?", f"，是否指 {found[close[0]]}？") if close else Words("", "")
