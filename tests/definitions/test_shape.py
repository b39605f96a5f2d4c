from __future__ import annotations

import copy
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from docgen.definitions.grammar import FILES, FORM_FILE
from docgen.definitions.shape import did_you_mean, shape_faults
from docgen.marked_yaml import load_marked
from docgen.model.problems import Words
from docgen.resources import shipped

SCHEMAS = {**FILES, "letter.yaml": FORM_FILE, "notes.yaml": FORM_FILE}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_are_draft_07(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])


def spoil(data: Any, steps: list[int], value: Any) -> Any:
    """A copy of ``data`` with one place, found by ``steps``, replaced, renamed or taken out."""
    copied = copy.deepcopy(data)
    node = copied
    for step in steps:
        keys = list(node) if isinstance(node, dict) else range(len(node))
        if not keys:
            break
        key = list(keys)[step % len(keys)]
        if isinstance(node[key], (dict, list)) and node[key] and step % 5:
            node = node[key]
            continue
        if step % 3 == 0:
            del node[key]
        elif step % 3 == 1 or isinstance(node, list):
            node[key] = value
        else:
            node[str(value)] = node.pop(key)
        break
    return copied


def trimmed(data: Any, entries: int) -> Any:
    """The first few entries of everything in ``data``."""
    if isinstance(data, list):
        return [trimmed(one, 6) for one in data[:entries]]
    if isinstance(data, dict):
        return {key: trimmed(one, 6) for key, one in [*data.items()][:entries]}
    return data


@cache
def trimmed_file(name: str) -> Any:
    return trimmed(load_marked((shipped("forms") / name).read_bytes(), name).data, 20)


@pytest.mark.parametrize("name", SCHEMAS)
@settings(deadline=None, max_examples=30)
@given(
    steps=st.lists(st.integers(0, 200), min_size=3, max_size=8),
    value=st.sampled_from(["x", "", "9", None, [], {}, ["a"]]),
)
def test_the_verdict_is_that_of_the_jsonschema_library(name: str, steps: list[int], value: Any) -> None:
    schema = SCHEMAS[name]
    data = spoil(trimmed_file(name), steps, value)
    ours = not list(shape_faults(schema, data))
    assert ours == Draft7Validator(schema).is_valid(data)


def test_a_fault_has_its_path() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "array", "items": {"type": "string", "minLength": 2}}}}
    assert [path for path, _ in shape_faults(schema, {"a": ["xx", "x", None]})] == [("a", 1), ("a", 2)]


def test_the_nearest_name_is_offered_else_all() -> None:
    assert did_you_mean("lable", ("label", "hint")) == Words("; did you mean 'label'?", "，是否指 'label'？")
    assert did_you_mean("zzz", ("label", "hint")) == Words("; known are label, hint", "；可用：label、hint")
