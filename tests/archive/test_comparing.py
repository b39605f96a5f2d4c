"""Each file that was changed, is missing, was renamed or added is found, and named."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from docgen.archive.filing import opened_archive
from docgen.office.entries import entry_of
from docgen.office.publish import PRIVATE
from tests.archive.kept_help import take_in
from tests.archive.verify_help import (
    COPY,
    EARLIER,
    ISSUED,
    OTHER,
    PART,
    flip,
    found,
    overwrite,
    picture_of,
    remarks,
    verify,
)


@pytest.fixture
def out(kept_copy: Path) -> Path:
    return kept_copy


def report_of(out: Path) -> str:
    (report,) = (out / "archive" / "intake").rglob("report.json")
    return report.relative_to(out).as_posix()


def pile_of(out: Path) -> str:
    (given,) = (out / "archive" / "intake").rglob("001-*")
    return given.relative_to(out).as_posix()


WHICH: dict[str, Callable[[Path], str]] = {
    "pile": pile_of,
    "report": report_of,
    "copy": lambda _: COPY,
    "incomplete copy": lambda _: PART,
    "picture": picture_of,
    "issued": lambda _: ISSUED,
    "issued before": lambda _: EARLIER,
}


@pytest.mark.parametrize("which", WHICH)
def test_each_file_on_record_is_missed_and_its_change_seen(which: str, out: Path) -> None:
    path = WHICH[which](out)
    flip(out / path)
    assert found(out) == [("changed", path, "")]
    (out / path).unlink()
    assert found(out) == [("missing", path, "")]


def test_a_file_that_became_shorter_or_longer_has_changed(out: Path) -> None:
    whole = (out / COPY).read_bytes()
    for other in (whole[:-1], whole + b"\0", b""):
        overwrite(out / COPY, other)
        assert found(out) == [("changed", COPY, "")]


def test_two_files_that_were_swapped_are_named_together(out: Path) -> None:
    (out / COPY).rename(out / "aside")
    (out / OTHER).rename(out / COPY)
    (out / "aside").rename(out / OTHER)
    assert found(out) == [("changed", COPY, OTHER), ("changed", OTHER, COPY)]


def test_a_renamed_file_is_told_with_both_names(out: Path) -> None:
    new = "archive/signed/2026/elsewhere/new name.pdf"
    (out / new).parent.mkdir()
    (out / COPY).rename(out / new)
    assert found(out) == [("renamed", COPY, new)]
    (out / ISSUED).rename(out / "archive" / "letter.pdf")
    assert found(out) == [("renamed", ISSUED, "archive/letter.pdf"), ("renamed", COPY, new)]


def test_a_folder_that_was_renamed_is_told_file_by_file(out: Path) -> None:
    (out / "archive/signed/2026").rename(out / "archive/signed/2025")
    assert found(out) == [("renamed", path, path.replace("/2026/", "/2025/")) for path in (COPY, OTHER)]


def test_what_is_not_on_record_is_told_wherever_it_lies(out: Path) -> None:
    foreign = ["archive/.hidden", "archive/queue/x/y/z.png", "archive/signed/2026/S1-202601/letter.pdf"]
    for path in foreign:
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(path.encode())
    shutil.copy(out / COPY, out / "archive/copy.pdf")
    assert found(out) == sorted([("foreign", "archive/copy.pdf", COPY), *(("foreign", path, "") for path in foreign)])


def test_what_file_managers_leave_is_worth_a_word_where_nothing_is_missing_in_it(out: Path) -> None:
    names = [".DS_Store", "._S1.pdf", ".~lock.a.odt#", "Thumbs.db", "desktop.ini", "~$letter.docx"]
    for name in names:
        (out / "archive/signed/2026" / name).write_bytes(b"x")
    assert found(out) == [] and remarks(out) == [("litter", f"archive/signed/2026/{name}") for name in names]
    (out / COPY).rename(out / "archive/signed/2026/Thumbs.db")
    assert found(out) == [("renamed", COPY, "archive/signed/2026/Thumbs.db")]


def test_a_file_that_has_not_its_size_is_not_read_unless_it_may_be_another(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a file of any size could hold verifying up."""
    read: list[str] = []
    real = os.open

    def noted(path: str, *arguments: int, **more: int) -> int:
        read.append(str(path))
        return real(path, *arguments, **more)

    monkeypatch.setattr(os, "open", noted)
    for path in (COPY, "archive/foreign"):
        overwrite(out / path, b"")
        os.truncate(out / path, 1 << 40)
    assert found(out) == [("changed", COPY, ""), ("foreign", "archive/foreign", "")]
    assert not any(path.endswith((COPY, "foreign")) for path in read) and any(path.endswith(OTHER) for path in read)


