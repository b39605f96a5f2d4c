"""How far a Word form may reckon: nothing in it can take a machine's time or memory, whatever it says."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from docgen.errors import TemplateError
from docgen.model.problems import Words

MOST_COUNTED = 1000
"""So far a form may count by range; what it does all together is bounded as with the HTML templates (bounds.py)."""
MOST_TEXT = 100_000
"""Characters of a text that is put together in a form."""
MOST_BITS = 10_000
TOO_LONG = Words("a text of more than {most} characters comes out", "生成的文字超过{most}字")
NO_NUMBERS = Words("{sign} is for numbers and amounts alone", "{sign} 只能用于数字")


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


def replace(text: Any, old: str, new: str, count: int | None = None) -> str:
    """``text`` with ``new`` in the place of ``old``."""
    said = str(text)
    times = said.count(old) if count is None else min(count, said.count(old))
    if len(said) + times * len(new) > MOST_TEXT:
        raise TemplateError(TOO_LONG.filled(most=MOST_TEXT))
    return said.replace(old, new, times)
