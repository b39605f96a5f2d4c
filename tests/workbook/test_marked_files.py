"""Where marked copies go, what is never overwritten, and what is written for files that can't be marked."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from docgen.definitions.load import load_definitions
from docgen.model.problems import UiLanguage
from docgen.sources.books import read_book
from docgen.sources.cases import read_cases
from docgen.sources.grid import Book
from docgen.workbook.creating import Order, new_workbook
from docgen.workbook.guide import Layout
from docgen.workbook.mark import Findings
from docgen.workbook.marked_files import MarkedCopy, marked_copy
from tests.ooxml import schema_problems
from tests.workbook.mark_help import mark, parts, plain, problem, rich, workbook

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def findings(source: Path) -> Findings:
    return Findings(source.name, [problem("Targets!C6"), problem("")], {}, "en")


def copy_of(source: Path, password: str = "") -> MarkedCopy:
    return marked_copy(source, findings(source), password)


def written(source: Path) -> Path:
    copy = copy_of(source)
    copy.path.write_bytes(copy.content)
    return copy.path


@pytest.fixture
def team(tmp_path: Path) -> Path:
    path = tmp_path / "team.xlsx"
    path.write_bytes(workbook(plain))
    return path


def change(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["Targets"]["B2"] = "changed"
    book.save(path)


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        ("team.xlsx", "team-problems.xlsx"),
        ("team-problems.xlsx", "team-problems-2.xlsx"),
        ("team-problems-2.xlsx", "team-problems-3.xlsx"),
        ("my team.v2.xlsx", "my team.v2-problems.xlsx"),
        ("团队.xlsx", "团队-problems.xlsx"),
    ],
)
def test_the_copy_lies_beside_its_source(tmp_path: Path, name: str, copy: str) -> None:
    source = tmp_path / name
    source.write_bytes(workbook(plain))
    assert copy_of(source).path == tmp_path / copy


def test_the_source_stays_as_it_is(team: Path) -> None:
    before = team.read_bytes()
    written(team)
    assert team.read_bytes() == before


def test_an_older_copy_in_which_nobody_has_typed_is_replaced(team: Path) -> None:
    old = written(team)
    change(team)
    copy = copy_of(team)
    assert (copy.path, copy.kept) == (old, ())


def test_an_older_copy_that_was_only_saved_by_another_program_is_replaced(team: Path) -> None:
    old = written(team)
    openpyxl.load_workbook(old).save(old)
    assert copy_of(team).path == old


def test_a_copy_that_somebody_has_changed_stays(team: Path) -> None:
    old = written(team)
    change(old)
    copy = copy_of(team)
    assert (copy.path.name, copy.kept) == ("team-problems-2.xlsx", (old,))


def test_a_copy_in_which_somebody_has_written_a_comment_stays(team: Path) -> None:
    old = written(team)
    book = openpyxl.load_workbook(old)
    book["Targets"]["C6"].comment.text += "\nAsk Mr. Wang"
    book.save(old)
    assert copy_of(team).kept == (old,)


@pytest.mark.parametrize("content", [b"", b"something else", workbook(plain)])
def test_a_file_that_is_not_docgens_stays(team: Path, content: bytes) -> None:
    other = team.with_name("team-problems.xlsx")
    other.write_bytes(content)
    copy = copy_of(team)
    assert (copy.path.name, copy.kept) == ("team-problems-2.xlsx", (other,))


def test_a_link_and_a_folder_of_that_name_stay(team: Path) -> None:
    team.with_name("team-problems.xlsx").symlink_to(team)
    team.with_name("team-problems-2.xlsx").mkdir()
    assert copy_of(team).path.name == "team-problems-3.xlsx"


def test_two_sources_of_one_stem_do_not_share_a_copy(team: Path) -> None:
    written(team)
    other = team.with_suffix(".xls")
    other.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert copy_of(other).path.name == "team-problems-2.xlsx"


def test_a_copy_of_this_run_is_not_overwritten(team: Path) -> None:
    first = written(team)
    assert marked_copy(team, findings(team), "", {first}).path != first


def test_marking_the_copy_itself_clears_its_marks(team: Path) -> None:
    again = openpyxl.load_workbook(written(written(team)))
    assert again.sheetnames == ["Problems", "Targets", "Support"]


@pytest.mark.parametrize("name", ["team.xls", "team.ods", "team.csv", "team.xlsx"])
def test_what_is_no_workbook_gets_a_list_that_says_why(tmp_path: Path, name: str) -> None:
    source = tmp_path / name
    source.write_bytes(b"a,b\n1,2\n")
    copy = copy_of(source)
    assert copy.reasons and copy.path.name == "team-problems.xlsx"
    sheet = openpyxl.load_workbook(BytesIO(copy.content)).worksheets[0]
    assert f"{name} itself could not be marked: only workbooks of the kind .xlsx can be" in sheet["B2"].value
    assert sheet["C5"].value == "Targets!C6" and sheet["C5"].hyperlink is None
    assert not schema_problems(copy.content, tmp_path)


def test_a_folder_of_tables_gets_a_list_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "team.2026"
    folder.mkdir()
    (folder / "targets.csv").write_text("a,b\n", "utf-8")
    copy = copy_of(folder)
    assert copy.path == tmp_path / "team.2026-problems.xlsx" and copy.reasons


def test_a_list_is_replaced_like_a_marked_copy(tmp_path: Path) -> None:
    source = tmp_path / "team.csv"
    source.write_bytes(b"a,b\n1,2\n")
    assert written(source) == written(source)


@pytest.mark.usefixtures("few_rounds")
def test_a_protected_workbook_gets_a_copy_with_the_same_password(team: Path) -> None:
    out = BytesIO()
    OOXMLFile(BytesIO(team.read_bytes())).encrypt("secret", out)
    team.write_bytes(out.getvalue())
    copy = copy_of(team, "secret")
    assert b"Target" not in copy.content and not copy.reasons
    copy.path.write_bytes(copy.content)
    assert isinstance(read_book(copy.path, "secret"), Book) and not isinstance(read_book(copy.path), Book)
    again = copy_of(team, "secret")
    assert (again.path, again.kept) == (copy.path, ())
    assert copy_of(team, "wrong").reasons


def test_what_docgen_reads_in_a_marked_copy_is_what_it_read_before(tmp_path: Path) -> None:
    source = tmp_path / "team.xlsx"
    source.write_bytes(workbook(rich))
    before, after = read_book(source), read_book(written(source))
    assert isinstance(before, Book) and isinstance(after, Book)
    assert after.tabs[1:] == before.tabs and after.tabs[0].rows[1][0] == "docgen:not read"
    assert {name: after.properties[name] for name in before.properties} == before.properties


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("layout", ["card", "table"])
def test_docgens_own_workbooks_are_marked_and_read_as_before(
    tmp_path: Path, layout: Layout, language: UiLanguage
) -> None:
    definitions = load_definitions()
    records = read_cases([SAMPLES / "wang.yaml"], definitions).records
    source = tmp_path / "team.xlsx"
    source.write_bytes(new_workbook(Order([], language, source.name, layout), definitions, records)[0])
    before = read_book(source)
    assert isinstance(before, Book)
    told = [problem(before.place(tab, row, 3).cell) for tab in before.tabs for row in list(tab.rows)[:20]]
    copy = marked_copy(source, Findings(source.name, told, {}, language))
    copy.path.write_bytes(copy.content)
    after = read_book(copy.path)
    assert isinstance(after, Book) and after.tabs[1:] == before.tabs and not copy.reasons
    reading = read_cases([copy.path], definitions)
    assert [one.data for one in reading.records] == [one.data for one in read_cases([source], definitions).records]
    assert not schema_problems(copy.content, tmp_path)


def test_damaged_files_get_a_list_and_no_crash(tmp_path: Path) -> None:
    sound, chance = workbook(rich), random.Random(1)
    source = tmp_path / "team.xlsx"
    for _ in range(40):
        content = bytearray(sound)
        for _ in range(chance.randint(1, 20)):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        source.write_bytes(content[: chance.choice([len(content), chance.randrange(4, len(content))])])
        assert copy_of(source).content.startswith(b"PK")


def test_parts_of_the_wrong_kind_get_a_list_and_no_crash(tmp_path: Path) -> None:
    files = parts(mark(workbook(rich), problem("Targets!B4")))
    source = tmp_path / "team.xlsx"
    for name in files:
        for content in (b"", b"<x/>", b"<a><b c='d'/></a>"):
            source.write_bytes(packed(files | {name: content}))
            assert copy_of(source).content.startswith(b"PK")


def packed(files: dict[str, bytes]) -> bytes:
    from zipfile import ZipFile

    out = BytesIO()
    with ZipFile(out, "w") as file:
        for name, content in files.items():
            file.writestr(name, content)
    return out.getvalue()
