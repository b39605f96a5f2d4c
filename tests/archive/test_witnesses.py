"""What was done to the ledger is told by its own lines, by the register, or by an anchor."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docgen.archive.anchor import anchor_of
from docgen.archive.verifying import surveyed, verified
from docgen.office import index
from docgen.office.index import INDEX
from docgen.office.index_file import BESIDE
from docgen.office.ledger import LEDGER, Entry, Ledger
from docgen.office.publish import PRIVATE
from docgen.office.recovery import recover
from docgen.office.store import opened
from tests.archive.kept_help import ON
from tests.archive.verify_help import (
    LIST,
    PART,
    finish,
    found,
    lines_of,
    picture_of,
    remarks,
    verify,
    write_lines,
)


@pytest.fixture
def out(kept_copy: Path) -> Path:
    return kept_copy


def named(out: Path) -> list[tuple[str, int]]:
    """The faults of the ledger: kind and line."""
    return [(one.kind, one.line) for one in verify(out).faults if one.path == LEDGER]


def test_an_edited_line_is_named_by_the_one_that_follows(out: Path) -> None:
    lines = lines_of(out)
    lines[4] = lines[4].replace(b"2026-03-02", b"2026-03-03", 1)
    write_lines(out, lines)
    assert ("ledger", 6) in named(out) and ("lost", 0) in named(out)
    (out / INDEX).unlink()
    assert named(out) == [("ledger", 6)] and ("no_register", INDEX, "") in found(out)


def test_a_fault_that_a_run_has_told_before_is_named_from_wherever_it_is_looked_at(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The register keeps the sentence as it was told, with the path of that day."""
    lines = lines_of(out)
    write_lines(out, [*lines[:3], *lines[4:]])
    (out / INDEX).unlink()
    with opened(out, PRIVATE):
        pass
    monkeypatch.chdir(out.parent)
    (fault,) = verify(Path(out.name)).faults
    assert (fault.kind, fault.line) == ("ledger", 4) and fault.said.en.startswith("this line does not follow line 3")
    assert fault.said.zh.startswith("该行与第3行不衔接")


def test_a_line_that_cannot_be_read_is_named(out: Path) -> None:
    lines = lines_of(out)
    lines[4] = lines[4][5:]
    write_lines(out, lines)
    assert ("ledger", 5) in named(out)


@pytest.mark.parametrize(
    ("harm", "line"),
    [
        (lambda lines: [*lines[:4], *lines[5:]], 5),
        (lambda lines: [*lines[:4], lines[5], lines[4], *lines[6:]], 5),
        (lambda lines: [*lines[:5], *lines[4:]], 6),
        (lambda lines: lines[1:], 1),
    ],
    ids=["taken out", "swapped", "doubled", "first taken out"],
)
def test_lines_taken_out_moved_or_doubled_are_named(
    harm: Callable[[list[bytes]], list[bytes]], line: int, out: Path
) -> None:
    write_lines(out, harm(lines_of(out)))
    assert ("ledger", line) in named(out)
    (out / INDEX).unlink()
    assert ("ledger", line) in named(out)


def test_the_last_line_that_was_edited_is_named_by_the_register(out: Path) -> None:
    lines = lines_of(out)
    write_lines(out, [*lines[:-1], lines[-1].replace(b"2026-03-02", b"2026-03-03", 1)])
    assert named(out) == [("lost", 0), ("lost", len(lines))]


@pytest.mark.parametrize("left", [0, 1, 3])
def test_lines_cut_off_the_end_are_told_by_the_register(left: int, out: Path) -> None:
    write_lines(out, lines_of(out)[:left])
    assert ("lost", left) in named(out)
    assert any(f"it has {left} lines" in one.said.en for one in verify(out).faults)


def test_a_tail_cut_within_a_line_is_told_by_the_register(out: Path) -> None:
    (out / LEDGER).write_bytes((out / LEDGER).read_bytes()[:-20])
    assert ("lost", 0) in named(out)


def test_a_ledger_that_is_gone_is_told_by_the_register(out: Path) -> None:
    (out / LEDGER).unlink()
    assert ("lost", 0) in named(out)
    assert any("it is gone" in one.said.en for one in verify(out).faults)


@pytest.mark.parametrize(("target", "said"), [("elsewhere", "a link"), ("nowhere", "a link"), ("", "a folder")])
def test_a_link_or_a_folder_in_the_ledgers_place_is_told(target: str, said: str, out: Path) -> None:
    """Even if what it leads to is the ledger: nobody holds that."""
    (out / LEDGER).rename(out / "elsewhere")
    if target:
        (out / LEDGER).symlink_to(target)
    else:
        (out / LEDGER).mkdir()
    (fault,) = verify(out).findings
    assert (fault.kind, fault.path, fault.said.en) == ("replaced", LEDGER, said)


