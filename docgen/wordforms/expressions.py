"""The expressions in the tags of a Word form: what each stands for, and what is wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from jinja2 import Environment, TemplateSyntaxError, nodes

from docgen.errors import TemplateError
from docgen.layout.inlines import near
from docgen.layout.sets import TemplateSet, base_key
from docgen.wordforms.comparing import TESTS, WITHIN, is_alone, misfits, written
from docgen.wordforms.drawings import asked
from docgen.wordforms.environment import FUNCTIONS
from docgen.wordforms.faults import Fault, fault
from docgen.wordforms.filtered import filtered
from docgen.wordforms.gallery import HERE, sized
from docgen.wordforms.limits import MOST_COUNTED
from docgen.wordforms.names import ANYTHING, NUMBER, VALUE, Known
from docgen.wordforms.skeleton import Skeleton

OF_VALUES = ("year", "month", "day", "hour", "minute", "number", "unit", "en", "zh")
"""What may be asked of a date, a time, an amount, or a setting in two languages."""
NUMBERED = ("year", "month", "day", "hour", "minute", "number", "index", "index0", "revindex", "revindex0", "length")
"""Those of OF_VALUES and OF_LOOP that are numbers."""
OF_LOOP = ("index", "index0", "revindex", "revindex0", "first", "last", "length", "cycle", "depth", "depth0", "changed")

Names = Mapping[str, Known]


@dataclass(slots=True)
class Meaning:
    """What was found in a form: faults, the fields that are printed (sheet, field), and top names that are printed."""

    faults: list[Fault] = field(default_factory=list)
    printed: set[tuple[str, str]] = field(default_factory=set)
    top: set[str] = field(default_factory=set)


class Expressions:
    """Reads the expressions of one part; ``found`` gathers what they print and what is wrong."""

    def __init__(
        self,
        skeleton: Skeleton,
        known: Known,
        kinds: Mapping[str, str],
        made: Environment,
        templates: TemplateSet,
    ) -> None:
        self.skeleton = skeleton
        self.known = known
        self.kinds = kinds
        self.made = made
        self.templates = templates
        self.found = Meaning()
        self.is_printed = False
        self.in_call = False

    def tell(self, kind: str, node: nodes.Node, **names: object) -> None:
        chunk = self.skeleton.at(node.lineno)
        tag = chunk.tag.whole if chunk.tag else ""
        one = fault(kind, chunk.place, tag=tag, **names)
        if one not in self.found.faults:
            self.found.faults.append(one)

    def value(self, node: nodes.Node, names: dict[str, Known]) -> Known:
        """What an expression stands for; what is wrong in it is told."""
        read = READERS.get(type(node))
        if read:
            return read(self, node, names)
        for child in node.iter_child_nodes():
            self.value(child, names)
        return VALUE if isinstance(node, (nodes.Const, nodes.TemplateData)) else ANYTHING

    def name(self, node: nodes.Name, names: dict[str, Known]) -> Known:
        if node.name in names:
            if self.is_printed:
                self.found.printed |= names[node.name].sources
            return names[node.name]
        if found := self.known.find(node.name):
            key = self.known.spelled.get(node.name, node.name)
            if self.is_printed:
                self.found.top.add(key)
                self.found.printed |= found.sources
            return found
        if node.name in FUNCTIONS:
            self.tell("forbidden", node, name=node.name)
            return ANYTHING
        known = [*names, *self.known.below, *self.known.spelled]
        kind = "forbidden" if node.name.startswith("_") or node.name in OF_JINJA else "unknown_name"
        self.tell(kind, node, name=node.name, nearest=near(node.name, known))
        return ANYTHING

    def attribute(self, node: nodes.Getattr, names: dict[str, Known]) -> Known:
        return self.below(self.value(node.node, names), node.attr, node)

    def item(self, node: nodes.Getitem, names: dict[str, Known]) -> Known:
        of = self.value(node.node, names)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self.below(of, node.arg.value, node)
        self.value(node.arg, names)
        if of.each:
            return of if isinstance(node.arg, nodes.Slice) else of.each
        return ANYTHING

    def below(self, of: Known, name: str, node: nodes.Getattr | nodes.Getitem | nodes.Filter) -> Known:
        whole = node.node or node
        if name.startswith("_"):
            self.tell("forbidden", node, name=name)
            return ANYTHING
        if of.shape in ("row", "rows"):
            found = of.find(name)
            if found is None:
                known = [*of.below, *of.spelled]
                self.tell("unknown_name", node, name=f"{written(whole)}.{name}", nearest=near(name, known))
                return ANYTHING
            if of.shape == "rows":
                self.tell("whole_rows", node, name=written(whole), field=name)
            if self.is_printed:
                self.found.printed |= found.sources
            return found
        if of.shape == "value" and name not in OF_VALUES:
            self.tell("unknown_name", node, name=f"{written(whole)}.{name}", nearest=near(name, OF_VALUES))
        if of is LOOP and name not in OF_LOOP:
            self.tell("unknown_name", node, name=f"loop.{name}", nearest=near(name, OF_LOOP))
        return NUMBER if name in NUMBERED else ANYTHING

    def compared(self, node: nodes.Compare, names: dict[str, Known]) -> Known:
        left, of_left = node.expr, self.value(node.expr, names)
        for one in node.ops:
            right, of_right = one.expr, self.value(one.expr, names)
            if of_right.type in ("choices", "list") and one.op in WITHIN:
                of_right = replace(of_right, type=of_right.type.rstrip("s") if of_right.choices else "")
                self.fits(of_right, right, "eq", left)
            else:
                self.fits(of_left, left, one.op, right)
                self.fits(of_right, right, one.op, left)
            left, of_left = right, of_right
        return ANYTHING

    def fits(self, of: Known, node: nodes.Node, sign: str, other: nodes.Node) -> None:
        for kind, more in misfits(of, node, sign, other):
            self.tell(kind, node, **more)

    def asked(self, test: nodes.Node, names: dict[str, Known]) -> None:
        """A condition."""
        self.value(test, names)
        for text in is_alone(test):
            self.tell("alone", text, text=repr(text.value))

    def tested(self, node: nodes.Test, names: dict[str, Known]) -> Known:
        if node.name not in self.made.tests:
            self.tell("unknown_test", node, name=node.name, nearest=near(node.name, self.made.tests))
        of = self.value(node.node, names)
        for one in node.args:
            self.value(one, names)
            if node.name in TESTS:
                self.fits(of, node.node, TESTS[node.name], one)
        return ANYTHING

    def call(self, node: nodes.Call, names: dict[str, Known]) -> Known:
        name = called(node)
        before, self.in_call = self.in_call, self.in_call or name in ("say", HERE)
        for one in (*node.args, *(pair.value for pair in node.kwargs)):
            self.value(one, names)
        self.in_call = before
        if isinstance(node.node, nodes.Getattr):
            known = len(self.found.faults)
            self.value(node.node, names)
            if written(node.node) != "loop.cycle" and len(self.found.faults) == known:
                self.tell("forbidden", node, name=f"{written(node.node)}(…)")
        elif name == "say":
            self.sentence(node, names)
        elif name == HERE:
            self.picture(node)
        elif name == "range":
            for one in node.args:
                if isinstance(one, nodes.Const) and isinstance(one.value, int) and abs(one.value) > MOST_COUNTED:
                    self.tell("too_long", node, limit=MOST_COUNTED)
        elif name not in (*FUNCTIONS, *OF_SKELETON):
            close = near(name or "", FUNCTIONS)
            self.tell("unknown_name", node, name=f"{name or written(node.node)}(…)", nearest=close)
        return ANYTHING

    def picture(self, node: nodes.Call) -> None:
        """A drawing must be there, and have room; what is known only when the form is filled is left to that."""
        try:
            given = [one.as_const() for one in node.args]
            named = {pair.key: pair.value.as_const() for pair in node.kwargs}
            sized(*given[2:4], *(named[key] for key in ("width", "height") if key in named))
            asked(self.kinds, *given, **named)
        except (nodes.Impossible, TypeError):
            return
        except TemplateError as error:
            self.tell("picture", node, reason=error.words)

    def sentence(self, node: nodes.Call, names: dict[str, Known]) -> None:
        """A sentence of the wording must be there; what it prints counts as printed by the form."""
        known = {base_key(key) for key in self.templates.wording["en"]}
        for one in node.args[:1]:
            keys = [item for item in (one.items if isinstance(one, nodes.List) else [one])]
            for key in (item.value for item in keys if isinstance(item, nodes.Const)):
                if key not in known:
                    self.tell("unknown_sentence", node, name=key, nearest=near(str(key), known))
                else:
                    self.said(str(key), {**names, **{pair.key: ANYTHING for pair in node.kwargs}})

    def said(self, key: str, names: dict[str, Known]) -> None:
        for name, (text, _) in self.templates.wording["en"].items():
            if base_key(name) == key and "{" in text:
                quiet = Expressions(self.skeleton, self.known, self.kinds, self.made, self.templates)
                try:
                    parsed = self.made.parse(text)
                except TemplateSyntaxError:
                    continue  # told where the wording is read
                quiet.is_printed = True
                for output in parsed.find_all(nodes.Output):
                    for one in output.nodes:
                        if not isinstance(one, nodes.TemplateData):
                            quiet.is_printed = True
                            quiet.value(one, dict(names))
                self.found.printed |= quiet.found.printed
                self.found.top |= quiet.found.top

    def joined(self, node: nodes.Concat, names: dict[str, Known]) -> Known:
        plain = all(isinstance(one, nodes.Const) for one in node.nodes)
        if not plain and not self.in_call:
            self.tell("joined", node)
        for one in node.nodes:
            self.value(one, names)
        return VALUE

    def grown(self, node: nodes.BinExpr, names: dict[str, Known]) -> Known:
        texts: list[nodes.Node] = [
            one for one in (node.left, node.right) if isinstance(one, (nodes.List, nodes.Tuple, nodes.TemplateData))
        ]
        texts += [one for one in (node.left, node.right) if isinstance(one, nodes.Const) and isinstance(one.value, str)]
        if texts or isinstance(node, nodes.Pow):
            self.tell("repeated_text", node)
        self.value(node.left, names)
        self.value(node.right, names)
        return VALUE

    def chosen(self, node: nodes.CondExpr, names: dict[str, Known]) -> Known:
        self.asked(node.test, names)
        found = [self.value(one, names) for one in (node.expr1, node.expr2) if one is not None]
        return next((one for one in found if one.shape in ("row", "rows")), found[0])

    def either(self, node: nodes.Or | nodes.And, names: dict[str, Known]) -> Known:
        found = [self.value(one, names) for one in (node.left, node.right)]
        return next((one for one in found if one.shape in ("row", "rows")), found[-1])


OF_SKELETON = ("_span", "_fill")
"""What stands for colspan and cellbg; nobody writes them."""
LOOP = Known("anything", below={"index": VALUE})
OF_JINJA = ("self", "cycler", "joiner", "lipsum", "dict", "caller", "varargs", "kwargs", "super", "config", "request")
READERS: Mapping[type[nodes.Node], Callable[..., Known]] = {
    nodes.Name: Expressions.name,
    nodes.Getattr: Expressions.attribute,
    nodes.Getitem: Expressions.item,
    nodes.Filter: filtered,
    nodes.Test: Expressions.tested,
    nodes.Call: Expressions.call,
    nodes.Concat: Expressions.joined,
    nodes.Compare: Expressions.compared,
    nodes.Mul: Expressions.grown,
    nodes.Pow: Expressions.grown,
    nodes.Mod: Expressions.grown,
    nodes.CondExpr: Expressions.chosen,
    nodes.Or: Expressions.either,
    nodes.And: Expressions.either,
}


def called(node: nodes.Node) -> str:
    return node.node.name if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) else ""
