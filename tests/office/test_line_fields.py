"""A field of a line is what the dataclass says, or the line is unfit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import pytest

from docgen.office.line_fields import read_as


@dataclass(frozen=True)
class Part:
    name: str
    size: int = 0


@dataclass(frozen=True)
class Whole:
    name: str
    on: date = date(2026, 3, 2)
    sure: bool = False
    how: Literal["fast", "slow"] = "fast"
    parts: Sequence[Part] = ()
    more: Mapping[str, Part] = field(default_factory=dict)
    best: Part | None = None


def test_nested_parts_are_read_with_all_that_is_theirs() -> None:
    plain = {
        "name": "a",
        "on": "2026-04-01",
        "sure": True,
        "how": "slow",
        "parts": [{"name": "b", "size": 3}, {"name": "c"}],
        "more": {"x": {"name": "d"}},
        "best": {"name": "e"},
    }
    whole = Whole("a", date(2026, 4, 1), True, "slow", (Part("b", 3), Part("c")), {"x": Part("d")}, Part("e"))
    assert read_as(Whole, plain) == whole
    assert read_as(Whole, {"name": "a", "best": None}) == Whole("a")


def test_what_a_newer_docgen_adds_is_passed_over() -> None:
    assert read_as(Whole, {"name": "a", "colour": 7, "parts": [{"name": "b", "colour": 7}]}) == Whole(
        "a", parts=(Part("b"),)
    )


@pytest.mark.parametrize(
    "wrong",
    [
        *(
            {"name": 7},
            {"name": None},
            {"on": "2026-02-30"},
            {"on": 7},
            {"sure": 1},
            {"how": "other"},
            {"how": ["fast"]},
        ),
        *({"parts": "bc"}, {"parts": {"name": "b"}}, {"parts": ["b"]}, {"parts": [{}]}, {"parts": [{"name": 7}]}),
        *({"parts": [{"name": "b", "size": size}]} for size in (-1, 1.0, True, "1", None)),
        *({"more": []}, {"more": {"x": 7}}, {"more": {7: {"name": "b"}}}, {"best": {}}, {"best": "e"}),
    ],
    ids=str,
)
def test_a_field_of_another_type_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        read_as(Whole, {"name": "a", **wrong})


@pytest.mark.parametrize("plain", [None, [], "name", 7, {}, {"size": 1}])
def test_what_is_no_such_thing_is_refused(plain: Any) -> None:
    with pytest.raises(TypeError):
        read_as(Part, plain)