def test_a_name_that_only_looks_the_same_is_told_as_such(out: Path) -> None:
    with opened_archive(out, PRIVATE) as store:
        (given,) = take_in(store, "Ren\u00e9.pdf", 1).files
    decomposed = unicodedata.normalize("NFD", given.file.path)
    (out / "archive" / given.file.path).rename(out / "archive" / decomposed)
    (fault,) = verify(out).faults
    assert (fault.kind, fault.other) == ("renamed", f"archive/{decomposed}") and "only looks the same" in fault.said.en


def test_outside_the_archive_an_office_may_keep_what_it_likes(out: Path) -> None:
    (out / "Sales" / "notes.txt").write_text("mine", "utf-8")
    (out / "archive" / "queue" / "empty folder").mkdir()
    assert verify(out).findings == []


def link(place: Path) -> None:
    place.rename(place.parents[4] / "moved")
    place.symlink_to(place.parents[4] / "moved")


def folder(place: Path) -> None:
    place.unlink()
    place.mkdir()


def pipe(place: Path) -> None:
    place.unlink()
    os.mkfifo(place)


@pytest.mark.parametrize(
    ("put", "said"), [(link, "a link"), (folder, "a folder"), (pipe, "a pipe, a socket or a device")]
)
def test_what_is_no_file_does_not_pass_for_one(put: Callable[[Path], None], said: str, out: Path) -> None:
    put(out / COPY)
    (fault,) = verify(out).faults
    assert (fault.kind, fault.path, fault.said.en) == ("replaced", COPY, said)


@pytest.mark.parametrize("path", ["archive", "archive/signed", "archive/signed/2026"])
def test_a_link_in_a_folders_place_is_told_once_and_not_followed(path: str, out: Path) -> None:
    (out / path).rename(out.parent / "elsewhere")
    (out / path).symlink_to(out.parent / "elsewhere")
    assert found(out) == [("replaced", path, "")]


def test_a_file_in_a_folders_place_is_told_once(out: Path) -> None:
    shutil.rmtree(out / "archive/signed")
    (out / "archive/signed").write_bytes(b"x")
    assert found(out) == [("replaced", "archive/signed", "")]


def test_links_and_pipes_that_are_not_on_record_are_foreign(out: Path) -> None:
    (out / "archive/link").symlink_to(out / COPY)
    (out / "archive/signed/to a folder").symlink_to(out)
    os.mkfifo(out / "archive/pipe")
    assert [one[:2] for one in found(out)] == [
        ("foreign", "archive/link"),
        ("foreign", "archive/pipe"),
        ("foreign", "archive/signed/to a folder"),
    ]


def test_an_archive_that_is_gone_is_missed_file_by_file(out: Path) -> None:
    shutil.rmtree(out / "archive")
    kinds = [kind for kind, _, _ in found(out)]
    assert kinds == ["missing"] * 6


def test_a_file_that_cannot_be_read_is_told_with_the_reason(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(path: str, *arguments: int, **more: int) -> int:
        if str(path).endswith(COPY):
            raise OSError(5, "Input/output error")
        return real(path, *arguments, **more)

    monkeypatch.setattr(os, "open", refuse)
    (fault,) = verify(out).faults
    assert (fault.kind, fault.path, fault.said.en) == ("unreadable", COPY, "Input/output error")


def test_a_path_on_record_that_leads_out_of_the_folder_is_not_read(out: Path) -> None:
    """A line by another hand must not have docgen read whatever lies on the machine."""
    (out.parent / "secret").write_bytes(b"x")
    with opened_archive(out, PRIVATE) as store:
        issued = store.register.standing("S2-202601-L")
        assert issued
        file = replace(issued.files["pdf"], path="../secret")
        store.record([entry_of(replace(issued, number="X-L", files={"pdf": file}))])
    assert found(out) == [("missing", "../secret", "")] and verify(out).read == 14
