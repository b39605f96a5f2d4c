"""What this process opens and whom it speaks to, for tests that nothing but what is meant is touched."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from docgen.resources import PACKAGE, shipped

HARMLESS = frozenset(("/sbin/ldconfig", sys.executable))
"""Asked by Python where a library of the system lies; children with limits of memory and time."""


class _Watch:
    active = False
    seen: list[str]


def _hook(event: str, given: tuple[Any, ...]) -> None:
    if _Watch.active and (
        event in ("open", "os.listdir", "os.scandir") or event.startswith(("socket.", "subprocess."))
    ):
        what = os.fsdecode(given[0]) if isinstance(given[0], str | bytes) else given[0]
        _Watch.seen.append(f"{event} {what}")


@cache
def _hooked() -> None:
    """Once a process: a hook can't be taken away."""
    sys.addaudithook(_hook)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Events of Python itself (``open``, ``socket.connect`` …) with their first argument; libraries in C have none."""
    _hooked()
    _Watch.seen, _Watch.active = [], True
    try:
        yield _Watch.seen
    finally:
        _Watch.active = False


def strangers(seen: list[str], *own: Path) -> list[str]:
    """Those of ``seen`` that are no file of ``own`` folders, of docgen, of Python's libraries or of the fonts."""
    roots = [*own, PACKAGE, shipped("forms"), shipped("templates"), Path(sys.prefix), Path(sys.base_prefix)]
    roots += [Path(sysconfig.get_paths()[name]) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    roots += [Path(one) for one in ("/usr/share", "/etc/fonts", "/dev", "/proc/self", "/usr/lib")]
    known = tuple(str(root.resolve()) for root in roots)
    found = []
    for event, _, what in (one.partition(" ") for one in seen):
        if what.isdigit() or what in HARMLESS:  # a file that is open already
            continue
        is_file = event in ("open", "os.listdir", "os.scandir")
        path = str(Path(what).resolve()) if is_file else ""
        if not (is_file and path.startswith(known)):
            found.append(f"{event} {what}")
    return found
