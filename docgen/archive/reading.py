"""Reading a pile: each page looked at by processes that may die of it, and what it says, in the order of the pile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from docgen.archive.children import Stopped, Task, in_order, limited
from docgen.archive.leaves import Leaf
from docgen.archive.piles import Examined

AT_ONCE, TIFF_AT_ONCE = 20, 100
"""Pages that a process reads before another takes its place. A TIFF is taken apart as a whole, so more of it."""
SECONDS, EACH, MEGABYTE = 20.0, 2.0, 0.5
"""What reading may take: always, for each page, and for each megabyte of a picture; a page takes less than 0.1."""
STOPPED = "reader_stopped"

Note = Callable[[int], None]
"""Told of how many more pages are read."""


@dataclass(frozen=True, slots=True)
class Span:
    """``count`` pages of a file from the ``page``-th, from 1."""

    file: Examined
    page: int
    count: int


@dataclass(frozen=True, slots=True)
class Part:
    """What a process reads; ``number``: which leaf of the pile the first of its pages is."""

    spans: Sequence[Span]
    number: int

    @property
    def count(self) -> int:
        return sum(span.count for span in self.spans)

    @property
    def seconds(self) -> float:
        pictures = sum(span.file.size for span in self.spans if span.file.kind != "pdf")
        return SECONDS + EACH * self.count + MEGABYTE * pictures / 2**20


Reads = Callable[[Part], list[Leaf]]


def read_part(part: Part) -> list[Leaf]:
    """What its pages say. To be called by a process that may die of them."""
    from docgen.archive.looking import look_at

    leaves: list[Leaf] = []
    for span in part.spans:
        leaves += look_at(span.file, range(span.page, span.page + span.count), part.number + len(leaves))
    return leaves


def read(
    files: Sequence[Examined],
    workers: int,
    note: Note = lambda count: None,
    reads: Reads = read_part,
) -> Iterator[Leaf]:
    """What each page says, in the order of the files; nothing of it is written anywhere.

    Args:
        workers: processes at a time.
        reads: what a process does with its part; one that dies of a page costs that page alone.
    """
    _prepare()
    parts = list(_parts(files))
    found = in_order((Task(reads, (part,), part.seconds) for part in parts), workers)
    with closing(found) as results:
        for part, leaves in zip(parts, results, strict=True):
            for leaf in _one_by_one(part, reads) if isinstance(leaves, Stopped) else leaves:
                note(1)
                yield leaf


def picture(file: Examined, page: int, turn: int = 0) -> bytes:
    """A small grey picture of the ``page``-th page of a file, from 1, as PNG, turned clockwise by so many degrees; a
    crossed out sheet if it has none."""
    from docgen.archive.thumbnails import crossed_out, thumbnail

    try:
        return limited(thumbnail, file, page, turn, seconds=SECONDS)
    except Exception:  # whatever the readers of pictures make of damage
        return crossed_out()


def _prepare() -> None:
    """Load what reads, so that the processes share it."""
    import zxingcpp  # noqa: F401

    import docgen.archive.examining
    import docgen.archive.looking  # noqa: F401


def _parts(files: Sequence[Examined]) -> Iterator[Part]:
    """Parts of as many pages as a process reads; files of a page or two share one."""
    number, spans, room = 1, list[Span](), AT_ONCE
    for file in files:
        page = 1
        while page <= file.pages:
            if file.kind == "tiff" and not spans:
                room = TIFF_AT_ONCE
            count = min(room, file.pages + 1 - page)
            spans.append(Span(file, page, count))
            page, room = page + count, room - count
            if room <= 0 or file.kind == "tiff":
                yield Part(spans, number)
                number, spans, room = number + sum(span.count for span in spans), [], AT_ONCE
    if spans:
        yield Part(spans, number)


def _one_by_one(part: Part, reads: Reads) -> Iterator[Leaf]:
    """The pages of a part of which its process died, each by a process of its own."""
    spans = [Span(span.file, span.page + at, 1) for span in part.spans for at in range(span.count)]
    pages = [Part([span], number) for number, span in enumerate(spans, part.number)]
    found = in_order((Task(reads, (page,), page.seconds) for page in pages), 1)
    with closing(found) as results:
        for page, leaves in zip(pages, results, strict=True):
            yield from [Leaf(page.number, fault=STOPPED)] if isinstance(leaves, Stopped) else leaves
