"""The machines of a Dask cluster as the crew: they get the same jobs and send the bytes back; this machine publishes.

docgen, its fonts and its libraries must be the same on all of them, or what they make looks otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docgen.errors import EnvironmentLacks
from docgen.model.problems import Words
from docgen.office.crew import AHEAD, PATIENCE, SECONDS, Died, Pending, Results, in_order
from docgen.office.working import Job, Work, work

NO_DASK = Words(
    "--scheduler needs Dask: pip install 'docgen[cluster]'", "--scheduler 需要 Dask：pip install 'docgen[cluster]'"
)
NO_ANSWER = Words(
    "{address}: no Dask scheduler with workers answers there; start them, or leave --scheduler out",
    "{address}：没有可用的 Dask 调度器或工作进程；请先启动，或去掉 --scheduler",
)
WAIT = 20.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """The workers of the Dask scheduler at ``address``, such as ``tcp://host:8786``.

    Raises:
        EnvironmentLacks: Dask isn't installed, or nobody answers.
    """

    address: str

    def results(self, jobs: Iterable[Job | None]) -> Results:
        try:
            from distributed import Client, KilledWorker
        except ImportError as error:
            raise EnvironmentLacks(NO_DASK) from error
        try:
            client: Any = Client(self.address, timeout=WAIT, set_as_default=False)  # type: ignore[no-untyped-call]
            client.wait_for_workers(1, timeout=WAIT)
            hands = sum(client.nthreads().values())
        except (OSError, TimeoutError) as error:
            said = Words(*(NO_ANSWER[one].format(address=self.address) for one in ("en", "zh")))
            raise EnvironmentLacks(said) from error

        def submit(job: Job) -> Pending:
            future = client.submit(work, job, pure=False)

            def result() -> Work:
                try:
                    made: Work = future.result(timeout=PATIENCE * SECONDS)
                    return made
                except KilledWorker as error:
                    raise Died(str(error)) from error

            return result

        with client:
            yield from in_order(jobs, submit, hands * AHEAD, SECONDS)
