"""What helps a person who types into a cell: the note that appears, the drop-down, the limits, the colour of a gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_range_abs, xl_rowcol_to_cell

from docgen.definitions.definition import Definitions, Field
from docgen.definitions.fields import MAX_LENGTH
from docgen.definitions.naming import CASE
from docgen.definitions.tabs import NOT_READ
from docgen.model.problems import UiLanguage, Words
from docgen.workbook.columns import Column, Group
from docgen.workbook.looks import MISSING, Looks
from docgen.workbook.values import YES_NO

TITLE, PROMPT, ERROR = 32, 255, 224
"""Characters that Excel shows of a note's title and text, and of an error's text."""
LISTS = Words("Lists", "选项")

REQUIRED = Words("Required.", "必填。")
WHEN = Words("Required when {condition}.", "以下情形必填：{condition}。")
SOMETIMES = Words("Required in some cases.", "部分情形必填。")
EXAMPLE = Words("Example: {example}", "例：{example}")
SEVERAL = Words(
    "One or more of: {labels}. Each on a line of its own (Alt+Enter).", "可多选：{labels}。每项一行（Alt+Enter换行）。"
)
LINES = Words("Each item on a line of its own (Alt+Enter).", "每项一行（Alt+Enter换行）。")
MONTH = Words("As 2026-03.", "格式如2026-03。")

NO_DATE = Words(
    "Excel does not know this as a date. docgen also reads 2026-03-05 and 5 March 2026. Keep it?",
    "Excel未识别为日期。docgen也能识别2026-03-05和2026年3月5日。是否保留？",
)
NO_CHOICE = Words("Please choose from the list of this cell.", "请从本单元格的下拉列表中选择。")
NO_NUMBER = Words("A number from {low} to {high}, please.", "请填写{low}至{high}之间的数字。")
NO_PERCENT = Words(
    "In percent, from 1 to {high}: 60, not 0.6. Keep it?", "请按百分数填写1至{high}的数字，如60，不填0.6。是否保留？"
)
TOO_LONG = Words("At most {limit} characters. Keep it?", "最多{limit}个字符。是否保留？")

FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2099, 12, 31)
MOST = 10**12


Known = Mapping[str, Sequence[str]]
"""Names that the office's settings know, by the field of the case that they belong in: the departments."""


@dataclass(slots=True)
class Lists:
    """The hidden tab with the choices; a list is written down when the first cell asks for it."""

    sheet: Any
    language: UiLanguage
    _places: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sheet.write_string(0, 0, NOT_READ)

    def of(self, name: str, texts: Sequence[str]) -> str:
        """The formula of the cells that hold ``texts``."""
        if name not in self._places:
            column = len(self._places) + 1
            self.sheet.write_string(1, column, name)
            for row, text in enumerate(texts, start=2):
                self.sheet.write_string(row, column, text)
            cells = xl_range_abs(2, column, len(texts) + 1, column)
            self._places[name] = f"='{LISTS[self.language]}'!{cells}"
        return self._places[name]


@dataclass(frozen=True, slots=True)
class Making:
    """What every part of a new workbook is made with."""

    book: Any
    definitions: Definitions
    language: UiLanguage
    looks: Looks
    lists: Lists
    known: Known = field(default_factory=dict)

    def say(self, words: Words, **values: Any) -> str:
        return words[self.language].format(**values)


def example(of: Field, making: Making) -> str:
    """What stands in the cell of a filled example: the label of a choice, the name of a row that is meant."""
    shown = of.example[making.language] if of.example else ""
    if of.choices:
        codes = [code.strip() for code in shown.split(",")]
        labels = [of.choices.choices[code][making.language] for code in codes if code in of.choices.choices]
        return "\n".join(labels) or shown
    if of.type == "yes_no":
        return YES_NO[shown == "yes"][making.language]
    named = making.definitions.sheets.get(of.to)
    if named and named.names:
        name = named.fields[named.names[-1]]
        return name.example[making.language] if name.example else shown
    return shown


def prompt(column: Column, making: Making) -> str:
    """When the cell is needed, what belongs in it, and an example; cut to what Excel shows."""
    of, language = column.of, making.language
    hint = of.hint[language]
    labels = [label[language] for label in of.choices.choices.values()] if of.choices else []
    joined = {"en": "; ", "zh": "；"}[language].join(labels)
    more = {"choices": making.say(SEVERAL, labels=joined), "list": LINES[language], "month": MONTH[language]}.get(
        of.type, ""
    )
    shown = example(of, making).replace("\n", "; ")
    parts = [needed(column, making), hint, more, making.say(EXAMPLE, example=shown) if shown and not of.choices else ""]
    text = "\n".join(filter(None, parts))
    if len(text) > PROMPT:
        text = "\n".join(filter(None, parts[:-1]))
    return text if len(text) <= PROMPT else text[: PROMPT - 1] + "…"


def needed(column: Column, making: Making) -> str:
    """The sentence that says when the cell may not stay empty."""
    if column.need == "required":
        return REQUIRED[making.language]
    if column.conditions:
        conditions = {"en": " or when ", "zh": "；"}[making.language].join(
            one[making.language] for one in column.conditions
        )
        return making.say(WHEN, condition=conditions)
    return SOMETIMES[making.language] if column.need == "conditional" else ""


