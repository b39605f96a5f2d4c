"""A cell or line that somebody names: what it holds, in which cases; or that it holds nothing, and what is near."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path as FilePath

from docgen.checking.checked import Checked
from docgen.checking.sole import rows_by_place
from docgen.definitions.definition import Definitions
from docgen.errors import UsageError
from docgen.model.problems import Path, Position, Words
from docgen.office.bench import Bench
from docgen.office.origins import Origins
from docgen.office.run import MOST_NAMED, Office, Run

CELL = re.compile(r"(?:(?P<file>.+?\.\w+)\s*[›>:]\s*)?(?P<tab>.+)!\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>[0-9]+)")
LINE = re.compile(r"(?P<file>.+?):(?P<line>[0-9]+)(?::(?P<column>[0-9]+))?")
TEMPLATES = (".html",)

NO_CELL = Words(
    "--cell {text}: name a tab and a cell, as --cell 'Targets!F12'",
    "--cell {text}：请写明工作表和单元格，如 --cell '目标!F12'",
)
NO_LINE = Words(
    "--at {text}: name a file and a line, as --at wang.yaml:18", "--at {text}：请写明文件和行号，如 --at wang.yaml:18"
)
NOTHING = Words(
    "{text} holds no value of a case: it is blank, a label, or not used.{near}",
    "{text} 中没有个案的数据：可能是空白、标签或未使用的位置。{near}",
)
NEAR = Words(" Nearest that does: {place}", "最近的有数据的位置：{place}")
NO_TAB = Words(
    "{text}: there is no tab “{tab}”{near} Tabs with data: {known}",
    "{text}：没有工作表“{tab}”{near}有数据的工作表：{known}",
)
NO_FILE = Words(
    "{file} is not among the files read, nor a template or the wording. Read: {known}",
    "{file} 不在已读入的文件中，也不是模板或文案文件。已读入：{known}",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The place that was named: ``cell`` as ``Targets!F12``, or ``line`` and, where it was given, ``column``.

    ``file`` is '' where none was named.
    """

    text: str
    file: str = ""
    cell: str = ""
    line: int = 0
    column: int = 0

    @property
    def is_template(self) -> bool:
        name = FilePath(self.file).name
        return name.endswith(TEMPLATES) or name.startswith("wording.")

    def is_of(self, source: str) -> bool:
        """Whether it lies in ``source``: a path whose end was named."""
        if not self.file:
            return True
        wanted, found = FilePath(self.file).parts, FilePath(source).parts
        return found[-len(wanted) :] == wanted or FilePath(source).resolve() == FilePath(self.file).resolve()

    def is_at(self, place: Position) -> bool:
        if not self.is_of(place.source):
            return False
        if self.cell:
            return _cell(place.cell) == _cell(self.cell)
        if self.column:
            return (place.line, place.column) == (self.line, self.column)
        return place.line == self.line

    def is_in(self, place: Position) -> bool:
        """Whether the line goes on what began there: a text over several lines."""
        if self.cell or self.column or not 0 < place.line < self.line or not self.is_of(place.source):
            return False
        lines = FilePath(place.source).read_text("utf-8-sig", "replace").splitlines()[place.line - 1 : self.line]
        first, *more = lines
        return bool(more and more[-1].strip()) and all(not one.strip() or _depth(one) > _depth(first) for one in more)


def asked(cell: str, at: str) -> Asked:
    """What ``--cell`` or ``--at`` names.

    Raises:
        UsageError: it names no place.
    """
    if cell:
        found = CELL.fullmatch(cell.strip())
        if not found:
            raise UsageError(NO_CELL.filled(text=cell))
        return Asked(cell, found["file"] or "", f"{found['tab']}!{found['column']}{found['row']}")
    found = LINE.fullmatch(at.strip())
    if not found:
        raise UsageError(NO_LINE.filled(text=at))
    return Asked(at, found["file"], "", int(found["line"]), int(found["column"] or 0))


