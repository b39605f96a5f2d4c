"""Everything that lies in a folder is seen as what it is, and files are hashed whatever their size."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from docgen.archive import hashes
from docgen.archive.hashes import Found, hashed, look, walk

SIZES = (0, 1, 99, 100, 101, 200, 201, 250, 1000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "top" / "deep" / "deeper").mkdir(parents=True)
    (tmp_path / "top" / "a").write_bytes(b"12345")
    (tmp_path / "top" / "deep" / "deeper" / "字").write_bytes(b"1")
    (tmp_path / "outside").write_bytes(b"1")
    return tmp_path


def test_all_that_lies_below_a_folder_is_seen(folder: Path) -> None:
    assert sorted(walk(str(folder), "top"), key=lambda one: one.path) == [
        Found("top/a", "file", 5),
        Found("top/deep", "folder"),
        Found("top/deep/deeper", "folder"),
        Found("top/deep/deeper/字", "file", 1),
    ]


def test_what_is_no_file_is_told_as_what_it_is_and_no_link_is_followed(folder: Path) -> None:
    (folder / "top" / "to a file").symlink_to(folder / "outside")
    (folder / "top" / "to a folder").symlink_to(folder / "top" / "deep")
    (folder / "top" / "to nothing").symlink_to("nowhere")
    os.mkfifo(folder / "top" / "pipe")
    kinds = {one.path: one.kind for one in walk(str(folder), "top")}
    assert {kinds[f"top/{name}"] for name in ("to a file", "to a folder", "to nothing")} == {"link"}
    assert kinds["top/pipe"] == "other" and "top/to a folder/deeper" not in kinds
    assert look(str(folder), "top/to a file") == Found("top/to a file", "link", len(str(folder / "outside")))


def test_one_path_is_looked_at_without_a_walk(folder: Path) -> None:
    assert look(str(folder), "top/a") == Found("top/a", "file", 5)
    assert look(str(folder), "top/b") is None and look(str(folder), "top/a/b") is None
    assert (found := look(str(folder), "top/\0")) and found.fault
    assert (found := look(str(folder), "x" * 5000)) and found.fault


def test_a_folder_that_cannot_be_looked_into_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def refuse(path: str) -> object:
        if "deep" in path:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = list(walk(str(folder), "top"))
    assert found[-1] == Found("top/deep", "folder", fault="Permission denied")


def test_files_of_all_sizes_are_hashed_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as fit into a block, fill one or several, or need some more; more of them than a thread takes at once."""
    monkeypatch.setattr(hashes, "BLOCK", 100)
    monkeypatch.setattr(hashes, "AT_ONCE", 2)
    contents = {f"{size}": bytes(size) for size in SIZES}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    told: list[int] = []
    found = list(hashed(str(tmp_path), [Found(name, "file", len(one)) for name, one in contents.items()], told.append))
    assert [(one.path, one.sha256, one.size) for one in found] == [
        (name, sha256(one).hexdigest(), len(one)) for name, one in contents.items()
    ]
    assert told == [2, 2, 2, 2, 1]


@pytest.mark.parametrize("thought", [0, 50, 120, 1000])
def test_a_file_that_has_another_size_by_now_is_read_to_its_end(
    thought: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashes, "BLOCK", 100)
    (tmp_path / "a").write_bytes(b"x" * 320)
    (found,) = hashed(str(tmp_path), [Found("a", "file", thought)])
    assert (found.sha256, found.size) == (sha256(b"x" * 320).hexdigest(), 320)


def test_what_cannot_be_read_is_told_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "link").symlink_to("a")
    (tmp_path / "folder").mkdir()
    asked = [Found(name, "file", 1) for name in ("gone", "link", "folder", "a")]
    found = list(hashed(str(tmp_path), asked))
    assert [bool(one.fault) for one in found] == [False, True, True, False]
    assert found[0].is_gone and not found[0].sha256 and found[-1].sha256


def test_a_pipe_in_a_files_place_holds_nothing_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (found,) = hashed(str(tmp_path), [Found("pipe", "file", 10)])
    assert found.sha256 == sha256(b"").hexdigest()
