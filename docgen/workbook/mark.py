"""A workbook and its problems become a marked copy: red cells, comments and a list; all else stays as it was.

The file is changed part by part, never loaded and saved by a library: what docgen doesn't know of (charts, pictures,
sparklines, stored results of formulas) is copied byte for byte.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docgen.model.problems import SEVERITIES, Problem, Severity, UiLanguage, Words, counted
from docgen.sources.grid import Cell
from docgen.workbook.book_file import BookFile
from docgen.workbook.comments import clear_comments, comment
from docgen.workbook.highlights import Shade, clear_highlights, highlight
from docgen.workbook.package import Package
from docgen.workbook.places import View, placed, view_of
from docgen.workbook.problem_sheet import lists_of, put_list
from docgen.workbook.styles import Styles

WRITTEN = "docgen-marked"
"""The property with the digest of what docgen wrote: as long as it fits, the copy may be written anew."""

MOST_TOLD = 6
"""So many problems are told in the comment of one cell; the list has all."""
MORE = Words("… and {count} more, see the first tab", "……另有 {count} 条，见首个工作表")
HOW = Words(
    "Correct the red cells, here or in your own file, save it, and run docgen check again; amber is advice. "
    "A click on a place leads to its cell.",
    "请在此文件或您自己的文件中更正标红的单元格，保存后重新运行 docgen check；标黄的仅为提醒。点击位置可跳到该单元格。",
)

MOST_COMMENTS = 5_000
"""A tab with more of them opens slowly; errors come first."""
UNCOMMENTED = Words(
    "A tab has comments on {limit} cells at most: {count} more are coloured, and told in this list only.",
    "每个工作表最多有{limit}个单元格带批注，另有{count}个只标色，说明见本表。",
)
BLANKS = Words(" ", "")


@dataclass(frozen=True, slots=True)
class Findings:
    """The problems of one file: ``source`` is its name, ``people`` maps numbers of cases to names."""

    source: str
    problems: Sequence[Problem]
    people: Mapping[str, str]
    language: UiLanguage

    @property
    def title(self) -> str:
        counts = counted(self.problems, self.language)
        return {"en": f"{counts} in {self.source}", "zh": f"{self.source}：{counts}"}[self.language]


def marked(package: Package, findings: Findings) -> bytes:
    """The workbook with the problems marked in it; marks of an earlier time are taken out first.

    Raises:
        Damaged: the package is no workbook after all.
    """
    book = BookFile(package)
    for old in lists_of(book):
        book.remove(old)
    styles = Styles(book)
    by_tab: dict[str, dict[Cell, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for problem in findings.problems:
        place = placed(problem.position.cell)
        if place:
            by_tab[place[0].casefold()][place[1]].append(problem)
    silent = 0
    for number, tab in enumerate(book.tabs, 1):
        clear_comments(package, tab.part)
        if b"docgen" in package.parts[tab.part]:
            clear_highlights(package.tree(tab.part))
        told = by_tab.get(tab.name.casefold())
        if told:
            silent += _mark(book, tab.part, told, styles, findings.language, number)
    how = [HOW[findings.language]]
    if silent:
        how.append(UNCOMMENTED[findings.language].format(limit=f"{MOST_COMMENTS:,}", count=f"{silent:,}"))
    lines = findings.title, BLANKS[findings.language].join(how)
    put_list(book, styles, lines, findings.problems, findings.people, findings.language, links=True)
    return sealed(book, findings.source)


def sealed(book: BookFile, source: str) -> bytes:
    """The file, with the digest by which docgen knows it again."""
    book.set_property(WRITTEN, book.digest(source))
    return book.package.content()


def untouched(package: Package, source: str) -> bool:
    """Whether this is a copy for ``source`` in which nobody has typed since docgen wrote it."""
    book = BookFile(package)
    digest = book.property(WRITTEN)
    return bool(digest) and digest == book.digest(source)


def _mark(
    book: BookFile,
    part: str,
    told: Mapping[Cell, Sequence[Problem]],
    styles: Styles,
    language: UiLanguage,
    number: int,
) -> int:
    """Mark one tab; how many of its cells got no comment, being too many."""
    sheet = book.package.tree(part)
    view = view_of(sheet, (row for row, _ in told))
    cells: dict[Cell, list[Problem]] = defaultdict(list)
    for cell, problems in told.items():
        if any(problem.severity is not Severity.INFO for problem in problems):
            cells[view.seen(cell)] += problems
    highlight(sheet, _shades(cells, view), styles)
    first = sorted(cells, key=lambda cell: (not _has_error(cells[cell]), cell))[:MOST_COMMENTS]
    comment(book.package, part, {cell: _said(cells[cell], language) for cell in first}, view, number)
    return len(cells) - len(first)


def _shades(cells: Mapping[Cell, Sequence[Problem]], view: View) -> dict[Shade, set[Cell]]:
    """Which cells get which shade: those with a problem, and the first that is seen of their rows."""
    wrong = {cell for cell, problems in cells.items() if _has_error(problems)}
    doubtful = cells.keys() - wrong
    firsts = {row: view.leftmost(row) for row, _ in cells}
    of_errors = {first for row, _ in wrong if (first := firsts[row])} - cells.keys()
    of_warnings = {first for row, _ in doubtful if (first := firsts[row])} - cells.keys() - of_errors
    return {
        Shade.ERROR: wrong,
        Shade.WARNING: set(doubtful),
        Shade.ROW_OF_ERROR: of_errors,
        Shade.ROW_OF_WARNING: of_warnings,
    }


def _has_error(problems: Sequence[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _said(problems: Sequence[Problem], language: UiLanguage) -> str:
    """What a comment says of a cell: each problem with its cure, errors first, the same only once."""
    severities, blank = list(Severity), BLANKS[language]
    texts = dict.fromkeys(
        f"{SEVERITIES[one.severity][language].capitalize()}{': ' if language == 'en' else '：'}"
        f"{one.message[language]}{blank}{one.fix[language]}"
        for one in sorted(problems, key=lambda one: severities.index(one.severity))
    )
    shown = list(texts)[:MOST_TOLD]
    if len(texts) > MOST_TOLD:
        shown.append(MORE[language].format(count=len(texts) - MOST_TOLD))
    return "\n".join(shown)
