"""What the doctor says of the folder for documents."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest
from click.testing import Result

from docgen.cli import place
from docgen.cli.doctor import line
from docgen.office.lock import LOCK, locked
from docgen.office.publish import PRIVATE
from tests.office.record_help import on_record

Docgen = Callable[..., Result]


def found(out: Path) -> dict[str, str]:
    """What is told, by its beginning: ``OUT …`` is ``OUT``."""
    return {one.what.split()[0]: line(one).strip() for one in place.examine_place(out)}


def test_a_folder_of_this_machine_is_fine_and_left_as_it_was(tmp_path: Path) -> None:
    told = found(tmp_path)
    assert all(said.startswith("ok") for said in told.values()), told
    assert "of this machine" in told["drive"]
    assert not [*tmp_path.iterdir()]


def test_of_a_folder_that_is_not_there_the_one_around_it_is_looked_at(tmp_path: Path) -> None:
    told = found(tmp_path / "a" / "b")
    assert told["OUT"].endswith(f"not there yet; would be made in {tmp_path}")
    assert "another" not in told and not (tmp_path / "a").exists()


def test_a_file_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    assert found(tmp_path / "out")["OUT"].startswith("MISSING")
    assert found(tmp_path / "out" / "more")["OUT"].startswith("MISSING")


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "fuse.sshfs"])
def test_a_drive_of_the_network_is_recognised_by_the_nearest_mount(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = [("/", "ext4"), (str(tmp_path / "share"), kind), (str(tmp_path / "share" / "own"), "xfs")]
    monkeypatch.setattr(
        psutil, "disk_partitions", lambda all: [SimpleNamespace(mountpoint=a, fstype=b) for a, b in mounts]
    )
    (tmp_path / "share" / "own").mkdir(parents=True)
    (tmp_path / "link").symlink_to("share")
    assert place.network_kind(tmp_path / "link") == f"a network drive ({kind})"
    assert place.network_kind(tmp_path / "share" / "own") == place.network_kind(tmp_path) == ""
    told = found(tmp_path / "share" / "papers")["drive"]
    assert told.startswith("careful") and "SQLite may fail" in told


def test_where_nothing_may_be_written_the_reason_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "TemporaryDirectory", refuse)
    assert found(tmp_path)["files,"].startswith("MISSING")
    assert place.fault_of_writing(tmp_path) == f"{tmp_path}: Permission denied"


def test_where_sqlite_fails_the_reason_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> Any:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(sqlite3, "connect", fail)
    assert "database is locked" in found(tmp_path)["files,"]
    assert not [*tmp_path.iterdir()]


def test_little_space_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=2**29))
    assert found(tmp_path)["free"].startswith("careful  free space: 0.5 GB")


def test_a_ledger_that_is_whole_is_told(tmp_path: Path) -> None:
    assert "ledger" not in found(tmp_path)
    on_record(tmp_path, {"S1-202601": "S1"})
    assert found(tmp_path)["ledger"] == "ok       ledger: whole"


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda lines: lines[:1], "docgen recover -o "),
        (lambda lines: [], "docgen recover -o "),
        (lambda lines: [*lines[:1], b"{\n", *lines[1:]], "docgen recover"),
        (lambda lines: [*lines, b'{"event": "issued"}\n'], "ledger.jsonl:5: this line can't be read"),
    ],
)
def test_a_damaged_ledger_is_told_by_its_first_fault_and_left_alone(
    docgen: Docgen, tmp_path: Path, harm: Callable[[list[bytes]], list[bytes]], told: str
) -> None:
    out = on_record(tmp_path / "out", {"S1-202601": "S1", "S2-202601": "S2"})
    ledger = out / "ledger.jsonl"
    ledger.write_bytes(b"".join(harm(ledger.read_bytes().splitlines(keepends=True))))
    before = {path: path.read_bytes() for path in out.iterdir() if path.is_file()}
    result = docgen("doctor")
    (line,) = [one for one in result.stdout.splitlines() if "ledger: damaged" in one]
    assert line.startswith("  careful  ledger: damaged (") and told in line
    assert result.exit_code == (4 if "MISSING" in result.stdout else 5)
    assert {path: path.read_bytes() for path in out.iterdir() if path.is_file()} == before


def test_another_run_that_holds_the_folder_is_told(tmp_path: Path) -> None:
    with locked(tmp_path, PRIVATE):
        assert found(tmp_path)["another"].startswith("careful  another run: writes there now")
    assert (tmp_path / LOCK).exists() and not place.is_held(tmp_path)


def test_the_doctor_looks_at_the_folder_named_or_at_the_usual_one(docgen: Docgen, tmp_path: Path) -> None:
    assert "OUT" not in docgen("doctor").stdout
    assert "OUT papers: not there yet" in docgen("doctor", "papers").stdout
    (tmp_path / "out").mkdir()
    assert "OUT out: is there" in docgen("doctor").stdout


def test_a_folder_that_can_not_be_used_is_lacking(docgen: Docgen, tmp_path: Path) -> None:
    (tmp_path / "papers").touch()
    result = docgen("doctor", "papers")
    assert result.exit_code == 4 and "lacking: OUT papers" in result.stderr
