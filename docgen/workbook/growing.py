"""The tabs of a new workbook: XlsxWriter's, with rows that still grow with what is typed later."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Any

from xlsxwriter.worksheet import Worksheet

from docgen.workbook.looks import breadth
from docgen.workbook.values import Content

LEAST, MOST = 20.0, 409.0
LINE, PADDING = 15.5, 4.0
"""Points."""


class Tab(Worksheet):  # type: ignore[misc]
    """XlsxWriter writes every height as set by hand, and such a row no longer grows; here it need not be."""

    def __init__(self) -> None:
        super().__init__()
        self._growing: set[int] = set()

    def set_growing_row(self, row: int, height: float) -> None:
        """Give ``row`` a height that spreadsheets adapt to what is typed."""
        self.set_row(row, height)
        self._growing.add(row + 1)

    def _xml_start_tag_unencoded(self, tag: str, attributes: Iterable[tuple[str, Any]] = ()) -> None:
        named = dict(attributes)
        if tag == "row" and named["r"] in self._growing:
            named.pop("customHeight", None)
        super()._xml_start_tag_unencoded(tag, named.items())

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """As it stands: XlsxWriter would look for 140 newer functions in each, of which docgen uses none."""
        return formula.removeprefix("=")


def height(cells: Iterable[tuple[Content, float]]) -> float:
    """The height of a row with these contents in columns of these widths."""
    lines = max((_lines(cell, width) for cell, width in cells if isinstance(cell, str)), default=1)
    return min(MOST, max(LEAST, lines * LINE + PADDING))


def _lines(text: str, width: float) -> int:
    return sum(max(1, ceil(breadth(part) / max(1.0, width - 1))) for part in text.split("\n"))
