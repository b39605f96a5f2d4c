"""The processes that make documents: results come back in the order of the jobs, and a process that dies costs its own
job, which is tried once more."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from docgen.errors import EnvironmentLacks
from docgen.model.problems import Words
from docgen.office.offspring import START, begin
from docgen.office.tidy import tidy
from docgen.office.working import Job, Work, work

SECONDS = 120
"""The longest that a document may take; a dense one of four pages takes less than one."""
MEMORY = 1536 * 2**20
"""Bytes of data that a worker may take beyond what it began with; one with Chinese fonts takes about 150 MB."""
RECYCLED = 500
"""After so many documents a worker is replaced, before what engines leave behind adds up."""
AHEAD = 4
"""So many jobs a worker are handed out ahead, so that none waits for work and few results wait for their turn."""
TRIES, OWN, SHARED = 6, 3, 1
"""A job is given up when it has cost so many: its own worker's end costs more than one it may only have suffered."""
CRASHES = frozenset((-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGFPE, -signal.SIGILL))
"""How a worker ends by what it was doing; one that ends otherwise may have held what the others need."""
PATIENCE = 3
"""A job may wait for its turn as long as others take before it."""
LOOK = 1.0
"""Seconds after which whoever waits for a job looks whether the pool still lives."""
STUCK = "SIGKILL"
"""What is told of a job that was lost with its pool: nearly always the system killed a worker for want of memory."""

DIED = Words("the process that made it ended ({reason}); tried twice", "生成进程意外结束（{reason}），已重试一次")
TOO_LONG = Words("it took longer than {seconds} seconds; tried twice", "生成超过{seconds}秒，已重试一次")
NO_WORKERS = Words(
    "no worker process can be started: {reason}; end other programs, or make one document at a time (--jobs 1)",
    "无法启动工作进程：{reason}；请关闭其他程序，或用 --jobs 1 逐份生成",
)
TOO_LARGE = Words("it needs more memory than a worker may have; tried twice", "生成所需内存超过上限，已重试一次")


Pending = Callable[[], Work]
"""Waits for a job that was handed out. Raises Died, TimeoutError or MemoryError for what it cost its worker."""
Submit = Callable[[Job], Pending]


class Died(Exception):
    """A worker ended before its job did; the text says how."""


class Lost(Died):
    """All workers ended, and nobody knows by whose fault."""


Results = Generator[Work | None, None, None]


class Crew(Protocol):
    """Who does the work."""

    def results(self, jobs: Iterable[Job | None]) -> Results:
        """What became of each job, in order; None stays None. To be closed by whoever leaves before the end."""


@dataclass(frozen=True, slots=True)
class Alone:
    """This process: for a single document, and for tests. ``does``: what is done with a job."""

    does: Callable[[Job], Work] = work

    def results(self, jobs: Iterable[Job | None]) -> Results:
        for job in jobs:
            yield self.does(job) if job else None


@dataclass(frozen=True, slots=True)
class Pool:
    """So many worker processes on this machine. ``prepare`` is done before they begin: what it loads, they share.

    ``does``: what a worker does with a job; ``start``: how Python makes its process.
    """

    workers: int
    prepare: Callable[[], object] = lambda: None
    does: Callable[[Job], Work] = work
    seconds: float = SECONDS
    memory: int = MEMORY
    recycled: int = RECYCLED
    start: str = START

    def results(self, jobs: Iterable[Job | None]) -> Results:
        self.prepare()
        gc.collect()
        gc.freeze()  # the workers' collector would copy every page that it looks at
        hands = _Hands(self)
        try:
            yield from in_order(jobs, hands.submit, self.workers * AHEAD, self.seconds)
        finally:
            gc.unfreeze()
            hands.stop()


@dataclass(slots=True)
class _Hands:
    """The processes of a pool, and new ones where all are lost: a worker that is killed while it sends what it made
    takes the others' way to this process with it."""

    crew: Pool
    pool: ProcessPool | None = None

    def submit(self, job: Job) -> Pending:
        try:
            if self.pool and not self.pool.active:
                self.stop()
            if self.pool is None:
                self.pool = self._begun()
            future = self.pool.schedule(_done, args=[self.crew.does, job], timeout=self.crew.seconds)
        except (BrokenProcessPool, OSError) as error:
            reason = (
                os.strerror(cause.errno or 0) if isinstance(cause := error.__cause__ or error, OSError) else str(error)
            )
            raise EnvironmentLacks(NO_WORKERS.filled(reason=reason)) from error
        pool = self.pool
        return lambda: self._result(future, pool)

    def _begun(self) -> ProcessPool:
        return ProcessPool(
            max_workers=self.crew.workers,
            max_tasks=self.crew.recycled,
            initializer=begin,
            initargs=(self.crew.memory,),
            context=multiprocessing.get_context(self.crew.start),
        )

    def _result(self, future: ProcessFuture[Work], pool: ProcessPool) -> Work:
        """Wait for it; those before it in the queue may take their time, too."""
        until = time.monotonic() + self.crew.seconds * PATIENCE
        try:
            while not future.done():
                with suppress(TimeoutError):
                    return future.result(timeout=LOOK)
                if not future.done() and not (pool.active and time.monotonic() < until):
                    self._drop(pool)
                    raise Lost(STUCK)
            return future.result()
        except ProcessExpired as error:
            if error.exitcode not in CRASHES:
                self._drop(pool)
            raise Died(_ended(error)) from error
        except BrokenProcessPool as error:
            raise Lost(STUCK) from error

    def _drop(self, pool: ProcessPool) -> None:
        if self.pool is pool:
            self.stop()

    def stop(self) -> None:
        """End all processes: none has anything to lose."""
        pool, self.pool = self.pool, None
        if pool:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()


def in_order(jobs: Iterable[Job | None], submit: Submit, ahead: int, seconds: float) -> Results:
    """Hand out at most ``ahead`` jobs, and give back their results in order; ``seconds``: what each may take."""
    waiting: deque[tuple[Job, Pending] | None] = deque()
    for job in jobs:
        waiting.append((job, submit(job)) if job else None)
        if len(waiting) > ahead:
            yield _result(waiting.popleft(), submit, seconds)
    while waiting:
        yield _result(waiting.popleft(), submit, seconds)


def _result(handed: tuple[Job, Pending] | None, submit: Submit, seconds: float) -> Work | None:
    """Its result; what cost a worker its life, its time or its memory is tried once more."""
    if handed is None:
        return None
    job, pending = handed
    left = TRIES
    while True:
        try:
            return pending()
        except TimeoutError:
            reason, cost = TOO_LONG.filled(seconds=f"{seconds:g}"), OWN
        except MemoryError:
            reason, cost = TOO_LARGE, OWN
        except Died as error:
            reason, cost = DIED.filled(reason=error), SHARED if isinstance(error, Lost) else OWN
        left -= cost
        if left <= 0:
            return Work(None, reason=reason)
        pending = submit(job)


def _ended(error: ProcessExpired) -> str:
    code = error.exitcode
    with suppress(ValueError):
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return f"exit code {code}"


def _done(does: Callable[[Job], Work], job: Job) -> Work:
    try:
        return does(job)
    finally:
        tidy()
