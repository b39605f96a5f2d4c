"""What a template may do, and how much: ordinary work is free, what runs on is stopped, the same on every machine."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from jinja2 import TemplateSyntaxError

from docgen.bounds import Budget, Refused, TooMuch, bounded, narrow, refusals, within
from docgen.sandbox import environment, expression


def made(source: str, budget: Budget | None = None, **names: Any) -> str:
    return environment(budget=budget).from_string(source).render(names)


@pytest.mark.parametrize(
    ("operator", "left", "right"),
    [
        ("*", "ab", 10), ("*", 3, 4), ("*", Decimal(3), Decimal(4)), ("+", "a", "b"), ("+", [1], [2]), ("+", 1, 2),
        ("**", 2, 10), ("**", Decimal("1.1"), 12), ("%", 7, 3), ("%", "%.2f", 1), ("%", "%5d", 1),
    ],
)  # fmt: skip
def test_ordinary_reckoning_is_free(operator: str, left: Any, right: Any) -> None:
    within(operator, left, right)


@pytest.mark.parametrize(
    ("operator", "left", "right"),
    [
        ("*", "a", 10**9), ("*", 10**9, "a"), ("*", [1], 10**9), ("*", 2**3000, 2**3000),
        ("+", "a" * 900_000, "a" * 900_000),
        ("**", 10, 10**9), ("**", 10, 9_999), ("**", 2, 0.5), ("%", "%9999d", 1), ("%", "%*d", (9, 1)),
    ],
)  # fmt: skip
def test_what_would_be_too_large_is_stopped_before_it_is_made(operator: str, left: Any, right: Any) -> None:
    with pytest.raises(TooMuch) as stopped:
        within(operator, left, right)
    assert stopped.value.words.zh != stopped.value.words.en


def test_a_constant_too_large_is_not_made_while_it_compiles() -> None:
    environment().from_string("{{ 'a' * 10 ** 9 }}")
    with pytest.raises(TooMuch):
        expression("'a' * 10 ** 9")({})


def test_a_number_of_percent_is_no_width() -> None:
    narrow("100 % of 2026")
    narrow("%d of 2026")
    bounded("a")


def test_what_is_spent_does_not_depend_on_the_machine() -> None:
    spent = []
    for _ in range(2):
        budget = Budget()
        made(
            "{% for x in rows %}{{ x }}{% for y in x %}{{ y | upper }}{% endfor %}{% endfor %}", budget, rows=["ab"] * 9
        )
        spent.append(budget.work - budget.left)
    assert spent[0] == spent[1] > 9


def test_a_budget_is_spent_by_loops_calls_filters_and_print() -> None:
    for source in ("{% for x in rows %}{% endfor %}", "{{ rows.count(1) }}", "{{ rows | sum }}"):
        budget = Budget()
        made(source, budget, rows=[1] * 50)
        assert budget.left < budget.work, source
    budget = Budget(10)
    with pytest.raises(TooMuch, match="more than 10 turns"):
        made("{% for x in rows %}{% endfor %}", budget, rows=[1] * 50)
    budget.renew()
    assert budget.left == 10


def test_loops_know_their_rows_as_before() -> None:
    source = "{% for x in rows %}{{ loop.index }}/{{ loop.length }}{{ ',' if not loop.last }}{% else %}none{% endfor %}"
    assert made(source, Budget(), rows=[1, 2]) == "1/2,2/2"
    assert made(source, Budget(), rows=iter([1, 2])) == "1/2,2/2"
    assert made(source, Budget(), rows=[]) == "none"


def test_all_that_is_refused_in_a_template_is_told_by_line() -> None:
    source = (
        "{{ a.__class__ }}\n{{ a['_x'] }}\n{% for a in b recursive %}{% endfor %}\n{{ 'x'.format(a) }}\n{{ a.format }}"
    )
    tree = environment().parse(source)
    assert sorted(line for line, _ in refusals(tree)) == [1, 2, 3, 4]
    assert all(words.en and words.zh for _, words in refusals(tree))


def test_a_refusal_is_a_fault_of_syntax_with_its_line() -> None:
    with pytest.raises(TemplateSyntaxError) as refused:
        environment().from_string("a\n{{ b.__class__ }}")
    assert isinstance(refused.value, Refused) and refused.value.lineno == 2


def test_chance_has_no_part_in_a_document() -> None:
    with pytest.raises(TemplateSyntaxError, match="random"):
        environment().from_string("{{ [1, 2] | random }}")
