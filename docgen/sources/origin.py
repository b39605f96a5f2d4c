"""Where a file comes from: what docgen wrote into the properties of a workbook, or at the head of a case in YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.definitions.tabs import FORMS, LANGUAGE, LAYOUT, PREDECESSOR, ROLLED, SENT
from docgen.model.record import RolledOver
from docgen.sources.grid import Book

ROLLED_OVER, FROM = "rolled_over", "from"
"""The names under which a case in YAML says that it was rolled over, beside its sheets, and which files it replaces."""
MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
DIGEST = re.compile(r"[0-9a-f]{64}")
LAYOUTS, LANGUAGES = ("table", "card"), ("en", "zh")


@dataclass(frozen=True, slots=True)
class Source:
    """A file (or a folder of tables) that was read.

    ``digest``: its SHA-256 (hexadecimal), '' where that can't be had. ``workbook``: whether it is one. The others are
    what docgen wrote into the properties of a workbook, '' or None where nothing says so: ``layout`` (``table`` or
    ``card``), ``language`` (``en`` or ``zh``) of its labels, ``forms``, ``sent`` (which one of those that were sent
    out), and ``rolled``.
    """

    path: Path
    digest: str = ""
    workbook: bool = False
    layout: str = ""
    language: str = ""
    forms: tuple[str, ...] = ()
    sent: str = ""
    rolled: RolledOver | None = None


def workbook_source(book: Book, path: Path) -> Source:
    """What ``book`` tells of itself; what docgen would not have written there counts as nothing."""
    said = book.properties
    layout, language = said.get(LAYOUT, ""), said.get(LANGUAGE, "")
    return Source(
        path,
        book.digest,
        True,
        layout if layout in LAYOUTS else "",
        language if language in LANGUAGES else "",
        tuple(filter(None, map(str.strip, said.get(FORMS, "").split(",")))),
        said.get(SENT, ""),
        _of_properties(said),
    )


def _of_properties(said: Mapping[str, str]) -> RolledOver | None:
    if not MONTH.fullmatch(said.get(ROLLED, "")):
        return None
    found: list[str] = []
    while digest := said.get(f"{PREDECESSOR}-{len(found) + 1}" if found else PREDECESSOR):
        found.append(digest.lower())
    return RolledOver(said[ROLLED], tuple(digest for digest in found if DIGEST.fullmatch(digest)))


def of_head(head: Any) -> RolledOver | None:
    """What the head of a case says; None where it is no such head."""
    if not isinstance(head, Mapping) or head.keys() != {"month", FROM} or not isinstance(head[FROM], list):
        return None
    month, digests = str(head["month"]).strip(), [str(one).strip().lower() for one in head[FROM]]
    if not digests or not MONTH.fullmatch(month) or not all(map(DIGEST.fullmatch, digests)):
        return None
    return RolledOver(month, tuple(digests))
