"""``docgen archive verify`` and ``anchor``: what a person and a nightly job get to read, and the exit codes."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from rich.cells import cell_len

from docgen.cli import terminal
from docgen.office.index import INDEX
from docgen.office.ledger import LEDGER
from docgen.office.lock import locked
from docgen.office.publish import PRIVATE
from tests.archive.kept_help import files_in, kept_archive
from tests.archive.verify_help import COPY, ISSUED, LIST, OTHER, finish, lines_of, write_lines
from tests.cli.conftest import Docgen

OUT = Path("out")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept_archive(tmp_path_factory.mktemp("kept") / "out")


@pytest.fixture
def out(docgen: Docgen, kept: Path, tmp_path: Path) -> Path:
    """The folder ``out`` that the command looks for by itself."""
    shutil.copytree(kept, tmp_path / OUT)
    return OUT


def test_a_whole_archive_is_told_in_one_line(docgen: Docgen, out: Path) -> None:
    result = docgen("archive", "verify")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("14 files on record (6 in the archive, 8 issued); 14 read and compared, ")
    assert result.stderr.endswith(": nothing is wrong.\n")


def test_faults_are_told_with_place_and_cure_and_exit_code_5(docgen: Docgen, out: Path) -> None:
    (out / COPY).rename(out / "archive" / "moved.pdf")
    (out / ISSUED).unlink()
    before = files_in(out)
    result = docgen("archive", "verify", out)
    assert result.exit_code == 5 and result.stderr.endswith(": 2 faults.\n")
    lines = result.stdout.splitlines()
    assert lines[:2] == ["Gone (1):", f"  {ISSUED}"] and f"  {COPY}: is now archive/moved.pdf" in lines
    assert "  Give them back their names." in lines
    assert files_in(out) == before


def test_all_is_told_in_chinese_too(docgen: Docgen, out: Path) -> None:
    (out / COPY).unlink()
    (out / INDEX).unlink()
    result = docgen("--language", "zh", "archive", "verify")
    assert result.exit_code == 5 and result.stdout.startswith("索引文件缺失（1）：")
    assert "\n缺失（1）：" in result.stdout and "发现2处问题" in result.stderr


def test_what_is_only_worth_a_word_goes_to_standard_error_with_exit_code_0(docgen: Docgen, out: Path) -> None:
    (out / "archive" / "Thumbs.db").write_bytes(b"x")
    result = docgen("archive", "verify")
    assert (result.exit_code, result.stdout) == (0, "") and "  archive/Thumbs.db\n" in result.stderr


def test_programs_get_json(docgen: Docgen, out: Path) -> None:
    (out / COPY).unlink()
    result = docgen("archive", "verify", "--json", "--sample", "1/1")
    plain = json.loads(result.stdout)
    assert result.exit_code == 5 and plain["format"] == 1
    assert [(one["kind"], one["path"]) for one in plain["faults"]] == [("missing", COPY)]
    assert plain["read"]["files"] == 13 and plain["sample"] == {"part": 1, "parts": 1}


def test_a_share_is_told_as_one(docgen: Docgen, out: Path) -> None:
    told = [docgen("archive", "verify", "--sample", f"{part}/2").stderr for part in (1, 2)]
    assert all(f"MB (part {part} of 2): nothing is wrong." in one for part, one in enumerate(told, start=1))
    assert sum(int(one.split("; ")[1].split()[0]) for one in told) == 14


def test_names_that_would_steer_a_terminal_are_told_harmlessly(docgen: Docgen, out: Path) -> None:
    names = [b"\xff.pdf", b"\x1b[2J.pdf", b"two\nlines"]
    for name in names:
        Path(os.fsdecode(os.fsencode(out / "archive") + b"/" + name)).write_bytes(b"x")
    result = docgen("archive", "verify")
    assert result.exit_code == 5 and "\x1b" not in result.stdout and "Not on record (3):" in result.stdout
    assert r"archive/\x1b[2J.pdf" in result.stdout and r"archive/\udcff.pdf" in result.stdout
    assert r"  archive/two\nlines" in result.stdout.splitlines()
    plain = json.loads(docgen("archive", "verify", "--json").stdout)
    assert {one["path"] for one in plain["faults"]} == {f"archive/{os.fsdecode(name)}" for name in names}


def test_a_damaged_ledger_is_told_by_its_lines(docgen: Docgen, out: Path) -> None:
    lines = lines_of(out)
    write_lines(out, [*lines[:3], *lines[4:]])
    result = docgen("archive", "verify")
    assert result.exit_code == 5
    assert "  ledger.jsonl, line 4: this line does not follow line 3" in result.stdout
    assert result.stdout.count(str(OUT / LEDGER)) == 0, "the place is told once"


def test_a_ledger_that_lost_lines_is_told_first(docgen: Docgen, out: Path) -> None:
    write_lines(out, lines_of(out)[:-1])
    result = docgen("archive", "verify")
    assert result.exit_code == 5 and result.stdout.startswith("The ledger lacks what the register knows (2):\n")
    assert "  ledger.jsonl: is no longer what the last run left: register.sqlite knows" in result.stdout
    assert "and register.sqlite knows" in result.stdout and "docgen recover -o out" in result.stdout


def test_where_the_manifest_was_changed_nothing_is_filed_until_it_is_moved_away(docgen: Docgen, out: Path) -> None:
    with (out / LIST).open("ab") as manifest:
        manifest.write(b"x")
    before = files_in(out)
    told = [docgen("--language", language, "archive", "add", "-o", out) for language in ("en", "zh")]
    assert [one.exit_code for one in told] == [5, 5] and files_in(out) == before
    assert "move this file away" in told[0].stderr and "请将该文件移到别处" in told[1].stderr
    assert "move the manifest away" in docgen("archive", "verify").stdout
    (out / LIST).rename("odd")
    docgen("archive", "add", "-o", out)
    assert docgen("archive", "verify").exit_code == 0


def test_files_that_the_ledger_no_longer_knows_are_to_stay_where_they_are(docgen: Docgen, out: Path) -> None:
    """Whoever moved them away would lose what a ledger from a backup still knows."""
    write_lines(out, lines_of(out)[:9])
    (out / INDEX).unlink()
    result = docgen("archive", "verify")
    assert result.exit_code == 5 and "Leave them where they are" in result.stdout
    assert "In the manifest, but not in the ledger" in result.stdout and "Not on record" not in result.stdout


def test_an_anchor_is_one_line_and_verify_takes_it(docgen: Docgen, out: Path) -> None:
    printed = docgen("archive", "anchor", out)
    assert printed.exit_code == 0 and printed.stdout.count("\n") == 1 and "elsewhere" in printed.stderr
    finish(out)
    fits = docgen("archive", "verify", "--anchor", printed.stdout)
    assert fits.exit_code == 0
    assert fits.stderr.endswith(f"holds all that the anchor of line {printed.stdout.partition(':')[0]} vouches for.\n")


def test_an_anchor_tells_that_an_old_backup_was_put_in_place(docgen: Docgen, out: Path) -> None:
    shutil.copytree(out, "backup")
    finish(out)
    anchor = docgen("archive", "anchor").stdout.strip()
    result = docgen("archive", "verify", "backup", "--anchor", anchor)
    assert result.exit_code == 5 and result.stdout.startswith(
        "The ledger does not fit the anchor (1):\n  ledger.jsonl: "
    )
    assert docgen("archive", "verify", "backup").exit_code == 0


def test_of_a_damaged_ledger_no_anchor_is_printed(docgen: Docgen, out: Path) -> None:
    write_lines(out, lines_of(out)[1:])
    result = docgen("archive", "anchor")
    assert (result.exit_code, result.stdout) == (5, "") and "Put the ledger back" in result.stderr


def test_without_its_register_a_ledger_may_have_been_cut_and_no_anchor_is_printed(docgen: Docgen, out: Path) -> None:
    (out / INDEX).unlink()
    write_lines(out, lines_of(out)[:-1])
    result = docgen("archive", "anchor")
    assert (result.exit_code, result.stdout) == (5, "") and "The register is gone" in result.stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--anchor", "57"), "--anchor 57: is none"),
        (("--anchor", ""), "--anchor : is none"),
        *((("--sample", text), f"--sample {text}: give the number") for text in ("", "3", "0/3", "4/3", "a/b", "1/0")),
        (("nowhere",), "nowhere/ledger.jsonl: there is no ledger here"),
    ],
)
def test_what_cannot_be_meant_is_refused(given: tuple[str, ...], said: str, docgen: Docgen, out: Path) -> None:
    result = docgen("archive", "verify", *given)
    assert result.exit_code == 2 and said in result.stderr and result.stdout == ""


def test_where_nothing_is_on_record_there_is_no_anchor(docgen: Docgen) -> None:
    result = docgen("archive", "anchor")
    assert result.exit_code == 2 and "docgen archive anchor OUT" in result.stderr


def test_an_archive_without_ledger_and_register_is_told(docgen: Docgen, out: Path) -> None:
    for name in (LEDGER, INDEX):
        (out / name).unlink()
    result = docgen("archive", "verify")
    assert result.exit_code == 5 and "sha256sum -c manifest-sha256.txt" in result.stdout


@pytest.mark.parametrize("command", ["verify", "anchor"])
def test_while_another_run_writes_the_command_waits_for_another_time(command: str, docgen: Docgen, out: Path) -> None:
    with locked(out, PRIVATE):
        result = docgen("archive", command)
    assert result.exit_code == 4 and "another run of docgen is writing there" in result.stderr


@pytest.mark.parametrize("language", ["en", "zh"])
def test_on_a_narrow_terminal_lines_are_broken_between_words(
    language: str, docgen: Docgen, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (COPY, OTHER):
        (out / path).unlink()
    (out / "archive" / "foreign").write_bytes(b"x")
    (out / "archive" / "manifest-sha256.txt").unlink()
    monkeypatch.setattr(terminal, "is_terminal", lambda err=False: not err)
    monkeypatch.setattr(terminal, "width", lambda err=False: 80)
    result = docgen("archive", "verify", "--language", language)
    lines = result.stdout.splitlines()
    assert f"  {COPY}" in lines and max(map(cell_len, lines)) <= 80
    assert sum(line.startswith("  ") for line in lines) > 5
    assert " ".join(result.stdout.split()).count("docgen archive add") == 2
