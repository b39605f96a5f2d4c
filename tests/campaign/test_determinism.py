"""Check and documents are the same whatever surrounds the process: hash seed, zone, locale, folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.campaign.office import SAMPLES

ROOT = SAMPLES.parent
QUICK = "faulty/weights-90.yaml"
"""The one of every test run; its letter needs no engine that draws pictures, which takes seconds to load."""
FILES = (
    QUICK,
    *("short.yaml", "wang.yaml", "en/wang.yaml", "late-report.yaml", "team.yaml", "uk/support-desk.yaml"),
    *sorted({path.relative_to(SAMPLES).as_posix() for path in (SAMPLES / "faulty").glob("*.yaml")} - {QUICK}),
)
SURROUNDINGS: tuple[tuple[dict[str, str], str], ...] = (
    ({"PYTHONHASHSEED": "0"}, "."),
    ({"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LANG": "zh_CN.UTF-8"}, "/"),
    ({"PYTHONHASHSEED": "random", "TZ": "Pacific/Pago_Pago", "LC_ALL": "C", "PYTHONUTF8": "0"}, "samples"),
    (
        {"PYTHONHASHSEED": "random", "TZ": "Asia/Kathmandu", "LC_ALL": "POSIX", "PYTHONUTF8": "0"}
        | {"PYTHONCOERCECLOCALE": "0", "LANG": "tr_TR.UTF-8"},
        "/tmp",
    ),
)
"""Variables and working folder; the third and fourth make Python read text as ASCII unless told otherwise."""


VARIABLES = ("LC_", "LANG", "TZ", "PYTHON")


@cache
def said(files: tuple[str, ...], surroundings: int) -> str:
    variables, folder = SURROUNDINGS[surroundings]
    script = Path(__file__).with_name("digest.py")
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "TZ", "PYTHON"))
    }
    result = subprocess.run(
        [sys.executable, str(script), *(str(SAMPLES / name) for name in files)],
        cwd=ROOT / folder,
        env={**inherited, "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr.decode()
    return result.stdout.decode("ascii")


@pytest.mark.campaign("determinism", full=len(FILES), small=1)
def test_nothing_around_the_process_changes_what_it_finds_and_makes(rounds: range, figures: Counter[str]) -> None:
    files = tuple(FILES[number] for number in rounds)
    for surroundings in range(1, len(SURROUNDINGS)) if len(rounds) > 1 else (len(SURROUNDINGS) - 1,):
        assert said(files, surroundings) == said(files, 0), f"{SURROUNDINGS[surroundings]} changes {files}"
        figures["runs alike"] += 1
    figures["characters compared"] += len(said(files, 0))