def guide_cells(
    sheet: Any, column: Column, area: tuple[int, int, int, int], making: Making, source: str = "", note: str = ""
) -> None:
    """Give the cells of ``area`` their note, drop-down and limits; ``source`` is a formula for the names to choose."""
    rule = {"validate": "any", **_rule(column.of, making)}
    if column.of.sheet == CASE and making.known.get(column.of.name):
        source = making.lists.of(column.of.name, making.known[column.of.name])
    if source:
        rule = {"validate": "list", "source": source, "show_error": False}
    rule["input_title"] = column.of.label[making.language][:TITLE]
    rule["input_message"] = note[:PROMPT] or prompt(column, making)
    rule["ignore_blank"] = True
    sheet.data_validation(*area, rule)


def _rule(of: Field, making: Making) -> dict[str, Any]:
    language = making.language
    if of.type in ("choice", "yes_no"):
        labels = [*of.choices.choices.values()] if of.choices else [*YES_NO.values()]
        source = making.lists.of(of.choices.name if of.choices else "yes_no", [label[language] for label in labels])
        return {"validate": "list", "source": source, "error_message": NO_CHOICE[language]}
    if of.type == "date":
        limits = {"minimum": FIRST_DAY, "maximum": LAST_DAY}
        return {
            "validate": "date",
            "criteria": "between",
            **limits,
            "error_type": "warning",
            "error_message": NO_DATE[language],
        }
    if of.type in ("integer", "decimal", "percent"):
        low = -MOST if of.limits.minimum is None else of.limits.minimum
        high = MOST if of.limits.maximum is None else of.limits.maximum
        if abs(low) == abs(high) == MOST:
            return {}
        rule: dict[str, Any] = {"validate": "integer" if of.type == "integer" else "decimal", "criteria": "between"}
        if of.type == "percent" and low == 0:
            rule |= {"minimum": 1, "maximum": high, "error_type": "warning"}
            return rule | {"error_message": making.say(NO_PERCENT, high=high)}
        return rule | {"minimum": low, "maximum": high, "error_message": making.say(NO_NUMBER, low=low, high=high)}
    if of.type in ("text", "longtext", "id"):
        limit = of.limits.max_length or MAX_LENGTH.get(of.type, MAX_LENGTH["text"])
        message = making.say(TOO_LONG, limit=limit)[:ERROR]
        return {
            "validate": "length",
            "criteria": "<=",
            "value": limit,
            "error_type": "warning",
            "error_message": message,
        }
    return {}


def colour_gaps(sheet: Any, group: Group, places: dict[str, int], rows: tuple[int, int], making: Making) -> None:
    """Colour what is required and still empty on a line where something of its sheet is typed."""
    first, last = rows
    columns = sorted(places[column.key] for column in group.columns)
    begun = f"${xl_col_to_name(columns[0])}{first + 1}:${xl_col_to_name(columns[-1])}{first + 1}"
    look = making.looks.colour(bg_color=MISSING)
    for column in group.columns:
        if column.need == "required":
            at = places[column.key]
            cell = xl_rowcol_to_cell(first, at, col_abs=True)
            criteria = f"=AND(LEN(TRIM({cell}))=0,SUMPRODUCT(LEN({begun}))>0)"
            sheet.conditional_format(first, at, last, at, {"type": "formula", "criteria": criteria, "format": look})


def in_percent(cell: str) -> str:
    """What a sum of weights is to be multiplied with: 60 % typed into ``cell`` is 0.6 to a spreadsheet, 60 is 60."""
    return f'IF(LEFT(CELL("format",{cell}),1)="P",100,1)'


PROTECTION = dict.fromkeys(
    (
        "format_cells",
        "format_columns",
        "format_rows",
        "insert_rows",
        "delete_rows",
        "insert_hyperlinks",
        "sort",
        "autofilter",
    ),
    True,
)
FOOT = Words("&L&8&K6B7785&F · &A&R&8&K6B7785Page &P of &N", "&L&8&K6B7785&F · &A&R&8&K6B7785第&P页，共&N页")


def set_page(
    sheet: Any,
    making: Making,
    repeated: tuple[int, int] | None = None,
    pages: int = 1,
    upright: bool = False,
    high: int = 0,
) -> None:
    """Paper, foot, protection: what all tabs have in common.

    ``pages``: how many pages wide it prints; ``high``: and how many high, 0 for as many as its rows take.
    """
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    if not upright:
        sheet.set_landscape()
    sheet.fit_to_pages(pages, high)
    if pages > 1:
        sheet.print_across()  # what stands in one row comes on pages that follow each other
    sheet.set_margins(left=0.3, right=0.3, top=0.6, bottom=0.7)
    sheet.set_footer(FOOT[making.language])
    if repeated:
        sheet.repeat_rows(*repeated)
    sheet.ignore_errors({"number_stored_as_text": "A1:ZZ10000"})
    sheet.protect("", PROTECTION)
