"""The page of a letterhead: its size and margins, in so far as codes and forms have room on it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from docgen.layout.theme import CodeField, Margins, Page
from docgen.writers.letterhead_faults import refuse
from docgen.writers.word_xml import W

_W = f"{{{W}}}"
NARROWEST, LOWEST, LEAST = 130.0, 100.0, 60.0
"""Millimetres that the text of a form needs, on a portrait and on a landscape page; ``LEAST`` beside a high head."""
_LINE = 3.0
"""Millimetres that a line takes at least; of heads and feet nobody knows more before they are laid out."""
_EMU = 36_000
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_UNITS = {"": 25.4 / 1440, "mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "pi": 25.4 / 6}
_MEASURE = re.compile(r"(-?[0-9]{1,7}(?:\.[0-9]{1,7})?)(|mm|cm|in|pt|pc|pi)")
LARGEST = 558.8
"""Millimetres of a page's side: Word knows no larger paper (22 inches)."""


def read_page(file: str, section: etree._Element, usual: Page, field: CodeField | None) -> tuple[Page, bool]:
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
            raise refuse(file, "measure", detail=f"{element} {name}={value[:20]}")
        return float(parsed[1]) * _UNITS[parsed[2]]

    width, height = measure("pgSz", "w", usual.width), measure("pgSz", "h", usual.height)
    margins = usual.margins
    right = measure("pgMar", "right", margins.right)
    # Word lets a head that is too high reach into the text where the margin is negative.
    top, bottom = abs(measure("pgMar", "top", margins.top)), abs(measure("pgMar", "bottom", margins.bottom))
    if field and right < field.from_side + field.size:
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
    if page.height > LARGEST:
        raise refuse(file, "large", detail=f"{page.width:.0f} × {page.height:.0f}", most=f"{LARGEST:.0f}")
    if left < 0 or right < 0:
        raise refuse(file, "beyond")
    if page.width - left - right < NARROWEST:
        raise refuse(file, "narrow", detail=f"{page.width - left - right:.0f}")
    room = page.width - max(top, page.head) - max(bottom, page.foot)
    if room < LOWEST:
        raise refuse(file, "low", detail=f"{room:.0f}")
    return page, width > height


def under_code(page: Page, field: CodeField | None) -> float:
    """Millimetres at the right end of a head that the code at the upper right takes; below zero: what is left to it."""
    return field.from_side + field.size - page.margins.right if field else -page.margins.right


def check_heights(file: str, page: Page, running: Mapping[tuple[str, str], Sequence[etree._Element]]) -> None:
    """Refuse heads and feet that leave no room for a form, as lines without end or a picture of a whole page do.

    Raises:
        TemplateError: on a landscape page, they do.
    """
    starts = {"header": (page.head, page.margins.top), "footer": (page.foot, page.margins.bottom)}
    taken = dict.fromkeys(starts, 0.0)
    for (kind, _), blocks in running.items():
        start, margin = starts[kind]
        taken[kind] = max(taken[kind], margin, start + sum(map(_height, blocks)))
    room = page.width - sum(taken.values())
    if room < LEAST:
        raise refuse(file, "crowded", detail=f"{room:.0f}")


def _height(block: etree._Element) -> float:
    """Millimetres that a block takes at the very least."""
    if block.tag == f"{_W}tbl":
        rows = (
            max((sum(map(_height, cell)) for cell in row.iterchildren(f"{_W}tc")), default=0.0)
            for row in block.iterchildren(f"{_W}tr")
        )
        return sum(rows)
    if block.tag != f"{_W}p":
        return sum(map(_height, block)) if block.tag in (f"{_W}sdt", f"{_W}sdtContent") else 0.0
    if block.find(f"{_W}pPr/{_W}framePr") is not None:
        return 0.0
    exact = block.find(f"{_W}pPr/{_W}spacing")
    line = float(exact.get(f"{_W}line", "0")) if exact is not None and exact.get(f"{_W}lineRule") == "exact" else 0.0
    pictures = (one.get("cy", "0") for one in block.iterfind(f".//{_WP}inline/{_WP}extent"))
    return max([line * _UNITS[""] if line else _LINE, *(int(one) / _EMU for one in pictures if one.isdecimal())])
