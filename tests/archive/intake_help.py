"""Issued papers, and piles whose pages say in plain text what a reader would find on them: no picture is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from pikepdf import Dictionary, Name, Pdf

from docgen.archive.filing import opened_archive
from docgen.archive.intake import Means, Note, left_unsorted, sort_out, take_in
from docgen.archive.leaves import Leaf
from docgen.archive.piles import Examined
from docgen.archive.result import Result
from docgen.archive.shelves import archive_in
from docgen.model.issued import Issued, IssuedFile
from docgen.model.page_code import page_code
from docgen.office.publish import PRIVATE
from docgen.office.returns import Returns
from tests.office.pack_help import on_record, paper

ON = date(2026, 11, 23)
BLANK, FAULTY, TURNED = "blank", "fault ", "turned "
PICTURE = b"\x89PNG picture of "


def issued(number: str, pages: int = 2, revision: int = 1, **more: Any) -> Issued:
    """A paper as it was issued, with as many pages; the PDFs themselves are empty."""
    content = sha256(f"{number} {revision}".encode()).hexdigest()
    files = {"pdf": IssuedFile(f"{number.split('-')[0]}/{number}-r{revision}.pdf", "", 0, pages)}
    return replace(paper(number, pages=pages), revision=revision, content=content, files=files, **more)


def office(out: Path, *papers: Issued) -> Path:
    on_record(out, papers)
    return out


def code(of: Issued, page: int) -> str:
    """What stands on a page of it."""
    return str(page_code(of.number, of.revision, page, of.files["pdf"].pages, of.content))


def codes(of: Issued) -> list[str]:
    return [code(of, page) for page in range(1, of.files["pdf"].pages + 1)]


def scan(*pages: str) -> bytes:
    """A PDF with a picture on each page, which holds in plain text what is to be read there."""
    target = BytesIO()
    with Pdf.new() as pdf:
        for said in pages:
            pdf.add_blank_page(page_size=(595, 842))
            picture = pdf.make_stream(said.encode().ljust(64))
            picture.stream_dict = Dictionary(
                Type=Name.XObject, Subtype=Name.Image, Width=8, Height=8, ColorSpace=Name.DeviceGray, BitsPerComponent=8
            )
            page = pdf.pages[-1].obj
            page.Resources = Dictionary(XObject=Dictionary(Im0=picture))
            page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
        pdf.save(target, deterministic_id=True, compress_streams=False)
    return target.getvalue()


def said_on(file: Path) -> list[str]:
    """The same of a file in the archive."""
    with Pdf.open(file) as pdf:
        return [_said(page.obj) for page in pdf.pages]


def _said(page: Any) -> str:
    if Name.XObject not in page.Resources:
        return ""
    return bytes(page.Resources.XObject.Im0.read_raw_bytes()).decode().rstrip()


def read(files: Sequence[Examined], workers: int, note: Note) -> Iterator[Leaf]:
    """In the place of the reader."""
    for number, said in enumerate((said for file in files for said in said_on(file.path)), start=1):
        note(1)
        turn, _, rest = said.removeprefix(TURNED).partition(" ") if said.startswith(TURNED) else ("0", "", said)
        if rest == BLANK:
            yield Leaf(number, is_blank=True)
        elif rest.startswith(FAULTY):
            yield Leaf(number, fault=rest.removeprefix(FAULTY))
        else:
            yield Leaf(number, tuple(sorted(filter(None, rest.split(" + ")))), int(turn))


def picture(file: Examined, page: int, turn: int) -> bytes:
    return PICTURE + f"{file.path.name} {page}".encode()


MEANS = Means(read=read, picture=picture)


def examined(path: Path, is_signed: bool = False) -> Examined:
    """As if a child had looked at it."""
    content = path.read_bytes()
    with Pdf.open(BytesIO(content)) as pdf:
        return Examined(path, "pdf", sha256(content).hexdigest(), len(content), len(pdf.pages), is_signed)


def added(out: Path, *contents: bytes, signed: bool = False, on: date = ON, means: Means = MEANS) -> tuple[Result, ...]:
    """What an intake of these files comes to: first what is left, then a pile of them."""
    given = out.parent / "given"
    given.mkdir(exist_ok=True)
    files = [given / f"scan{at}.pdf" for at in range(1, len(contents) + 1)]
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content)
    with opened_archive(out, PRIVATE) as store:
        piles = left_unsorted(store)
        new = [examined(file, signed) for file in files]
        known = Returns(store.register)
        if fresh := [file for file in new if not known.pile_with(file.sha256)]:
            piles.append(take_in(store, fresh, on, means.is_trial))
        return tuple(sort_out(store, piles, on, means, lambda _: None))


def archive(out: Path) -> dict[str, bytes]:
    """All files of the archive, by path."""
    folder = archive_in(out)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sheets(out: Path) -> dict[str, list[str]]:
    """What the copies and incomplete copies hold, page by page."""
    folders = ("signed", "incomplete")
    return {path: said_on(archive_in(out) / path) for path in sorted(archive(out)) if path.startswith(folders)}


def fates(*results: Result) -> list[str]:
    return [page.decision.fate for result in results for page in result.pages]
