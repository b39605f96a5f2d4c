"""What a Word form may do with values: the sandbox of docgen with few statements, printing through the formatter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from jinja2 import Environment, Template, pass_context, pass_environment
from jinja2.filters import make_attrgetter
from jinja2.runtime import Context

from docgen.bounds import COUNTED, SIZED, Budget
from docgen.definitions.definition import Definitions
from docgen.errors import TemplateError
from docgen.layout.context import Mode
from docgen.layout.filters import FILTERS, TESTS
from docgen.layout.render import renderer
from docgen.layout.sets import TemplateSet
from docgen.model.document import Written
from docgen.model.problems import Words
from docgen.sandbox import environment
from docgen.wordforms.comparing import compare_choices
from docgen.wordforms.limits import OPERATORS, fitting, replace
from docgen.wordforms.looks import signed
from docgen.wordforms.values import Drawn, Year, finalizer, plain

MOST_SPAN = 63
"""Columns that a table of Word may have."""
FILTER_NAMES = frozenset((
    "abs", "batch", "capitalize", "count", "d", "default", "e", "escape", "first", "float", "groupby",
    "int", "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr",
    "replace", "reverse", "round", "select", "selectattr", "slice", "sort", "sum", "title", "trim",
    "truncate", "unique", "upper", "wordcount", "total", "sentence", "unit_of", "bare", "figure",
    "unquoted", "past", "remaining",
))  # fmt: skip
OF_TEXT = ("capitalize", "lower", "title", "trim", "truncate", "upper", "wordcount")
"""Filters that take text: they get what would be printed, and no code or date of Python."""
FUNCTIONS = frozenset((
    "say", "picture", "图片", "rich", "range", "namespace", "yyyymm", "idsafe", "days", "add_days", "month_of",
    "in_unit", "beside", "count_words",
))  # fmt: skip
NO_SPAN = Words("a cell can span 1 to {most} columns, not {value!r}", "单元格可跨1至{most}列，不能是 {value!r}")
NO_COLOUR = Words(
    "a cell's colour is six digits of 0-9 and A-F, such as F2F2F2, not {value!r}",
    "单元格底色须为六位十六进制颜色，如 F2F2F2，不能是 {value!r}",
)


class Compiler(Protocol):
    """What docxtpl asks of an environment."""

    def from_string(self, source: str) -> Template: ...


class Kept:
    """Compiles each part of a form once, however many documents are made of it."""

    def __init__(self, made: Environment) -> None:
        self.made = made
        self.autoescape = True
        self._known: dict[str, Template] = {}

    def printed(self, value: Any) -> Any:
        """``value`` as a tag prints it."""
        return self.made.finalize(None, value) if self.made.finalize else value

    def from_string(self, source: str) -> Template:
        if source not in self._known:
            self._known[source] = self.made.from_string(source)
        return self._known[source]


def form_environment(
    templates: TemplateSet, definitions: Definitions, mode: Mode, first: Written, second: Written | None
) -> Environment:
    """The environment in which Word forms are filled for documents of a language."""
    renders = renderer(templates, definitions, mode)
    printed = finalizer(renders, first, second)
    budget = Budget()
    made = environment(finalize=lambda value: budget.printed(printed(value)), budget=budget)
    made.filters |= FILTERS
    for name in OF_TEXT:
        made.filters[name] = _of_text(made.filters[name], printed)
    made.filters["replace"] = _of_text(replace, printed)
    made.filters["join"] = _joined(printed)
    made.filters = {name: of for name, of in made.filters.items() if name in (*FILTER_NAMES, COUNTED, SIZED)}
    made.tests |= TESTS
    made.intercepted_binops |= OPERATORS.keys()
    made.binop_table = {**made.binop_table, **OPERATORS}
    say = renders.environment(first, second).globals["say"]
    made.globals |= {"say": _said(say), "rich": _rich(printed), "_span": _span, "_fill": _fill}
    _tell_years(made)
    compare_choices(made, definitions.lists)
    return made


def _tell_years(made: Environment) -> None:
    """The year of a date is no amount: it has no comma."""
    plainly = made.getattr

    def found(obj: Any, name: str) -> Any:
        value = plainly(obj, name)
        return Year(value) if name == "year" and isinstance(value, int) else value

    made.getattr = found  # type: ignore[method-assign,assignment]


def _rich(printed: Callable[[Any], Any]) -> Callable[..., Drawn]:
    def rich(value: Any, **look: Any) -> Drawn:
        return Drawn(signed(str(printed(value)), look), None)

    return rich


def _said(say: Any) -> Callable[..., str]:
    @pass_context
    def said(context: Context, key: str | list[str], between: str | None = "<br/>", **more: Any) -> str:
        return plain(say(context, key, between, **more))

    return said


def _of_text(function: Callable[..., Any], printed: Callable[[Any], Any]) -> Callable[..., Any]:
    if getattr(function, "jinja_pass_arg", None):

        @pass_environment
        def with_environment(made: Environment, value: Any, *more: Any, **named: Any) -> Any:
            return function(made, printed(value), *more, **named)

        return with_environment
    return lambda value, *more, **named: function(printed(value), *more, **named)


def _joined(printed: Callable[[Any], Any]) -> Callable[..., str]:
    @pass_environment
    def joined(made: Environment, values: Any, between: str = "", attribute: str = "") -> str:
        found = list(map(make_attrgetter(made, attribute), values)) if attribute else values
        return fitting(str(printed(between)).join(fitting(str(printed(value))) for value in found))

    return joined


def _span(value: Any) -> str:
    """Of the skeleton: nothing, once it was seen that the cell can be so wide."""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_SPAN:
        raise TemplateError(NO_SPAN.filled(most=MOST_SPAN, value=value))
    return ""


def _fill(value: Any) -> str:
    if not (isinstance(value, str) and len(value) == 6 and all(one in "0123456789abcdefABCDEF" for one in value)):
        raise TemplateError(NO_COLOUR.filled(value=value))
    return ""
