"""The names of people become names of tabs: short, unique, and without what a tab may not have in its name."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from docgen.model.problems import UiLanguage, Words

PERSON = Words("Person {number}", "员工{number}")
MOST = 31
"""Characters, as UTF-16 counts them."""
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
RESERVED = frozenset(("history",))


def tab_names(names: Sequence[str], taken: Collection[str], language: UiLanguage) -> list[str]:
    """A tab for each of ``names``; ``taken`` are those that other tabs have. A blank name becomes a number."""
    used = {name.casefold() for name in taken} | RESERVED
    tabs = []
    for number, name in enumerate(names, start=1):
        plain = " ".join(FORBIDDEN.sub(" ", name).split()).strip("'") or PERSON[language].format(number=number)
        tab, again = _cut(plain, MOST), 1
        while tab.casefold() in used:
            again += 1
            end = f" {again}"
            tab = _cut(plain, MOST - len(end)) + end
        used.add(tab.casefold())
        tabs.append(tab)
    return tabs


def _cut(name: str, most: int) -> str:
    while len(name.encode("utf-16-le")) // 2 > most:
        name = name[:-1]
    return name.strip().strip("'")
