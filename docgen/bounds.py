"""What a template may not do, and how much it may: refused where it is compiled, or stopped before it hangs the run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any

from jinja2 import TemplateSyntaxError, nodes, pass_context
from jinja2.exceptions import TemplateRuntimeError

from docgen.model.problems import Words

WORK = 400_000
"""Turns of loops, calls and printed texts of one document; the largest sample takes a hundredth of it."""
LONGEST = 1_000_000
"""Characters of a text, or rows of a list, that a template makes."""
LARGEST = 10_000
"""The largest number that may say how often or how wide."""
PRINTED_AT_ONCE = 64
"""So many characters printed cost as much as one turn of a loop."""
ROWS_AT_ONCE = 4
"""So many rows, or characters, that a filter goes through cost as much."""
CALL = 10
"""What the call of a macro or a method costs."""
LARGEST_BITS = 4_096
COUNTED, SIZED = "(counted)", "(sized)"
"""Names of filters that no template can write."""
WIDE = re.compile(r"%[^a-zA-Z%]*(?:\d{4}|\*)")
MANAGED = ("format", "format_map")
BY_COUNT = frozenset(("batch", "center", "indent", "slice", "wordwrap"))
"""Filters that fill up to a number they are given."""

Fault = tuple[int, Words]
"""A line of a template, and what is wrong in it."""


class Refused(TemplateSyntaxError):
    """What stands in a template and may not, in both languages."""

    def __init__(self, words: Words, line: int, name: str | None = None, filename: str | None = None) -> None:
        super().__init__(words.en, line, name, filename)
        self.words = words


class TooMuch(TemplateRuntimeError):
    """A template would take too long or too much memory."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


ENDLESS = Words(
    "the template does not come to an end: its loops take more than {limit:,} turns; loop over rows of the case only",
    "模板无法结束：循环超过 {limit:,} 次；请只对个案中的各行循环",
)
TOO_LONG = Words(
    "a text or list would get longer than {limit:,}; print it instead of collecting it",
    "文字或列表将超过 {limit:,} 个字符或行；请直接输出，不要累积",
)
TOO_LARGE = Words(
    "{number} is too large a number for this; at most {limit}",
    "此处的数 {number} 过大，最多 {limit}",
)
ESCAPE = Words(
    "{% autoescape %} can't be switched: values are always escaped; take it out",
    "不能切换 {% autoescape %}：取值一律转义；请删去",
)
PRIVATE = Words(
    "{name} is out of a template's reach; print a field of the case instead",
    "模板不能使用 {name}；请改用个案的字段",
)
RECURSIVE = Words(
    "a loop can't be recursive; write one loop inside the other",
    "循环不能使用 recursive；请改用嵌套循环",
)
PYTHON_FORMAT = Words(
    "{name} is not available; join the parts with ~ instead",
    "不能使用 {name}；请用 ~ 连接各部分",
)


def refusals(tree: nodes.Template) -> Iterator[Fault]:
    """Everything in ``tree`` that no template may say, by line."""
    kinds = (nodes.EvalContextModifier, nodes.Getattr, nodes.Getitem, nodes.For, nodes.Call)
    for node in tree.find_all(kinds):
        match node:
            case nodes.EvalContextModifier():
                yield node.lineno, ESCAPE
            case nodes.For(recursive=True):
                yield node.lineno, RECURSIVE
            case nodes.Getattr(attr=name) | nodes.Getitem(arg=nodes.Const(value=str() as name)):
                if name.startswith("_"):
                    yield node.lineno, PRIVATE.filled(name=name)
            case nodes.Call(node=nodes.Getattr(attr=name)) if name in MANAGED:
                yield node.lineno, PYTHON_FORMAT.filled(name=name)


def within(operator: str, left: Any, right: Any) -> None:
    """Stop a calculation whose result would be too large to hold.

    Raises:
        TooMuch: it would be.
    """
    match operator:
        case "*":
            for whole, times in ((left, right), (right, left)):
                if isinstance(whole, (str, list, tuple)) and isinstance(times, int) and len(whole) * times > LONGEST:
                    raise TooMuch(TOO_LONG.filled(limit=LONGEST))
            if isinstance(left, int) and isinstance(right, int):
                _small(left.bit_length() + right.bit_length())
        case "**":
            if not isinstance(right, int) or abs(right) > LARGEST:
                raise TooMuch(TOO_LARGE.filled(number=right, limit=LARGEST))
            _small(left.bit_length() * abs(right) if isinstance(left, int) else 0)
        case "%":
            if isinstance(left, str):
                narrow(left)
        case "+":
            sized = isinstance(left, (str, list, tuple)) and isinstance(right, (str, list, tuple))
            if sized and len(left) + len(right) > LONGEST:
                raise TooMuch(TOO_LONG.filled(limit=LONGEST))


