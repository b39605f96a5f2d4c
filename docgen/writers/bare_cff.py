"""Cut an OpenType font down to a bare CFF font of few glyphs, each called by the number that it had.

A subset that keeps the glyphs' numbers, as PDF engines make it, keeps places for all the others too: of 63,000 glyphs
of a Chinese font 600 are used, and the rest leave an entry each in five tables. A CFF font with CIDs says itself which
number a glyph has, so that the glyphs can stand close together, and in a PDF it needs no table beside it. Outlines and
widths are copied as they are. The format is described in Adobe's Technical Note 5176.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from struct import error as StructError
from struct import pack, unpack_from
from typing import NamedTuple

from docgen.writers.charstrings import Shared, whole

ESCAPE = 12
CHARSET, CHARSTRINGS, PRIVATE, SUBROUTINES = 15, 17, 18, 19
FD_ARRAY, FD_SELECT = ESCAPE << 8 | 36, ESCAPE << 8 | 37
WIDTHS = frozenset((20, 21))
"""What a private dictionary says of all its glyphs' widths; the rest of it helps screens."""
REMEMBERED = 4096
"""Glyphs of a font, of 200 bytes each: more than an office's documents use, and no worker grows for ever."""
UNEXPECTED = (IndexError, KeyError, ValueError, StructError)
NOTHING = Shared(0, lambda _: b"")


class Entry(NamedTuple):
    """An entry of a dictionary: its operands as they stand there, and those that are integers."""

    raw: bytes
    integers: tuple[int, ...]


Dictionary = Mapping[int, Entry]
"""By operator, in the order of the file."""


class BareCff:
    """The outlines of a font with CIDs, of which glyphs are taken; what was taken once is remembered.

    Raises:
        ValueError: the table is that of another font, or put together in a way that is not expected here.
    """

    def __init__(self, table: bytes | memoryview) -> None:
        self._data = table
        self._wholes: dict[int, bytes] = {}
        try:
            self._read()
        except UNEXPECTED as error:
            raise ValueError("no font with CIDs") from error

    def _read(self) -> None:
        data = self._data
        names_end = _end(data, data[2])
        tops_end = _end(data, names_end)
        strings_end = _end(data, tops_end)
        self._names, self._strings = bytes(data[:names_end]), bytes(data[tops_end:strings_end])
        self._top = _dictionary(_item(data, names_end, 0))
        self._glyphs, self._select = (self._top[key].integers[0] for key in (CHARSTRINGS, FD_SELECT))
        self._of_all = _shared(data, strings_end)
        array = self._top[FD_ARRAY].integers[0]
        self._dictionaries = [_dictionary(_item(data, array, index)) for index in range(_count(data, array))]
        privates = [_private(data, one) for one in self._dictionaries]
        self._privates, self._own = [raw for raw, _ in privates], [shared for _, shared in privates]

    def cut(self, glyphs: Iterable[int]) -> bytes | None:
        """A bare CFF font of those ``glyphs`` that there are, each with its number as CID.

        None where one of them is drawn in a way that is not expected here.
        """
        count = _count(self._data, self._glyphs)
        kept = sorted(glyph for glyph in {0, *glyphs} if glyph < count)
        selected = bytes(_selected(self._data, self._select, kept))
        try:
            wholes = [self._whole(glyph, which) for glyph, which in zip(kept, selected, strict=True)]
        except UNEXPECTED:
            return None
        parts = {
            CHARSET: pack(f">B{len(kept) - 1}H", 0, *kept[1:]),
            FD_SELECT: bytes((0, *selected)),
            CHARSTRINGS: _index(wholes),
        }
        head, _ = self._written(parts, 0)  # wherever the rest begins, the head is as long
        before, between = self._names, self._strings + _index(())
        head, rest = self._written(parts, len(before) + len(head) + len(between))
        return before + head + between + rest

    def _whole(self, glyph: int, which: int) -> bytes:
        known = self._wholes.get(glyph)
        if known is None:
            known = whole(_item(self._data, self._glyphs, glyph), self._own[which], self._of_all)
            if len(self._wholes) >= REMEMBERED:
                self._wholes.clear()
            self._wholes[glyph] = known
        return known

    def _written(self, parts: Mapping[int, bytes], at: int) -> tuple[bytes, bytes]:
        """The top dictionary, and all that it points to, which begins ``at``."""
        made, places, own = b"", {}, []
        for operator, part in parts.items():
            places[operator] = (at + len(made),)
            made += part
        for one, private in zip(self._dictionaries, self._privates, strict=True):
            own.append(_packed(one, {PRIVATE: (len(private), at + len(made))}))
            made += private
        places[FD_ARRAY] = (at + len(made),)
        return _index([_packed(self._top, places)]), made + _index(own)


