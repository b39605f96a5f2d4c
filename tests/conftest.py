"""What all tests share."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import partial

import pytest

from docgen import generate
from docgen.generate import write
from docgen.office import working
from tests.drawn_help import Drawn


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew instead of comparing")
    parser.addoption("--campaign", action="store_true", help="run the campaigns of tests/campaign in full")


def pytest_collection_finish() -> None:
    """Thousands of tests stay until the end of the run: they are no garbage, and not looked through again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def they_stay_frozen() -> Iterator[None]:
    """Also after a batch, which freezes what there is before it starts its workers, and lets it go again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gc, "unfreeze", lambda: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_waiting_for_the_disk() -> Iterator[None]:
    """A file that is flushed to the disk reads the same as one that is not, until the power fails.

    A bad handle is refused as ever; whoever counts flushes or lets them fail puts something of their own in place.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", os.fstat)
        yield


@pytest.fixture
def few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password becomes a key in 1,000 rounds instead of 100,000; whoever opens a file reads in it how many."""
    from msoffcrypto.method.ecma376_agile import ECMA376Agile

    monkeypatch.setattr(ECMA376Agile, "encrypt", staticmethod(partial(ECMA376Agile.encrypt, spin_count=1_000)))


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Drawn:
    """What was written in this session, shared by its processes."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "drawn"
    folder.mkdir(exist_ok=True)
    return Drawn(folder)


@pytest.fixture
def drawn_once(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files of an equal tree that was written before are taken: for those who look at what becomes of them."""
    for module in (generate, working):
        monkeypatch.setattr(module, "write", drawn.write)


@pytest.fixture
def drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are written, whatever there is: for those who look whether they come out alike."""
    for module in (generate, working):
        monkeypatch.setattr(module, "write", write)


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether this run writes golden files (``make golden``)."""
    return bool(request.config.getoption("--update-golden"))
