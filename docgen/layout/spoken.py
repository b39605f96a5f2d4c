"""A text as it is heard: without what Jinja and markup make of it, so that no phrase hides behind marks or blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from docgen.definitions.cleaning import HALF_WIDTH
from docgen.layout.tags import COMMENT, INLINE, JINJA, TAG

LITERAL = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
PIECE = re.compile(
    rf"(?P<jinja>{JINJA.pattern})|(?P<remark>{COMMENT.pattern})|(?P<tag>{TAG.pattern})|(?P<sign>&#?\w+;)", re.DOTALL
)
BREAK = "\0"
"""A value, or the end of a paragraph: no phrase goes on behind it."""
HAN = "\u3400-\u9fff"
BETWEEN_HAN = re.compile(rf"(?<=[{HAN}])[\s\-·・]+(?=[{HAN}])")
BLANKS = re.compile(r"\s+")
DASHES = {**HALF_WIDTH, **dict.fromkeys(range(0x2010, 0x2016), 0x2D)}
NOT_SO = re.compile(
    r"(?<!不得)(?<!不能)(?<!无)(?<!莫)(?:不|勿|并非|绝非)(?:得|应|会|能|可|可以|应当)?(?:被|将)?$"
    r"|(?:\b(?:not|never)|cannot|n['’]t)\s(?:(?:be|been|mean|say)\s)?$",
    re.IGNORECASE,
)
"""Stands before what is said not to be: “签字不视为同意”."""

Letter = tuple[str, int]
"""A character, and where it stands in the text."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What was found: as it is heard, and the stretch of the text that says it."""

    heard: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """``text``: what is heard; ``at``: where each of its characters stands in what was written."""

    text: str
    at: tuple[int, ...]

    def phrases(self, pattern: re.Pattern[str]) -> Iterator[Phrase]:
        """Those that ``pattern`` finds and that are not said not to be, also with a blank for each hyphen."""
        told: set[int] = set()
        for text in dict.fromkeys((self.text, self.text.replace("-", " "))):
            for found in pattern.finditer(text):
                if found.start() not in told and not NOT_SO.search(text[max(found.start() - 16, 0) : found.start()]):
                    told.add(found.start())
                    yield Phrase(found[0], self.at[found.start()], self.at[found.end() - 1] + 1)


def spoken(text: str) -> Spoken:
    """``text`` of a template or a sentence, with what it may say in strings of Jinja."""
    letters = [*_letters(text)]
    heard = "".join(letter for letter, _ in letters)
    kept: list[Letter] = []
    after = 0
    for blank in re.finditer(rf"{BETWEEN_HAN.pattern}|{BLANKS.pattern}", heard):
        kept += letters[after : blank.start()]
        if not BETWEEN_HAN.match(heard, blank.start()):
            kept.append((" ", letters[blank.start()][1]))
        after = blank.end()
    kept += letters[after:]
    return Spoken("".join(letter for letter, _ in kept), tuple(at for _, at in kept))


def _letters(text: str) -> Iterator[Letter]:
    aside: list[Letter] = []
    after = 0
    for piece in PIECE.finditer(text):
        yield from _plain(text, after, piece.start())
        after = piece.end()
        if piece["sign"]:
            yield from ((letter, piece.start()) for letter in unescape(piece[0]).translate(DASHES))
        elif piece["tag"] and piece["name"] not in INLINE - {"br", "img"}:
            yield (" " if piece["name"] == "br" else BREAK), piece.start()
        elif piece[0].startswith("{{"):
            yield from _value(text, piece.start(), piece.end())
        elif piece[0].startswith("{%"):
            for said in LITERAL.finditer(text, piece.start(), piece.end()):
                aside += [(BREAK, said.start()), *_plain(text, said.start() + 1, said.end() - 1)]
    yield from _plain(text, after, len(text))
    yield from aside


def _plain(text: str, start: int, end: int) -> Iterator[Letter]:
    return zip(text[start:end].translate(DASHES), range(start, end), strict=True)


def _value(text: str, start: int, end: int) -> Iterator[Letter]:
    """The strings that a value is made of; names are a break."""
    after = start
    for said in [*LITERAL.finditer(text, start, end), None]:
        before = said.start() if said else end
        if re.search(r"\w", text[after:before]):
            yield BREAK, after
        if said:
            yield from _plain(text, said.start() + 1, said.end() - 1)
            after = said.end()
