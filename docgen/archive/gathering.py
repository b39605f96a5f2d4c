"""The copies that the pages of a pile make: new ones, and incomplete ones that they join."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from docgen.archive.runs import ORDERS, OTHER, UNREAD, Order, could_be_whole, lies_in, rising, runs
from docgen.model.returned import Copy

FIRM = 3
"""So many papers must lie in one order, and none otherwise, before that is held against another paper."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a leaf says it is, where the record agrees: page ``page``, from 1, of the ``of`` pages of a paper.

    ``remarks``: what else is told of it: ``outdated`` with the latest revision, ``withdrawn``.
    """

    number: str
    revision: int
    page: int
    of: int
    remarks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stray:
    """A leaf that waits, and yet says what it is: at most a page of the papers of these ``numbers``, for another paper
    it is no more than a blank leaf."""

    numbers: frozenset[str] = frozenset()


NONE: Mapping[tuple[str, int], int] = {}
Lying = Place | Stray | None
"""A leaf of a pile; None: it doesn't say what it is, and may be a page of any paper."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Leaves that are one copy of a paper, or that wait together: then ``why`` is a kind of reasons.py, and ``copy`` 0.

    ``leaves``: where they lie in the line of the pile, from 0, each with its page. ``missing``: the pages that the copy
    lacks even so. ``joins``: it is an incomplete copy of an earlier pile. ``order``: how they lie, or would lie if they
    were more. ``candidates``: the incomplete copies, where nobody knows which one they belong to.
    """

    number: str
    revision: int
    of: int
    leaves: Mapping[int, int]
    order: Order
    copy: int = 0
    joins: bool = False
    missing: frozenset[int] = frozenset()
    why: str = ""
    candidates: tuple[int, ...] = ()


def gather(line: Sequence[Lying], copies: Iterable[Copy], used: Mapping[tuple[str, int], int] = NONE) -> list[Gathered]:
    """Each place of ``line`` in the copy that it belongs to.

    Args:
        line: the leaves of a pile in their order, without blank ones.
        copies: those that came back before.
        used: of each paper and revision the last number that a copy ever had, also of one that stands no more.
    """
    papers: dict[tuple[str, int], dict[int, Place]] = defaultdict(dict)
    for at, place in enumerate(line):
        if isinstance(place, Place):
            papers[place.number, place.revision][at] = place
    back: dict[tuple[str, int], list[Copy]] = defaultdict(list)
    for copy in copies:
        back[copy.number, copy.revision].append(copy)
    alone = {paper: pages for paper, places in papers.items() if _is_one_copy(pages := _pages(places))}
    followed = {paper: [order for order in ORDERS if lies_in(pages, order)] for paper, pages in alone.items()}
    votes = Counter(order for orders in followed.values() for order in orders)
    found = []
    for paper, places in papers.items():
        others = votes - Counter(followed.get(paper))
        usual = max(ORDERS, key=others.__getitem__)
        is_firm = others[usual] >= FIRM and others[usual] == len(followed.keys() - {paper})
        found += _of_paper(places, line, back[paper], used.get(paper, 0), usual, is_firm)
    return found


def _pages(places: Mapping[int, Place]) -> list[int]:
    return [place.page for place in places.values()]


def _is_one_copy(pages: Sequence[int]) -> bool:
    """Whether it shows in which order a copy lies."""
    return 1 < len(pages) == len(set(pages))


def _stretch(line: Sequence[Lying], places: Mapping[int, Place]) -> dict[int, int]:
    """Where the pages of a paper lie, and the leaves among, before and after them that may be more of its pages: each
    place of the line with the page number, ``UNREAD`` or ``OTHER``."""
    number = next(iter(places.values())).number
    begin, end = min(places), max(places) + 1
    while begin > 0 and _seen(line[begin - 1], number) != OTHER:
        begin -= 1
    while end < len(line) and _seen(line[end], number) != OTHER:
        end += 1
    seen = {at: places[at].page if at in places else _seen(line[at], number) for at in range(begin, end)}
    return {at: page for at, page in seen.items() if page is not None}


def _seen(one: Lying, number: str) -> int | None:
    """What a leaf is to the paper of that number, of which it is no sound page; None: no more than a blank leaf."""
    match one:
        case Place():
            return OTHER
        case Stray(numbers):
            return UNREAD if number in numbers else None
        case None:
            return UNREAD


def _of_paper(
    places: Mapping[int, Place], line: Sequence[Lying], back: Sequence[Copy], used: int, usual: Order, is_firm: bool
) -> list[Gathered]:
    """The copies of one revision of a paper.

    Args:
        back: those of it that came back before; ``used``: the last number that one of them ever had.
        usual: the order in which other papers lie; where ``is_firm``, all of them: then a copy that lies otherwise,
            with unread leaves beside it, is rather what is left of two.
    """
    any_of_it = next(iter(places.values()))
    number, revision, of = any_of_it.number, any_of_it.revision, any_of_it.of
    stretch = _stretch(line, places)
    spots, lying = list(stretch), list(stretch.values())
    found = runs(lying, of, usual)
    may_be_two = UNREAD in lying and len(places) + lying.count(UNREAD) >= 2 * of - 1  # one of their pages may be lost
    is_odd = is_firm and may_be_two and not lies_in(_pages(places), usual)
    if found is None or (len(found) == 1 and is_odd):
        pages = {at: place.page for at, place in places.items()}
        return [Gathered(number, revision, of, pages, usual, why="mixed_copies")]
    free = max((used, *(copy.copy for copy in back))) + 1
    gathered = []
    for run in found:
        leaves = {spots[at]: lying[at] for at in run}
        order = _order(list(leaves.values()), usual)
        missing = frozenset(range(1, of + 1)).difference(leaves.values())
        homes = _homes(leaves.values(), back)
        if homes and (len(homes) > 1 or len(found) > 1 or could_be_whole(lying, of, usual)):
            candidates = tuple(copy.copy for copy in homes)
            gathered.append(Gathered(number, revision, of, leaves, order, why="which_copy", candidates=candidates))
        elif homes:
            missing = missing.intersection(homes[0].missing)
            gathered.append(Gathered(number, revision, of, leaves, order, homes[0].copy, True, missing))
        else:
            gathered.append(Gathered(number, revision, of, leaves, order, free, False, missing))
            free += 1
    return gathered


def _homes(pages: Collection[int], back: Sequence[Copy]) -> list[Copy]:
    """The incomplete copies, if one of them lacks all of ``pages``; a digitally signed file is never added to."""
    incomplete = [copy for copy in back if copy.kind == "scan" and not copy.is_complete]
    fits = any(set(pages) <= set(copy.missing) for copy in incomplete)
    return sorted(incomplete, key=lambda copy: copy.copy) if fits else []


def _order(pages: Sequence[int], usual: Order) -> Order:
    """How the pages of a copy lie: as is usual in the pile, if that is true of them."""
    return next((order for order in (usual, *ORDERS) if lies_in(pages, order)), rising)
