"""Digitally signed files: known by the issued file that they begin with, or by the codes on all their pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from docgen.archive.digital import recognised
from docgen.archive.filing import opened_archive
from docgen.archive.leaves import Leaf
from docgen.archive.papers import papers_of
from docgen.archive.shelves import archive_in
from docgen.archive.sorting import Known
from docgen.model.page_code import page_code
from docgen.office.publish import PRIVATE
from docgen.office.returns import Returns
from docgen.office.store import Store
from tests.archive.intake_help import added, archive, code, codes, examined, fates, issued, office, scan, sheets

LETTER, OLD = issued("S1-1-L", pages=3, revision=2), issued("S1-1-L", pages=2)
OTHER = issued("S2-1-L", pages=2)
SIGNATURE = b"\n% signed\n%%EOF\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened_archive(office(tmp_path / "out", OLD, LETTER, OTHER), PRIVATE) as made:
        yield made


def known(store: Store, content: bytes, leaves: Sequence[Leaf]) -> Known | None:
    file = store.out.parent / "signed.pdf"
    file.write_bytes(content)
    returns = Returns(store.register)
    return recognised(replace(examined(file, True), pages=len(leaves)), leaves, returns, papers_of(returns))


def on_file(store: Store, path: str) -> bytes:
    return (store.out / path).read_bytes()


def leaves(said: Sequence[str], fault: str = "not_scanned") -> list[Leaf]:
    return [Leaf(at, (one,) if one else (), fault=fault) for at, one in enumerate(said, start=1)]


def test_signing_adds_to_a_file_and_so_its_beginning_says_which_it_is(store: Store) -> None:
    for paper in (OLD, LETTER):
        content = on_file(store, paper.files["pdf"].path) + SIGNATURE
        found = known(store, content, leaves([""] * paper.files["pdf"].pages))
        assert found and (found.number, found.revision) == ("S1-1-L", paper.revision)


def test_the_very_file_that_was_issued_is_no_signed_one(store: Store) -> None:
    assert known(store, on_file(store, LETTER.files["pdf"].path), leaves([""] * 3)) is None


def test_a_beginning_with_a_byte_changed_says_nothing(store: Store) -> None:
    content = bytearray(on_file(store, LETTER.files["pdf"].path) + SIGNATURE)
    content[len(content) // 2] ^= 1
    assert known(store, scan("", "", "") + bytes(content), leaves([""] * 3)) is None


def test_pages_that_were_added_or_taken_out_make_it_unknown(store: Store) -> None:
    content = on_file(store, LETTER.files["pdf"].path) + SIGNATURE
    assert known(store, content, leaves([""] * 4)) is None and known(store, content, leaves([""] * 2)) is None


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 0, 1]])
def test_else_the_codes_on_its_pages_say_it(store: Store, order: list[int]) -> None:
    found = known(store, scan("", "", ""), leaves([codes(LETTER)[at] for at in order]))
    assert found and (found.number, found.revision, found.latest) == ("S1-1-L", 2, 2)
    older = known(store, scan("", ""), leaves(codes(OLD), ""))
    assert older and (older.revision, older.latest) == (1, 2)


FORGED = str(page_code("S1-1-L", 2, 3, 3, "0" * 64))


@pytest.mark.parametrize(
    "said",
    [
        [*codes(LETTER)[:2], code(OLD, 1)],
        [*codes(LETTER)[:2], code(OTHER, 1)],
        [*codes(LETTER)[:2], ""],
        [*codes(LETTER)[:2], codes(LETTER)[0]],
        [*codes(LETTER)[:2], FORGED],
        codes(LETTER)[:2],
        [*codes(LETTER), ""],
        [*codes(LETTER)[:2], "https://example.com"],
        [str(page_code("S1-1-L", 2, 0, 0, LETTER.content))],
        [str(page_code("S9-1-L", 1, 1, 1, "0" * 64))],
        [""],
    ],
)
def test_codes_that_leave_any_doubt_make_it_unknown(store: Store, said: list[str]) -> None:
    assert known(store, scan(*said), leaves(said)) is None


def test_two_codes_on_a_page_or_one_out_of_place_make_it_unknown(store: Store) -> None:
    good = leaves(codes(LETTER), "")
    two = [*good[:2], replace(good[2], codes=(code(LETTER, 3), code(OTHER, 1)))]
    assert known(store, scan("", "", ""), good)
    assert known(store, scan("", "", ""), two) is None
    assert known(store, scan("", "", ""), [*good[:2], replace(good[2], fault="misplaced_code")]) is None


def test_it_is_kept_byte_for_byte_beside_the_scans_of_the_same_paper(tmp_path: Path) -> None:
    out = office(tmp_path / "out", OTHER)
    added(out, scan(*codes(OTHER)))
    content = (out / OTHER.files["pdf"].path).read_bytes() + SIGNATURE
    (result,) = added(out, content, signed=True)
    (copy,) = result.copies
    assert (copy.kind, copy.copy, copy.file.path) == ("digital", 2, "signed/2026/S2-1/S2-1-L-r1.s2.pdf")
    assert archive(out)[copy.file.path] == content and copy.is_complete
    assert fates(result) == ["filed", "filed"]
    (again,) = added(out, scan(*codes(OTHER), "another run"))
    assert [one.copy for one in again.copies] == [3]


def test_what_is_unknown_waits_page_by_page_and_is_not_taken_apart(tmp_path: Path) -> None:
    out = office(tmp_path / "out", OTHER)
    (result,) = added(out, scan(code(OTHER, 1), code(OTHER, 1)), signed=True)
    assert [page.decision.why for page in result.pages] == ["digital_unknown"] * 2
    assert sheets(out) == {} and len(list((archive_in(out) / "queue").iterdir())) == 2
