"""Words that run from right to left: a name in Hebrew or Arabic may stand in any document."""

from __future__ import annotations

import re
from itertools import groupby
from unicodedata import bidirectional

CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Embeddings, overrides and isolates: they come along with copied text, and would make a page show another order."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")

_MIRRORED = str.maketrans(")]}>»›）】》", "([{<«‹（【《")


def undirected(text: str) -> str:
    """``text`` without the invisible signs that order others to run in a direction."""
    return text if text.isprintable() else text.translate(CONTROLS)


def runs_to_the_left(text: str) -> bool:
    """Does any of ``text``?"""
    return bool(_RIGHT_TO_LEFT.search(text))


def is_turned(one: str, other: str) -> bool:
    """Does ``one`` have the very characters of ``other``, in whatever order, brackets in whatever direction?"""
    return sorted(one.translate(_MIRRORED)) == sorted(other.translate(_MIRRORED))


def to_the_right(text: str) -> str:
    """Of ``text`` the letters that run from left to right wherever they stand: no page shows them in another order."""
    return "".join(letter for letter in text if bidirectional(letter) == "L")


def unordered(text: str) -> str:
    """``text`` with the characters of each stretch that runs from right to left sorted.

    A PDF holds such a stretch, with the figures and signs around it, in the order of its pieces on the page, and
    brackets there and beside it may have been turned round.
    """
    if not _RIGHT_TO_LEFT.search(text):
        return text
    turned = text.translate(_MIRRORED)
    stretches = ("".join(letters) for _, letters in groupby(turned, lambda letter: bidirectional(letter) == "L"))
    return "".join("".join(sorted(one)) if _RIGHT_TO_LEFT.search(one) else one for one in stretches)
