"""Values as a reader of the document's language expects to see them; never None, a code or a Python object."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from decimal import Context, Decimal, localcontext
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Undefined
from markupsafe import Markup, escape

from docgen.definitions.definition import ChoiceList
from docgen.errors import TemplateError
from docgen.model.case import Code, Gap, Month, Quantity
from docgen.model.document import Written
from docgen.model.problems import Words

LOCALES: dict[Written, Locale] = {"en": Locale("en"), "zh": Locale("zh")}
DATE_PATTERNS: dict[Written, str] = {"en": "d MMMM y", "zh": "y年M月d日"}
MONTH_PATTERNS: dict[Written, str] = {"en": "MMMM y", "zh": "y年M月"}
YES_NO: dict[Written, tuple[str, str]] = {"en": ("Yes", "No"), "zh": ("是", "否")}
WIDE = Context(prec=100)
"""Rates of the largest figures that can be typed have more places than Decimal allows for by itself."""
BETWEEN: dict[Written, str] = {"en": "; ", "zh": "；"}


def date_text(day: date, language: Written) -> str:
    return format_date(day, DATE_PATTERNS[language], locale=LOCALES[language])


def month_text(month: Month, language: Written) -> str:
    return format_date(date(month.year, month.month, 1), MONTH_PATTERNS[language], locale=LOCALES[language])


def number_text(number: Decimal | int, language: Written) -> str:
    """Grouped digits, every decimal that was typed or computed, no superfluous zeros, no minus before a zero."""
    with localcontext(WIDE):
        return format_decimal(
            number or 0, format="#,##0.##########", locale=LOCALES[language], decimal_quantization=False
        )


def quantity_text(value: Quantity, language: Written) -> str:
    number = number_text(value.number, language)
    if not value.unit:
        return number
    tight = language == "zh" or value.unit in ("%", "°")
    return f"{number}{value.unit}" if tight else f"{number} {value.unit}"


def nobreak(text: str) -> Markup:
    """Text that must stay on one line: dates, amounts, numbers with their unit."""
    return Markup('<span class="nobreak">{}</span>').format(text)


def formatter(
    language: Written, second: Written | None, labels: Mapping[str, ChoiceList], gap: Callable[[Gap, Written], Markup]
) -> Callable[[Any], Any]:
    """Return what turns any value that a template prints into text of ``language``; ``gap`` prints a Gap.

    Where there is a ``second`` language, choices and settings that have both are printed in both.
    """

    def both(text: str, other: str) -> Markup:
        return Markup('{} <span lang="{}">{}</span>').format(text, second, other) if other != text else escape(text)

    def label(code: Code) -> Markup:
        texts = labels[code.list].choices[str(code)]
        return both(texts[language], texts[second]) if second else escape(texts[language])

    def form(value: Any) -> Any:
        match value:
            case None:
                return ""
            case Markup():
                return value
            case Gap():
                return gap(value, language)
            case Code():
                return label(value)
            case str():
                return Markup("<br/>").join(escape(line) for line in value.split("\n"))
            case bool():
                return YES_NO[language][0 if value else 1]
            case int() | Decimal():
                return number_text(value, language)
            case Words():
                return both(value[language], value[second]) if second else escape(value[language])
            case Quantity():
                return nobreak(quantity_text(value, language))
            case date():
                return nobreak(date_text(value, language))
            case Month():
                return nobreak(month_text(value, language))
            case time():
                return f"{value.hour}:{value.minute:02d}"
            case Undefined():
                return str(value)  # a strict one raises here, and names what is missing
            case Sequence():
                return Markup(BETWEEN[language]).join(form(item) for item in value)
            case _:
                kind = type(value).__name__
                raise TemplateError(
                    Words(
                        f"a template prints a {kind}; print one of its fields instead",
                        f"模板输出了一个 {kind}；请改为输出其中的字段",
                    )
                )

    return form
