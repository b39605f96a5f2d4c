"""What reading a text by the type of its field can give: a value, a value with a note, or a fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from docgen.model.case import Month, Quantity
from docgen.model.problems import Path, Words

Value = Any
"""str, Code, Decimal, int, Quantity, date, time, Month, bool, or a list of them; None: nothing typed."""

Result = Any
"""A Value, a Fault, a ReadAs; of a table also a Partly."""

Details = Mapping[str, str | int | Words]


@dataclass(frozen=True, slots=True)
class Options:
    """How to read what can be read in several ways; ``date_order`` is ``ymd``, ``dmy``, ``mdy`` or empty (refuse)."""

    date_order: str = ""


NO_OPTIONS = Options()


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is no value of its field.

    ``kind`` names a wording (``messages`` in ``rules.yaml``), ``details`` fills its placeholders besides label and
    value, ``within`` is the path inside the value (an item of a list, a row and column of a table).
    """

    kind: str
    value: str
    details: Details = field(default_factory=dict)
    within: Path = ()


@dataclass(frozen=True, slots=True)
class ReadAs:
    """A value that was understood in a way that is not obvious.

    ``kind``: ``read_as`` (details: ``read``, the value as understood) or ``invisible`` (details: ``point``).
    """

    value: Value
    kind: str
    details: Details = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Partly:
    """A table of which some rows or cells are wrong: ``value`` has all that is right, each of ``faults`` its place."""

    value: Value
    faults: tuple[Fault, ...]


def shown(raw: object, limit: int = 60) -> str:
    """What was typed, cut and made visible, for a message."""
    text = " ".join(str(raw)[: limit * 2].split())
    text = "".join(letter if letter.isprintable() else f"<U+{ord(letter):04X}>" for letter in text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def as_text(raw: Any) -> str | None:
    """A single value as the text somebody would have typed; None for lists and mappings."""
    match raw:
        case str():
            return raw
        case bool():
            return "yes" if raw else "no"
        case datetime():
            return raw.isoformat(" ")
        case date() | time() | Month():
            return str(raw)
        case int():
            return str(raw)
        case Decimal():
            return f"{raw:f}"
        case float():
            return f"{Decimal(repr(raw)):f}"
        case Quantity():
            return f"{raw.number:f} {raw.unit}".strip()
        case _:
            return None
