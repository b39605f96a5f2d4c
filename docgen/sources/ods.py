"""The cells of an .ods, in one pass over its XML. Only the limited child calls this, on what the guard let pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pyexpat import ParserCreate
from typing import Any
from zipfile import ZipFile

from docgen.definitions.results import Fault, shown
from docgen.sources.format_codes import surroundings
from docgen.sources.grid import Area, CellValue, Figure, Grid, column_name
from docgen.sources.guard import MOST_COLUMNS, MOST_ROWS, Refusal, damage_refused
from docgen.sources.number_formats import START_1900, date_shown, dressed, plain, show_of
from docgen.sources.sheet import MOST_AREAS, Room

CONTENT, META = "content.xml", "meta.xml"
NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, TEXT, OFFICE, STYLE, ABOUT = (f"{NAMES}{name}:1.0 " for name in ("table", "text", "office", "style", "meta"))
MOST_PROPERTIES = 1_000
ERROR_KIND = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
ROW, TAB, BOOK, PARAGRAPH = f"{TABLE}table-row", f"{TABLE}table", f"{OFFICE}spreadsheet", f"{TEXT}p"
# In a paragraph: what is shown elsewhere or above it, and what stands for white space.
ASIDE = (f"{OFFICE}annotation", f"{TEXT}note", f"{TEXT}ruby-text")
SPACES = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
MOST_SPACES = 1_000
BLANKS = re.compile("[ \t\r\n]+")
ERROR = re.compile(r"Err:[0-9]{3}|#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)")
SPAN = re.compile(r"(-?)PT([0-9]{1,6})H([0-9]{1,2})M([0-9]{1,2})(?:[.,][0-9]{1,12})?S")
# A number as its cell shows it, with what stands around it.
AROUND = re.compile(r"([^0-9]*)([0-9][0-9,]{0,30}(?:\.[0-9]{1,20})?)([^0-9]*)")

Attributes = Mapping[str, str]


def read_tabs(content: bytes) -> list[Grid]:
    """All tabs of the file; a Refusal where it is damaged or too large."""
    with damage_refused():
        reader = _Reader()
        parser: Any = ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = reader.start
        parser.EndElementHandler = reader.end
        parser.CharacterDataHandler = reader.said
        with ZipFile(BytesIO(content)) as archive:
            parser.Parse(archive.read(CONTENT), True)
        return reader.tabs


def read_properties(content: bytes) -> dict[str, str]:
    """The custom properties of the file; a Refusal where it is damaged."""
    found: dict[str, str] = {}
    texts: list[str] = []
    name = ""

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal name
        texts.clear()
        name = attributes.get(f"{ABOUT}name", "")

    def end(tag: str) -> None:
        if tag == f"{ABOUT}user-defined" and len(found) < MOST_PROPERTIES:
            found.setdefault(name, "".join(texts).strip())

    with damage_refused(), ZipFile(BytesIO(content)) as archive:
        if META in archive.namelist():
            parser: Any = ParserCreate(namespace_separator=" ")
            parser.StartElementHandler, parser.EndElementHandler = start, end
            parser.CharacterDataHandler = texts.append
            parser.Parse(archive.read(META), True)
    return found


@dataclass(slots=True)
class _Reader:
    """What was read so far. ``skipped``: how deep inside something that is no content of the table; ``unseen``: the
    styles of tabs that are hidden; ``style``: the last that was named."""

    tabs: list[Grid] = field(default_factory=list)
    room: Room = field(default_factory=Room)
    path: list[str] = field(default_factory=list)
    rows: dict[int, list[CellValue]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)
    style: str = ""
    name: str = ""
    number: int = 1
    times: int = 1
    is_hidden: bool = False
    row: list[CellValue] = field(default_factory=list)
    column: int = 1
    cell: Attributes = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    skipped: int = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        above = self.path[-1] if self.path else ""
        self.path.append(tag)
        if self.skipped or self._is_aside(tag, above):
            self.skipped += 1
        elif tag == f"{STYLE}style":
            self.style = attributes.get(f"{STYLE}name", "")
        elif tag == f"{STYLE}table-properties" and attributes.get(f"{TABLE}display") == "false":
            self.unseen.add(self.style)
        elif tag == TAB:
            self.style = attributes.get(f"{TABLE}style-name", "")
            self.name = attributes.get(f"{TABLE}name", "")
            self.rows, self.merged, self.hidden, self.number = {}, [], set(), 1
        elif tag == ROW:
            self.row, self.column = [], 1
            self.times = _count(attributes, "number-rows-repeated")
            self.is_hidden = attributes.get(f"{TABLE}visibility", "visible") != "visible"
        elif tag in CELLS:
            self.cell, self.paragraphs = attributes, []
        elif tag == PARAGRAPH:
            self.paragraphs.append("")
        elif tag in SPACES and self.paragraphs:
            count = min(int(attributes.get(f"{TEXT}c", 1)), MOST_SPACES)
            self.paragraphs[-1] += SPACES[tag] * count

    def _is_aside(self, tag: str, above: str) -> bool:
        """Whether this is no part of a table, or none that its cells show."""
        if tag == TAB:
            return above != BOOK
        return tag in ASIDE or (above in CELLS and tag != PARAGRAPH)

    def said(self, text: str) -> None:
        if self.paragraphs and not self.skipped and PARAGRAPH in self.path:
            self.paragraphs[-1] += BLANKS.sub(" ", text)

    def end(self, tag: str) -> None:
        self.path.pop()
        if self.skipped:
            self.skipped -= 1
        elif tag in CELLS:
            self._put(self.cell, "\n".join(self.paragraphs))
            self.paragraphs = []
        elif tag == ROW:
            self._put_row()
        elif tag == TAB:
            last = max(self.rows, default=0)
            merged = ((top, left, min(end, last), right) for top, left, end, right in self.merged if top <= last)
            self.tabs.append(
                Grid(self.name, self.rows, tuple(merged), frozenset(self.hidden), self.style in self.unseen)
            )

    def _put(self, attributes: Attributes, text: str) -> None:
        times, value = _count(attributes, "number-columns-repeated"), _value(attributes, text)
        wide, tall = _count(attributes, "number-columns-spanned"), _count(attributes, "number-rows-spanned")
        if wide > 1 or tall > 1:
            self.merged.append((self.number, self.column, self.number + tall - 1, self.column + wide - 1))
            if len(self.merged) > MOST_AREAS:
                raise Refusal("damaged_book")
        if value is not None:
            self._check(self.number, self.column + times - 1)
            self.row += [None] * (self.column - 1 - len(self.row)) + [value] * times
        self.column += times

    def _put_row(self) -> None:
        if self.row:
            self._check(self.number + self.times - 1, len(self.row))
            length = sum(len(cell) for cell in self.row if isinstance(cell, str))
            for number in range(self.number, self.number + self.times):
                self.room.take(self.row, length)
                self.rows[number] = self.row
                if self.is_hidden:
                    self.hidden.add(number)
        self.number += self.times

    def _check(self, row: int, column: int) -> None:
        if row > MOST_ROWS or column > MOST_COLUMNS:
            limit = f"{MOST_ROWS:,} × {MOST_COLUMNS}"
            raise Refusal("cell_outside", cell=f"{self.name}!{column_name(column)}{row}", limit=limit)


def _count(attributes: Attributes, name: str) -> int:
    said = attributes.get(TABLE + name)
    return max(1, min(int(said), 2**24)) if said else 1


def _value(attributes: Attributes, text: str) -> CellValue:
    """What stands in a cell that shows ``text``."""
    kind = attributes.get(f"{OFFICE}value-type", "")
    if attributes.get(ERROR_KIND) == "error" or ERROR.fullmatch(text):
        return Fault("error_cell", shown(text))
    if not kind and not text and (formula := attributes.get(f"{TABLE}formula")):
        return Fault("no_stored_value", shown(f"={formula.partition('=')[2] or '…'}"))
    if kind in VALUES:
        name, read = VALUES[kind]
        return read(attributes[f"{OFFICE}{name}"], text)
    text = text or attributes.get(f"{OFFICE}string-value", "")
    return text if text and not text.isspace() else None


def _figure(stored: str, text: str) -> CellValue:
    """A number, with the zeros before it and the unit behind it that its cell shows, unless that shows another."""
    figure = plain(stored)
    if isinstance(figure, Fault):
        return figure
    if text == figure:
        return Figure(figure)
    found = AROUND.fullmatch(text)
    if found is None:
        return Figure(figure)
    sign, digits = "-" if figure.startswith("-") else "", found[2]
    places = len(digits.partition(".")[2])
    if abs(abs(Decimal(figure)) - Decimal(digits.replace(",", ""))) > Decimal(5).scaleb(-places - 1):
        return Figure(figure)
    before, after = surroundings(found[1].replace(sign, "", 1), found[3])
    width = len(digits) if digits.startswith("0") and digits.isdigit() else 0
    return dressed(before, width, after)(stored)


def _percent(stored: str, text: str) -> CellValue:
    return show_of("0%")(stored)


def _day(stored: str, text: str) -> CellValue:
    """A day before the first that spreadsheets count was none; a time alone is one on the day before that."""
    moment = datetime.fromisoformat(stored)
    if moment.date() == START_1900 and moment.time() != time():
        return date_shown(moment.time())
    return date_shown(moment) if moment.date() > START_1900 else Fault("number_for_day", stored)


def _span(stored: str, text: str) -> CellValue:
    found = SPAN.fullmatch(stored)
    if found is None:
        raise ValueError(stored)
    hours, minutes, seconds = map(int, found.groups()[1:])
    if found[1]:
        return Fault("number_for_day", stored)
    return date_shown(timedelta(hours=hours, minutes=minutes, seconds=seconds))


def _logical(stored: str, text: str) -> CellValue:
    return "TRUE" if stored == "true" else "FALSE"


VALUES: dict[str, tuple[str, Callable[[str, str], CellValue]]] = {
    "float": ("value", _figure),
    "currency": ("value", _figure),
    "percentage": ("value", _percent),
    "date": ("date-value", _day),
    "time": ("time-value", _span),
    "boolean": ("boolean-value", _logical),
}
"""By the kind of a cell, the attribute that holds its value and what reads that."""
