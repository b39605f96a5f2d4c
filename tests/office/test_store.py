"""The folder of an office: what is on record of a file against what lies there, and what a stopped run left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from docgen.errors import EnvironmentLacks, RecordFault, UsageError
from docgen.model.issued import Issued, IssuedFile
from docgen.office.entries import RESERVED, entry_of
from docgen.office.ledger import Ledger
from docgen.office.publish import PRIVATE
from docgen.office.store import Store, looked_at, opened
from docgen.paper import Format

DAY = date(2026, 3, 2)
WORD, PDF = "Sales/S1/S1-L-r1.docx", "Sales/S1/S1-L-r1.pdf"
CONTENTS: dict[Format, bytes] = {"docx": b"word", "pdf": b"pdf"}


def file(path: str, content: bytes) -> IssuedFile:
    return IssuedFile(path, sha256(content).hexdigest(), len(content))


FILES = {"docx": file(WORD, b"word"), "pdf": file(PDF, b"pdf")}
LETTER = Issued("S1-L", 1, "S1", "letter", DAY, DAY, "c", "l", {}, FILES)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "out", PRIVATE) as held:
        yield held


def test_a_document_is_reserved_published_and_written_down(store: Store) -> None:
    written = store.issue(LETTER, CONTENTS)
    assert [path.read_bytes() for path in written] == [b"word", b"pdf"]
    assert [entry.event for entry in store.ledger.read().entries] == ["reserved", "issued"]
    assert store.register.standing("S1-L") == LETTER and not store.register.unfinished()


def test_what_could_not_be_published_is_not_issued(store: Store) -> None:
    (store.out / "Sales").write_text("mine", "utf-8")
    with pytest.raises(EnvironmentLacks):
        store.issue(LETTER, CONTENTS)
    assert store.register.standing("S1-L") is None and store.register.unfinished() == [LETTER]


def test_a_file_is_there_gone_or_changed(store: Store) -> None:
    store.issue(LETTER, CONTENTS)
    assert store.state(FILES["docx"]) == "there"
    (store.out / WORD).write_bytes(b"other")
    (store.out / PDF).unlink()
    assert (store.state(FILES["docx"]), store.state(FILES["pdf"])) == ("changed", "gone")


@pytest.mark.parametrize("kind", ["folder", "link to the same", "link to nothing"])
def test_what_is_no_file_counts_as_changed(kind: str, store: Store) -> None:
    store.issue(LETTER, CONTENTS)
    place = store.out / WORD
    content = place.read_bytes()
    place.unlink()
    match kind:
        case "folder":
            place.mkdir()
        case "link to the same":
            (store.out / "same").write_bytes(content)
            place.symlink_to(store.out / "same")
        case _:
            place.symlink_to(store.out / "none")
    assert store.state(FILES["docx"]) == "changed"


def reserve(out: Path, issued: Issued, *there: str) -> None:
    """A run reserved a document and was stopped; of its files those ``there`` had been put in place."""
    Ledger(out).append([entry_of(issued, RESERVED)])
    for name in there:
        place = out / issued.files[name].path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(CONTENTS["docx" if name == "docx" else "pdf"])


def events(out: Path) -> list[str]:
    return [entry.event for entry in Ledger(out).read().entries]


def test_what_a_stopped_run_had_put_in_place_is_issued_by_the_next(tmp_path: Path) -> None:
    reserve(tmp_path, LETTER, "docx", "pdf")
    with opened(tmp_path, PRIVATE) as store:
        assert store.register.standing("S1-L") == LETTER and not store.register.unfinished()
    assert events(tmp_path) == ["reserved", "issued"]


@pytest.mark.parametrize("there", [(), ("docx",), ("pdf",)])
def test_what_a_stopped_run_had_put_in_place_in_part_is_taken_away(there: tuple[str, ...], tmp_path: Path) -> None:
    reserve(tmp_path, LETTER, *there)
    with opened(tmp_path, PRIVATE) as store:
        assert store.register.standing("S1-L") is None and not store.register.unfinished()
    assert events(tmp_path) == ["reserved", "abandoned"]
    assert not [path for path in tmp_path.rglob("S1-L*")]


def test_another_file_in_the_place_of_a_reserved_one_stays(tmp_path: Path) -> None:
    reserve(tmp_path, LETTER, "pdf")
    (tmp_path / WORD).write_bytes(b"mine")
    with opened(tmp_path, PRIVATE):
        assert (tmp_path / WORD).read_bytes() == b"mine" and not (tmp_path / PDF).exists()


def test_what_is_on_record_stays_though_a_stopped_run_was_about_to_add_to_it(tmp_path: Path) -> None:
    word_only = replace(LETTER, files={"docx": FILES["docx"]})
    with opened(tmp_path, PRIVATE) as store:
        store.issue(word_only, {"docx": b"word"})
    reserve(tmp_path, LETTER)
    with opened(tmp_path, PRIVATE) as store:
        assert store.register.standing("S1-L") == word_only and (tmp_path / WORD).exists()


@pytest.mark.parametrize("whole", [True, False])
def test_a_file_of_another_paper_is_never_taken_away_nor_issued_twice(whole: bool, tmp_path: Path) -> None:
    """The ledger was edited or merged: a line reserves what was issued under another number."""
    with opened(tmp_path, PRIVATE) as store:
        store.issue(LETTER, CONTENTS)
    files = FILES if whole else {"docx": FILES["docx"], "pdf": file("Sales/S1/none.pdf", b"pdf")}
    reserve(tmp_path, replace(LETTER, number="X-1", files=files))
    with opened(tmp_path, PRIVATE) as store:
        assert store.register.standing("X-1") is None and not store.register.unfinished()
        assert all(store.state(one) == "there" for one in FILES.values())


def test_a_trial_knows_what_would_be_issued_first(tmp_path: Path) -> None:
    reserve(tmp_path, LETTER, "docx", "pdf")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with looked_at(tmp_path) as store:
        assert store and store.register.standing("S1-L") == LETTER
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_trial_knows_what_a_stopped_run_has_left(tmp_path: Path) -> None:
    reserve(tmp_path, LETTER, "docx")
    with looked_at(tmp_path) as store:
        assert store and store.is_reserved("S1-L", Path(WORD)) and not store.is_reserved("S1-L", Path(PDF))
        assert not store.is_reserved("S2-L", Path(WORD))
        (tmp_path / WORD).write_bytes(b"mine")
        assert not store.is_reserved("S1-L", Path(WORD))


def test_a_link_is_never_written_through(store: Store) -> None:
    mine = store.out / "mine"
    mine.write_text("mine", "utf-8")
    (store.out / WORD).parent.mkdir(parents=True)
    (store.out / WORD).symlink_to(mine)
    with pytest.raises(UsageError, match="symbolic link"):
        store.issue(LETTER, CONTENTS)
    assert mine.read_text("utf-8") == "mine" and not (store.out / PDF).exists()


def test_what_a_stopped_run_left_is_removed_in_the_folder_alone(tmp_path: Path) -> None:
    out, beside = tmp_path / "out", tmp_path / "beside"
    places = [out / "Sales" / "S1", out / "HR", beside]
    for place in places:
        place.mkdir(parents=True)
        (place / ".docgen-0123456789abcdef.tmp").write_text("x", "utf-8")
        (place / "S1-L-r1.docx").write_bytes(b"word")
    (out / "link").symlink_to(beside)
    for at, folder in enumerate(("Sales/S1", "../beside", str(beside), "link", "nowhere", "", "\0")):
        planned = {"docx": file(f"{folder}/S1-L-r1.docx", b"word"), "pdf": file("none.pdf", b"")}
        Ledger(out).append([entry_of(replace(LETTER, number=f"S{at}", files=planned), RESERVED)])
    with opened(out, PRIVATE):
        assert [len(list(place.iterdir())) for place in places] == [0, 2, 2]


def test_a_ledger_that_lost_what_the_register_knows_is_not_written_to(tmp_path: Path) -> None:
    with opened(tmp_path, PRIVATE) as store:
        store.issue(LETTER, CONTENTS)
    before = Ledger(tmp_path).file.read_bytes()
    Ledger(tmp_path).file.write_bytes(before[: before.index(b"\n") + 1])
    for _ in range(2):
        with pytest.raises(RecordFault, match="docgen recover"), opened(tmp_path, PRIVATE):
            pass
    Ledger(tmp_path).file.write_bytes(before)
    with opened(tmp_path, PRIVATE) as store:
        assert store.register.standing("S1-L") == LETTER and not store.register.faults


def test_looking_makes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with looked_at(out) as none:
        assert none is None and not out.exists()
    with opened(out, PRIVATE) as store:
        store.issue(LETTER, CONTENTS)
    (out / "register.sqlite").unlink()
    before = sorted(path.name for path in out.iterdir())
    with looked_at(out) as seen:
        assert seen and seen.register.standing("S1-L") == LETTER
    assert sorted(path.name for path in out.iterdir()) == before