def _count(data: bytes | memoryview, index: int) -> int:
    return int(unpack_from(">H", data, index)[0])


def _offset(data: bytes | memoryview, index: int, number: int) -> int:
    """Where the item ``number`` of the INDEX at ``index`` begins, and the one before ends."""
    count, size = _count(data, index), data[index + 2]
    at = index + 3 + number * size
    return index + 2 + (count + 1) * size + int.from_bytes(data[at : at + size], "big")


def _item(data: bytes | memoryview, index: int, number: int) -> bytes:
    return bytes(data[_offset(data, index, number) : _offset(data, index, number + 1)])


def _end(data: bytes | memoryview, index: int) -> int:
    count = _count(data, index)
    return _offset(data, index, count) if count else index + 2


def _index(items: Sequence[bytes]) -> bytes:
    if not items:
        return b"\0\0"
    offsets, at = [1], 1
    for item in items:
        at += len(item)
        offsets.append(at)
    return pack(f">HB{len(offsets)}I", len(items), 4, *offsets) + b"".join(items)


def _dictionary(data: bytes) -> Dictionary:
    entries: dict[int, Entry] = {}
    at = start = 0
    integers: list[int] = []
    while at < len(data):
        first = data[at]
        if first < 28:  # an operator; of two bytes after an escape
            operator, size = (first << 8 | data[at + 1], 2) if first == ESCAPE else (first, 1)
            entries[operator] = Entry(data[start:at], tuple(integers))
            start, integers = at + size, []
        elif first == 30:  # a decimal number; half a byte of ones ends it
            size = 2
            while data[at + size - 1] & 15 != 15:
                size += 1
        else:
            size, value = _integer(data, at)
            integers.append(value)
        at += size
    return entries


def _integer(data: bytes, at: int) -> tuple[int, int]:
    """An integer: how many bytes it takes, and its value."""
    first = data[at]
    if first == 28:
        return 3, int(unpack_from(">h", data, at + 1)[0])
    if first == 29:
        return 5, int(unpack_from(">i", data, at + 1)[0])
    if first < 247:
        return 1, first - 139
    high, sign = (first - 247, 1) if first < 251 else (first - 251, -1)
    return 2, sign * (high * 256 + data[at + 1] + 108)


def _packed(entries: Dictionary, changed: Mapping[int, tuple[int, ...]]) -> bytes:
    """A dictionary with other integers for some operators, each of them in five bytes."""
    made = b""
    for operator, entry in entries.items():
        made += b"".join(pack(">Bi", 29, value) for value in changed[operator]) if operator in changed else entry.raw
        made += pack(">H", operator) if operator >> 8 else bytes((operator,))
    return made


def _private(data: bytes | memoryview, dictionary: Dictionary) -> tuple[bytes, Shared]:
    """What a private dictionary says of widths, and the subroutines of its glyphs."""
    size, at = dictionary[PRIVATE].integers
    own = _dictionary(bytes(data[at : at + size]))
    widths = {operator: entry for operator, entry in own.items() if operator in WIDTHS}
    return _packed(widths, {}), _shared(data, at + own[SUBROUTINES].integers[0]) if SUBROUTINES in own else NOTHING


def _shared(data: bytes | memoryview, index: int) -> Shared:
    return Shared(_count(data, index), partial(_item, data, index))


def _selected(data: bytes | memoryview, at: int, glyphs: Sequence[int]) -> Iterator[int]:
    """The number of each glyph's own dictionary; ``glyphs`` from the first to the last."""
    if data[at] == 0:
        yield from (data[at + 1 + glyph] for glyph in glyphs)
        return
    for glyph in glyphs:  # format 3: ranges, each up to where the next begins
        while unpack_from(">H", data, at + 6)[0] <= glyph:
            at += 3
        yield data[at + 5]
