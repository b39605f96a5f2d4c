from __future__ import annotations

from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from msoffcrypto.method.ecma376_agile import ECMA376Agile

from docgen.model.problems import Problem
from docgen.sources.books import read_book, unlocked
from docgen.sources.grid import Book
from docgen.sources.guard import SMALL, Refusal
from docgen.sources.password import UNASKED, opened
from tests.sources.packages import cells, sheet, xlsx

PASSWORD = "秘密 Aa1"
PLAIN = xlsx(sheet(cells(B2='t="str"|<v>甲</v>')), extra={"xl/a.bin": Random(1).randbytes(5000)})
"""Of some size: the library that encrypts here makes faulty files of small ones."""
DATA = Path(__file__).parent / "data"
"""locked.xls and locked.ods are team.xls and team.ods, saved by LibreOffice with the password below."""
PASSWORD_OF_DATA = "Aa1-geheim"


def locked(content: bytes = PLAIN, password: str = PASSWORD, rounds: int = 1_000) -> bytes:
    """Encrypted as Excel does it, but for the ``rounds`` in which a password becomes a key: 100,000 there."""
    made: bytes = ECMA376Agile.encrypt(password, BytesIO(content), spin_count=rounds)
    return made


@pytest.fixture(scope="module")
def safe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("locked") / "team.xlsx"
    path.write_bytes(locked())
    return path


def told(path: Path, password: str = "") -> str:
    (problem,) = read_problems(path, password)
    assert str(problem.position) == str(path)
    return problem.message.en


def read_problems(path: Path, password: str = "") -> tuple[Problem, ...]:
    found = read_book(path, password)
    assert isinstance(found, tuple)
    return found


def test_an_encrypted_workbook_is_read_with_its_password(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    path.write_bytes(locked(rounds=100_000))
    book = read_book(path, PASSWORD)
    assert isinstance(book, Book) and book.tabs[0].rows == {2: [None, "甲"]} and not book.blind


def test_without_a_password_it_is_said_how_to_give_it(safe: Path) -> None:
    (problem,) = read_problems(safe)
    assert problem.message.en == "The workbook is protected by a password."
    assert "--password" in problem.fix.en and "--password" in problem.fix.zh


@pytest.mark.parametrize("password", ["秘密 aa1", "\0", "x" * 300])
def test_a_wrong_password_is_told(safe: Path, password: str) -> None:
    (problem,) = read_problems(safe, password)
    assert problem.message.en == "The password does not open this workbook." and "--password" in problem.fix.en


def test_an_encrypted_xls_is_read_with_its_password() -> None:
    book, open_book = read_book(DATA / "locked.xls", PASSWORD_OF_DATA), read_book(DATA / "team.xls")
    assert isinstance(book, Book) and isinstance(open_book, Book)
    assert book.tabs == open_book.tabs
    assert told(DATA / "locked.xls") == "The workbook is protected by a password."
    assert told(DATA / "locked.xls", "wrong") == "The password does not open this workbook."


@pytest.mark.parametrize("password", ["", "wrong", PASSWORD_OF_DATA])
def test_an_encrypted_ods_is_told_with_or_without_a_password(password: str) -> None:
    assert told(DATA / "locked.ods", password).startswith("The workbook is encrypted in a way")


def test_what_is_only_protected_against_changes_opens_unasked(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    path.write_bytes(locked(password=UNASKED))
    assert isinstance(read_book(path), Book)


def test_a_password_for_an_open_workbook_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    path.write_bytes(PLAIN)
    assert isinstance(read_book(path, "x"), Book)
    assert isinstance(read_book(DATA / "team.xls", "x"), Book)


def test_the_limits_hold_for_what_was_encrypted(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    path.write_bytes(locked(xlsx(sheet(""), extra={"a": Random(1).randbytes(5000), "b": b" " * (20 * SMALL)})))
    assert told(path, PASSWORD) == "Unpacked, the file would grow beyond measure; it was not read."


def test_a_key_that_takes_minutes_to_derive_is_refused(safe: Path, tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    content = safe.read_bytes().replace(b"\n    <keyEncryptors>", b"\n <keyEncryptors>")
    path.write_bytes(content.replace(b'spinCount="1000"', b'spinCount="9900000"'))
    assert told(path, PASSWORD).startswith("The workbook is encrypted in a way")


def test_the_bytes_behind_the_encryption_can_be_had(safe: Path) -> None:
    assert unlocked(safe.read_bytes(), PASSWORD) == PLAIN
    assert unlocked(PLAIN, "") == PLAIN
    with pytest.raises(Refusal):
        unlocked(safe.read_bytes(), "wrong")


def test_an_old_file_of_another_program_is_no_workbook() -> None:
    content = bytearray((DATA / "team.xls").read_bytes())
    name, other = "Workbook".encode("utf-16-le"), "Werkbuch".encode("utf-16-le")
    with pytest.raises(Refusal) as found:
        opened(bytes(content).replace(name, other), "")
    assert (found.value.kind, found.value.value) == ("no_workbook", "OLE")


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95])
def test_an_encrypted_file_cut_off_is_told(safe: Path, tmp_path: Path, share: float) -> None:
    content = safe.read_bytes()
    path = tmp_path / "team.xlsx"
    path.write_bytes(content[: int(len(content) * share)])
    assert told(path, PASSWORD)
