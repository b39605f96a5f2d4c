from __future__ import annotations

import os
from pathlib import Path

import pytest

from docgen.model.problems import Problem, Severity
from docgen.sources import books
from docgen.sources.books import read_book
from docgen.sources.files import FAULTS
from docgen.sources.grid import Book
from docgen.sources.guard import MEBIBYTE
from tests.sources.packages import cells, sheet, text, xlsx, zipped
from tests.sources.test_guard import LAUGHS

DATA = Path(__file__).parent / "data"
SOUND = xlsx({"People": sheet(cells(A1='t="s"|<v>0</v>', B3="|<v>7</v>"))}, [text("甲")])


def told(path: Path, content: bytes | str | None = None) -> tuple[str, str]:
    """Kind and place of the one problem with ``path``, the place without its folder."""
    (problem,) = problems(path, content)
    return kind_of(problem), str(problem.position).replace(str(path.parent) + os.sep, "")


def problems(path: Path, content: bytes | str | None = None) -> tuple[Problem, ...]:
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = read_book(path)
    assert isinstance(found, tuple)
    for problem in found:
        assert (problem.code, problem.severity) == ("E100", Severity.ERROR)
        assert problem.message.en and problem.message.zh and problem.fix.en and problem.fix.zh
    return found


def kind_of(problem: Problem) -> str:
    return next(kind for kind, texts in FAULTS.items() if texts[2] == problem.fix.en and matches(texts[0], problem))


def matches(message: str, problem: Problem) -> bool:
    return problem.message.en.startswith(message.partition("{")[0])


def read(path: Path, content: bytes | str) -> Book:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    book = read_book(path)
    assert isinstance(book, Book), book
    return book


@pytest.mark.parametrize("name", ["team.xlsx", "team.xlsm", "team.xls", "team.csv", "team.yaml", "team"])
def test_a_workbook_is_known_by_what_it_holds(tmp_path: Path, name: str) -> None:
    book = read(tmp_path / name, SOUND)
    assert [tab.name for tab in book.tabs] == ["People"]
    assert book.tabs[0].rows == {1: ["甲"], 3: [None, "7"]}
    assert str(book.place(book.tabs[0], 3, 2)) == f"{tmp_path / name} › People!B3"


def test_a_csv_is_a_book_of_one_tab(tmp_path: Path) -> None:
    book = read(tmp_path / "targets.csv", "a,b\n1,2\n")
    assert [tab.name for tab in book.tabs] == ["targets"]
    assert str(book.place(book.tabs[0], 2, 2)) == f"{tmp_path / 'targets.csv'} › targets!B2"


def test_a_folder_of_csv_files_is_one_book(tmp_path: Path) -> None:
    for name in ("targets.csv", "people.CSV", ".hidden.csv", "~people.csv", "notes.txt"):
        (tmp_path / name).write_text("a,b\n1,2\n", "utf-8")
    (tmp_path / "sub.csv").mkdir()
    book = read_book(tmp_path)
    assert isinstance(book, Book)
    assert [tab.name for tab in book.tabs] == ["people", "targets"]
    assert str(book.place(book.tabs[1], 2, 1)) == f"{tmp_path} › targets!A2"


def test_each_faulty_file_of_a_folder_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "a.csv").write_bytes(b"a\n\xff\xff")
    (folder / "b.csv").write_text('x\n"open\n', "utf-8")
    (folder / "c.csv").write_text("a,b\n", "utf-8")
    (folder / "d.csv").write_bytes(b"")
    found = [(kind_of(one), str(one.position)) for one in problems(folder)]
    assert found == [
        ("unknown_encoding", str(folder / "a.csv")),
        ("open_quote", f"{folder} › b!A2"),
        ("empty_file", str(folder / "d.csv")),
    ]


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    assert told(tmp_path) == ("no_csv", tmp_path.name)


def test_what_is_not_there_or_no_file_is_told(tmp_path: Path) -> None:
    assert told(tmp_path / "team.xlsx") == ("missing_file", "team.xlsx")
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert told(tmp_path / "pipe.xlsx") == ("not_a_file", "pipe.xlsx")


