"""A record: what somebody typed, untouched, every value with its position."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docgen.model.problems import Path, Position


@dataclass(frozen=True, slots=True)
class Record:
    """One case as it was read.

    ``data`` maps sheet keys to raw values: text, None, lists and mappings of them, nested as in YAML.
    ``positions`` maps paths such as ``("targets", 0, "weight")`` to places; for a mapping or list also its own path.
    """

    source: str
    data: Mapping[str, Any]
    positions: Mapping[Path, Position]

    def position(self, path: Path) -> Position:
        """The place of ``path``, or of the nearest thing around it that has one."""
        for end in range(len(path), -1, -1):
            found = self.positions.get(path[:end])
            if found:
                return found
        return Position(self.source)
