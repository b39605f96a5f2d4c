"""What is named for the archive: scans are taken out of folders, each content once, and the rest is told."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from docgen.archive.filing import carry_out, kept_file, opened_archive, planned
from docgen.archive.given import Given, look_at
from docgen.archive.intake import take_in
from docgen.errors import UsageError
from docgen.model.issued import IssuedFile
from docgen.model.returned import Copy, CopyPage
from docgen.office.publish import PRIVATE
from docgen.office.returned_lines import returned_entry
from docgen.office.returns import Returns
from docgen.office.store import Store
from tests.archive.intake_help import ON, issued, office, scan


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened_archive(office(tmp_path / "out", issued("S1-1-L")), PRIVATE) as made:
        yield made


def given(store: Store, *paths: Path) -> Given:
    return look_at(paths, store.out, Returns(store.register))


def names(found: Given) -> list[str]:
    return [file.path.name for file in found.files]


def test_scans_are_taken_out_of_a_folder_in_the_order_in_which_people_count(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "scans"
    (folder / "more").mkdir(parents=True)
    for name in ("scan10.pdf", "scan2.pdf", "SCAN1.PDF", "more/a.pdf", ".hidden.pdf"):
        (folder / name).write_bytes(scan(name))
    (folder / "notes.txt").write_text("mine", "utf-8")
    found = given(store, folder)
    assert names(found) == ["a.pdf", "SCAN1.PDF", "scan2.pdf", "scan10.pdf"]
    assert [one.en.split(": ")[0] for one in found.left_out] == [str(folder / "notes.txt")] and not found.refused


def test_a_folder_without_scans_is_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = given(store, tmp_path / "empty")
    assert not found.files and "holds no PDF" in found.refused[0].en


def test_the_offices_own_folder_is_no_scan(store: Store, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(scan("one"))
    found = given(store, tmp_path)
    assert names(found) == ["scan.pdf"] and "the office's own documents" in found.left_out[0].en


def test_the_same_content_is_taken_once(store: Store, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(scan("one"))
    found = given(store, tmp_path / "a.pdf", tmp_path / "b.pdf", tmp_path / "a.pdf")
    assert names(found) == ["a.pdf"]
    assert [one.en for one in found.left_out] == [
        f"{tmp_path / 'b.pdf'}: holds the very same as {tmp_path / 'a.pdf'}; taken once"
    ]


def test_what_is_in_a_pile_already_is_refused_and_told_which(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(scan("one"))
    taken = take_in(store, given(store, tmp_path / "a.pdf").files, ON)
    (tmp_path / "again.pdf").write_bytes(scan("one"))
    found = given(store, tmp_path / "again.pdf")
    assert not found.files and "2026-11-23" in found.refused[0].en and taken.pile.name in found.refused[0].zh
    resumed = look_at([tmp_path / "again.pdf"], store.out, Returns(store.register), [taken.pile.name])
    assert not resumed.refused and "is sorted now" in resumed.left_out[0].en


def test_the_folder_of_a_scanner_can_be_given_again_with_what_is_new_in_it(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    for name in ("1.pdf", "2.pdf"):
        (folder / name).write_bytes(scan(name))
    take_in(store, given(store, folder).files, ON)
    again = given(store, folder)
    assert not again.files and not again.left_out
    assert [one.en.partition(".")[0] for one in again.refused] == [
        f"{folder}: holds nothing new, all was taken in before; files: 2"
    ]
    (folder / "3.pdf").write_bytes(scan("three"))
    grown = given(store, folder)
    assert names(grown) == ["3.pdf"] and not grown.refused
    assert [one.en for one in grown.left_out] == [f"{folder}: what was taken in before is left out; files: 2"]


def test_what_is_no_scan_is_refused_by_its_bytes(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no PDF at all")
    found = given(store, tmp_path / "a.pdf")
    assert not found.files and len(found.refused) == 1 and "a.pdf" in found.refused[0].en


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no such names")
def test_a_file_whose_name_is_no_text_is_to_be_renamed(store: Store, tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"scan \xff.pdf")
    file.write_bytes(scan("one"))
    found = given(store, file)
    assert not found.files and "rename the file" in found.refused[0].en


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes")
def test_what_is_no_file_is_not_opened(store: Store, tmp_path: Path) -> None:
    """Whoever opens a pipe waits until somebody writes."""
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nothing.pdf")
    found = given(store, tmp_path, tmp_path / "pipe.pdf")
    assert not found.files
    assert [one.en.partition(": ")[2][:12] for one in found.refused] == ["is no file; ", "is no file; ", "can't be rea"]


def test_a_folder_that_is_not_gone_into_is_told(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("closed", "elsewhere"):
        (tmp_path / name).mkdir()
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "linked").symlink_to(tmp_path / "elsewhere")
    assert "is a link to another folder" in given(store, tmp_path / "scans").refused[0].en

    def refuse(folder: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert "Permission denied" in given(store, tmp_path / "closed").refused[0].en


def test_a_pdf_as_it_was_issued_is_no_signed_paper(store: Store, tmp_path: Path) -> None:
    made = replace(issued("S2-1-L"), on=ON)
    content = scan("as it was issued")
    file = IssuedFile("S2/S2-1-L-r1.pdf", sha256(content).hexdigest(), len(content), 1)
    store.issue(replace(made, files={"pdf": file}), {"pdf": content})
    (tmp_path / "back.pdf").write_bytes(content)
    found = given(store, tmp_path / "back.pdf")
    assert not found.files and "S2-1-L r1, which nobody has signed" in found.refused[0].en
    assert "S2-1-L r1" in found.refused[0].zh


def test_what_lies_in_the_archive_is_no_further_copy(store: Store, tmp_path: Path) -> None:
    content = scan("a copy that somebody mailed back")
    kept = kept_file("signed/2026/S1-1/S1-1-L-r1.s1.pdf", content)
    (tmp_path / "mailed.pdf").write_bytes(content)
    line = returned_entry(Copy("S1-1-L", 1, 1, kept, 1, (CopyPage(1, "1a2b3c4d-1"),)), ON)
    carry_out(store, planned(store, ON, [kept], [line]), {kept.path: content})
    found = given(store, tmp_path / "mailed.pdf")
    assert not found.files and kept.path in found.refused[0].en
    assert "the office's own documents" in given(store, store.out / "archive" / "signed").left_out[0].en


def test_what_is_not_there_stops_the_command(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="check the name"):
        given(store, tmp_path / "nothing.pdf")
