"""An intake that is stopped before any step that touches the disk: the next run makes of it what an undisturbed run
would have made, and what was given is lost at no time once the run said that it is kept."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from docgen.archive.shelves import MANIFEST
from docgen.errors import EnvironmentLacks
from docgen.office.ledger import LEDGER, Ledger
from docgen.office.publish import TEMPORARY
from tests.archive.intake_help import BLANK, added, archive, code, codes, issued, office, scan

A, LONG = issued("S1-1-L"), issued("S3-1-P", pages=3)
FIRST = scan(code(LONG, 1), "")
SECOND = scan(*codes(A), code(LONG, 2), BLANK, code(LONG, 3), "")
STEPS = ("fsync", "replace", "unlink", "link", "mkdir", "write")
"""What a run does to the disk; it is stopped before each of them in turn."""
KILLED = 9

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


class Counted:
    """Stands in the place of calls of ``os``; before the one of that number ``stop`` is called."""

    def __init__(self, number: int, stop: Callable[[], None]) -> None:
        self.left = number
        self.stop = stop

    def instead_of(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def stand_in(*arguments: Any, **options: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                self.stop()
            return call(*arguments, **options)

        return stand_in


def killed(out: Path, number: int) -> bool:
    """Whether a run of its own, which takes in the second pile, was killed before that step; else it is done."""
    child = os.fork()
    if not child:
        code = 1
        try:
            counted = Counted(number, lambda: os._exit(KILLED))
            for name in STEPS:
                setattr(os, name, counted.instead_of(getattr(os, name)))
            added(out, SECOND)
            code = 0
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, KILLED)
    return code == KILLED


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """An office with an incomplete copy and a page that waits, from a first pile."""
    out = office(tmp_path / "before" / "out", A, LONG)
    added(out, FIRST)
    return out


@pytest.fixture
def expected(before: Path, tmp_path: Path) -> dict[str, bytes]:
    """The archive that an undisturbed run makes of the second pile."""
    out = Path(shutil.copytree(before, tmp_path / "expected" / "out"))
    added(out, SECOND)
    made = archive(out)
    assert "signed/2026/S3-1/S3-1-P-r1.s1.pdf" in made and not any(path.startswith("incomplete") for path in made)
    return made


@pytest.fixture
def every(request: pytest.FixtureRequest) -> int:
    """Of the steps, each one in a campaign, else each fourth."""
    return 1 if request.config.getoption("--campaign") else 4


def copies(before: Path, folder: Path, every: int) -> Iterator[tuple[int, Path]]:
    """A step, and an office in which a run is to be stopped there."""
    for number in count(1, every):
        yield number, Path(shutil.copytree(before, folder / str(number) / "out"))


def check_record(out: Path) -> None:
    """No line of the ledger is damaged, but for one that was not written in full."""
    assert [fault.words.en for fault in Ledger(out).read().faults if not fault.torn] == []


def test_a_run_that_is_killed_before_any_step_is_completed_by_the_next(
    before: Path, expected: dict[str, bytes], tmp_path: Path, every: int
) -> None:
    rounds, changing = 0, (MANIFEST, "incomplete/S3-1-P-r1.s1.1of3.pdf")
    kept = {path: content for path, content in archive(before).items() if path not in changing}
    for number, out in copies(before, tmp_path, every):
        if not killed(out, number):
            break
        rounds += 1
        assert archive(out).items() >= kept.items(), f"step {number}"
        check_record(out)
        added(out, SECOND)
        assert archive(out) == expected, f"step {number}"
        check_record(out)
        shutil.rmtree(out)
    assert rounds * every > 40


def test_a_run_that_fails_at_any_step_leaves_nothing_half_made(
    before: Path, expected: dict[str, bytes], tmp_path: Path, every: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError(28, os.strerror(28))

    rounds = 0
    for number, out in copies(before, tmp_path, every):
        counted = Counted(number, fail)
        with monkeypatch.context() as patched:
            for name in STEPS:
                patched.setattr(os, name, counted.instead_of(getattr(os, name)))
            try:
                added(out, SECOND)
            except (EnvironmentLacks, OSError):
                assert not [path for path in archive(out) if TEMPORARY in path], f"step {number}"
        if counted.left > 0:
            break
        rounds += 1
        added(out, SECOND)
        assert archive(out) == expected, f"step {number}"
        check_record(out)
        shutil.rmtree(out)
    assert rounds * every > 40


def test_a_run_that_is_killed_again_and_again_comes_to_its_end(
    before: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    out = Path(shutil.copytree(before, tmp_path / "again" / "out"))
    step = 2
    while killed(out, step):
        check_record(out)
        step += 7
    assert archive(out) == expected and (out / LEDGER).exists()
