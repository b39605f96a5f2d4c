"""Validate Word and Excel files against the schemas of ECMA-376, where these are at hand."""

from __future__ import annotations

import os
import runpy
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("OOXML_XSD") or Path(__file__).resolve().parents[2] / "shared" / "ooxml-xsd")


@cache
def _problems() -> Callable[[Path], list[str]] | None:
    script = FOLDER / "check_ooxml.py"
    # run_path leaves no bytecode behind in a folder that is not ours.
    return runpy.run_path(str(script))["problems"] if script.is_file() else None


def schema_problems(content: bytes, folder: Path) -> list[str]:
    """What the schemas say against the package ``content``, which is written to ``folder``; skips without schemas."""
    problems = _problems()
    if problems is None:
        pytest.skip(f"there are no OOXML schemas in {FOLDER}; name their folder in OOXML_XSD")
    path = folder / "checked.zip"
    path.write_bytes(content)
    return problems(path)
