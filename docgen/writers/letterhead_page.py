"""The page of a letterhead: its size and margins, in so far as codes and forms have room on it."""

from __future__ import annotations

import re

from lxml import etree

from docgen.layout.theme import CodeField, Margins, Page
from docgen.writers.letterhead_faults import refuse
from docgen.writers.word_xml import W

_W = f"{{{W}}}"
NARROWEST, LOWEST = 130.0, 100.0
"""Millimetres that the text of a form needs, on a portrait and on a landscape page."""
_UNITS = {"": 25.4 / 1440, "mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "pi": 25.4 / 6}
_MEASURE = re.compile(r"(-?\d+(?:\.\d+)?)(|mm|cm|in|pt|pc|pi)")


def read_page(file: str, section: etree._Element, usual: Page, field: CodeField) -> tuple[Page, bool]:
    """The page as its section says it, portrait, and whether it lies on its side; ``usual`` fills what it leaves out.

    Where the text reaches below the codes, it begins and ends clear of them.

    Raises:
        TemplateError: it leaves too little room for a form.
    """

    def measure(element: str, name: str, missing: float) -> float:
        found = section.find(f"{_W}{element}")
        value = found.get(f"{_W}{name}") if found is not None else None
        if value is None:
            return missing
        parsed = _MEASURE.fullmatch(value.strip())
        if parsed is None:
            raise refuse(file, "measure", detail=f"{element} {name}={value}")
        return float(parsed[1]) * _UNITS[parsed[2]]

    width, height = measure("pgSz", "w", usual.width), measure("pgSz", "h", usual.height)
    margins = usual.margins
    right = measure("pgMar", "right", margins.right)
    # Word lets a head that is too high reach into the text where the margin is negative.
    top, bottom = abs(measure("pgMar", "top", margins.top)), abs(measure("pgMar", "bottom", margins.bottom))
    if right < field.from_side + field.size:
        reach = field.from_edge + field.size
        top, bottom = max(top, reach), max(bottom, reach)
    left = measure("pgMar", "left", margins.left) + measure("pgMar", "gutter", 0)
    page = Page(
        min(width, height),
        max(width, height),
        Margins(top, bottom, left, right),
        max(0.0, measure("pgMar", "header", usual.head)),
        max(0.0, measure("pgMar", "footer", usual.foot)),
    )
    if page.width - left - right < NARROWEST:
        raise refuse(file, "narrow", detail=f"{page.width - left - right:.0f}")
    if page.width - top - bottom < LOWEST:
        raise refuse(file, "low", detail=f"{page.width - top - bottom:.0f}")
    return page, width > height


def under_code(page: Page, field: CodeField) -> float:
    """Millimetres at the right end of a head that the code at the upper right takes."""
    return max(0.0, field.from_side + field.size - page.margins.right)
