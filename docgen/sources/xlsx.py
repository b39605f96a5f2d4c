"""Workbooks of Excel, WPS and LibreOffice (.xlsx, .xlsm): the parts of the file, and each tab in one pass.

Values, formulas, errors, merged areas and hidden rows come out of the same pass over the XML. Libraries keep a cell as
an object or lose what lies behind its value: a formula that was never calculated looks blank, an error like its text.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pyexpat import ParserCreate
from typing import Any
from zipfile import ZipFile

from docgen.sources.grid import Book, Grid
from docgen.sources.guard import CHUNK, MOST_CELLS, Refusal, damage_refused
from docgen.sources.number_formats import BUILT_IN, Show, show_of
from docgen.sources.sheet import TRUE, Room, read_sheet, text_cell

ROOT_LINKS = "_rels/.rels"
WORKBOOK = "xl/workbook.xml"
MOST_TABS = 1_000
MOST_STYLES = 65_500
MOST_PROPERTIES = 1_000
FORMAT_LENGTH = 1_000

Link = tuple[str, str]
"""The last word of a relationship's type (worksheet, sharedStrings, styles), and the path of its part."""
Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str, str], None]


def read_xlsx(archive: ZipFile, source: str) -> Book:
    """All tabs of a workbook that guard.open_zip let pass; a Refusal where it is damaged or too large."""
    with damage_refused():
        return _Package(archive).book(source)


class _Package:
    """The parts of a workbook, found by their links and not by their names."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.names = {name.replace("\\", "/").casefold(): name for name in archive.namelist()}
        root = self.links("").values() if self.has(ROOT_LINKS) else ()
        self.workbook = next((path for kind, path in root if kind == "officeDocument"), WORKBOOK)
        self.properties_part = next((path for kind, path in root if kind == "custom-properties"), "")

    def book(self, source: str) -> Book:
        links = self.links(self.workbook)
        tabs, epoch_1904 = self.tabs()
        strings = self.strings(_of_kind(links, "sharedStrings"))
        shows = self.shows(_of_kind(links, "styles"), epoch_1904)
        room = Room()
        grids: list[Grid] = []
        read: set[str] = set()
        for name, link, state in tabs:
            kind, path = links[link]
            if kind != "worksheet" or state == "veryHidden":
                continue  # a chart has no cells; what no menu shows is not meant
            if path in read:
                raise Refusal("damaged_book")
            read.add(path)
            grid = read_sheet(name, self.chunks(path), strings, shows, room)
            grids.append(replace(grid, hidden_tab=True) if state == "hidden" else grid)
        return Book(source, tuple(grids), self.properties())

    def has(self, path: str) -> bool:
        return path.casefold() in self.names

    def chunks(self, path: str) -> Iterator[bytes]:
        with self.archive.open(self.names[path.casefold()]) as part:
            while chunk := part.read(CHUNK):
                yield chunk

    def links(self, path: str) -> dict[str, Link]:
        """What the part ``path`` refers to, by the id it uses; '' is the file as a whole."""
        folder, name = posixpath.split(path)
        found: dict[str, Link] = {}

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"].replace("\\", "/")))
                found[attributes["Id"]] = (attributes["Type"].rpartition("/")[2], target.lstrip("/"))
                if len(found) > MOST_TABS:
                    raise Refusal("damaged_book")

        self.visit(posixpath.join(folder, "_rels", f"{name}.rels"), start)
        return found

    def tabs(self) -> tuple[list[tuple[str, str, str]], bool]:
        """Name, link and state of each tab in their order, and whether days are counted from 1904."""
        tabs: list[tuple[str, str, str]] = []
        from_1904 = False

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            nonlocal from_1904
            if tag == "workbookPr":
                from_1904 = attributes.get("date1904") in TRUE
            elif tag == "sheet":
                link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
                tabs.append((attributes["name"], link, attributes.get("state", "")))
                if len(tabs) > MOST_TABS:
                    raise Refusal("damaged_book")

        self.visit(self.workbook, start)
        return tabs, from_1904

    def strings(self, path: str) -> list[str | None]:
        """The texts that cells refer to, with what is said of their pronunciation left out; None for a blank."""
        strings: list[str | None] = []
        pieces: list[str] = []
        sounding = False

        def start(tag: str, _: Mapping[str, str]) -> None:
            nonlocal sounding
            if tag == "rPh":
                sounding = True
            elif tag == "si":
                pieces.clear()

        def end(tag: str, text: str) -> None:
            nonlocal sounding
            if tag == "t":
                if not sounding:
                    pieces.append(text)
            elif tag == "si":
                strings.append(text_cell("".join(pieces)))
                if len(strings) > MOST_CELLS:
                    raise Refusal("too_many_cells", limit=f"{MOST_CELLS:,}")
            elif tag == "rPh":
                sounding = False

        if path:
            self.visit(path, start, end)
        return strings

    def shows(self, path: str, epoch_1904: bool) -> Sequence[Show]:
        """How each style of cells shows a number."""
        codes = dict(BUILT_IN)
        styles: list[int] = []
        within = ""

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            nonlocal within
            if tag in ("numFmts", "cellXfs"):
                within = tag
            elif tag == "numFmt" and within == "numFmts":
                codes[int(attributes["numFmtId"])] = attributes["formatCode"][:FORMAT_LENGTH]
            elif tag == "xf" and within == "cellXfs":
                styles.append(int(attributes.get("numFmtId", "0")))
            if len(styles) > MOST_STYLES or len(codes) > MOST_STYLES:
                raise Refusal("damaged_book")

        def end(tag: str, _: str) -> None:
            nonlocal within
            if tag == within:
                within = ""

        if path:
            self.visit(path, start, end)
        known = {number: show_of(codes.get(number, ""), epoch_1904) for number in {0, *styles}}
        return [known[number] for number in styles or [0]]

    def properties(self) -> dict[str, str]:
        """The custom properties of the file."""
        found: dict[str, str] = {}
        name = ""

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            nonlocal name
            if tag == "property":
                name = attributes.get("name", "")

        def end(tag: str, text: str) -> None:
            if tag not in ("property", "Properties") and len(found) < MOST_PROPERTIES:
                found.setdefault(name, text.strip())

        if self.has(self.properties_part):
            self.visit(self.properties_part, start, end)
        return found

    def visit(self, path: str, start: Start, end: End | None = None) -> None:
        """Call ``start`` and ``end`` (with the text before it) for each element, by its name without prefix."""
        parser: Any = ParserCreate()
        parser.buffer_text = True
        texts: list[str] = []

        def started(tag: str, attributes: dict[str, str]) -> None:
            texts.clear()
            start(tag.rpartition(":")[2], attributes)

        def ended(tag: str) -> None:
            if end is not None:
                end(tag.rpartition(":")[2], "".join(texts))
            texts.clear()

        parser.StartElementHandler = started
        parser.EndElementHandler = ended
        parser.CharacterDataHandler = texts.append
        for chunk in self.chunks(path):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


def _of_kind(links: Mapping[str, Link], wanted: str) -> str:
    return next((path for kind, path in links.values() if kind == wanted), "")
