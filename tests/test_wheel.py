"""The wheel carries forms and templates, and makes documents where there is no checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of a freshly built wheel."""
    place = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place / "unpacked")
    return place / "unpacked"


def test_the_wheel_holds_the_data_inside_the_package_and_nothing_else(unpacked: Path) -> None:
    assert sorted(path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")) == ["docgen"]
    for kind in ("forms", "templates"):
        shipped = {path.relative_to(ROOT / kind) for path in (ROOT / kind).rglob("*") if path.is_file()}
        carried = {
            path.relative_to(unpacked / "docgen" / kind)
            for path in (unpacked / "docgen" / kind).rglob("*")
            if path.is_file()
        }
        assert carried == shipped


def test_the_wheel_makes_a_sample_without_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    for name in ("late-report.yaml", "docgen.yaml"):
        shutil.copy(ROOT / "samples" / name, tmp_path / name)
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}

    def run(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert Path(run("-c", "import docgen; print(docgen.__file__)").strip()).is_relative_to(unpacked)
    made = run("-m", "docgen", "generate", "late-report.yaml", "--forms", "letter", "-o", "out").splitlines()
    assert [Path(path).suffix for path in made] == [".docx", ".pdf"]
    assert all((tmp_path / path).stat().st_size > 5_000 for path in made)
