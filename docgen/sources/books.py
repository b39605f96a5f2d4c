"""Any workbook becomes a Book, by what is in the file and not by its name; what can't be read is told why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

from docgen.model.problems import Position, Problem
from docgen.sources.csv_tabs import read_table, tables_of
from docgen.sources.files import file_problem
from docgen.sources.foreign import read_ods, read_ole
from docgen.sources.grid import Book, Grid
from docgen.sources.guard import MEBIBYTE, Refusal, open_zip
from docgen.sources.password import OLE
from docgen.sources.sheet import Room
from docgen.sources.xlsx import read_xlsx

FILE_LIMIT = 100 * MEBIBYTE
TEXT_LIMIT = 30 * MEBIBYTE

ZIP = b"PK\x03\x04"
# What other files begin with.
OTHERS = {
    **{b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"{\\rtf": "RTF"},
    **{b"\x1f\x8b": "gzip", b"7z\xbc\xaf": "7z", b"Rar!": "RAR", b"PK\x05\x06": "zip", b"PK\x07\x08": "zip"},
    **{b"SQLite format 3": "SQLite", b"II*\0": "TIFF", b"MM\0*": "TIFF"},
}
# What web pages and XML begin with that many systems name .xls.
PAGES = {
    **dict.fromkeys(("<html", "<!doctype html", "<table", "<head", "<meta", "<style", "<body", "<div"), "HTML"),
    **{"mime-version:": "MHTML", "<?xml": "XML"},
}
# Which part of a zip tells what it is.
ZIP_KINDS = {
    **{"word/document.xml": "Word", "ppt/presentation.xml": "PowerPoint"},
    **{"visio/document.xml": "Visio", "meta-inf/container.xml": "EPUB"},
}
BINARY_WORKBOOKS = {"xl/workbook.bin": "xlsb", "index/document.iwa": "Numbers", "index.zip": "Numbers"}
WORKBOOK, ROOT_LINKS, MANIFEST = "xl/workbook.xml", "_rels/.rels", "meta-inf/manifest.xml"
SAMPLE = 4096
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def read_book(path: Path, password: str = "") -> Book | tuple[Problem, ...]:
    """The workbook ``path`` (.xlsx, .xlsm, .xls, .ods, .csv, or a folder of .csv files), or why it was refused.

    Never raises for what a file holds. The file is read whole and closed at once.
    """
    source = str(path)
    try:
        if not path.exists():
            return (file_problem("missing_file", Position(source)),)
        if path.is_dir():
            return _folder(path)
        content = _content(path)
        return replace(_book(content, path, password), digest=sha256(content).hexdigest())
    except Refusal as refusal:
        return (_problem(refusal, source),)
    except OSError as error:
        return (file_problem("unreadable", Position(source), reason=error.strerror or type(error).__name__),)


def unlocked(content: bytes, password: str) -> bytes:
    """An encrypted .xlsx without its encryption, anything else as it is; Refusal where the password doesn't fit."""
    if not content.startswith(OLE):
        return content
    found = read_ole(content, "", password)
    return content if isinstance(found, Book) else found


def _problem(refusal: Refusal, source: str) -> Problem:
    return file_problem(refusal.kind, Position(source, cell=refusal.cell), (), refusal.value, **refusal.details)


def _folder(folder: Path) -> Book | tuple[Problem, ...]:
    """The .csv files of a folder as the tabs of one book; all that is wrong with any of them."""
    room = Room()
    tabs: list[Grid] = []
    digests: list[bytes] = []
    problems: list[Problem] = []
    for path in tables_of(folder):
        try:
            content = _content(path, TEXT_LIMIT)
            digests.append(sha256(content).digest())
            tabs.append(read_table(content, path.stem, room))
        except Refusal as refusal:
            problems.append(_problem(refusal, str(folder if refusal.cell else path)))
    if not tabs and not problems:
        raise Refusal("no_csv")
    digest = sha256(b"".join(sorted(digests))).hexdigest()
    return tuple(problems) or Book(str(folder), tuple(tabs), digest=digest)


def _content(path: Path, limit: int = FILE_LIMIT) -> bytes:
    if not path.is_file():
        raise Refusal("not_a_file")
    if path.stat().st_size > limit:
        raise Refusal("too_large_file", limit=str(limit // MEBIBYTE))
    content = path.read_bytes()
    if not content or content.isspace():
        raise Refusal("empty_file")
    return content


def _book(content: bytes, path: Path, password: str) -> Book:
    """The book that ``content`` is, by its first bytes and its parts."""
    source = str(path)
    if content.startswith(OLE):
        found = read_ole(content, source, password)
        if isinstance(found, Book):
            return _with_tabs(found)
        content = found
    if content.startswith(ZIP):
        return _with_tabs(_zipped(content, source))
    for start, name in OTHERS.items():
        if content.startswith(start):
            raise Refusal("no_workbook", name)
    if page := _page(content):
        raise Refusal("save_as_xlsx", page)
    if len(content) > TEXT_LIMIT:
        raise Refusal("too_large_file", limit=str(TEXT_LIMIT // MEBIBYTE))
    return Book(source, (read_table(content, path.stem, Room()),))


def _with_tabs(book: Book) -> Book:
    if not book.tabs:
        raise Refusal("no_tabs")
    return book


def _zipped(content: bytes, source: str) -> Book:
    archive = open_zip(content)
    names = {name.replace("\\", "/").casefold(): name for name in archive.namelist()}
    for part, kind in BINARY_WORKBOOKS.items():
        if part in names:
            raise Refusal("save_as_xlsx", kind)
    for part, kind in ZIP_KINDS.items():
        if part in names:
            raise Refusal("no_workbook", kind)
    if WORKBOOK in names or ROOT_LINKS in names:
        return read_xlsx(archive, source)
    kind = archive.read(names["mimetype"]).decode("ascii", "replace").strip() if "mimetype" in names else ""
    if kind.removesuffix("-template") == ODS:
        if _is_locked(archive, names):
            raise Refusal("unknown_encryption")
        return read_ods(content, source)
    raise Refusal("no_workbook", "OpenDocument" if "opendocument" in kind else "zip")


def _is_locked(archive: ZipFile, names: Mapping[str, str]) -> bool:
    """Whether a spreadsheet in OpenDocument format is encrypted: its list of parts says so."""
    return MANIFEST in names and b"encryption-data" in archive.read(names[MANIFEST])


def _page(content: bytes) -> str:
    """Whether a text is a web page or XML, as many systems name .xls; '' if not."""
    start = content[:SAMPLE].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    return next((name for sign, name in PAGES.items() if start.startswith(sign.encode())), "")
