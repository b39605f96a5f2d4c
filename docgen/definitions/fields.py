"""Text becomes a value once, by the type of its field: the only place that reads dates, numbers and choices."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from docgen.definitions.choices import choice_key, not_in_list
from docgen.definitions.cleaning import first_control, first_invisible, half_width, is_ordinary, tidy
from docgen.definitions.dates import parse_date, parse_month, parse_time
from docgen.definitions.definition import ChoiceList, Field
from docgen.definitions.items import codes, listed
from docgen.definitions.numbers import DIGITS, lost_digits, parse_decimal, parse_integer, parse_percent, parse_quantity
from docgen.definitions.results import NO_OPTIONS, Fault, Options, Partly, ReadAs, Result, as_text, shown
from docgen.definitions.shape import nearest
from docgen.model.case import Code, Month, Quantity
from docgen.model.problems import Words

__all__ = ["FIELD_TYPES", "Fault", "Options", "Partly", "ReadAs", "Result", "choice_key", "parse", "typed"]

Parser = Callable[[Field, Any, Options], Result]

MAX_LENGTH = {"id": 64, "text": 500, "longtext": 5000, "ref": 500, "list": 500, "choice": 200, "choices": 500}
FIGURE_LENGTH = 100
MAX_ITEMS = 100
SETTINGS, LANGUAGES = "settings", ("en", "zh")

IDENTITY_NUMBER = re.compile(r"[0-9]{17}[0-9Xx]")
OLD_IDENTITY_NUMBER = re.compile(r"[0-9]{15}")
NUMBERS_OF_PEOPLE = frozenset(("employee_no", "former_employee_no", "supervisor_no"))
ID_CHARACTERS = re.compile(r"[^\s/\\:*?\"<>|,;，；、“”‘’「」『』]+")
# An x is left out: in a tick box it means yes, beside a question no.
YES_NO = {word: True for word in ("yes", "y", "true", "1", "是", "对", "有", "√", "✓", "✔", "☑", "■")} | {
    word: False for word in ("no", "n", "false", "0", "否", "不", "无", "×", "✗", "✘", "☐", "□")
}
NO_CHOICES = ChoiceList("", {}, {})
NONE = "none"
"""The code by which a list says that nothing of it is meant."""


def parse(field: Field, raw: Any, options: Options = NO_OPTIONS) -> Result:
    """Turn ``raw`` (text, None, a list or mapping; also dates and numbers) into the value of ``field``.

    Returns the value (None when nothing was typed), a ReadAs that wraps it with a note, or a Fault; a ``raw`` that
    already is a Fault, because its source could not read it, is returned as it is.
    """
    if raw is None or raw.__class__ is Fault:
        return raw
    if raw.__class__ is str and (not raw or raw.isspace()):
        return None
    return FIELD_TYPES[field.type](field, raw, options)


def typed(field: Field, value: Any, options: Options = NO_OPTIONS) -> Result:
    """Give what an expression returned the type of ``field``: ``'higher'`` becomes a Code, 1 a Decimal; values stay."""
    kind = VALUE_CLASS.get(field.type)
    if value is None or (kind is not None and isinstance(value, kind) and not isinstance(value, bool)):
        return value
    return parse(field, value, options)


def _text(field: Field, raw: Any, options: Options) -> Result:
    limit = field.limits.max_length or MAX_LENGTH.get(field.type, MAX_LENGTH["text"])
    return _prose(field, raw, limit)


def _prose(field: Field, raw: Any, limit: int) -> Result:
    """Text for people: NFC, lines ended by LF; nothing is dropped, what can't be seen is noted or refused.

    A setting may be given in both languages of the documents, as ``{en: …, zh: …}``.
    """
    if isinstance(raw, Mapping) and field.sheet == SETTINGS and raw.keys() <= {*LANGUAGES}:
        lacking = [language for language in LANGUAGES if not raw.get(language)]
        if lacking:
            return Fault("one_language", "", {"known": lacking[0]}) if len(lacking) == 1 else None
        both = [_prose(field, raw[language], limit) for language in LANGUAGES]
        wrong = [one for one in both if not isinstance(one, str)]
        return wrong[0] if wrong else Words(*(str(one) for one in both))
    text = raw if raw.__class__ is str else as_text(raw)
    if text is None:
        return Fault("not_a_single_value", shown(raw))
    if is_ordinary(text):
        tidied, point = text.strip(), ""
    else:
        if point := first_control(text):
            return Fault("control_character", shown(text), {"point": point})
        tidied = tidy(text)
        point = first_invisible(tidied)
    if len(tidied) > limit:
        return Fault("too_long", shown(tidied), {"limit": limit, "length": len(tidied)})
    if point and field.limits.plain:
        return Fault("invisible_in_id", shown(text), {"point": point})
    if field.limits.pattern and not re.fullmatch(field.limits.pattern, tidied):
        return Fault("wrong_pattern", shown(text), {"pattern": field.limits.pattern})
    return ReadAs(tidied, "invisible", {"point": point}) if point else tidied


def _id(field: Field, raw: Any, options: Options) -> Result:
    """What others refer to: NFKC, no blanks, nothing invisible, no identity card's number."""
    text = raw if raw.__class__ is str else as_text(raw)
    if text is None:
        return Fault("not_a_single_value", shown(raw))
    if masked := _masked_identity(field, text):
        return Fault("identity_number", masked)
    if lost_digits(text):
        return Fault("damaged_number", shown(text), {"limit": DIGITS})
    if point := first_control(text):
        return Fault("control_character", shown(text), {"point": point})
    text = text.strip()
    limit = field.limits.max_length or MAX_LENGTH["id"]
    if len(text) > limit:
        return Fault("too_long", shown(text), {"limit": limit, "length": len(text)})
    if point := first_invisible(text):
        return Fault("invisible_in_id", shown(text), {"point": point})
    value = text if text.isascii() else unicodedata.normalize("NFKC", text).strip()
    if not ID_CHARACTERS.fullmatch(value) or (field.limits.pattern and not re.fullmatch(field.limits.pattern, value)):
        return Fault("wrong_pattern", shown(text), {"pattern": field.limits.pattern})
    return value if value == text else ReadAs(value, "read_as", {"read": value})


