"""The processes that make documents: results come back in the order of the jobs, and a process that dies costs its own
job, which is tried once more."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from pebble import ProcessExpired, ProcessPool

from docgen.model.problems import Words
from docgen.office.working import Job, Work, work

SECONDS = 120
"""The longest that a document may take; a dense one of four pages takes less than one."""
MEMORY = 1536 * 2**20
"""Bytes of data of a worker; a document that needs more fails. One with Chinese fonts takes about 150 MB."""
RECYCLED = 500
"""After so many documents a worker is replaced, before what engines leave behind adds up."""
AHEAD = 4
"""So many jobs a worker are handed out ahead, so that none waits for work and few results wait for their turn."""
TRIES = 2

DIED = Words("the process that made it ended ({reason}); tried twice", "生成进程意外结束（{reason}），已重试一次")
TOO_LONG = Words("it took longer than {seconds} seconds; tried twice", "生成超过{seconds}秒，已重试一次")
TOO_LARGE = Words("it needs more memory than a worker may have; tried twice", "生成所需内存超过上限，已重试一次")


Pending = Callable[[], Work]
"""Waits for a job that was handed out. Raises Died, TimeoutError or MemoryError for what it cost its worker."""
Submit = Callable[[Job], Pending]


class Died(Exception):
    """A worker ended before its job did; the text says how."""


class Crew(Protocol):
    """Who does the work."""

    def results(self, jobs: Iterable[Job | None]) -> Iterator[Work | None]:
        """What became of each job, in order; None stays None."""


@dataclass(frozen=True, slots=True)
class Alone:
    """This process: for a single document, and for tests."""

    def results(self, jobs: Iterable[Job | None]) -> Iterator[Work | None]:
        for job in jobs:
            yield work(job) if job else None


@dataclass(frozen=True, slots=True)
class Pool:
    """So many worker processes on this machine. ``prepare`` is done before they begin: what it loads, they share.

    ``does``: what a worker does with a job.
    """

    workers: int
    prepare: Callable[[], object] = lambda: None
    does: Callable[[Job], Work] = work
    seconds: float = SECONDS
    memory: int = MEMORY
    recycled: int = RECYCLED

    def results(self, jobs: Iterable[Job | None]) -> Iterator[Work | None]:
        self.prepare()
        gc.collect()
        gc.freeze()  # the workers' collector would copy every page that it looks at
        kind = "fork" if "fork" in multiprocessing.get_all_start_methods() and os.name == "posix" else "spawn"
        pool = ProcessPool(
            max_workers=self.workers,
            max_tasks=self.recycled,
            initializer=_begin,
            initargs=(self.memory,),
            context=multiprocessing.get_context(kind),
        )
        try:

            def submit(job: Job) -> Pending:
                future = pool.schedule(self.does, args=[job], timeout=self.seconds)

                def result() -> Work:
                    try:
                        return future.result()
                    except ProcessExpired as error:
                        raise Died(_ended(error)) from error

                return result

            yield from in_order(jobs, submit, self.workers * AHEAD, self.seconds)
        finally:
            gc.unfreeze()
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()


def in_order(jobs: Iterable[Job | None], submit: Submit, ahead: int, seconds: float) -> Iterator[Work | None]:
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
    reason = DIED
    for attempt in range(TRIES):
        try:
            return pending() if attempt == 0 else submit(job)()
        except TimeoutError:
            reason = _said(TOO_LONG, seconds=f"{seconds:g}")
        except MemoryError:
            reason = TOO_LARGE
        except Died as error:
            reason = _said(DIED, reason=error)
    return Work(None, reason=reason)


def _ended(error: ProcessExpired) -> str:
    code = error.exitcode
    with suppress(ValueError):
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return f"exit code {code}"


def _said(words: Words, **names: Any) -> Words:
    return Words(words.en.format(**names), words.zh.format(**names))


def _begin(memory: int) -> None:
    """A worker leaves Ctrl-C to the run that started it, and can't take all memory of the machine."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
