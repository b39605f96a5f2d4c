"""Follow table rows that a page end splits: each page then holds a piece of every cell, in the order of the cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

State = tuple[int, tuple[str, ...]]
"""Where in the text a page begins, and what is left of the cells of the row that ends there."""
WAYS = 64
"""So many readings of a page are followed; there are several only where cells repeat themselves and each other."""


def follows_split_rows(
    text: str,
    rows: Sequence[tuple[int, tuple[str, ...]]],
    tables: Sequence[tuple[int, int, str]],
    pages: Sequence[str],
) -> bool:
    """Do the ``pages`` hold exactly ``text``, when rows may be dealt out over page ends cell by cell?

    Args:
        text: what must be there, in order.
        rows: start of each table row in ``text``, and its cells' texts.
        tables: start and end of each table's rows in ``text``, and the head that each further page repeats.
        pages: what each page says.
    """
    starts = {start: cells for start, cells in rows if any(cells)}
    states: list[State] = [(0, ())]
    for index, page in enumerate(pages):
        reached: dict[State, None] = {}
        for position, rest in states:
            body = page
            for start, end, head in tables:
                inside = start < position <= end if rest else start < position < end
                if index and head and inside and page.startswith(head):
                    body = page[len(head) :]
            reached |= dict.fromkeys(_page_ends(text, starts, body, position, rest))
        states = list(islice(reached, WAYS))
    return (len(text), ()) in states


def _page_ends(
    text: str, starts: dict[int, tuple[str, ...]], page: str, position: int, rest: tuple[str, ...]
) -> Iterator[State]:
    """Where a page that begins at ``position`` (after ``rest``, the cells of a split row) can leave off."""
    for left in islice(_pieces(rest, page), WAYS):
        yield position, left
    if not page.startswith("".join(rest)):
        return
    at, here = position, len("".join(rest))
    while here < len(page) and at < len(text):
        cells = starts.get(at)
        if cells and not page.startswith("".join(cells), here):
            after = at + sum(map(len, cells))
            for left in islice(_pieces(cells, page[here:]), WAYS):
                yield after, left
            return
        if not cells and page[here] != text[at]:
            return
        step = sum(map(len, cells)) if cells else 1
        at, here = at + step, here + step
    if here == len(page):
        yield at, ()


def _pieces(cells: tuple[str, ...], page: str) -> Iterator[tuple[str, ...]]:
    """What can be left of ``cells`` when ``page`` holds the first piece of each, in order, and not all of them whole.

    The longest pieces of the first cells come first.
    """
    ends = _possible_ends(cells, page)

    def deal(index: int, start: int) -> Iterator[tuple[str, ...]]:
        if index == len(cells):
            yield ()
            return
        cell, possible = cells[index], ends[index + 1]
        fitting = []
        for end in possible[bisect_left(possible, start) :]:
            if not cell.startswith(page[start:end]):
                break
            fitting.append(end)
        for end in reversed(fitting):
            for others in deal(index + 1, end):
                yield (cell[end - start :], *others)

    if 0 in ends[0]:
        yield from (left for left in deal(0, 0) if any(left))


def _possible_ends(cells: tuple[str, ...], page: str) -> list[list[int]]:
    """Before each cell, and after the last: the places in ``page`` from which the cells that follow can fill it."""
    ends = [[len(page)]]
    for cell in reversed(cells):
        after, found, nearest = set(ends[0]), [], len(page) + 1
        for start in range(len(page), -1, -1):
            nearest = start if start in after else nearest
            if nearest - start <= len(cell) and nearest <= len(page) and cell.startswith(page[start:nearest]):
                found.append(start)
        ends.insert(0, found[::-1])
    return ends
