"""Values told apart from all that are equal to them, so that it can be asked of each where it was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from docgen.model.case import Code, Month, Quantity
from docgen.model.problems import Words

ENCODING = ("utf-8", "surrogatepass")


def apart(value: Any) -> Any:
    """The same value as an object that nothing else holds; of lists and mappings all that is in them.

    Python keeps but one object of small whole numbers, of yes and no, and of a single Latin letter: these stay.
    """
    match value:
        case Code():
            return Code(str(value), value.list)
        case str():
            return value.encode(*ENCODING).decode(*ENCODING)
        case Decimal():
            return Decimal(str(value))
        case Quantity():
            return Quantity(apart(value.number), apart(value.unit))
        case Words():
            return Words(apart(value.en), apart(value.zh))
        case date():
            return date(value.year, value.month, value.day)
        case time():
            return time(value.hour, value.minute)
        case Month():
            return Month(value.year, value.month)
        case Mapping():
            return {key: apart(inner) for key, inner in value.items()}
        case list() | tuple():
            return [apart(inner) for inner in value]
        case _:
            return value


def is_apart(value: Any) -> bool:
    """Whether ``value`` can be known by which object it is."""
    return not (value is None or isinstance(value, bool | int) or (isinstance(value, str) and len(value) < 2))


def parts(value: Any) -> Iterator[Any]:
    """A value and what it is made of, each an object that may be printed by itself."""
    yield value
    match value:
        case Quantity():
            yield from (value.number, value.unit)
        case Words():
            yield from (value.en, value.zh)
        case _:
            pass
