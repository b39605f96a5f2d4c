"""What a JPEG 2000 says of itself before its points begin, and whether PDF/A-2 takes that (ISO 19005-2, 6.2.8.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

SIGNATURE = b"\r\n\x87\n"
PRESS = 12
"""The number of CMYK among the colours that the format counts; the two sets below are those of a screen."""
COLOURS = {1: frozenset((17,)), 3: frozenset((16, 18))}
PROFILES = {1: b"GRAY", 3: b"RGB "}
DEEPEST = 38
"""Bits of a channel."""


def unfit(data: bytes, width: int, height: int) -> Literal["", "colours", "strange"]:
    """Why an image ``width`` × ``height`` can't stand in an archive file in a screen's colours; empty: it can."""
    boxes = dict(_boxes(data))
    if boxes.get(b"jP  ") != SIGNATURE or b"jp2h" not in boxes:
        return "strange"
    about = [*_boxes(boxes[b"jp2h"])]
    kinds = [kind for kind, _ in about]
    if kinds.count(b"ihdr") != 1 or kinds.count(b"colr") != 1 or not {b"pclr", b"cmap"}.isdisjoint(kinds):
        return "strange"
    header, colour = dict(about)[b"ihdr"], dict(about)[b"colr"]
    if int.from_bytes(colour[3:7], "big") == PRESS and colour[:1] == b"\1":
        return "colours"
    channels = int.from_bytes(header[8:10], "big")
    size = int.from_bytes(header[4:8], "big"), int.from_bytes(header[:4], "big")
    if size != (width, height) or channels not in COLOURS or (header[10] & 127) >= DEEPEST:
        return "strange"
    match colour[0]:
        case 1:
            return "" if int.from_bytes(colour[3:7], "big") in COLOURS[channels] else "strange"
        case 2:
            return "" if colour[19:23] == PROFILES[channels] else "colours"
        case _:
            return "strange"


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The boxes that lie one after the other, each with its kind (ISO 15444-1, I.4)."""
    at = 0
    while at + 8 <= len(data):
        length, kind, begin = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], at + 8
        if length == 1:
            length, begin = int.from_bytes(data[begin : begin + 8], "big"), begin + 8
        end = at + length if length else len(data)
        if end < begin:
            return
        yield kind, data[begin:end]
        at = end
