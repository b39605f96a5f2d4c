"""The shape of a definition file is compared with its JSON Schema; faults come in plain words, with the nearest name.

Only the part of draft-07 that grammar.py uses, over text as marked_yaml reads it. The jsonschema library gives the same
verdict (a test compares), but takes 0.1 s to import and its wording names neither the nearest key nor the cure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from docgen.model.problems import Path

Schema = Mapping[str, Any]
ShapeFault = tuple[Path, str]

KINDS = {str: "string", dict: "object", list: "array", type(None): "null"}
NAMES = {
    **{"string": "a text", "object": "a mapping", "array": "a list", "null": "nothing"},
    **{"number": "a number", "integer": "a whole number", "boolean": "true or false"},
}


def shape_faults(schema: Schema, data: Any) -> Iterator[ShapeFault]:
    """Yield path and text for each place where ``data`` is not as ``schema`` wants it."""
    return _compare(schema, data, (), schema.get("definitions", {}))


def did_you_mean(name: str, known: Mapping[str, Any] | list[str] | tuple[str, ...]) -> str:
    """``; did you mean 'label'?`` or, where nothing is near, ``; known are …`` (at most twenty)."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.6)
    if close:
        return f"; did you mean {close[0]!r}?"
    names = ", ".join(list(known)[:20])
    return f"; known are {names}{' …' if len(known) > 20 else ''}" if names else ""


def _compare(schema: Schema, data: Any, path: Path, shared: Mapping[str, Schema]) -> Iterator[ShapeFault]:
    if "$ref" in schema:
        schema = shared[schema["$ref"].rpartition("/")[2]]
    kind = KINDS[type(data)]
    wanted = schema.get("type")
    allowed = (wanted,) if isinstance(wanted, str) else wanted
    if allowed is not None and kind not in allowed:
        yield path, f"must be {schema.get('description') or ' or '.join(NAMES[one] for one in allowed)}"
        return
    yield from COMPARE.get(kind, _nothing)(schema, data, path, shared)


def _nothing(schema: Schema, data: Any, path: Path, shared: Mapping[str, Schema]) -> Iterator[ShapeFault]:
    return iter(())


def _string(schema: Schema, data: str, path: Path, shared: Mapping[str, Schema]) -> Iterator[ShapeFault]:
    if "enum" in schema and data not in schema["enum"]:
        known = [one for one in schema["enum"] if isinstance(one, str)]
        yield path, f"{data!r} is not known here{did_you_mean(data, known)}"
    elif "pattern" in schema and not re.search(schema["pattern"], data):
        yield path, f"{data!r} must be {schema.get('description') or schema['pattern']}"
    elif len(data) < schema.get("minLength", 0):
        yield path, "is empty; write the text"
    elif len(data) > schema.get("maxLength", len(data)):
        yield path, f"has {len(data)} characters; {schema['maxLength']} are allowed"


def _array(schema: Schema, data: list[Any], path: Path, shared: Mapping[str, Schema]) -> Iterator[ShapeFault]:
    for index, item in enumerate(data):
        yield from _compare(schema["items"], item, (*path, index), shared)


def _object(schema: Schema, data: dict[str, Any], path: Path, shared: Mapping[str, Schema]) -> Iterator[ShapeFault]:
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    naming = schema.get("propertyNames")
    strange = [key for key in data if key not in properties] if others is False else []
    for name in schema.get("required", ()):
        if name not in data and not get_close_matches(name, strange, n=1, cutoff=0.6):  # else it is only misspelt
            yield path, f"{name!r} is missing"
    for key, value in data.items():
        if naming is not None:
            for _, text in _string(naming, key, path, shared):
                yield (*path, key), text
        if key in properties:
            yield from _compare(properties[key], value, (*path, key), shared)
        elif others is False:
            yield (*path, key), f"{key!r} is not known here{did_you_mean(key, properties)}"
        elif others is not True:
            yield from _compare(others, value, (*path, key), shared)


COMPARE: dict[str, Callable[[Schema, Any, Path, Mapping[str, Schema]], Iterator[ShapeFault]]] = {
    "string": _string,
    "array": _array,
    "object": _object,
}
