"""Processes that open files of strangers: limited in memory and time, so that only they can die of them.

Each task has a process of its own and a pipe of its own: what one process does to itself costs no other task, and what
libraries leave behind in memory goes with it. Pebble, with which office/crew.py makes documents, is about as fast: it
read 410 to 750 pages a minute where this read 530 to 1,080, on a busy machine. But its processes share one pipe. Of 24
tasks three were killed while they sent a large result, as a copy is: it still waited after 90 seconds, while here the
other 21 were back after 8. A hostile file may do that to its process at any moment.
"""

from __future__ import annotations

import multiprocessing
import os
import time
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from docgen.errors import EnvironmentLacks
from docgen.model.problems import Words
from docgen.office.offspring import START, begin

Result = TypeVar("Result")

MEMORY = 1536 * 2**20
"""Bytes of data that a process may take beyond what it began with."""
AHEAD = 4
"""So many tasks a process may be done or begun before their turn."""
NO_PROCESS = Words(
    "no process can be started to read the scans: {reason}; end other programs, then try again",
    "无法启动读取扫描件的进程：{reason}；请关闭其他程序后重试",
)


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
            with suppress(Exception):  # it died while it spoke, or what it says makes no sense here
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
    begin(MEMORY, task.seconds)
    _be_quiet()
    try:
        answer = True, task.does(*task.given)
    except MemoryError:
        answer = False, Stopped()
    except Exception as error:
        error.add_note(traceback.format_exc())
        answer = False, error
    pipe.send(answer)
    pipe.close()


def _be_quiet() -> None:
    """Libraries write their remarks to the terminal, with the names of people's files."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        with suppress(OSError):
            os.dup2(nowhere, stream)
