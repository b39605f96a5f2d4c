"""How far a Word form may reckon: nothing in it can take a machine's time or memory, whatever it says."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from docgen.errors import TemplateError
from docgen.model.problems import Words

MOST_COUNTED = 1000
"""So far range may count, in one document all together ten times as far."""
ALL_COUNTED = 10 * MOST_COUNTED
MOST_TEXT = 100_000
"""Characters of a text that is put together in a form."""
MOST_BITS = 10_000
TOO_FAR = Words("range counts to {most} at most", "range 最多计到{most}")
TOO_LONG = Words("a text of more than {most} characters comes out", "生成的文字超过{most}字")
TOO_MANY = Words("{name} takes {most} at most", "{name} 最多为{most}")
NO_NUMBERS = Words("{sign} is for numbers and amounts alone", "{sign} 只能用于数字")


def counting() -> Callable[..., range]:
    """A ``range`` for one document: it neither counts far at once nor all together."""
    left = ALL_COUNTED

    def counted(*bounds: int) -> range:
        nonlocal left
        made = range(*map(int, bounds))
        if len(made) > min(MOST_COUNTED, left):
            raise TemplateError(TOO_FAR.filled(most=MOST_COUNTED))
        left -= len(made)
        return made

    return counted


def _figures(sign: str, function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """An operator that takes no texts and lists: they could be doubled without end."""

    def reckoned(left: Any, right: Any) -> Any:
        for one in (left, right):
            if isinstance(one, (str, list, tuple, dict)) or (isinstance(one, int) and one.bit_length() > MOST_BITS):
                raise TemplateError(NO_NUMBERS.filled(sign=sign))
        return function(left, right)

    return reckoned


OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": _figures("+", operator.add),
    "*": _figures("*", operator.mul),
    "%": _figures("%", operator.mod),
}


def fitting(text: str) -> str:
    """``text``, where it is no longer than a form's text may be."""
    if len(text) > MOST_TEXT:
        raise TemplateError(TOO_LONG.filled(most=MOST_TEXT))
    return text


def replaced(text: Any, old: str, new: str, count: int | None = None) -> str:
    """``text`` with ``new`` in the place of ``old``."""
    said = str(text)
    times = said.count(old) if count is None else min(count, said.count(old))
    if len(said) + times * len(new) > MOST_TEXT:
        raise TemplateError(TOO_LONG.filled(most=MOST_TEXT))
    return said.replace(old, new, times)


def few(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that makes as many rows or columns as it is told, within reason."""

    def limited(value: Any, count: int, *more: Any, **named: Any) -> Any:
        if int(count) > MOST_COUNTED:
            raise TemplateError(TOO_MANY.filled(name=name, most=MOST_COUNTED))
        return function(value, int(count), *more, **named)

    return limited
