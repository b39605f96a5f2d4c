"""Small trees, written as Word files and opened again."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from functools import cache
from typing import Any

import docx
from docx.document import Document as WordDocument
from lxml import etree

from docgen.layout.theme import Theme, load_theme
from docgen.model.document import Block, Cell, Column, Document, Language, Paragraph, Row, Table, Text
from docgen.resources import shipped
from docgen.writers.properties import Properties
from docgen.writers.word import WordPackage, build_package, write_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PROPERTIES = Properties("Plan", "Example Ltd", date(2026, 1, 5), "abc123", "en", "S1-202601-P")


@cache
def theme() -> Theme:
    return load_theme([shipped("templates") / "standard" / "theme.yaml"])


@cache
def package(lang: Language) -> WordPackage:
    return build_package(theme(), lang)


def text(words: str, lang: Language = "en", **more: Any) -> Text:
    return Text(words, lang, **more)


def par(words: str, lang: Language = "en", role: str = "", **more: Any) -> Paragraph:
    return Paragraph((text(words, lang, **more),) if words else (), role)


def cell(words: str, **more: Any) -> Cell:
    return Cell((par(words),) if words else (), **more)


def table(*rows: str, head: int = 0, role: str = "", columns: tuple[Column, ...] = (), **more: Any) -> Table:
    """A table from lines such as ``a | b``."""
    made = tuple(
        Row(tuple(cell(words.strip(), head=index < head) for words in row.split("|"))) for index, row in enumerate(rows)
    )
    count = len(rows[0].split("|"))
    return Table(columns or (Column(100 / count),) * count, made[:head], made[head:], role=role, **more)


def tree(*body: Block, lang: Language = "en", **more: Any) -> Document:
    given: dict[str, Any] = {"landscape": False, "first_head": (), "head": (), "foot": (), **more}
    return Document("Plan", lang, body=body, **given)


def written(document: Document, pictures: dict[str, bytes] | None = None) -> bytes:
    return write_docx(document, package(document.lang), PROPERTIES, pictures or {})


def opened(document: Document, pictures: dict[str, bytes] | None = None) -> WordDocument:
    return docx.Document(io.BytesIO(written(document, pictures)))


def part(content: bytes, name: str) -> Any:
    """A part's XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def body_xml(document: Document) -> Any:
    return part(written(document), "word/document.xml")


def said(element: Any) -> str:
    """The text below ``element`` as its ``w:t`` give it."""
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def paragraphs(root: Any) -> list[tuple[str, bool]]:
    """Each paragraph that says something, and whether it stays with the next."""
    return [(said(node), node.find(f"{W}pPr/{W}keepNext") is not None) for node in root.iter(f"{W}p") if said(node)]


def media(content: bytes) -> dict[str, bytes]:
    """The pictures of a Word file by their names in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith("word/media/")}


def running(content: bytes, kind: str) -> list[Any]:
    """Its heads (``header``) or feet (``footer``)."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = sorted(name for name in archive.namelist() if name.startswith(f"word/{kind}"))
        return [etree.fromstring(archive.read(name)) for name in names]
