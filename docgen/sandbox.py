"""The one place that makes Jinja environments: sandboxed, strict, over plain data only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from types import BuiltinMethodType, CodeType
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateSyntaxError, nodes, pass_context
from jinja2.ext import Extension
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range

from docgen.bounds import CALL, Budget, Refused, bounded, countable, refusals, within
from docgen.errors import TemplateError
from docgen.model.case import Month, Quantity
from docgen.model.units import beside, in_unit

UNSAFE_FILTERS = ("safe", "tojson", "urlize", "xmlattr", "pprint", "string", "random")
"""They turn data into markup, print a value past the formatting of the document's language, or say what chance says."""
UNSTEADY = frozenset(("today", "now", "utcnow", "fromtimestamp", "utcfromtimestamp", "strftime", "ctime", "timestamp"))
"""What a date can tell of this machine: a document is a function of its data alone."""

DEEPEST = 100
"""Levels of a syntax tree that Python surely can compile; the standard templates have 12."""

Compiled = dict[tuple[str, str | None, str | None], CodeType]
"""Compiled templates by text, name and file: it takes ten times what rendering does, and is alike in each language."""
MOST_COMPILED = 4096

Expression = Callable[[Mapping[str, Any]], Any]


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's own sandbox, without the clock, and without what would never end or fill the memory.

    ``budget``: how much work one document may be; None for expressions, which hold no loops. ``compiled``: what was
    compiled before in environments like this one. ``rewrite``: what is made of each syntax tree before it is compiled.
    """

    intercepted_binops = frozenset(("*", "**", "%", "+"))
    budget: Budget | None = None
    compiled: Compiled | None = None
    rewrite: Callable[[nodes.Template], nodes.Template] | None = None

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return attr not in UNSTEADY and super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        within(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # as Jinja names them
        if __self.budget is None:
            return super().call(__context, __obj, *args, **kwargs)
        __self.budget.spend(CALL)
        if isinstance(__obj, BuiltinMethodType) or __obj is safe_range:
            countable(*args, *kwargs.values())
            return bounded(super().call(__context, __obj, *args, **kwargs))
        return super().call(__context, __obj, *args, **kwargs)  # what a macro prints is counted as it prints it

    def compile(
        self,
        source: Any,
        name: str | None = None,
        filename: str | None = None,
        raw: Any = False,
        defer_init: bool = False,
    ) -> Any:
        """As Jinja's own, but once for each text where ``compiled`` is there to keep what comes of it."""
        if self.compiled is None or raw or not isinstance(source, str):
            return super().compile(source, name, filename, raw, defer_init)
        key = (source, name, filename)
        if key not in self.compiled:
            if len(self.compiled) >= MOST_COMPILED:
                self.compiled.clear()
            self.compiled[key] = super().compile(source, name, filename, raw, defer_init)
        return self.compiled[key]

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        if self.rewrite is not None:
            source = self.rewrite(source)
            source.set_environment(self)
        for line, words in refusals(source):
            raise Refused(words, line, name, filename)
        if self.budget is not None:
            self.budget.watch(source)
        return super()._generate(source, name, filename, defer_init)


def environment(
    loader: BaseLoader | None = None,
    *,
    autoescape: bool = True,
    finalize: Callable[[Any], Any] | None = None,
    extensions: tuple[type[Extension], ...] = (),
    budget: Budget | None = None,
    compiled: Compiled | None = None,
) -> ImmutableSandboxedEnvironment:
    """Make an environment that can neither reach Python nor swallow a missing name, nor take data for markup.

    ``budget``: what its templates may spend on one document. ``compiled``: shared by environments that differ in
    nothing but what values print as.
    """
    made = Sandbox(
        loader=loader,
        autoescape=autoescape,
        undefined=StrictUndefined,
        finalize=_at_run_time(finalize) if finalize else None,
        extensions=extensions,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    made.globals = {name: made.globals[name] for name in ("range", "namespace")} | FUNCTIONS
    for name in UNSAFE_FILTERS:
        del made.filters[name]
    made.compiled = compiled
    if budget is not None:
        made.budget = budget
        made.filters = budget.filters(made.filters)
    return made


def _at_run_time(finalize: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    """``finalize`` as Jinja can't apply it while it compiles: there, literals are turned into text before it."""

    @pass_context
    def finalized(_: Any, value: Any) -> Any:
        return finalize(value)

    return finalized


@lru_cache(maxsize=1024)
def expression(source: str) -> Expression:
    """Compile a Jinja expression of a rule or a default, once a process; it is called with the names it may use.

    Raises:
        TemplateError: the expression can't be parsed.
    """
    try:
        return environment(autoescape=False).compile_expression(source, undefined_to_none=True)
    except TemplateSyntaxError as error:
        raise TemplateError(f"{source!r}: {error.message}") from error


def yyyymm(day: date) -> str:
    return f"{day.year:04d}{day.month:02d}"


def idsafe(text: str) -> str:
    """Upper case, every character outside ``A-Z 0-9 -`` turned into ``-``."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in text.upper())


def days(first: date, second: date) -> int:
    return (second - first).days


def add_days(day: date, count: int) -> date:
    return day + timedelta(days=count)


def month_of(day: date) -> Month:
    return Month(day.year, day.month)


def number(value: object) -> Decimal | None:
    """The number in ``value``, or None where it is text or missing."""
    match value:
        case Quantity():
            return value.number
        case Decimal() | int():
            return Decimal(value)
        case _:
            return None


def count_words(text: str) -> int:
    """Latin words, and two Han characters as one word."""
    han = sum("\u4e00" <= letter <= "\u9fff" for letter in text)
    latin = "".join(" " if "\u4e00" <= letter <= "\u9fff" else letter for letter in text).split()
    return len(latin) + (han + 1) // 2


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "yyyymm": yyyymm,
    "idsafe": idsafe,
    "days": days,
    "add_days": add_days,
    "month_of": month_of,
    "number": number,
    "in_unit": in_unit,
    "beside": beside,
    "count_words": count_words,
}


def too_deep(tree: nodes.Node) -> bool:
    """Whether what was parsed is nested deeper than it can be compiled."""
    level, depth = [tree], 0
    while level and depth <= DEEPEST:
        level, depth = [child for node in level for child in node.iter_child_nodes()], depth + 1
    return depth > DEEPEST
