"""A walk through templates as if they were rendered, without values: which names they use, which sentences they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import nodes

from docgen.layout.expressions import DOCGENS, MACRO, Expressions, Scope, macros
from docgen.layout.findings import Finding, error
from docgen.layout.inlines import near
from docgen.layout.sources import Source, Sources
from docgen.layout.things import LOOP, Callable, Items, Many, Row, Texts, Thing, item_of
from docgen.model.problems import Position, Words

WITHOUT = (
    Words("The macro {macro} is not given its {name!r}.", "调用宏 {macro} 时缺少 {name!r}。"),
    Words("Write it between the brackets.", "请写在括号中。"),
)
Naming = nodes.Import | nodes.FromImport | nodes.Include | nodes.Extends
"""What names another template."""

NO_TEMPLATE = (
    Words("There is no template {name!r} in the set{near}.", "模板集中没有模板 {name!r}{near}。"),
    Words("Name a template of the set, without a path.", "请写模板集中的模板名称，不带路径。"),
)


ITSELF = (
    Words("{name} takes in itself, without end.", "{name} 包含其自身，没有止境。"),
    Words("Take it out.", "请删去。"),
)


TAKEN_NAME = "taken_name"
TAKEN = (
    Words(
        "{name} is given here already, and can't be given another value: the paper would print something else than its "
        "case and the ledger say.",
        "{name} 此处已有取值，不能另行赋值：否则文件印出的内容会与个案和台账不符。",
    ),
    Words("Call it something else, such as my_{name}.", "请改用其他名称，如 my_{name}。"),
)


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence as a template says it: its key (or, ``open``, its beginning), where, and what it may speak of.

    ``maybe``: it is one of several, of which not all need come up.
    """

    key: str
    open: bool
    maybe: bool
    place: Position
    own: bool
    names: Mapping[str, Thing]


