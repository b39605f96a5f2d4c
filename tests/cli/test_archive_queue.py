"""``docgen archive queue``, ``file`` and ``dismiss``."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import load_workbook

from docgen.model.returned import Suggestion
from tests.archive.queue_help import LETTER, MARK, PLAN, Back, Page, agrees, events, files_in, office, pile
from tests.cli.conftest import Docgen

FIRST, SECOND = f"{MARK}-2", f"{MARK}-4"
OUT = Path("out")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the plan, pages 1 and 3 are back; page 2 waits, and so does one that is nobody's."""
    out = office(tmp_path_factory.mktemp("archive") / "out")
    pile(out, [Page(2, suggestion=Suggestion(PLAN, 1, 2)), Page(4, "foreign_code")], [Back(PLAN, {1: 1, 3: 3})])
    return out


@pytest.fixture
def archive(docgen: Docgen, made: Path) -> Docgen:
    shutil.copytree(made, OUT)

    def run(*arguments: str | Path) -> Result:
        return docgen("archive", *arguments)

    return run


def waiting(archive: Docgen, *options: str) -> list[str]:
    return [one["leaf"] for one in json.loads(archive("queue", "--json", *options).stdout)["waiting"]]


def test_what_waits_is_listed_a_row_a_page(archive: Docgen) -> None:
    result = archive("queue")
    heads, first, second = (line.split("\t") for line in result.stdout.splitlines())
    assert result.exit_code == 0 and result.stderr == "2 pages wait for a person.\n"
    assert [first[0], second[0]] == [FIRST, SECOND] and len(heads) == len(first) == len(second)
    commands = f"docgen archive file {FIRST} {PLAN} --revision 1 --page 2 or docgen archive dismiss {FIRST} --why TEXT"
    assert commands in first and f"out/archive/queue/{FIRST}.png" in first


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_terminal_of_80_columns_is_wide_enough(
    language: str, archive: Docgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docgen.cli.terminal.is_terminal", lambda err=False: True)
    monkeypatch.setenv("COLUMNS", "80")
    result = archive("queue", "--language", language)
    assert result.exit_code == 0 and "\t" not in result.stdout and result.stdout.count("\n\n") == 1
    assert f"\n    docgen archive file {FIRST} {PLAN} --revision 1 --page 2\n" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_the_command_that_is_offered_does_it(archive: Docgen) -> None:
    (first, _) = json.loads(archive("queue", "out", "--json").stdout)["waiting"]
    _, *typed = shlex.split(first["command"])
    assert typed[-2:] == ["-o", "out"]
    result = archive(*typed[1:])
    assert result.exit_code == 0 and result.stdout.startswith(f"{FIRST}: filed as page 2 of 3 of {PLAN}")
    assert waiting(archive) == [SECOND] and agrees(OUT)


def test_a_page_is_filed_in_the_language_of_the_terminal(archive: Docgen) -> None:
    result = archive("file", FIRST, PLAN, "--page", 2, "--turn", 180, "--language", "zh")
    assert result.exit_code == 0 and result.stdout.startswith(f"{FIRST}：已归为 {PLAN} 第1版签署件1的第2页")


def test_without_a_page_it_is_attached_with_what_it_is(archive: Docgen) -> None:
    result = archive("file", SECOND, PLAN, "--why", "statement  of the employee")
    assert result.exit_code == 0 and "attached to copy 1" in result.stdout
    (one,) = json.loads(archive("queue", "--all", "--json").stdout)["settled"]
    assert one["settled"]["how"] == "attached" and one["settled"]["why"] == "statement of the employee"
    assert one["settled"]["number"] == PLAN


def test_dismissed_pages_are_listed_where_all_are_asked_for(archive: Docgen) -> None:
    result = archive("dismiss", SECOND, "--why", "a menu")
    assert result.exit_code == 0 and result.stdout.startswith(f"{SECOND}: dismissed (a menu); its pile keeps it: ")
    assert SECOND not in archive("queue").stdout
    listed = archive("queue", "--all")
    assert "a menu" in listed.stdout and listed.stderr == "1 page waits for a person.\n"
    archive("queue", "--all", "--xlsx", "waits.xlsx", "--language", "zh")
    sheet = load_workbook("waits.xlsx").active
    assert sheet is not None and sheet.max_row == 3 and sheet.cell(3, 8).value == "已剔除"


@pytest.mark.parametrize(
    "line",
    [("file", FIRST, PLAN, "--page", "2"), ("file", FIRST, PLAN), ("dismiss", FIRST, SECOND, "--why", "not ours")],
)
def test_a_dry_run_tells_and_changes_nothing(line: tuple[str, ...], archive: Docgen) -> None:
    before, files = events(OUT), files_in(OUT)
    result = archive(*line, "--dry-run")
    assert result.exit_code == 0 and result.stdout.startswith(f"Would be recorded: {FIRST}")
    assert (events(OUT), files_in(OUT)) == (before, files)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("file", FIRST, "E1-1-O", "--page", "2"), "did you mean"),
        (("file", f"{MARK}-9", PLAN, "--page", "2"), "no page of that name"),
        (("file", FIRST, PLAN, "--page", "0"), "--page 0: write a whole number"),
        (("file", FIRST, PLAN, "--turn", "45"), "--turn 45: write one of 90, 180, 270"),
        (("file", FIRST, LETTER), "no copy of revision 2"),
        (("file", FIRST), "NUMBER is missing"),
        (("dismiss", FIRST), "--why is missing"),
        (("dismiss", FIRST, "--why", " "), "--why is empty"),
        (("dismiss", f"{MARK}-1", "--why", "x"), "doesn't wait"),
        (("queue", "nowhere"), "there is no ledger here"),
        (("file", FIRST, PLAN, "-o", "nowhere"), "nothing is on record there"),
    ],
)
def test_what_can_not_be_done_is_told_with_the_cure(line: tuple[str, ...], told: str, archive: Docgen) -> None:
    before = events(OUT)
    result = archive(*line)
    assert result.exit_code == 2 and told in result.stderr, result.stderr
    assert events(OUT) == before and not Path("nowhere").exists()


@pytest.mark.parametrize("name", ["queue", "file", "dismiss", "reopen", "confirm"])
def test_each_command_has_help_in_english(name: str, docgen: Docgen) -> None:
    result = docgen("archive", name, "--help")
    assert result.exit_code == 0 and "--language" in result.stdout and result.stdout.isascii()


def test_that_nothing_waits_is_told(docgen: Docgen) -> None:
    office(OUT)
    result = docgen("archive", "queue")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "No page waits for a person.\n")
    assert json.loads(docgen("archive", "queue", "--json").stdout) == {"format": 1, "waiting": []}


def test_a_record_that_was_changed_is_told_with_its_own_exit_code(archive: Docgen) -> None:
    file = OUT / "ledger.jsonl"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join([lines[0].replace("E1", "E7"), *lines[1:]]), "utf-8")
    for line in (("queue",), ("file", FIRST, PLAN, "--page", "2"), ("dismiss", SECOND, "--why", "x")):
        result = archive(*line)
        assert result.exit_code == 5 and "docgen recover" in result.stderr
