"""Blanks that a template takes away from between two words: with ``{%- -%}``, or as the line end behind a tag."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from docgen.layout.tags import COMMENT, INLINE, JINJA, TAG, without_jinja

SEEN_THROUGH = INLINE - {"br", "img"}
WIDE = re.compile("[\u2e80-\U0010ffff]")
NAME = re.compile(r"\{%[-+]?\s*(?P<name>\w+)(?P<rest>[^%]*)")
FLOWING = frozenset(("if", "endif", "for", "endfor", "set", "with", "endwith", "do"))
"""Statements behind which a text goes on; all others part what stands before them from what follows."""
ENDINGS = frozenset(("s", "es", "ed", "ing", "th", "st", "nd", "rd"))
"""They join a word on purpose: ``month{%- if many %}s{% endif %}``."""
AFTER, BEFORE = ".,;:!?)”’%", "(“‘"
"""What else a word may end with, and begin with."""
INDENT = re.compile(r"(?<=\n)[ \t]+\Z")


@dataclass(frozen=True, slots=True)
class Lost:
    """No blank is left between ``before`` and ``after``, as ``tag`` at ``offset`` takes it away."""

    offset: int
    tag: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text as it is left, a value or a statement; ``first`` and ``last``: the tag that took the blanks there."""

    kind: str
    said: str
    first: re.Match[str] | None = None
    last: re.Match[str] | None = None


def lost_blanks(text: str) -> Iterator[Lost]:
    """Where words of a template or sentence are joined although a blank or a line end stands between them.

    Chinese needs no blank, and two values may stand side by side on purpose.
    """
    pieces = _pieces(text)
    told: set[int] = set()
    for stretch in (pieces, *_loops(pieces)):
        for one in _joined(stretch):
            if one.offset not in told:
                told.add(one.offset)
                yield one


def _pieces(text: str) -> list[_Piece]:
    tags = list(TAG.finditer(COMMENT.sub(lambda found: " " * len(found[0]), without_jinja(text))))
    within = [(tag.start(), tag.end()) for tag in tags]
    marks = [one for one in JINJA.finditer(text) if not any(start < one.start() < end for start, end in within)]
    found: list[_Piece] = []
    at = 0
    for mark, following in pairwise((None, *marks, None)):
        if mark:
            found.append(_Piece("value" if mark[0].startswith("{{") else _statement(mark[0]), mark[0]))
            at = mark.end()
        end = following.start() if following else len(text)
        plain = "".join(_without_tags(text, tags, at, end))
        found.append(_left(plain, mark, following))
    return found


def _statement(tag: str) -> str:
    """Its name; a set without a value holds a text of its own."""
    found = NAME.match(tag)
    if not found:
        return "remark"
    return "set block" if found["name"] == "set" and "=" not in found["rest"] else found["name"]


def _without_tags(text: str, tags: Sequence[re.Match[str]], start: int, end: int) -> Iterator[str]:
    """The text, seen through what only looks otherwise; any other tag is the end of a word."""
    at = start
    for tag in tags:
        if start <= tag.start() < end:
            yield text[at : tag.start()]
            yield "" if tag["name"] in SEEN_THROUGH else "\0"
            at = tag.end()
    yield text[at:end]


def _left(text: str, before: re.Match[str] | None, after: re.Match[str] | None) -> _Piece:
    """What is left of ``text`` between two tags, as Jinja is set up: see sandbox.environment."""
    said, first, last = text, None, None
    if before and before[0][-3] == "-":
        said = said.lstrip()
    elif before and not before[0].startswith("{{") and before[0][-3] != "+":
        said = said.removeprefix("\n")
    first = before if said != text else None
    kept = said
    if after and after[0][2] == "-":
        said = said.rstrip()
    elif after and not after[0].startswith("{{") and after[0][2] != "+":
        said = INDENT.sub("", said)
    last = after if said != kept else None
    return _Piece("text", said, first, last)


def _loops(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """The body of each loop, twice: its end meets its beginning."""
    begun: list[int] = []
    for index, piece in enumerate(pieces):
        if piece.kind == "for":
            begun.append(index)
        elif piece.kind == "endfor" and begun:
            body = [*pieces[begun.pop() + 1 : index]]
            yield body * 2


def _joined(pieces: Sequence[_Piece]) -> Iterator[Lost]:
    before, lost, blank = "", None, False
    for piece in pieces:
        if piece.kind not in ("text", "value"):
            if piece.kind not in FLOWING and piece.kind != "remark":
                before = ""
            continue
        lost = lost or piece.first
        if piece.kind == "text" and not piece.said.strip():
            lost, blank = lost or piece.last, blank or bool(piece.said)
            continue
        blank = blank or piece.said[0].isspace()
        words = [piece.said] if piece.kind == "value" else piece.said.replace("\0", " \0 ").split(" ")
        shown = [word for part in words for word in ([part] if piece.kind == "value" else part.split())]
        if before and lost and not blank and _are_words(before, shown[0]):
            yield Lost(lost.start(), lost[0], before, shown[0])
        before, lost, blank = shown[-1], piece.last, piece.said[-1].isspace()


def _are_words(before: str, after: str) -> bool:
    values = [one.startswith("{{") for one in (before, after)]
    if all(values) or after in ENDINGS:
        return False
    ends = values[0] or _is_latin(before[-1]) or (before[-1] in AFTER and not values[1])
    return ends and (values[1] or _is_latin(after[0]) or (after[0] in BEFORE and not values[0]))


def _is_latin(letter: str) -> bool:
    return letter.isalnum() and not WIDE.match(letter)
