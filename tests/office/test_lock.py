"""One run at a time holds an office's folder, and lets go of it however it ends."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.errors import EXIT_ENVIRONMENT, EnvironmentLacks, UsageError
from docgen.office.lock import LOCK, locked
from docgen.office.publish import PRIVATE, SHARED

ROOT = Path(__file__).resolve().parents[2]
HOLDS = """
import sys, time
from pathlib import Path
from docgen.office.lock import locked
from docgen.office.publish import PRIVATE
with locked(Path(sys.argv[1]), PRIVATE):
    print(flush=True)
    time.sleep(60)
"""


def test_a_second_run_says_so_until_the_first_is_dead(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE) as first:
        assert first.stdout and first.stdout.readline()
        with (
            pytest.raises(EnvironmentLacks, match="another run of docgen is writing there") as caught,
            locked(tmp_path, PRIVATE),
        ):
            pass
        assert caught.value.exit_code == EXIT_ENVIRONMENT and "另一个" in caught.value.words.zh
        first.kill()
        first.wait()
        assert (tmp_path / LOCK).exists()
        with locked(tmp_path, PRIVATE):
            pass


def test_the_folder_is_made_for_its_owner_or_for_the_group(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        for access in (PRIVATE, SHARED):
            folder = tmp_path / "above" / str(access.file)
            with locked(folder, access):
                assert stat.S_IMODE(folder.stat().st_mode) == access.folder
                assert stat.S_IMODE((folder / LOCK).stat().st_mode) == access.file
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "above").stat().st_mode) == PRIVATE.folder


def test_a_link_in_place_of_the_lock_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", "utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / LOCK).symlink_to(tmp_path / "mine")
    with pytest.raises(UsageError, match="symbolic link"), locked(tmp_path / "out", PRIVATE):
        pass
    assert (tmp_path / "mine").read_text("utf-8") == "mine"


def test_a_folder_in_place_of_the_lock_is_told(tmp_path: Path) -> None:
    (tmp_path / LOCK).mkdir()
    with pytest.raises(EnvironmentLacks), locked(tmp_path, PRIVATE):
        pass


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", "utf-8")
    with (
        pytest.raises(EnvironmentLacks, match="a file stands where a folder is needed"),
        locked(tmp_path / "out", PRIVATE),
    ):
        pass


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(EnvironmentLacks, match="may not write"), locked(tmp_path, PRIVATE):
        pass
