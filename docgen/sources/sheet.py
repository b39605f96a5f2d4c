"""The XML of one tab as a Grid, in one pass: cells with what lies behind them, merged areas, hidden rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pyexpat import ParserCreate
from typing import Any

from docgen.definitions.results import Fault, shown
from docgen.sources.grid import LAST_ROW, Area, CellValue, Grid, area_of, cell_of, column_name
from docgen.sources.guard import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Refusal
from docgen.sources.number_formats import Show, date_shown

MOST_TEXT = 50_000_000
MOST_AREAS = 100_000
BLANKS_A_CELL = 8
DIGITS = "0123456789"
COLUMNS = {column_name(number): number for number in range(1, MOST_COLUMNS + 1)}
TRUE = ("1", "true")
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(slots=True)
class Room:
    """What the tabs of one file may still hold together: cells with a value, and characters."""

    cells: int = MOST_CELLS
    text: int = MOST_TEXT

    def take(self, row: Sequence[CellValue], text: int) -> None:
        """Count a row and the characters of its texts; blanks between its values take some room too."""
        blanks = row.count(None)
        self.cells -= len(row) - blanks + blanks // BLANKS_A_CELL
        self.text -= text
        if self.cells < 0 or self.text < 0:
            raise Refusal("too_many_cells", limit=f"{MOST_CELLS:,}")


def read_sheet(
    name: str, chunks: Iterable[bytes], strings: Sequence[str | None], shows: Sequence[Show], room: Room
) -> Grid:
    """The tab ``name``; ``strings`` are the texts that cells refer to (None: blank), ``shows`` the formats by style.

    Raises Refusal, and ValueError, LookupError or ExpatError for what is no sound sheet.
    """
    rows: dict[int, list[CellValue]] = {}
    hidden: set[int] = set()
    areas: list[Area] = []
    parser = ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 2**15

    def root(tag: str, _: Mapping[str, str]) -> None:
        prefix, colon, local = tag.rpartition(":")
        if local == "worksheet":
            _handle(parser, prefix + colon, name, strings, shows, room, rows, hidden, areas)
        else:
            parser.StartElementHandler = None

    parser.StartElementHandler = root
    for chunk in chunks:
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    last = max(rows, default=0)
    merged = tuple((top, left, min(bottom, last), right) for top, left, bottom, right in areas if top <= last)
    return Grid(name, dict(sorted(rows.items())), merged, frozenset(hidden))


def _handle(
    parser: Any,
    prefix: str,
    name: str,
    strings: Sequence[str | None],
    shows: Sequence[Show],
    room: Room,
    rows: dict[int, list[CellValue]],
    hidden: set[int],
    areas: list[Area],
) -> None:
    """Let ``parser`` fill ``rows``, ``hidden`` and ``areas``. Closures over local names: this runs for every cell."""
    cell_tag, value_tag, formula_tag, row_tag = prefix + "c", prefix + "v", prefix + "f", prefix + "row"
    text_tag, sound_tag, area_tag = prefix + "t", prefix + "rPh", prefix + "mergeCell"
    texts: list[str] = []
    inline: list[str] = []
    row: list[CellValue] = []
    number, digits, is_hidden, column, length = 0, "", False, 0, 0
    kind, reference, style = "n", "", "0"
    value: str | None = None
    formula: str | None = None
    sounding = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, number, digits, is_hidden, column, length, kind, reference, style, value, formula, sounding
        if tag == cell_tag:
            before, reference = reference, attributes.get("r", "")
            if not reference:  # it stands right of the one before
                column = (_column(before.rstrip(DIGITS)) if before else column) + 1
            kind = attributes.get("t", "n")
            style = attributes.get("s", "0")
            value = formula = None
            if inline:
                inline.clear()
        elif tag == value_tag or tag == formula_tag or tag == text_tag:  # noqa: SIM109 (a set takes longer)
            texts.clear()
        elif tag == row_tag:
            texts.clear()
            row = []
            number = int(attributes["r"]) if "r" in attributes else number + 1
            digits = str(number)
            reference, column, length = "", 0, 0
            is_hidden = attributes.get("hidden") in TRUE
            if not 1 <= number <= LAST_ROW:
                raise ValueError(number)
        elif tag == sound_tag:
            sounding = True
        elif tag == area_tag:
            if len(areas) >= MOST_AREAS:
                raise Refusal("too_many_cells", limit=f"{MOST_CELLS:,}")
            if area := area_of(attributes["ref"]):
                areas.append(area)

    def end(tag: str) -> None:
        nonlocal value, formula, sounding, length
        if tag == value_tag:
            value = texts[0] if len(texts) == 1 else "".join(texts)
        elif tag == cell_tag:
            if value is None and formula is None and not inline:
                return
            if kind == "s" and value:
                index = int(value)
                if index < 0:
                    raise ValueError(value)
                found: CellValue = strings[index]
            elif kind == "n" and value and not value.isspace():
                found = shows[int(style)](value)
            else:
                found = _other(kind, value, formula, inline)
            if found is not None:
                put(found)
        elif tag == row_tag:
            if row:
                if number in rows:
                    raise ValueError(number)
                rows[number] = row
                room.take(row, length)
                if is_hidden:
                    hidden.add(number)
        elif tag == formula_tag:
            formula = "".join(texts)
        elif tag == text_tag and not sounding:
            inline.extend(texts)
        elif tag == sound_tag:
            sounding = False

    def put(found: CellValue) -> None:
        nonlocal length
        place = column
        if reference:
            letters = reference.rstrip(DIGITS)
            place = COLUMNS.get(letters) or _column(letters)
            if reference[len(letters) :] != digits:
                raise ValueError(reference)
        if place > MOST_COLUMNS or number > MOST_ROWS:
            limit = f"{MOST_ROWS:,} × {MOST_COLUMNS}"
            raise Refusal("cell_outside", cell=f"{name}!{column_name(place)}{number}", limit=limit)
        if kind != "n" and isinstance(found, str):
            length += len(found)
        gap = place - 1 - len(row)
        if gap < 0:
            if row[place - 1] is not None:
                raise ValueError(reference)
            row[place - 1] = found
            return
        if gap:
            row.extend([None] * gap)
        row.append(found)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = texts.append


def unescaped(text: str) -> str:
    """``_x000D_`` is how the format writes what XML can't hold."""
    if "_x" not in text:
        return text
    plain = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def text_cell(text: str) -> str | None:
    return unescaped(text) if text and not text.isspace() else None


def _other(kind: str, value: str | None, formula: str | None, inline: list[str]) -> CellValue:
    """A cell that is neither a shared text nor a number."""
    if kind == "inlineStr":
        return text_cell("".join(inline))
    if kind == "str":
        return text_cell(value or "")
    if not value or value.isspace():
        return None if formula is None else Fault("no_stored_value", shown(f"={formula or '…'}"))
    return OTHERS[kind](value)


def _logical(value: str) -> str:
    return "TRUE" if value.strip() in TRUE else "FALSE"


def _error(value: str) -> Fault:
    return Fault("error_cell", shown(value))


def _dated(value: str) -> CellValue:
    """A date as ISO 8601, which the strict variant of the format has."""
    return date_shown(datetime.fromisoformat(value) if "-" in value else time.fromisoformat(value.lstrip("T")))


OTHERS: dict[str, Callable[[str], CellValue]] = {"b": _logical, "e": _error, "d": _dated}


def _column(letters: str) -> int:
    cell = cell_of(f"{letters}1")
    if cell is None:
        raise ValueError(letters)
    return cell[1]
