"""What a command line can be given instead of cases: each ends in one line that says so, and never in a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Docgen = Callable[..., Result]
LONG = "x" * 300 + ".yaml"


def links_in_a_circle(folder: Path) -> Path:
    (folder / "one.yaml").symlink_to("two.yaml")
    (folder / "two.yaml").symlink_to("one.yaml")
    return folder / "one.yaml"


def test_links_in_a_circle_are_no_file(docgen: Docgen, tmp_path: Path) -> None:
    result = docgen("check", links_in_a_circle(tmp_path))
    assert result.exit_code == 2 and "There is no file or folder of this name." in result.stdout


def test_a_folder_that_holds_itself_is_read_once(docgen: Docgen, tmp_path: Path, faulty: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a.yaml").write_bytes(faulty.read_bytes())
    (tmp_path / "cases" / "again.yaml").symlink_to("a.yaml")
    (tmp_path / "cases" / "more").symlink_to(".")
    result = docgen("check", "cases", "cases/more")
    assert result.stdout.count("E104") == 1 and "E102" not in result.stdout


@pytest.mark.parametrize("command", ["check", "generate"])
def test_a_name_that_is_too_long_is_told(docgen: Docgen, command: str) -> None:
    result = docgen(command, LONG)
    assert result.exit_code == 2 and "This can't be read (File name too long)" in result.output


def test_an_output_name_that_is_too_long_is_told(docgen: Docgen, samples: Path) -> None:
    result = docgen("generate", samples / "short.yaml", "--forms", "letter", "--formats", "docx", "-o", LONG)
    assert result.exit_code == 4 and "too long" in result.stderr
    assert docgen("new", LONG).exit_code == 4


def test_a_file_that_may_not_be_read_does_not_hide_the_others(
    docgen: Docgen, tmp_path: Path, faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "denied.yaml").touch()
    ask = os.access
    monkeypatch.setattr(os, "access", lambda path, *more, **named: "denied" not in str(path) and ask(path, *more))
    opened: Callable[..., Any] = Path.open

    def denied(path: Path, *arguments: Any, **named: Any) -> Any:
        if path.name == "denied.yaml":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", denied)
    result = docgen("check", "denied.yaml", faulty)
    assert result.exit_code == 1
    assert (
        "denied.yaml: error E100: This can't be read (Permission denied)." in result.stdout and "E104" in result.stdout
    )


def test_settings_alone_are_told_to_be_no_case(docgen: Docgen, samples: Path) -> None:
    result = docgen("check", samples / "docgen.yaml")
    assert result.exit_code == 1
    assert "holds the settings of the office, not a case" in result.stdout and "E101" not in result.stdout


def test_a_hyphen_with_nothing_behind_it_is_told_as_such(docgen: Docgen, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("-\n-\n", "utf-8")
    result = docgen("check", "a.yaml")
    assert result.stdout.count("Nothing stands here, where a case is expected.") == 2


def test_too_many_rows_are_told_with_their_number(docgen: Docgen, tmp_path: Path, faulty: Path) -> None:
    many = faulty.read_text("utf-8") + "months:\n" + "  - {month: 2026-04}\n" * 501
    (tmp_path / "many.yaml").write_text(many, "utf-8")
    assert "Months has 501 items; 500 are allowed." in docgen("check", "many.yaml").stdout


def test_a_line_break_in_a_file_name_breaks_no_line(docgen: Docgen, tmp_path: Path, faulty: Path) -> None:
    (tmp_path / "a\nb.yaml").write_bytes(faulty.read_bytes())
    assert docgen("check", "a\nb.yaml").stdout.count("\na\\nb.yaml:25:13: error E104") == 1


def test_a_blank_form_tells_of_the_file_that_it_leaves_out(docgen: Docgen, tmp_path: Path) -> None:
    (tmp_path / "binary.yaml").write_bytes(bytes(range(128, 256)))
    result = docgen("blank", "letter", "binary.yaml")
    assert result.exit_code == 1 and "binary.yaml:1:1: error E100" in result.stderr


def run(*arguments: str | Path, output: str | None) -> subprocess.CompletedProcess[str]:
    """``docgen check`` with standard output into the device ``output``, or closed."""
    command = [sys.executable, "-m", "docgen", "check", *map(str, arguments), "--language", "en"]
    with open(output or os.devnull, "w") as out:
        closed = (lambda: os.close(1)) if output is None else None
        return subprocess.run(
            command, stdout=out, stderr=subprocess.PIPE, encoding="utf-8", check=False, preexec_fn=closed
        )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_full_disk_behind_the_output_is_told(faulty: Path) -> None:
    result = run(faulty, output="/dev/full")
    assert (result.returncode, result.stderr) == (4, "docgen: No space left on device\n")


@pytest.mark.skipif(os.name != "posix", reason="file descriptors as on POSIX")
def test_a_closed_output_is_no_fault(faulty: Path) -> None:
    result = run(faulty, output=None)
    assert (result.returncode, result.stderr) == (1, "")


@pytest.mark.parametrize("option", ["--out", "--only", "--forms", "--formats"])
def test_an_empty_option_never_means_everything(docgen: Docgen, samples: Path, tmp_path: Path, option: str) -> None:
    result = docgen("generate", samples / "short.yaml", option, "")
    assert result.exit_code == 2 and f"{option} is empty" in result.stderr
    assert list(tmp_path.iterdir()) == []
