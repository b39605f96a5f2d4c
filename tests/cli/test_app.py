"""What stops a run becomes a message and an exit code; the language is chosen before or after the command."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import click
import pytest
from click.testing import CliRunner

from docgen.cli import app as application
from docgen.cli.app import COMMANDS, app
from docgen.cli.language import language_option, ui_language
from docgen.errors import DocumentError, EnvironmentLacks, UsageError
from docgen.model.problems import Words


def command_that(act: Any) -> click.Command:
    @click.command("act")
    @language_option
    def command() -> None:
        act()

    return command


def run(monkeypatch: pytest.MonkeyPatch, act: Any, *arguments: str) -> Any:
    monkeypatch.setattr(application.App, "get_command", lambda *_: command_that(act))
    return CliRunner(env={"LANG": "en_US.UTF-8", "LC_ALL": ""}).invoke(app, arguments)


def raising(error: BaseException) -> Any:
    def act() -> None:
        raise error

    return act


@pytest.mark.parametrize("error", [UsageError("no"), DocumentError("no"), EnvironmentLacks("no")])
def test_an_error_is_told_on_standard_error_with_its_exit_code(monkeypatch: pytest.MonkeyPatch, error: Any) -> None:
    result = run(monkeypatch, raising(error), "act")
    assert (result.exit_code, result.stdout, result.stderr) == (error.exit_code, "", "docgen: no\n")


@pytest.mark.parametrize("arguments", [("--language", "zh", "act"), ("act", "--language", "zh")])
def test_an_error_is_told_in_the_language_asked_for(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    result = run(monkeypatch, raising(UsageError(Words("no", "不行"))), *arguments)
    assert result.stderr == "docgen: 不行\n"


def test_the_language_of_the_command_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch, lambda: click.echo(ui_language()), "--language", "en", "act", "--language", "zh")
    assert result.stdout == "zh\n"


def test_an_error_can_not_steer_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in run(monkeypatch, raising(UsageError("a\x1b[2Jb")), "act").stderr


def test_an_interruption_ends_with_130_and_without_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch, raising(KeyboardInterrupt()), "act")
    assert result.exit_code == 130
    assert "Stopped" in result.stderr


def test_a_bug_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch, raising(ZeroDivisionError()), "act")
    assert isinstance(result.exception, ZeroDivisionError)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_in_english(name: str) -> None:
    result = CliRunner(env={"LANG": "zh_CN.UTF-8"}).invoke(app, [name, "--help"])
    assert result.exit_code == 0
    assert "--language" in result.output and result.output.isascii()


def test_every_command_is_listed() -> None:
    output = CliRunner().invoke(app, ["--help"]).output
    assert all(name in output for name in COMMANDS)


def test_an_unknown_command_is_a_usage_error() -> None:
    assert CliRunner().invoke(app, ["frobnicate"]).exit_code == 2


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_a_closed_pipe_is_no_traceback() -> None:
    source = f"{sys.executable} -m docgen forms | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", source], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr


def test_a_terminal_that_knows_no_chinese_gets_question_marks_and_no_traceback() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1", "LANG": "zh_CN.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "docgen", "forms", "nothing"], capture_output=True, env=environment, check=False
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr and b"??" in done.stderr
