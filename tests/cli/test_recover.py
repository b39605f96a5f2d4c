"""A damaged record is told by every command that works with it, and ``docgen recover`` makes it fit to go on with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.errors import DocumentError
from docgen.office import working
from docgen.office.ledger import Ledger
from tests.cli.conftest import Docgen, failing
from tests.office.record_help import on_record

CASE = "S1024-202601"
OUT = Path("out")
WHY = ("--why", "no backup")


@pytest.fixture
def record(docgen: Docgen, samples: Path) -> Path:
    """A case of which a letter was issued and withdrawn, and which was closed."""
    shutil.copy(samples / "wang.yaml", "case.yaml")
    shutil.copy(samples / "docgen.yaml", ".")
    on_record(OUT, {CASE: "S1024"}, "王某")
    assert docgen("void", f"{CASE}-L", "--why", "wrong").exit_code == 0
    assert docgen("close", CASE, "--why", "left").exit_code == 0
    return OUT / "ledger.jsonl"


def cut(ledger: Path) -> None:
    """Only the reservation of the letter is left."""
    ledger.write_bytes(ledger.read_bytes().splitlines(keepends=True)[0])


def edited(ledger: Path) -> None:
    """By hand, and the register is gone with the old disk."""
    ledger.write_bytes(ledger.read_bytes().replace(b'"wrong"', b'"right"'))
    (OUT / "register.sqlite").unlink()


WRITING = [
    ("generate", "case.yaml"),
    ("void", f"{CASE}-L", *WHY),
    ("reopen", CASE, *WHY),
    ("pack", "out"),
]
READING = [
    ("status",),
    ("generate", "case.yaml", "--dry-run"),
    ("void", f"{CASE}-L", "--dry-run", *WHY),
    ("pack", "out", "--dry-run"),
    ("check", "case.yaml"),
    ("due", "case.yaml"),
    ("due", "case.yaml", "--json"),
    ("rollover", "case.yaml", "--month", "2026-03", "-o", "next.yaml"),
]


@pytest.mark.parametrize("command", [*WRITING, *READING], ids=" ".join)
@pytest.mark.parametrize("harm", [cut, Path.unlink])
def test_a_ledger_that_lost_lines_is_told_and_nothing_is_written(
    command: tuple[str, ...], harm: Callable[[Path], None], docgen: Docgen, record: Path
) -> None:
    harm(record)
    before = {path: path.read_bytes() for path in OUT.rglob("*") if path.is_file()}
    result = docgen("--language", "zh", *command)
    assert result.exit_code == 5 and result.stderr.count("docgen recover -o out --why 原因") == 1
    assert "Traceback" not in result.output and "register.sqlite 属于" not in result.stderr
    assert {path: path.read_bytes() for path in OUT.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("command", [("void", f"{CASE}-L", *WHY), READING[2], WRITING[0], READING[1]], ids=" ".join)
def test_of_a_ledger_that_lost_lines_each_line_is_told_that_does_not_follow(
    command: tuple[str, ...], docgen: Docgen, record: Path
) -> None:
    docgen("reopen", CASE, *WHY)
    lines = record.read_bytes().splitlines(keepends=True)
    record.write_bytes(b"".join(lines[:2] + lines[3:]))  # the line that withdraws the letter is gone
    result = docgen(*command)
    assert result.exit_code == 5 and "docgen recover -o out --why TEXT" in result.stderr
    assert result.stderr.count("ledger.jsonl:3: this line does not follow line 2") == 1


@pytest.mark.parametrize("command", [*WRITING[1:3], *READING[:1], *READING[2:]], ids=" ".join)
def test_an_edited_line_is_told_by_each_command_and_each_time(
    command: tuple[str, ...], docgen: Docgen, record: Path
) -> None:
    edited(record)
    for _ in range(2):
        result = docgen(*command)
        assert result.exit_code == 5 and result.stderr.count("does not follow line 3") == 1


def test_of_a_damaged_record_and_a_failed_document_the_worse_is_the_exit_code(
    docgen: Docgen, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert docgen("reopen", CASE, *WHY).exit_code == 0
    edited(record)
    monkeypatch.setattr(working, "drawn", failing(DocumentError("the formats differ"), f"{CASE}-P"))
    result = docgen("generate", "case.yaml", "--forms", "plan", "--formats", "docx")
    assert result.exit_code == 5 and "1 failed" in result.stderr and "does not follow line 3" in result.stderr


def test_what_the_register_knows_comes_back(docgen: Docgen, record: Path) -> None:
    whole = [json.loads(line) for line in record.read_bytes().splitlines()]
    cut(record)
    trial = docgen("recover", "--dry-run", *WHY)
    assert trial.exit_code == 0 and "back in the ledger: issued S1024-202601-L" in trial.stdout
    assert trial.stdout.count("back in the ledger: ") == 3
    assert trial.stdout.count("noted: ") == 1 and "noted: out/ledger.jsonl has lost lines" in trial.stdout
    assert len(record.read_bytes().splitlines()) == 1
    done = docgen("recover", *WHY)
    assert done.exit_code == 0 and "3 lines are back in the ledger, 1 fault is noted (no backup)" in done.stdout
    entries = Ledger(OUT).read().entries
    assert [entry.event for entry in entries] == ["reserved", "issued", "void", "restored", "recovered"]
    assert entries[1].details["files"] == whole[1]["files"] and entries[1].details["recovered"] == "no backup"
    assert docgen("void", f"{CASE}-L", "--why", "again").stdout.startswith(f"{CASE}-L: was withdrawn already")
    again = docgen("generate", "case.yaml")
    assert again.exit_code == 0 and "closed since" in again.stderr


def test_what_comes_back_is_told_in_words_and_counted(docgen: Docgen, record: Path) -> None:
    ledger = record.read_bytes()
    cut(record)
    told = docgen("--language", "zh", "recover", "--dry-run", *WHY).stdout
    for line in (f"签发 {CASE}-L", f"作废 {CASE}-L", f"个案状态 {CASE}"):
        assert f"将登记：补入台账：{line}" in told
    assert not any(word in told for word in ("issued", "void", "restored"))
    record.write_bytes(b"".join(ledger.splitlines(keepends=True)[:3]))
    assert "1 line is back in the ledger, 1 fault is noted" in docgen("recover", *WHY).stdout


def test_damage_that_was_noted_is_no_longer_told(docgen: Docgen, record: Path) -> None:
    edited(record)
    assert docgen("status").exit_code == 5
    done = docgen("--language", "zh", "recover", *WHY)
    assert done.exit_code == 0 and "第3行" in done.stdout and "登记问题1处" in done.stdout
    assert docgen("status").exit_code == 0
    last = Ledger(OUT).read().entries[-1]
    assert (last.event, last.details["why"]) == ("recovered", "no backup") and "line 3" in last.details["faults"][0]


@pytest.mark.usefixtures("record")
def test_a_sound_record_is_left_alone(docgen: Docgen) -> None:
    before = (OUT / "ledger.jsonl").read_bytes()
    result = docgen("recover", *WHY)
    assert result.exit_code == 0 and "nothing is wrong" in result.stdout
    assert (OUT / "ledger.jsonl").read_bytes() == before


def test_without_a_record_there_is_nothing_to_recover(docgen: Docgen) -> None:
    assert docgen("recover", *WHY).exit_code == 2
