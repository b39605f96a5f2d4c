"""One run at a time writes to an office's folder; a second one says so and ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from docgen.errors import EnvironmentLacks
from docgen.model.problems import Words
from docgen.office.publish import Access, explained, make_folder, refuse_link

LOCK = ".docgen.lock"
BUSY = Words(
    "{out}: another run of docgen is writing there; wait until it has ended, or name another folder with -o",
    "{out}：另一个 docgen 正在向该文件夹写入；请等它结束，或用 -o 指定其他文件夹",
)


@contextmanager
def locked(out: Path, access: Access) -> Iterator[None]:
    """Hold the folder ``out``, which is made where it isn't there. The lock ends with the process, however it ends.

    Raises:
        EnvironmentLacks: another run holds it, or the folder can't be written.
        UsageError: a link stands in the place of the lock.
    """
    lock = FileLock(out / LOCK, timeout=0, mode=access.file)
    try:
        make_folder(out, access)
        refuse_link(out / LOCK)
        lock.acquire()
    except Timeout as error:
        raise EnvironmentLacks(BUSY.filled(out=out)) from error
    except OSError as error:
        raise explained(error, out) from error
    try:
        yield
    finally:
        lock.release()


def refuse_if_held(out: Path) -> None:
    """For who only looks: whether another run is writing there just now.

    Raises:
        EnvironmentLacks: it is.
    """
    with suppress(OSError):  # who may not write there holds nothing up
        if (out / LOCK).is_file():
            try:
                FileLock(out / LOCK, timeout=0).acquire().lock.release()
            except Timeout as error:
                raise EnvironmentLacks(BUSY.filled(out=out)) from error