def held_at(bench: Bench, run: Run, place: Asked) -> list[tuple[Checked, Office, tuple[Path, ...]]]:
    """The cases that hold something there, with what they hold.

    Raises:
        UsageError: it holds nothing, or lies in none of the files that were read.
    """
    known = [(checked, office, _places_in(bench, checked, office, run.definitions)) for checked, office in run.cases]
    for is_meant in (place.is_at, place.is_in):
        found = [
            (checked, office, tuple(dict.fromkeys(path for path, where in places if is_meant(where))))
            for checked, office, places in known
        ]
        if any(paths for _, _, paths in found):
            return [one for one in found if one[2]]
    raise _nothing(place, [where for _, _, places in known for _, where in places])


def _places_in(bench: Bench, checked: Checked, office: Office, definitions: Definitions) -> list[tuple[Path, Position]]:
    """What somebody gave, with each place where it is typed."""
    rows, file = rows_by_place(bench.checker.read(checked.record, office.settings)), bench.settings_file(office)
    origins = Origins(definitions, checked.record, rows, (), office.settings, file, office.out, False)
    every = [one for given in origins.all_given for one in origins.by_item(given) if one.origin.kind != "default"]
    found = [(one.origin.path, one.origin.position) for one in every]
    found += [(one.origin.path, where) for one in every if one.row for where in checked.record.again_at(one.typed)]
    return [(path, where) for path, where in found if where]


def _nothing(place: Asked, places: Sequence[Position]) -> UsageError:
    within = [one for one in places if place.is_of(one.source)]
    if not within:
        return UsageError(_no_file(place, {one.source for one in places}))
    tabs = list(dict.fromkeys(one.cell.rpartition("!")[0] for one in within if one.cell))
    tab = place.cell.rpartition("!")[0].strip("'")
    if tabs and place.cell and tab.casefold() not in map(str.casefold, tabs):
        close = "".join(get_close_matches(tab, tabs, 1))
        near = Words(f"; did you mean “{close}”?" if close else ".", f"，是否指“{close}”？" if close else "。")
        return UsageError(NO_TAB.filled(text=place.text, tab=tab, near=near, known=", ".join(tabs[:MOST_NAMED])))
    found = _nearest(place, within)
    shown = replace(found, source=FilePath(found.source).name) if found else None
    texts = (NEAR[language].format(place=shown) if shown else "" for language in ("en", "zh"))
    return UsageError(NOTHING.filled(text=place.text, near=Words(*texts)))


def _no_file(place: Asked, sources: set[str]) -> Words:
    known = sorted(sources)
    names = [FilePath(source).name for source in known]
    near = get_close_matches(FilePath(place.file).name, names, 1)
    return NO_FILE.filled(file=place.file, known=", ".join(near or names))


def _nearest(place: Asked, places: Sequence[Position]) -> Position | None:
    """The nearest place in the same tab, or the nearest line."""
    if not place.cell:
        return min((one for one in places if one.line), key=lambda one: abs(one.line - place.line), default=None)
    tab, column, row = _parts(place.cell)
    same = [(one, _parts(one.cell)) for one in places if one.cell and _parts(one.cell)[0] == tab]
    near = min(
        same, key=lambda one: (abs(one[1][2] - row) + abs(one[1][1] - column), one[1][2], one[1][1]), default=None
    )
    return near[0] if near else None


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _cell(text: str) -> str:
    tab, _, cell = text.rpartition("!")
    return f"{tab.strip().strip(chr(39)).casefold()}!{cell.replace('$', '').upper()}"


def _parts(text: str) -> tuple[str, int, int]:
    """Tab, column and row of a cell, both counted from 1."""
    tab, _, cell = _cell(text).rpartition("!")
    letters = "".join(_letters(cell))
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return tab, column, int(cell[len(letters) :].split(":")[0] or 0)


def _letters(cell: str) -> Iterator[str]:
    for letter in cell:
        if not letter.isalpha():
            return
        yield letter
