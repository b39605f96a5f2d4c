"""The machines of a Dask cluster as the crew: they get the same jobs and send the bytes back; this machine publishes.

Nothing is published that a machine made which isn't like this one; and whatever Dask raises costs one document, or ends
the run with a sentence.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from docgen.company import NOBODY
from docgen.errors import EnvironmentLacks
from docgen.model.problems import Words
from docgen.office.crew import AHEAD, PATIENCE, SECONDS, Died, Lost, Pending, Results, in_order
from docgen.office.machines import Machine, differing, machine
from docgen.office.tidy import tidy
from docgen.office.working import Job, Work, packed, work

NO_DASK = Words(
    "--scheduler needs Dask: pip install 'docgen[cluster]'", "--scheduler 需要 Dask：pip install 'docgen[cluster]'"
)
NO_ANSWER = Words(
    "{address}: no Dask scheduler with workers answers there ({reason}); start them, or leave --scheduler out",
    "{address}：没有可用的 Dask 调度器或工作进程（{reason}）；请先启动，或去掉 --scheduler",
)
LOST = Words(
    "{address}: the Dask scheduler, or all of its workers, went away in the middle of the run ({reason}). What was "
    "made by then is issued; start them again and repeat the command, which makes what is left",
    "{address}：运行途中与 Dask 调度器或全部工作进程失去联系（{reason}）。此前生成的文档均已签发；"
    "请重新启动它们并再次运行同一命令，以生成其余文档",
)
UNLIKE = Words(
    "{address}: machines of the cluster would make other documents than this one: {found}. Install the same docgen, "
    "WeasyPrint and fonts there (docgen doctor tells what is installed), or end their workers. Nothing was made",
    "{address}：集群中的机器与本机不一致，会生成不同的文档：{found}。请在这些机器上安装相同的 docgen、WeasyPrint 和字体"
    "（可用 docgen doctor 查看），或停止其工作进程。未生成任何文档",
)
MADE_ELSEWHERE = Words(
    "{name}, which made it, joined the cluster with {found}; it is not issued. Install the same there, or end its "
    "workers, and repeat the command",
    "生成它的机器 {name} 在运行途中加入集群，且与本机不一致（{found}），因此未签发；"
    "请在其上安装相同的版本和字体，或停止其工作进程，然后再次运行同一命令",
)
AT = Words("{name}: {said}", "{name}：{said}")
WAIT = 20.0
"""Seconds."""
ANY_OFFICE = packed({}, NOBODY)
TALKATIVE = ("distributed", "distributed.client", "asyncio")
"""They tell troubles with tracebacks, and some as the process ends; what counts of them is told by this crew."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The workers of the Dask scheduler at ``address``, such as ``tcp://host:8786``.

    Raises:
        EnvironmentLacks: Dask isn't installed, nobody answers or is there any more, or a machine is not like this one.
    """

    address: str

    def results(self, jobs: Iterable[Job | None]) -> Results:
        with self._client() as client:
            hands = self._all_alike(client)
            yield from in_order(jobs, lambda job: self._submit(client, job), hands * AHEAD, SECONDS)

    def _client(self) -> Any:
        try:
            from distributed import Client
        except ImportError as error:
            raise EnvironmentLacks(NO_DASK) from error
        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            client: Any = Client(self.address, timeout=WAIT, set_as_default=False)  # type: ignore[no-untyped-call]
        except Exception as error:  # also a faulty address, or one that needs a certificate
            raise self._lacks(NO_ANSWER, error) from error
        try:
            client.wait_for_workers(1, timeout=WAIT)
        except Exception as error:
            client.close()
            raise self._lacks(NO_ANSWER, error) from error
        return client

    def _all_alike(self, client: Any) -> int:
        """Compare each worker's machine with this one; the number of jobs that they do at a time."""
        here = machine(ANY_OFFICE)
        try:
            there = client.run(machine, ANY_OFFICE, on_error="return")
            hands: int = sum(client.nthreads().values())
        except Exception as error:
            raise self._lacks(LOST, error) from error
        if found := differing(there, here):
            raise EnvironmentLacks(UNLIKE.filled(address=self.address, found=found))
        return hands

    def _submit(self, client: Any, job: Job) -> Pending:
        try:
            future = client.submit(_made, job, pure=False)
        except Exception as error:
            raise self._lacks(LOST, error) from error
        return lambda: self._result(client, future, job)

    def _result(self, client: Any, future: Any, job: Job) -> Work:
        try:
            made, there = self._awaited(client, future)
        except (EnvironmentLacks, MemoryError):
            raise
        except Exception as error:  # KilledWorker, CommClosedError, CancelledError, what can't be unpickled …
            if _is_gone(client):
                raise self._lacks(LOST, error) from error
            if isinstance(error, TimeoutError):
                _end(client, future)
                raise
            kind = Lost if "Cancelled" in type(error).__name__ or isinstance(error, OSError) else Died
            raise kind(type(error).__name__) from error
        if unlike := there.unlike(machine(job.office)):
            return Work(None, reason=MADE_ELSEWHERE.filled(name=there.name, found=unlike))
        return made

    def _awaited(self, client: Any, future: Any) -> tuple[Work, Machine]:
        """Its result; it may wait for its turn, but not for workers that nobody starts."""
        until = time.monotonic() + PATIENCE * SECONDS
        while True:
            try:
                made: tuple[Work, Machine] = future.result(timeout=WAIT)
                return made
            except TimeoutError as error:
                if _is_gone(client):
                    raise self._lacks(LOST, error) from error
                if time.monotonic() > until:
                    raise

    def _lacks(self, words: Words, error: Exception) -> EnvironmentLacks:
        return EnvironmentLacks(words.filled(address=self.address, reason=type(error).__name__))


def _made(job: Job) -> tuple[Work, Machine]:
    """What a worker does: the document, and by whom it was made, as workers may join at any time."""
    here = machine(job.office)
    try:
        return work(job), here
    except EnvironmentLacks as error:
        raise EnvironmentLacks(AT.filled(name=here.name, said=error.words)) from error
    finally:
        tidy()


def _is_gone(client: Any) -> bool:
    """Whether nobody is left who could try again."""
    try:
        if client.status == "running":
            client.wait_for_workers(1, timeout=WAIT)
            return False
    except Exception:
        pass
    return True


def _end(client: Any, future: Any) -> None:
    """Start the worker anew that hangs, where Dask can: a thread can't be stopped, and would hold it for good."""
    with suppress(Exception):
        held = [address for address, keys in client.processing().items() if future.key in keys]
        future.cancel()
        client.restart_workers(held, timeout=WAIT, raise_for_error=False)
