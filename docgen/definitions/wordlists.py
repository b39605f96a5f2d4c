"""The words the checks look for, read from ``forms/wordlists.yaml``: a company's own replaces it or adds to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from docgen.definitions.grammar import WORD_LISTS
from docgen.definitions.load import definition_file

FILE = "wordlists.yaml"
NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class WordList:
    """The words of one list as a pattern; plainer and far quicker to look for is what each of them begins with.

    ``latin`` has beginnings in small letters, ``han`` is a pattern of those in Chinese.
    """

    pattern: re.Pattern[str]
    latin: tuple[str, ...]
    han: re.Pattern[str]

    def may_stand_in(self, text: str) -> bool:
        """Whether a closer look is worth it."""
        lowered = text.lower()
        return any(stem in lowered for stem in self.latin) or self.han.search(text) is not None

    def within(self, text: str) -> WordList | None:
        """The same list for parts of ``text``, without what stands nowhere in it; None where nothing does."""
        letters = text.encode("ascii", "ignore").lower().decode()
        latin = tuple(stem for stem in self.latin if stem in letters)
        han = self.han if self.han.search(text) else NEVER
        return WordList(self.pattern, latin, han) if latin or han is not NEVER else None


@dataclass(frozen=True, slots=True)
class WordLists:
    """All lists; ``nobody`` and ``foreign`` are compared as whole names."""

    vague: WordList
    no_date: WordList
    traits: WordList
    risky: WordList
    harmless: WordList
    nobody: re.Pattern[str]
    foreign: frozenset[str]

    def first(self, words: WordList, text: str) -> str:
        """The first listed word in ``text`` that is not part of a harmless phrase; empty when there is none."""
        if not words.may_stand_in(text):
            return ""
        found = words.pattern.search(self.harmless.pattern.sub(" ", text))
        return found.group() if found else ""


@cache
def load_wordlists(folders: tuple[Path, ...] = ()) -> WordLists:
    """Read, once a process, ``wordlists.yaml``: the company's stands in for the shipped one, or adds to it.

    Raises:
        DefinitionError: the file is no such list of words; with file and line.
    """
    data = definition_file(FILE, folders).data
    lists = {name: [*data[name]["en"], *data[name]["zh"]] for name in WORD_LISTS}
    return WordLists(
        **{name: word_list(lists[name]) for name in WORD_LISTS if name not in ("nobody", "foreign")},
        nobody=names_pattern(lists["nobody"]),
        foreign=frozenset(name.casefold() for name in lists["foreign"]),
    )


def word_list(words: Iterable[Any]) -> WordList:
    given = [str(word) for word in words]
    stems = sorted({re.split(r"[*? ]", word)[0].casefold() for word in given})
    han = [re.escape(stem) for stem in stems if not stem.isascii()]
    latin = tuple(stem for stem in stems if stem.isascii())
    return WordList(words_pattern(given), latin, re.compile("|".join(han)) if han else NEVER)


def words_pattern(words: Iterable[Any]) -> re.Pattern[str]:
    """Latin words as whole words (``*`` any ending, ``?`` any letter), Chinese words anywhere; longest first."""
    ordered = sorted(map(str, words), key=len, reverse=True)
    latin = [_latin(word) for word in ordered if word.isascii()]
    chinese = [re.escape(word) for word in ordered if not word.isascii()]
    parts = ([rf"(?<![A-Za-z0-9])(?:{'|'.join(latin)})(?![A-Za-z0-9])"] if latin else []) + chinese
    return re.compile("|".join(parts), re.IGNORECASE) if parts else NEVER


def names_pattern(words: Iterable[Any]) -> re.Pattern[str]:
    """Matches a name that is, or ends in, one of the words."""
    ordered = sorted(map(str, words), key=len, reverse=True)
    ends = "|".join(rf"\b{re.escape(word)}" if word.isascii() else re.escape(word) for word in ordered)
    return re.compile(rf"(?:{ends})$", re.IGNORECASE) if ordered else NEVER


def _latin(word: str) -> str:
    return re.escape(word).replace(r"\*", "[a-z]*").replace(r"\?", "[a-z]").replace(r"\ ", r"\s+")
