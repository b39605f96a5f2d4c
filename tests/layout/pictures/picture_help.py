"""Pictures as a template gets them, taken apart: labels with their boxes, shapes, and what is said in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from html import unescape
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

from jinja2 import Template

from docgen.definitions.load import load_definitions
from docgen.layout.pictures.drawing import ASCENT, DESCENT
from docgen.layout.render import Renderer
from docgen.layout.sets import load_set
from docgen.model.case import Month, Quantity
from docgen.sources.settings import read_settings

NAMESPACE = "{http://www.w3.org/2000/svg}"
SLACK = 0.05
HOSTILE = (
    "<b>&amp; \"'</b> {{ 1 }} ]]> %s",
    "Donaudampfschifffahrtsgesellschaft" * 6,
    "长" * 200,
    "，。、；：）》" * 6,
    "a",
    " ".join(["WWWWMMMM@@%%"] * 9),
    "进入机电设备行业一年，变频器、减速机等产品的专业知识不足，客户问到选型参数时不能当场答复",
)
COMPLEX = ("محمد بن سلمان", "שלום", "नमस्ते", "👩‍👩‍👧", "e\u0301\u0323\u0302", "a\u202eb")
"""Letters that join, stand above each other, or run from right to left."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shown:
    root: ElementTree.Element
    alt: str

    @property
    def texts(self) -> list[str]:
        return [node.text or "" for node in self.root.iter(f"{NAMESPACE}text")]

    @property
    def said(self) -> str:
        """All labels, without what parts them."""
        return "".join("".join(self.texts).split())

    @property
    def size(self) -> tuple[float, float]:
        _, _, width, height = map(float, self.root.attrib["viewBox"].split())
        return width, height

    def shapes(self, sides: int | None = None, fill: str | None = None) -> list[ElementTree.Element]:
        found = self.root.iter(f"{NAMESPACE}polygon")
        return [
            one
            for one in found
            if sides in (None, len(one.attrib["points"].split())) and fill in (None, one.attrib["fill"])
        ]

    def boxes(self) -> list[tuple[str, Box]]:
        found = []
        for node in self.root.iter(f"{NAMESPACE}text"):
            x, y, size, room = (float(node.attrib[name]) for name in ("x", "y", "font-size", "data-room"))
            left = x - room * {"start": 0, "middle": 0.5, "end": 1}[node.attrib["text-anchor"]]
            found.append((node.text or "", (left, y - ASCENT * size, left + room, y + DESCENT * size)))
        return found


def box_of(shape: ElementTree.Element) -> Box:
    across, down = zip(*(map(float, corner.split(",")) for corner in shape.attrib["points"].split()), strict=True)
    return min(across), min(down), max(across), max(down)


@cache
def _renderer() -> Renderer:
    return Renderer(load_set(), load_definitions())


@cache
def _settings() -> dict[str, Any]:
    return read_settings(None, load_definitions())[0]


@cache
def _template(first: Any, second: Any) -> Template:
    return _renderer().environment(first, second).from_string("{{ drawn(kind, **data) }}")


@cache
def theme_colours() -> dict[str, str]:
    return dict(load_set().theme.colours)


def drawn(
    kind: str, language: str = "en", *, landscape: bool = False, pictures: Any = None, **data: Any
) -> Shown | None:
    """The picture in a document of ``language``, or None where there is none."""
    settings = _settings() if pictures is None else {**_settings(), "pictures": pictures}
    first = "en" if language == "en" else "zh"
    drawings: dict[str, str] = {}
    context = {
        "settings": settings, "first": first, "second": "en" if language == "both" else None,
        "landscape": landscape, "drawings": drawings,
    }  # fmt: skip
    markup = _template(first, "en" if language == "both" else None).render({**context, "kind": kind, "data": data})
    if not markup:
        assert not drawings
        return None
    (name,) = drawings
    found = re.fullmatch(rf'<figure><img src="drawn:{name}" alt="([^"<>]*)" width="[\d.]+"/></figure>', markup)
    assert found, markup
    return Shown(ElementTree.fromstring(drawings[name]), unescape(found[1]))


def picture(*args: Any, **more: Any) -> Shown:
    made = drawn(*args, **more)
    assert made is not None
    return made


def assert_readable(shown: Shown) -> None:
    """No label lies over another or reaches over the edge."""
    width, height = shown.size
    boxes = shown.boxes()
    for text, (left, top, right, bottom) in boxes:
        assert left >= -SLACK and right <= width + SLACK and top >= -SLACK and bottom <= height + SLACK, text
    for (one, a), (other, b) in combinations(boxes, 2):
        apart = a[2] <= b[0] + SLACK or b[2] <= a[0] + SLACK or a[3] <= b[1] + 0.25 * 8.5 or b[3] <= a[1] + 0.25 * 8.5
        assert apart, (one, other)


def quantity(text: str) -> Quantity:
    number, _, unit = text.partition(" ")
    return Quantity(Decimal(number), unit)


def day(text: str) -> date:
    return date.fromisoformat(text)


def month(text: str) -> Month:
    year, _, number = text.partition("-")
    return Month(int(year), int(number))
