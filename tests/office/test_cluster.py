"""Other machines make what this one makes, hash for hash; this one alone publishes it."""

from __future__ import annotations

import asyncio
import multiprocessing
import shutil
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import pytest

from docgen.definitions.load import load_definitions
from docgen.errors import EnvironmentLacks
from docgen.office import cluster
from docgen.office.batch import Batch
from docgen.office.cluster import ANY_OFFICE, Cluster
from docgen.office.crew import Alone, Crew
from docgen.office.ledger import Ledger
from docgen.office.machines import Machine, machine
from docgen.office.outcome import Order
from docgen.office.run import load_run
from docgen.office.working import Job, Work
from docgen.sources.cases import read_cases
from tests.office import stubs

if find_spec("distributed") is None:  # it takes a second to load, and not every process of a run comes to these tests
    pytest.skip("Dask is not installed", allow_module_level=True)

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DAY = date(2026, 3, 2)
WORKERS = 2


def made(folder: Path, crew: Crew) -> dict[str, str]:
    """The hashes of the files of two cases, one of which has problems, made by ``crew``; by path."""
    folder.mkdir()
    for name in ("short.yaml", "docgen.yaml"):
        shutil.copy(SAMPLES / name, folder)
    text = (SAMPLES / "short.yaml").read_text("utf-8").replace("K0371", "K0372")
    (folder / "other.yaml").write_text(text.replace("due_date", "due", 1), "utf-8")
    definitions = load_definitions()
    run = load_run(read_cases([folder], definitions), definitions, ("letter",), DAY)
    out = folder / "out"
    list(Batch(run, Order(DAY, out=out), crew).outcomes())
    found = sorted((*out.rglob("*.docx"), *out.rglob("*.pdf")))
    assert not Ledger(out).read().faults
    return {path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest() for path in found}


@pytest.fixture(scope="module")
def made_here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return made(tmp_path_factory.mktemp("here") / "office", Alone())


async def schedule(told: Connection) -> None:
    """Be a scheduler, and tell its address."""
    from distributed import Scheduler

    async with Scheduler(host="127.0.0.1", port=0, dashboard=False) as one:
        told.send(one.address)
        await one.finished()


async def serve(address: str, folder: str) -> None:
    """Be a worker of the scheduler at ``address``."""
    from distributed import Worker

    async with Worker(address, nthreads=1, local_directory=folder, dashboard=False) as one:
        await one.finished()


def forever(be: Callable[..., Coroutine[Any, Any, None]], *arguments: Any) -> None:
    asyncio.run(be(*arguments))


