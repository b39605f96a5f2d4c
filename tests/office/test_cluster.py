"""Other machines make what this one makes, hash for hash; this one alone publishes it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from docgen.definitions.load import load_definitions
from docgen.errors import EnvironmentLacks
from docgen.office import cluster
from docgen.office.batch import Batch
from docgen.office.cluster import Cluster
from docgen.office.crew import Alone, Crew
from docgen.office.ledger import Ledger
from docgen.office.outcome import Order
from docgen.office.run import load_run
from docgen.sources.cases import read_cases

distributed = pytest.importorskip("distributed")

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a scheduler with two worker processes of their own."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=True
    ) as two:
        yield two.scheduler_address


def made(folder: Path, crew: Crew) -> dict[str, str]:
    """The hashes of the files of two cases, one of which has problems, made by ``crew``; by path."""
    folder.mkdir()
    for name in ("short.yaml", "docgen.yaml"):
        shutil.copy(SAMPLES / name, folder)
    text = (SAMPLES / "short.yaml").read_text("utf-8").replace("K0371", "K0372")
    (folder / "other.yaml").write_text(text.replace("due_date", "due", 1), "utf-8")
    definitions = load_definitions()
    run = load_run(read_cases([folder], definitions), definitions, ("letter", "notes"), DAY)
    out = folder / "out"
    list(Batch(run, Order(DAY, out=out), crew).outcomes())
    found = sorted((*out.rglob("*.docx"), *out.rglob("*.pdf")))
    assert not Ledger(out).read().faults
    return {path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest() for path in found}


def test_a_cluster_makes_the_same_files_as_this_machine(scheduler: str, tmp_path: Path) -> None:
    here = made(tmp_path / "here", Alone())
    assert len(here) >= 4
    assert made(tmp_path / "there", Cluster(scheduler)) == here


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "WAIT", 1.0)
    with pytest.raises(EnvironmentLacks, match="no Dask scheduler"):
        list(Cluster("tcp://127.0.0.1:9").results([]))
