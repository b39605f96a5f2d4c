"""What is wrong with a command line is told with place, fault and cure, in the language asked for."""

from __future__ import annotations

from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from docgen.cli import usage
from docgen.cli.app import COMMANDS, app

CASES = [
    ("due cases --date 2026-02-30", "--date 2026-02-30", "in the form 2026-03-31", "请按 2026-03-31 的格式", "due"),
    (
        "check x --formz",
        "'--formz' is unknown; did you mean '--forms'?",
        "Known: --forms, ",
        "是否指“--forms”",
        "check",
    ),
    ("check x -q", "option '-q' is unknown. Known: ", "--forms, --only", "选项“-q”不存在。可用：", "check"),
    ("chek x", "command 'chek' is unknown; did you mean 'check'?", "Known: check, ", "是否指“check”", ""),
    ("nonsense", "command 'nonsense' is unknown. Known: ", "check, generate", "命令“nonsense”不存在。可用：", ""),
    ("rollover x.yaml -o next", "--month is missing", "add --month YYYY-MM", "请加上 --month YYYY-MM", "rollover"),
    ("rollover x.yaml --month 2026-04", "-o/--out is missing", "add -o NEXT", "请加上 -o NEXT", "rollover"),
    ("check", "FILE... is missing", "write docgen check FILE...", "请写成 docgen check FILE...", "check"),
    ("due x --days 999", "--days 999", "a whole number from 0 to 366", "0至366之间的整数", "due"),
    ("due x --days two", "--days two", "a whole number from 0 to 366", "0至366之间的整数", "due"),
    ("new --layout foo", "--layout foo", "one of card, table", "请从 card, table 中选择", "new"),
    ("check x --language fr", "--language fr", "one of en, zh", "请从 en, zh 中选择", "check"),
    ("due x --days", "--days lacks its value", "write --days DAYS", "请写成 --days DAYS", "due"),
    ("check x --json=3", "--json takes no value", "leave out what stands after the =", "请去掉等号", "check"),
    ("preview my case.yaml", "case.yaml: more than", "quotation marks", "请去掉，若文件名含空格请加引号", "preview"),
    ("--nonsense", "option '--nonsense' is unknown", "Known: --version, --language", "选项“--nonsense”不存在", ""),
]
"""A line, what of it is told, what to do, the same in Chinese, and the command whose help is named."""


def run(*line: str, language: str = "en_US") -> Result:
    runner = CliRunner(env={"LANG": f"{language}.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""})
    result = runner.invoke(app, line, prog_name="docgen", catch_exceptions=False)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("docgen: ")
    return result


def called(command: str) -> str:
    return f"docgen {command} --help" if command else "docgen --help"


@pytest.mark.parametrize(("line", "fault", "cure", "_chinese", "command"), CASES)
def test_an_error_names_its_place_the_cure_and_the_help(
    line: str, fault: str, cure: str, _chinese: str, command: str
) -> None:
    message, last = run(*line.split()).stderr.splitlines()
    assert fault in message and cure in message and last == f"More: {called(command)}"


@pytest.mark.parametrize(("line", "_fault", "_cure", "chinese", "command"), CASES)
def test_an_error_is_told_in_chinese_too(line: str, _fault: str, _cure: str, chinese: str, command: str) -> None:
    message, last = run(*line.split(), language="zh_CN").stderr.splitlines()
    assert chinese in message and last == f"用法详见：{called(command)}（英文）"


@pytest.mark.parametrize(
    "line",
    [
        "--language zh check x --formz",
        "check --formz --language zh",
        "check --formz x --language=zh",
        "--language=zh nonsense",
        "nonsense --language zh",
        "--nonsense --language zh",
        "--language en due --days --language zh",
        "--language zh",
    ],
)
def test_the_language_is_that_of_the_line_wherever_the_error_lies(line: str) -> None:
    assert "用法详见" in run(*line.split()).stderr


@pytest.mark.parametrize("line", ["check --formz --language en", "check --formz -- --language zh", "due --language"])
def test_what_is_no_option_of_the_line_chooses_no_language(line: str) -> None:
    assert "More: " in run(*line.split()).stderr


def test_no_command_is_told_and_nothing_at_all_brings_the_help() -> None:
    assert "name a command, such as docgen check FILE" in run("--language", "en").stderr
    assert "Usage: docgen" in CliRunner().invoke(app, [], prog_name="docgen").output


@pytest.mark.parametrize("option", ["--date", "--days"])
def test_nothing_as_an_unset_variable_gives_is_told_as_such(option: str) -> None:
    assert f"{option} is empty" in run("due", "x", option, "").stderr


def test_an_error_can_not_steer_the_terminal() -> None:
    assert "\x1b" not in run("check", "--\x1b[2J").stderr + run("due", "x", "--date", "\x1b[2J").stderr


def test_a_value_with_signs_of_a_template_is_told_as_it_is() -> None:
    assert "--date {flag}'s" in run("due", "x", "--date", "{flag}'s").stderr


def test_a_file_that_may_not_be_read_is_told() -> None:
    @click.command()
    @click.argument("file", metavar="FILE", type=click.Path())
    def command(file: str) -> None: ...

    context = click.Context(command, info_name="docgen")
    error: Any = click.BadParameter("Path 'a.xlsx' is not readable.", context, command.params[0])
    assert usage.told(error, context).words.en.startswith("FILE a.xlsx: this can't be used; see that it may be read")


def test_every_option_of_every_command_that_takes_a_value_says_so_where_it_lacks() -> None:
    for name in COMMANDS:
        command = app.get_command(click.Context(app), name)
        assert command is not None
        for option in (one for one in command.params if isinstance(one, click.Option) and not one.is_flag):
            assert f"{option.opts[-1]} lacks its value" in run(name, option.opts[-1]).stderr
