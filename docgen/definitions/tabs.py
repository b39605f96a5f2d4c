"""How the record is laid out in a workbook: which sheets share a tab or a block, and the marks that docgen leaves.

Both layouts are made of *blocks*: a hidden row of keys (``targets.weight``), a row of labels, and rows of data. A block
holds sheets side by side; a line may fill a row of each. Where the cells of a parent are blank, the line belongs to the
parent's row above. In the table layout a tab is one block and its rows name their person, in the card layout a tab is a
person and has all blocks below each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from docgen.model.problems import Words

PEOPLE = "people"
"""The tab with a row a person: of the table layout with all the fields of the case, of the cards with ``identity``."""

FACTS = "facts"
"""The block of a card that holds the fields of the case."""

MARK = "docgen:"
"""The first cell of a row that docgen wrote for itself begins so; the column is hidden."""
NO_DATA = f"{MARK}-"
"""This row is a title, a row of labels or a sum."""
NOT_READ = f"{MARK}not read"
"""In the first row of a tab: nothing here is data (the guide, the lists, the list of problems)."""
CARD = "card"
"""The key of the column that names the tab of a person."""
SUM = Words("Sum of the weights", "权重合计")
"""So begins a row of docgen's own below the targets of a card."""

VERSION = "docgen-version"
FORMS = "docgen-forms"
LAYOUT = "docgen-layout"
MONTH = "docgen-month"
PREDECESSOR = "docgen-predecessor"
ROLLED = "docgen-rolled-over"
LANGUAGE = "docgen-language"
SENT = "docgen-sent"
"""Names of the file's custom properties: version of the record, forms (parted by commas), ``table`` or ``card``, the
last month in it, the SHA-256 of the file that its cases came from (of further ones, and of those which these had
replaced, in ``docgen-predecessor-2`` and so on), the month it was rolled over to, the language of its labels, and which
one of those that were sent out it is; each where there is one."""
LIST = "docgen-list"
"""That of a list that docgen writes (a report, what is owed), which holds no case."""


def key_mark(block: str) -> str:
    """What stands before a row of keys: ``docgen:targets``."""
    return MARK + block


def key(sheet: str, name: str) -> str:
    """The key over the column of a field: ``targets.weight``."""
    return f"{sheet}.{name}"


@dataclass(frozen=True, slots=True)
class Tab:
    """Sheets that stand side by side, each parent left of its children. ``note`` says what is filled in here."""

    name: str
    label: Words
    sheets: tuple[str, ...]
    note: Words


@dataclass(frozen=True, slots=True)
class Plan:
    """How a workbook is laid out.

    ``identity``: the fields of the case that say who it is; a case in which nothing else is typed has not begun.
    ``afterwards``: by form, sheet and name of the fields that are typed once the month has ended or the talk was held;
    each has a column, behind the others of its sheet. ``tabs``: in the order of the table layout, the people first;
    ``blocks``: in the order of a card.
    """

    identity: tuple[str, ...] = ()
    afterwards: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    tabs: Mapping[str, Tab] = field(default_factory=dict)
    blocks: Mapping[str, Tab] = field(default_factory=dict)
