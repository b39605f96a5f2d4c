"""Cells turn red by a rule of conditional formatting, not by a fill: their own format stays, and comes back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum

from lxml import etree

from docgen.sources.grid import Cell
from docgen.workbook.book_file import SHEET_ORDER
from docgen.workbook.package import Tree, insert, q
from docgen.workbook.places import areas
from docgen.workbook.styles import Styles

FORMULA = '"docgen"="docgen"'
"""Always true, and nobody else's: marking again finds its own rules by it."""
MOST_AREAS = 500
"""Spreadsheet programs limit how many areas a rule may have."""


class Shade(Enum):
    """What a marked cell means: fill and colour of its text."""

    ERROR = ("FF8F8F", "6B0000")
    WARNING = ("FFC04D", "543C00")
    ROW_OF_ERROR = ("FFC9C9", "6B0000")
    ROW_OF_WARNING = ("FFE0A6", "543C00")


def highlight(sheet: Tree, cells: Mapping[Shade, Collection[Cell]], styles: Styles) -> None:
    """Give ``cells`` their shades, before all rules that the tab has."""
    made: list[Tree] = []
    for shade in Shade:
        names = list(areas(cells.get(shade, ())))
        for start in range(0, len(names), MOST_AREAS):
            block = etree.Element(q("conditionalFormatting"), sqref=" ".join(names[start : start + MOST_AREAS]))
            rule = etree.SubElement(block, q("cfRule"), type="expression", dxfId=str(styles.difference(*shade.value)))
            rule.set("priority", str(len(made) + 1))
            rule.set("stopIfTrue", "1")
            etree.SubElement(rule, q("formula")).text = FORMULA
            made.append(block)
    for rule in _rules(sheet):
        rule.set("priority", str(_priority(rule) + len(made)))
    for block in reversed(made):
        insert(sheet, block, SHEET_ORDER)


def clear_highlights(sheet: Tree) -> None:
    """Take docgen's rules out; those of the user keep their order, counted from 1."""
    for block in sheet.findall(q("conditionalFormatting")):
        for rule in [rule for rule in block if (rule.findtext(q("formula")) or "").replace(" ", "") == FORMULA]:
            block.remove(rule)
        if block.find(q("cfRule")) is None:
            sheet.remove(block)
    ranks = {priority: rank for rank, priority in enumerate(sorted(set(map(_priority, _rules(sheet)))), 1)}
    for rule in _rules(sheet):
        rule.set("priority", str(ranks[_priority(rule)]))


def _rules(sheet: Tree) -> list[Tree]:
    """All rules with a place in the order, those of later versions of the format too."""
    return [one for one in sheet.iter("{*}cfRule") if one.get("priority")]


def _priority(rule: Tree) -> int:
    return int(rule.get("priority", 0))
