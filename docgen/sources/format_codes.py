"""A number format taken apart: sections for some numbers each, what stands around the digits, the conditions."""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

Condition = Callable[[float], bool]

# What a format is made of: texts in quotes, escaped signs, room for a sign, brackets (colour, place, elapsed time).
TOKEN = re.compile(r'"([^"]*)"|[\\!](.)|[_*].|(\[[^\]]*\])|(general|G/通用格式|G/標準)|(.)', re.IGNORECASE | re.DOTALL)
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)\]")
COMPARED = {
    **{"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge},
    **{"=": operator.eq, "<>": operator.ne},
}
OPEN, CLOSED = ("(", "（"), (")", "）")
CURRENCIES = frozenset(("rmb", "cny", "usd", "eur", "hkd", "gbp", "jpy", "人民币"))
"""Before a number they say what it is, and are no part of it; the signs (¥, $, €) are known as such."""
PLACEHOLDERS = frozenset("0#?.,%/eE")
DATE_LETTERS = frozenset("ymdhs")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a format: its literals and signs in their order, its brackets."""

    tokens: list[tuple[str, str]] = field(default_factory=list)
    brackets: list[str] = field(default_factory=list)

    @property
    def of_text(self) -> bool:
        return any(kind == "text" for kind, _ in self.tokens)


def sections_of(code: str) -> list[Section]:
    """The parts of a format, each for some numbers or for texts."""
    sections = [Section()]
    for found in TOKEN.finditer(code):
        quoted, escaped, bracket, general, sign = found.groups()
        tokens = sections[-1].tokens
        if sign == ";":
            sections.append(Section())
        elif quoted is not None or escaped is not None:
            tokens.append(("literal", quoted if quoted is not None else escaped))
        elif bracket is not None:
            sections[-1].brackets.append(bracket)
            if bracket.startswith("[$"):  # [$€-407]
                tokens.append(("currency", bracket[2:-1].partition("-")[0]))
        elif general is not None:
            tokens.append(("sign", "general"))
        elif sign is not None:
            is_sign = sign in PLACEHOLDERS or sign.lower() in DATE_LETTERS
            tokens.append(("sign" if is_sign else "text" if sign == "@" else "literal", sign))
    return sections


def condition_of(section: Section) -> Condition | None:
    """For which numbers a section is, where it says so: ``[>=1000]``."""
    for bracket in section.brackets:
        if found := CONDITION.fullmatch(bracket):
            compare, limit = COMPARED[found[1]], float(found[2])
            return lambda number: bool(compare(number, limit))
    return None


def literals_of(section: list[tuple[str, str]]) -> tuple[str, str, bool]:
    """What stands before and after the digits and belongs to them, and whether anything stands between them."""
    places = [index for index, (kind, _) in enumerate(section) if kind == "sign"]
    if not places:
        return "", "", False
    first, last = places[0], places[-1]
    before = "".join(text for kind, text in section[:first] if kind == "literal")
    between = any(kind == "literal" for kind, _ in section[first:last])
    return *surroundings(before, "".join(text for _, text in section[last + 1 :])), between


def surroundings(before: str, after: str) -> tuple[str, str]:
    """What of the texts around a number belongs to the value: a name before it, a unit after it; no sign of money."""
    before, after = before.lstrip(), after.strip()
    if before.endswith(OPEN) and after.endswith(CLOSED):  # so accountants write what is negative
        before, after = before[:-1], after[:-1]
    is_name = any(map(str.isalnum, before)) and not _is_currency(before)
    is_unit = any(letter.isalnum() or letter in "%％" or not letter.isascii() for letter in after)
    return before if is_name else "", after if is_unit else ""


def _is_currency(text: str) -> bool:
    return text.strip().casefold() in CURRENCIES or any(unicodedata.category(letter) == "Sc" for letter in text)
