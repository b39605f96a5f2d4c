"""An anchor vouches for all lines up to its own: what changes one of them, or cuts them off, doesn't fit it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from docgen.archive.anchor import Anchor, anchor_of, departure, read_anchor
from docgen.errors import UsageError
from docgen.office.ledger import RECOVERED, Entry, Ledger

DAY = date(2026, 3, 2)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    written = Ledger(tmp_path)
    written.append(Entry("sent", DAY, {"id": str(number)}) for number in range(5))
    return written


def test_it_is_the_number_of_lines_and_the_hash_of_the_last(ledger: Ledger) -> None:
    last = ledger.file.read_bytes().splitlines()[-1]
    assert str(anchor_of(ledger)) == f"5:{sha256(last).hexdigest()}"


def test_an_empty_ledger_has_none(tmp_path: Path) -> None:
    assert anchor_of(Ledger(tmp_path)) is None


def test_what_was_printed_is_read_again_also_from_paper(ledger: Ledger) -> None:
    anchor = anchor_of(ledger)
    assert anchor and read_anchor(str(anchor)) == anchor
    assert read_anchor(f"  {str(anchor).upper()[:30]} {str(anchor)[30:]}\n") == anchor


@pytest.mark.parametrize(
    "text", ["", "x", "5", "5:", f"0:{'a' * 64}", f"5:{'a' * 63}", f"5:{'g' * 64}", f"-1:{'a' * 64}"]
)
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is none") as raised:
        read_anchor(text)
    assert "格式不对" in raised.value.words.zh


def test_a_ledger_that_went_on_fits_it(ledger: Ledger) -> None:
    anchor = anchor_of(ledger)
    ledger.append([Entry("sent", DAY, {"id": "later"})])
    assert anchor and departure(ledger, anchor) is None
    assert (later := anchor_of(ledger)) and later.lines == 6 and later != anchor


def test_a_last_line_that_lost_its_end_still_fits_it(ledger: Ledger) -> None:
    anchor = anchor_of(ledger)
    ledger.file.write_bytes(ledger.file.read_bytes()[:-1])
    assert anchor and departure(ledger, anchor) is None


def cut(lines: list[bytes]) -> list[bytes]:
    return lines[:3]


def cut_within(lines: list[bytes]) -> list[bytes]:
    return [*lines[:4], lines[4][:-9]]


def emptied(_: list[bytes]) -> list[bytes]:
    return []


def edited(lines: list[bytes]) -> list[bytes]:
    return [*lines[:4], lines[4].replace(b'"4"', b'"7"')]


def doubled(lines: list[bytes]) -> list[bytes]:
    return [lines[0], *lines]


def swapped(lines: list[bytes]) -> list[bytes]:
    return [*lines[:3], lines[4], lines[3]]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (cut, "it has 3 lines, the anchor is of line 5"),
        (cut_within, "line 5 is not the one"),
        (emptied, "it has 0 lines"),
        (edited, "line 5 is not the one"),
        (doubled, "line 5 is not the one"),
        (swapped, "line 5 is not the one"),
    ],
)
def test_a_ledger_that_was_changed_does_not_fit_it(
    harm: Callable[[list[bytes]], list[bytes]], said: str, ledger: Ledger
) -> None:
    anchor = anchor_of(ledger)
    ledger.file.write_bytes(b"".join(harm(ledger.file.read_bytes().splitlines(keepends=True))))
    found = departure(ledger, anchor) if anchor else None
    assert found and found.en.startswith(said) and found.zh


def test_a_change_that_was_noted_later_does_not_fit_it_either(ledger: Ledger) -> None:
    """The last line is as it was, and the register is content once somebody took note of the damage."""
    anchor = anchor_of(ledger)
    ledger.file.write_bytes(ledger.file.read_bytes().replace(b'"1"', b'"7"'))
    Ledger(ledger.file.parent).append([Entry(RECOVERED, DAY, {"why": "no backup"})])
    found = departure(ledger, anchor) if anchor else None
    assert not ledger.read().faults and found and "no longer follow each other" in found.en and found.zh


def test_an_anchor_made_after_damage_was_noted_vouches_for_what_there_was_then(ledger: Ledger) -> None:
    ledger.file.write_bytes(ledger.file.read_bytes().replace(b'"1"', b'"7"'))
    Ledger(ledger.file.parent).append([Entry(RECOVERED, DAY, {"why": "no backup"})])
    anchor = anchor_of(ledger)
    assert anchor and departure(ledger, anchor) is None
    ledger.file.write_bytes(ledger.file.read_bytes().replace(b'"no backup"', b'"a backup!"'))
    assert departure(ledger, anchor)


def test_a_ledger_written_anew_from_a_changed_line_on_does_not_fit_it(ledger: Ledger) -> None:
    """The chain holds, as whoever wrote it knows how it is made."""
    anchor = anchor_of(ledger)
    entries = list(ledger.read().entries)
    entries[2] = Entry("sent", DAY, {"id": "another"})
    ledger.file.unlink()
    forged = Ledger(ledger.file.parent)
    forged.append(entries)
    assert not forged.read().faults
    assert anchor and isinstance(anchor, Anchor) and departure(forged, anchor)
