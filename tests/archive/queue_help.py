"""An office with issued papers, and piles of small scans of which pages wait: put there without reading any."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import img2pdf
from pikepdf import Pdf
from PIL import Image

from docgen.archive.copies import Sheet, Sources, copy_pdf
from docgen.archive.filing import carry_out, kept_file, opened_archive, planned
from docgen.archive.piles import Examined
from docgen.archive.shelves import archive_in, copy_path, picture_path, pile_path, report_path
from docgen.model.issued import IssuedFile
from docgen.model.returned import Copy, CopyPage, Pile, PileFile, Suggestion, Waiting
from docgen.office.ledger import Entry, Ledger
from docgen.office.publish import PRIVATE
from docgen.office.returned_lines import returned_entry, sorted_entry, taken_in_entry, waiting_entry
from docgen.office.returns import Returns
from docgen.office.store import Store
from tests.office.pack_help import on_record, paper
from tests.office.record_help import issue

ON = date(2026, 3, 20)
MARK = "1a2b3c4d"
LETTER, PLAN, NOTES, SHORT, MONTHLY = "E1-1-L", "E1-1-P", "E1-1-N-1", "E2-1-L", "E1-1-M-2026-01"
WORD_ONLY = "E3-1-L"
"""Papers of three pages; of two (the letter, in its second revision); of one; and one without a PDF."""


@cache
def _office() -> tuple[TemporaryDirectory[str], Path]:
    """Made once a process."""
    folder = TemporaryDirectory()
    return folder, _made(Path(folder.name) / "out")


def office(out: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(_office()[1], out))


def _made(out: Path) -> Path:
    """The letter has two pages and a second revision, the plan three pages, all else one; one paper is Word only."""
    letter = paper(LETTER)
    second = replace(letter, revision=2, files={"pdf": IssuedFile("E1/E1-1-L-r2.pdf", "", 0, 2)})
    notes = paper(NOTES, "notes", pages=1)
    papers = [
        letter,
        second,
        paper(PLAN, "plan", pages=3),
        notes,
        paper(SHORT, pages=1),
        paper(MONTHLY, "monthly", pages=1),
    ]
    on_record(out, papers)
    with opened_archive(out, PRIVATE) as store:
        issue(store, WORD_ONLY, "E3-1", "E3")
    return out


@contextmanager
def held(out: Path) -> Iterator[Store]:
    with opened_archive(out, PRIVATE) as store:
        yield store


@dataclass(frozen=True, slots=True)
class Page:
    """A page that waits: which of the pile's, why, and what it probably is."""

    at: int
    why: str = "no_code"
    suggestion: Suggestion | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Back:
    """A copy that the pile holds: its pages, each with the pile's page that it is."""

    number: str
    pages: Mapping[int, int]
    revision: int = 1
    copy: int = 1


def pile(
    out: Path,
    waits: Sequence[Page] = (),
    copies: Sequence[Back] = (),
    files: Mapping[str, int] | None = None,
    mark: str = MARK,
    is_sorted: bool = True,
) -> Pile:
    """A pile that was taken in and sorted. ``files``: how many pages each has; one of four by default."""
    with held(out) as store:
        name, first, kept, contents = f"{ON}-{mark}", 1, list[PileFile](), dict[str, bytes]()
        for at, (file, pages) in enumerate((files or {"scan.pdf": 4}).items(), start=1):
            path = pile_path(name, at, file, ".pdf")
            contents[path] = scan(mark, range(first, first + pages))
            kept.append(PileFile(file, kept_file(path, contents[path]), first, pages))
            first += pages
        made = Pile(name, tuple(kept))
        _put(store, contents, taken_in_entry(made, ON))
        if is_sorted:
            _sort(store, made, waits, copies)
    return made


def _sort(store: Store, made: Pile, waits: Sequence[Page], copies: Sequence[Back]) -> None:
    contents, lines = dict[str, bytes](), list[Entry]()
    for back in copies:
        issued = Returns(store.register).revisions(back.number)[back.revision]
        of = issued.files["pdf"].pages
        path = copy_path(issued, back.copy, len(back.pages), of)
        contents[path] = _copied(store, made, back.pages.values())
        pages = tuple(CopyPage(page, made.leaf(at)) for page, at in back.pages.items())
        copy = Copy(back.number, back.revision, back.copy, kept_file(path, contents[path]), of, pages)
        lines.append(returned_entry(copy, ON))
    for page in waits:
        leaf = made.leaf(page.at)
        path = picture_path(leaf)
        contents[path] = leaf.encode()
        picture = kept_file(path, contents[path])
        lines.append(waiting_entry(Waiting(leaf, made.name, page.why, picture, page.details, page.suggestion), ON))
    report = report_path(made.name)
    contents[report] = b"{}"
    _put(store, contents, *lines, sorted_entry(made.name, kept_file(report, b"{}"), {}, ON))


def _copied(store: Store, made: Pile, places: Iterable[int]) -> bytes:
    sources, sheets = Sources(), []
    for at in places:
        file = next(one for one in made.files if one.first <= at < one.first + one.pages)
        examined = Examined(
            archive_in(store.out) / file.file.path, "pdf", file.file.sha256, file.file.size, file.pages, False
        )
        sheets.append(Sheet(examined, at - file.first + 1))
    try:
        return copy_pdf(sheets, sources)
    finally:
        sources.close()


def _put(store: Store, contents: Mapping[str, bytes], *lines: Entry) -> None:
    files = [kept_file(path, content) for path, content in contents.items()]
    carry_out(store, planned(store, ON, files, lines), contents)


def scan(mark: str, places: Sequence[int]) -> bytes:
    """A PDF of small pictures, none like another of any pile."""
    pictures = []
    for at in places:
        target = BytesIO()
        grey = (f"{mark}-{at}-".encode() * 100)[: 20 * 28]
        Image.frombytes("L", (20, 28), grey).save(target, "PNG")
        pictures.append(target.getvalue())
    made = img2pdf.convert(pictures, nodate=True)
    assert isinstance(made, bytes)
    return made


def pictures(file: Path) -> list[bytes]:
    """The picture of each page, as it is stored."""
    with Pdf.open(file) as pdf:
        return [next(iter(page.obj.Resources.XObject.values())).read_raw_bytes() for page in pdf.pages]


def turns(file: Path) -> list[int]:
    with Pdf.open(file) as pdf:
        return [int(page.obj.get("/Rotate", 0)) for page in pdf.pages]


def files_in(out: Path) -> dict[str, bytes]:
    """All that lies in the archive, by path, but for the piles."""
    folder = archive_in(out)
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith("intake/")}


def events(out: Path) -> list[str]:
    return [entry.event for entry in Ledger(out).read().entries]


def agrees(out: Path) -> bool:
    """Whether exactly those files lie there that are on record."""
    with held(out) as store:
        kept = Returns(store.register).kept()
    folder = archive_in(out)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return there - {"manifest-sha256.txt"} == set(kept)
