"""A company's definition file that only adds to the shipped one (``extends: shipped``) is joined with it key by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from docgen.marked_yaml import Marked
from docgen.model.problems import Path, Position

EXTENDS, SHIPPED = "extends", "shipped"
"""The key of a file that doesn't stand in for the shipped one of its name, but adds to it."""
Place = Callable[[Path], Position]


@dataclass(frozen=True, slots=True)
class DefinitionFile:
    """A definition file as it was read: its data, and where a path of them stands. ``more``: of a joined one, the paths
    that come from the file that adds, with their place there. ``base``: data of the shipped file that it adds to, or
    stands in for; None where none of its name ships."""

    name: str
    data: Any
    own: Place
    more: Mapping[Path, tuple[Path, Place]] = field(default_factory=dict)
    base: Any = None

    @property
    def is_addition(self) -> bool:
        return isinstance(self.data, dict) and EXTENDS in self.data

    def place(self, path: Path) -> Position:
        """Where the key of ``path`` stands, or what is nearest around it."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.more:
                there, place = self.more[path[:end]]
                return place((*there, *path[end:]))
        return self.own(path)


def file_of(name: str, marked: Marked) -> DefinitionFile:
    def place(path: Path) -> Position:
        for end in range(len(path), 0, -1):
            found = marked.keys.get(path[:end]) or marked.positions.get(path[:end])
            if found:
                return found
        return Position(marked.positions.source, 1, 1)

    return DefinitionFile(name, marked.data, place)


def joined(addition: DefinitionFile, base: DefinitionFile) -> DefinitionFile:
    """``base`` with what ``addition`` says: keys of mappings are added, or replaced where both have them; a key without
    a value takes the shipped one out; what stands in a list comes behind what is there."""
    more: dict[Path, tuple[Path, Place]] = dict(base.more)

    def join(under: Any, over: Any, path: Path, there: Path) -> Any:
        if isinstance(under, dict) and isinstance(over, dict):
            made = dict(under)
            for key, value in over.items():
                if value is None and key in under:
                    del made[key]
                    more[(*path, key)] = (*there, key), addition.place
                elif key in under and type(value) is type(under[key]) and isinstance(value, (dict, list)):
                    made[key] = join(under[key], value, (*path, key), (*there, key))
                else:
                    made[key] = value
                    more[(*path, key)] = (*there, key), addition.place
            return made
        listed = list(under)
        for index, value in enumerate(over):
            if not (isinstance(value, str) and value in under):
                more[(*path, len(listed))] = (*there, index), addition.place
                listed.append(value)
        return listed

    if not isinstance(base.data, dict):
        return base
    said = {key: value for key, value in addition.data.items() if key != EXTENDS}
    return DefinitionFile(base.name, join(base.data, said, (), ()), base.own, more, base.data)
