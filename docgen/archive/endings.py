"""Whether the data of a packed picture are there to their end, as far as their way of packing marks it."""

from __future__ import annotations

import zlib

END_OF_FAX = 0x001001
"""Two ends of a line after another, of 12 bits each."""
TAIL = 8
"""Bytes within which the mark lies; the last may be filled up."""
END_OF_JPEG2000, BEHIND = b"\xff\xd9", 64
"""Its mark, and within how many bytes of the end it lies: something small may follow."""
BLOCK = 1 << 20


def is_fax_ended(data: bytes) -> bool:
    """Of CCITTFaxDecode: of group 4, which all scanners write, the end has a mark."""
    begin = int.from_bytes(data[:2], "big")
    if begin == 1 or begin >> 4 == 1:  # group 3: each line has a mark, and the end often none
        return True
    tail = int.from_bytes(data.rstrip(b"\r\n\0")[-TAIL:], "big")
    return any(tail >> at & 0xFFFFFF == END_OF_FAX for at in range(TAIL * 8))


def is_jpeg2000_ended(data: bytes) -> bool:
    """Of JPXDecode."""
    return END_OF_JPEG2000 in data[-BEHIND:]


def is_flate_ended(data: bytes) -> bool:
    """Of FlateDecode: the last block is marked, and a sum follows."""
    unpack = zlib.decompressobj()
    try:
        while data and not unpack.eof:
            unpack.decompress(data, BLOCK)
            data = unpack.unconsumed_tail
    except zlib.error:
        return False
    return unpack.eof
