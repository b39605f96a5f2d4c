"""What templates may ask of values: is it there, is it a number, what is the sum, how wide must its column be."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from docgen.layout.blanks import BY_HAND
from docgen.layout.formatting import number_text, quantity_text
from docgen.model.case import Gap, Month, Quantity
from docgen.model.problems import Words
from docgen.sandbox import month_of, number

HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
CLOSING = "”’\"'）)》」』】]"
ENDERS = ".!?。！？…；;：:、，,"
TRANSLATION = 4
"""So many words behind the last Chinese character are an English sentence, and no name or amount in a Chinese one."""
DIGIT = {"portrait": 1.05, "landscape": 0.7}
PADDING = {"portrait": 2.2, "landscape": 1.5}
"""Share of a table's width, in percent, that a digit and a cell's padding take at the type size of tables."""
MOST_WORDS = 14


def present(value: object) -> bool:
    """Is there something to print: a value, or the gap where one belongs?"""
    return isinstance(value, Gap) or (value is not None and value != "" and value != [] and value != ())


def numeric(value: object) -> bool:
    return isinstance(value, (Decimal, int, Quantity)) and not isinstance(value, bool)


def sentence(text: Any) -> Any:
    """Text that ends as a sentence does; a full stop is added where it was left out, in the script of the end."""
    if not isinstance(text, str) or not text.strip():
        return text
    last = text.rstrip().rstrip(CLOSING)[-1:]
    if not last or last in ENDERS:
        return text
    *before, tail = HAN.split(text)
    return f"{text.rstrip()}{'。' if before and len(tail.split()) < TRANSLATION else '.'}"


def unit_of(value: Any, measured: Any) -> Any:
    """``value`` in the unit of what it was measured against."""
    return Quantity(value, measured.unit) if numeric(value) and isinstance(measured, Quantity) else value


def bare(value: Any, unit: Any) -> Any:
    """A figure without its unit, where that stands beside the figure anyway."""
    return Quantity(value.number) if isinstance(value, Quantity) and unit and value.unit == unit else value


def by_hand(row: Mapping[str, Any]) -> Markup:
    """The class of a table row that is to be filled in by hand, for its tag; nothing for other rows."""
    return Markup(' class="handrow"') if row.get(BY_HAND) else Markup("")


def total(rows: Sequence[Mapping[str, Any]], field: str) -> Decimal | None:
    """The sum of a field over rows; what is missing counts as nothing, and nothing at all has no sum."""
    numbers = [Decimal(row[field]) for row in rows if numeric(row[field])]
    return sum(numbers, Decimal(0)) if numbers else None


def unquoted(title: Any) -> Any:
    """A title without the marks 《 》 that the sentence around it brings."""
    if isinstance(title, Words):
        return Words(title.en.strip("《》"), title.zh.strip("《》"))
    return title.strip("《》") if isinstance(title, str) else title


def share(rows: Sequence[Mapping[str, Any]], field: str, least: int, page: str = "portrait") -> int:
    """The share of a table's width, in percent, that a column of figures needs; ``least`` where they are short.

    Words among the figures get three lines, and no more than MOST_WORDS digits' width.
    """
    longest = max((_room(row.get(field)) for row in rows), default=0)
    return max(least, math.ceil(longest * DIGIT[page] + PADDING[page]))


def _room(value: Any) -> int:
    """The width of a value in digits."""
    if isinstance(value, str):
        wide = sum(2 if HAN.match(character) else 1 for character in value)
        words = max((len(word) for word in HAN.sub(" ", value).split()), default=0)
        return min(max(math.ceil(wide / 3), words), MOST_WORDS)
    if not numeric(value):
        return 0
    return len(quantity_text(value, "en") if isinstance(value, Quantity) else number_text(value, "en"))


def length(value: Any) -> int:
    """How many there are; of a text the characters, and where it is given in both languages those of the longer."""
    return max(len(value.en), len(value.zh)) if isinstance(value, Words) else len(value)


def past(day: object, month: object) -> bool:
    """Does ``day`` lie before ``month`` begins?"""
    return isinstance(day, date) and isinstance(month, Month) and month_of(day) < month


def remaining(row: Mapping[str, Any]) -> str:
    """What the figure of an indicator for each remaining month is: amount, at_most, average, more or less."""
    lower = row.get("direction") == "lower"
    match row.get("accumulation"):
        case "average":
            return "average"
        case "last":
            return "less" if lower else "more"
        case _:
            return "at_most" if lower else "amount"


FILTERS: dict[str, Callable[..., Any]] = {
    "total": total,
    "sentence": sentence,
    "unit_of": unit_of,
    "bare": bare,
    "by_hand": by_hand,
    "share": share,
    "figure": number,
    "unquoted": unquoted,
    "length": length,
    "past": past,
    "remaining": remaining,
}
TESTS: dict[str, Callable[[object], bool]] = {"present": present, "numeric": numeric}
