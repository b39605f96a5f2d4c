"""A zip is looked through before any parser gets it: how much is in it, its names, what its XML declares."""

from __future__ import annotations

import lzma
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pyexpat import ExpatError, ParserCreate
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

MEBIBYTE = 2**20
MOST_PARTS = 2_000
PART_LIMIT = 50 * MEBIBYTE
WHOLE_LIMIT = 200 * MEBIBYTE
RATIO = 200
"""A part may grow to so many times what it takes in the file; below SMALL, where it can do no harm, to any size."""
SMALL = 5 * MEBIBYTE
CHUNK = 2**16

ENTRY = b"PK\x01\x02"
"""Every entry of a zip's directory begins so; a directory of millions is refused before it is built."""
ENCRYPTED = 0x1

MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_CELLS = 3_000_000
"""Cells with a value: where they may stand, and how many a file may hold."""
MOST_TAGS = 6_000_000
"""Besides those of cells with a value: rows, blank cells with a format, texts."""
DEEPEST = 10_000
"""So many elements may be open at once; expat keeps a record of each."""

DAMAGE = (
    *(BadZipFile, zlib.error, lzma.LZMAError, struct.error, ExpatError, EOFError, OSError, ArithmeticError),
    *(LookupError, ValueError, NotImplementedError, RuntimeError),
)
"""What zipfile, expat and the readers raise on a damaged file."""


class Refusal(Exception):
    """Why a file can't be read: ``kind`` is one of FAULTS in ``files.py``, ``cell`` its place inside the file."""

    def __init__(self, kind: str, value: str = "", cell: str = "", **details: str) -> None:
        super().__init__(kind)
        self.kind, self.value, self.cell, self.details = kind, value, cell, details


class _RootReached(Exception):
    """A document type can only be declared before the root element."""


@contextmanager
def damage_refused() -> Iterator[None]:
    """Whatever a damaged file makes the readers raise becomes the Refusal that it is damaged."""
    try:
        yield
    except DAMAGE as error:
        raise Refusal("damaged_book") from error


def open_zip(content: bytes) -> ZipFile:
    """The zip, every part of which was inflated once, counted, and found harmless and undamaged; else a Refusal.

    Sizes are counted while inflating: those in the directory may lie.
    """
    if content.count(ENTRY) > 2 * MOST_PARTS:
        raise Refusal("too_many_parts", limit=f"{MOST_PARTS:,}")
    with damage_refused():
        archive = ZipFile(BytesIO(content))
        parts = archive.infolist()
        _check_names(parts)
        whole = tags = values = 0
        for part in parts:
            for piece in _inflated(archive, part):
                whole += len(piece)
                if whole > WHOLE_LIMIT or whole > max(RATIO * len(content), SMALL):
                    raise Refusal("swollen_parts")
                # Millions of cells are counted in no time here; to read them before they are refused takes long.
                tags += piece.count(b"<")
                values += piece.count(b"v>")
                if tags - 2 * values > MOST_TAGS or values > 2 * MOST_CELLS:
                    raise Refusal("too_many_cells", limit=f"{MOST_CELLS:,}")
        return archive


def _check_names(parts: list[ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise Refusal("too_many_parts", limit=f"{MOST_PARTS:,}")
    seen = set()
    for part in parts:
        name = part.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name.partition("/")[0] or ".." in name.split("/") or name.casefold() in seen:
            raise Refusal("unsafe_parts")
        seen.add(name.casefold())
        if part.flag_bits & ENCRYPTED:
            raise Refusal("locked_parts")
        if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Refusal("damaged_book")


def _inflated(archive: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    """The pieces of a part, as they come out; zipfile compares the checksum at its end."""
    size = depth = 0
    limit = min(PART_LIMIT, max(RATIO * part.compress_size, SMALL))
    prolog: Any = _prolog_reader()
    is_xml = True
    with archive.open(part) as file:
        while piece := file.read(CHUNK):
            size += len(piece)
            if size > limit:
                raise Refusal("swollen_parts")
            yield piece
            depth += piece.count(b"<") - 2 * piece.count(b"</") - piece.count(b"/>")
            if prolog is not None:
                try:
                    prolog.Parse(piece, False)
                except ExpatError:  # no XML at all: a picture, or what its reader will refuse
                    prolog, is_xml = None, False
                except _RootReached:
                    prolog = None
            if is_xml and depth > DEEPEST:
                raise Refusal("damaged_book")


def _prolog_reader() -> Any:
    def declared(*_: object) -> None:
        raise Refusal("declares_entities")

    def began(*_: object) -> None:
        raise _RootReached

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = began
    return parser
