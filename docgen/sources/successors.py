"""A file and the one that ``docgen rollover`` made of it: given together, the newer counts and the older is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from docgen.definitions.naming import CASE, spelling
from docgen.model.problems import Position, Problem, Words
from docgen.model.record import Record
from docgen.sources.merging import Merger
from docgen.sources.origin import Source
from docgen.sources.telling import some, told

REPLACED, PARTLY, CHANGED = "replaced", "replaced_partly", "replaced_changed"


@dataclass(frozen=True, slots=True)
class Parted:
    """The records that count; the ``replaced`` files, of which nothing is left; and what is told of older files."""

    records: list[Record]
    replaced: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def without_replaced(records: Sequence[Record], sources: Mapping[str, Source], merger: Merger) -> Parted:
    """Without the cases of a file that stand in those which came of it; what these lack is read from the older file."""
    newer = _newer(sources)
    if not newer:
        return Parted(list(records))
    held: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        held[record.source].append(record)
    left_out: set[int] = set()
    replaced: set[str] = set()
    problems: list[Problem] = []
    for name, successors in newer.items():
        holders, missing = _holders(held[name], [one for file in successors for one in held[file]], merger)
        left_out |= {id(one) for one in held[name]} - {id(one) for one in missing}
        files = [file for file in successors if file in holders] or successors[:1]
        about: dict[str, Any] = {"known": Words(", ".join(files), "、".join(files))}
        if missing:
            about |= {"key": some([_called(one, merger) for one in missing]), "count": len(missing)}
        else:
            replaced.add(name)
        month = max(_month(sources[file]) for file in files)
        kind = PARTLY if missing else REPLACED
        problems.append(told(merger.definitions, kind, Position(name), (), month, **about))
    kept = [record for record in records if id(record) not in left_out]
    return Parted(kept, frozenset(replaced), tuple(problems))


def _newer(sources: Mapping[str, Source]) -> dict[str, list[str]]:
    """The files from which others came, each with those, the newest first."""
    copies: dict[str, list[str]] = defaultdict(list)
    for name, source in sources.items():
        copies[source.digest].append(name)
    direct: dict[str, set[str]] = defaultdict(set)
    for name, source in sources.items():
        for digest in source.rolled.predecessors if source.rolled else ():
            for older in copies.get(digest, ()):
                if _month(sources[older]) < _month(source):  # heads written by hand could make a ring
                    direct[older].add(name)
    found: dict[str, list[str]] = {}
    for name in (name for name in sources if name in direct):
        after: set[str] = set()
        waiting = [name]
        while waiting:
            new = direct.get(waiting.pop(), set()) - after
            after |= new
            waiting += new
        by_name = sorted(after)
        found[name] = sorted(by_name, key=lambda file: _month(sources[file]), reverse=True)
    return found


def _holders(older: Sequence[Record], newer: Sequence[Record], merger: Merger) -> tuple[set[str], list[Record]]:
    """The files in which the older cases stand, and the cases that stand in none.

    A case is known by its number; where that isn't there, by its person, as the number follows the period's start.
    """
    by_number: dict[str, Record] = {}
    for at, record in enumerate(newer):
        by_number.setdefault(spelling(merger.number(record)) or f"#{at}", record)
    holders: set[str] = set()
    unknown: list[Record] = []
    for record in older:
        same = by_number.pop(spelling(merger.number(record)), None)
        if same is None:
            unknown.append(record)
        else:
            holders.add(same.source)
    of_person: dict[str, list[Record]] = defaultdict(list)
    for record in by_number.values():
        of_person[spelling(merger.employee(record))].append(record)
    missing: list[Record] = []
    for record in unknown:
        if others := of_person[spelling(merger.employee(record))]:
            holders.add(others.pop().source)
        else:
            missing.append(record)
    return holders, missing


def _called(record: Record, merger: Merger) -> str:
    return merger.number(record) or merger.employee(record) or str(record.position((CASE,)))


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


def _month(source: Source) -> str:
    return source.rolled.month if source.rolled else ""


def _rank(record: Record) -> str:
    return record.rolled.month if record.rolled else ""
