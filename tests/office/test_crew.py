"""A worker that dies, hangs or takes too much costs its own job, and nobody else's; results come in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from docgen.errors import EnvironmentLacks
from docgen.office.crew import Alone, Crew, Pool
from docgen.office.working import Job, Work
from tests.office import stubs

ROOT = Path(__file__).resolve().parents[2]


def done(crew: Crew, given: Sequence[Job | None]) -> list[Work | None]:
    return list(crew.results(given))


def lost(works: Sequence[Work | None]) -> dict[int, str]:
    return {at: work.reason.en for at, work in enumerate(works) if work and work.verdict is None}


def is_right(works: Sequence[Work | None], given: Sequence[Job | None]) -> bool:
    """Each result is that of its own job, or tells why there is none."""
    return len(works) == len(given) and all(
        (work is None and job is None) or (work and job and (work.verdict is None or work == stubs.does(job)))
        for work, job in zip(works, given, strict=True)
    )


@pytest.mark.parametrize("crew", [Alone(stubs.does), Pool(2, does=stubs.does)], ids=["alone", "pool"])
def test_results_come_in_the_order_of_the_jobs(crew: Crew) -> None:
    given = [job if at % 3 else None for at, job in enumerate(stubs.jobs(30))]
    works = done(crew, given)
    assert is_right(works, given) and not lost(works)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_worker_that_aborts_costs_its_job(workers: int) -> None:
    given = stubs.jobs(21)
    works = done(Pool(workers, does=stubs.aborts_on_every_seventh), given)
    assert is_right(works, given)
    assert sorted(lost(works)) == [3, 10, 17]
    assert set(lost(works).values()) <= {f"the process that made it ended ({one}); tried twice" for one in KILLED}


KILLED = ("SIGABRT", "SIGKILL")


def test_a_job_that_does_not_end_is_stopped() -> None:
    given = stubs.jobs(12)
    works = done(Pool(2, does=stubs.never_ends_with_the_fifth, seconds=0.3), given)
    assert is_right(works, given)
    assert lost(works) == {5: "it took longer than 0.3 seconds; tried twice"}


def test_a_job_that_takes_too_much_memory_fails() -> None:
    given = stubs.jobs(12)
    works = done(Pool(2, does=stubs.takes_all_memory_with_the_fifth), given)
    assert is_right(works, given)
    assert list(lost(works)) == [5] and "more memory" in lost(works)[5]


def test_workers_that_the_system_kills_do_not_stop_the_others() -> None:
    given = stubs.jobs(15)
    works = done(Pool(2, does=stubs.is_killed_at_times, seconds=0.4), given)
    assert len(works) == 15 and all(at % 5 == 2 for at in lost(works))


def test_workers_are_replaced() -> None:
    works = done(Pool(1, does=stubs.tells_its_process, recycled=3), stubs.jobs(7))
    assert len({work.content for work in works if work}) == 3


def test_processes_that_start_from_nothing_work_too() -> None:
    given = stubs.jobs(3)
    assert is_right(done(Pool(1, does=stubs.does, start="spawn"), given), given)


def test_what_is_loaded_before_the_fork_counts_not_as_memory_of_a_worker() -> None:
    ballast = b"x" * 64 * 2**20
    given = stubs.jobs(2)
    works = done(Pool(1, does=stubs.does, memory=48 * 2**20), given)
    assert is_right(works, given) and not lost(works) and ballast


def test_a_machine_that_starts_no_more_processes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_more() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", no_more)
    with pytest.raises(EnvironmentLacks, match="no worker process can be started: Resource temporarily unavailable"):
        done(Pool(1, does=stubs.does), stubs.jobs(1))


def test_whoever_leaves_early_leaves_no_process() -> None:
    results = Pool(2, does=stubs.sleeps).results(stubs.jobs(50))
    next(results)
    assert multiprocessing.active_children()
    results.close()
    assert not multiprocessing.active_children()


SCRIPT = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from docgen.office.crew import Pool
from tests.office import stubs
results = Pool(2, does=stubs.sleeps).results(stubs.jobs(1000))
for _ in results:
    print(flush=True)
"""
"""A shell that starts tests in the background lets Ctrl-C be ignored below it."""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda how: how.name)
def test_workers_end_with_the_run_that_started_them(how: signal.Signals) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, process_group=0
    )
    assert run.stdout and run.stdout.readline()
    os.kill(run.pid, how) if how is signal.SIGKILL else os.killpg(run.pid, how)
    run.communicate(timeout=20)  # the end of the pipe comes when the last process has let go of it
    assert run.returncode
