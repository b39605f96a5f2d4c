"""The tab that lists all problems: errors first, each with a link to its cell, its person, the cure and the rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import islice

from docgen.definitions.tabs import MARK, NOT_READ
from docgen.model.problems import SEVERITIES, Problem, Severity, UiLanguage, Words
from docgen.sources.grid import Cell, column_name
from docgen.workbook.book_file import BookFile, Tab, text_of
from docgen.workbook.boxes import lines_of
from docgen.workbook.highlights import Shade
from docgen.workbook.package import MAIN, Tree, parsed, q, written
from docgen.workbook.places import link_to, placed
from docgen.workbook.styles import Look, Styles

NAME = Words("Problems", "问题")
OURS = f"{MARK}problems"
"""In the first column, which is hidden: this tab is docgen's list, whatever somebody named it."""

HEADS = (
    (Words("Severity", "级别"), 10),
    (Words("Where", "位置"), 24),
    (Words("Person", "人员"), 24),
    (Words("What is wrong", "问题"), 58),
    (Words("What to do", "处理办法"), 58),
    (Words("Rule", "规则"), 8),
)
FIRST, HEAD_ROW = 2, 3
"""The column and the row in which the list begins; what is left of it is docgen's own, and hidden."""
MOST_LINKS = 65_000
"""Excel takes 65,530 links a tab."""
LONGEST_NAME = 31
LINE_HEIGHT, HIGHEST = 15, 400
"""Of a row, in points: not every program makes room by itself for text that takes several lines."""

TITLE, NOTE, HEAD = Look(bold=True, size=3, ruled=False), Look(ruled=False), Look(True, "FFFFFF", "44546A")
PLAIN, LINK = Look(), Look(colour="0563C1", underline=True)
BY_SEVERITY = {
    Severity.ERROR: Look(bold=True, colour=Shade.ERROR.value[1], fill=Shade.ERROR.value[0]),
    Severity.WARNING: Look(colour=Shade.WARNING.value[1], fill=Shade.WARNING.value[0]),
    Severity.INFO: PLAIN,
}


def listed_first(problems: Sequence[Problem], tabs: Sequence[str]) -> list[Problem]:
    """Errors, warnings, notes; in each what concerns the whole file first, then tab by tab from top to bottom."""
    severities, order = list(Severity), {name: index for index, name in enumerate(tabs)}

    def rank(problem: Problem) -> tuple[int, int, Cell, str]:
        place = placed(problem.position.cell)
        where = (order.get(place[0], len(order)), place[1]) if place else (-1, (0, 0))
        return severities.index(problem.severity), *where, problem.code

    return sorted(problems, key=rank)