def test_without_ledger_and_register_nothing_says_what_belongs_there(out: Path) -> None:
    for name in (LEDGER, INDEX):
        (out / name).unlink()
    assert found(out) == [("no_ledger", LEDGER, "")] and verify(out).read == 0


def test_an_older_register_reads_on(out: Path) -> None:
    old = (out / INDEX).read_bytes()
    finish(out)
    (out / INDEX).write_bytes(old)
    assert verify(out).findings == [] and (out / INDEX).read_bytes() == old


def test_a_register_that_is_gone_is_told(out: Path) -> None:
    """Whoever cuts lines off the ledger's end has to remove it too."""
    (out / INDEX).unlink()
    assert found(out) == [("no_register", INDEX, "")] and not (out / INDEX).exists()


def test_where_nothing_was_ever_issued_no_register_is_missed(tmp_path: Path) -> None:
    """What is sent out is written down without one."""
    Ledger(tmp_path).append([Entry("sent", ON, {"id": "x"})])
    assert verify(tmp_path).findings == []


def test_a_register_that_is_being_written_when_the_run_is_killed_is_sound(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it was, or as it is to be; what was written of the new one is cleared away."""

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    before = (out / INDEX).read_bytes()
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt), opened(out, PRIVATE) as store:
        store.record([Entry("sent", ON, {"id": "x"})])
        patched.setattr(os, "replace", killed)
        patched.setattr(Path, "unlink", killed)
    assert (out / INDEX).read_bytes() == before and (out / BESIDE).exists() and verify(out).findings == []
    with opened(out, PRIVATE):
        pass
    assert (out / INDEX).read_bytes() != before and not (out / BESIDE).exists() and verify(out).findings == []


def test_a_damaged_register_is_told_and_left_as_it_is(out: Path) -> None:
    for damage in (b"", b"x" * 5000, (out / INDEX).read_bytes().replace(b"Sales", b"sales")):
        (out / INDEX).write_bytes(damage)
        assert found(out) == [("register", INDEX, "")] and (out / INDEX).read_bytes() == damage


def test_a_register_by_another_version_is_worth_a_word(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(index, "FORMAT", index.FORMAT - 1)
        (out / INDEX).unlink()
        with opened(out, PRIVATE):
            pass
    assert found(out) == [] and remarks(out) == [("other_register", INDEX)]


def test_a_register_that_cannot_be_read_is_told(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def refuse(place: str, **more: Any) -> sqlite3.Connection:
        if INDEX in place:
            raise PermissionError(13, "Permission denied")
        return connect(place, **more)

    monkeypatch.setattr(sqlite3, "connect", refuse)
    assert found(out) == [("unreadable", INDEX, "")]


def test_a_folder_in_the_registers_place_is_told(out: Path) -> None:
    (out / INDEX).unlink()
    (out / INDEX).mkdir()
    assert found(out) == [("register", INDEX, "")]


def test_a_ledger_with_an_older_register_and_older_files_are_told_by_the_newer_ones(out: Path) -> None:
    """Ledger and register were put back from an old backup: what was filed since is foreign to them."""
    old, picture = {name: (out / name).read_bytes() for name in (LEDGER, INDEX)}, picture_of(out)
    finish(out)
    for name, one in old.items():
        (out / name).write_bytes(one)
    assert {(kind, path) for kind, path, _ in found(out)} == {
        ("unrecorded", PART.replace("incomplete", "signed/2026/S3-202601").replace(".1of2", "")),
        ("manifest", LIST),
        ("missing", PART),
        ("missing", picture),
    }


def test_damage_that_somebody_noted_is_told_no_more(out: Path) -> None:
    lines = lines_of(out)
    lines[4] = lines[4].replace(b"2026-03-02", b"2026-03-03", 1)
    write_lines(out, lines)
    assert found(out)
    list(recover(out, "no backup", ON, PRIVATE))
    assert found(out) == []


def test_an_anchor_tells_what_nothing_else_can(out: Path) -> None:
    """The whole folder was put back from an old backup."""
    shutil.copytree(out, out.parent / "backup", symlinks=True)
    finish(out)
    anchor = anchor_of(Ledger(out))
    assert verified(surveyed(out, anchor=anchor)).findings == []
    back = out.parent / "backup"
    assert verify(back).findings == []
    (fault,) = verified(surveyed(back, anchor=anchor)).faults
    assert (fault.kind, fault.path) == ("anchor", LEDGER) and "cut off" in fault.said.en