def _masked_identity(field: Field, text: str) -> str:
    """An identity card's number, of which no more than five characters may be repeated; else ''.

    Where a person's number belongs, it is known in spite of blanks or hyphens, and by the 15 digits of old cards.
    """
    if len(text) < 15 or len(text) > FIGURE_LENGTH:
        return ""
    value = unicodedata.normalize("NFKC", text).strip()
    if field.name in NUMBERS_OF_PEOPLE:
        value = "".join(letter for letter in value if letter.isalnum())
        found = IDENTITY_NUMBER.fullmatch(value) or OLD_IDENTITY_NUMBER.fullmatch(value)
    else:
        found = IDENTITY_NUMBER.fullmatch(value)
    return f"{value[:3]}…{value[-2:]}" if found else ""


def _figure(parse_figure: Parser) -> Parser:
    """What is read in half width and never long; a value that isn't text is written out first."""

    def parser(field: Field, raw: Any, options: Options) -> Result:
        text = raw if raw.__class__ is str else as_text(raw)
        if text is None:
            return Fault("not_a_single_value", shown(raw))
        if len(text) > FIGURE_LENGTH:
            return Fault("too_long", shown(text), {"limit": FIGURE_LENGTH, "length": len(text)})
        return parse_figure(field, text, options)

    return parser


def _quantity(field: Field, raw: Any, options: Options) -> Result:
    text = raw if raw.__class__ is str else as_text(raw)
    if text is not None and len(text) <= FIGURE_LENGTH:
        quantity = parse_quantity(field, text, options)
        if quantity is not None:
            return quantity
    return _text(field, raw, options)


def _choice(field: Field, raw: Any, options: Options) -> Result:
    text = raw if raw.__class__ is str else as_text(raw)
    choices = field.choices or NO_CHOICES
    if text is None:
        return Fault("not_a_single_value", shown(raw))
    code = text if text in choices.choices else choices.lookup.get(choice_key(text[:200]))
    return Code(code, choices.name) if code is not None else not_in_list(text, choices)


