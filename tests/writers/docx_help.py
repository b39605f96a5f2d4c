"""Word files as companies give them: made with python-docx, then spoiled where a test asks for it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from PIL import Image

CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT_RELS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Change = Callable[[dict[str, bytes]], None]


def saved(document: WordDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@cache
def plain_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("Qinghe Instruments Ltd")
    document.add_picture(io.BytesIO(png(8, 8)))
    return saved(document)


@cache
def png(width: int, height: int, colour: str = "teal") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(stream, "PNG")
    return stream.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A PNG that says it is so large; what follows the header is not there."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def changed(content: bytes, *changes: Change) -> bytes:
    parts = unpacked(content)
    for change in changes:
        change(parts)
    return packed(parts)


def part(name: str, content: bytes) -> Change:
    """Puts a part in, or in the place of another."""
    return lambda parts: parts.update({name: content})


def without(name: str) -> Change:
    def change(parts: dict[str, bytes]) -> None:
        del parts[name]

    return change


def swapped(name: str, old: str, new: str) -> Change:
    def change(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[name], f"{name} has no {old}"
        parts[name] = parts[name].replace(old.encode(), new.encode(), 1)

    return change


def related(kind: str, target: str, *, external: bool = True, owner: str = DOCUMENT_RELS) -> Change:
    mode = ' TargetMode="External"' if external else ""
    one = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'

    def change(parts: dict[str, bytes]) -> None:
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        parts[owner] = parts.get(owner, empty).replace(b"</Relationships>", one.encode())

    return change


def in_body(xml: str) -> Change:
    """Puts markup at the beginning of the body."""
    return swapped("word/document.xml", "<w:body>", f"<w:body>{xml}")


def put(folder: Path, content: bytes, name: str = "letterhead.docx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
