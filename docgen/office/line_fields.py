"""The fields of a line of the ledger, read as those of the dataclass of what it tells: from loose to strict, once.

A field of another type, a day that is none, a choice that is unknown make the line unfit; what the dataclass doesn't
have is passed over, as a docgen to come may write more.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

Kind = TypeVar("Kind")
Reader = Callable[[Any], Any]


def read_as(kind: type[Kind], plain: Any) -> Kind:
    """What ``plain``, an object of JSON, says as a ``kind``; sequences become tuples, days are dates.

    Raises:
        TypeError, ValueError: a field lacks that has no default, or is of another type.
    """
    if not isinstance(plain, Mapping):
        raise TypeError(plain)
    return kind(**{name: read(plain[name]) for name, read in _readers(cast(Hashable, kind)) if name in plain})


@cache
def _readers(kind: Any) -> tuple[tuple[str, Reader], ...]:
    hints = get_type_hints(kind)
    return tuple((one.name, _reader(hints[one.name])) for one in fields(kind))


def _reader(hint: Any) -> Reader:
    """How a field of that type is read."""
    kind, parts = get_origin(hint), get_args(hint)
    if kind is UnionType:
        (other,) = (one for one in parts if one is not NoneType)
        return partial(_or_nothing, _reader(other))
    if kind is Literal:
        return partial(_one_of, parts)
    if kind is Sequence:
        return partial(_each, _reader(parts[0]))
    if kind is Mapping:
        return partial(_by_name, _reader(parts[1]))
    return partial(read_as, hint) if isinstance(hint, type) and is_dataclass(hint) else PLAIN[hint]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: Any) -> int:
    """Whatever the ledger counts, it counts from 0 or 1."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(value)
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _day(value: Any) -> date:
    return date.fromisoformat(_text(value))


PLAIN: Mapping[Any, Reader] = {str: _text, int: _number, bool: _truth, date: _day}


def _or_nothing(read: Reader, value: Any) -> Any:
    return None if value is None else read(value)


def _one_of(known: Sequence[str], value: Any) -> str:
    if value not in known:
        raise ValueError(value)
    return _text(value)


def _each(read: Reader, value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError(value)
    return tuple(map(read, value))


def _by_name(read: Reader, value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(value)
    return {_text(name): read(one) for name, one in value.items()}
