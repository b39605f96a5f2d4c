"""The values that invented cases hold: the examples of the definitions, or what is long, or hostile, in their place."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from itertools import cycle, islice
from typing import Any, Literal, get_args

from docgen.definitions.definition import Field, Sheet
from docgen.definitions.fields import MAX_LENGTH
from docgen.definitions.naming import CASE
from docgen.model.problems import UiLanguage

Kind = Literal["empty", "normal", "longest", "hostile"]
KINDS: tuple[Kind, ...] = get_args(Kind)
COUNTED = frozenset(("id", "integer"))
FIGURES = frozenset(("quantity", "decimal"))
LONG_FIGURE = "123456789.25"

LATIN = (
    "Every customer gets a written answer within two working days, and the supervisor goes through the open points "
    "each Friday; what cannot be settled at once is noted with a date, a name and the reason. "
)
HAN = (
    "对每位客户的询问在两个工作日内给予书面答复，"
    "主管每周五逐项检查尚未解决的事项；不能立即解决的，注明日期、责任人和原因。"
)
HOSTILE = (
    "<b>&amp;</b> \"q\" 'p' {{ 7 * 7 }} {% raw %} {# no #} ]]> <!-- -- --> </table> <?at x:1?> \\n %s {0}\n"
    "second line\u00adwith\u00adsoft\u00adhyphens שלום e\u0323\u0302 ﬁ ½ ≤ Ω № "
    "Rechtsschutzversicherungsgesellschaftenaktenzeichenverwaltungsvorschriftenverzeichnis "
    "０１２ＡＢ㈱ 〔〕《》。，"
)
HOSTILE_NAME = 'O\'Neill-<Ng> & "Søn" {{x}}'
HOSTILE_ID = "S'1&{2}"


def written(language: str) -> UiLanguage:
    """The language in which the values of a case are typed."""
    return "en" if language == "en" else "zh"


def is_typed(of: Field, sheet: Sheet, kind: Kind, index: int) -> bool:
    """Whether row ``index`` of a specimen has a value typed for ``of``.

    Optional choices steer what a template prints: every second row has them. What docgen would fill in is typed from
    the second row on where it is a choice, so that a template meets every choice.
    """
    key = of.name == sheet.key and sheet.name != CASE
    if key:
        return of.type not in COUNTED and kind != "empty"
    if kind == "empty" or (of.type == "percent" and of.entry != "typed"):
        return False
    match of.entry:
        case "typed":
            return True
        case "optional" | "hand":
            return sheet.single or of.choices is None or index % 2 == 1
        case _:
            if of.type == "choice":
                return index > 0 or (kind == "hostile" and sheet.name != CASE)
            return of.derive is None and of.default is None and of.type in ("text", "longtext", "date")


def value_of(of: Field, sheet: Sheet, kind: Kind, language: UiLanguage, index: int, count: int) -> Any:
    """What stands in ``of`` in row ``index`` of ``count``."""
    example = of.example[language] if of.example else (of.label[language] if of.type in ("text", "longtext") else "")
    match of.type:
        case "choice":
            return _choice(of, kind, language, example, index)
        case "choices":
            return list(of.choices.choices) if of.choices and kind != "normal" else example
        case "date":
            return (date.fromisoformat(example) + timedelta(days=30 * index)).isoformat() if example else ""
        case "month":
            return _month(example, index)
        case "percent" if count > 1:  # shares of a whole
            share = (Decimal(100) / count).quantize(Decimal("0.01"), ROUND_DOWN)
            return str(share + (100 - share * count if index == 0 else 0))
        case "ref":
            return re.sub(r"\d+$", str(index % 2 + 1), example) or "1"
        case "yes_no":
            return example if index % 2 == 0 else "no"
        case "list":
            return [_text(of, sheet, kind, language, example, number) for number in range(min(index + 2, 4))]
        case kind_of if kind_of in FIGURES and kind == "longest":
            return re.sub(r"^[\d.,]+", LONG_FIGURE, example)
        case "text" | "longtext" | "quantity" | "id":
            return _text(of, sheet, kind, language, example, index)
        case _:
            return example


def _choice(of: Field, kind: Kind, language: UiLanguage, example: str, index: int) -> str:
    codes = dict(of.choices.choices) if of.choices else {}
    if not codes:
        return ""
    if kind == "longest" and of.entry != "derived" and of.sheet != CASE:
        return max(codes, key=lambda code: len(codes[code][language]))
    first = list(codes).index(example) if example in codes else 0
    if kind == "hostile" and of.sheet != CASE:  # goes on where the normal case ends
        first += 2
    return list(codes)[(first + index) % len(codes)]


def _month(example: str, index: int) -> str:
    year, month = map(int, example.split("-"))
    total = year * 12 + month - 1 + index
    return f"{total // 12:04d}-{total % 12 + 1:02d}"


def _text(of: Field, sheet: Sheet, kind: Kind, language: UiLanguage, example: str, index: int) -> str:
    limit = of.limits.max_length or MAX_LENGTH.get(of.type, MAX_LENGTH["text"])
    if of.type == "id":
        return _identity(of, kind, example)
    match kind:
        case "longest":
            share = min(limit, max(12, limit // 2), 400 if of.type == "longtext" else 100)
            return _filled(HAN if language == "zh" else LATIN, share)
        case "hostile" if of.limits.plain or limit < 80:
            return f" {HOSTILE_NAME[: limit - 3]}  "
        case "hostile":
            return f"  {HOSTILE[: limit - 4]} \n"
        case _:
            named = of.name in sheet.names and index
            return f"{example} {index + 1}" if named else example


def _identity(of: Field, kind: Kind, example: str) -> str:
    if of.limits.pattern or kind in ("empty", "normal"):
        return example
    return HOSTILE_ID if kind == "hostile" else f"{example}-{'W' * 10}"


def _filled(prose: str, length: int) -> str:
    return "".join(islice(cycle(prose), length)).strip()
