"""Pages as they lie in the archive, to be put into a copy: in their pile, or in the copy that holds them so far."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from docgen.archive.children import limited
from docgen.archive.copies import Sheet
from docgen.archive.filing import is_there
from docgen.archive.piles import Examined, as_pdf, examine
from docgen.archive.shelves import archive_in
from docgen.archive.whereabouts import Place
from docgen.errors import RecordFault
from docgen.model.problems import Words
from docgen.model.returned import Copy, KeptFile
from docgen.office.store import Store

PDF: Literal["pdf"] = "pdf"
SECONDS = 60.0
DAMAGED = Words(
    "{file}: is gone, or no longer what was filed; docgen archive verify tells more. Put it back from a backup, then "
    "run the command again. Nothing was filed",
    "{file}：已丢失或与归档时不符；详情请运行 docgen archive verify。请从备份恢复后重试。未归档任何内容",
)


def unchanged(store: Store, file: KeptFile) -> Path:
    """Where a file of the archive lies.

    Raises:
        RecordFault: it is no longer what was filed.
    """
    place = archive_in(store.out) / file.path
    if not is_there(place, file):
        raise RecordFault(DAMAGED.filled(file=place))
    return place


def in_pile(store: Store, place: Place, turn: int = 0) -> Sheet:
    """A page of a pile. Raises RecordFault where its file is no longer what was taken in."""
    file = unchanged(store, place.file.file)
    found = examine(file)
    if not isinstance(found, Examined) or found.pages != place.file.pages:
        raise RecordFault(DAMAGED.filled(file=file))
    return Sheet(found, place.page, turn)


def in_copy(store: Store, copy: Copy) -> list[Sheet]:
    """The pages of a scanned copy, in its order, turned as they are there. Raises RecordFault, as above."""
    file = copy.file
    found = Examined(unchanged(store, file), PDF, file.sha256, file.size, len(copy.pages), False)
    return [Sheet(found, at) for at in range(1, found.pages + 1)]


def turned(original: Sheet, copied: Path, at: int) -> int:
    """By how many degrees, clockwise, a page of a pile is turned in a copy, where it is the ``at``-th, from 0; looked
    up in a process that may die of it, and 0 where it can't be told."""
    try:
        return limited(_turned, original, copied, at, seconds=SECONDS)
    except Exception:  # whatever the readers of PDFs make of damage
        return 0


def _turned(original: Sheet, copied: Path, at: int) -> int:
    return (_rotation(copied, at) - _rotation(as_pdf(original.file), original.page - 1)) % 360


def _rotation(pdf: Path | bytes, at: int) -> int:
    import pypdfium2

    page: Any = pypdfium2.PdfDocument(pdf)[at]
    return int(page.get_rotation())
