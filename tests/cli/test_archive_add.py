"""``docgen archive add``, with a reader that is told what lies on the pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from docgen.archive.filing import opened_archive
from docgen.archive.intake import take_in
from docgen.archive.intake_report import MOST
from docgen.cli import archive_add
from docgen.cli.app import app
from docgen.cli.archive import COMMANDS
from docgen.office.index import INDEX
from docgen.office.ledger import LEDGER
from docgen.office.publish import PRIVATE
from tests.archive.intake_help import BLANK, MEANS, ON, archive, code, codes, examined, issued, office, scan, sheets

Docgen = Callable[..., Result]
A, LONG = issued("S1-1-L"), issued("S3-1-P", pages=3)
DAY = ("--date", "2026-11-23")
CONFIRM = "What is complete: look who signed, and record it with docgen archive confirm NUMBER --signed-by ROLE,…\n"


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_add, "MEANS", MEANS)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return office(tmp_path / "out", A, LONG)


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A whole letter, a plan that lacks a page, a blank page, and one that nobody can read."""
    (tmp_path / "pile.pdf").write_bytes(scan(*codes(A), code(LONG, 1), BLANK, "", code(LONG, 3)))
    return tmp_path / "pile.pdf"


def test_copies_and_what_waits_are_told_and_all_pages_counted(docgen: Docgen, out: Path, pile: Path) -> None:
    result = docgen("archive", "add", "pile.pdf", *DAY)
    assert result.exit_code == 1, result.stderr
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert [line[:2] for line in lines[1:3]] == [
        ["S1-1-L r1 copy 1", "filed"],
        ["S3-1-P r1 copy 1", "pages missing"],
    ]
    assert lines[2][2] == "2 of 3 pages; missing: 2"
    assert lines[3][1] == "waits for a person" and lines[3][0].endswith("-5")
    assert "Pages: 6 = 2 filed + 2 of copies that lack pages + 1 waiting for a person + 1 blank" in result.stderr
    assert [line.split(":")[0] for line in result.stderr.splitlines()[-3:]] == [
        "What is missing",
        "What waits",
        "What is complete",
    ]
    assert sheets(out)["signed/2026/S1-1/S1-1-L-r1.s1.pdf"] == codes(A)


def test_a_pile_without_doubts_ends_well(docgen: Docgen, out: Path, tmp_path: Path) -> None:
    (tmp_path / "pile.pdf").write_bytes(scan(*codes(A), BLANK))
    result = docgen("archive", "add", "pile.pdf")
    assert (result.exit_code, result.stderr) == (0, "Pages: 3 = 2 filed + 1 blank\n" + CONFIRM)


def test_it_speaks_chinese(docgen: Docgen, out: Path, pile: Path) -> None:
    result = docgen("archive", "add", "pile.pdf", "--language", "zh")
    assert "第1版 签署件1\t缺页\t共3页，已有2页；缺第2页" in result.stdout
    assert "页数：6 = 已归档 2" in result.stderr and "待处理的页及处理办法" in result.stderr


def test_commands_to_type_next_name_the_folder_that_was_named(docgen: Docgen, tmp_path: Path, pile: Path) -> None:
    office(tmp_path / "our papers", A, LONG)
    told = docgen("archive", "add", "pile.pdf", "-o", "our papers").stderr
    assert "docgen archive queue -o 'our papers' shows it" in told and told.endswith("ROLE,… -o 'our papers'\n")