@pytest.fixture(scope="module")
def scheduler(made_here: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, each a process of its own.

    They are forked from this one, which has loaded what they need: Python and the engine started three times over
    would take longer than all that these tests do.
    """
    from distributed import Client

    fork = multiprocessing.get_context("fork")
    hears, tells = fork.Pipe(duplex=False)
    folder = str(tmp_path_factory.mktemp("workers"))
    processes = [fork.Process(target=forever, args=(schedule, tells), daemon=True)]
    processes[0].start()
    address: str = hears.recv()
    processes += [fork.Process(target=forever, args=(serve, address, folder), daemon=True) for _ in range(WORKERS)]
    for one in processes[1:]:
        one.start()
    with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(WORKERS)
    yield address
    for one in reversed(processes):
        one.kill()
        one.join()


def test_a_cluster_makes_the_same_files_as_this_machine(
    made_here: dict[str, str], scheduler: str, tmp_path: Path
) -> None:
    assert len(made_here) >= 4
    assert made(tmp_path / "there", Cluster(scheduler)) == made_here


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "WAIT", 1.0)
    with pytest.raises(EnvironmentLacks, match="no Dask scheduler"):
        list(Cluster("tcp://127.0.0.1:9").results([]))


@cache
def this_machine() -> Machine:
    return machine(ANY_OFFICE)


def fault(name: str) -> Exception:
    """As Dask raises it."""
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError
    from distributed.comm.core import CommClosedError

    worker: Any = "tcp://10.0.0.5:1"
    found: dict[str, Exception] = {
        "killed": KilledWorker("key", worker, 3),
        "cancelled": FutureCancelledError("key", "lost"),
        "closed": CommClosedError("the worker's end"),
        "late": TimeoutError(),
        "memory": MemoryError(),
        "unreadable": UnpicklingError("what came back"),
    }
    return found[name]


FAULTS = ("killed", "cancelled", "closed", "late", "memory", "unreadable")


@dataclass
class Client:
    """A scheduler with one worker; ``answers``: what it does before a job, by number and so many times asked."""

    answers: Callable[[str, int], object] = lambda number, tries: None
    by: Machine = field(default_factory=this_machine)
    there: Mapping[str, object] = field(default_factory=lambda: {"tcp://10.0.0.5:1": this_machine()})
    status: str = "running"
    asked: dict[str, int] = field(default_factory=dict)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.status = "closed"

    def run(self, _: object, settings: bytes, on_error: str) -> Mapping[str, object]:
        assert settings == ANY_OFFICE and on_error == "return"
        return self.there

    def nthreads(self) -> dict[str, int]:
        return dict.fromkeys(self.there, 1)

    def wait_for_workers(self, _: int, timeout: float) -> None:
        if not self.there:
            raise TimeoutError

    def submit(self, _: object, job: Job, pure: bool) -> Any:
        self.asked[job.number] = self.asked.get(job.number, 0) + 1
        return Future(self, job)


@dataclass
class Future:
    client: Client
    job: Job

    def result(self, timeout: float) -> tuple[Work, Machine]:
        self.client.answers(self.job.number, self.client.asked[self.job.number])
        return stubs.does(self.job), self.client.by


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Callable[[Client], list[Work]]:
    """The results of five jobs."""
    monkeypatch.setattr(cluster, "SECONDS", 0)  # who hangs is given up at once

    def results(client: Client) -> list[Work]:
        monkeypatch.setattr(Cluster, "_client", lambda self: client)
        jobs = [replace(job, office=ANY_OFFICE) for job in stubs.jobs(5)]
        return [work for work in Cluster("tcp://host:8786").results(jobs) if work]

    return results


def raising(name: str, times: int) -> Callable[[str, int], None]:
    def answers(number: str, tries: int) -> None:
        if number == "2" and tries <= times:
            raise fault(name)

    return answers


@pytest.mark.parametrize("name", FAULTS)
def test_whatever_dask_raises_costs_one_document_which_is_tried_again(
    name: str, done: Callable[[Client], list[Work]]
) -> None:
    assert [work.verdict for work in done(Client(raising(name, 1)))] == ["new"] * 5
    works = done(Client(raising(name, 99)))
    assert [work.verdict for work in works] == ["new", "new", None, "new", "new"]
    assert works[2].reason.en and works[2].reason.zh


@pytest.mark.parametrize("name", ["cancelled", "closed", "late"])
@pytest.mark.parametrize("left", ["no scheduler", "no workers"])
def test_a_scheduler_that_goes_away_in_the_middle_is_told(
    name: str, left: str, done: Callable[[Client], list[Work]]
) -> None:
    def answers(number: str, tries: int) -> None:
        if number == "2":
            client.status, client.there = ("connecting", client.there) if left == "no scheduler" else ("running", {})
            raise fault(name)

    client = Client(answers)
    with pytest.raises(EnvironmentLacks, match=r"tcp://host:8786.*went away.*repeat the command") as raised:
        done(client)
    assert "tcp://host:8786" in raised.value.words.zh and "再次运行" in raised.value.words.zh


def test_a_client_that_takes_no_jobs_any_more_is_told(
    monkeypatch: pytest.MonkeyPatch, done: Callable[[Client], list[Work]]
) -> None:
    def submit(*_: object, **__: object) -> None:
        raise RuntimeError("closed")

    monkeypatch.setattr(Client, "submit", submit)
    with pytest.raises(EnvironmentLacks, match="went away"):
        done(Client())


def test_machines_that_differ_are_refused_by_name_before_work_begins(done: Callable[[Client], list[Work]]) -> None:
    there = {
        "tcp://10.0.0.5:1": this_machine(),
        "tcp://10.0.0.6:1": replace(this_machine(), name="b", docgen="0.0.1"),
        "tcp://10.0.0.7:1": replace(this_machine(), name="c", look="x"),
        "tcp://10.0.0.7:2": replace(this_machine(), name="c", look="x"),
        "tcp://10.0.0.8:1": ModuleNotFoundError("No module named 'docgen'"),
    }
    client = Client(there=there)
    with pytest.raises(EnvironmentLacks, match="Nothing was made") as raised:
        done(client)
    said = raised.value.words
    assert (
        f"b: docgen 0.0.1, here {this_machine().docgen}; c: other fonts; tcp://10.0.0.8:1: docgen can't work there"
        in said.en
    )
    assert "c：字体不同" in said.zh and not client.asked


def test_what_a_machine_made_that_joined_later_and_differs_is_not_published(
    done: Callable[[Client], list[Work]],
) -> None:
    works = done(Client(by=replace(this_machine(), name="late", engine="1.0", look="")))
    assert [(work.verdict, dict(work.files)) for work in works] == [(None, {})] * 5
    assert "late" in works[0].reason.en and "WeasyPrint 1.0, here" in works[0].reason.en
    assert "late" in works[0].reason.zh and "WeasyPrint 1.0" in works[0].reason.zh


def test_what_a_worker_lacks_is_told_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacks(_: Job) -> Work:
        raise EnvironmentLacks("Pango can't be loaded")

    monkeypatch.setattr(cluster, "work", lacks)
    with pytest.raises(EnvironmentLacks, match=f"{this_machine().name}: Pango"):
        cluster._made(replace(stubs.job("1"), office=ANY_OFFICE))
