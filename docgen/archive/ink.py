"""Whether a page is blank: nothing was printed, stamped or written on it. In doubt it is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from PIL import Image, ImageChops, ImageFilter

SHORT_SIDE = 210
"""Millimetres of the shorter side of a page, for want of better; a sheet of another size is off by its share."""
SHARP = 1654
"""Pixels of the shorter side (200 dpi on A4); of larger pictures a smaller one is looked at."""
EDGE = 5
"""Millimetres left out at the edges, where scanners show their lids."""
DARKER, LEAST = 0.2, 32
"""Ink is darker than the paper around it by such a share, and by so many levels of grey; what shines through from the
back is less."""
DARKEST_PAPER = 120
"""A darker page may be anything: it is not called blank."""
SHARE, FULL = 26, 242
"""Of 255: so much of a square millimetre must be ink to count, as of a line of 0.1 mm; so much of it is all of it."""
PAPER = 9
"""Millimetres (odd) within which paper is looked for."""
LONG = 3
"""Millimetres from which a mark counts; what is smaller is a speck."""
MOST_SPECKS = 120
"""More of them may be something that was printed in dots."""
STREAK_WIDTH, STREAK_SHARE, STREAK_ENDS = 2, 0.6, 0.06
"""A streak of the scanner is so many millimetres wide at most, fills so much of a line right across the page, and
reaches so near to both ends of it. Nothing that is printed does: it keeps its margins."""
HOLE, HOLE_FILLED, HOLE_PLACE = (4, 9), 0.55, 22
"""A punched hole: millimetres across, the share of the square around it that is dark, how near to an edge it ends."""
LID = 25
"""Millimetres from the edge up to which the scanner's lid is seen beside a sheet that lay askew."""
BESIDE = 2
"""Millimetres around the lid that belong to it."""

Cell = tuple[int, int]
"""A square millimetre, by column and row."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The page in square millimetres. ``dark``: those that hold ink; ``full``: those that are darker than paper all
    over."""

    width: int
    height: int
    dark: frozenset[Cell]
    full: frozenset[Cell]


def is_blank(picture: Image.Image) -> bool:
    """Whether a grey picture of a page shows nothing but paper, specks, punched holes, and the scanner's own streaks
    and lid."""
    grid = _grid(picture)
    if grid is None:
        return False
    specks = 0
    for mark in _marks(grid.dark - _streaks(grid) - _lid(grid)):
        columns, rows = [column for column, _ in mark], [row for _, row in mark]
        across, down = max(columns) - min(columns) + 1, max(rows) - min(rows) + 1
        if max(across, down) < LONG:
            specks += 1
        elif not _is_hole(grid, min(columns), min(rows), across, down, len(mark)):
            return False
    return specks <= MOST_SPECKS


def _grid(picture: Image.Image) -> Grid | None:
    """None where the paper is too dark to say, or the picture too small."""
    if (factor := min(picture.size) // SHARP) > 1:
        picture = picture.reduce(factor)
    millimetre = round(min(picture.size) / SHORT_SIDE)
    if millimetre < 2:
        return None
    edge = EDGE * millimetre
    width, height = ((side - 2 * edge) // millimetre for side in picture.size)
    inner = picture.crop((edge, edge, edge + width * millimetre, edge + height * millimetre))
    paper = inner.reduce(millimetre).filter(ImageFilter.MaxFilter(PAPER))
    level = _median(paper)
    if level < DARKEST_PAPER:
        return None
    around = paper.filter(ImageFilter.BoxBlur(PAPER // 2)).point([_limit(one) for one in range(256)])
    ink = ImageChops.subtract(around.resize(inner.size, Image.Resampling.BILINEAR), inner)
    shares = ink.point([0] + [255] * 255).reduce(millimetre).tobytes()
    dark = frozenset((at % width, at // width) for at, share in enumerate(shares) if share >= SHARE)
    darker = inner.point([255 if one < _limit(level) else 0 for one in range(256)]).reduce(millimetre).tobytes()
    full = frozenset((at % width, at // width) for at, share in enumerate(darker) if share >= FULL)
    return Grid(width, height, dark, full)


def _limit(level: int) -> int:
    """What is darker than this is ink on paper of such a level."""
    return max(0, round(level - max(LEAST, level * DARKER)))


def _median(picture: Image.Image) -> int:
    left = picture.width * picture.height // 2
    for level, count in enumerate(picture.histogram()):
        left -= count
        if left < 0:
            return level
    return 0


def _streaks(grid: Grid) -> frozenset[Cell]:
    """The cells of thin lines that run right across the page, as a speck on the scanner's glass draws them."""
    found: set[Cell] = set()
    for length, turned in ((grid.height, False), (grid.width, True)):
        lines: dict[int, list[int]] = {}
        for column, row in grid.dark:
            lines.setdefault(row if turned else column, []).append(column if turned else row)
        near = length * STREAK_ENDS
        dense = {at for at, places in lines.items() if len(places) >= STREAK_SHARE * length / 2}
        for at, places in lines.items():
            is_long = len(places) >= STREAK_SHARE * length and min(places) <= near and max(places) >= length - 1 - near
            if is_long and len(dense.intersection(range(at - STREAK_WIDTH, at + STREAK_WIDTH + 1))) <= STREAK_WIDTH:
                beside = [(place, one) for one in (at - 1, at, at + 1) for place in lines.get(one, ())]
                found.update(beside if turned else ((one, place) for place, one in beside))
    return frozenset(found)


def _lid(grid: Grid) -> frozenset[Cell]:
    """The cells of dark areas that come in from the edges, and what is beside them."""
    depth = LID - EDGE
    wide, high = range(depth, grid.width - depth), range(depth, grid.height - depth)
    near = {(column, row) for column, row in grid.full if column not in wide or row not in high}
    rim = [one for one in near if one[0] in (0, grid.width - 1) or one[1] in (0, grid.height - 1)]
    found: set[Cell] = set()
    for part in _marks(near, rim, reach=1):
        found.update(part)
    if not found:
        return frozenset()
    steps = range(-BESIDE, BESIDE + 1)
    around = {(column + x, row + y) for column, row in found for x, y in product(steps, repeat=2)}
    inside = (range(BESIDE, grid.width - BESIDE), range(BESIDE, grid.height - BESIDE))
    return frozenset(around | {one for one in grid.dark if one[0] not in inside[0] or one[1] not in inside[1]})


def _marks(cells: Iterable[Cell], begins: Iterable[Cell] | None = None, reach: int = 2) -> Iterator[list[Cell]]:
    """The cells that hang together, or lie no further apart than ``reach``; only what hangs on ``begins`` if given."""
    left = set(cells)
    steps = list(product(range(-reach, reach + 1), repeat=2))
    for begin in sorted(left) if begins is None else begins:
        if begin not in left:
            continue
        left.remove(begin)
        mark = [begin]
        for column, row in mark:  # it grows meanwhile
            for x, y in steps:
                near = column + x, row + y
                if near in left:
                    left.remove(near)
                    mark.append(near)
        yield mark


def _is_hole(grid: Grid, left: int, top: int, across: int, down: int, cells: int) -> bool:
    """Whether it may be a punched hole in front of something dark."""
    least, most = HOLE
    is_round = least <= min(across, down) and max(across, down) <= most and abs(across - down) <= 2
    ends = (left + across, top + down, grid.width - left, grid.height - top)
    return is_round and cells >= HOLE_FILLED * across * down and min(ends) + EDGE <= HOLE_PLACE