def test_a_terminal_is_told_in_a_few_lines_of_a_pile_that_went_well(
    docgen: Docgen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = [issued(f"S{at}-1-L") for at in range(2, 4 + MOST)]
    office(tmp_path / "out", *letters, LONG)
    pages = [page for letter in letters[:-1] for page in codes(letter)]
    (tmp_path / "pile.pdf").write_bytes(scan(*pages, code(LONG, 1), *[""] * (MOST + 2)))
    (tmp_path / "few.pdf").write_bytes(scan(*codes(letters[-1]), ""))
    monkeypatch.setattr("docgen.cli.terminal.is_terminal", lambda err=False: not err)
    monkeypatch.setenv("NO_COLOR", "1")
    told = docgen("archive", "add", "pile.pdf", *DAY)
    assert "-L" not in told.stdout and "S3-1-P" in told.stdout and told.stdout.count("waits for a person") == MOST
    assert f"{MOST + 1} copies are complete and filed; docgen archive status lists all papers." in told.stderr
    assert "And 2 more wait for a person." in told.stderr
    few = docgen("archive", "add", "few.pdf", *DAY)
    assert letters[-1].number in few.stdout and few.stdout.count("waits for a person") == 1
    assert "copies are complete" not in few.stderr and "more wait" not in few.stderr


def test_programs_learn_page_by_page_what_became_of_it(docgen: Docgen, out: Path, pile: Path) -> None:
    told = json.loads(docgen("archive", "add", "pile.pdf", *DAY, "--json").stdout)
    assert told["counts"] == {"pages": 6, "filed": 2, "incomplete": 2, "waiting": 1, "blank": 1}
    (one,) = told["piles"]
    assert [page["result"] for page in one["pages"]] == [*["filed"] * 2, "incomplete", "blank", "waiting", "incomplete"]
    assert one["pages"][4]["suggestion"] == {"number": "S3-1-P", "revision": 1, "page": 2}
    assert one["copies"][1]["missing"] == [2] and one["files"][0]["path"].startswith("intake/2026-11-23-")
    kept = json.loads(archive(out)[f"intake/{one['pile']}/report.json"])
    assert kept["copies"] == one["copies"] and kept["counts"] == one["counts"]


def test_the_list_can_be_had_as_a_workbook(docgen: Docgen, out: Path, pile: Path, tmp_path: Path) -> None:
    docgen("archive", "add", "pile.pdf", "--xlsx", "list.xlsx")
    sheet = load_workbook(tmp_path / "list.xlsx").active
    assert sheet is not None and sheet.max_row == 1 + 6
    assert [sheet.cell(2, at).value for at in (1, 2, 4, 5, 7)] == ["pile.pdf", 1, "filed", "S1-1-L", "1/2"]


def test_a_dry_run_tells_the_same_and_writes_nothing(docgen: Docgen, out: Path, pile: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    tried = docgen("archive", "add", "pile.pdf", *DAY, "--dry-run")
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before
    assert tried.exit_code == 1 and "nothing was taken in" in tried.stderr and "archive queue" not in tried.stderr
    assert tried.stdout == docgen("archive", "add", "pile.pdf", *DAY).stdout


def test_the_same_pile_is_refused_the_second_time(docgen: Docgen, out: Path, tmp_path: Path) -> None:
    (tmp_path / "pile.pdf").write_bytes(scan(*codes(A)))
    docgen("archive", "add", "pile.pdf", *DAY)
    before = archive(out)
    result = docgen("archive", "add", "pile.pdf")
    assert result.exit_code == 1 and "was taken in already on 2026-11-23" in result.stderr
    assert archive(out) == before and "Pages" not in result.stderr


def test_signed_copies_of_what_counts_no_more_are_said_loudly(docgen: Docgen, tmp_path: Path) -> None:
    office(tmp_path / "out", A, issued("S1-1-L", revision=2))
    (tmp_path / "pile.pdf").write_bytes(scan(*codes(A)))
    result = docgen("archive", "add", "pile.pdf")
    assert result.exit_code == 0 and "revision 2 counts by now" in result.stdout
    assert result.stderr.startswith("S1-1-L: what came back is revision 1, but revision 2 counts by now")


def test_what_a_stopped_run_took_in_is_sorted_without_being_named(docgen: Docgen, out: Path, tmp_path: Path) -> None:
    (tmp_path / "pile.pdf").write_bytes(scan(*codes(A)))
    with opened_archive(out, PRIVATE) as store:
        name = take_in(store, [examined(tmp_path / "pile.pdf")], ON).pile.name
    result = docgen("archive", "add")
    assert result.exit_code == 0 and f"Pile {name} was taken in by a run that was stopped" in result.stderr
    assert "S1-1-L r1 copy 1\tfiled" in result.stdout
    named = docgen("archive", "add")
    assert named.exit_code == 2 and "name the scans" in named.stderr


def test_a_run_that_is_stopped_tells_that_the_scans_are_kept(
    docgen: Docgen, out: Path, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(archive_add, "sort_out", stopped)
        result = docgen("archive", "add", "pile.pdf")
    assert result.exit_code == 130 and "The scans are kept (pile 2" in result.stderr
    assert "2 filed" in docgen("archive", "add", "pile.pdf").stderr


def test_a_file_that_can_not_be_taken_in_does_not_hold_up_the_others(
    docgen: Docgen, out: Path, pile: Path, tmp_path: Path
) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"no PDF")
    told = json.loads(docgen("archive", "add", "letter.pdf", "pile.pdf", "--json").stdout)
    assert len(told["refused"]) == 1 and "letter.pdf" in told["refused"][0] and told["counts"]["pages"] == 6
    again = docgen("archive", "add", "letter.pdf", "pile.pdf").stderr
    assert again.endswith("Files that were not taken in, see above: 2\n")


def test_a_pile_of_nothing_but_blank_pages_is_told(docgen: Docgen, out: Path, tmp_path: Path) -> None:
    (tmp_path / "backs.pdf").write_bytes(scan(BLANK, BLANK))
    (tmp_path / "pile.pdf").write_bytes(scan(*codes(A), BLANK))
    assert "All pages are blank" in docgen("archive", "add", "backs.pdf").stderr
    assert "All pages are blank" not in docgen("archive", "add", "pile.pdf").stderr


def test_a_file_that_is_not_there_stops_it(docgen: Docgen, out: Path, pile: Path) -> None:
    result = docgen("archive", "add", "pile.pdf", "none.pdf")
    assert result.exit_code == 2 and "none.pdf" in result.stderr and archive(out) == {}


def test_a_folder_without_a_record_is_told_and_left_alone(docgen: Docgen, tmp_path: Path, pile: Path) -> None:
    result = docgen("archive", "add", "pile.pdf", "-o", "nowhere")
    assert result.exit_code == 2 and not (tmp_path / "nowhere").exists()


def test_a_ledger_that_lost_lines_stops_it(docgen: Docgen, out: Path, pile: Path) -> None:
    lines = (out / LEDGER).read_bytes().splitlines(keepends=True)
    (out / LEDGER).write_bytes(b"".join(lines[:-1]))
    assert (out / INDEX).exists()
    for trial in ((), ("--dry-run",)):
        result = docgen("archive", "add", "pile.pdf", *trial)
        assert result.exit_code == 5 and archive(out) == {}


def test_damage_that_was_noted_nowhere_ends_with_its_code(docgen: Docgen, out: Path, tmp_path: Path) -> None:
    lines = (out / LEDGER).read_bytes().splitlines(keepends=True)
    (out / LEDGER).write_bytes(b"".join([*lines[:1], b'{"odd": 1}\n', *lines[1:]]))
    (out / INDEX).unlink()
    (tmp_path / "pile.pdf").write_bytes(scan(*codes(A)))
    result = docgen("archive", "add", "pile.pdf")
    assert result.exit_code == 5 and "Pages: 2 = 2 filed" in result.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_archive_has_help_in_english(name: str) -> None:
    result = CliRunner(env={"LANG": "zh_CN.UTF-8"}).invoke(app, ["archive", name, "--help"])
    assert result.exit_code == 0
    assert "--language" in result.output and result.output.isascii()


def test_the_commands_of_the_archive_are_listed_and_the_nearest_is_named() -> None:
    output = CliRunner().invoke(app, ["archive", "--help"]).output
    assert all(name in output for name in COMMANDS)
    result = CliRunner(env={"LANG": "en_US.UTF-8"}).invoke(app, ["archive", "comfirm"])
    assert result.exit_code == 2 and "did you mean 'confirm'" in result.stderr
