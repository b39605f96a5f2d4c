"""A code says what docgen printed, to the letter; what is only like one is none of ours."""

from __future__ import annotations

import pytest

from docgen.model.page_code import PageCode, check_of, page_code, read_code

SAID = "DG1:K7Q2M9XW4T-1:2/5:3FA9"


def test_what_was_written_is_read() -> None:
    assert read_code(SAID) == PageCode("K7Q2M9XW4T", 1, 2, 5, "3FA9")
    made = page_code("S1024-202601-L", 12, 3, 4, "0a1b2c3d")
    assert read_code(str(made)) == made
    assert (made.check, check_of("0a1b2c3d")) == ("0A1B", "0A1B")


@pytest.mark.parametrize("text", ["DG1:K7Q2M9XW4T-1:0/0:3FA9", "DG1:K7Q2M9XW4T-9999:0/0:0000"])
def test_without_pages_it_is_of_a_word_file(text: str) -> None:
    code = read_code(text)
    assert code and code.is_of_word


@pytest.mark.parametrize(
    "text",
    [
        SAID.lower(), SAID.swapcase(), f"\ufeff{SAID}", f" {SAID}", f"{SAID} ", f"{SAID}\n", f"{SAID}\0", SAID * 2,
        SAID.replace("DG1", "DG2"), SAID.replace("DG1:", ""), SAID.replace(":", "："), SAID.replace("1:2", "１:２"),
        SAID.replace("-1:", "-01:"), SAID.replace("-1:", "-0:"), SAID.replace("-1:", "-10000:"),
        SAID.replace("2/5", "6/5"), SAID.replace("2/5", "0/5"), SAID.replace("2/5", "2/0"), SAID.replace("2/5", "02/5"),
        SAID.replace("2/5", "2/10000"), SAID.replace("2/5", "-2/5"), SAID.replace("3FA9", "3FA"),
        SAID.replace("3FA9", "3FAG"), SAID.replace("3FA9", "3FA91"), SAID.replace("K7Q2M", "K7Q2I"),
        SAID.replace("K7Q2M", "K7Q2"), "", "DG1:",
    ],
)  # fmt: skip
def test_nothing_else_is(text: str) -> None:
    assert read_code(text) is None
