"""The tab of one person: blocks below each other that look like the printed form, each with its hidden row of keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_rowcol_to_cell

from docgen.definitions.tabs import CARD, NO_DATA, SUM, key, key_mark
from docgen.model.problems import Words
from docgen.workbook.columns import WEIGHT, Block, Column, Group
from docgen.workbook.entry import Making, colour_gaps, guide_cells, in_percent, set_page
from docgen.workbook.growing import height
from docgen.workbook.lines import Line, Sheets
from docgen.workbook.looks import ALARM, BAND, BOX, DEEP, FIGURE, HEAD, LABEL, LINE, LOCKED, QUIET, WRONG, label_height
from docgen.workbook.table import write
from docgen.workbook.widths import NARROW, ZOOM, across, form_lines, is_form, pages

MARGIN = 1
"""The column left of the blocks; column 0 holds the marks."""
LEFT = MARGIN + 1
FREE_LINES, FREE_LINES_OF_SEVERAL = 5, 8
"""Lines to type in of a block; more where several sheets stand side by side."""
SPARE = 2
"""Empty lines behind those that are filled in."""
LONG = frozenset(("longtext", "list"))
SHOWN = ("employee_no", "department", "position")
NAME = "employee_name"
MORE_LINES = Words("More lines: insert rows.", "行数不够时可插入行。")


@dataclass(frozen=True, slots=True)
class People:
    """The list of people: its tab, and its columns by their keys."""

    tab: str
    places: Mapping[str, int]

    def column(self, name: str) -> str:
        letter = xl_col_to_name(self.places[name])
        return f"{quote_sheetname(self.tab)}!${letter}:${letter}"


@dataclass(slots=True)
class Card:
    """A card that is being written from above."""

    sheet: Any
    widths: Sequence[float]
    making: Making
    row: int = 0
    lists: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """By sheet: the column of the names of its rows, and the rows before and behind them."""
    tables: list[tuple[Column, tuple[int, int, int, int]]] = field(default_factory=list)
    """The columns of the tables with their cells, for the drop-downs, which may offer names from further below."""

    @property
    def last(self) -> int:
        return LEFT + len(self.widths) - 1

    @property
    def seen(self) -> Sequence[float]:
        """The widths of the columns that a screen and a page show; what is not a table keeps to them."""
        return self.widths[: across(self.widths)]

    def write(self, name: str, data: Sheets, people: People, title: str, blocks: Sequence[Block]) -> None:
        sheet = self.sheet
        sheet.set_column(0, 0, None, None, {"hidden": True})
        sheet.set_column(MARGIN, MARGIN, 1.5)
        for at, width in enumerate(self.widths, start=LEFT):
            sheet.set_column(at, at, width)
        self._person(name, data, people, title)
        sheet.freeze_panes(self.row, 0)
        for block in blocks:
            self._heading(block)
            lines = data.lines(block.tab, self.making.definitions)
            (self._form if is_form(block) else self._table)(block, lines)
        for column, area in self.tables:
            guide_cells(sheet, column, area, self.making, self._choices(column))
        if sum(self.widths) > NARROW + 1:
            sheet.set_zoom(ZOOM)
        set_page(sheet, self.making, (0, 1), pages(self.widths))
        sheet.print_area(0, MARGIN, self.row, self.last)

    def _mark(self, height: float | None = None, mark: str = NO_DATA) -> None:
        """Mark a row as docgen's own: nobody types there."""
        locked = self.making.looks(**LOCKED)
        self.sheet.set_row(self.row, height, locked, {} if mark == NO_DATA else {"hidden": True})
        self.sheet.write_string(self.row, 0, mark, locked)

    def _person(self, name: str, data: Sheets, people: People, title: str) -> None:
        """Who the card is about, looked up on the list by the name of this tab, and the way back."""
        sheet, looks, language = self.sheet, self.making.looks, self.making.language
        known = {of: str(data.value(of) or "") for of in (NAME, *SHOWN)}
        fields = self.making.definitions.sheets["case"].fields
        tab = xl_rowcol_to_cell(0, MARGIN, row_abs=True, col_abs=True)

        def found(of: str) -> str:
            return f'IFERROR(INDEX({people.column(key("case", of))},MATCH({tab},{people.column(CARD)},0))&"","")'

        edge = LEFT + len(self.seen) - 1
        self._mark(30)
        big = looks(**LOCKED, bold=True, font_size=18, font_color=DEEP, valign="vcenter")
        sheet.write_formula(0, LEFT, f'=IF({found(NAME)}="",{tab},{found(NAME)})', big, known[NAME] or name)
        small = looks(**LOCKED, font_color=QUIET, valign="vcenter", align="right")
        sheet.write_string(0, edge, title, small)
        self.row = 1
        self._mark(20)
        under = {"bottom": 2, "bottom_color": DEEP, "valign": "vcenter", "font_color": QUIET}
        for at in range(LEFT, edge + 1):
            sheet.write_blank(1, at, None, looks(**LOCKED, **under))
        colon, gap = {"en": (": ", "     "), "zh": ("：", "　　")}[language]
        labels = [(of, fields[of].label[language] + colon) for of in SHOWN]
        text = gap.join(label + known[of] for of, label in labels)
        formula = f'&"{gap}"&'.join(f'"{label}"&{found(of)}' for of, label in labels)
        sheet.write_formula(1, LEFT, f"={formula}", looks(**LOCKED, **under), text)
        back = looks(**LOCKED, **{**under, "align": "right", "font_color": DEEP, "underline": 1})
        sheet.write_url(1, edge, f"internal:{quote_sheetname(people.tab)}!A1", back, string=f"‹ {people.tab}")
        path = 'CELL("filename",$A$1)'
        after = ",".join(f'IFERROR(MID({path},FIND("{sign}",{path})+{len(sign)},31)' for sign in ("]", "#$"))
        quoted = name.replace('"', '""')
        formula = f'={after},"{quoted}"))'
        sheet.write_formula(0, MARGIN, formula, looks(**LOCKED, num_format=";;;"), name)
        self.row = 2
        self._mark()

    def _heading(self, block: Block) -> None:
        sheet, looks, language = self.sheet, self.making.looks, self.making.language
        self.row += 1
        self._mark(24)
        heading = looks(**LOCKED, bold=True, font_size=13, font_color=DEEP, valign="bottom")
        sheet.write_string(self.row, LEFT, block.tab.label[language], heading)
        self.row += 1
        self._mark()
        note = block.tab.note[language]
        if not is_form(block):
            note = {"en": " ", "zh": ""}[language].join((note, MORE_LINES[language]))
        sheet.write_string(self.row, LEFT, note, looks(**LOCKED, font_color=QUIET, font_size=10, valign="top"))
        self.row += 1

    def _keys(self, block: Block, places: Mapping[str, int]) -> None:
        self._mark(mark=key_mark(block.tab.name))
        for name, at in places.items():
            self.sheet.write_string(self.row, at, name, self.making.looks(**LOCKED))
        self.row += 1

    def _form(self, block: Block, lines: Sequence[Line]) -> None:
        """Labels over values."""
        sheet, looks = self.sheet, self.making.looks
        line = lines[0] if lines else {}
        quiet = {"bold": False, "font_color": QUIET}
        head = looks(**{**LOCKED, **LABEL, **quiet})
        for cells in form_lines(block.columns, self.seen, self.making.language):
            places = {column.key: LEFT + first for column, first, _ in cells}
            self._keys(block, places)
            spans = [(column, sum(self.widths[first : last + 1])) for column, first, last in cells]
            self._mark(self._label_height(spans))
            tall = 50.0 if any(column.of.type in LONG for column, _, _ in cells) else 20.0
            texts = ((line.get(column.key), width) for column, width in spans)
            sheet.set_row(self.row + 1, max(tall, height(texts)))  # merged cells don't grow by themselves
            for column, first, last in cells:
                entry = looks.entry(column.of, **BOX)
                self._span(self.row, LEFT + first, LEFT + last, head)
                looks.label(sheet, self.row, LEFT + first, column, **quiet)
                self._span(self.row + 1, LEFT + first, LEFT + last, entry)
                write(sheet, self.row + 1, LEFT + first, line.get(column.key), entry)
                at = LEFT + first
                guide_cells(sheet, column, (self.row + 1, at, self.row + 1, at), self.making)
            group = Group(block.groups[0].sheet, tuple(column for column, _, _ in cells))
            colour_gaps(sheet, group, places, (self.row + 1, self.row + 1), self.making)
            self.row += 2
        self._mark()  # a second row would be nobody's

    def _label_height(self, columns: Iterable[tuple[Column, float]]) -> float:
        return label_height((column.of.label[self.making.language], width) for column, width in columns)

    def _span(self, row: int, first: int, last: int, look: Any) -> None:
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", look)
        else:
            self.sheet.write_blank(row, first, None, look)

    def _table(self, block: Block, lines: Sequence[Line]) -> None:
        sheet, looks = self.sheet, self.making.looks
        places = {column.key: LEFT + at for at, column in enumerate(block.columns)}
        self._keys(block, places)
        if len(block.groups) > 1:
            self._bands(block, places)
        self._mark(self._label_height(zip(block.columns, self.widths, strict=False)))
        for column in block.columns:
            looks.label(sheet, self.row, places[column.key], column)
        heads = self.row
        first = heads + 1
        free = FREE_LINES if len(block.groups) == 1 else FREE_LINES_OF_SEVERAL
        count = max(free, len(lines) + SPARE if lines else 0)
        behind = first + count
        self._names(block, places, heads, behind)
        for column in block.columns:
            at = places[column.key]
            self.tables.append((column, (first, at, behind - 1, at)))
        for group in block.groups:
            colour_gaps(sheet, group, places, (first, behind - 1), self.making)
        entries = {column.key: looks.entry(column.of, **BOX) for column in block.columns}
        tall = looks(font_size=15)
        for row in range(first, behind):
            line = lines[row - first] if row - first < len(lines) else {}
            sheet.write_blank(row, MARGIN, None, tall)
            sheet.set_growing_row(row, height((line.get(name), self.widths[at - LEFT]) for name, at in places.items()))
            for name, at in places.items():
                write(sheet, row, at, line.get(name), entries[name])
        self.row = behind
        if WEIGHT in places:
            self._sum(places, first, lines)

    def _bands(self, block: Block, places: Mapping[str, int]) -> None:
        self._mark(19)
        look = {**LOCKED, "bold": True, "bg_color": BAND, "font_color": DEEP, "valign": "vcenter"}
        for group in block.groups:
            begin, *rest = (places[column.key] for column in group.columns)
            edge = self.making.looks(**look, left=1, left_color=LINE)
            self.sheet.write_string(self.row, begin, group.sheet.label[self.making.language], edge)
            for at in rest:
                self.sheet.write_blank(self.row, at, None, self.making.looks(**look))
        self.row += 1

    def _names(self, block: Block, places: Mapping[str, int], heads: int, behind: int) -> None:
        """Remember where the names of the rows stand, for the drop-downs that offer them."""
        for group in block.groups:
            named = [key(group.sheet.name, name) for name in reversed(group.sheet.names)]
            for name in named:
                if name in places:
                    self.lists.setdefault(group.sheet.name, (places[name], heads, behind))
                    break

    def _choices(self, column: Column) -> str:
        """The names typed on this card, as the source of a drop-down; with the lines that were put in since."""
        if column.of.type != "ref" or column.of.to not in self.lists:
            return ""
        at, heads, behind = self.lists[column.of.to]
        start = xl_rowcol_to_cell(heads, at, row_abs=True, col_abs=True)
        end = xl_rowcol_to_cell(behind, at, row_abs=True, col_abs=True)
        return f"=OFFSET({start},1,0,ROW({end})-ROW({start})-1,1)"

    def _sum(self, places: Mapping[str, int], first: int, lines: Sequence[Line]) -> None:
        """The row below the targets: it adds up all above it, with the lines that were put in since."""
        sheet, looks = self.sheet, self.making.looks
        self._mark(20)
        at = places[WEIGHT]
        look = {**LOCKED, "bold": True, "font_color": DEEP, "bg_color": HEAD, "valign": "vcenter"}
        for other in places.values():
            sheet.write_blank(self.row, other, None, looks(**look))
        sheet.write_string(self.row, min(places.values()), SUM[self.making.language], looks(**look))
        letter = xl_col_to_name(at)
        total = f"SUM({xl_rowcol_to_cell(first - 1, at)}:INDEX({letter}:{letter},ROW()-1))"
        known = sum((cell for line in lines if isinstance(cell := line.get(WEIGHT), Decimal)), Decimal(0))
        formula = f'=IF({total}=0,"",ROUND({total}*{in_percent(xl_rowcol_to_cell(first, at))},2))'
        sheet.write_formula(self.row, at, formula, looks(**look, **FIGURE), float(known) if known else "")
        cell = xl_rowcol_to_cell(self.row, at)
        wrong = looks.colour(bg_color=WRONG, font_color=ALARM)
        criteria = f"=AND(ISNUMBER({cell}),{cell}<>100)"
        sheet.conditional_format(self.row, at, self.row, at, {"type": "formula", "criteria": criteria, "format": wrong})
        self.row += 1
