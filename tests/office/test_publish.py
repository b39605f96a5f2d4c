"""Publishing: both files of a document or neither, whatever fails."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docgen.errors import EnvironmentLacks, UsageError
from docgen.office.publish import PRIVATE, SHARED, Access, publish

WORD, PDF = Path("Sales/S1-Wang/S1-L-r1.docx"), Path("Sales/S1-Wang/S1-L-r1.pdf")
PAIR = {WORD: b"new word", PDF: b"new pdf"}


def everything(folder: Path) -> dict[str, bytes | None]:
    """All names below a folder with their bytes: what a failed publish must leave as it was."""
    paths = sorted(folder.rglob("*"))
    return {path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes() for path in paths}


def failing(call: Callable[..., Any], turn: int, number: int) -> Callable[..., Any]:
    """``call``, which raises ``number`` the ``turn``-th time."""
    left = iter(range(turn))

    def stand_in(*arguments: Any, **options: Any) -> Any:
        if next(left, None) == turn - 1:
            raise OSError(number, os.strerror(number))
        return call(*arguments, **options)

    return stand_in


def test_both_files_are_written(tmp_path: Path) -> None:
    assert publish(PAIR, tmp_path / "out") == (tmp_path / "out" / WORD, tmp_path / "out" / PDF)
    assert {path.name for path in (tmp_path / "out").rglob("*") if path.is_file()} == {WORD.name, PDF.name}
    assert (tmp_path / "out" / PDF).read_bytes() == b"new pdf"


def test_files_and_folders_are_for_their_owner_alone(tmp_path: Path) -> None:
    publish(PAIR, tmp_path / "out")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").rglob("*") if path.is_file()}
    folders = [tmp_path / "out", *(path for path in (tmp_path / "out").rglob("*") if path.is_dir())]
    assert modes == {0o600}
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize(("access", "mode"), [(PRIVATE, 0o400), (SHARED, 0o440)])
def test_a_file_can_be_made_for_reading_only_and_replaced_all_the_same(
    tmp_path: Path, access: Access, mode: int
) -> None:
    for content in (b"old", b"new"):
        publish({WORD: b"word", PDF: content}, tmp_path / "out", access, read_only={PDF})
    modes = [stat.S_IMODE((tmp_path / "out" / file).stat().st_mode) for file in (WORD, PDF)]
    assert modes == [access.file, mode] and (tmp_path / "out" / PDF).read_bytes() == b"new"


def test_old_files_are_replaced(tmp_path: Path) -> None:
    publish({WORD: b"old", PDF: b"old"}, tmp_path)
    publish(PAIR, tmp_path)
    assert everything(tmp_path / WORD.parent) == {WORD.name: b"new word", PDF.name: b"new pdf"}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO], ids=errno.errorcode.get)
@pytest.mark.parametrize("before", ["nothing", "old pair", "old word only"])
@pytest.mark.parametrize(
    ("call", "turn"),
    [
        *[("mkdir", turn) for turn in (1, 2, 3)],
        *[("open", turn) for turn in range(1, 6)],
        *[("fsync", turn) for turn in range(1, 6)],
        ("replace", 1),
        ("replace", 2),
        ("lstat", 1),
        ("close", 1),
    ],
)
def test_a_failure_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, turn: int, before: str, number: int
) -> None:
    out = tmp_path / "out"
    old = {"nothing": {}, "old pair": {WORD: b"old word", PDF: b"old pdf"}, "old word only": {WORD: b"old word"}}[
        before
    ]
    if old:
        publish(old, out)
    there = everything(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(os, call, failing(getattr(os, call), turn, number))
        try:
            publish(PAIR, out)
        except EnvironmentLacks as error:
            failed, text = True, str(error)
        else:
            failed, text = False, ""
    if failed:
        assert everything(tmp_path) == there
        assert str(out) in text and "Nothing that was there has been changed" in text
    else:  # fewer calls than turns: all went well
        assert (out / WORD).read_bytes() == b"new word"
        assert (out / PDF).read_bytes() == b"new pdf"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_write_cut_short_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish({WORD: b"old word", PDF: b"old pdf"}, tmp_path)
    there = everything(tmp_path)
    opened = os.open
    handles: list[int] = []

    def full(path: Any, flags: int, mode: int = 0o777) -> int:
        handle = (
            opened("/dev/full", os.O_WRONLY) if str(path).endswith(".tmp") and handles else opened(path, flags, mode)
        )
        handles.append(handle)
        return handle

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", full)
        with pytest.raises(EnvironmentLacks, match="disk is full"):
            publish(PAIR, tmp_path)
    assert everything(tmp_path) == there


def test_a_file_system_without_hard_links_keeps_the_old_files_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish({WORD: b"old word", PDF: b"old pdf"}, tmp_path)
    there = everything(tmp_path)
    monkeypatch.setattr(os, "link", failing(os.link, 1, errno.EPERM))
    monkeypatch.setattr(os, "replace", failing(os.replace, 2, errno.EIO))
    with pytest.raises(EnvironmentLacks):
        publish(PAIR, tmp_path)
    assert everything(tmp_path) == there


def test_a_failing_copy_of_the_old_file_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish({WORD: b"old word", PDF: b"old pdf"}, tmp_path)
    there = everything(tmp_path)
    monkeypatch.setattr(os, "link", failing(os.link, 1, errno.EPERM))
    monkeypatch.setattr(shutil, "copy2", failing(shutil.copy2, 1, errno.ENOSPC))
    with pytest.raises(EnvironmentLacks, match="disk is full"):
        publish(PAIR, tmp_path)
    assert everything(tmp_path) == there


def test_an_interruption_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    publish({WORD: b"old word"}, tmp_path)
    there = everything(tmp_path)
    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish(PAIR, tmp_path)
    assert everything(tmp_path) == there


@pytest.mark.parametrize("path", ["/etc/x.pdf", "../x.pdf", "a/../../x.pdf", "."])
def test_a_path_outside_the_output_folder_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(UsageError, match="outside"):
        publish({Path(path): b""}, tmp_path)


def test_a_link_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.docx"
    target.write_bytes(b"mine")
    (tmp_path / "out" / WORD.parent).mkdir(parents=True)
    (tmp_path / "out" / WORD).symlink_to(target)
    with pytest.raises(UsageError, match="symbolic link"):
        publish(PAIR, tmp_path / "out")
    assert target.read_bytes() == b"mine"
    assert not (tmp_path / "out" / PDF).exists()


def test_a_link_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "Sales").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="symbolic link"):
        publish(PAIR, tmp_path / "out")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_file_in_place_of_the_output_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    with pytest.raises(EnvironmentLacks, match="a file stands where a folder is needed"):
        publish(PAIR, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"mine"


def test_a_folder_in_place_of_a_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / WORD).mkdir(parents=True)
    there = everything(tmp_path)
    with pytest.raises(EnvironmentLacks):
        publish(PAIR, tmp_path)
    assert everything(tmp_path) == there


def test_names_that_are_one_on_windows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="same name"):
        publish({Path("a/X.pdf"): b"1", Path("a/x.pdf"): b"2"}, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_missing_permission_names_the_folder_and_the_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "mkdir", failing(os.mkdir, 1, errno.EACCES))
    with pytest.raises(EnvironmentLacks) as caught:
        publish(PAIR, tmp_path / "out")
    assert "permissions" in caught.value.words.en and "-o" in caught.value.words.en
    assert "权限" in caught.value.words.zh
    assert caught.value.exit_code == 4


def test_files_of_an_office_that_works_as_a_group_may_be_changed_by_the_group(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        (made,) = publish({Path("dept", "a.pdf"): b"x"}, tmp_path / "out", SHARED)
    finally:
        os.umask(before)
    assert stat.S_IMODE(made.stat().st_mode) == 0o660
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o2770
