"""The folder of an office: what is on record of a file against what lies there, and what a stopped run left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from docgen.errors import EnvironmentLacks, UsageError
from docgen.generate import Format
from docgen.model.issued import Issued, IssuedFile
from docgen.office.entries import RESERVED
from docgen.office.ledger import Entry, Ledger
from docgen.office.publish import PRIVATE
from docgen.office.store import Store, looked_at, opened

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
    written = store.issue(LETTER, CONTENTS, DAY)
    assert [path.read_bytes() for path in written] == [b"word", b"pdf"]
    assert [entry.event for entry in store.ledger.read().entries] == ["reserved", "issued"]
    assert store.register.standing("S1-L") == LETTER and not store.register.unfinished()


def test_what_could_not_be_published_is_not_issued(store: Store) -> None:
    (store.out / "Sales").write_text("mine", "utf-8")
    with pytest.raises(EnvironmentLacks):
        store.issue(LETTER, CONTENTS, DAY)
    assert store.register.standing("S1-L") is None and store.register.unfinished() == [("S1-L", "Sales/S1")]


def test_a_file_is_there_gone_or_changed(store: Store) -> None:
    store.issue(LETTER, CONTENTS, DAY)
    assert store.state(FILES["docx"]) == "there"
    (store.out / WORD).write_bytes(b"other")
    (store.out / PDF).unlink()
    assert (store.state(FILES["docx"]), store.state(FILES["pdf"])) == ("changed", "gone")


@pytest.mark.parametrize("kind", ["folder", "link to the same", "link to nothing"])
def test_what_is_no_file_counts_as_changed(kind: str, store: Store) -> None:
    store.issue(LETTER, CONTENTS, DAY)
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


def test_a_file_that_nobody_recorded_is_foreign_unless_a_stopped_run_was_about_to_write_it(store: Store) -> None:
    place = store.out / WORD
    place.parent.mkdir(parents=True)
    assert not store.is_foreign("S1-L", FILES["docx"])
    place.write_bytes(b"mine")
    assert store.is_foreign("S1-L", FILES["docx"])
    reserved = Entry(RESERVED, DAY, {"number": "S1-L", "revision": 1, "folder": "Sales/S1"})
    store.ledger.append([reserved])
    store.register.note([reserved])
    assert not store.is_foreign("S1-L", FILES["docx"])
    place.write_bytes(b"word")
    assert not store.is_foreign("S2-L", FILES["docx"])


def test_a_link_is_never_written_through(store: Store) -> None:
    mine = store.out / "mine"
    mine.write_text("mine", "utf-8")
    (store.out / WORD).parent.mkdir(parents=True)
    (store.out / WORD).symlink_to(mine)
    assert store.is_foreign("S1-L", FILES["docx"])
    with pytest.raises(UsageError, match="symbolic link"):
        store.issue(LETTER, CONTENTS, DAY)
    assert mine.read_text("utf-8") == "mine" and not (store.out / PDF).exists()


def test_what_a_stopped_run_left_half_written_is_removed_in_the_folder_alone(tmp_path: Path) -> None:
    out, beside = tmp_path / "out", tmp_path / "beside"
    places = [out / "Sales" / "S1", out / "HR", beside]
    for place in places:
        place.mkdir(parents=True)
        (place / ".docgen-0123456789abcdef.tmp").write_text("x", "utf-8")
    (out / "link").symlink_to(beside)
    folders = ("Sales/S1", "../beside", str(beside), "link", "nowhere", "", "\0")
    details = [{"number": f"S{at}", "revision": 1, "folder": folder} for at, folder in enumerate(folders)]
    Ledger(out).append([Entry(RESERVED, DAY, one) for one in details])
    with opened(out, PRIVATE):
        assert [any(place.iterdir()) for place in places] == [False, True, True]


def test_looking_makes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with looked_at(out) as none:
        assert none is None and not out.exists()
    with opened(out, PRIVATE) as store:
        store.issue(LETTER, CONTENTS, DAY)
    (out / "register.sqlite").unlink()
    before = sorted(path.name for path in out.iterdir())
    with looked_at(out) as seen:
        assert seen and seen.register.standing("S1-L") == LETTER
    assert sorted(path.name for path in out.iterdir()) == before
