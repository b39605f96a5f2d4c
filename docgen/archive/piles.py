"""The files of a pile: what each one is, by its bytes, and whether its pages can be taken in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from docgen.archive.children import Stopped, Task, in_order
from docgen.model.problems import Words

Kind = Literal["pdf", "tiff", "jpeg", "png"]
SECONDS, MEGABYTE = 60, 0.1
"""What looking at a file may take, and what for each megabyte of it; from a slow drive, a gigabyte takes some."""

STOPPED = Words(
    "{file}: looking at it took too long or too much memory, and was stopped; scan it again, in smaller parts",
    "{file}：读取耗时过长或占用内存过多，已中止；请分成几部分重新扫描",
)


@dataclass(frozen=True, slots=True)
class Examined:
    """A file whose pages can be read. ``size`` in bytes; ``is_signed``: it bears a digital signature, so it must stay
    in one piece, byte for byte."""

    path: Path
    kind: Kind
    sha256: str
    size: int
    pages: int
    is_signed: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a file can't be taken in, and what to do."""

    words: Words


def examine(path: Path) -> Examined | Refused:
    """Look at a file in a process of its own, which alone can die of it."""
    (found,) = examine_all([path])
    return found


def examine_all(paths: Sequence[Path], workers: int = 1) -> Iterator[Examined | Refused]:
    """The same of many, in their order, with so many processes at a time."""
    from docgen.archive.examining import look

    with closing(in_order((Task(look, (path,), _patience(path)) for path in paths), workers)) as results:
        for path, found in zip(paths, results, strict=True):
            yield Refused(STOPPED.filled(file=path)) if isinstance(found, Stopped) else found


def as_pdf(examined: Examined) -> Path | bytes:
    """The PDF whose pages are those of the file: itself, or what a picture becomes, its data kept as they are.

    It reads a stranger's file in this very process, which is to be one that may die of it. Raises OSError or ValueError
    where the picture can't be read any more.
    """
    if examined.kind == "pdf":
        return examined.path
    from docgen.archive.picture_files import bound

    return bound(examined.path)


def _patience(path: Path) -> float:
    with suppress(OSError):  # whoever looks at it will tell
        return SECONDS + MEGABYTE * path.stat().st_size / 2**20
    return SECONDS
