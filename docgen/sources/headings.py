"""A row of headings is understood: which field each column holds, by its name, a label or an alias."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from docgen.definitions.definition import Definitions, Field
from docgen.definitions.naming import CASE, sheet_spellings, spelling
from docgen.definitions.tabs import key

# What may follow a name: the star of a required column, a unit or "required" in brackets, a colon.
TAIL = re.compile(r"\s*(?:[*:#.%]+|\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】)$")
QUALIFIED = re.compile(r"(.+?)\s*[:.›>/|]\s*(.+)")
HAN = "[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
BETWEEN_HAN = re.compile(f"(?<={HAN})\\s+(?={HAN})")
LONGEST = 200
"""So many characters a heading may have; a longer text is none."""

AGAIN, OTHER_GROUP, BACK, CHANGE, ALIAS = 20, 10, 3, 2, 1
"""What a reading of the headings costs: a field taken twice, a column outside its group, a sheet taken up again, the
next sheet, a mere alias. The cheapest reading is taken."""
MOST_READINGS = 40
NEAR, NEAR_HAN, ALMOST = 0.8, 0.74, 0.88
"""How like a name a heading must be to be a slip: of a typed field in Latin letters, in Chinese, of other fields."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read: ``at`` counts from 0. ``name`` is the field; where the heading is no field, or names one
    that another column holds (``field`` None), it is the heading, for checking to speak of.
    """

    at: int
    sheet: str
    name: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """The columns of a row of headings; ``unread`` are those with an unknown heading, ``foreign`` those that are never
    kept: each with its heading. ``elsewhere`` are unread ones too, each with the tab of the plan that has it."""

    columns: tuple[Column, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    foreign: tuple[tuple[int, str], ...] = ()
    elsewhere: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field that a heading may mean; ``cost`` is 0 for its name and its labels."""

    sheet: str
    field: Field
    cost: int

    @property
    def key(self) -> str:
        return key(self.sheet, self.field.name)


