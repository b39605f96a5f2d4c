"""A text that holds several items is parted: a list at its lines or semicolons, choices also at commas."""

from __future__ import annotations

import re

BULLET = "• "
"""Before every line of a text: each line is one item, whatever stands in it."""
BULLETED = re.compile(r"\s*•\s")
CODE_END = re.compile(r"[\n,;，；、]")
PART_END = re.compile(r"[;；]")


def codes(text: str) -> list[str]:
    return CODE_END.split(text)


def listed(text: str) -> list[str]:
    """The items of a list; where there are several lines, those are the items."""
    lines = [line for line in text.split("\n") if line and not line.isspace()]
    if all(map(BULLETED.match, lines)):
        return [BULLETED.sub("", line, count=1) for line in lines]
    return lines if "\n" in text else PART_END.split(text)
