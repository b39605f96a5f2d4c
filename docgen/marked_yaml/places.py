"""Where everything in a YAML file stands: kept as a bare list while reading, told apart by path when somebody asks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from docgen.model.problems import Path, Position

Mark = tuple[int, int]
"""Line and column, from 0."""

LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # where libyaml counts a new line


class LineStarts:
    """Finds the line and column of an offset into a text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def place(self, offset: int) -> Mark:
        line = bisect_right(self._starts, offset) - 1
        return line, offset - self._starts[line]

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in LINE_END.finditer(self._text))]


class Places:
    """The offsets of a file's nodes and keys, in the order of the file.

    A thousand cases hold half a million places, of which hardly any is ever asked for; ``data`` must stay as read.
    """

    __slots__ = ("_data", "_keys", "_lines", "_marks", "_nodes")

    def __init__(self, data: Any, marks: list[int], text: str) -> None:
        self._data = data
        self._marks = marks
        self._lines = LineStarts(text)
        self._nodes: dict[Path, Mark] = {}
        self._keys: dict[Path, Mark] = {}

    def nodes(self) -> Mapping[Path, Mark]:
        """The place of each value by its path; for a mapping or list also its own."""
        if self._marks:
            self._walk(self._data, (), map(self._lines.place, self._marks))
            self._data, self._marks = None, []
        return self._nodes

    def keys(self) -> Mapping[Path, Mark]:
        """The place of each key by the path of its value."""
        self.nodes()
        return self._keys

    def _walk(self, value: Any, path: Path, marks: Iterator[Mark]) -> None:
        self._nodes[path] = next(marks)
        if isinstance(value, dict):
            for key, inner in value.items():
                self._keys[(*path, key)] = next(marks)
                self._walk(inner, (*path, key), marks)
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                self._walk(inner, (*path, index), marks)


class Positions(Mapping[Path, Position]):
    """Places by path as Positions; ``inside`` is the view of one part of a file."""

    __slots__ = ("_marks", "_prefix", "source")

    def __init__(self, source: str, marks: Callable[[], Mapping[Path, Mark]], prefix: Path = ()) -> None:
        self.source = source
        self._marks = marks
        self._prefix = prefix

    def __getitem__(self, path: Path) -> Position:
        line, column = self._marks()[self._prefix + path]
        return Position(self.source, line + 1, column + 1)

    def __iter__(self) -> Iterator[Path]:
        size = len(self._prefix)
        return (path[size:] for path in self._marks() if path[:size] == self._prefix)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def inside(self, path: Path) -> Positions:
        return Positions(self.source, self._marks, self._prefix + path)


def mark_of_key(node: dict[str, Any], key: str, begin: int, marks: list[int]) -> int:
    """The mark of a key that ``node`` holds, whose own mark is the one at ``begin``."""
    index = begin + 1
    for name, value in node.items():
        if name == key:
            break
        index += 1 + _count(value)
    return marks[index]


def _count(value: Any) -> int:
    """How many marks a value has."""
    if isinstance(value, dict):
        return 1 + sum(1 + _count(inner) for inner in value.values())
    return 1 + sum(map(_count, value)) if isinstance(value, list) else 1
