"""How a file of a pile is looked at, in a process that may die of it: kind, faults, pages, digital signatures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pypdfium2 import raw

from docgen.archive.picture_files import MOST_PAGES, pages_of
from docgen.archive.piles import Examined, Kind, Refused
from docgen.archive.unfit import (
    BYTES,
    DAMAGED,
    DYNAMIC,
    EMPTY,
    ENCRYPTED,
    GONE,
    NO_PAGES,
    NO_SCAN,
    PAGES,
    PAGES_DIFFER,
    PORTFOLIO,
    TOO_LARGE,
    Unfit,
    damage_told,
)

HEAD = 1024
"""Bytes in which a PDF must say that it is one."""
STARTS: dict[bytes, Kind] = {
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"II*\0": "tiff",
    b"MM\0*": "tiff",
    b"II+\0": "tiff",
    b"MM\0+": "tiff",
}
MOST_BYTES, MOST_PICTURE_BYTES = 4 * 2**30, 200 * 2**20
MOST_FIELDS = 10_000
"""Form fields in which a signature is looked for."""


def look(path: Path) -> Examined | Refused:
    """What a file is."""
    try:
        with path.open("rb") as file:
            return _examined(path, file)
    except Unfit as unfit:
        return Refused(unfit.words.filled(file=path, **unfit.names))
    except OSError as error:
        return Refused(GONE.filled(file=path, reason=error.strerror or type(error).__name__))


def _examined(path: Path, file: BufferedReader) -> Examined:
    head = file.read(HEAD)
    size = file.seek(0, 2)
    file.seek(0)
    if not head:
        raise Unfit(EMPTY)
    kind = _kind(head)
    if kind is None:
        raise Unfit(NO_SCAN)
    limit = MOST_BYTES if kind == "pdf" else MOST_PICTURE_BYTES
    if size > limit:
        raise Unfit(TOO_LARGE, limit=BYTES.filled(count=limit // 2**20))
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    pages, is_signed = _pdf(path) if kind == "pdf" else (pages_of(path, kind), False)
    if not pages:
        raise Unfit(NO_PAGES)
    if pages > MOST_PAGES:
        raise Unfit(TOO_LARGE, limit=PAGES.filled(count=MOST_PAGES))
    return Examined(path, kind, sha256, size, pages, is_signed)


def _kind(head: bytes) -> Kind | None:
    for start, kind in STARTS.items():
        if head.startswith(start):
            return kind
    return "pdf" if b"%PDF-" in head else None


def _pdf(path: Path) -> tuple[int, bool]:
    """How many pages it has, by both readers, and whether it is signed."""
    with damage_told():
        try:
            opened = pikepdf.Pdf.open(path)
        except pikepdf.PasswordError as error:
            raise Unfit(ENCRYPTED) from error
        with opened as pdf:
            pages = len(pdf.pages)
            if pdf.is_encrypted:
                raise Unfit(ENCRYPTED)
            if any("reconstruct" in str(warning) for warning in pdf.get_warnings()):
                raise Unfit(DAMAGED)
            is_signed = any(map(_is_signature, _fields(pdf)))
            _refuse_wrappings(pdf, is_signed)
        others = _pages_shown(path) if pages else 0
    if pages != others:
        raise Unfit(PAGES_DIFFER, one=pages, other=others)
    return pages, is_signed


def _refuse_wrappings(pdf: pikepdf.Pdf, is_signed: bool) -> None:
    """What holds more than pages. The attachments of a signed file stay, as it is kept in one piece."""
    if "/Collection" in pdf.Root or (len(pdf.attachments) and not is_signed):
        raise Unfit(PORTFOLIO)
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        raise Unfit(DYNAMIC)


def _fields(pdf: pikepdf.Pdf) -> Iterator[Any]:
    form = pdf.Root.get("/AcroForm")
    waiting = [form.get("/Fields")] if isinstance(form, pikepdf.Dictionary) else []
    for _ in range(MOST_FIELDS):
        if not waiting:
            return
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += list(one)[:MOST_FIELDS]
        elif isinstance(one, pikepdf.Dictionary):
            yield one
            waiting.append(one.get("/Kids"))


def _is_signature(field: Any) -> bool:
    value = field.get("/V")
    return isinstance(value, pikepdf.Dictionary) and "/ByteRange" in value and "/Contents" in value


def _pages_shown(path: Path) -> int:
    shown = pypdfium2.PdfDocument(path)
    try:
        return int(raw.FPDF_GetPageCount(shown))
    finally:
        shown.close()
