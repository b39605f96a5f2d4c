"""Verifying finds what is wrong in a folder, tells what a stopped run left there, and changes nothing itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from docgen.archive import verifying
from docgen.archive.filing import kept_file, opened_archive, planned
from docgen.archive.verifying import Sample, Survey, surveyed, verified
from docgen.errors import EnvironmentLacks
from docgen.model.returned import Pile, PileFile
from docgen.office import publish
from docgen.office.index import INDEX
from docgen.office.ledger import Entry, Ledger
from docgen.office.lock import LOCK, locked
from docgen.office.publish import PRIVATE
from docgen.office.returned_lines import filing_entry, taken_in_entry
from tests.archive.intake_help import added, code, issued, office, scan
from tests.archive.kept_help import ON, content, file_away, files_in, issue, take_in
from tests.archive.verify_help import (
    COPY,
    ISSUED,
    LIST,
    OTHER,
    PART,
    finish,
    flip,
    found,
    overwrite,
    picture_of,
    remarks,
    verify,
)

PILE = "2026-03-02-0a1b2c3d"


@pytest.fixture
def out(kept_copy: Path) -> Path:
    return kept_copy


def state(out: Path) -> dict[str, tuple[int, int, int]]:
    """Of all that is there, but the lock that everybody takes: inode, size, time of the last change."""
    there = {path.relative_to(out).as_posix(): path.lstat() for path in [out, *out.rglob("*")] if path.name != LOCK}
    return {name: (one.st_ino, one.st_size, one.st_mtime_ns) for name, one in there.items()}


def test_a_whole_archive_raises_nothing(out: Path) -> None:
    one = verify(out)
    assert one.findings == []
    assert (one.archived, one.issued) == (6, 8) and one.read == 14
    assert one.size == sum(len(content) for name, content in files_in(out).items() if "/" in name and name != LIST)


def test_verifying_changes_nothing_on_disk(out: Path) -> None:
    flip(out / COPY)
    (out / "archive" / "foreign").write_bytes(b"x")
    before, contents = state(out), files_in(out)
    assert len(found(out)) == 2
    assert state(out) == before and files_in(out) == contents


def test_an_office_that_never_had_an_archive_is_verified_by_what_it_issued(tmp_path: Path) -> None:
    with opened_archive(tmp_path, PRIVATE) as store:
        issue(store, "S1-202601-L")
    assert verify(tmp_path).findings == [] and verify(tmp_path).read == 2
    (tmp_path / "Sales/S1-202601/S1-202601-L-r1.pdf").unlink()
    assert found(tmp_path) == [("missing", "Sales/S1-202601/S1-202601-L-r1.pdf", "")]


def test_findings_come_with_the_worst_first(out: Path) -> None:
    (out / INDEX).unlink()
    (out / COPY).unlink()
    (out / "archive" / "foreign").write_bytes(b"x")
    overwrite(out / LIST, b"")
    kinds = [one.kind for one in verify(out).findings]
    assert kinds == ["no_register", "missing", "foreign", *["manifest"] * 6]


# The manifest


def test_a_manifest_that_is_gone_or_no_file_is_told(out: Path) -> None:
    (out / LIST).unlink()
    assert found(out) == [("no_manifest", LIST, "")]
    (out / LIST).mkdir()
    assert found(out) == [("replaced", LIST, "")]


def test_a_line_of_the_manifest_that_differs_from_the_record_is_named(out: Path) -> None:
    lines = (out / LIST).read_bytes().splitlines(keepends=True)
    lines[2] = b"0" * 64 + lines[2][64:]
    overwrite(out / LIST, b"".join(lines))
    (fault,) = verify(out).faults
    assert (fault.kind, fault.path, fault.line) == ("manifest", LIST, 3) and "another hash" in fault.said.en


def test_an_old_manifest_is_told_with_what_it_lacks_and_lists_in_vain(out: Path) -> None:
    old = (out / LIST).read_bytes()
    finish(out)
    assert verify(out).findings == []
    overwrite(out / LIST, old)
    said = {one.said.en for one in verify(out).faults}
    assert len(said) == 3 and any(one.endswith("L-r1.s1.1of2.pdf, which is not on record") for one in said)
    assert {one.kind for one in verify(out).faults} == {"manifest"}


# What stopped runs leave


def test_what_was_replaced_and_not_yet_removed_is_worth_a_word(out: Path) -> None:
    picture = picture_of(out)
    old = {path: (out / path).read_bytes() for path in (PART, picture)}
    finish(out)
    assert not (out / PART).exists() and not (out / picture).exists()
    for path, one in old.items():
        overwrite(out / path, one)
    assert found(out) == [] and remarks(out) == [("left", PART), ("left", picture)]
    flip(out / PART)
    assert found(out) == [("foreign", PART, "")] and remarks(out) == [("left", picture)]


def test_a_half_written_file_is_worth_a_word(out: Path) -> None:
    path = "archive/signed/2026/.docgen-0123456789abcdef.tmp"
    (out / path).write_bytes((out / COPY).read_bytes())
    assert found(out) == [] and remarks(out) == [("leftover", path)]


def test_a_missing_file_that_is_called_like_a_half_written_one_is_found(out: Path) -> None:
    """What is only called so may be deleted, so it must hold nothing that is missing."""
    path = "archive/signed/2026/.docgen-0123456789abcdef.tmp"
    (out / COPY).rename(out / path)
    assert found(out) == [("renamed", COPY, path)] and remarks(out) == []


def test_a_pile_that_was_not_sorted_is_worth_a_word(out: Path) -> None:
    with opened_archive(out, PRIVATE) as store:
        pile = take_in(store, "more.pdf", 4)
    assert found(out) == [] and remarks(out) == [("unsorted", f"archive/intake/{pile.name}")]


@pytest.mark.parametrize("published", [0, 1, 2, 3])
def test_a_filing_that_was_stopped_is_worth_a_word_wherever_it_stopped(
    published: int, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None, some or all of its files are in place, the last of them the manifest."""
    stop_after(published, out, monkeypatch)
    assert found(out) == [] and ("unfinished", "archive") in remarks(out)
    with opened_archive(out, PRIVATE):
        pass
    assert found(out) == []
    assert remarks(out) == ([("unsorted", f"archive/intake/{PILE}")] if published > 1 else [])


