"""Follow table rows that a page end splits: each page then holds a piece of every cell, in the order of the cells."""

from __future__ import annotations

from collections.abc import Sequence


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
    starts = dict(rows)
    states: set[tuple[int, tuple[str, ...]]] = {(0, ())}
    for index, page in enumerate(pages):
        reached: set[tuple[int, tuple[str, ...]]] = set()
        for position, rest in states:
            body = page
            for start, end, head in tables:
                inside = start < position <= end if rest else start < position < end
                if index and head and inside and page.startswith(head):
                    body = page[len(head) :]
            reached |= _page_ends(text, starts, body, position, rest)
        states = reached
    return (len(text), ()) in states


def _page_ends(
    text: str, starts: dict[int, tuple[str, ...]], page: str, position: int, rest: tuple[str, ...]
) -> set[tuple[int, tuple[str, ...]]]:
    """Where a page that begins at ``position`` (after ``rest``, the cells of a split row) can leave off."""
    ends: set[tuple[int, tuple[str, ...]]] = set()
    for taken, left in _dealt(rest, page):
        if any(left):
            if taken == len(page):
                ends.add((position, left))
            continue
        at, here = position, taken
        while here < len(page) and at < len(text):
            cells = starts.get(at)
            if cells and not page.startswith("".join(cells), here):
                after = at + sum(map(len, cells))
                ends |= {(after, left) for used, left in _dealt(cells, page[here:]) if here + used == len(page)}
                break
            step = sum(map(len, cells)) if cells else 1
            if not cells and page[here] != text[at]:
                break
            at, here = at + step, here + step
        if here == len(page):
            ends.add((at, ()))
    return ends


def _dealt(cells: tuple[str, ...], page: str) -> list[tuple[int, tuple[str, ...]]]:
    """The ways in which ``page`` can begin with a piece of each cell: characters taken, and what is left of cells."""
    ways: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    for cell in cells:
        further = []
        for taken, left in ways:
            common = 0
            while common < len(cell) and taken + common < len(page) and cell[common] == page[taken + common]:
                common += 1
            further += [(taken + length, (*left, cell[length:])) for length in range(common, -1, -1)]
        ways = further[:2000]
    return ways
