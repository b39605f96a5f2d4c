"""Which names a formula uses: what it depends on, and what must be right before it may be asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import nodes

from docgen import sandbox
from docgen.definitions.definition import Definitions

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Used:
    """``plain``: names standing alone (fields of the row, sheets, ``case`` …). ``of``: attributes by the name before
    the dot, such as ``{"case": {"period_end"}}``. ``mentioned``: every attribute and every text, wherever it stands."""

    plain: frozenset[str]
    of: dict[str, frozenset[str]]
    mentioned: frozenset[str]

    def attributes(self, name: str) -> frozenset[str]:
        return self.of.get(name, NONE)


def used_names(sources: Iterable[str]) -> Used:
    """Read the names out of one or several expressions that are known to be sound."""
    return _used_names(tuple(sources))


@cache
def _used_names(sources: tuple[str, ...]) -> Used:
    plain: set[str] = set()
    of: dict[str, set[str]] = {}
    mentioned: set[str] = set()
    parse = sandbox.environment(autoescape=False).parse
    for source in sources:
        tree = parse("{{ (" + source + ") }}")
        plain.update(node.name for node in tree.find_all(nodes.Name))
        mentioned.update(node.value for node in tree.find_all(nodes.Const) if isinstance(node.value, str))
        for attribute in tree.find_all(nodes.Getattr):
            mentioned.add(attribute.attr)
            if isinstance(attribute.node, nodes.Name):
                of.setdefault(attribute.node.name, set()).add(attribute.attr)
    return Used(frozenset(plain), {name: frozenset(found) for name, found in of.items()}, frozenset(mentioned))


class Lazily:
    """What expressions use, read out of them when somebody asks: only where something is wrong."""

    __slots__ = ("_used", "sources")

    def __init__(self, sources: Iterable[str]) -> None:
        self.sources = tuple(sources)
        self._used: Used | None = None

    def __call__(self) -> Used:
        if self._used is None:
            self._used = used_names(self.sources)
        return self._used


Derivations = Mapping[tuple[str, str], Used]
"""What the derivation of each derived field uses, by sheet and field."""


def derivations(definitions: Definitions) -> dict[tuple[str, str], Used]:
    return {
        (sheet.name, of.name): used_names([of.derive.source])
        for sheet in definitions.sheets.values()
        for of in sheet.fields.values()
        if of.derive
    }
