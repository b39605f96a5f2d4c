"""Read theme files strictly: merge them and build dataclasses, each key and value checked, with file and line."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeVar, Union, get_args, get_origin, get_type_hints

from docgen.errors import TemplateError
from docgen.layout.inlines import near
from docgen.marked_yaml import YamlError, load_marked
from docgen.model.problems import Words

T = TypeVar("T")
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")

NO_MAPPING = Words("must be a mapping of keys to values", "应为一组“键: 值”")
NO_LIST = Words("must be a list", "应为列表")
NO_VALUE = Words("must be a single value", "应为单个值")
LACKING = Words("{key} is missing", "缺少 {key}")
UNKNOWN_KEY = Words("{key} is unknown{near}", "没有 {key} 这一项{near}")
UNKNOWN_VALUE = Words("{value!r} is unknown{near}", "没有取值 {value!r}{near}")
NO_YES_NO = Words("{value!r} must be true or false", "{value!r} 应为 true 或 false")
NO_NUMBER = Words("{value!r} must be a number", "{value!r} 应为数字，不带单位")
OUT_OF_RANGE = Words("{value} is out of range", "{value} 超出范围")
NO_FILE = Words("{file}: there is no theme file", "{file}：没有主题文件")


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a theme file and its place; mappings hold nodes.

    ``rank``: of the files merged, 0 is the one that wins.
    """

    value: Any
    at: str
    name: str = ""
    rank: int = 0

    def __getitem__(self, key: str) -> Node:
        if not isinstance(self.value, dict):
            self.refuse(NO_MAPPING)
        if key not in self.value:
            self.refuse(LACKING.filled(key=key))
        return typing.cast(Node, self.value[key])

    def items(self) -> Iterator[tuple[str, Node]]:
        if not isinstance(self.value, dict):
            self.refuse(NO_MAPPING)
        yield from self.value.items()

    def refuse(self, what: Words) -> NoReturn:
        en, zh = (f"{self.name}{mark}" if self.name else "" for mark in (": ", "："))
        raise TemplateError(Words(f"{self.at}: {en}{what.en}", f"{self.at}：{zh}{what.zh}"))

    def refuse_unknown(self, known: Sequence[str]) -> None:
        for key, node in self.items():
            if key not in known:
                Node(None, node.at, self.name).refuse(UNKNOWN_KEY.filled(key=key, near=near(key, known)))


def read_files(paths: Sequence[Path]) -> Node:
    """Merge the files that exist; what stands in an earlier one wins, key by key.

    Raises:
        TemplateError: none exists, or one is no YAML.
    """
    merged: Node | None = None
    for rank, path in enumerate(paths):
        if path.is_file():
            try:
                marked = load_marked(path.read_bytes(), path.name)
            except YamlError as error:
                places = [f"{path.name}:{fault.line}" if fault.line else path.name for fault in error.faults]
                faults = [*zip(places, error.faults, strict=True)]
                english = "\n".join(f"{at}: {one.message.en} {one.fix.en}" for at, one in faults)
                chinese = "\n".join(f"{at}：{one.message.zh}{one.fix.zh}" for at, one in faults)
                raise TemplateError(Words(english, chinese)) from error
            if marked.data is None:  # all of it is remarks
                continue
            node = _node(marked.data, (), marked.positions, path.name, rank)
            merged = node if merged is None else _merge(merged, node)
    if merged is None:
        raise TemplateError(NO_FILE.filled(file=paths[0] if paths else "theme.yaml"))
    return merged


def _node(data: Any, path: tuple[str | int, ...], positions: Mapping[Any, Any], source: str, rank: int) -> Node:
    position = positions.get(path)
    at = f"{source}:{position.line}" if position else source
    name = ".".join(map(str, path))
    if isinstance(data, dict):
        below = {str(key): _node(value, (*path, key), positions, source, rank) for key, value in data.items()}
        return Node(below, at, name, rank)
    if isinstance(data, list):
        items = [_node(value, (*path, index), positions, source, rank) for index, value in enumerate(data)]
        return Node(items, at, name, rank)
    return Node(data, at, name, rank)


def _merge(first: Node, second: Node) -> Node:
    if not (isinstance(first.value, dict) and isinstance(second.value, dict)):
        return first
    both = dict(second.value)
    for key, node in first.value.items():
        both[key] = _merge(node, both[key]) if key in both else node
    return Node(both, first.at, first.name, first.rank)


def build(kind: type[T], node: Node, language: str = "") -> T:
    """Build a ``kind`` (dataclass, mapping, tuple, scalar, Literal, optional) from ``node``.

    With a ``language`` a scalar may be given as ``{en: …, zh: …}``.
    """
    return typing.cast(T, _build(kind, node, language))


def _build(kind: Any, node: Node, language: str) -> Any:
    origin = get_origin(kind)
    if is_dataclass(kind):
        return _dataclass(typing.cast(type, kind), node, language)
    if origin is dict:
        return {key: _build(get_args(kind)[1], child, language) for key, child in node.items()}
    if origin is tuple:
        if not isinstance(node.value, list) or not node.value:
            node.refuse(NO_LIST)
        return tuple(_build(get_args(kind)[0], child, language) for child in node.value)
    if origin in (Union, types.UnionType):
        [kind] = [part for part in get_args(kind) if part is not type(None)]
        return _build(kind, node, language)
    if language and isinstance(node.value, dict):
        node.refuse_unknown(("en", "zh"))
        node = node[language]
    if not isinstance(node.value, str):
        node.refuse(NO_VALUE)
    return _scalar(kind, node)


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    """What kind each field is, worked out once: a theme has hundreds of looks."""
    return get_type_hints(kind)


def _dataclass(kind: type, node: Node, language: str) -> Any:
    hints = _hints(kind)
    node.refuse_unknown(list(hints))
    given = {name: child for name, child in node.items()}
    for field in fields(kind):
        if field.name not in given and field.default is MISSING:
            node.refuse(LACKING.filled(key=field.name))
    return kind(**{name: _build(hints[name], child, language) for name, child in given.items()})


def _scalar(kind: Any, node: Node) -> Any:
    text: str = node.value
    if get_origin(kind) is Literal:
        known = get_args(kind)
        if text not in known:
            node.refuse(UNKNOWN_VALUE.filled(value=text, near=near(text, known)))
        return text
    if kind is bool:
        if text not in ("true", "false"):
            node.refuse(NO_YES_NO.filled(value=text))
        return text == "true"
    if kind is str:
        return text
    if not NUMBER.fullmatch(text) or (kind is int and "." in text):
        node.refuse(NO_NUMBER.filled(value=text))
    number = kind(text)
    if not 0 <= number <= 10_000:
        node.refuse(OUT_OF_RANGE.filled(value=text))
    return number
