"""Text from outside on its way to a terminal."""

from __future__ import annotations

import unicodedata

STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def visible(text: str) -> str:
    """``text`` without what would steer a terminal or turn the reading order: such characters show as ``\\x1b``."""
    return "".join(
        letter if letter == "\n" or unicodedata.category(letter) not in STEERING else repr(letter)[1:-1]
        for letter in text
    )
