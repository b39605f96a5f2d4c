"""``docgen generate``."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl import load_workbook

from docgen.cli import making
from docgen.errors import DocumentError, EnvironmentLacks
from docgen.kit import Kit
from docgen.office import working
from tests.cli.conftest import failing

Docgen = Callable[..., Result]
LETTER = "销售部/S1024-王某/S1024-202601-L-r1"
WORD = ("--formats", "docx")


def files(folder: Path) -> list[str]:
    """The documents in ``folder``; what docgen keeps for itself lies on top of it."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*/*") if path.is_file())


def own(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def changed(samples: Path, tmp_path: Path) -> Path:
    """The case of Wang, whose letter says something else."""
    text = (samples / "wang.yaml").read_text("utf-8")
    (tmp_path / "changed.yaml").write_text(text.replace("产品知识测试成绩", "产品知识考试成绩"), "utf-8")
    (tmp_path / "docgen.yaml").write_bytes((samples / "docgen.yaml").read_bytes())
    return tmp_path / "changed.yaml"


def test_a_letter_is_made_as_word_and_pdf_and_the_paths_are_told(docgen: Docgen, samples: Path, tmp_path: Path) -> None:
    result = docgen("generate", samples / "wang.yaml", "-o", "made", "--forms", "letter")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [f"made/{LETTER}.docx", f"made/{LETTER}.pdf"]
    assert result.stderr == "Documents: 1 = 1 made, each read back and compared\n"
    assert files(tmp_path / "made") == [f"{LETTER}.docx", f"{LETTER}.pdf"]
    assert own(tmp_path / "made") >= {"ledger.jsonl", "register.sqlite"}
    assert (tmp_path / "made" / f"{LETTER}.pdf").read_bytes().startswith(b"%PDF")


def test_the_monthly_plan_is_made_for_each_month_and_the_notes_for_each_talk(docgen: Docgen, samples: Path) -> None:
    result = docgen("generate", samples / "wang.yaml", *WORD, "--json")
    documents = json.loads(result.stdout)["documents"]
    assert [document["number"].removeprefix("S1024-202601-") for document in documents] == [
        "L",
        "P",
        "M-2026-01",
        "M-2026-02",
        "N-1",
        "N-2",
    ]
    assert {document["state"] for document in documents} == {"made"}


def test_of_a_case_in_two_files_neither_is_made_and_the_other_cases_are(
    docgen: Docgen, samples: Path, tmp_path: Path
) -> None:
    text = samples.joinpath("wang.yaml").read_text("utf-8")
    folder = tmp_path / "cases"
    folder.mkdir()
    folder.joinpath("docgen.yaml").write_bytes(samples.joinpath("docgen.yaml").read_bytes())
    folder.joinpath("a.yaml").write_text(text, "utf-8")
    folder.joinpath("b.yaml").write_text(text.replace("150000", "160000"), "utf-8")
    folder.joinpath("c.yaml").write_bytes(samples.joinpath("short.yaml").read_bytes())
    result = docgen("generate", folder, "-o", "made", "--forms", "letter", *WORD)
    assert result.exit_code == 1
    assert len(files(tmp_path / "made")) == 1 and "S1024" not in result.stdout
    errors = [line for line in result.stderr.splitlines() if "error E102" in line]
    told = ["a.yaml" in errors[0].split(": ")[0], "b.yaml" in errors[0], len(errors)]
    assert told == [True, True, 6]  # the figure, and both months, in either file


def test_without_a_folder_named_documents_go_to_out(docgen: Docgen, samples: Path, tmp_path: Path) -> None:
    docgen("generate", samples / "wang.yaml", "--forms", "letter", *WORD)
    assert files(tmp_path / "out") == [f"{LETTER}.docx"]


def test_the_settings_may_name_the_folder(docgen: Docgen, samples: Path, tmp_path: Path) -> None:
    office = tmp_path / "office"
    office.mkdir()
    settings = (samples / "docgen.yaml").read_text("utf-8")
    (office / "docgen.yaml").write_text(f"{settings}\nout: papers\nnames_in_files: no\n", "utf-8")
    (office / "wang.yaml").write_bytes((samples / "wang.yaml").read_bytes())
    docgen("generate", office / "wang.yaml", "--forms", "letter", *WORD)
    assert files(office / "papers") == ["销售部/S1024/S1024-202601-L-r1.docx"]


def test_valid_cases_are_made_and_others_refused(docgen: Docgen, samples: Path, faulty: Path) -> None:
    result = docgen("generate", samples / "wang.yaml", faulty, "--forms", "letter", *WORD)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [f"out/{LETTER}.docx"]
    assert "E104" in result.stderr and "W0901-202603-L: not made" in result.stderr
    assert "Documents: 2 = 1 made, each read back and compared + 1 refused" in result.stderr


def test_a_refused_case_leaves_no_trace(docgen: Docgen, faulty: Path, tmp_path: Path) -> None:
    assert docgen("generate", faulty).exit_code == 1
    assert not (tmp_path / "out").exists()


def test_a_draft_is_made_in_spite_of_problems(docgen: Docgen, samples: Path) -> None:
    result = docgen("generate", samples / "faulty" / "missing-required.yaml", "--draft", *WORD)
    assert result.exit_code == 0 and "E101" in result.stderr
    assert result.stdout.endswith("-202603-L-draft.docx\n")


def test_drafts_of_cases_without_number_do_not_fall_together(docgen: Docgen, tmp_path: Path) -> None:
    (tmp_path / "two.yaml").write_text("- case: {position: a}\n- case: {position: b}\n", "utf-8")
    result = docgen("generate", "two.yaml", "--draft", *WORD)
    assert len(set(result.stdout.splitlines())) == 2, result.stderr


def test_a_dry_run_writes_nothing(docgen: Docgen, samples: Path, tmp_path: Path) -> None:
    result = docgen("generate", samples / "wang.yaml", "--dry-run", "--forms", "letter")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [f"out/{LETTER}.docx", f"out/{LETTER}.pdf"]
    assert "1 would be made" in result.stderr
    assert not list(tmp_path.iterdir())


def test_faulty_settings_refuse_the_cases_beside_them(docgen: Docgen, samples: Path, tmp_path: Path) -> None:
    settings = (samples / "docgen.yaml").read_text("utf-8")
    (tmp_path / "docgen.yaml").write_text(f"{settings}\ncompanyname: x\n", "utf-8")
    (tmp_path / "wang.yaml").write_bytes((samples / "wang.yaml").read_bytes())
    result = docgen("generate", "wang.yaml", "--forms", "letter", *WORD)
    assert result.exit_code == 1 and "1 refused" in result.stderr and result.stdout == ""


def test_a_document_that_fails_costs_no_other(docgen: Docgen, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "drawn", failing(DocumentError("the formats differ"), "S1024-202601-L"))
    result = docgen("generate", samples / "wang.yaml", "--forms", "letter,plan", *WORD)
    assert result.exit_code == 3
    assert "S1024-202601-L: not made: the formats differ" in result.stderr
    assert [Path(line).name for line in result.stdout.splitlines()] == ["S1024-202601-P-r1.docx"]


def test_a_bug_costs_one_document_and_shows_its_traceback(
    docgen: Docgen, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "drawn", failing(ZeroDivisionError("oops"), "S1024-202601-L"))
    result = docgen("generate", samples / "wang.yaml", "--forms", "letter,plan", *WORD)
    assert result.exit_code == 3
    assert "working.py" in result.stderr and "\nZeroDivisionError\n" in result.stderr
    assert "oops" not in result.stderr, "the text of an error may hold what was typed"
    assert "Documents: 2 = 1 made, each read back and compared + 1 failed" in result.stderr


def test_a_file_in_place_of_the_folder_is_left_alone(docgen: Docgen, samples: Path, tmp_path: Path) -> None:
    (tmp_path / "made").write_text("mine", "utf-8")
    result = docgen("generate", samples / "wang.yaml", "-o", "made", "--forms", "letter", *WORD)
    assert result.exit_code == 4
    said = "docgen: made: can't be written: a file stands where a folder is needed; move it"
    assert result.stderr.splitlines()[-1].startswith(said)
    assert (tmp_path / "made").read_text("utf-8") == "mine"


def test_a_disk_that_fills_up_stops_the_run_and_what_was_made_is_told(
    docgen: Docgen, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, left = os.replace, iter(range(1))

    def replace(*paths: Any) -> None:
        if paths[1].suffix == ".docx" and next(left, None) is None:
            raise OSError(28, "No space left on device")
        real(*paths)

    monkeypatch.setattr(os, "replace", replace)
    result = docgen("generate", samples / "wang.yaml", "--forms", "letter,plan", *WORD, "--json")
    assert result.exit_code == 4
    assert [document["number"] for document in json.loads(result.stdout)["documents"]] == ["S1024-202601-L"]
    assert "the disk is full" in result.stderr
    assert files(tmp_path / "out") == [f"{LETTER}.docx"]


@pytest.mark.usefixtures("drawn_anew")
def test_the_same_input_gives_the_same_bytes(docgen: Docgen, samples: Path, tmp_path: Path) -> None:
    arguments = ("generate", samples / "wang.yaml", "--forms", "letter", "--date", "2026-03-05")
    for out in ("one", "two"):
        assert docgen(*arguments, "-o", out).exit_code == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")
    for name in files(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_line_to_write_on_stands_for_a_character_that_no_font_can_show(docgen: Docgen, samples: Path) -> None:
    case = samples / "faulty" / "no-glyph.yaml"
    assert docgen("generate", case, *WORD).exit_code == 1
    result = docgen("generate", case, "--handwrite-missing", *WORD)
    assert result.exit_code == 0, result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--formats", "odt"], "format 'odt' is unknown"),
        (["--forms", "leter"], "did you mean 'letter'?"),
        (["--date", "5/3/2026"], "--date"),
        (["--only", "X1"], "no case 'X1' was read"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(
    docgen: Docgen, samples: Path, tmp_path: Path, arguments: list[str], told: str
) -> None:
    result = docgen("generate", samples / "wang.yaml", *arguments)
    assert result.exit_code == 2 and told in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_form_that_nothing_asks_for_is_no_success(docgen: Docgen, samples: Path) -> None:
    result = docgen("generate", samples / "late-report.yaml", "--forms", "notes")
    assert result.exit_code == 1


def test_what_was_issued_is_not_made_again_while_it_says_the_same(
    docgen: Docgen, samples: Path, tmp_path: Path
) -> None:
    arguments = ("generate", samples / "wang.yaml", "-o", "made", "--forms", "letter", *WORD)
    docgen(*arguments)
    letter = tmp_path / "made" / f"{LETTER}.docx"
    issued, ledger = letter.stat(), (tmp_path / "made" / "ledger.jsonl").read_bytes()
    again = docgen(*arguments)
    assert (again.exit_code, again.stdout) == (0, "")
    assert again.stderr == "Documents: 1 = 1 unchanged\n"
    assert (letter.stat().st_ino, letter.stat().st_mtime_ns) == (issued.st_ino, issued.st_mtime_ns)
    assert (tmp_path / "made" / "ledger.jsonl").read_bytes() == ledger


def test_what_says_something_else_is_issued_as_a_revision_once_a_reason_is_given(
    docgen: Docgen, samples: Path, changed: Path, tmp_path: Path
) -> None:
    docgen("generate", samples / "wang.yaml", "-o", "made", "--forms", "letter", *WORD)
    first = (tmp_path / "made" / f"{LETTER}.docx").read_bytes()
    refused = docgen("generate", changed, "-o", "made", "--forms", "letter", *WORD)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "S1024-202601-L: not made: it no longer says what revision 1 of " in refused.stderr
    assert "Documents: 1 = 1 refused\n" in refused.stderr
    revised = docgen("generate", changed, "-o", "made", "--forms", "letter", *WORD, "--reason", "the test was renamed")
    assert revised.exit_code == 0
    assert revised.stdout.splitlines() == [f"made/{LETTER[:-1]}2.docx"]
    assert "S1024-202601-L: revision 2: the test was renamed" in revised.stderr
    assert (tmp_path / "made" / f"{LETTER}.docx").read_bytes() == first


def test_a_month_alone_gives_its_plan_and_the_notes_of_its_talks(docgen: Docgen, samples: Path) -> None:
    done = docgen("generate", samples / "wang.yaml", "--month", "2026-02", "--dry-run", "--formats", "pdf")
    assert done.exit_code == 0
    assert [Path(line).name for line in done.stdout.splitlines()] == [
        "S1024-202601-M-2026-02-r1.pdf",
        "S1024-202601-N-2-r1.pdf",
    ]
    assert docgen("generate", samples / "wang.yaml", "--month", "2026-13").exit_code == 2


def test_a_list_that_docgen_wrote_is_no_case(docgen: Docgen, samples: Path, tmp_path: Path) -> None:
    for name in ("wang.yaml", "docgen.yaml"):
        shutil.copy(samples / name, tmp_path)
    assert docgen("generate", ".", *WORD, "--forms", "letter", "--xlsx", "report.xlsx").exit_code == 0
    again = docgen("generate", ".", *WORD, "--forms", "letter")
    assert again.exit_code == 0 and "report.xlsx" not in again.output
    named = docgen("check", "report.xlsx")
    assert named.exit_code == 1 and "a list that docgen wrote" in named.output


def test_a_report_that_is_there_already_stops_the_run_before_it_begins(
    docgen: Docgen, samples: Path, tmp_path: Path
) -> None:
    (tmp_path / "report.xlsx").write_text("mine", "utf-8")
    result = docgen("generate", samples / "wang.yaml", "--xlsx", "report.xlsx")
    assert result.exit_code == 2 and "is already there" in result.stderr
    assert [*tmp_path.iterdir()] == [tmp_path / "report.xlsx"]
    assert (tmp_path / "report.xlsx").read_text("utf-8") == "mine"


def test_programs_are_given_counts_sizes_and_pages_and_people_a_report(
    docgen: Docgen, samples: Path, faulty: Path, tmp_path: Path
) -> None:
    arguments = ("generate", samples / "wang.yaml", faulty, "--forms", "letter", "--json")
    result = docgen(*arguments, "--xlsx", "report.xlsx")
    assert result.exit_code == 1 and "report.xlsx: written" in result.stderr
    head, row, other = load_workbook(tmp_path / "report.xlsx").worksheets[0].iter_rows(values_only=True)
    assert (row[5], row[7], row[8]) == ("S1024-202601-L", "made", 2)
    assert (other[5], other[7]) == ("W0901-202603-L", "refused") and "weights-90.yaml:25:13: " in str(other[10])
    assert len(head) == len(row)
    content = json.loads(result.stdout)
    assert content["counts"] == {
        "documents": 2,
        "made": 1,
        "planned": 0,
        "unchanged": 0,
        "refused": 1,
        "failed": 0,
        "stopped": 0,
    }
    made, refused = content["documents"]
    assert (made["verdict"], made["revision"], made["pages"], made["marks"]) == ("new", 1, 2, [])
    assert made["size"] == sum(Path(file).stat().st_size for file in made["files"])
    assert 0.5 < made["last_page"] < 1
    assert [refused[name] for name in ("verdict", "revision", "pages", "size", "files")] == [None] * 4 + [[]]
    again = json.loads(docgen(*arguments).stdout)["documents"][0]
    assert (again["state"], again["verdict"], again["pages"], again["size"]) == ("unchanged", "same", 2, made["size"])


def test_what_many_documents_are_told_alike_is_counted(
    docgen: Docgen, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "MANY", 2)
    docgen("generate", samples / "wang.yaml", *WORD)
    look = cached_property(lambda _: "another")
    look.__set_name__(Kit, "look")
    monkeypatch.setattr(Kit, "look", look)
    working.kit_of.cache_clear()
    told = docgen("generate", samples / "wang.yaml", *WORD).stderr.splitlines()
    working.kit_of.cache_clear()
    assert [line.partition(": ")[0] for line in told if "it would look otherwise" in line] == [
        "S1024-202601-L",
        "S1024-202601-P",
    ]
    assert told[-2:] == [
        "4 more as S1024-202601-L; --json and --xlsx list all of them",
        "Documents: 6 = 6 unchanged",
    ]


def test_a_run_that_is_stopped_tells_what_was_not_begun(
    docgen: Docgen, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "drawn", failing(EnvironmentLacks("no fonts"), "S1024-202601-P"))
    result = docgen("generate", samples / "wang.yaml", *WORD, "--xlsx", "report.xlsx")
    assert result.exit_code == 4 and "+ 5 not begun" in result.stderr
    assert not Path("report.xlsx").exists(), "the same command is to go on"
    assert "Documents: 6 = 1 made, each read back and compared + 5 not begun" in result.stderr
