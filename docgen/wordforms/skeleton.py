"""All that a Word form says, its tags among it, as one Jinja template in the order of the file: a line for each piece.

It is what the form is checked by (each line has its place), what tells what the filled form must say, and, filled
without number and date, what counts of it in the content hash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from docgen.model.problems import Words
from docgen.wordforms.story import Line
from docgen.wordforms.tags import Tag
from docgen.writers.word_xml import W

CELL = f"{{{W}}}tc"
OPENING = re.compile(r"\{(?=[{%#])")
FIRST, END = "{% if loop.first %}", "{% endif %}"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a paragraph: plain text, or a ``tag``. ``source``: what of it stands in the skeleton."""

    place: Words
    source: str
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Skeleton:
    """``chunks`` stand one a line, so that line 1 of ``source`` is the first of them."""

    chunks: tuple[Chunk, ...]

    @property
    def source(self) -> str:
        return "\n".join(one.source for one in self.chunks)

    def at(self, line: int) -> Chunk:
        return self.chunks[min(max(line, 1), len(self.chunks)) - 1]


def skeleton(
    lines: Sequence[Line], tags: Sequence[Tag], lost: Iterable[Tag] = (), open_tags: Sequence[Tag] = ()
) -> Skeleton:
    """The skeleton of these paragraphs; tags that are ``lost`` are left out, ``open_tags`` are ended behind all."""
    left_out = {id(one) for one in lost}
    by_line: dict[int, list[Tag]] = {}
    for tag in tags:
        by_line.setdefault(id(tag.line), []).append(tag)
    merged = _merged(tags)
    chunks: list[Chunk] = []
    seen: set[etree._Element] = set()
    for index, line in enumerate(lines):
        cell = line.above(CELL)
        whole, until = merged.get(cell, (None, None)) if cell is not None else (None, None)
        if until and cell not in seen and cell is not None:
            seen.add(cell)
            chunks.append(Chunk(line.place, FIRST))
        for chunk in _chunks(line, by_line.get(id(line), []), left_out, until):
            chunks.append(chunk)
        if whole and (index + 1 == len(lines) or lines[index + 1].above(CELL) is not cell):
            chunks.append(Chunk(line.place, END))
    chunks += [Chunk(one.place, "{% end" + one.word + " %}") for one in reversed(open_tags)]
    return Skeleton(tuple(chunks))


def _merged(tags: Sequence[Tag]) -> dict[etree._Element, tuple[bool | None, Tag]]:
    """The cells that are merged with others of a loop: the whole cell is left out (hm), or its text (vm)."""
    found: dict[etree._Element, tuple[bool | None, Tag]] = {}
    for tag in tags:
        cell = tag.line.above(CELL) if tag.word in ("hm", "vm") else None
        if cell is not None:
            found.setdefault(cell, (tag.word == "hm" or None, tag))
    return found


def _chunks(line: Line, tags: Sequence[Tag], left_out: set[int], until: Tag | None) -> Iterator[Chunk]:
    stop = _end_of_piece(until) if until and until.line is line and until.word == "vm" else None
    at = 0
    for tag in (*tags, None):
        end = tag.start if tag else len(line.text)
        if stop is not None and at <= stop <= end:
            yield from _text(line, at, stop)
            yield Chunk(line.place, END)
            at, stop = stop, None
        yield from _text(line, at, end)
        if tag:
            at = tag.end
            if id(tag) not in left_out:
                yield Chunk(line.place, _source(tag), tag)


def _text(line: Line, start: int, end: int) -> Iterator[Chunk]:
    if start < end:
        text = " ".join(line.text[start:end].splitlines())
        yield Chunk(line.place, OPENING.sub("{ ", text))  # of a faulty form: braces that begin no tag


def _end_of_piece(tag: Tag) -> int:
    """Where the run's text ends that the end of a tag stands in: so far reaches what docxtpl leaves out."""
    ends = [one.start + len(one.element.text or "") for one in tag.line.pieces]
    return next(end for end in ends if end >= tag.end)


def _source(tag: Tag) -> str:
    match tag.word:
        case "colspan":
            return "{{ _span(" + tag.inner.removeprefix("colspan") + ") }}"
        case "cellbg":
            return "{{ _fill(" + tag.inner.removeprefix("cellbg") + ") }}"
        case "hm" | "vm":
            return ""
        case _ if tag.opening == "{#":
            return ""
        case _:
            return tag.source