class Walk(Expressions):
    """Goes through the templates of a set; ``faults`` and ``sayings`` are what it met.

    ``says_anything``: a sentence is said whose key can't be known here.
    """

    def __init__(self, sources: Sources) -> None:
        super().__init__(sources)
        self.sayings: list[Saying] = []
        self.met: set[str] = set()
        self.says_anything = False
        self._called: set[str] = set()
        self._open: list[str] = []
        self._walked: set[tuple[object, ...]] = set()

    def template(self, name: str, names: Mapping[str, Thing], given: frozenset[str] = frozenset()) -> None:
        """Walk through the template ``name``, which is given ``names``: by docgen, or ``given`` of them."""
        source = self.sources.template(name)
        self.met.add(name)
        if source is None or name in self._open:
            return
        top = dict(names)
        self._open.append(name)
        self._bodies(source.tree.body, Scope(source, top, top, given or frozenset(names)))
        self._open.pop()

    def take(self, other: Walk) -> None:
        """Go on from what ``other`` has met."""
        self.faults += other.faults
        self.sayings += other.sayings
        self.met |= other.met
        self.says_anything |= other.says_anything
        self._called |= other._called

    def text(self, source: Source, names: Mapping[str, Thing]) -> list[Finding]:
        """What is wrong with a sentence that is given ``names``."""
        before, self.faults = self.faults, []
        self._bodies(source.tree.body, Scope(source, dict(names), dict(names), frozenset(names)))
        found, self.faults = self.faults, before
        return found

    # Statements

    def _bodies(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Output():
                for one in node.nodes:
                    self.thing(one, scope)
            case nodes.If():
                self.thing(node.test, scope)
                self._bodies((*node.body, *node.elif_, *node.else_), scope)
            case nodes.For():
                inner = scope.inner({"loop": LOOP})
                self._bind(node.target, item_of(self.thing(node.iter, scope)), inner)
                if node.test:
                    self.thing(node.test, inner)
                self._bodies(node.body, inner)
                self._bodies(node.else_, scope.inner())
            case nodes.Assign():
                self._bind(node.target, self.thing(node.node, scope), scope)
            case nodes.AssignBlock():
                self._bodies(node.body, scope.inner())
                self._bind(node.target, None, scope)
            case nodes.Macro():
                self._refuse_taken(node.name, node, scope)
                scope.names[node.name] = Callable(node.name, (node, scope))
            case nodes.CallBlock():
                self.thing(node.call, scope)
                for one in node.args:
                    self._refuse_taken(one.name, one, scope)
                self._bodies(node.body, scope.inner(dict.fromkeys(one.name for one in node.args)))
            case nodes.FilterBlock():
                self.thing(node.filter, scope)
                self._bodies(node.body, scope.inner())
            case nodes.With():
                inner = scope.inner()
                for target, value in zip(node.targets, node.values, strict=True):
                    self._bind(target, self.thing(value, scope), inner)
                self._bodies(node.body, inner)
            case nodes.Import() | nodes.FromImport():
                self._import(node, scope)
            case nodes.Include() | nodes.Extends():
                for name in self._template_names(node, scope):
                    self._refuse_itself(name, node, scope)
                    self.template(name, scope.names, scope.given)
            case nodes.Block():
                self._bodies(node.body, scope.inner())
            case nodes.ExprStmt():
                self.thing(node.node, scope)
            case _:
                self._bodies(node.iter_child_nodes(), scope)

    def _import(self, node: nodes.Import | nodes.FromImport, scope: Scope) -> None:
        for name in self._template_names(node, scope):
            self._refuse_itself(name, node, scope)
            given = scope.top if node.with_context else {}
            module = self._module(name, given, scope.given)
            if isinstance(node, nodes.Import):
                self._refuse_taken(node.target, node, scope)
                scope.names[node.target] = module
                continue
            for one in node.names:
                wanted, target = one if isinstance(one, tuple) else (one, one)
                self._refuse_taken(target, node, scope)
                scope.names[target] = module.names.get(wanted) if module else None
                if module and wanted not in module.names:
                    self._unknown_help(MACRO, wanted, macros(module.names), node, scope)

    def _module(self, name: str, names: Mapping[str, Thing], given: frozenset[str]) -> Row | None:
        source = self.sources.template(name)
        self.met.add(name)
        if source is None or name in self._open:
            return None
        top = dict(names)
        self._open.append(name)
        self._bodies(source.tree.body, Scope(source, top, top, given))
        self._open.pop()
        return Row(name, top)

    def _refuse_itself(self, name: str, node: nodes.Node, scope: Scope) -> None:
        if name in self._open:
            said = ITSELF[0].filled(name=name)
            self.faults.append(error("endless", scope.source.place(node.lineno, name), said, ITSELF[1]))

    def _template_names(self, node: Naming, scope: Scope) -> list[str]:
        named = self.thing(node.template, scope)
        if not isinstance(named, Texts) or named.open:
            return []
        found = []
        for name in sorted(named.texts):
            if name in self.sources.names:
                found.append(name)
            elif not getattr(node, "ignore_missing", False):
                said = NO_TEMPLATE[0].filled(name=name, near=near(name, self.sources.names))
                self.faults.append(error("no_template", scope.source.place(node.lineno, name), said, NO_TEMPLATE[1]))
        return found

    def _bind(self, target: nodes.Node, value: Thing, scope: Scope) -> None:
        match target:
            case nodes.Name():
                self._refuse_taken(target.name, target, scope)
                scope.names[target.name] = value
            case nodes.Tuple():
                parts = value.items if isinstance(value, Items) and len(value.items) == len(target.items) else None
                for index, one in enumerate(target.items):
                    self._bind(one, parts[index] if parts else None, scope)

    def _refuse_taken(self, name: str, node: nodes.Node, scope: Scope) -> None:
        """Note a name that would mean something else from here on than all that speaks of it takes it for."""
        if name in scope.given or name in DOCGENS:
            said, fix = (words.filled(name=name) for words in TAKEN)
            self.faults.append(error(TAKEN_NAME, scope.source.place(node.lineno, name), said, fix))

    def _refuse_shadows(self, node: nodes.Macro, scope: Scope) -> None:
        """Note what a call hands a macro under a name of docgen's: a sentence in it would print another value.

        That very value, and part of a list, may be handed on under its name.
        """
        for _, call in self.calls[-1:]:
            handed = {one.name: value for one, value in zip(node.args, call.args, strict=False)}
            handed |= {one.key: one.value for one in call.kwargs}
            for one in node.args:
                value = handed.get(one.name)
                same = isinstance(value, nodes.Name) and value.name == one.name
                if value is not None and not same and not isinstance(scope.top.get(one.name), Many):
                    self._refuse_taken(one.name, one, scope)

    def uncalled(self, name: str, names: Mapping[str, Thing]) -> None:
        """Walk through the macros of the template ``name`` that nobody has called: they must hold all the same."""
        source = self.sources.template(name)
        for node in source.tree.find_all(nodes.Macro) if source else ():
            if source and node.name not in self._called:
                arguments: dict[str, Thing] = dict.fromkeys(one.name for one in node.args)
                self._bodies(node.body, Scope(source, {**names, **self._made_in(source), **arguments}, dict(names)))

    def _made_in(self, source: Source) -> dict[str, Thing]:
        """The names that a template gives itself, of which nothing is known here."""
        stored = {one.name for one in source.tree.find_all(nodes.Name) if one.ctx == "store"}
        return dict.fromkeys(stored | {one.name for one in source.tree.find_all(nodes.Macro)} | _imports(source.tree))

    def _call(self, macro: Callable, arguments: Sequence[Thing], named: Mapping[str, Thing]) -> None:
        """Walk through the body of ``macro``, once for each kind of arguments."""
        node, scope = macro.made
        given: dict[str, Thing] = {}
        defaults = dict(zip([one.name for one in node.args][::-1], node.defaults[::-1], strict=False))
        for index, one in enumerate(node.args):
            if index < len(arguments):
                given[one.name] = arguments[index]
            elif one.name in named:
                given[one.name] = named[one.name]
            else:
                given[one.name] = self.thing(defaults[one.name], scope) if one.name in defaults else None
                if one.name not in defaults:
                    self._without(node.name, one.name)
        self._called.add(node.name)
        self._refuse_shadows(node, scope)
        mark = (id(node), id(scope.top), *given.values())
        if mark not in self._walked:
            self._walked.add(mark)
            self._bodies(node.body, scope.inner(given))

    def _without(self, macro: str, name: str) -> None:
        """Note a call that leaves out what its macro needs."""
        for source, call in self.calls[-1:]:
            if call.dyn_args is None and call.dyn_kwargs is None:
                said = WITHOUT[0].filled(macro=macro, name=name)
                self.faults.append(error("unknown_help", source.place(call.lineno, macro), said, WITHOUT[1]))

    def _say(self, key: Thing, node: nodes.Call, more: Mapping[str, Thing], scope: Scope) -> None:
        for name in more:
            self._refuse_taken(name, node, scope)
        match key:
            case Texts(texts, is_open, maybe):
                for text in sorted(texts):
                    written = [(scope.source, node), *reversed(self.calls)]  # a macro may have been given the key
                    source, at = next((one for one in written if one[0].holds(one[1].lineno, text)), written[0])
                    place = source.place(at.lineno, text)
                    self.sayings.append(Saying(text, is_open, maybe, place, source.own, {**scope.top, **more}))
            case Many(item):
                self._say(item, node, more, scope)
            case Items(items):
                for one in items:
                    self._say(one, node, more, scope)
            case None:
                self.says_anything = True


def _imports(tree: nodes.Template) -> set[str]:
    found = {one.target for one in tree.find_all(nodes.Import)}
    for one in tree.find_all(nodes.FromImport):
        found |= {name[1] if isinstance(name, tuple) else name for name in one.names}
    return found