def _choices(field: Field, raw: Any, options: Options) -> Result:
    """Several of a list; what says that there are none stands alone."""
    value = _each(field, raw, options, codes, _choice)
    chosen = value.value if isinstance(value, ReadAs) else value
    if isinstance(chosen, list) and NONE in chosen and len(chosen) > 1:
        typed_there = ", ".join(map(str, raw)) if isinstance(raw, (list, tuple)) else raw
        return Fault("none_among_others", shown(typed_there), {"nothing": (field.choices or NO_CHOICES).choices[NONE]})
    return value


def _list(field: Field, raw: Any, options: Options) -> Result:
    return _each(field, raw, options, listed, _text)


def _each(field: Field, raw: Any, options: Options, part: Callable[[str], list[str]], parse_item: Parser) -> Result:
    """A list, or a text that ``part`` takes apart; blank items don't count, a code given twice counts once."""
    if isinstance(raw, Mapping):
        return Fault("not_a_list", shown(raw))
    items = list(raw) if isinstance(raw, (list, tuple)) else part(as_text(raw) or "")
    limit = field.limits.max_items or MAX_ITEMS
    if len(items) > limit:
        return Fault("too_many", shown(raw), {"limit": limit, "length": len(items)})
    values: list[Any] = []
    note: ReadAs | None = None
    for index, item in enumerate(items):
        if item is None or (isinstance(item, str) and not item.strip()):
            continue
        value = parse_item(field, item, options)
        if isinstance(value, Fault):
            return replace(value, within=(index,)) if isinstance(raw, (list, tuple)) else value
        if isinstance(value, ReadAs):
            note = note or value
            value = value.value
        if not (isinstance(value, Code) and value in values):
            values.append(value)
    if not values:
        return None
    return ReadAs(values, note.kind, note.details) if note else values


def _yes_no(field: Field, raw: Any, options: Options) -> Result:
    if isinstance(raw, bool):
        return raw
    text = half_width(as_text(raw) or "").casefold()
    if text in YES_NO:
        return YES_NO[text]
    return Fault("not_yes_or_no", shown(raw))


def _table(field: Field, raw: Any, options: Options) -> Result:
    """Rows of columns: a list, or with ``key`` a mapping from a name to its row. What is right stays."""
    rows = raw.items() if field.key and isinstance(raw, Mapping) else enumerate(raw) if isinstance(raw, list) else None
    if rows is None or (field.key and isinstance(raw, list)):
        return Fault("not_a_mapping" if field.key else "not_a_list", shown(raw))
    made: dict[Any, dict[str, Any]] = {}
    faults: list[Fault] = []
    for at, row in rows:
        if isinstance(row, Mapping):
            made[tidy(at) if isinstance(at, str) else at] = _cells(field, row, options, at, faults)
        else:
            faults.append(Fault("not_a_mapping", "" if row is None else shown(row), within=(at,)))
    value = made if field.key else list(made.values())
    return Partly(value, tuple(faults)) if faults else value


def _cells(
    field: Field, row: Mapping[str, Any], options: Options, at: str | int, faults: list[Fault]
) -> dict[str, Any]:
    """The values of a row, None where one is wrong or missing; what is wrong goes to ``faults``."""
    for name in row:
        if name not in field.columns:
            details = {"nearest": nearest(name, field.columns), "known": ", ".join(field.columns)}
            faults.append(Fault("unknown_key", shown(name), details, within=(at, name)))
    values: dict[str, Any] = {}
    for name, column in field.columns.items():
        value = parse(column, row.get(name), options)
        if isinstance(value, Fault):
            faults.append(replace(value, within=(at, name, *value.within)))
            value = None
        values[name] = value.value if isinstance(value, ReadAs) else value
    return values


FIELD_TYPES: dict[str, Parser] = {
    "id": _id,
    "text": _text,
    "longtext": _text,
    "integer": _figure(parse_integer),
    "decimal": _figure(parse_decimal),
    "quantity": _quantity,
    "percent": _figure(parse_percent),
    "date": _figure(parse_date),
    "month": _figure(parse_month),
    "time": _figure(parse_time),
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "ref": _text,
    "list": _list,
    "table": _table,
}

VALUE_CLASS: dict[str, type | tuple[type, ...]] = {
    "integer": int,
    "decimal": Decimal,
    "percent": Decimal,
    "quantity": Quantity,
    "date": date,
    "month": Month,
    "time": time,
    "choice": Code,
}