@pytest.mark.parametrize("content", [b"", b" \n", b"\n\n"])
def test_an_empty_file_is_told(tmp_path: Path, content: bytes) -> None:
    assert told(tmp_path / "team.xlsx", content) == ("empty_file", "team.xlsx")


@pytest.mark.parametrize(
    ("content", "kind", "value"),
    [
        (b"%PDF-1.7", "no_workbook", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0", "no_workbook", "PNG"),
        (b"{\\rtf1", "no_workbook", "RTF"),
        (zipped({"word/document.xml": "<a/>", "_rels/.rels": "<a/>"}), "no_workbook", "Word"),
        (zipped({"ppt/presentation.xml": "<a/>"}), "no_workbook", "PowerPoint"),
        (zipped({"a.txt": "x"}), "no_workbook", "zip"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "no_workbook", "OpenDocument"),
        (zipped({}), "no_workbook", "zip"),
        (zipped({"xl/workbook.bin": "x", "_rels/.rels": "<a/>"}), "save_as_xlsx", "xlsb"),
        (zipped({"Index/Document.iwa": "x"}), "save_as_xlsx", "Numbers"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "save_as_xlsx", "HTML"),
        ("\ufeff\r\n  <!DOCTYPE html>".encode(), "save_as_xlsx", "HTML"),
        ("<HTML xmlns:x='urn'>".encode("utf-16"), "save_as_xlsx", "HTML"),
        (b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>", "save_as_xlsx", "XML"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "save_as_xlsx", "MHTML"),
    ],
)
def test_other_files_under_the_name_of_a_workbook_are_told(
    tmp_path: Path, content: bytes, kind: str, value: str
) -> None:
    for name in ("team.xlsx", "team.xls"):
        (problem,) = problems(tmp_path / name, content)
        assert (kind_of(problem), problem.value) == (kind, value)


def test_an_xls_under_the_name_of_an_xlsx_that_is_damaged_is_told(tmp_path: Path) -> None:
    content = (DATA / "team.xls").read_bytes()
    kind, place = told(tmp_path / "team.xlsx", content[: len(content) // 3])
    assert kind in ("damaged_book", "no_workbook", "reader_stopped") and place == "team.xlsx"


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.8, 0.99])
def test_a_truncated_workbook_is_told(tmp_path: Path, share: float) -> None:
    assert told(tmp_path / "team.xlsx", SOUND[: int(len(SOUND) * share)]) == ("damaged_book", "team.xlsx")


def test_hostile_workbooks_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    assert told(path, xlsx(sheet(""), extra={"xl/a.xml": b" " * 6_000_000})) == ("swollen_parts", "team.xlsx")
    assert told(path, xlsx(LAUGHS)) == ("declares_entities", "team.xlsx")
    assert told(path, xlsx(sheet(""), extra={"../x": ""})) == ("unsafe_parts", "team.xlsx")
    outside = xlsx({"Targets": sheet(cells(A1="|<v>1</v>", XFD1048576="|<v>1</v>"))})
    assert told(path, outside) == ("cell_outside", "team.xlsx › Targets!XFD1048576")


def test_a_csv_is_told_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    assert told(path, 'a,b\n1,"open\n') == ("open_quote", "people.csv › people!A2")
    assert told(path, "a\n" + "x" * 1_000_000) == ("long_row", "people.csv › people!A2")
    assert told(path, b"a\0b") == ("not_text", "people.csv")
    assert told(path, b"a\n\xff") == ("unknown_encoding", "people.csv")


def test_a_workbook_without_tabs_is_told(tmp_path: Path) -> None:
    assert told(tmp_path / "team.xlsx", xlsx({})) == ("no_tabs", "team.xlsx")


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, "FILE_LIMIT", 2 * MEBIBYTE)
    monkeypatch.setattr(books, "TEXT_LIMIT", MEBIBYTE)
    assert told(tmp_path / "team.xlsx", b"x" * (2 * MEBIBYTE + 1)) == ("too_large_file", "team.xlsx")
    assert told(tmp_path / "team.csv", b"x" * (MEBIBYTE + 1)) == ("too_large_file", "team.csv")


def test_the_users_file_is_closed_when_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    open_before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    book = read(path, SOUND)
    if open_before:
        assert len(os.listdir("/proc/self/fd")) == open_before
    path.unlink()
    assert book.text == "甲\n7"
