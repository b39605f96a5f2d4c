"""An archive that many tests look at."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.archive.kept_help import kept_archive


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with an archive, to be left as it is."""
    return kept_archive(tmp_path_factory.mktemp("kept") / "out")


@pytest.fixture
def kept_copy(kept: Path, tmp_path: Path) -> Path:
    """A copy of it, to be harmed."""
    return shutil.copytree(kept, tmp_path / "out", symlinks=True)
