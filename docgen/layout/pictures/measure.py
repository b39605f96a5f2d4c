"""How wide a label may become, where it may be parted, and what of it fits: estimated, and rather too wide."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

WIDE = frozenset("WF")
AMBIGUOUS = frozenset("“”‘’…—·×★°‰")
"""Signs that Chinese fonts set as wide as a Han character."""
EMS = {
    letter: width
    for letters, width in (
        (" '", 0.3), ("!,-.:;[]ijl", 0.35), ("()/\\ft{}", 0.4), ("I", 0.45), ('"*?rsz|', 0.5), ("Jcv", 0.55),
        ("FLPZ`bdkopq", 0.65), ("BCETXYhnu", 0.7), ("AGKRV", 0.75), ("&DNOQU", 0.8), ("w", 0.85), ("H", 0.9),
        ("%@", 0.95), ("Mm", 1.0), ("W", 1.1),
    )
    for letter in letters
}  # fmt: skip
"""Widths of Latin letters in the Noto fonts for Chinese; all others are ORDINARY."""
ORDINARY = 0.6
BOLD = 1.06
LATIN = {"Carlito": 0.86, "Calibri": 0.86, "Liberation Sans Narrow": 0.8, "DejaVu Sans": 1.1, "Verdana": 1.15}
"""Families whose letters are narrower or wider than those, and by how much."""
CLOSING = frozenset("，。、；：！？）》」』】〕”’…,.;:!?)]}%")
"""What never begins a line."""
OPENING = frozenset("（《「『【〔“‘([{")
"""What never ends one."""
CUT = "…"
PLAIN = re.compile(
    "[\u0020-\u007e\u00a0-\u024f\u0370-\u0373\u0376-\u03ff\u0400-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027"
    "\u2030-\u205e\u2070-\u209f\u20a0-\u20bf\u2100-\u2bff\u2e80-\u302f\u3030-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]*"
)
"""Scripts whose letters stand one beside the other from left to right, so that their widths can be added up."""


def drawable(text: str) -> bool:
    """Can a label be measured: has it no letters that join, stand above each other, or run from right to left?"""
    return PLAIN.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Letters:
    """``size`` in points; ``latin``: how wide Latin letters of the font are, those of Noto being 1."""

    size: float
    latin: float = 1.0

    def width(self, text: str, *, bold: bool = False) -> float:
        """Points that ``text`` takes, nearly always less."""
        return sum([self._em(letter) for letter in text]) * self.size * (BOLD if bold else 1)

    def _em(self, letter: str) -> float:
        if letter.isascii():
            return EMS.get(letter, ORDINARY) * self.latin
        if letter in AMBIGUOUS or unicodedata.east_asian_width(letter) in WIDE:
            return 1.0
        return 0.9 if letter > "\u2000" else 0.75 * self.latin


def wrapped(text: str, room: float, letters: Letters, most: int, *, bold: bool = False) -> list[str]:
    """``text`` in at most ``most`` lines of ``room`` points; what doesn't fit is cut, and CUT says so."""
    lines = [""]
    taken = 0.0
    for piece in _pieces(" ".join(text.split())):
        wide = letters.width(piece.rstrip(), bold=bold)
        for part in _broken(piece, room, letters, bold) if wide > room else [piece]:
            wide = letters.width(part.rstrip(), bold=bold)
            if lines[-1] and taken + wide > room:
                lines.append("")
                taken = 0.0
                if len(lines) > most:
                    return [*(line.rstrip() for line in lines[: most - 1]), _cut(lines[most - 1], room, letters, bold)]
            lines[-1] += part
            taken += wide + letters.width(" ", bold=bold) * (len(part) - len(part.rstrip()))
    return [line.rstrip() for line in lines if line.strip()]


def balanced(text: str, room: float, letters: Letters, most: int, *, bold: bool = False) -> list[str]:
    """As ``wrapped``, but a last line that would be a mere rest shares the text with those above it."""
    lines = wrapped(text, room, letters, most, bold=bold)
    if len(lines) < 2 or lines[-1].endswith(CUT):
        return lines
    least = max(letters.width(piece.rstrip(), bold=bold) for piece in _pieces(" ".join(text.split())))
    narrower = room
    while 2 * letters.width(lines[-1], bold=bold) < letters.width(lines[0], bold=bold):
        narrower -= letters.size / 2
        tried = wrapped(text, narrower, letters, most, bold=bold) if narrower >= least else []
        if len(tried) != len(lines) or tried[-1].endswith(CUT):
            break
        lines = tried
    return lines


def _cut(line: str, room: float, letters: Letters, bold: bool) -> str:
    while line and letters.width(line.rstrip() + CUT, bold=bold) > room:
        line = line[:-1]
    return line.rstrip(" ，、,;；") + CUT


def _pieces(text: str) -> list[str]:
    """What may not be parted: words with the blank after them, Han characters with the signs that belong to them."""
    found: list[str] = []
    for letter in text:
        before = found[-1] if found else ""
        joined = before and (
            letter in CLOSING
            or letter == " "
            or before[-1] in OPENING
            or not (_breaks(letter) or _breaks(before[-1]) or before[-1] in " -/")
        )
        if joined:
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _breaks(letter: str) -> bool:
    return not letter.isascii() and unicodedata.east_asian_width(letter) in WIDE


def _broken(word: str, room: float, letters: Letters, bold: bool) -> list[str]:
    """A word that no line has room for, in parts that one has."""
    parts = [""]
    taken = 0.0
    for letter in word:
        wide = letters.width(letter, bold=bold)
        if parts[-1] and letter != " " and taken + wide > room:
            parts.append("")
            taken = 0.0
        parts[-1] += letter
        taken += wide
    return parts
