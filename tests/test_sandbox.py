"""Expressions of rules and defaults: plain data in, plain values out, nothing else in reach."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from docgen.errors import TemplateError
from docgen.model.case import Month, Quantity
from docgen.sandbox import environment, expression


def value(source: str, **names: Any) -> Any:
    return expression(source)(names)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("a < b", True),
        ("a and not b", False),
        ("'higher' if a > b else 'lower'", "lower"),
        ("missing", None),
        ("rows | map(attribute='n') | sum", 3),
        ("rows | selectattr('n', 'eq', 2) | list | length", 1),
        ("yyyymm(day)", "202603"),
        ("idsafe('王 s-10/24')", "--S-10-24"),
        ("days(day, add_days(day, 30))", 30),
        ("add_days(day, -5)", date(2026, 2, 28)),
        ("month_of(day)", Month(2026, 3)),
        ("number(amount)", Decimal(350)),
        ("number(a)", Decimal(1)),
        ("number('350')", None),
        ("number(none)", None),
        ("count_words('two words')", 2),
        ("count_words('四个汉字')", 2),
        ("count_words('五个汉字 mixed')", 3),
    ],
)
def test_an_expression_has_the_value_it_says(source: str, found: object) -> None:
    names = {"a": 1, "b": 2, "rows": [{"n": 1}, {"n": 2}], "day": date(2026, 3, 5), "amount": Quantity(Decimal(350))}
    assert value(source, **names) == found


def test_the_kind_of_a_number_is_kept() -> None:
    assert isinstance(value("a + b", a=Decimal("0.1"), b=Decimal("0.2")), Decimal)
    assert value("a + b", a=Decimal("0.1"), b=Decimal("0.2")) == Decimal("0.3")


@pytest.mark.parametrize("source", ["a <", "{{ a }}", "a b", "a | nosuch", "(a", "import os", "a; b"])
def test_what_is_no_expression_is_refused_with_its_text(source: str) -> None:
    with pytest.raises(TemplateError) as refused:
        expression(source)
    assert repr(source) in str(refused.value)


@pytest.mark.parametrize(
    "source",
    [
        "a.__class__",
        "a['__class__']",
        "a | attr('__class__')",
        "''.__class__.__mro__",
        "rows.append(1)",
        "rows.clear()",
        "names.update(x=1)",
        "names.pop('k')",
        "'{0.__class__}'.format(a)",
        "yyyymm.__globals__",
        "number.__code__",
        "day.today()",
        "day.strftime('%c')",
    ],
)
def test_the_way_to_python_is_shut(source: str) -> None:
    names: dict[str, Any] = {"a": "x", "rows": [1], "names": {"k": 1}, "day": date(2026, 3, 5)}
    with pytest.raises((SecurityError, UndefinedError, TemplateError)):
        str(value(source, **names))
        environment(autoescape=False).from_string("{{ " + source + " }}").render(names)
    assert (names["rows"], names["names"]) == ([1], {"k": 1})


def test_a_range_without_end_is_refused() -> None:
    with pytest.raises(OverflowError):
        value("range(100000000) | list")


@pytest.mark.parametrize("name", ["cycler", "joiner", "lipsum", "dict", "__builtins__", "open"])
def test_jinjas_own_helpers_are_not_there(name: str) -> None:
    assert value(name) is None


def test_a_missing_name_in_a_text_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="'missing' is undefined"):
        environment().from_string("{{ missing }}").render()


def test_literals_pass_through_the_same_hands_as_values() -> None:
    made = environment(finalize=lambda value: f"<{value}>", autoescape=False)
    assert made.from_string("{{ 5 }}{{ x }}").render(x=5) == "<5><5>"


def test_environments_share_nothing() -> None:
    first = environment()
    first.globals["secret"] = 1
    first.filters["mine"] = str
    assert "secret" not in environment().globals and "mine" not in environment().filters
