"""Cut an OpenType font down to a bare CFF font of few glyphs, each called by the number that it had.

A subset that keeps the glyphs' numbers, as PDF engines make it, keeps places for all the others too: of 63,000 glyphs
of a Chinese font 600 are used, and the rest leave an entry each in five tables. A CFF font with CIDs says itself which
number a glyph has, so that the glyphs can stand close together, and in a PDF it needs no table beside it. Outlines and
widths are copied as they are. The format is described in Adobe's Technical Note 5176.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from struct import error as StructError
from struct import pack, unpack_from
from typing import NamedTuple

ESCAPE = 12
CHARSET, CHARSTRINGS, PRIVATE, SUBROUTINES = 15, 17, 18, 19
FD_ARRAY, FD_SELECT = ESCAPE << 8 | 36, ESCAPE << 8 | 37


class Entry(NamedTuple):
    """An entry of a dictionary: its operands as they stand there, and those that are integers."""

    raw: bytes
    integers: tuple[int, ...]


Dictionary = Mapping[int, Entry]
"""By operator, in the order of the file."""


def compact(font: bytes, glyphs: Iterable[int]) -> bytes | None:
    """``font``, an OpenType file, as a bare CFF font of those ``glyphs`` that it has, each with its number as CID.

    None where it is no font with CIDs, where glyphs share parts of their outlines, or where it is put together in a way
    that is not expected here: such a one stays as it is.
    """
    try:
        return cut(_table(font, b"CFF "), glyphs, shared=False)
    except (IndexError, StructError):
        return None


def cut(data: bytes | memoryview, glyphs: Iterable[int], *, shared: bool) -> bytes | None:
    """As ``compact``, of a ``CFF`` table; ``shared``: parts that glyphs share are kept, all of them."""
    try:
        return _cut(data, glyphs, shared)
    except (IndexError, KeyError, ValueError, StructError):
        return None


def _cut(data: bytes | memoryview, glyphs: Iterable[int], shared: bool) -> bytes | None:
    if not data:
        return None
    names_end = _end(data, data[2])
    tops_end = _end(data, names_end)
    strings_end = _end(data, tops_end)
    end = _end(data, strings_end)
    top = _dictionary(_item(data, names_end, 0))
    if not top.keys() >= {FD_ARRAY, FD_SELECT} or (_count(data, strings_end) and not shared):
        return None
    array = top[FD_ARRAY].integers[0]
    dictionaries = [_dictionary(_item(data, array, index)) for index in range(_count(data, array))]
    privates = [_private(data, one) for one in dictionaries]
    if any(routines for _, routines in privates) and not shared:
        return None
    shapes = top[CHARSTRINGS].integers[0]
    kept = sorted(glyph for glyph in {0, *glyphs} if glyph < _count(data, shapes))
    parts = {
        CHARSET: pack(f">B{len(kept) - 1}H", 0, *kept[1:]),
        FD_SELECT: bytes((0, *_selected(data, top[FD_SELECT].integers[0], kept))),
        CHARSTRINGS: _index([_item(data, shapes, glyph) for glyph in kept]),
    }

    def written(at: int) -> tuple[bytes, bytes]:
        """The top dictionary, and all that it points to, which begins ``at``."""
        made, places, own = b"", {}, []
        for operator, part in parts.items():
            places[operator] = (at + len(made),)
            made += part
        for one, (private, routines) in zip(dictionaries, privates, strict=True):
            own.append(_packed(one, {PRIVATE: (len(private), at + len(made))}))
            made += private + routines
        places[FD_ARRAY] = (at + len(made),)
        return _index([_packed(top, places)]), made + _index(own)

    head, _ = written(0)  # wherever the rest begins, the head is as long
    before, between = bytes(data[:names_end]), bytes(data[tops_end:end])
    head, rest = written(len(before) + len(head) + len(between))
    return before + head + between + rest


def _table(font: bytes, wanted: bytes) -> bytes:
    """A table of an OpenType file; empty where it has none."""
    for number in range(unpack_from(">H", font, 4)[0]):
        tag, _, at, length = unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == wanted:
            return font[at : at + length]
    return b""


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


def _private(data: bytes | memoryview, dictionary: Dictionary) -> tuple[bytes, bytes]:
    """A private dictionary, and the subroutines that follow it when they are written."""
    size, at = dictionary[PRIVATE].integers
    raw = bytes(data[at : at + size])
    own = _dictionary(raw)
    if SUBROUTINES not in own:
        return raw, b""
    routines = at + own[SUBROUTINES].integers[0]
    size = len(_packed(own, {SUBROUTINES: (0,)}))
    return _packed(own, {SUBROUTINES: (size,)}), bytes(data[routines : _end(data, routines)])


def _selected(data: bytes | memoryview, at: int, glyphs: Sequence[int]) -> Iterator[int]:
    """The number of each glyph's own dictionary; ``glyphs`` from the first to the last."""
    if data[at] == 0:
        yield from (data[at + 1 + glyph] for glyph in glyphs)
        return
    for glyph in glyphs:  # format 3: ranges, each up to where the next begins
        while unpack_from(">H", data, at + 6)[0] <= glyph:
            at += 3
        yield data[at + 5]
