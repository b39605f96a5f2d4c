"""Watch files for changes by looking at them again and again: it works on every system, and on network drives too."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from docgen.company import FORMS, LETTERHEADS, LOGOS, SETTINGS_FILES, TEMPLATES, Company

EVERY = 0.2
"""Seconds between two looks; a folder of a hundred files takes a millisecond."""
LETTING = 0.05
"""Seconds for which nothing may change any more: editors write a file in several steps."""

Stamps = dict[Path, tuple[int, int]]
"""By file, when it was changed, in nanoseconds, and its size."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What shapes the documents of ``company``, and ``more`` files, such as a case."""

    company: Company
    more: tuple[Path, ...] = ()

    def stamps(self) -> Stamps:
        """How the files stand now; one that goes while it is looked at counts as gone."""
        found: Stamps = {}
        for path in (*self._files(), *self.more):
            try:
                seen = path.stat()
            except OSError:
                continue
            found[path] = (seen.st_mtime_ns, seen.st_size)
        return found

    def changes(
        self, before: Stamps, sleep: Callable[[float], object] = time.sleep
    ) -> Iterator[tuple[Stamps, set[Path]]]:
        """Wait for the next change, and the next; each with how the files stand then, and which changed."""
        while True:
            now = self.stamps()
            if now != before:
                while True:
                    sleep(LETTING)
                    settled = self.stamps()
                    if settled == now:
                        break
                    now = settled
                yield now, {path for path in now.keys() | before.keys() if now.get(path) != before.get(path)}
                before = now
            sleep(EVERY)

    def _files(self) -> Iterable[Path]:
        """Those beside docgen.yaml that docgen reads, and all of its two folders; a preview may lie beside them."""
        folder = self.company.folder
        if folder is None:
            return
        yield from (folder / name for name in (*SETTINGS_FILES, *LETTERHEADS, *LOGOS))
        for name in (FORMS, TEMPLATES):
            below = sorted((folder / name).rglob("*"))
            yield from (path for path in below if path.is_file() and not path.name.startswith((".", "~")))


def is_definition(path: Path) -> bool:
    """Whether it says what there is to fill in, and not only how it is printed."""
    return path.parent.name == FORMS
