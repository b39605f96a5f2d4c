"""Read theme files strictly: merge them and build dataclasses, each key and value checked, with file and line."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeVar, Union, get_args, get_origin, get_type_hints

from docgen.errors import TemplateError
from docgen.layout.inlines import nearest
from docgen.marked_yaml import YamlError, load_marked

T = TypeVar("T")


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
            self.refuse("must be a mapping of keys to values")
        if key not in self.value:
            self.refuse(f"{key} is missing")
        return typing.cast(Node, self.value[key])

    def items(self) -> Iterator[tuple[str, Node]]:
        if not isinstance(self.value, dict):
            self.refuse("must be a mapping of keys to values")
        yield from self.value.items()

    def refuse(self, what: str) -> NoReturn:
        raise TemplateError(f"{self.at}: {self.name + ': ' if self.name else ''}{what}")

    def refuse_unknown(self, known: Sequence[str]) -> None:
        for key, node in self.items():
            if key not in known:
                Node(None, node.at, self.name).refuse(f"{key} is unknown{nearest(key, known)}")


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
                found = "\n".join(
                    f"{path.name}:{fault.line}: {fault.message.en} {fault.fix.en}" for fault in error.faults
                )
                raise TemplateError(found) from error
            node = _node(marked.data, (), marked.positions, path.name, rank)
            merged = node if merged is None else _merge(merged, node)
    if merged is None:
        raise TemplateError(f"{paths[0] if paths else 'theme.yaml'}: there is no theme file")
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
            node.refuse("must be a list")
        return tuple(_build(get_args(kind)[0], child, language) for child in node.value)
    if origin in (Union, types.UnionType):
        [kind] = [part for part in get_args(kind) if part is not type(None)]
        return _build(kind, node, language)
    if language and isinstance(node.value, dict):
        node.refuse_unknown(("en", "zh"))
        node = node[language]
    if not isinstance(node.value, str):
        node.refuse("must be a single value")
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
            node.refuse(f"{field.name} is missing")
    return kind(**{name: _build(hints[name], child, language) for name, child in given.items()})


def _scalar(kind: Any, node: Node) -> Any:
    text: str = node.value
    if get_origin(kind) is Literal:
        known = get_args(kind)
        if text not in known:
            node.refuse(f"{text!r} is unknown{nearest(text, known)}")
        return text
    if kind is bool:
        if text not in ("true", "false"):
            node.refuse(f"{text!r} must be true or false")
        return text == "true"
    if kind is str:
        return text
    try:
        number = kind(text)
    except ValueError:
        node.refuse(f"{text!r} must be a number")
    if not 0 <= number <= 10_000:
        node.refuse(f"{text} is out of range")
    return number
