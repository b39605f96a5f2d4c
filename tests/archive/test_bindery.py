"""Copies made by processes of their own: in order, whatever some of them die of."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from docgen.archive import bindery
from docgen.archive.bindery import bind
from docgen.archive.copies import NotCopied, Sheet, Sources, copy_pdf
from docgen.archive.piles import Examined
from tests.archive.intake_help import examined, said_on, scan

DEADLY = 3
"""Whoever opens this page dies."""


@pytest.fixture
def pile(tmp_path: Path) -> Examined:
    (tmp_path / "pile.pdf").write_bytes(scan(*(f"page {page}" for page in range(1, 7))))
    return examined(tmp_path / "pile.pdf")


def jobs(pile: Examined, *pages: Sequence[int]) -> list[list[Sheet]]:
    return [[Sheet(pile, page) for page in of_it] for of_it in pages]


def dying(sheets: Sequence[Sheet], sources: Sources) -> bytes:
    if any(sheet.page == DEADLY for sheet in sheets):
        os.kill(os.getpid(), signal.SIGKILL)
    return copy_pdf(sheets, sources)


def told(found: Sequence[bytes | NotCopied], folder: Path) -> list[list[str] | tuple[int, ...]]:
    said: list[list[str] | tuple[int, ...]] = []
    for one in found:
        if isinstance(one, bytes):
            (folder / "made.pdf").write_bytes(one)
        said.append(said_on(folder / "made.pdf") if isinstance(one, bytes) else one.places)
    return said


def test_copies_come_in_order_however_many_work(
    pile: Examined, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = jobs(pile, (2, 1), (4,), (6, 5), (3,))
    found = list(bind(wanted, 1))
    assert told(found, tmp_path) == [["page 2", "page 1"], ["page 4"], ["page 6", "page 5"], ["page 3"]]
    monkeypatch.setattr(bindery, "AT_ONCE", 1)
    assert list(bind(wanted, 3)) == found
    monkeypatch.setattr(bindery, "BYTES", 1)
    assert list(bind(wanted, 2)) == found


def test_a_page_of_which_a_process_dies_costs_no_other(
    pile: Examined, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bindery, "copy_pdf", dying)
    found = list(bind(jobs(pile, (1, 2), (4, 3), (5, 6)), 2))
    assert told(found, tmp_path) == [["page 1", "page 2"], (1,), ["page 5", "page 6"]]


def test_a_page_that_is_not_there_is_named(pile: Examined, tmp_path: Path) -> None:
    assert told(list(bind(jobs(pile, (1, 7), (2,)), 1)), tmp_path) == [(1,), ["page 2"]]


def test_a_picture_becomes_a_page(tmp_path: Path) -> None:
    Image.new("L", (827, 1169), 255).save(tmp_path / "scan.png", dpi=(100, 100))
    content = (tmp_path / "scan.png").read_bytes()
    file = Examined(tmp_path / "scan.png", "png", "", len(content), 1)
    (made,) = bind([[Sheet(file, 1)]], 1)
    assert isinstance(made, bytes) and made.startswith(b"%PDF")


def test_nothing_to_do_starts_no_process() -> None:
    assert list(bind([], 2)) == []
