"""Who makes the documents of a run: this process, a pool of workers, or a cluster."""

from __future__ import annotations

import os
from contextlib import suppress

from docgen.errors import DocumentError, TemplateError
from docgen.office.cluster import Cluster
from docgen.office.crew import Alone, Crew, Pool
from docgen.office.run import Run
from docgen.office.working import kit_of, packed


def crew_for(run: Run, jobs: int | None = None, scheduler: str | None = None) -> Crew:
    """A cluster where one is named; else as many workers as cores, or as asked for; for a single case, none."""
    if scheduler:
        return Cluster(scheduler)
    if jobs is None and len(run.cases) < 2:
        return Alone()
    offices = {packed(office.settings, office.company) for _, office in run.cases}

    def prepare() -> None:
        for one in offices:
            with suppress(TemplateError, DocumentError):  # each document tells what keeps it from being made
                kit_of(one).warm()

    return Pool(jobs or os.cpu_count() or 1, prepare)
