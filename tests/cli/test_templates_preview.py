"""``docgen templates preview`` shows a form as its files are now, and goes on showing it after each save."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from docgen.cli.app import app
from docgen.cli.preview import show
from docgen.cli.templates_preview import Desk, unreadable
from docgen.company import Company
from docgen.errors import UsageError
from docgen.proofs.previewing import Wanted, shown
from docgen.proofs.watching import Stamps, Watch

TEMPLATE = "<h1>KPI</h1>\n<p>{{ case.employee_name }}</p>\n"
DOUBLED = "draft: One\ndraft: Two\n"
COMMAND = ["templates", "preview", "notes", "--case", "empty", "-o", "out/notes.pdf", "--language", "en"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "docgen.yaml").write_text("company_name: Example Trading Ltd\n", "utf-8")
    (tmp_path / "templates" / "notes.html").write_text(TEMPLATE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_preview_follows_each_save_and_outlives_a_fault(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, seen = Path("out/notes.pdf"), list[bytes]()
    saves = [
        ("notes.html", TEMPLATE.replace("employee_name", "employe_name")),
        ("notes.html", TEMPLATE.replace("KPI", "IT")),
        ("wording.en.yaml", DOUBLED),
    ]

    def changes(watch: Watch, before: Stamps) -> Iterator[tuple[Stamps, set[Path]]]:
        seen.append(out.read_bytes())
        for name, text in saves:
            path = folder / "templates" / name
            path.write_text(text, "utf-8")
            now = watch.stamps()
            assert now != before
            yield now, {path}
            seen.append(out.read_bytes())
            before = now
        raise KeyboardInterrupt

    monkeypatch.setattr(Watch, "changes", changes)
    result = CliRunner().invoke(app, [*COMMAND, "--watch"])
    assert result.exit_code == 0 and result.stdout.count(" 1 page, ") == 3
    assert seen[0] == seen[1] != seen[2]  # the last good one stays, until it is mended
    assert "templates/notes.html:2: error: " in result.stderr and "employee_name" in result.stderr
    assert result.stderr.count("not renewed") == 1
    assert "templates/wording.en.yaml:2: error: draft stands here a second time" in result.stderr


def test_what_check_refuses_is_told_beside_the_preview_and_ends_with_3(folder: Path) -> None:
    (folder / "templates" / "wording.en.yaml").write_text(DOUBLED, "utf-8")
    (folder / "docgen.yaml").write_text("company_name: X\nset: larg_print\n", "utf-8")
    result = CliRunner().invoke(app, COMMAND)
    assert result.exit_code == 3 and Path("out/notes.pdf").is_file()
    assert "templates/wording.en.yaml:2: error: " in result.stderr and "docgen.yaml:2: error: " in result.stderr


def test_a_page_that_would_say_what_is_false_is_not_shown(folder: Path) -> None:
    """Nothing but the review shows that a name of docgen's was given another value."""
    (folder / "templates" / "notes.html").write_text(TEMPLATE + "{% set number = 'X-1' %}", "utf-8")
    made = shown(Company(folder), Wanted("notes", "empty", "en"))
    assert not made.files
    assert [(one.file, one.line, one.code) for one in made.findings] == [("templates/notes.html", 3, "taken_name")]


@pytest.mark.parametrize("name", ["letterhead.pdf", "templates/letter.pdf", "logo.png"])
def test_a_preview_never_lies_over_what_documents_are_made_of(folder: Path, name: str) -> None:
    with pytest.raises(UsageError, match="name another place"):
        show({Path("beside.docx"): b"x", Path(name): b"x"}, folder / "x.pdf", folder)
    assert not (folder / name).exists() and not (folder / "beside.docx").exists()


def test_pictures_of_pages_that_are_no_more_go(folder: Path) -> None:
    out = folder / "out" / "notes.png"
    show({Path(f"notes-{page}.png"): b"x" for page in (1, 2, 3)}, out, folder)
    (folder / "out" / "notes-7.png").write_bytes(b"mine")
    show({Path("notes-1.png"): b"y"}, out, folder)
    assert sorted(path.name for path in out.parent.iterdir()) == ["notes-1.png", "notes-7.png"]


def test_a_logo_that_the_settings_name_and_settings_that_come_later_are_watched(folder: Path) -> None:
    desk = Desk(Wanted("notes", "empty", "en"), folder / "out.pdf", 100)
    desk.logo = "mark.svg"
    assert folder / "mark.svg" in set(desk.places())
    (folder / "docgen.yaml").unlink()
    assert {path.name for path in desk.places()} >= {"docgen.yaml", "templates"}


def test_a_form_and_a_name_that_there_are_not_are_refused(folder: Path) -> None:
    for options, said in ((["leter"], "did you mean letter?"), (["letter", "-o", "x.doc"], ".pdf or .png")):
        result = CliRunner().invoke(app, ["templates", "preview", *options, "--language", "en"])
        assert result.exit_code == 2 and said in result.stderr


def test_a_file_that_is_not_there_is_said_to_be_not_there(folder: Path) -> None:
    result = CliRunner().invoke(app, ["templates", "preview", "notes", "cases.xlsx", "--language", "en"])
    assert result.exit_code == 2 and "there is no file cases.xlsx" in result.stderr


def test_the_word_file_of_a_preview_is_opened_by_the_letterhead_alone_as_it_will_be_issued(folder: Path) -> None:
    letterhead = docx.Document()
    letterhead.sections[0].header.paragraphs[0].text = "Bay Road 12"
    letterhead.save(str(folder / "letterhead.docx"))
    (folder / "docgen.yaml").write_text("company_name: Example Trading Ltd\ncompany_address: Hill Street 1\n", "utf-8")
    wanted = Wanted("letter", language="en", kind="empty", formats=("docx",))
    word = docx.Document(BytesIO(shown(Company(folder), wanted).files["docx"]))
    said = "".join(word.sections[0].first_page_header._element.itertext())
    assert "Bay Road 12" in said and "Hill Street" not in said


def test_what_the_system_says_of_a_file_is_told_without_its_numbers() -> None:
    assert unreadable(PermissionError(13, "Permission denied", "a.html")) == "a.html: Permission denied"
