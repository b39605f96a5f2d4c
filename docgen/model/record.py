"""A record: what somebody typed, untouched, every value with its position."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from docgen.model.problems import Path, Position, Problem


@dataclass(frozen=True, slots=True)
class RolledOver:
    """Where a case comes from that ``docgen rollover`` made: the month it was rolled over to, as ``2026-04``, and the
    SHA-256 (hexadecimal) of each file that it replaces: those it was made of, then those which these had replaced."""

    month: str
    predecessors: tuple[str, ...] = ()


def joined(*origins: RolledOver | None) -> RolledOver | None:
    """Several origins as one: the latest month, and every file that was replaced; None where there is none."""
    known = [one for one in origins if one]
    if len(known) < 2:
        return known[0] if known else None
    replaced = dict.fromkeys(digest for one in known for digest in one.predecessors)
    return RolledOver(max(one.month for one in known), tuple(replaced))


def always_there(path: Path) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Record:
    """One case as it was read.

    ``data`` maps sheet keys to raw values: text, None, lists and mappings of them, nested as in YAML.
    ``positions`` maps paths such as ``("targets", 0, "weight")`` to places; for a mapping or list also its own path.
    ``keys`` has the places of the names before the values, where they have one.
    ``text`` is all the text of its source, where that is known: other cases' and what is no value too.
    ``problems`` are those that reading found in this case, such as a row that names nobody and may belong here.
    ``in_cells``: it was filled in as a workbook. ``lacks_column`` tells whether a value can't be typed for want of a
    column, in a table that somebody made. ``rolled``: set where the case was rolled over from an earlier file.
    ``language`` (``en`` or ``zh``): that of the labels in a workbook, where docgen wrote them. ``again`` has the places
    where the same is typed once more: in another file of the case.
    """

    source: str
    data: Mapping[str, Any]
    positions: Mapping[Path, Position]
    keys: Mapping[Path, Position] = field(default_factory=dict)
    text: str = ""
    problems: tuple[Problem, ...] = ()
    in_cells: bool = False
    lacks_column: Callable[[Path], bool] = always_there
    rolled: RolledOver | None = None
    language: str = ""
    again: tuple[Mapping[Path, Position], ...] = ()

    def key_position(self, path: Path) -> Position:
        """The place of the name under which ``path`` stands, or else of the value."""
        return self.keys.get(path) or self.position(path)

    def position(self, path: Path) -> Position:
        """The place of ``path``, or of the nearest thing around it that has one."""
        for end in range(len(path), -1, -1):
            found = self.positions.get(path[:end])
            if found:
                return found
        return Position(self.source)

    def again_at(self, path: Path) -> list[Position]:
        """Where else the same is typed."""
        return [found for places in self.again if (found := places.get(path))]
