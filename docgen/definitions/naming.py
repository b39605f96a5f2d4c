"""How people spell the names of sheets and fields: keys, labels and aliases in either language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from docgen.definitions.definition import Definitions, Sheet

CASE = "case"
SIGNER = "signer"
"""The choice list of forms/case.yaml that names those who sign."""

Sheets = Mapping[str, Sheet]


@lru_cache(maxsize=8192)
def spelling(key: str) -> str:
    """A key as it is compared: whatever its case, width, hyphens, underscores and blanks."""
    if key.isascii() and key.isalnum():
        return key.lower()
    folded = unicodedata.normalize("NFKC", key).casefold()
    return " ".join(folded.replace("_", " ").replace("-", " ").split())


@dataclass(frozen=True, slots=True)
class Names:
    """The keys a mapping may hold: ``exact`` as defined, ``forgiving`` by any label or alias, by spelling()."""

    exact: frozenset[str]
    forgiving: Mapping[str, str]

    def find(self, key: str) -> str:
        return key if key in self.exact else self.forgiving.get(spelling(key), "")


def children_of(sheets: Sheets) -> dict[str, tuple[str, ...]]:
    """By sheet, those that lie in its rows; those of ``case`` stand beside it."""
    return {name: tuple(one.name for one in sheets.values() if one.parent == name) for name in sheets}


def names_beside_case(sheets: Sheets) -> Names:
    """What a record may hold: the case, and the sheets beside it."""
    beside = [sheets[name] for name in (CASE, *children_of(sheets)[CASE])]
    return Names(frozenset(sheet.name for sheet in beside), sheet_spellings(beside))


@lru_cache(maxsize=8)
def names_in_rows(definitions: Definitions) -> Mapping[str, Names]:
    """By sheet, what a row of it may hold: its fields and its child sheets; worked out once a process."""
    sheets = definitions.sheets
    children = children_of(sheets)
    return {
        name: _names(sheet, [] if name == CASE else [sheets[child] for child in children[name]])
        for name, sheet in sheets.items()
    }


def sheet_spellings(sheets: Iterable[Sheet]) -> dict[str, str]:
    return {spelling(text): sheet.name for sheet in sheets for text in (sheet.label.zh, sheet.label.en, sheet.name)}


def _names(sheet: Sheet, children: list[Sheet]) -> Names:
    forgiving = sheet_spellings(children) | {spelling(name): name for name in sheet.fields}
    for name, of in sheet.fields.items():
        for spelled in (of.label.en, of.label.zh, *of.aliases):
            forgiving.setdefault(spelling(spelled), name)
    return Names(frozenset([*sheet.fields, *(child.name for child in children)]), forgiving)
