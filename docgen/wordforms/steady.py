"""What in LibreOffice's PDFs tells when and in which turn they were made, set to what is the same each time.

Without this a file that got lost could not be made again byte for byte.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Any

import pikepdf

ICC_DATE, ICC_ID = slice(24, 36), slice(84, 100)
"""Where a colour profile holds its date and the sum of its bytes (ICC.1, 7.2)."""
PROFILED = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
UNIQUE = re.compile(rb"(?<=/UniqueID )[0-9]{7}(?= def)")
FIRST_UNIQUE = 4_100_001
EEXEC = 55665
FACTOR, SUMMAND = 52845, 22719
"""Of the cipher of a Type 1 font's private part (Adobe Type 1 Font Format, 7.1)."""


def steady(file: pikepdf.Pdf) -> None:
    """Set the clock and the counters in ``file`` back."""
    for intent in file.Root.get("/OutputIntents", ()):
        profile = intent.get("/DestOutputProfile")
        if profile is not None:
            content = bytearray(profile.read_bytes())
            content[ICC_DATE] = PROFILED
            content[ICC_ID] = bytes(ICC_ID.stop - ICC_ID.start)
            profile.write(bytes(content))
    for number, font in enumerate(_type_1_fonts(file)):
        _renumber(font, str(FIRST_UNIQUE + number).encode())
    for key in ("/DocChecksum", "/ID"):
        if key in file.trailer:
            del file.trailer[key]


def _type_1_fonts(file: pikepdf.Pdf) -> Iterator[Any]:
    for one in file.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor" and "/FontFile" in one:
            yield one.FontFile


def _renumber(font: Any, number: bytes) -> None:
    """LibreOffice counts the fonts that it has converted since it was started."""
    content = font.read_bytes()
    clear = int(font.Length1)
    hidden = clear + int(font.Length2)
    private = _decrypted(content[clear:hidden])
    written = UNIQUE.sub(number, content[:clear]) + _encrypted(UNIQUE.sub(number, private)) + content[hidden:]
    lengths = {key: font[key] for key in ("/Length1", "/Length2", "/Length3")}
    font.write(written)
    for key, length in lengths.items():
        font[key] = length


def _decrypted(cipher: bytes) -> bytes:
    key, plain = EEXEC, bytearray()
    for one in cipher:
        plain.append(one ^ key >> 8)
        key = ((one + key) * FACTOR + SUMMAND) & 0xFFFF
    return bytes(plain)


def _encrypted(plain: bytes) -> bytes:
    key, cipher = EEXEC, bytearray()
    for one in plain:
        made = one ^ key >> 8
        cipher.append(made)
        key = ((made + key) * FACTOR + SUMMAND) & 0xFFFF
    return bytes(cipher)
