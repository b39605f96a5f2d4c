"""Several PDFs in one file, to be printed in one go: each document begins on the front of a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from pikepdf import Dictionary, Encryption, Name, OutlineItem, Pdf

TAGS = (Name.StructTreeRoot, Name.MarkInfo)
AES_256: Literal[6] = 6
"""The number that the format gives its strongest encryption."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A PDF that is put in ``copies`` times; ``title``: its bookmark."""

    title: str
    content: bytes
    copies: int = 1


def joined(first: bytes, pieces: Iterable[Piece], *, duplex: bool, password: str = "") -> bytes:
    """``first`` and then ``pieces`` as one PDF; the same bytes for the same input, unless it is encrypted.

    Title, dates and colour profile are those of ``first``. What lets a screen reader follow (the tags) can't be put
    together, and goes.

    Args:
        duplex: after an odd number of pages an empty one follows.
        password: the file is encrypted with it (AES-256); then it is no PDF/A any more, and doesn't say so.
    """
    with Pdf.open(BytesIO(first)) as made:
        for tag in TAGS:
            if tag in made.Root:
                del made.Root[tag]
        marks: list[tuple[str, int]] = []
        _even(made, duplex)
        for piece in pieces:
            with Pdf.open(BytesIO(piece.content)) as source:
                marks.append((piece.title, len(made.pages)))
                for _ in range(piece.copies):
                    made.pages.extend(source.pages)
                    _even(made, duplex)
        for page in made.pages:
            if Name.StructParents in page.obj:
                del page.obj[Name.StructParents]
        with made.open_outline() as outline:
            outline.root[:] = [OutlineItem(title, at) for title, at in marks]
        made.Root.ViewerPreferences = _printing(duplex)
        return _saved(made, password)


def _even(made: Pdf, duplex: bool) -> None:
    """Let what follows begin on the front of a sheet."""
    if duplex and len(made.pages) % 2:
        left, low, right, high = map(float, made.pages[-1].mediabox)
        made.add_blank_page(page_size=(right - left, high - low))


def _printing(duplex: bool) -> Dictionary:
    """What a viewer's print dialog is to begin with: nothing is scaled, and sheets are turned as a book's pages."""
    turned = Name.DuplexFlipLongEdge if duplex else Name.Simplex
    return Dictionary(DisplayDocTitle=True, PrintScaling=Name("/None"), Duplex=turned)


def _saved(made: Pdf, password: str) -> bytes:
    target = BytesIO()
    if not password:
        made.save(target, deterministic_id=True)
        return target.getvalue()
    with made.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
        for claim in ("pdfaid:part", "pdfaid:conformance"):
            if claim in about:
                del about[claim]
    made.save(target, encryption=Encryption(user=password, owner=password, R=AES_256), preserve_pdfa=False)
    return target.getvalue()
