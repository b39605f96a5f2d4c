"""What every process that docgen starts does first: share what is there, leave Ctrl-C to its parent, end with it, and
keep within its means."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from contextlib import suppress
from pathlib import Path
from threading import Thread

START = "fork" if "fork" in multiprocessing.get_all_start_methods() and os.name == "posix" else "spawn"
"""How processes are started."""


def begin(memory: int, seconds: float | None = None) -> None:
    """To be called once, in the new process.

    Args:
        memory: bytes of data that it may take beyond what it begins with; Windows has no such limit.
        seconds: of computing, after which the system ends it.
    """
    gc.freeze()  # also what the run has made since it began: a process that takes another's place shares that too
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # it would hold people's data
        if seconds is not None:
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1,) * 2)
        resource.setrlimit(resource.RLIMIT_DATA, (_data() + memory,) * 2)


def _end_with_parent() -> None:
    """An orphan would hold the office's lock for as long as it works or waits."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _data() -> int:
    """The bytes of data of this process, what it shares with its parent among them."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text("ascii").split()[5]) * os.sysconf("SC_PAGE_SIZE")
    return 0
