"""A change of a file that shapes documents is told once it has settled, however an editor saves."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.proofs.watching import LONGEST, Watch, shaping
from tests.proofs.plant_help import Plant, company


def watch_of(folder: Path | None) -> Watch:
    return Watch(lambda: shaping(folder))


def wording(folder: Path) -> Path:
    company(folder, [Plant("templates/wording.en.yaml", "", "draft: One\n", "")])
    return folder / "templates" / "wording.en.yaml"


def test_a_change_is_told_once_it_has_settled(tmp_path: Path) -> None:
    file, sleeps = wording(tmp_path), list[float]()
    watch = watch_of(tmp_path)
    before = watch.stamps()

    def sleep(seconds: float) -> None:
        sleeps.append(seconds)
        if len(sleeps) <= 3:  # an editor writes it in steps
            file.write_text("draft: " + "x" * len(sleeps) + "\n", "utf-8")

    stamps, changed = next(watch.changes(before, sleep))
    assert changed == {file} and len(sleeps) == 4
    assert stamps == watch.stamps()


def test_what_is_written_without_end_is_told_all_the_same(tmp_path: Path) -> None:
    file, sleeps = wording(tmp_path), list[float]()
    watch = watch_of(tmp_path)

    def sleep(seconds: float) -> None:
        sleeps.append(seconds)
        file.write_text("draft: " + "x" * len(sleeps) + "\n", "utf-8")

    _, changed = next(watch.changes({}, sleep))
    assert file in changed and len(sleeps) == LONGEST


def renamed(file: Path) -> None:
    """Of the same size and time, too: another file takes its place."""
    beside = file.with_name("new")
    beside.write_text("draft: Two\n", "utf-8")
    os.utime(beside, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    beside.replace(file)


def put_by(file: Path) -> None:
    file.rename(file.with_name(file.name + "~"))
    file.write_text("draft: Two\n", "utf-8")


@pytest.mark.parametrize("save", [renamed, put_by, Path.unlink], ids=["renamed", "put by", "deleted"])
def test_however_an_editor_saves_it_is_seen(tmp_path: Path, save: Callable[[Path], object]) -> None:
    file = wording(tmp_path)
    watch = watch_of(tmp_path)
    before = watch.stamps()
    save(file)
    _, changed = next(watch.changes(before, lambda _: None))
    assert file in changed


def test_what_lies_beside_the_settings_and_is_no_part_of_the_look_is_not_watched(tmp_path: Path) -> None:
    company(tmp_path, [])
    watch = watch_of(tmp_path)
    before = watch.stamps()
    (tmp_path / "preview.pdf").write_bytes(b"%PDF")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "~$letter.docx").write_bytes(b"lock")
    assert watch.stamps() == before
    (tmp_path / "logo.svg").write_text("<svg/>", "utf-8")
    assert watch.stamps() != before
    assert watch_of(None).stamps() == {}
