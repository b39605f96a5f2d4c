"""Text from outside on its way to a terminal, and folders as they stand in commands that are told there."""

from __future__ import annotations

import shlex
import unicodedata
from pathlib import Path

STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def visible(text: str) -> str:
    """``text`` without what would steer a terminal or turn the reading order: such characters show as ``\\x1b``."""
    return "".join(
        letter if letter == "\n" or unicodedata.category(letter) not in STEERING else repr(letter)[1:-1]
        for letter in text
    )


def in_command(out: Path | None) -> str:
    """`` -o OUT`` at the end of a command that is told; nothing where nobody named the folder either."""
    return f" -o {shlex.quote(str(out))}" if out else ""
