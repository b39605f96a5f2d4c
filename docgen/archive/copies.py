"""A signed copy as one PDF, put together from pages of piles; their pictures stay byte for byte as they were."""

from __future__ import annotations

import warnings
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from pikepdf import Dictionary, Name, Page, Pdf, PdfError, StreamDecodeLevel, parse_content_stream

from docgen.archive.piles import Examined, as_pdf

VERSION = "1.7"
MOST_OPEN = 8
"""Files of piles that are held open at a time; one that is a picture is held in memory."""
OF_A_PAGE = frozenset(
    {
        *("/Type", "/Parent", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit"),
        *("/Contents", "/Resources", "/Group", "/Annots"),
    }
)
"""What a page takes along: all that shows, and no notes of the program that scanned it."""
FAILURES = (PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError, OSError, MemoryError)
"""What reading a damaged page comes to."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that goes into a copy: the ``page``-th of a file, from 1. ``turn``: degrees clockwise by which what a
    viewer shows must be turned."""

    file: Examined
    page: int
    turn: int = 0


class NotCopied(Exception):
    """Some pages are too damaged to be copied. ``places``: which of those that were asked for, from 0."""

    def __init__(self, places: Sequence[int]) -> None:
        super().__init__(", ".join(map(str, places)))
        self.places = tuple(places)


@dataclass(slots=True)
class Sources:
    """The files that pages are taken from, opened as PDF when they are asked for. To be closed in the end."""

    _open: OrderedDict[Path, Pdf] = field(default_factory=OrderedDict)

    def pdf(self, file: Examined) -> Pdf:
        if file.path not in self._open:
            found = as_pdf(file)
            self._open[file.path] = Pdf.open(BytesIO(found) if isinstance(found, bytes) else found)
        self._open.move_to_end(file.path)
        return self._open[file.path]

    def close(self, but: int = 0) -> None:
        """Close all ``but`` so many that were asked for last. A copy needs its sources until it is saved."""
        while len(self._open) > but:
            self._open.popitem(last=False)[1].close()


def copy_pdf(sheets: Sequence[Sheet], sources: Sources) -> bytes:
    """The pages of ``sheets`` as one PDF: the same bytes for the same pages, without a title, dates or names.

    Raises:
        NotCopied: some of them can't be copied.
    """
    try:
        with warnings.catch_warnings(action="ignore"):  # of forms, whose fields a copy shows but nobody fills in
            return _copied(sheets, sources)
    except FAILURES as error:
        faulty = [at for at, sheet in enumerate(sheets) if not _is_sound(sheet, sources)]
        raise NotCopied(faulty or range(len(sheets))) from error
    finally:
        sources.close(MOST_OPEN)


def _is_sound(sheet: Sheet, sources: Sources) -> bool:
    try:
        return bool(_copied([sheet], sources))
    except FAILURES:
        return False


def _copied(sheets: Sequence[Sheet], sources: Sources) -> bytes:
    target = BytesIO()
    with Pdf.new() as made:
        for sheet in sheets:
            made.pages.append(sources.pdf(sheet.file).pages[sheet.page - 1])
            page = made.pages[-1]
            for key in [key for key in page.obj.keys() if key not in OF_A_PAGE]:  # noqa: SIM118 - it is no dict
                del page.obj[key]
            page.rotate(sheet.turn, relative=True)
        made.remove_unreferenced_resources()
        _refuse_layers(made)
        for page in made.pages:
            _refuse_strangers(page)
        made.save(
            target,
            min_version=VERSION,
            deterministic_id=True,
            compress_streams=False,
            stream_decode_level=StreamDecodeLevel.none,
        )
    return target.getvalue()


def _refuse_layers(made: Pdf) -> None:
    """What says which layers are hidden stays with the pile: a copy would show them all.

    Raises:
        ValueError: a page has layers.
    """
    if any(isinstance(one, Dictionary) and one.get("/Type") == Name.OCG for one in made.objects):
        raise ValueError("layers")


def _refuse_strangers(page: Page) -> None:
    """Pages of a pile may share one list of pictures; those of other people's pages must not go along.

    Raises:
        ValueError: there are pictures that the page doesn't show.
    """
    pictures = page.resources.get(Name.XObject, Dictionary()) if Name.Resources in page.obj else Dictionary()
    if len(pictures) < 2:
        return
    shown = {str(one.operands[0]) for one in parse_content_stream(page, "Do") if one.operands}
    if not set(pictures.keys()) <= shown:
        raise ValueError("pictures of other pages")