def put_list(
    book: BookFile,
    styles: Styles,
    lines: tuple[str, str],
    problems: Sequence[Problem],
    people: Mapping[str, str],
    language: UiLanguage,
    links: bool,
) -> None:
    """Put the list of ``problems`` before all tabs of ``book``; ``lines`` stand above it.

    ``people`` maps numbers of cases to names; without ``links``, places are text, for their cells are in another file.
    """
    tabs = {tab.name.casefold(): tab.name for tab in book.tabs}
    ordered = listed_first(problems, list(tabs.values()))
    looks = {severity: styles.cell(look) for severity, look in BY_SEVERITY.items()}
    plain, link = styles.cell(PLAIN), styles.cell(LINK)
    last = f"{column_name(len(HEADS) + 1)}{HEAD_ROW + len(ordered)}"
    rows = [
        _row(1, [(lines[0], styles.cell(TITLE))], NOT_READ, 26),
        _row(2, [(lines[1], styles.cell(NOTE))], OURS, 20),
        _row(HEAD_ROW, [(head[language], styles.cell(HEAD)) for head, _ in HEADS]),
    ]
    targets: list[str] = []
    for number, one in enumerate(ordered, HEAD_ROW + 1):
        place = placed(one.position.cell)
        tab = tabs.get(place[0].casefold()) if place and links and len(targets) < MOST_LINKS else None
        if place and tab:
            targets.append(f'<hyperlink ref="C{number}" location="{escape(link_to(tab, place[1]))}"/>')
        texts = (
            (SEVERITIES[one.severity][language].capitalize(), looks[one.severity]),
            (one.position.cell or str(one.position), link if tab else plain),
            (" ".join(filter(None, (one.case_id, people.get(one.case_id, "")))), plain),
            (one.message[language], plain),
            (one.fix[language], plain),
            (one.code, plain),
        )
        rows.append(_row(number, texts, height=_height([text for text, _ in texts])))
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, (_, width) in enumerate(HEADS, FIRST)
    )
    sheet = parsed(
        f'<worksheet xmlns="{MAIN}"><sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}"/><sheetViews><sheetView tabSelected="1" showGridLines="0" workbookViewId="0">'
        f'<pane ySplit="{HEAD_ROW}" topLeftCell="A{HEAD_ROW + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="B{HEAD_ROW + 1}" sqref="B{HEAD_ROW + 1}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" hidden="1"/>{columns}</cols>'
        f"<sheetData>{''.join(rows)}</sheetData>"
        f'<autoFilter ref="B{HEAD_ROW}:{last}"/>{"<hyperlinks>" * bool(targets)}{"".join(targets)}'
        f'{"</hyperlinks>" * bool(targets)}<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3"'
        ' footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    )
    name = _free_name(NAME[language], tabs)
    quoted = link_to(name, (1, 1)).removesuffix("A1")
    first, end = f"{quoted}$B${HEAD_ROW}", f"$G${HEAD_ROW + len(ordered)}"
    book.insert_first(
        name,
        sheet,
        {"_xlnm._FilterDatabase": f"{first}:{end}", "_xlnm.Print_Titles": f"{quoted}${HEAD_ROW}:${HEAD_ROW}"},
    )


def lists_of(book: BookFile) -> tuple[Tab, ...]:
    """The tabs that are a list which docgen wrote before."""
    return tuple(tab for tab in book.tabs if _is_ours(book, book.package.look(tab.part)))


def _is_ours(book: BookFile, sheet: Tree) -> bool:
    """Whether the mark stands in the first rows, as docgen writes it or as another program has saved it."""
    rows = islice(sheet.iterfind(f"{q('sheetData')}/{q('row')}"), 2)
    for cell in (cell for row in rows for cell in row):
        index = cell.findtext(q("v")) or ""
        if OURS in (text_of(cell), book.shared[int(index)] if cell.get("t") == "s" and index else ""):
            return True
    return False


def _row(number: int, cells: Sequence[tuple[str, int]], mark: str = "", height: int = 0) -> str:
    high = f' ht="{height}" customHeight="1"' if height else ""
    hidden = _cell(f"A{number}", mark) if mark else ""
    made = (_cell(f"{column_name(column)}{number}", *one) for column, one in enumerate(cells, FIRST))
    return f'<row r="{number}"{high}>{hidden}{"".join(made)}</row>'


def _height(texts: Sequence[str]) -> int:
    """What a row needs for its texts in the widths of their columns."""
    lines = (lines_of(text, width - 2) for text, (_, width) in zip(texts, HEADS, strict=True))
    return min(HIGHEST, LINE_HEIGHT * max(lines))


def _cell(name: str, text: str, style: int = 0) -> str:
    if not text:
        return f'<c r="{name}" s="{style}"/>'
    return f'<c r="{name}" s="{style}" t="inlineStr"><is><t>{escape(written(text).strip(), quote=False)}</t></is></c>'


def _free_name(wanted: str, taken: Mapping[str, str]) -> str:
    """``wanted``, or with a number where the workbook has a tab of that name."""
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted} {number}"[:LONGEST_NAME]
    return name
