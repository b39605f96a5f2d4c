"""Processes that open files of strangers: limited in memory and time, so that only they can die of them.

Each task has a process of its own and a pipe of its own: what one process does to itself costs no other task, and what
libraries leave behind in memory goes with it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Thread
from typing import Any, Generic, TypeVar

from docgen.errors import EnvironmentLacks
from docgen.model.problems import Words

Result = TypeVar("Result")

MEMORY = 1536 * 2**20
"""Bytes of data that a process may take beyond what it began with."""
AHEAD = 4
"""So many tasks a process may be done or begun before their turn."""
NO_PROCESS = Words(
    "no process can be started to read the scans: {reason}; end other programs, then try again",
    "无法启动读取扫描件的进程：{reason}；请关闭其他程序后重试",
)
START = "fork" if "fork" in multiprocessing.get_all_start_methods() and os.name == "posix" else "spawn"


class Stopped(Exception):
    """A process took too long, wanted too much memory, or ended before its task did."""


@dataclass(frozen=True, slots=True)
class Task(Generic[Result]):
    """Something to be done by a process of its own, within so many seconds of the clock and of computing."""

    does: Callable[..., Result]
    given: tuple[Any, ...]
    seconds: float


@dataclass(slots=True)
class _Child(Generic[Result]):
    """A process at work."""

    process: Any
    pipe: Connection
    until: float
    answer: tuple[bool, Any] | None = field(default=None)

    def hear(self) -> None:
        """Take its answer, which is there or never comes; what overran its time is ended."""
        if self.answer is not None:
            return
        if self.pipe.poll():
            with suppress(EOFError, OSError):
                self.answer = self.pipe.recv()
        elif time.monotonic() < self.until:
            return
        self.answer = self.answer or (False, Stopped())
        self.end()

    def end(self) -> None:
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.pipe.close()

    def result(self) -> Result:
        assert self.answer is not None
        is_done, said = self.answer
        if is_done:
            done: Result = said
            return done
        raise said


def limited(does: Callable[..., Result], *given: Any, seconds: float) -> Result:
    """Do it in a process of its own; raises Stopped, or what was raised there."""
    for result in in_order([Task(does, given, seconds)], 1):
        if isinstance(result, Stopped):
            raise result
        return result
    raise AssertionError("a task has a result")


def in_order(tasks: Iterable[Task[Result]], workers: int) -> Generator[Result | Stopped, None, None]:
    """What came of each task, in order, with so many processes at a time; Stopped where its process was.

    To be closed by whoever leaves before the end: then all processes are ended.
    """
    left = iter(tasks)
    children: deque[_Child[Result]] = deque()
    try:
        while True:
            while len(children) < workers * AHEAD and sum(one.answer is None for one in children) < workers:
                task = next(left, None)
                if task is None:
                    break
                children.append(_begun(task))
            if not children:
                return
            if children[0].answer is None:
                _wait([one for one in children if one.answer is None])
                continue
            try:
                result: Result | Stopped = children.popleft().result()
            except Stopped as stopped:
                result = stopped
            yield result
    finally:
        for child in children:
            if child.answer is None:
                child.end()


def _wait(children: list[_Child[Result]]) -> None:
    """Until one of them has something to say, or has had its time."""
    patience = min(one.until for one in children) - time.monotonic()
    wait([one.pipe for one in children], timeout=max(0.0, patience))
    for child in children:
        child.hear()


def _begun(task: Task[Result]) -> _Child[Result]:
    context: Any = multiprocessing.get_context(START)
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(task, theirs), daemon=True)
    try:
        process.start()
    except OSError as error:
        raise EnvironmentLacks(NO_PROCESS.filled(reason=os.strerror(error.errno or 0))) from error
    theirs.close()
    return _Child(process, ours, time.monotonic() + task.seconds)


def _work(task: Task[Any], pipe: Connection) -> None:
    """What a process does."""
    _begin(task.seconds)
    try:
        answer = True, task.does(*task.given)
    except MemoryError:
        answer = False, Stopped()
    except Exception as error:
        error.add_note(traceback.format_exc())
        answer = False, error
    pipe.send(answer)
    pipe.close()


def _begin(seconds: float) -> None:
    """Leave Ctrl-C to the run that started this process, end with it, be quiet, and be limited."""
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # libraries write their remarks there, with the names of people's files
        with suppress(OSError):
            os.dup2(nowhere, stream)
    with suppress(ImportError, ValueError, OSError):  # Windows: the parent limits the time, and nobody the memory
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1,) * 2)
        resource.setrlimit(resource.RLIMIT_DATA, (_data() + MEMORY,) * 2)


def _end_with_parent() -> None:
    """An orphan would hold the office's lock for as long as it works."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _data() -> int:
    """The bytes of data of this process, what it shares with its parent among them."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text("ascii").split()[5]) * os.sysconf("SC_PAGE_SIZE")
    return 0
