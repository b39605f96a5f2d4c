"""What goes wrong with one document costs that document; what would go wrong with all ends the run, and leaves no
process behind."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from docgen.definitions.load import load_definitions
from docgen.errors import EnvironmentLacks
from docgen.office.batch import Batch
from docgen.office.crew import Alone, Pool
from docgen.office.ledger import Ledger
from docgen.office.lock import locked
from docgen.office.outcome import Order, Outcome
from docgen.office.publish import PRIVATE
from docgen.office.run import Run, load_run
from docgen.sources.cases import read_cases
from tests.office import stubs

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
DAY = date(2026, 3, 2)


def loaded(*files: Path) -> Run:
    definitions = load_definitions()
    return load_run(read_cases(files, definitions), definitions, ("letter",), DAY)


@pytest.fixture(scope="module")
def team() -> Run:
    return loaded(SAMPLES / "team.yaml")


def made(run: Run, out: Path | None) -> list[Outcome]:
    return list(Batch(run, Order(DAY, out=out), Alone(stubs.does)).outcomes())


def link_to_mine(place: Path) -> None:
    place.symlink_to(place.parents[2] / "mine")


def folder_of_mine(place: Path) -> None:
    (place / "mine").mkdir(parents=True)


def link_above(place: Path) -> None:
    shutil.move(place.parent, place.parents[2] / "moved")
    place.parent.symlink_to(place.parents[2] / "moved")


@pytest.mark.parametrize("obstacle", [link_to_mine, folder_of_mine, link_above])
def test_what_stands_in_the_way_of_one_document_costs_no_other(
    obstacle: Callable[[Path], None], team: Run, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    first = next(one for one in made(team, out) if one.state == "made")
    shutil.rmtree(out)
    (tmp_path / "mine").write_text("mine", "utf-8")
    first.files[0].parent.mkdir(parents=True)
    obstacle(first.files[0])
    outcomes = made(team, out)
    (failed,) = [one for one in outcomes if one.state == "failed"]
    assert failed.paper.number == first.paper.number and failed.reason.en and failed.reason.zh
    assert len([one for one in outcomes if one.state == "made"]) > 5
    assert (tmp_path / "mine").read_text("utf-8") == "mine"


def test_an_issued_file_that_became_a_link_or_a_folder_is_told(team: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first, second, *_ = [one for one in made(team, out) if one.state == "made"]
    first.files[0].rename(out / "kept")
    first.files[0].symlink_to(out / "kept")
    second.files[0].unlink()
    second.files[0].mkdir()
    refused = {one.paper.number for one in made(team, out) if one.verdict is None and "changed after" in one.reason.en}
    assert refused == {first.paper.number, second.paper.number}


def test_two_offices_may_call_one_folder_by_two_names(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        settings = (SAMPLES / "docgen.yaml").read_text("utf-8")
        (tmp_path / name / "docgen.yaml").write_text(f"{settings}\nout: ../{name}/../papers\n", "utf-8")
        text = (SAMPLES / "short.yaml").read_text("utf-8")
        (tmp_path / name / "case.yaml").write_text(text.replace("K0371", f"K0371{name}"), "utf-8")
    run = loaded(tmp_path / "one", tmp_path / "two")
    assert len({office.out for _, office in run.cases}) == 2
    outcomes = made(run, None)
    assert [one.state for one in outcomes] == ["made", "made"]
    assert len(Ledger(tmp_path / "papers").read().entries) == 4


def test_a_run_that_the_disk_ends_leaves_no_process_and_no_lock(
    team: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = Batch(team, Order(DAY, out=tmp_path), Pool(2, does=stubs.does))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", full)
        with pytest.raises(EnvironmentLacks, match="disk is full"):
            list(batch.outcomes())
    assert not multiprocessing.active_children()
    with locked(tmp_path, PRIVATE):
        pass


def test_a_document_whose_process_dies_is_named(team: Run, tmp_path: Path) -> None:
    numbers = [one.paper.number for one in made(team, tmp_path / "all") if one.state == "made"]
    order = replace(Order(DAY, out=tmp_path / "out"), numbers=frozenset(numbers))
    outcomes = list(Batch(team, order, Pool(2, does=stubs.aborts_on_the_third_letter)).outcomes())
    assert {one.paper.number: one.state for one in outcomes} == {
        number: "failed" if number.startswith(stubs.THIRD) else "made" for number in numbers
    }
    (failed,) = [one for one in outcomes if one.state == "failed"]
    assert "ended (SIGABRT); tried twice" in failed.reason.en and "SIGABRT" in failed.reason.zh


SCRIPT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from docgen.cli.app import app
from docgen.office.crew import Pool
from tests.office import stubs
from docgen.cli import generate
generate.crew_for = lambda *_: Pool(2, does=stubs.sleeps)
app(["generate", sys.argv[1], "-o", sys.argv[2], "--forms", "letter"])
"""
"""The command, with a writer that costs nothing; a shell that starts tests in the background lets Ctrl-C be ignored."""


def test_ctrl_c_ends_a_run_and_what_was_made_is_on_record(tmp_path: Path) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(SAMPLES / "team.yaml"), str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
    )
    assert run.stdout and run.stdout.readline()
    os.killpg(run.pid, signal.SIGINT)
    _, told = run.communicate(timeout=20)
    assert run.returncode == 130 and "Traceback" not in told
    history = Ledger(tmp_path).read()
    issued = [entry for entry in history.entries if entry.event == "issued"]
    assert issued and not history.faults and not list(tmp_path.rglob(".docgen-*.tmp"))
    assert all((tmp_path / one["path"]).is_file() for entry in issued for one in entry.details["files"].values())
