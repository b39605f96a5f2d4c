"""Files that are made before they are published lie in a nameless file meanwhile: too much to hold in memory, and gone
when the run ends, however it ends."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from docgen.office.publish import TEMPORARY, TMP, Content, explained

BLOCK = 1 << 20
Keep = Callable[[bytes], Content]
"""Puts a file by, and gives what writes it."""


@contextmanager
def spool(folder: Path) -> Iterator[Keep]:
    """On the disk of ``folder``, where the files are to go in the end.

    Raises:
        EnvironmentLacks: it can't be written.
    """
    try:
        file = TemporaryFile(dir=folder, prefix=TEMPORARY, suffix=TMP)  # noqa: SIM115 - closed below
    except OSError as error:
        raise explained(error, folder) from error
    with file:

        def keep(content: bytes) -> Content:
            try:
                start = file.seek(0, os.SEEK_END)
                file.write(content)
                file.flush()
            except OSError as error:
                raise explained(error, folder) from error
            return lambda target: _copy(file, start, len(content), target)

        yield keep


def passing(_: bytes) -> Content:
    """Of a trial, which publishes nothing."""
    return b""


def _copy(file: BinaryIO, start: int, size: int, target: BinaryIO) -> None:
    file.seek(start)
    while size and (block := file.read(min(BLOCK, size))):
        target.write(block)
        size -= len(block)
