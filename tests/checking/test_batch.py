"""Many expressions over many rows in one go: the same answers as one by one, and one that fails harms no other."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from docgen import sandbox
from docgen.bounds import Refused
from docgen.checking.batch import Batch, Failed, Scope
from docgen.checking.names import used_names
from docgen.checking.validate import Checker
from docgen.definitions.definition import Definitions
from docgen.definitions.formula import Formula
from docgen.errors import DefinitionError
from docgen.model.record import Record
from docgen.sources.settings import Settings

ROWS: Sequence[Mapping[str, Any]] = [{"a": 1, "b": 2, "due": date(2026, 1, 5)}, {"a": None, "b": 3, "due": None}]


def run(sources: list[str], live: list[bool] | None = None) -> list[list[Any]]:
    scope = Scope({"case": {"a": 10, "start": date(2026, 1, 1)}}, sandbox.environment(autoescape=False))
    batch = Batch(sources, ["a", "b", "due"])
    return batch.run(scope, [(row, list(ROWS), {"c": 7}, live or [True] * len(sources)) for row in ROWS])


def test_expressions_see_the_row_its_siblings_its_parent_and_the_case() -> None:
    sources = ["b + 1", "row.b", "rows | length", "parent.c", "case.a", "{'x': 1}.get('x')"]
    assert run(sources)[0] == [3, 2, 2, 7, 10, 1]


def test_functions_are_called_as_in_a_single_expression() -> None:
    assert run(["days(case.start, due) if due else none", "count_words('two words')"]) == [[4, 2], [None, 2]]


def test_what_fails_harms_no_other_expression_and_no_other_row() -> None:
    first, second = run(["a + 1", "b"])
    assert first == [2, 2]
    assert isinstance(second[0], Failed)
    assert second[1] == 3


def test_what_is_not_asked_is_not_evaluated() -> None:
    assert run(["a + 1", "b"], [False, True]) == [[None, 2], [None, 3]]


def test_a_name_that_is_not_there_counts_as_nothing() -> None:
    assert run(["case.nothing"]) == [[None], [None]]


def test_an_expression_can_not_reach_python() -> None:
    for source in ("case.__class__.__mro__", "a.__class__.__subclasses__()"):
        with pytest.raises(Refused, match="out of a template's reach"):
            run([source])


def test_a_batch_may_travel_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(Batch(["a"], ["a"]))).sources == ("a",)


def test_the_names_an_expression_uses() -> None:
    used = used_names(["case.period_end > due and (targets | map(attribute='weight') | sum) == 100"])
    assert used.plain == {"case", "due", "targets"}
    assert used.attributes("case") == {"period_end"}
    assert {"weight", "period_end"} <= used.mentioned


@pytest.mark.parametrize("source", ["employee_no + 1 == 2", "1 / 0 > 1"])
def test_an_expression_that_fails_on_sound_data_is_the_definitions_fault(
    source: str, definitions: Definitions, settings: Settings, complete: Any
) -> None:
    rule = next(rule for rule in definitions.rules if rule.expect and rule.each == "case")
    faulty = replace(rule, expect=Formula(source, "rules.yaml:7"), when=None, forms=frozenset())
    checker = Checker(replace(definitions, rules=(faulty,)))
    with pytest.raises(DefinitionError, match=rule.code):
        checker.validate(Record("case.yaml", complete, {}), settings, None, date(2026, 3, 1))


@pytest.mark.parametrize(
    "source",
    [
        "rows | selectattr('a') | list",
        "rows | rejectattr('a') | list",
        "rows | selectattr('a', 'none') | list",
        "rows | rejectattr('b', 'equalto', 2) | map(attribute='b') | list",
        "rows | selectattr('b', 'in', [3, 4]) | list",
        "rows | selectattr('due') | selectattr('due', 'lt', case.start) | list",
        "rows | map(attribute='a') | select | list",
        "rows | sum(attribute='b')",
        "rows | sum(attribute='b', start=10)",
        "rows | map('length') | list",
        "'k1' | select('in', '0123456789') | list",
        "{'x': 1}.get('y', 5)",
        "parent.get('c')",
        "parent.nothing",
        "row.due.year",
    ],
)
def test_the_quick_way_gives_what_jinja_gives(source: str) -> None:
    names = {"case": {"a": 10, "start": date(2026, 1, 1)}, "rows": list(ROWS), "parent": {"c": 7}}
    for row, (answer,) in zip(ROWS, run([source]), strict=True):
        try:
            expected = sandbox.expression(source)({**names, **row, "row": row})
        except Exception:
            assert isinstance(answer, Failed)
        else:
            assert answer == expected
