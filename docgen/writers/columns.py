"""The columns of a table: as wide as the template says, but none so narrow that a word in it must break.

A template's shares are made for the standard sizes. Where a theme has larger letters, or a name is long, what a starved
column lacks is taken from those that have room to spare; both formats do it alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest

from docgen.layout.theme import Theme
from docgen.model.document import Cell, Row, Table, Text, contents, plain

POINT = 25.4 / 72
SHORT = 4
"""A head of so many Han characters stays whole."""
LABEL = 8.0
"""And so does the label of a value that has so many ems; in two languages it may part between them."""
MOST = 0.3
"""Of a table's width: no word makes its column wider than that."""
AIR = 0.3
"""Millimetres beside a word: what fits exactly may break all the same."""
_WIDE = "\u2e80-\U0010ffff"
_HAN = "\u3400-\u9fff"
_WORDS = re.compile(rf"[^\s{_WIDE}/–—-]+[/–—-]?|[{_WIDE}]")
_SHORT = re.compile(rf"[{_WIDE}]{{2,{SHORT}}}%?")
GAP = 0.2
"""Ems that LibreOffice leaves between Han characters and figures, though the style says that it shouldn't."""
_NO_BOX = rf"[^☐☑\u2003{_WIDE}]"
TOGETHER = re.compile(
    rf"[☐☑] ?(?:[{_HAN}]{{1,6}}|{_NO_BOX}{{0,14}}[^\s{_WIDE}☐☑](?=\s*[☐☑\u2003]|\s*$)|[^\s{_WIDE}☐☑]+)"
    rf"|（[{_HAN}0-9／]{{1,6}}）(?=\s*$)"
)
"""A box and its few words, and a short remark at the end: no line ends within."""
_MIXED = re.compile(rf"[{_WIDE}] [^{_WIDE}]")
_SINGLE = re.compile(rf"[{_WIDE}]")
_SEAMS = re.compile(rf"(?<=[{_WIDE}])(?=[0-9])|(?<=[0-9])(?=[{_WIDE}])")
_THIN, _ROUND, _BROAD = frozenset("ijlftrI.,:;'|()[]!/- "), frozenset("bdhknpqu"), frozenset("mwMW%@☐☑")


def widths(table: Table, theme: Theme, room: float) -> list[float]:
    """The width of each column in percent, in a table of ``room`` millimetres."""
    given = [column.width for column in table.columns]
    em = theme.sizes["table"] * POINT
    longest = needs(table)
    padding, air, most = 2 * theme.table.padding_x, AIR * 100 / room, MOST * 100
    wanted = [min((need * em + padding) * 100 / room, most) if need else 0.0 for need in longest]
    lacking = [
        min(want + air, most) - width if want > width else 0.0 for want, width in zip(wanted, given, strict=True)
    ]
    if not any(lacking):
        return given
    spare = [max(0.0, width - want - air) for want, width in zip(wanted, given, strict=True)]
    moved = min(sum(lacking), sum(spare))
    return [
        width + lack * moved / sum(lacking) - extra * moved / sum(spare) if moved else width
        for width, lack, extra in zip(given, lacking, spare, strict=True)
    ]


def needs(table: Table) -> list[float]:
    """The ems that the longest word of each column takes; what reaches over several columns asks for nothing."""
    found = [0.0] * len(table.columns)
    for rows in (table.head, table.body):
        for at, cell in placed(rows, len(found)):
            if cell.colspan == 1:
                found[at] = max(found[at], _longest(cell))
    return found


def placed(rows: tuple[Row, ...], count: int) -> Iterator[tuple[int, Cell]]:
    """Each cell and its column; those from above push what follows them to the right."""
    reaching = [0] * count
    for row in rows:
        at = 0
        reaching = [max(0, left - 1) for left in reaching]
        for cell in row.cells:
            while at < count and reaching[at]:
                at += 1
            if at >= count:
                break
            yield at, cell
            for column in range(at, min(at + cell.colspan, count)):
                reaching[column] = cell.rowspan
            at += cell.colspan


def _longest(cell: Cell) -> float:
    longest = 0.0
    for content in contents(cell.blocks):
        chinese = any(isinstance(run, Text) and run.lang == "zh-CN" for run in content)
        for line in plain(content).split("\n"):
            label = line.strip()
            wide = ems(label, 1.12 if chinese else 1.0)
            if _SHORT.fullmatch(label) or (cell.role == "label" and wide <= LABEL and not _MIXED.search(label)):
                longest = max(longest, wide)
        for run, following in zip_longest(content, content[1:]):
            if isinstance(run, Text):
                words = [run.text] if run.role == "nobreak" else _WORDS.findall(run.text)
                if run.role == "nobreak" and isinstance(following, Text) and _SINGLE.fullmatch(following.text):
                    words = [run.text + following.text]  # such as the 至 between two dates
                words += TOGETHER.findall(run.text)
                # Beside Chinese, Latin letters are those of a Chinese font, which are wider.
                scale = (1.12 if chinese else 1.0) * (1.04 if cell.head or run.strong else 1.0)
                longest = max([longest, *(ems(word, scale) for word in words)])
    return longest


@lru_cache(maxsize=4096)
def ems(word: str, scale: float = 1.0) -> float:
    """About as wide as in the fonts of the themes: digits half an em, “n” and capitals more, Han characters one."""
    han, latin = 0, 0.0
    for letter in word:
        if letter > "\u2e7f":
            han += 1
        elif letter in _THIN:
            latin += 0.33
        elif letter in _BROAD:
            latin += 0.82
        else:
            latin += 0.6 if letter.isupper() else 0.57 if letter in _ROUND else 0.51
    return han + latin * scale + GAP * seams(word)


def seams(word: str) -> int:
    """How often Han characters and figures meet in ``word``."""
    return len(_SEAMS.findall(word))
