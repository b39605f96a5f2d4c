"""The manifest is what ``sha256sum -c`` reads, whatever the files are called, and each departure from it is told."""

from __future__ import annotations

import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from docgen.archive.manifest import Listed, departures, manifest, read_manifest
from docgen.model.returned import KeptFile
from tests.archive.kept_help import known

ODD = ("a b", "王敏.pdf", "back\\slash", "line\nend", " ", "*star", "ends\\", "é", "-c")


def kept(folder: Path, name: str) -> KeptFile:
    """A file in a folder of that name, as it would be kept."""
    content = name.encode()
    place = folder / "signed" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return KeptFile(f"signed/{name}", sha256(content).hexdigest(), len(content))


def test_files_stand_in_the_order_of_their_paths() -> None:
    listed = [known("b", "1"), known("a/c", "2"), known("a", "3"), known("é", "4")]
    paths = [one.path for one in read_manifest(manifest(listed))]
    assert paths == ["a", "a/c", "b", "é"]
    assert manifest(listed) == manifest(reversed(listed))
    assert manifest([known("a", "3")]) == b"3" * 64 + b"  a\n" and manifest([]) == b""


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="sha256sum is not here")
def test_sha256sum_takes_it_and_finds_what_changed(tmp_path: Path) -> None:
    files = [kept(tmp_path, name) for name in ODD]
    (tmp_path / "manifest-sha256.txt").write_bytes(manifest(files))
    command = ("sha256sum", "--check", "--strict", "--quiet", "manifest-sha256.txt")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / files[2].path).write_bytes(b"other")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 1


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="sha256sum is not here")
def test_it_is_byte_for_byte_what_sha256sum_writes(tmp_path: Path) -> None:
    files = sorted((kept(tmp_path, name) for name in ODD), key=lambda one: one.path)
    made = subprocess.run(
        ("sha256sum", *(one.path for one in files)), cwd=tmp_path, capture_output=True, check=True
    ).stdout
    assert manifest(files) == made


def test_what_was_written_is_read_again() -> None:
    files = sorted((known(name, "7") for name in (*ODD, "carriage\rreturn")), key=lambda one: one.path)
    assert read_manifest(manifest(files)) == tuple(
        Listed(line, one.path, one.sha256) for line, one in enumerate(files, start=1)
    )


@pytest.mark.parametrize(
    "line",
    [b"", b"x", b"7" * 64, b"7" * 64 + b" a", b"7" * 63 + b"  a", b"G" * 64 + b"  a", b"7" * 64 + b"  ", b"\xff\xfe"],
)
def test_what_is_no_line_of_a_manifest_is_read_as_none(line: bytes) -> None:
    good = manifest([known("a", "1")])
    assert [one.path for one in read_manifest(line + b"\n" + good)] == ["", "a"]


def test_a_path_that_no_file_can_have_stops_nothing() -> None:
    assert len(read_manifest(manifest([known("\ud800", "1"), known("a", "2")]))) == 2


RIGHT = manifest([known("a", "1"), known("b", "2"), known("c", "3")])
FIRST, SECOND, THIRD = RIGHT.splitlines(keepends=True)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (RIGHT, []),
        (FIRST + THIRD, [(0, "b is not listed")]),
        (b"", [(0, "a is not listed"), (0, "b is not listed"), (0, "c is not listed")]),
        (RIGHT + manifest([known("d", "4")]), [(4, "it lists d, which is not on record")]),
        (FIRST + SECOND.replace(b"2", b"4") + THIRD, [(2, "it gives b another hash than the record")]),
        (
            FIRST + SECOND.replace(b"b", b"B") + THIRD,
            [(2, "it lists B, which is not on record"), (0, "b is not listed")],
        ),
        (RIGHT + FIRST, [(4, "it lists a once more")]),
        (b"#\n" + RIGHT, [(1, "it is no line of a manifest")]),
        (SECOND + FIRST + THIRD, [(0, "it says what the record says, but in another order or form")]),
        (RIGHT[:-1], [(0, "it says what the record says, but in another order or form")]),
        (RIGHT.replace(b"\n", b"\r\n"), [(line, "…") for line in (1, 2, 3, 0, 0, 0)]),
    ],
)
def test_each_departure_is_told_with_its_line(found: bytes, said: list[tuple[int, str]]) -> None:
    told = [(line, words.en) for line, words in departures(found, RIGHT)]
    assert [line for line, _ in told] == [line for line, _ in said]
    assert all(wanted in ("…", is_said) for (_, wanted), (_, is_said) in zip(said, told, strict=True))
    assert all(words.zh for _, words in departures(found, RIGHT))
