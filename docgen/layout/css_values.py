"""The values in a company's style sheet: letters must be legible, apart from each other, and told from their ground."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2
from tinycss2.color3 import parse_color

from docgen.layout.contrast import LEAST, WHITE, contrast
from docgen.layout.css_properties import NOT_BELOW_ZERO
from docgen.layout.css_selectors import flat
from docgen.layout.theme_limits import SMALLEST
from docgen.model.problems import Words

EM = 12.0
"""Points that a unit of the letters' size is taken for."""
POINTS = {"pt": 1.0, "px": 0.75, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pc": 12.0}
FARTHEST = 100.0
"""Millimetres of the longest measure."""
NARROWEST = 10.0
"""Millimetres, or percent, of the least width: in less each letter takes a line, and a letter a hundred pages."""
LETTERS, GREY = frozenset(("text", "label", "note", "accent", "gap")), (0x5F / 255, 0x63 / 255, 0x68 / 255)
"""Colours of the theme that are dark, and the palest of them."""
BLACK, LIGHT = (0.1, 0.1, 0.1), (0.94, 0.94, 0.94)

TOO_SMALL = Words(
    "font-size must be {least:g} to 72 pt, in pt or mm, or var(--size-…) of the theme",
    "font-size须为{least:g}至72pt，以pt或mm为单位，或使用主题的var(--size-…)",
)
BELOW_ZERO = Words("{name} must not be below 0, or letters lie over each other", "{name}不可小于0，否则文字会重叠")
TOO_FAR = Words("{name} must be {most:g} mm at most", "{name}最多为{most:g}毫米")
TOO_NARROW = Words(
    "{name} must be {least:g} mm or {least:g}% at least, or words are cut to single letters",
    "{name}至少为{least:g}毫米或{least:g}%，否则文字会被拆成单个字母",
)
TIGHT = Words("line-height must be 1 at least, or lines lie over each other", "line-height须不小于1，否则各行会重叠")
STRUCK = Words(
    "text-decoration can only be underline or none; words struck through say something else than in Word",
    "text-decoration只能为underline或none；划去的文字与Word中的含义不同",
)
TOO_DARK = Words(
    "letters can't be read on {value}; give a lighter ground, or the colour of its letters in the same rule",
    "文字在{value}上无法辨认；请改用较浅的底色，或在同一规则中给出文字颜色",
)
TOO_PALE = Words(
    "{value} is too pale to be read on its ground (contrast {found:.1f}, {least:g} is needed)",
    "{value}在其底色上过浅，难以辨认（对比度{found:.1f}，至少须为{least:g}）",
)
NO_COLOUR = Words(
    "{value} is no colour that can be told; write it as #1F6F78", "无法识别颜色{value}；请写成#1F6F78的形式"
)
Fault = tuple[int, Words]
"""A line of the style sheet, 0 for the whole, and what is wrong there."""


def of_value(one: Any) -> Iterator[Fault]:
    """What is wrong with the value of a declaration."""
    parts = [token for token in one.value if token.type not in ("whitespace", "comment")]
    name, line = one.lower_name, one.source_line
    if name == "font-size" and not (len(parts) == 1 and _is_legible(parts[0])):
        yield line, TOO_SMALL.filled(least=SMALLEST)
        return
    if name in NOT_BELOW_ZERO and any(map(_is_below_zero, flat(parts))):
        yield line, BELOW_ZERO.filled(name=name)
    if name in ("width", "max-width") and any(map(_is_narrow, flat(parts))):
        yield line, TOO_NARROW.filled(name=name, least=NARROWEST)
    if name == "line-height" and any(not _is_loose(token) for token in parts):
        yield line, TIGHT
    if name in ("text-decoration", "text-decoration-line"):
        struck = {"line-through", "overline", "blink", "spelling-error", "grammar-error"}
        if any(token.type == "ident" and token.lower_value in struck for token in flat(parts)):
            yield line, STRUCK
    if any(token.type == "dimension" and abs(_points(token)) > FARTHEST * POINTS["mm"] for token in flat(parts)):
        yield line, TOO_FAR.filled(name=name, most=FARTHEST)


def _points(token: Any) -> float:
    return float(token.value * POINTS.get(token.lower_unit, EM))


def _is_below_zero(token: Any) -> bool:
    return (token.type == "function" and token.lower_name != "var") or _number(token) < 0


def _is_narrow(token: Any) -> bool:
    match token.type:
        case "dimension":
            return _points(token) < NARROWEST * POINTS["mm"]
        case "percentage" | "number":
            return bool(token.value < NARROWEST)
        case _:
            return False


def _is_loose(token: Any) -> bool:
    """A line's height that leaves each line its room."""
    match token.type:
        case "number":
            return bool(token.value >= 1)
        case "percentage":
            return bool(token.value >= 100)
        case "dimension":
            return _points(token) >= SMALLEST
        case _:
            return bool(token.type == "ident" or _variable(token))


def _is_legible(token: Any) -> bool:
    if token.type == "dimension":
        return bool(SMALLEST <= token.value * POINTS.get(token.lower_unit, 0) <= 72)
    return _variable(token).startswith("--size-")


def _variable(token: Any) -> str:
    """The name in ``var(--name)``; '' for all else, also where it has a value to fall back to."""
    if token.type != "function" or token.lower_name != "var":
        return ""
    inner = [one for one in token.arguments if one.type not in ("whitespace", "comment")]
    return str(inner[0].value) if len(inner) == 1 and inner[0].type == "ident" else ""


def _number(token: Any) -> float:
    return float(token.value) if token.type in ("number", "dimension", "percentage") else 0.0


def of_colours(declared: Iterable[Any]) -> Iterator[Fault]:
    """Letters that can't be told from their ground are hidden; colours of the theme were looked at with it."""
    given = {one.lower_name: one for one in declared}
    ground = given.get("background-color") or given.get("background")
    letters = given.get("color")
    told = letters or ground
    if told is None or (letters is None and _says(told) in ("none", "transparent")):
        return
    shown = [one for one in (letters, ground) if one and (one is letters or _says(one) not in ("none", "transparent"))]
    if unknown := [one for one in shown if _colour(one) is None]:
        yield from ((one.source_line, NO_COLOUR.filled(value=_says(one))) for one in unknown)
        return
    below = (_colour(ground) if ground in shown else None) or WHITE
    of_letters = _colour(letters) if letters else None
    found = min(contrast(one, below) for one in ([of_letters] if of_letters else [GREY, BLACK]))
    if found < LEAST:
        said = (TOO_PALE if letters else TOO_DARK).filled(value=_says(told), found=found, least=LEAST)
        yield told.source_line, said


def _says(one: Any) -> str:
    return str(tinycss2.serialize(one.value).strip())


def _colour(one: Any) -> tuple[float, float, float] | None:
    """The colour; of the theme's own, the palest letters or, for all others, a light grey as of its tint or rules.

    None where it can't be told.
    """
    parts = [token for token in one.value if token.type not in ("whitespace", "comment")]
    if len(parts) == 1 and (name := _variable(parts[0])).startswith("--colour-"):
        return GREY if name.removeprefix("--colour-") in LETTERS else LIGHT
    found: Any = parse_color(parts[0]) if len(parts) == 1 else None
    return (found[0], found[1], found[2]) if isinstance(found, tuple) and found[3] == 1 else None
