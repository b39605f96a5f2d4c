"""Which pages of one paper, as they lie in a pile, are one copy of it: told only where there is no other reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

Order = Callable[[int], tuple[int, int]]
"""A way in which the pages of a copy can lie: by what it makes of their numbers, they come in rising order."""
UNREAD, OTHER = 0, -1
"""In the place of a page number: a leaf that doesn't say what it is, and a page of another paper."""


def rising(page: int) -> tuple[int, int]:
    """1 2 3 4"""
    return page, 0


def falling(page: int) -> tuple[int, int]:
    """4 3 2 1: the whole pile was turned over."""
    return -page, 0


def sides_swapped(page: int) -> tuple[int, int]:
    """2 1 4 3: of each sheet the back comes first."""
    return _sheet(page), -page


def sheets_reversed(page: int) -> tuple[int, int]:
    """3 4 1 2: the last sheet lies on top."""
    return -_sheet(page), page


ORDERS: tuple[Order, ...] = (rising, falling, sides_swapped, sheets_reversed)


def lies_in(pages: Sequence[int], order: Order) -> bool:
    return all(order(one) < order(after) for one, after in pairwise(pages))


def runs(stretch: Sequence[int], of: int, usual: Order) -> list[list[int]] | None:
    """The copies in a stretch of a pile, each as the places, from 0, at which its pages lie.

    Pages that all differ are one copy, in whatever order. Where one comes twice, there are several copies, and the
    stretch is cut into as few as can be, each in one of ``ORDERS``. It is None where they can't be told apart:

    - it can be cut into as few in several ways: 2 1 2;
    - they do not have the same pages in the same order: 1 1 2 2 or 1 2 2, which may be copies whose backs were scanned
      after all fronts; unless what they lack may be the unread leaves among them: 1 2 1 ?; but not if they may lie
      among each other even so, with a page lost, and the unread leaf be none of theirs: 1 ? 1 2;
    - unread leaves can be read as pages so that other pages lie together: 1 ? ? 2 of two pages may be two copies.

    Args:
        stretch: the page numbers in the order of the pile, or ``UNREAD``, or ``OTHER``.
        of: how many pages the paper has.
        usual: the order in which other papers of the pile lie.
    """
    places = [at for at, page in enumerate(stretch) if page > 0]
    pages = [stretch[at] for at in places]
    begins = [0] if len(set(pages)) == len(pages) else _begins(pages)
    if begins is None:
        return None
    found = [places[begin:end] for begin, end in pairwise([*begins, len(places)])]
    held = [[stretch[at] for at in run] for run in found]
    way = tuple(run[0] for run in found)
    if not (are_alike := _are_alike(held)) and _may_lie_among_each_other(pages, of):
        return None
    ways = {way} if are_alike else set()
    for order in _orders(held, usual):
        ways |= _readings(stretch, of, order)
    return found if ways == {way} else None


def could_be_whole(stretch: Sequence[int], of: int, usual: Order) -> bool:
    """Whether a single run that lacks pages may be a copy that lacks none: the unread leaves beside it are the rest."""
    orders = _orders([[page for page in stretch if page > 0]], usual)
    return any(_readings(stretch, of, order) for order in orders)


def _are_alike(runs: Sequence[Sequence[int]]) -> bool:
    """Whether they have the same pages, in one of the orders; one alone is like itself."""
    follow = any(all(lies_in(run, order) for run in runs) for order in ORDERS)
    return len(runs) == 1 or (len({frozenset(run) for run in runs}) == 1 and follow)


def _may_lie_among_each_other(pages: Sequence[int], of: int) -> bool:
    """Whether they can be copies that lie in turns, and lack a page at most."""
    lines = list(_in_turns(of, -(-len(pages) // of)))
    lines += [line[::-1] for line in lines]
    return any(pages in (line, *(line[:at] + line[at + 1 :] for at in range(len(line)))) for line in lines)


def _in_turns(of: int, copies: int) -> Iterator[list[int]]:
    """The pages of so many copies as they lie page by page, sheet by sheet, or all fronts before all backs."""
    all_pages = range(1, of + 1)
    yield [page for page in all_pages for _ in range(copies)]
    if of > 2:
        sheets = [[page for page in all_pages if _sheet(page) == sheet] for sheet in range(1, _sheet(of) + 1)]
        yield [page for sheet in sheets for _ in range(copies) for page in sheet]
    fronts, backs = [*all_pages[::2]] * copies, [*all_pages[1::2]] * copies
    yield from (fronts + backs, fronts + backs[::-1])


def _begins(pages: Sequence[int]) -> list[int] | None:
    """Where each piece begins, when ``pages`` are cut into as few as can be; None where there are several ways.

    It is worked out from the end: into how few pieces the rest can be cut, in how many ways, and how long the first is.
    """
    length = len(pages)
    pieces, ways, ends = [0] * (length + 1), [1] * (length + 1), [length] * (length + 1)
    for begin in reversed(range(length)):
        possible = list(_ends(pages, begin))
        fewest = min(pieces[end] for end in possible)
        best = [end for end in possible if pieces[end] == fewest]
        pieces[begin], ways[begin], ends[begin] = fewest + 1, min(2, sum(ways[end] for end in best)), best[0]
    if ways[0] > 1:
        return None
    begins = [0]
    while ends[begins[-1]] < length:
        begins.append(ends[begins[-1]])
    return begins


def _ends(pages: Sequence[int], begin: int) -> Iterator[int]:
    """Where a piece that begins there can end, so that its pages lie in one of the orders."""
    orders = list(ORDERS)
    for end in range(begin + 1, len(pages) + 1):
        if end > begin + 1:
            orders = [order for order in orders if order(pages[end - 2]) < order(pages[end - 1])]
        if not orders:
            return
        yield end


def _orders(runs: Sequence[Sequence[int]], usual: Order) -> list[Order]:
    """The orders in which copies may lie: that of the pile, and those of the runs; all for a run that lies in none."""
    told = [[order for order in ORDERS if lies_in(run, order)] or ORDERS for run in runs if len(run) > 1]
    return [order for order in ORDERS if order is usual or any(order in of_run for of_run in told)]


def _readings(stretch: Sequence[int], of: int, order: Order) -> set[tuple[int, ...]]:
    """The ways to read the stretch as copies that lack nothing and lie one by one in ``order``: where the first page
    lies that was read of each copy. Any unread leaf may be a page of theirs, or none, but no other paper lies within
    one of them. At most two ways are told.

    What is gone through: how many pages of the copy at hand lie there already, and whether one of them was read.
    """
    due = sorted(range(1, of + 1), key=order)
    states: dict[tuple[int, bool], set[tuple[int, ...]]] = {(0, False): {()}}
    for at, page in enumerate(stretch):
        after: dict[tuple[int, bool], set[tuple[int, ...]]] = defaultdict(set)
        for (there, was_read), ways in states.items():
            if page == UNREAD:
                after[there, was_read] |= ways
                after[_with_one_more(there, of, was_read)] |= ways
            elif page == OTHER and there == 0:
                after[there, was_read] |= ways
            elif page == due[there]:
                after[_with_one_more(there, of, True)] |= ways if was_read else {(*way, at) for way in ways}
        states = {state: set(sorted(ways)[:2]) for state, ways in after.items()}
    return states.get((0, False), set())


def _with_one_more(there: int, of: int, was_read: bool) -> tuple[int, bool]:
    return (there + 1, was_read) if there + 1 < of else (0, False)


def _sheet(page: int) -> int:
    return (page + 1) // 2
