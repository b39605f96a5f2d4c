"""All that a Word form says, its tags among it, as one Jinja template in the order of the file: a line for each piece.

It is what the form is checked by (each line has its place), what tells what the filled form must say, and, filled
without number and date, what counts of it in the content hash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

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
    merged = {tag.line.above(CELL) for tag in tags if tag.word in ("hm", "vm")} - {None}
    chunks: list[Chunk] = []
    for index, line in enumerate(lines):
        cell = line.above(CELL)
        if cell in merged and (index == 0 or lines[index - 1].above(CELL) is not cell):
            chunks.append(Chunk(line.place, FIRST))
        chunks += _chunks(line, by_line.get(id(line), []), left_out)
        if cell in merged and (index + 1 == len(lines) or lines[index + 1].above(CELL) is not cell):
            chunks.append(Chunk(line.place, END))
    chunks += [Chunk(one.place, "{% end" + one.word + " %}") for one in reversed(open_tags)]
    return Skeleton(tuple(chunks))


def _chunks(line: Line, tags: Sequence[Tag], left_out: set[int]) -> Iterator[Chunk]:
    at = 0
    for tag in tags:
        yield from _text(line, at, tag.start)
        at = tag.end
        if id(tag) not in left_out:
            yield Chunk(line.place, _source(tag), tag)
    yield from _text(line, at, len(line.text))


def _text(line: Line, start: int, end: int) -> Iterator[Chunk]:
    if start < end:
        text = " ".join(line.text[start:end].splitlines())
        plain = OPENING.sub("{ ", text)  # of a faulty form: braces that begin no tag
        yield Chunk(line.place, escape(plain, quote=False))  # what is rendered is unescaped as a whole


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