def _small(bits: int) -> None:
    if bits > LARGEST_BITS:
        raise TooMuch(TOO_LARGE.filled(number=f"2 ** {bits}", limit=f"2 ** {LARGEST_BITS}"))


def countable(*numbers: Any) -> None:
    """Stop what would be done too often, or made too wide.

    Raises:
        TooMuch: one of ``numbers`` is too large.
    """
    for number in numbers:
        if type(number) is int and number > LARGEST:
            raise TooMuch(TOO_LARGE.filled(number=number, limit=LARGEST))


def narrow(pattern: str) -> None:
    """Stop a pattern like ``%99999d``, which would fill a text up to that width.

    Raises:
        TooMuch: it has a width of more than three digits, or takes it from its values.
    """
    if wide := WIDE.search(pattern):
        raise TooMuch(TOO_LARGE.filled(number=wide[0], limit=999))


def bounded(value: Any) -> Any:
    """``value`` itself, unless it is too long.

    Raises:
        TooMuch: it is.
    """
    if isinstance(value, (str, list, tuple)) and len(value) > LONGEST:
        raise TooMuch(TOO_LONG.filled(limit=LONGEST))
    return value


class Budget:
    """What the templates of an environment may spend until ``renew``: the same work whatever the machine."""

    def __init__(self, work: int = WORK) -> None:
        self.work = work
        self.left = work

    def renew(self) -> None:
        self.left = self.work

    def spend(self, work: int) -> None:
        """Count ``work``.

        Raises:
            TooMuch: nothing is left of the budget.
        """
        self.left -= work
        if self.left < 0:
            raise TooMuch(ENDLESS.filled(limit=self.work))

    def printed(self, value: Any) -> Any:
        """``value``, counted by its length where it is text."""
        if isinstance(value, str):
            self.left -= 1 + len(value) // PRINTED_AT_ONCE
            if self.left < 0:
                self.spend(0)
        return value

    def filters(self, known: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
        """The ``known`` filters, charged, and those that ``watch`` puts in."""

        @pass_context  # else Jinja would count what is constant while it compiles, and never again
        def counted(_: Any, rows: Any, turn: int) -> Any:
            return self.counted(rows, turn)

        return {name: self.charged(name, filter) for name, filter in known.items()} | {COUNTED: counted, SIZED: bounded}

    def counted(self, rows: Any, turn: int) -> Any:
        """``rows``, each counted when its turn comes; ``turn``: what one costs. What can't be looped over stays."""
        if isinstance(rows, (list, tuple, dict, str)) and len(rows) * turn * 2 < self.left:
            self.spend(len(rows) * turn)  # as cheap as it can be: nearly all loops are such
            return rows
        return self._one_by_one(rows, turn) if isinstance(rows, Iterable) else rows

    def _one_by_one(self, rows: Iterable[Any], turn: int) -> Iterator[Any]:
        for row in rows:
            self.spend(turn)
            yield row

    def charged(self, name: str, filter: Callable[..., Any]) -> Callable[..., Any]:
        """``filter``, counted by the length of what it is given; its results may not get too long."""
        skipped = 1 if hasattr(filter, "jinja_pass_arg") else 0

        @wraps(filter)
        def counting(*args: Any, **kwargs: Any) -> Any:
            if name in BY_COUNT:
                countable(*args[skipped + 1 :], *kwargs.values())
            value = args[skipped]
            if name == "format":
                narrow(str(value))
            self.spend(1 + (len(value) // ROWS_AT_ONCE if hasattr(value, "__len__") else 0))
            return bounded(filter(*args, **kwargs))

        return counting

    def watch(self, tree: nodes.Template) -> None:
        """Have the loops of ``tree`` counted, and the texts it joins measured, when it runs."""
        for loop in tree.find_all(nodes.For):
            turn = 1 + sum(len(data.data) for data in loop.find_all(nodes.TemplateData)) // PRINTED_AT_ONCE
            loop.iter = _through(loop.iter, COUNTED, [nodes.Const(turn)])
        for joined in [*tree.find_all(nodes.Concat)]:
            parts = nodes.Concat(joined.nodes, lineno=joined.lineno)
            joined.nodes = [_through(parts, SIZED, [])]


def _through(node: nodes.Node, name: str, arguments: list[nodes.Expr]) -> nodes.Filter:
    made = nodes.Filter(node, name, arguments, [], None, None)
    for one in (made, *arguments):
        one.lineno, one.environment = node.lineno, node.environment
    return made
