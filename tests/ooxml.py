"""Validate Word and Excel files against the schemas of ECMA-376, where these are at hand."""

from __future__ import annotations

import importlib.util
import os
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(os.environ.get("OOXML_XSD") or Path(__file__).resolve().parents[2] / "shared" / "ooxml-xsd")


@cache
def _checker() -> ModuleType | None:
    script = FOLDER / "check_ooxml.py"
    if not script.is_file():
        return None
    spec = importlib.util.spec_from_file_location("check_ooxml", script)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def schema_problems(content: bytes, folder: Path) -> list[str]:
    """What the schemas say against the package ``content``, which is written to ``folder``; skips without schemas."""
    checker = _checker()
    if checker is None:
        pytest.skip(f"there are no OOXML schemas in {FOLDER}; name their folder in OOXML_XSD")
    path = folder / "checked.zip"
    path.write_bytes(content)
    found: list[str] = checker.problems(path)
    return found
