"""The nouns of a definition: field, choice list, sheet, form; and all of them together."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any, Literal

from docgen.definitions.formula import Formula, Labels, Sentence
from docgen.definitions.tabs import Plan
from docgen.model.problems import Position, Severity, Words

NOWHERE = Position("")
NO_WORDS = Words("", "")
BUILT_IN = frozenset(("required", "reference", "kind", "glyphs", "workbook", "rollover", "templates"))
"""Checks that are part of reading, validating, printing and rolling over; their rules only hold the words."""

Entry = Literal["typed", "optional", "derived", "hand", "recorded"]
Phase = Literal["before", "month", "end"]
Made = Literal["open", "closed"]
"""For which cases a form is made: those that run, or those that were closed."""
Unit = str
"""What one document of a form is: ``case``, ``months`` or ``interviews`` (the sheet of which it is one row)."""


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """The codes one may choose from. ``lookup`` maps every forgiving spelling (fields.choice_key) to its code."""

    name: str
    choices: Mapping[str, Words]
    lookup: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a value must keep to. ``plain``: no invisible characters (names); ``pattern``: the whole text must match."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    max_length: int | None = None
    max_items: int | None = None
    plain: bool = False
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a sheet.

    ``default`` is a value, already typed (None: no default); ``derive`` an expression. ``choices`` for choice and
    choices, ``to`` (a sheet) for ref, ``columns`` for table; a table with ``key`` is a mapping from that to its row.
    """

    name: str
    sheet: str
    type: str
    entry: Entry
    phase: Phase
    label: Words
    hint: Words
    example: Words | None = None
    aliases: tuple[str, ...] = ()
    choices: ChoiceList | None = None
    to: str = ""
    limits: Limits = Limits()
    default: Any = None
    derive: Formula | None = None
    columns: Mapping[str, Field] = field(default_factory=dict)
    key: str = ""
    place: Position = NOWHERE


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the record. ``single``: one row a case (a mapping, not a list). ``parent`` is empty for ``case``.

    Sheets whose parent is ``case`` are siblings of ``case`` in a record; the others lie in their parent's rows.
    ``derive`` names the function of checking/computed.py that makes the whole sheet when nothing was typed.
    ``recorded``: what nobody types into the record, as the office's ledger keeps it (docgen close, extend).
    """

    name: str
    label: Words
    fields: Mapping[str, Field]
    key: str = ""
    names: tuple[str, ...] = ()
    parent: str = ""
    single: bool = False
    derive: str = ""
    children: tuple[str, ...] = ()
    place: Position = NOWHERE
    recorded: Mapping[str, Field] = field(default_factory=dict)

    def field(self, name: str) -> Field:
        """The field of that name, typed or recorded.

        Raises:
            KeyError: there is none.
        """
        return self.fields.get(name) or self.recorded[name]

    @property
    def printable(self) -> Mapping[str, Field]:
        """All that a form may require and print: what is typed, and what is recorded."""
        return {**self.fields, **self.recorded} if self.recorded else self.fields


@dataclass(frozen=True, slots=True)
class Wording:
    """What a problem says and how it is cured."""

    message: Sentence
    fix: Sentence


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of ``rules.yaml`` (or of a form's ``rules``).

    ``forms`` empty: all forms. ``when`` and ``expect`` are called with the names of one row of ``each``; the rule is
    broken when ``expect`` is false. ``check`` names a check in Python instead. ``at`` is a field of the row, a sheet,
    or empty (the row itself). ``needs``: fields of the row (or ``case.field``) that must be there and right.
    ``messages`` holds the wordings of a rule that can break in several ways; then ``wording`` may be None.
    ``over_run``: the rule compares the cases of a run (across_cases), not the rows of one.
    """

    code: str
    severity: Severity
    each: str
    forms: frozenset[str]
    when: Formula | None
    expect: Formula | None
    check: str
    at: str
    needs: tuple[str, ...]
    wording: Wording | None
    messages: Mapping[str, Wording] = field(default_factory=dict)
    over_run: bool = False
    place: Position = NOWHERE


@dataclass(frozen=True, slots=True)
class Requirement:
    """A field that a form needs in every row present; where ``when`` is given, only in rows for which it is true."""

    field: str
    when: Formula | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of document: what it needs, what it prints, who signs it.

    ``keeps``: what is typed in its rows for later; it isn't printed, but told if it is wrong. ``acknowledges``: what
    may be ticked above the signatures, by ``yes``, ``part`` and ``no``; empty where there is nothing to tick.
    ``pages``: by the kind of an invented case (``normal`` …), the most that it may fill.
    ``short``: what lists of choices call it. ``made``: for open or for closed cases. ``dated``: the field of its row
    that holds the printed date; empty where that is the day of issue. ``in_copies``: it says how many signed copies
    there are of it. ``agreement``: the company signs too where the office's letters are agreements. ``shares``: codes
    of rules for other forms that hold for this one too.
    """

    name: str
    code: str
    title: Words
    unit: Unit
    asked_when: Formula
    template: str
    landscape: bool
    signers: tuple[str, ...]
    requires: Mapping[str, tuple[Requirement, ...]]
    rows: Mapping[str, int]
    prints: Mapping[str, tuple[str, ...]]
    keeps: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...] = ()
    acknowledges: Mapping[str, Words] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)
    place: Position = NOWHERE
    short: Words = NO_WORDS
    made: Made = "open"
    dated: str = ""
    in_copies: bool = False
    agreement: bool = False
    shares: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Definitions:
    """All there is to know about records and forms; sheets in their fixed order, forms in the order of their work.

    ``rules`` holds the rules of all files, those of a form bound to that form. ``wordings`` maps the kind of a built-in
    fault (``missing``, ``not_a_number`` …) to its rule and its wording. ``conditions`` says in words what the
    expressions mean on which forms require a field. ``version`` is that of the record, ``workbook`` its layout there.
    ``folders``: those of a company whose files stand in for shipped ones.
    """

    sheets: Mapping[str, Sheet]
    forms: Mapping[str, Form]
    rules: tuple[Rule, ...]
    lists: Mapping[str, ChoiceList]
    settings: Mapping[str, Field]
    labels: Labels
    wordings: Mapping[str, tuple[Rule, Wording]]
    conditions: Mapping[str, Words] = field(default_factory=dict)
    version: int = 1
    workbook: Plan = field(default_factory=Plan)
    folders: tuple[FilePath, ...] = ()

    def demanded(self, forms: Set[str]) -> dict[str, set[str]]:
        """By sheet, the fields whose absence alone breaks a rule that blocks one of ``forms``."""
        found: dict[str, set[str]] = {}
        for rule in self.rules:
            if rule.when is not None or rule.expect is None or rule.expect.source != rule.at:
                continue
            concerned = rule.severity is Severity.ERROR and (not rule.forms or rule.forms & forms)
            if concerned and rule.at in self.sheets[rule.each].fields:
                found.setdefault(rule.each, set()).add(rule.at)
        return found
