"""Count the lists of a Word file as Word does: what stands before each numbered paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from docgen.writers.markers import counted
from docgen.writers.word_xml import W

_W = f"{{{W}}}"
_VAL = f"{_W}val"
_FIRST = {"decimal": "1", "lowerLetter": "a", "lowerRoman": "i", "decimalEnclosedCircleChinese": "①"}
"""The first number of each of Word's formats."""


@dataclass(frozen=True, slots=True)
class Level:
    start: int
    form: str
    text: str

    def shown(self, count: int) -> str:
        """``count`` in this level's format; one that docgen doesn't know is named."""
        return counted(_FIRST[self.form], count) if self.form in _FIRST else f"{self.form} {count}"


@dataclass(frozen=True, slots=True)
class Numbering:
    """What numbering.xml says of lists.

    ``lists`` gives the kind of each list and the numbers at which levels of it start anew, ``styles`` are those whose
    paragraphs are items without saying so.
    """

    kinds: dict[str, dict[int, Level]]
    lists: dict[str, tuple[str, dict[int, int]]]
    styles: frozenset[str]


def read_numbering(numbering: etree._Element) -> Numbering:
    kinds = {
        str(kind.get(f"{_W}abstractNumId")): {_depth(one): _level(one) for one in kind.iter(f"{_W}lvl")}
        for kind in numbering.iter(f"{_W}abstractNum")
    }
    lists = {
        str(one.get(f"{_W}numId")): (
            _value(one, "abstractNumId"),
            {
                _depth(level): int(start)
                for level in one.iter(f"{_W}lvlOverride")
                if (start := _value(level, "startOverride"))
            },
        )
        for one in numbering.iter(f"{_W}num")
    }
    return Numbering(kinds, lists, frozenset(str(one.get(_VAL)) for one in numbering.iter(f"{_W}pStyle")))


def _depth(level: etree._Element) -> int:
    return int(str(level.get(f"{_W}ilvl")))


def _level(level: etree._Element) -> Level:
    return Level(int(_value(level, "start", "0")), _value(level, "numFmt", "decimal"), _value(level, "lvlText"))


def _value(element: etree._Element, name: str, missing: str = "") -> str:
    found = element.find(f"{_W}{name}")
    return missing if found is None else str(found.get(_VAL))


@dataclass(slots=True)
class Count:
    """Counts on from paragraph to paragraph.

    Lists of one kind share their counters, so that each goes on where the last left off. Only a list that has a start
    of its own begins anew, the first time that it is met.
    """

    numbering: Numbering
    _counters: dict[tuple[str, int], int] = field(default_factory=dict)
    _met: set[tuple[str, int]] = field(default_factory=set)

    def of_style(self, style: str) -> str:
        """What stands before a paragraph of ``style`` that says nothing else: docgen leaves no count to a style."""
        return f"of the style {style}" if style in self.numbering.styles else ""

    def marker(self, number: etree._Element) -> str:
        """What stands before the paragraph with this ``w:numPr``, which is counted; '' where no list has the number."""
        identity, depth = _value(number, "numId"), int(_value(number, "ilvl", "0"))
        if identity not in self.numbering.lists:
            return ""
        kind, starts = self.numbering.lists[identity]
        levels = self.numbering.kinds.get(kind, {})
        if depth not in levels:
            return f"of level {depth} of list {identity}"
        if levels[depth].form == "bullet":
            return levels[depth].text
        self._step(identity, kind, depth, starts)
        return re.sub(r"%(\d)", lambda found: self._shown(kind, int(found[1]) - 1), levels[depth].text)

    def _step(self, identity: str, kind: str, depth: int, starts: dict[int, int]) -> None:
        anew = depth in starts and (identity, depth) not in self._met
        self._met.add((identity, depth))
        if anew or (kind, depth) not in self._counters:
            self._counters[kind, depth] = starts.get(depth, self.numbering.kinds[kind][depth].start)
        else:
            self._counters[kind, depth] += 1
        for deeper in [key for key in self._counters if key[0] == kind and key[1] > depth]:
            del self._counters[deeper]

    def _shown(self, kind: str, depth: int) -> str:
        level = self.numbering.kinds[kind][depth]
        return level.shown(self._counters.get((kind, depth), level.start))