class Vocabulary:
    """What the headings of one tab may say: the fields of its ``sheets``, and those that say whose row it is."""

    def __init__(self, definitions: Definitions, sheets: Iterable[str], foreign: Collection[str]) -> None:
        self.sheets = tuple(sheets)
        self.foreign = foreign
        self.groups = sheet_spellings(definitions.sheets[name] for name in self.sheets)
        self._meanings: dict[str, list[Meaning]] = defaultdict(list)
        for name in self.sheets:
            self._learn(name, definitions.sheets[name].fields.values())
        if CASE not in self.sheets:
            case = definitions.sheets[CASE]
            self._learn(CASE, [case.fields[name] for name in (*definitions.workbook.identity, case.key)])

    def _learn(self, sheet: str, fields: Iterable[Field]) -> None:
        for of in fields:
            names = [of.name, of.label.en, of.label.zh]
            for cost, texts in ((0, names), (ALIAS, of.aliases)):
                for text in texts:
                    for spelled in _with_and_without_tail(text):
                        known = self._meanings[spelled]
                        if all(one.field is not of for one in known):
                            known.append(Meaning(sheet, of, cost))

    def meanings(self, text: str) -> Sequence[Meaning]:
        """The fields that a heading may mean, by the longest part of it that means any."""
        for spelled in spellings(text):
            if spelled in self._meanings:
                return self._meanings[spelled]
            if found := QUALIFIED.fullmatch(spelled):
                sheet = CASE if found[1] == CASE else self.groups.get(found[1])
                return [one for one in self._meanings.get(found[2], ()) if one.sheet == sheet]
        return ()

    def matches(self, texts: Iterable[str]) -> int:
        """How many fields of the tab's own sheets a row of texts names."""
        own = {one.key for text in texts for one in self.meanings(text)[:1] if one.sheet in self.sheets}
        return len(own)

    def understand(
        self, headings: Sequence[tuple[int, str]], groups: Mapping[int, str] | None = None, taken: Collection[str] = ()
    ) -> Understood:
        """Which columns hold what. ``groups``: by column the sheet named above it; ``taken``: keys found already."""
        readings = self._cheapest(headings, groups or {}, frozenset(taken))
        by_field: dict[str, list[tuple[int, str, Meaning]]] = defaultdict(list)
        columns: list[Column] = []
        unread: list[tuple[int, str]] = []
        foreign: list[tuple[int, str]] = []
        unknown: list[tuple[int, str]] = []
        for (at, text), meaning in zip(headings, readings, strict=True):
            if meaning:
                by_field[meaning.key].append((at, text, meaning))
            elif any(spelled in self.foreign for spelled in spellings(text)):
                foreign.append((at, text))
            else:
                unknown.append((at, text))
        for same in by_field.values():
            first = min(same, key=lambda one: one[2].cost)
            for at, text, meaning in same:
                if at == first[0]:
                    columns.append(Column(at, meaning.sheet, meaning.field.name, meaning.field))
                elif meaning.cost == first[2].cost and meaning.sheet in self.sheets:
                    columns.append(Column(at, meaning.sheet, again(text, meaning.field)))
                else:
                    unread.append((at, text))
        for at, text in unknown:
            sheet = self._slip(text, {*taken, *by_field})
            if sheet:
                columns.append(Column(at, sheet, one_line(text)))
            else:
                unread.append((at, text))
        return Understood(tuple(sorted(columns, key=lambda one: one.at)), tuple(sorted(unread)), tuple(foreign))

    def _cheapest(
        self, headings: Sequence[tuple[int, str]], groups: Mapping[int, str], taken: frozenset[str]
    ) -> Sequence[Meaning | None]:
        """One meaning for each heading (None: it has none), so that the columns of a sheet stand together."""
        readings = [_Reading(0, "", frozenset(), taken, ())]
        for at, text in headings:
            meanings = [one for one in self.meanings(text) if one.key not in taken]
            if not meanings:
                readings = [one.without() for one in readings]
                continue
            further = [one.with_meaning(meaning, groups.get(at, "")) for one in readings for meaning in meanings]
            readings = sorted(further, key=lambda one: one.cost)[:MOST_READINGS]
        return readings[0].meanings

    def _slip(self, text: str, found: Collection[str]) -> str:
        """The sheet with a field that the tab lacks and ``text`` was perhaps meant for, or ''."""
        written = next(spellings(text), "")[:80]
        lacking = {
            spelled: one
            for spelled, known in self._meanings.items()
            for one in known[:1]
            if one.sheet in self.sheets and one.key not in found
        }
        typed = [spelled for spelled, one in lacking.items() if one.field.entry == "typed"]
        near = get_close_matches(written, typed, 1, NEAR if written.isascii() else NEAR_HAN)
        near = near or get_close_matches(written, list(lacking), 1, ALMOST)
        return lacking[near[0]].sheet if near else ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to understand the headings so far: the sheet in which it stands, those it has left, the fields used."""

    cost: int
    sheet: str
    left: frozenset[str]
    used: frozenset[str]
    meanings: tuple[Meaning | None, ...]

    def without(self) -> _Reading:
        return _Reading(self.cost, self.sheet, self.left, self.used, (*self.meanings, None))

    def with_meaning(self, meaning: Meaning, group: str) -> _Reading:
        cost = self.cost + meaning.cost
        left = self.left
        if meaning.key in self.used:
            cost += AGAIN
        if group and meaning.sheet != group:
            cost += OTHER_GROUP
        if self.sheet and meaning.sheet != self.sheet:
            left = left | {self.sheet}
            cost += CHANGE + (BACK if meaning.sheet in left else 0)
        return _Reading(cost, meaning.sheet, left, self.used | {meaning.key}, (*self.meanings, meaning))


@lru_cache(maxsize=8192)
def _with_and_without_tail(text: str) -> tuple[str, ...]:
    """A name of a field as it is compared; the same names are learned for every tab of every run."""
    spelled = spelling(text)
    return tuple(dict.fromkeys((spelled, TAIL.sub("", spelled))))


def spellings(text: str) -> Iterator[str]:
    """A heading as names are compared, in Chinese without blanks; then piece by piece without its tail."""
    if len(text) > LONGEST:
        return
    spelled = BETWEEN_HAN.sub("", spelling(text).lstrip("*").strip())
    while spelled:
        yield spelled
        shorter = TAIL.sub("", spelled)
        if shorter == spelled:
            return
        spelled = shorter


def one_line(text: str) -> str:
    """A heading as a message shows it, its lines joined and without the star of a required column."""
    return " ".join(text.split()).rstrip("*＊ ")


def again(text: str, of: Field) -> str:
    """A key that checking takes for ``of`` once more: the heading, where that is one of the field's own names."""
    shown = one_line(text)
    known = {spelling(name) for name in (of.name, of.label.en, of.label.zh)}
    if spelling(shown) not in known:
        shown = of.label.en if text.isascii() else of.label.zh
    return shown if shown != of.name else shown.upper()
