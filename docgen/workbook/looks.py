"""How a new workbook looks: its colours, its fonts, and the formats of its cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil
from typing import Any

from docgen.definitions.definition import Field
from docgen.model.problems import UiLanguage
from docgen.workbook.columns import Column

FONTS = {"en": "Calibri", "zh": "等线"}
SIZE = 11
INK, DEEP, QUIET, RED, ALARM = "#1F2933", "#1F3A5F", "#6B7785", "#C0392B", "#9C1C10"
BAND, HEAD, LINE, MISSING, WRONG = "#DCE6F0", "#F1F5F9", "#C5CED8", "#FFF0C2", "#F9D6D2"

SOLID = {"top": 1, "bottom": 1, "left": 1, "right": 1}
BOX = {**dict.fromkeys(SOLID, 1), **{f"{side}_color": LINE for side in SOLID}}
LABEL = {"bold": True, "bg_color": HEAD, "font_color": DEEP, "text_wrap": True, "valign": "vcenter", **BOX}
LOCKED = {"locked": True}
MARKED = {"required": "*", "conditional": "(*)", "optional": ""}

TEXT = "@"
"""Cells of text are text from the start: 007, 3-5 and = stay what they are."""
NUMBER_FORMATS = {
    **dict.fromkeys(("integer", "decimal", "percent", "quantity"), "General"),
    "date": "yyyy-mm-dd",
    "time": "hh:mm",
}
SHORT = frozenset(("integer", "decimal", "percent", "quantity", "date", "time", "month", "yes_no"))

FIGURE = {"align": "right", "indent": 1}
ALIGNED: dict[str, dict[str, Any]] = {
    **{kind: {"align": "left"} for kind in ("date", "time", "quantity")},
    **{kind: FIGURE for kind in ("integer", "decimal", "percent")},
}
"""A quantity may be a number or a text, and looks the same."""

WIDTHS = {
    "date": (11, 12),
    "month": (9, 10),
    "time": (8, 9),
    "integer": (8, 10),
    "decimal": (9, 12),
    "percent": (9, 9),
    "quantity": (11, 13),
    "yes_no": (8, 9),
    "choices": (14, 24),
    "ref": (12, 22),
    "id": (12, 14),
    "longtext": (12, 36),
    "list": (12, 36),
}
"""The least and the best width of a column, in characters, by the type of its field."""
MARK_WIDTH = 4.5
"""What the mark behind a label takes, and some white."""
LETTER = 0.9
"""The width of a Latin letter; that of a digit is 1."""
ONE_LINE, TWO_LINES, THREE_LINES = 20.0, 33.0, 48.0
TEXT_WIDTHS = ((40, (8, 9)), (80, (12, 15)), (150, (12, 18)), (250, (12, 24)), (10_000, (12, 32)))
"""The same for texts, by how long they may be."""


def widths(of: Field, language: UiLanguage) -> tuple[float, float]:
    """The least and the best width of the column of a field; its label takes three lines at the least, two at best."""
    if of.choices and of.type == "choice":
        longest = max(extent(label[language]) for label in of.choices.choices.values())
        least, best = 10.0, min(max(longest + 3.0, 10.0), 26.0)
    elif of.type in WIDTHS:
        least, best = WIDTHS[of.type]
    else:
        limit = of.limits.max_length or 500
        least, best = next(both for most, both in TEXT_WIDTHS if limit <= most)
    label = of.label[language]
    return max(least, label_extent(label, language, 3)), max(best, label_extent(label, language, 2))


def label_extent(label: str, language: UiLanguage, lines: int) -> float:
    """What a label of so many lines needs at least."""
    longest = max(map(extent, label.split())) if language == "en" else 0
    return max(longest, extent(label) / lines + 1) + MARK_WIDTH


def label_height(labels: Iterable[tuple[str, float]]) -> float:
    """The height of a row of labels in columns of these widths: of one line, two or three."""
    lines = max(ceil((breadth(label) + MARK_WIDTH) / width) for label, width in labels)
    return (ONE_LINE, TWO_LINES, THREE_LINES)[min(lines, 3) - 1]


@lru_cache(maxsize=4096)
def extent(text: str) -> int:
    """The width of a text in characters; a Chinese one is as wide as two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


@lru_cache(maxsize=4096)
def breadth(text: str) -> float:
    """The same, as letters and blanks are on average narrower than digits."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else LETTER for letter in text)


@dataclass(slots=True)
class Looks:
    """The formats of a workbook, each made once."""

    book: Any
    language: UiLanguage
    _made: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def __call__(self, **properties: Any) -> Any:
        """A format; unlocked, unless it says otherwise."""
        return self.colour(**{"font_name": FONTS[self.language], "font_size": SIZE, "font_color": INK, **properties})

    def colour(self, **properties: Any) -> Any:
        """What a condition changes of a format."""
        known = tuple(sorted(properties.items()))
        if known not in self._made:
            self._made[known] = self.book.add_format(properties)
        return self._made[known]

    def entry(self, of: Field, **more: Any) -> Any:
        """A cell to type in."""
        number_format = NUMBER_FORMATS.get(of.type, TEXT)
        align = ALIGNED.get(of.type, {})
        wrap = {} if of.type in SHORT and of.type != "quantity" else {"text_wrap": True}
        return self(num_format=number_format, valign="top", **align, **wrap, **more)

    def label(self, sheet: Any, row: int, column: int, of: Column, **properties: Any) -> None:
        """The heading of a column with the mark that says whether it is needed."""
        look = {**LOCKED, **LABEL, **properties}
        text, mark = of.of.label[self.language], MARKED[of.need]
        if not mark:
            sheet.write_string(row, column, text, self(**look))
            return
        ink = self(bold=look["bold"], font_color=look["font_color"])
        before, star, behind = mark.partition("*")
        runs = [ink, text + before.replace("(", " ("), self(bold=True, font_color=RED), star]
        sheet.write_rich_string(row, column, *runs, *([ink, behind] if behind else []), self(**look))
