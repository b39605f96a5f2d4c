"""Whether the data of a packed picture are there to their end."""

from __future__ import annotations

import zlib

import pytest

from docgen.archive.endings import is_fax_ended, is_flate_ended
from tests.archive.scan_help import fax, page

SCAN = page(dpi=50).convert("1")


@pytest.mark.parametrize("after", [b"", b"\n", b"\r\n", b"\0\0"])
def test_the_mark_at_the_end_of_a_fax_is_found_whatever_follows(after: bytes) -> None:
    assert is_fax_ended(fax(SCAN)[0] + after)


@pytest.mark.parametrize("bits", range(8))
def test_the_mark_may_begin_in_the_middle_of_a_byte(bits: int) -> None:
    assert is_fax_ended(b"\xa5" + (0b1010_0000_0000_0001_0000_0000_0001 << bits).to_bytes(5, "big"))


def test_a_fax_that_was_cut_off_lacks_it() -> None:
    data = fax(SCAN)[0]
    assert not any(is_fax_ended(data[:length]) for length in (len(data) // 3, len(data) - 20, len(data) - 3))


def test_a_fax_of_the_older_kind_needs_no_mark() -> None:
    assert is_fax_ended(b"\0\x1b\x5a\xa5") and is_fax_ended(b"\0\1\x5a\xa5")


def test_what_was_deflated_has_an_end_that_is_found_whatever_follows() -> None:
    data = zlib.compress(bytes(3_000_000), 0)
    assert is_flate_ended(data) and is_flate_ended(data + b"\n")
    assert not is_flate_ended(data[:2_000_000]) and not is_flate_ended(data[:-1])
    assert not is_flate_ended(b"nothing of it") and not is_flate_ended(b"")
