"""Filing: written down, published, on record; whatever stops it, the next run brings it to an end or takes it back."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docgen.archive import filing
from docgen.archive.filing import carry_out, copied, is_there, kept_file, opened_archive, planned, settle
from docgen.archive.manifest import manifest
from docgen.archive.shelves import MANIFEST, archive_in
from docgen.errors import EnvironmentLacks
from docgen.model.returned import Copy, CopyPage, Pile, PileFile
from docgen.office.ledger import Entry, Ledger
from docgen.office.publish import PRIVATE, SHARED, TEMPORARY, TMP
from docgen.office.returned_lines import FILED, FILING, UNFILED, Filing, filing_entry, returned_entry, taken_in_entry
from docgen.office.returns import Returns
from docgen.office.store import Store
from tests.archive.intake_help import ON, archive, issued, office

LETTER = issued("S1-1-L", pages=2)
HALF, WHOLE = "incomplete/S1-1-L-r1.s1.1of2.pdf", "signed/2026/S1-1/S1-1-L-r1.s1.pdf"
PILE, SCAN = "2026-11-23-0a1b2c3d", "intake/2026-11-23-0a1b2c3d/001-scan.pdf"
FIRST, SECOND = {SCAN: b"the pile", HALF: b"page 1"}, {WHOLE: b"both pages"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened_archive(office(tmp_path / "out", LETTER), PRIVATE) as made:
        yield made


def first(store: Store) -> Filing:
    """A pile, and one page of a paper."""
    files = [kept_file(path, content) for path, content in FIRST.items()]
    pile = Pile(PILE, [PileFile("scan.pdf", files[0], 1, 1)])
    copy = Copy("S1-1-L", 1, 1, files[1], 2, [CopyPage(1, "0a1b2c3d-1")])
    return planned(store, ON, files, [taken_in_entry(pile, ON), returned_entry(copy, ON)])


def second(store: Store) -> Filing:
    """The other page came back: the copy is complete, and its incomplete file goes."""
    file = kept_file(WHOLE, SECOND[WHOLE])
    pages = [CopyPage(1, "0a1b2c3d-1"), CopyPage(2, "0a1b2c3d-2")]
    copy = Copy("S1-1-L", 1, 1, file, 2, pages, replaces=HALF)
    return planned(store, ON, [file], [returned_entry(copy, ON)], [HALF])


def events(store: Store) -> list[str]:
    return [entry.event for entry in Ledger(store.out).read().entries if entry.event not in ("reserved", "issued")]


def listed(store: Store) -> bytes:
    return manifest(Returns(store.register).kept().values())


def check(store: Store, *expected: dict[str, bytes]) -> None:
    """The archive holds exactly that, and record and manifest say so."""
    wanted = {path: content for files in expected for path, content in files.items()}
    assert archive(store.out) == ({**wanted, MANIFEST: listed(store)} if wanted else {})
    assert {*Returns(store.register).kept()} == {*wanted}
    assert Returns(store.register).unfinished() == []


def test_what_is_filed_is_announced_first_and_then_on_record(store: Store) -> None:
    carry_out(store, first(store), FIRST)
    assert events(store) == [FILING, FILED, "taken_in", "returned"]
    check(store, FIRST)


def test_what_was_replaced_goes_once_the_new_file_is_on_record(store: Store) -> None:
    carry_out(store, first(store), FIRST)
    carry_out(store, second(store), SECOND)
    check(store, {SCAN: FIRST[SCAN]}, SECOND)


def test_the_manifest_is_one_that_sha256sum_accepts(store: Store) -> None:
    carry_out(store, first(store), FIRST)
    try:
        done = subprocess.run(
            ["sha256sum", "--strict", "-c", MANIFEST], cwd=archive_in(store.out), capture_output=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("no sha256sum here")
    assert done.returncode == 0 and done.stdout.count(b": OK") == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize(("access", "kept", "own"), [(PRIVATE, 0o400, 0o600), (SHARED, 0o440, 0o660)])
def test_what_is_kept_can_only_be_read(tmp_path: Path, access: Any, kept: int, own: int) -> None:
    with opened_archive(office(tmp_path / "out", LETTER), access) as store:
        carry_out(store, first(store), FIRST)
    modes = {path: stat.S_IMODE((archive_in(tmp_path / "out") / path).stat().st_mode) for path in (*FIRST, MANIFEST)}
    assert modes == {SCAN: kept, HALF: kept, MANIFEST: own}


def test_a_strangers_file_in_the_way_is_left_alone_and_nothing_filed(store: Store) -> None:
    place = archive_in(store.out) / HALF
    place.parent.mkdir(parents=True)
    place.write_bytes(b"mine")
    with pytest.raises(EnvironmentLacks, match="move it away"):
        carry_out(store, first(store), FIRST)
    assert archive(store.out) == {HALF: b"mine"} and events(store) == []


def test_a_file_that_is_kept_is_never_written_over(store: Store) -> None:
    carry_out(store, first(store), FIRST)
    with pytest.raises(AssertionError):
        carry_out(store, first(store), FIRST)


def test_a_file_is_copied_as_it_was_taken_down(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "BLOCK", 3)
    source = tmp_path / "scan.pdf"
    source.write_bytes(FIRST[SCAN])
    plan = first(store)
    carry_out(store, plan, {**FIRST, SCAN: copied(source, plan.files[0])})
    check(store, FIRST)


@pytest.mark.parametrize("change", ["other bytes", "longer", "gone"])
def test_a_source_that_changed_meanwhile_is_not_filed(store: Store, tmp_path: Path, change: str) -> None:
    source = tmp_path / "scan.pdf"
    if change != "gone":
        source.write_bytes({"other bytes": b"the PILE", "longer": b"the pile, and more"}[change])
    plan = first(store)
    with pytest.raises(EnvironmentLacks, match=r"scan\.pdf.*[Nn]othing was filed"):
        carry_out(store, plan, {**FIRST, SCAN: copied(source, plan.files[0])})
    settle(store)
    assert events(store) == [FILING, UNFILED]
    check(store)


def test_a_filing_that_was_only_announced_is_taken_back(store: Store) -> None:
    store.record([filing_entry(first(store))])
    settle(store)
    assert events(store) == [FILING, UNFILED]
    check(store)


def put(store: Store, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        place = archive_in(store.out) / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def test_a_filing_of_which_not_all_is_there_is_taken_back(store: Store) -> None:
    carry_out(store, first(store), FIRST)
    store.record([filing_entry(second(store))])
    settle(store)
    check(store, FIRST)
    other = planned(store, ON, [kept_file("queue/0a1b2c3d-1.png", b"picture"), kept_file("queue/x.png", b"other")], [])
    store.record([filing_entry(other)])
    put(store, {"queue/x.png": b"other", f"queue/{TEMPORARY}1{TMP}": b"half wri"})
    settle(store)
    check(store, FIRST)


def test_a_filing_of_which_all_is_there_is_brought_to_its_end(store: Store) -> None:
    carry_out(store, first(store), FIRST)
    store.record([filing_entry(second(store))])
    put(store, SECOND)
    settle(store)
    assert events(store)[-3:] == [FILING, FILED, "returned"]
    check(store, {SCAN: FIRST[SCAN]}, SECOND)


def test_settling_removes_nothing_that_is_not_docgens_own(store: Store) -> None:
    carry_out(store, first(store), FIRST)
    plan = planned(
        store, ON, [kept_file(HALF, b"page 1"), kept_file(WHOLE, b"both pages"), kept_file("queue/x.png", b"x")], []
    )
    store.record([filing_entry(plan)])
    put(store, {WHOLE: b"somebody's", "queue/y.png": b"too"})
    settle(store)
    assert archive(store.out) == {**FIRST, WHOLE: b"somebody's", "queue/y.png": b"too", MANIFEST: listed(store)}


def test_settling_passes_through_no_link(store: Store, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/x.png").write_bytes(b"x")
    archive_in(store.out).mkdir()
    (archive_in(store.out) / "queue").symlink_to(tmp_path / "elsewhere")
    store.record([filing_entry(planned(store, ON, [kept_file("queue/x.png", b"x")], []))])
    settle(store)
    assert (tmp_path / "elsewhere/x.png").read_bytes() == b"x" and events(store)[-1] == UNFILED


def test_what_was_replaced_and_is_still_there_goes(store: Store) -> None:
    carry_out(store, first(store), FIRST)
    carry_out(store, second(store), SECOND)
    put(store, {HALF: FIRST[HALF]})
    settle(store)
    check(store, {SCAN: FIRST[SCAN]}, SECOND)
    put(store, {HALF: b"another file of that name"})
    settle(store)
    assert archive(store.out)[HALF] == b"another file of that name"


@pytest.mark.parametrize("there", [None, b"", b"0000  other\n"])
def test_a_manifest_that_says_other_than_the_record_is_made_anew(store: Store, there: bytes | None) -> None:
    carry_out(store, first(store), FIRST)
    place = archive_in(store.out) / MANIFEST
    place.unlink()
    if there is not None:
        place.write_bytes(there)
    settle(store)
    check(store, FIRST)


def test_where_nothing_came_back_no_archive_is_made(store: Store) -> None:
    settle(store)
    assert not archive_in(store.out).exists()


def test_a_line_of_another_hand_does_not_let_a_filing_lead_elsewhere(store: Store) -> None:
    (store.out / "mine.txt").write_bytes(b"mine")
    odd = {"path": "../mine.txt", "sha256": kept_file("", b"mine").sha256, "size": 4}
    store.record([Entry(FILING, ON, {"mark": "1", "files": [odd], "gone": [], "lines": []})])
    settle(store)
    assert (store.out / "mine.txt").read_bytes() == b"mine"


def test_only_a_plain_file_with_the_very_bytes_is_there(tmp_path: Path) -> None:
    file = kept_file("a", b"content")
    place = tmp_path / "a"
    assert not is_there(place, file)
    place.write_bytes(b"content")
    assert is_there(place, file)
    (tmp_path / "link").symlink_to(place)
    assert not is_there(tmp_path / "link", file)
    place.write_bytes(b"CONTENT")
    assert not is_there(place, file) and not is_there(tmp_path, file)
