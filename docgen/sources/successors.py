"""A file and the one that ``docgen rollover`` made of it: given together, the newer counts and the older is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from docgen.definitions.definition import Definitions
from docgen.definitions.naming import spelling
from docgen.model.problems import Position, Problem
from docgen.model.record import Record
from docgen.sources.merging import Merger
from docgen.sources.origin import Source
from docgen.sources.telling import some, told

REPLACED, CHANGED = "replaced", "replaced_changed"


def replaced(sources: Mapping[str, Source]) -> dict[str, str]:
    """The files of which another one is the successor, each with the newest that came of it."""
    copies: dict[str, list[str]] = defaultdict(list)
    for name, source in sources.items():
        copies[source.digest].append(name)
    after: dict[str, str] = {}
    for name, source in sorted(sources.items(), key=_month):  # the latest month is put last, and stays
        for digest in source.rolled.predecessors if source.rolled else ():
            after |= dict.fromkeys((copy for copy in copies.get(digest, ()) if copy != name), name)
    return {name: _newest(name, after) for name in sources if name in after}


def tell_replaced(older: Mapping[str, str], sources: Mapping[str, Source], definitions: Definitions) -> list[Problem]:
    """That these files are replaced; nothing else that is wrong with them matters any more."""
    found = []
    for name, newer in older.items():
        rolled = sources[newer].rolled
        assert rolled is not None, newer  # without it, it would replace nothing
        found.append(told(definitions, REPLACED, Position(name), (), rolled.month, known=newer))
    return found


def without_changed(records: Sequence[Record], merger: Merger) -> list[Record]:
    """Without the cases of a file that was changed after its roll-over, where they contradict the newer ones.

    Their successors are kept back: what was typed into the older file is missing in them.
    """
    if len({record.source for record in records}) < 2 or not any(record.rolled for record in records):
        return list(records)
    same: dict[str, list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        if number := spelling(merger.number(record)):
            same[number].append(at)
    left_out: dict[int, int] = {}
    for those in same.values():
        newest = max(those, key=lambda at: _rank(records[at]))
        for at in those:
            older, newer = records[at], records[newest]
            is_earlier = _rank(older) < _rank(newer) and older.source != newer.source
            if is_earlier and not isinstance(merger.two(newer, older), Record):
                left_out[at] = newest
    pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, newest in left_out.items():
        pairs[records[at].source, records[newest].source].append(newest)
    kept = list(records)
    for (file, successor), cases in pairs.items():
        names = some([merger.number(records[at]) for at in cases])
        month = _rank(records[cases[0]])
        problem = told(merger.definitions, CHANGED, Position(file), (), month, known=successor, key=names)
        for at in cases:
            kept[at] = replace(kept[at], problems=(*kept[at].problems, problem))
    return [record for at, record in enumerate(kept) if at not in left_out]


def _month(named: tuple[str, Source]) -> str:
    rolled = named[1].rolled
    return rolled.month if rolled else ""


def _rank(record: Record) -> str:
    return record.rolled.month if record.rolled else ""


def _newest(name: str, after: Mapping[str, str]) -> str:
    """The end of the chain; heads written by hand may make a ring of it."""
    seen = {name}
    while (following := after.get(name)) and following not in seen:
        name = following
        seen.add(name)
    return name
