"""Filing: written down, published, on record; whatever stops it, the next run brings it to an end or takes it back."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from docgen.archive import filing
from docgen.archive.filing import carry_out, copied, is_there, kept_file, opened_archive, planned, settle
from docgen.archive.manifest import manifest
from docgen.archive.shelves import MANIFEST, archive_in
from docgen.errors import EnvironmentLacks, RecordFault
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
    assert events(store) == [FILING, "taken_in", "returned", FILED]
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
    assert events(store)[-3:] == [FILING, "returned", FILED]
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


def test_a_manifest_that_is_gone_is_made_anew(store: Store) -> None:
    carry_out(store, first(store), FIRST)
    (archive_in(store.out) / MANIFEST).unlink()
    settle(store)
    check(store, FIRST)


@pytest.mark.parametrize("is_there", [True, False])
def test_where_the_whole_archive_is_gone_no_second_one_is_begun(store: Store, is_there: bool) -> None:
    """Its disk may not be connected."""
    carry_out(store, first(store), FIRST)
    folder = archive_in(store.out)
    folder.rename(store.out / "elsewhere")
    if is_there:
        folder.mkdir()
    with pytest.raises(RecordFault, match="2 files are on record there"):
        settle(store)
    assert archive(store.out) == {} and folder.exists() == is_there
    (folder / "intake").mkdir(parents=True)
    settle(store)
    assert archive(store.out) == {MANIFEST: listed(store)}


def falsified(place: Path) -> None:
    place.write_bytes(place.read_bytes().replace(b"1", b"2"))


def of_a_file_more(place: Path) -> None:
    """As where the line of the ledger that told of it is gone."""
    place.write_bytes(place.read_bytes() + manifest([kept_file("signed/2026/S9-1/S9-1-L-r1.s1.pdf", b"9")]))


def no_file(place: Path) -> None:
    place.unlink()
    place.mkdir()


def a_link(place: Path) -> None:
    place.rename(place.with_name("list"))
    place.symlink_to("list")


@pytest.mark.parametrize("change", [falsified, of_a_file_more, no_file, a_link, lambda place: place.write_bytes(b"")])
def test_a_manifest_that_no_run_left_so_is_kept_and_nothing_filed_until_it_is_moved_away(
    store: Store, change: Callable[[Path], None]
) -> None:
    carry_out(store, first(store), FIRST)
    store.record([filing_entry(second(store))])
    put(store, SECOND)
    place = archive_in(store.out) / MANIFEST
    change(place)
    before, known = archive(store.out), events(store)
    with pytest.raises(RecordFault, match="move this file away") as raised:
        settle(store)
    assert raised.value.words.zh and archive(store.out) == before and events(store) == known
    place.rename(store.out / "odd list")
    settle(store)
    (archive_in(store.out) / "list").unlink(missing_ok=True)
    check(store, {SCAN: FIRST[SCAN]}, SECOND)


def test_wherever_settling_stops_the_manifest_says_what_the_record_does_or_will(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before a line is written that says how a filing ended, the manifest says so already."""
    carry_out(store, first(store), FIRST)
    store.record([filing_entry(second(store))])
    put(store, SECOND)
    seen: list[bool] = []
    record = Store.record

    def looked(of: Store, entries: Iterable[Entry]) -> None:
        record(of, entries)
        seen.append((archive_in(of.out) / MANIFEST).read_bytes() == listed(of))

    monkeypatch.setattr(Store, "record", looked)
    settle(store)
    store.record(
        [filing_entry(planned(store, ON, [kept_file("queue/x.png", b"x"), kept_file("queue/y.png", b"y")], []))]
    )
    put(store, {"queue/x.png": b"x"})
    settle(store)
    assert events(store)[-2:] == [FILING, UNFILED] and all(seen)


def test_a_filing_of_another_hand_cannot_take_the_place_of_what_is_kept(store: Store) -> None:
    carry_out(store, first(store), FIRST)
    store.record([filing_entry(planned(store, ON, [kept_file(HALF, b"forged")], []))])
    (archive_in(store.out) / HALF).unlink()
    put(store, {HALF: b"forged"})
    settle(store)
    assert events(store)[-2:] == [FILING, UNFILED] and archive(store.out)[HALF] == b"forged"
    assert Returns(store.register).kept()[HALF] == kept_file(HALF, FIRST[HALF])


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
