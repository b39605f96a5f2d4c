"""The shape of a definition file is compared with its JSON Schema; faults come in plain words, with the nearest name.

Only the part of draft-07 that grammar.py uses, over text as marked_yaml reads it. The jsonschema library gives the same
verdict (a test compares), but takes 0.1 s to import and its wording names neither the nearest key nor the cure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from docgen.definitions.grammar import SAYS
from docgen.model.problems import Path, Words

Schema = Mapping[str, Any]
ShapeFault = tuple[Path, Words]

KINDS = {str: "string", dict: "object", list: "array", type(None): "null"}
NAMES = {
    "string": Words("a text", "文字"),
    "object": Words("a mapping", "“名称: 值”的映射"),
    "array": Words("a list", "列表"),
    "null": Words("nothing", "空"),
    "number": Words("a number", "数字"),
    "integer": Words("a whole number", "整数"),
    "boolean": Words("true or false", "true 或 false"),
}
LONGEST = 80
"""So much of what was typed is repeated."""
MOST_NAMED = 20
MUST_BE = Words("must be {kind}", "应为{kind}")
IS_NOT = Words("{value} must be {kind}", "{value} 应为{kind}")
UNKNOWN = Words("{value} is not known here{near}", "此处没有 {value}{near}")
EMPTY = Words("is empty; write the text", "为空；请填写文字")
TOO_LONG = Words("has {length} characters; {limit} are allowed", "共 {length} 个字符，最多 {limit} 个")
MISSING = Words("{names} is missing", "缺少 {names}")
ALL_MISSING = Words("{names} are missing", "缺少 {names}")
MEANT = Words("; did you mean {near}?", "，是否指 {near}？")
KNOWN = Words("; known are {names}{more}", "；可用：{names}{more}")
NOTHING = Words("", "")


def shape_faults(schema: Schema, data: Any) -> Iterator[ShapeFault]:
    """Yield path and text for each place where ``data`` is not as ``schema`` wants it."""
    return _compare(schema, data, (), schema.get("definitions", {}))


def did_you_mean(name: str, known: Iterable[str]) -> Words:
    """``; did you mean 'label'?`` or, where nothing is near, ``; known are …`` (at most twenty)."""
    names = [*known]
    if close := nearest(name, names):
        return MEANT.filled(near=repr(close))
    shown, more = names[:MOST_NAMED], " …" if len(names) > MOST_NAMED else ""
    both = Words(", ".join(shown), "、".join(shown))
    return KNOWN.filled(names=both, more=more) if names else NOTHING


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that was probably meant; '' where none is like it."""
    return "".join(get_close_matches(name[:LONGEST], [*known], n=1, cutoff=0.6))


def quoted(text: str) -> str:
    """What was typed, as a message repeats it."""
    return repr(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


def _compare(schema: Schema, data: Any, path: Path, shared: Mapping[str, Schema]) -> Iterator[ShapeFault]:
    if "$ref" in schema:
        schema = shared[schema["$ref"].rpartition("/")[2]]
    kind = KINDS[type(data)]
    wanted = schema.get("type")
    allowed = (wanted,) if isinstance(wanted, str) else wanted
    if allowed is not None and kind not in allowed:
        names = [NAMES[one] for one in allowed]
        either = Words(" or ".join(one.en for one in names), "或".join(one.zh for one in names))
        yield path, MUST_BE.filled(kind=schema.get(SAYS, either))
        return
    yield from COMPARE.get(kind, _nothing)(schema, data, path, shared)


def _nothing(schema: Schema, data: Any, path: Path, shared: Mapping[str, Schema]) -> Iterator[ShapeFault]:
    return iter(())


def _string(schema: Schema, data: str, path: Path, shared: Mapping[str, Schema]) -> Iterator[ShapeFault]:
    if "enum" in schema and data not in schema["enum"]:
        known = [one for one in schema["enum"] if isinstance(one, str)]
        yield path, UNKNOWN.filled(value=quoted(data), near=did_you_mean(data, known))
    elif "pattern" in schema and not re.search(schema["pattern"], data):
        yield path, IS_NOT.filled(value=quoted(data), kind=schema[SAYS])
    elif len(data) < schema.get("minLength", 0):
        yield path, EMPTY
    elif len(data) > schema.get("maxLength", len(data)):
        yield path, TOO_LONG.filled(length=len(data), limit=schema["maxLength"])


def _array(schema: Schema, data: list[Any], path: Path, shared: Mapping[str, Schema]) -> Iterator[ShapeFault]:
    for index, item in enumerate(data):
        yield from _compare(schema["items"], item, (*path, index), shared)


def _object(schema: Schema, data: dict[str, Any], path: Path, shared: Mapping[str, Schema]) -> Iterator[ShapeFault]:
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    naming = schema.get("propertyNames")
    strange = [key for key in data if key not in properties] if others is False else []
    lacking = [name for name in schema.get("required", ()) if name not in data]
    if lacking := [name for name in lacking if not nearest(name, strange)]:  # else it is only misspelt
        names = Words(", ".join(map(repr, lacking)), "、".join(map(repr, lacking)))
        yield (*path, lacking[0]), (MISSING if len(lacking) == 1 else ALL_MISSING).filled(names=names)
    for key, value in data.items():
        if naming is not None:
            for _, text in _string(naming, key, path, shared):
                yield (*path, key), text
        if key in properties:
            yield from _compare(properties[key], value, (*path, key), shared)
        elif others is False:
            yield (*path, key), UNKNOWN.filled(value=quoted(key), near=did_you_mean(key, properties))
        elif others is not True:
            yield from _compare(others, value, (*path, key), shared)


COMPARE: dict[str, Callable[[Schema, Any, Path, Mapping[str, Schema]], Iterator[ShapeFault]]] = {
    "string": _string,
    "array": _array,
    "object": _object,
}
