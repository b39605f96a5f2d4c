"""Kill runs at any moment, look at what is left, and start them again: ``python killed.py FOLDER FIRST END STEP``.

Each run is forked from this process, which has loaded and read all before, so that a kill costs hardly more than the
run. Prints as JSON what came out.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from docgen.office.crew import Pool
from tests.campaign.batches import batch, documents, made, run, stand_in, standings, wrong, wrong_after

REASON = "again"


def started(out: Path, reason: str) -> tuple[int, int]:
    """A run in a group of processes of its own; and a pipe that tells each number once its outcome is known."""
    reading, writing = os.pipe()
    child = os.fork()
    with suppress(OSError):  # both do it, so that it is done whoever goes on first
        os.setpgid(child, child)
    if child:
        os.close(writing)
        return child, reading
    os.close(reading)
    code = 1
    try:
        for outcome in batch(out, reason, Pool(2, does=stand_in)).outcomes():
            if outcome.state != "refused":
                os.write(writing, f"{outcome.paper.number}\n".encode())
        code = 0
    finally:
        os._exit(code)


def told(reading: int) -> list[str]:
    """The numbers; the end comes when all processes of the run have ended."""
    with open(reading, encoding="ascii") as pipe:
        return pipe.read().splitlines()


def lasting(out: Path, reason: str) -> float:
    before = time.monotonic()
    child, reading = started(out, reason)
    told(reading)
    assert os.waitpid(child, 0)[1] == 0
    return time.monotonic() - before


def killed(folder: Path, number: int, full: float, expected: dict[str, dict[str, str]]) -> Counter[str]:
    """A first run, or one that revises all, is killed once or several times, and then left to end."""
    seeded = random.Random(f"kill {number}")
    reason = seeded.choice(("", REASON))
    out = folder / f"out{number}"
    if reason:
        shutil.copytree(folder / "first", out)
    figures: Counter[str] = Counter()
    for _ in range(seeded.choice((1, 1, 1, 2))):
        child, reading = started(out, reason)
        time.sleep(seeded.uniform(0, full))
        os.killpg(child, signal.SIGKILL)
        numbers = told(reading)
        os.waitpid(child, 0)
        figures["kills"] += 1
        figures["documents acknowledged before a kill"] += len(numbers)
        if out.is_dir():
            known = standings(out)
            wanted = 2 if reason else 1
            lost = [one for one in numbers if one not in known or known[one].revision != wanted]
            faults = [*wrong(out, expected[REASON]), *(f"{one} was acknowledged, and is lost" for one in lost)]
            assert not faults, f"round {number}: {faults}"
    faults = wrong_after(out, expected[reason], reason)
    assert not faults, f"round {number}, run again: {faults}"
    shutil.rmtree(out)
    return figures


def main(folder: Path, rounds: range) -> Counter[str]:
    run()
    first = folder / "first"
    full = max(lasting(first, ""), 0.05)
    expected = {"": documents(first)}
    shutil.copytree(first, folder / "second")
    made(folder / "second", REASON)
    expected[REASON] = documents(folder / "second")
    figures: Counter[str] = Counter()
    for number in rounds:
        figures += killed(folder, number, full, expected)
    return figures


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1]), range(*map(int, sys.argv[2:]))), sys.stdout)
