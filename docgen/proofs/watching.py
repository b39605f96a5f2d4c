"""Watch files for changes by looking at them again and again: it works on every system, and on network drives too."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from docgen.company import FORMS, LETTERHEADS, LOGOS, SETTINGS_FILES, TEMPLATES

EVERY = 0.2
"""Seconds between two looks; a folder of a hundred files takes a millisecond."""
LETTING = 0.05
"""Seconds for which nothing may change any more: editors write a file in several steps."""
LONGEST = 20
"""So many of these are waited at most: something may be written without end."""

Stamps = dict[Path, tuple[int, int, int]]
"""By file, when it was changed, in nanoseconds, its size, and which file of the disk it is: one may take its place."""


def shaping(folder: Path | None) -> Iterator[Path]:
    """Where a company of ``folder`` may have what shapes its documents: files beside docgen.yaml, and two folders."""
    if folder is not None:
        yield from (folder / name for name in (*SETTINGS_FILES, *LETTERHEADS, *LOGOS))
        yield from (folder / name for name in (FORMS, TEMPLATES))


@dataclass(frozen=True, slots=True)
class Watch:
    """``places``: names the files and folders to be watched; asked anew at each look."""

    places: Callable[[], Iterable[Path]]

    def stamps(self) -> Stamps:
        """How the files stand now; one that goes while it is looked at counts as gone."""
        found: Stamps = {}
        for place in self.places():
            for path in _files(place):
                try:
                    seen = path.stat()
                except OSError:
                    continue
                found[path] = (seen.st_mtime_ns, seen.st_size, seen.st_ino)
        return found

    def changes(
        self, before: Stamps, sleep: Callable[[float], object] = time.sleep
    ) -> Iterator[tuple[Stamps, set[Path]]]:
        """Wait for the next change, and the next; each with how the files stand then, and which changed."""
        while True:
            now = self.stamps()
            if now != before:
                for _ in range(LONGEST):
                    sleep(LETTING)
                    settled = self.stamps()
                    if settled == now:
                        break
                    now = settled
                yield now, {path for path in now.keys() | before.keys() if now.get(path) != before.get(path)}
                before = now
            sleep(EVERY)


def _files(place: Path) -> list[Path]:
    """The file ``place``, or those in the folder and below it, but for what editors and offices put there meanwhile."""
    try:
        if not place.is_dir():
            return [place] if place.is_file() else []
        below = sorted(place.rglob("*"))
        return [path for path in below if not path.name.startswith((".", "~")) and path.is_file()]
    except OSError:  # a folder went while it was looked through: the next look tells
        return []


def is_definition(path: Path) -> bool:
    """Whether it says what there is to fill in, and not only how it is printed."""
    return path.parent.name == FORMS
