"""What a page without a code probably is, from the pages before and after it; never filed by that alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby

from docgen.archive.gathering import Gathered
from docgen.model.returned import Suggestion

At = tuple[Gathered, int] | None
"""A page of a copy beside the gap; None: another page, or the end of the pile."""
FEW = 0.1
"""Such a share of the copies may have other papers among their pages, and the next page is still likely to be of the
same paper."""


def suggestions(length: int, silent: Collection[int], copies: Collection[Gathered]) -> dict[int, Suggestion]:
    """A suggestion for those leaves for which there is one, by their place in the line of ``length`` leaves.

    Several leaves in one gap are called by the pages that are missing there only if there are as many of these. In a
    pile in which papers lie among one another, neighbours tell nothing, and there is none.

    Args:
        silent: the places of leaves that don't say what they are.
        copies: those that the pages of the pile make.
    """
    if not _lie_together(copies):
        return {}
    known: dict[int, At] = {at: (one, page) for one in copies if one.copy for at, page in one.leaves.items()}
    found: dict[int, Suggestion] = {}
    for gap in _gaps(length, silent):
        offered = _offered(known.get(gap[0] - 1), known.get(gap[-1] + 1), len(gap))
        if offered:
            found.update(zip(gap, offered, strict=True))
    return found


def _lie_together(copies: Collection[Gathered]) -> bool:
    """Whether the pages of nearly all copies lie one after the other."""
    whose = {at: one for one in copies for at in one.leaves}
    several = [one for one in copies if len(one.leaves) > 1]
    apart = [
        one for one in several if any(whose.get(at, one) is not one for at in range(min(one.leaves), max(one.leaves)))
    ]
    return len(apart) <= FEW * len(several)


def _gaps(length: int, silent: Collection[int]) -> Iterator[list[int]]:
    for is_gap, places in groupby(range(length), lambda at: at in silent):
        if is_gap:
            yield [*places]


def _offered(before: At, after: At, count: int) -> list[Suggestion]:
    """What ``count`` leaves between two others are; nothing where that can't be said."""
    if before and after and before[0] is after[0]:
        wanted = _between(before[0], before[1], after[1])
        if not wanted:
            return [_page(before[0], 0)] * count
    else:
        wanted = _rest(before) + _start(after)
    return wanted if len(wanted) == count else []


def _between(copy: Gathered, page: int, other: int) -> list[Suggestion]:
    """The pages that the copy lacks between two of its own."""
    due = _due(copy)
    if due.index(page) < due.index(other):
        due = due[due.index(page) + 1 : due.index(other)]
    return _lacked(copy, due)


def _rest(at: At) -> list[Suggestion]:
    """The pages of a copy after the last that lies there."""
    if not at:
        return []
    copy, page = at
    due = _due(copy)
    return _lacked(copy, due[due.index(page) + 1 :])


def _start(at: At) -> list[Suggestion]:
    """The pages of a copy before the first that lies there."""
    if not at:
        return []
    copy, page = at
    due = _due(copy)
    return _lacked(copy, due[: due.index(page)])


def _lacked(copy: Gathered, pages: list[int]) -> list[Suggestion]:
    return [_page(copy, one) for one in pages if one in copy.missing]


def _due(copy: Gathered) -> list[int]:
    """All pages of the paper, in the order in which this copy lies."""
    return sorted(range(1, copy.of + 1), key=copy.order)


def _page(copy: Gathered, page: int) -> Suggestion:
    return Suggestion(copy.number, copy.revision, page)
