"""What was typed becomes the content of a cell: dates and numbers as such, choices as labels; the rest as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

from docgen.definitions.cleaning import tidy
from docgen.definitions.definition import Field
from docgen.definitions.fields import NO_CHOICES, choice_key, parse
from docgen.definitions.items import BULLET, listed
from docgen.definitions.numbers import DIGITS
from docgen.definitions.results import Fault, ReadAs, as_text
from docgen.model.case import Code, Month, Quantity
from docgen.model.problems import UiLanguage, Words

Content = str | Decimal | date | time | None
"""What a cell holds; a Decimal can be told from what was typed by nothing."""

YES_NO = {True: Words("Yes", "是"), False: Words("No", "否")}
PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")
FIRST_DAY = date(1900, 3, 1)
"""Before that, a spreadsheet counts a day that never was."""
MOST = 32_767
"""Characters of a cell."""


def content(of: Field, raw: Any, language: UiLanguage) -> Content:
    """The cell in which ``raw`` stands so that it is read again as the same value.

    What is no value of its field stays as it was typed.
    """
    value = parse(of, raw)
    value = value.value if isinstance(value, ReadAs) else value
    if value is None:
        return None
    if isinstance(value, Fault):
        return _typed(raw)
    return WRITERS.get(of.type, _as_typed)(of, raw, value, language)


def broken(of: Field, raw: Any) -> bool:
    """Whether an item of a list has several lines: in a cell each line is an item."""
    items = raw if isinstance(raw, (list, tuple)) else ()
    return of.type == "list" and any("\n" in tidy(as_text(item) or "") for item in items)


def _typed(raw: Any) -> str:
    if isinstance(raw, Fault):
        return raw.value.strip()
    if isinstance(raw, (list, tuple)):
        return "\n".join(filter(None, map(_typed, raw)))
    return (as_text(raw) or "").strip()


def _as_typed(of: Field, raw: Any, value: Any, language: UiLanguage) -> Content:
    return _typed(raw)


def _number(of: Field, raw: Any, value: Any, language: UiLanguage) -> Content:
    number = value if isinstance(value, Decimal) else Decimal(value)
    return number if _is_plain(f"{number:f}") else _typed(raw)


def _quantity(of: Field, raw: Any, value: Any, language: UiLanguage) -> Content:
    """It is printed as it was typed, so only what a cell shows in just that way becomes a number."""
    text = _typed(raw).strip()
    return Decimal(text) if isinstance(value, Quantity) and not value.unit and _is_plain(text) else _typed(raw)


def _is_plain(text: str) -> bool:
    return bool(PLAIN.fullmatch(text)) and text != "-0" and sum(map(str.isdigit, text)) <= DIGITS


def _date(of: Field, raw: Any, value: date, language: UiLanguage) -> Content:
    return value if value >= FIRST_DAY else _typed(raw)


def _time(of: Field, raw: Any, value: time, language: UiLanguage) -> Content:
    return value


def _month(of: Field, raw: Any, value: Month, language: UiLanguage) -> Content:
    return str(value)


def _choice(of: Field, raw: Any, value: Code, language: UiLanguage) -> Content:
    return _label(of, value, language)


def _choices(of: Field, raw: Any, value: list[Code], language: UiLanguage) -> Content:
    labels = "\n".join(_label(of, code, language) for code in value)
    return labels if parse(of, labels) == value else "\n".join(value)


def _label(of: Field, code: Code, language: UiLanguage) -> str:
    """The label of a choice; the code, where that is also the label of another one."""
    choices = of.choices or NO_CHOICES
    label = choices.choices[code][language]
    return label if choices.lookup.get(choice_key(label)) == code else str(code)


def _yes_no(of: Field, raw: Any, value: bool, language: UiLanguage) -> Content:
    return YES_NO[value][language]


def _list(of: Field, raw: Any, value: list[str], language: UiLanguage) -> Content:
    """An item a line; with bullets where the lines alone would be read otherwise."""
    items = [" ".join(item.split("\n")) for item in value]
    text = "\n".join(items)
    return text if listed(text) == items else "\n".join(BULLET + item for item in items)


WRITERS: dict[str, Callable[[Field, Any, Any, UiLanguage], Content]] = {
    "integer": _number,
    "decimal": _number,
    "percent": _number,
    "quantity": _quantity,
    "date": _date,
    "month": _month,
    "time": _time,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "list": _list,
}
