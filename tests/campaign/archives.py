"""What an office does with its archive, step by step: piles come in, and a person deals with pages that wait.

The real intake, filing, ledger and register; only the reader of scans is a stand-in that costs nothing.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.archive import intake, originals, splitting
from docgen.archive.by_hand import Wanted, file_by_hand
from docgen.archive.children import Task
from docgen.archive.dismissal import dismiss
from docgen.archive.filing import opened_archive
from docgen.archive.recall import Named
from docgen.archive.reopening import Order, reopen
from docgen.archive.verifying import surveyed, verified
from docgen.errors import UsageError
from docgen.office.ledger import LEDGER
from docgen.office.publish import PRIVATE
from docgen.office.returns import Returns
from docgen.office.store import Store
from tests.archive.intake_help import BLANK, ON, added, archive, codes, issued, office, picture, scan

PAPERS = (issued("S1-1-L"), issued("S2-1-L"), issued("S3-1-P", pages=3), issued("S4-1-N-1", pages=1))
STEPS = 4
LOOKING = (intake, originals, splitting)
"""Modules that have files examined, each in a process of its own."""


@dataclass(frozen=True)
class Step:
    """A pile that comes in; or a page that waits, filed as a page of a paper, or dismissed where ``number`` is ''; or
    one that goes back into the queue."""

    pile: bytes = b""
    leaf: str = ""
    number: str = ""
    page: int = 0
    goes_back: bool = False


@dataclass(frozen=True)
class Done:
    """A step, the archive after it, and how many seconds it took."""

    step: Step
    archive: dict[str, bytes]
    seconds: float


def at_once(tasks: Iterable[Task[Any]], _: int) -> Generator[Any, None, None]:
    """In the place of processes."""
    yield from (task.does(*task.given) for task in tasks)


def new_office(out: Path) -> Path:
    return office(out, *PAPERS)


def carry_out(out: Path, step: Step) -> None:
    """What was done before it was stopped is not done once more."""
    if step.pile:
        added(out, step.pile)
        return
    with opened_archive(out, PRIVATE) as store:
        returns = Returns(store.register)
        if step.goes_back:
            if step.leaf not in {one.leaf for one in returns.waiting()}:
                reopen(store, Order(Named([step.leaf]), "filed wrongly", ON), picture)
            return
        if returns.settled(step.leaf):
            return
        if step.number:
            file_by_hand(store, Wanted(step.leaf, step.number, step.page), ON)
        else:
            dismiss(store, [step.leaf], "none of ours", ON)


def undisturbed(out: Path, seeded: random.Random) -> Iterator[Done]:
    """Some steps as they happen to come, carried out."""
    for at in range(STEPS):
        step = _next(out, seeded, at)
        begun = time.monotonic()
        carry_out(out, step)
        yield Done(step, archive(out), time.monotonic() - begun)


def _next(out: Path, seeded: random.Random, at: int) -> Step:
    with opened_archive(out, PRIVATE) as store:
        waiting = Returns(store.register).waiting()
        filed = [page.leaf for copy in Returns(store.register).copies() for page in copy.pages]
        if filed and seeded.random() < 0.3:
            return Step(leaf=seeded.choice(filed), goes_back=True)
        if waiting and seeded.random() < 0.6:
            return _decided(store, seeded.choice(waiting).leaf, seeded)
    pages = [page for paper in seeded.sample(PAPERS, 2) for page in codes(paper)]
    if seeded.random() < 0.6:
        pages.remove(seeded.choice(pages))
    pages += [f"note {at}", BLANK][: seeded.randint(0, 2)]
    return Step(pile=scan(*pages, ""))


def _decided(store: Store, leaf: str, seeded: random.Random) -> Step:
    paper = seeded.choice(PAPERS)
    page = seeded.randint(1, paper.files["pdf"].pages)
    try:
        file_by_hand(store, Wanted(leaf, paper.number, page), ON, dry_run=True)
    except UsageError:  # as several copies lack that page
        return Step(leaf=leaf)
    return Step(leaf=leaf, number=paper.number, page=page)


def killed(out: Path, step: Step, seconds: float) -> bool:
    """A run of its own, killed after so many seconds; whether it had not ended before."""
    child = os.fork()
    if not child:
        try:
            carry_out(out, step)
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1] == signal.SIGKILL


def wrong(out: Path, ledger: bytes) -> list[str]:
    """What is wrong after a disturbed run; ``ledger``: what was on record before it."""
    found = [f"{one.kind} {one.path} {one.said.en}" for one in verified(surveyed(out)).faults]
    return found if (out / LEDGER).read_bytes().startswith(ledger) else [*found, "lines of the ledger are lost"]
