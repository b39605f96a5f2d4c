"""A terminal-less run of docgen, and the samples it runs on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from docgen import generate
from docgen.cli.app import app

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
Docgen = Callable[..., Result]
ENGLISH = {"LANG": "en_US.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}


@pytest.fixture
def samples() -> Path:
    return SAMPLES


@pytest.fixture(autouse=True)
def written_by_another_test(drawn_once: None) -> None:
    """What a command makes of a sample was mostly made by another one before."""


@pytest.fixture
def docgen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Docgen:
    """Runs a command in English, in an empty folder; what isn't docgen's own exit fails the test."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Result:
        runner = CliRunner(env=ENGLISH)
        return runner.invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)

    return run


@pytest.fixture
def faulty(samples: Path) -> Path:
    """A case whose weights add up to 90 %."""
    return samples / "faulty" / "weights-90.yaml"


def failing(error: Exception, number: str) -> Callable[..., Any]:
    """``drawn``, which fails for the document of that number."""
    real = generate.drawn

    def stand_in(paper: Any, *arguments: Any, **options: Any) -> Any:
        if paper.number == number:
            raise error
        return real(paper, *arguments, **options)

    return stand_in