class Stopped(BaseException):
    """As if the machine had stopped there."""


def stop_after(count: int, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pile of two files is being filed, and the run stops once so many were put in place."""
    left = [count]
    real = os.replace

    def replaced(*names: Path) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Stopped
        real(*names)

    def stopped(*_: object) -> None:
        raise Stopped  # all are in place, and not yet on record

    contents = {f"intake/{PILE}/{at}.pdf": content(f"{at}") for at in (1, 2)}
    files = [PileFile(path, kept_file(path, one), at, 1) for at, (path, one) in enumerate(contents.items(), start=1)]
    with monkeypatch.context() as patched, pytest.raises(Stopped), opened_archive(out, PRIVATE) as store:
        patched.setattr(os, "replace", replaced)
        patched.setattr(os, "unlink", stopped)
        patched.setattr(publish, "_take_back", lambda _: None)
        file_away(store, contents, taken_in_entry(Pile(PILE, files), ON))


def test_a_filing_of_another_hand_does_not_excuse_a_changed_file(out: Path) -> None:
    """Nothing that is kept is ever written over, so no stopped run is about to do it."""
    overwrite(out / COPY, b"forged")
    with opened_archive(out, PRIVATE) as store:
        store.record([filing_entry(planned(store, ON, [kept_file(COPY.removeprefix("archive/"), b"forged")], ()))])
    assert found(out) == [("changed", COPY, "")]


def test_a_file_of_a_stopped_filing_that_holds_something_else_is_foreign(out: Path) -> None:
    path = "signed/2026/new.pdf"
    with opened_archive(out, PRIVATE) as store:
        filing = planned(store, ON, [kept_file(path, b"new")], ())
        store.record([filing_entry(filing)])
    (out / "archive" / path).write_bytes(b"old")
    assert found(out) == [("foreign", f"archive/{path}", "")]


# Shares, and other runs


def test_the_shares_together_read_each_file_once(out: Path) -> None:
    parts = 4
    read = [{one.path for one in surveyed(out, Sample(part, parts)).to_read} for part in range(1, parts + 1)]
    assert sum(map(len, read)) == len(set().union(*read)) == 14
    assert max(map(len, read)) < 14


def test_a_share_still_compares_all_names_and_sizes(out: Path) -> None:
    share = next(one for one in (Sample(part, 9) for part in range(1, 10)) if not one.has(COPY) and not one.has(OTHER))
    overwrite(out / COPY, b"shorter")
    (out / OTHER).rename(out / "archive" / "other.pdf")
    (out / ISSUED).unlink()
    (out / "archive" / "foreign").write_bytes(b"x")
    faults = {(one.kind, one.path) for one in verify(out, share).faults}
    assert faults == {("changed", COPY), ("renamed", OTHER), ("missing", ISSUED), ("foreign", "archive/foreign")}


def test_a_share_sees_a_change_among_its_own_files_alone(out: Path) -> None:
    flip(out / COPY)
    shares = [Sample(part, 5) for part in range(1, 6)]
    assert [bool(verify(out, one).faults) for one in shares] == [one.has(COPY) for one in shares]


def test_while_another_run_writes_nothing_is_verified(out: Path) -> None:
    with locked(out, PRIVATE), pytest.raises(EnvironmentLacks, match="another run"):
        surveyed(out)


def test_what_another_run_has_changed_meanwhile_is_no_fault(out: Path) -> None:
    survey = surveyed(out)
    finish(out)
    with pytest.raises(EnvironmentLacks, match="another run"):
        verified(survey)


def test_who_may_not_take_the_lock_is_told_nothing_wrong_at_whatever_moment_of_an_intake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An auditor, who may only read: what was found at one moment of it, with what is there then and later."""
    paper = issued("S1-1-L")
    office_folder = office(tmp_path / "out", paper)
    surveys: list[Survey] = []
    reached = count()

    def stand_in(call: Callable[..., Any]) -> Callable[..., Any]:
        def looked(*arguments: Any, **options: Any) -> Any:
            if next(reached) % 3 == 0:
                surveys.append(surveyed(office_folder))
                assert not verified(surveys[-1]).faults
            return call(*arguments, **options)

        return looked

    with monkeypatch.context() as patched:
        patched.setattr(verifying, "refuse_if_held", lambda _: None)
        for name in ("fsync", "replace", "unlink"):
            patched.setattr(os, name, stand_in(getattr(os, name)))
        added(office_folder, scan(code(paper, 1), ""))
        added(office_folder, scan(code(paper, 2)))
    assert len(surveys) > 10
    for survey in surveys:
        with suppress(EnvironmentLacks):
            assert not verified(survey).faults


def test_what_another_run_clears_away_meanwhile_is_no_fault(out: Path) -> None:
    """It writes no line for that."""
    picture = picture_of(out)
    old = (out / picture).read_bytes()
    finish(out)
    overwrite(out / picture, old)
    survey = surveyed(out)
    (out / picture).unlink()
    assert verified(survey).findings == []


def test_a_file_that_goes_while_others_are_read_is_missed(out: Path) -> None:
    survey = surveyed(out)
    (out / COPY).unlink()
    faults = verified(survey).faults
    assert [(one.kind, one.path) for one in faults] == [("missing", COPY)]


def test_a_ledger_that_grew_meanwhile_does_no_harm_where_nothing_is_wrong(out: Path) -> None:
    survey = surveyed(out)
    Ledger(out).append([Entry("sent", ON, {"id": "x"})])
    assert verified(survey).findings == []
