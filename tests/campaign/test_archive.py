"""An archive under faults: whatever stops an intake or a filing by hand, nothing is lost, verifying finds nothing
wrong, and the same command once more makes of it what an undisturbed run makes."""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from docgen.archive import bindery, originals
from docgen.archive.verifying import surveyed, verified
from docgen.errors import EXIT_ENVIRONMENT, EXIT_VERIFICATION, DocgenError
from docgen.office.ledger import LEDGER
from tests.archive.intake_help import archive, examined
from tests.campaign.archives import LOOKING, at_once, carry_out, killed, new_office, undisturbed, wrong
from tests.campaign.failing import CALLS, ERRORS, Failing

TURNS = 100
"""One of the first so many calls of a step fails."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture(autouse=True)
def no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are looked at and copies put together at once, by the run itself."""
    for module in LOOKING:
        monkeypatch.setattr(module, "examine", examined)
    monkeypatch.setattr(bindery, "in_order", at_once)
    monkeypatch.setattr(originals, "limited", lambda does, *given, seconds: does(*given))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office that has issued its papers."""
    return new_office(tmp_path_factory.mktemp("empty") / "out")


@pytest.mark.campaign("intakes and filings killed at any moment", full=100, small=3)
def test_a_killed_run_loses_nothing_and_is_completed(
    rounds: range, figures: Counter[str], empty: Path, tmp_path: Path
) -> None:
    for number in rounds:
        seeded = random.Random(f"kill {number}")
        calm, out = (shutil.copytree(empty, tmp_path / f"{name}{number}" / "out") for name in ("calm", "out"))
        for done in undisturbed(calm, random.Random(f"steps {number}")):
            while seeded.random() < 0.7:
                before = (out / LEDGER).read_bytes()
                figures[
                    "kills" if killed(out, done.step, seeded.uniform(0, 1.5 * done.seconds)) else "ended before"
                ] += 1
                faults = wrong(out, before)
                assert not faults, f"round {number}: {faults}"
            carry_out(out, done.step)
            assert archive(out) == done.archive, f"round {number}: {done.step.leaf or 'pile'}"
            figures["put back" if done.step.goes_back else "filings by hand" if done.step.leaf else "piles"] += 1
        assert verified(surveyed(out)).findings == [], f"round {number}"
        shutil.rmtree(calm.parent)
        shutil.rmtree(out.parent)


@pytest.mark.campaign("calls of the system that fail in an archive", full=100, small=4)
def test_a_failing_call_of_the_system_loses_nothing(
    rounds: range, figures: Counter[str], empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in rounds:
        seeded = random.Random(f"failing call {number}")
        calm, out = (shutil.copytree(empty, tmp_path / f"{name}{number}" / "out") for name in ("calm", "out"))
        for done in undisturbed(calm, random.Random(f"steps {number}")):
            before = (out / LEDGER).read_bytes()
            failing = Failing(seeded.randint(1, TURNS), ERRORS[number % 3], seeded.random() < 0.3)
            with monkeypatch.context() as patched:
                for name in CALLS:
                    patched.setattr(os, name, failing.stand_in(name, getattr(os, name)))
                try:
                    carry_out(out, done.step)
                    figures["ended in spite of it" if failing.failed else "no such call"] += 1
                except DocgenError as error:
                    assert error.exit_code in (EXIT_ENVIRONMENT, EXIT_VERIFICATION), f"round {number}: {error}"
                    figures[f"ended with exit code {error.exit_code}"] += 1
                except OSError:
                    figures[f"ended with exit code {EXIT_ENVIRONMENT}"] += 1
            faults = wrong(out, before)
            assert not faults, f"round {number}: {faults}"
            carry_out(out, done.step)
            assert archive(out) == done.archive, f"round {number}: {done.step.leaf or 'pile'}"
        assert verified(surveyed(out)).findings == [], f"round {number}"
        shutil.rmtree(calm.parent)
        shutil.rmtree(out.parent)
