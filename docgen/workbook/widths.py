"""The widths of a card: its blocks share the columns, so each column suits all that stand below each other in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, zip_longest

from docgen.model.problems import UiLanguage
from docgen.workbook.columns import Block, Column
from docgen.workbook.looks import widths

NARROW, WIDE = 150.0, 200.0
"""Characters of a page in landscape that reads well, and of one with many columns; so many a small screen shows too."""
MOST_NARROW = 9
PAGE = 240
"""Characters across a page that can still be read: at three fifths of their size."""
ZOOM = 85
"""With it a small screen shows ``WIDE``."""
LEAST_COLUMNS = 6
LEAST = 10.0
FACT_WIDTHS = {"longtext": 60.0, "list": 60.0, "choices": 40.0}


def shared_widths(blocks: Sequence[Block], language: UiLanguage) -> list[float]:
    """The width of each column: the least that its fields need, and while there is room what they would like."""
    tables = [[widths(column.of, language) for column in block.columns] for block in blocks if not is_form(block)]
    columns = [[both for both in column if both] for column in zip_longest(*tables)]
    columns += [[(LEAST, 20.0)] for _ in range(LEAST_COLUMNS - len(columns))]
    least = [max(low for low, _ in column) for column in columns]
    best = [max(high for _, high in column) for column in columns]
    room = (NARROW if len(columns) <= MOST_NARROW else WIDE) - sum(least)
    made = list(least)
    shared_most = sorted(range(len(columns)), key=lambda at: -len(columns[at]))
    most = max(map(len, columns))
    for all_of_it in (False, True):  # some for all, the more the more blocks use it; then the rest
        for at in shared_most:
            part = 1.0 if all_of_it else len(columns[at]) / most / 2
            more = min(least[at] + part * (best[at] - least[at]) - made[at], max(room, 0.0))
            made[at] += more
            room -= more
    return made


def across(shared: Sequence[float]) -> int:
    """How many of the columns are seen, on a small screen and on the first page."""
    seen = min(WIDE, sum(shared) / pages(shared))
    return max(1, sum(total <= seen + 1 for total in accumulate(shared)))


def pages(widths_of_tab: Iterable[float]) -> int:
    """How many pages wide a tab is printed."""
    return -(-int(sum(widths_of_tab)) // PAGE)


def is_form(block: Block) -> bool:
    """Whether there is one row a case: then it stands like a form, a label over each value, and else as a table."""
    return all(group.sheet.single for group in block.groups)


def form_lines(
    columns: Sequence[Column], shared: Sequence[float], language: UiLanguage
) -> Iterator[list[tuple[Column, int, int]]]:
    """The lines of facts: each with its first and last column, so many of the shared columns as it needs."""
    line: list[tuple[Column, int, int]] = []
    at = 0
    for column in columns:
        wish = FACT_WIDTHS.get(column.of.type, widths(column.of, language)[1])
        end = _end(at, wish, shared)
        if end is None and line:
            yield line
            line, at = [], 0
            end = _end(at, wish, shared)
        end = len(shared) - 1 if end is None else end
        line.append((column, at, end))
        at = end + 1
    if line:
        yield line


def _end(at: int, wish: float, shared: Sequence[float]) -> int | None:
    """The column with which a cell that begins at ``at`` is wide enough."""
    width = 0.0
    for end in range(at, len(shared)):
        width += shared[end]
        if width >= wish - 1:
            return end
    return None
