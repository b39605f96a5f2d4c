"""What click finds wrong with a command line, as a message of docgen: where, what, what to do, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import click

from docgen.cli.options import empty, unknown
from docgen.errors import UsageError
from docgen.model.problems import Words

GIVEN = re.compile(r"'(.*?)'|\"(.*?)\"|\((.*)\)|^(\S+) is not")
"""What was typed, as click's message holds it: its errors don't give it otherwise."""

OPTION = Words("option", "选项")
COMMAND = Words("command", "命令")
NO_COMMAND = Words("name a command, such as docgen check FILE", "请指定命令，如 docgen check FILE")
SUPERFLUOUS = Words(
    "{given}: more than this command takes; leave it out, or put a name with blanks between quotation marks",
    "{given}：该命令不接受这一内容；请去掉，若文件名含空格请加引号",
)
MISSING_OPTION = Words("{flags} is missing; add {flag} {metavar}", "缺少 {flags}；请加上 {flag} {metavar}")
MISSING_ARGUMENT = Words("{metavar} is missing; write {path} {all}", "缺少 {metavar}；请写成 {path} {all}")
NO_VALUE = Words("{flag} lacks its value; write {flag} {metavar}", "{flag} 后缺少内容；请写成 {flag} {metavar}")
NO_FLAG = Words("{flag} takes no value; leave out what stands after the =", "{flag} 不带值；请去掉等号及其后的内容")
DAY = Words(
    "{flag} {given}: not a day of the calendar; write one that exists, in the form 2026-03-31",
    "{flag} {given}：不是有效日期；请按 2026-03-31 的格式填写实际存在的日期",
)
NUMBER = Words(
    "{flag} {given}: write a whole number from {type.min} to {type.max}",
    "{flag} {given}：请填写{type.min}至{type.max}之间的整数",
)
CHOICE = Words("{flag} {given}: write one of {choices}", "{flag} {given}：请从 {choices} 中选择一项")
OTHER = Words(
    "{flag} {given}: this can't be used; see that it may be read, or name another",
    "{flag} {given}：无法使用；请确认有读取权限，或另选一个",
)
HELP = Words("More: {path} --help", "用法详见：{path} --help（英文）")

TYPES: tuple[tuple[type[click.ParamType[Any]], Words], ...] = (
    (click.DateTime, DAY),
    (click.IntRange, NUMBER),
    (click.Choice, CHOICE),
)
"""By the type of what an option takes."""


def told(error: click.UsageError, ctx: click.Context) -> UsageError:
    """The error of click in docgen's words; ``ctx``: that of the group, under which it was found.

    Raises:
        click.UsageError: it is no error of a user, such as the help that click shows where nothing was typed.
    """
    kind = KINDS.get(type(error).__name__)
    if kind is None:
        raise error
    command, path = _found_in(error, ctx)
    words = kind(error, command, path)
    return UsageError(Words(f"{words.en}\n{HELP.en.format(path=path)}", f"{words.zh}\n{HELP.zh.format(path=path)}"))


def _found_in(error: click.UsageError, ctx: click.Context) -> tuple[click.Command, str]:
    """The command that was asked for, and how it is called; not every error of click knows."""
    if error.ctx is not None:
        return error.ctx.command, error.ctx.command_path
    name = ctx.invoked_subcommand
    below = ctx.command.get_command(ctx, name) if name and isinstance(ctx.command, click.Group) else None
    return (below, f"{ctx.command_path} {name}") if below else (ctx.command, ctx.command_path)


def _no_such_option(error: Any, command: click.Command, _path: str) -> Words:
    flags = [flag for one in command.params if isinstance(one, click.Option) for flag in one.opts]
    return unknown(error.option_name, [*flags, "--help"], OPTION)


def _missing(error: Any, command: click.Command, path: str) -> Words:
    metavar = _metavar(error.param)
    if isinstance(error.param, click.Argument):
        everything = " ".join(_metavar(one) for one in command.params if isinstance(one, click.Argument))
        return MISSING_ARGUMENT.filled(metavar=metavar, path=path, all=everything)
    return MISSING_OPTION.filled(flags="/".join(error.param.opts), flag=error.param.opts[0], metavar=metavar)


def _bad_value(error: Any, _command: click.Command, _path: str) -> Words:
    of, given = error.param.type, _given(error)
    if not given:
        return empty(error.param).words
    flag = _metavar(error.param) if isinstance(error.param, click.Argument) else error.param.opts[-1]
    words = next((words for one, words in TYPES if isinstance(of, one)), OTHER)
    return words.filled(flag=flag, given=given, type=of, choices=", ".join(getattr(of, "choices", ())))


def _bad_use(error: Any, command: click.Command, _path: str) -> Words:
    flag = error.option_name
    option = next(one for one in command.params if isinstance(one, click.Option) and flag in one.opts)
    return (NO_FLAG if option.is_flag else NO_VALUE).filled(flag=flag, metavar=_metavar(option))


def _rest(error: click.UsageError, command: click.Command, _path: str) -> Words:
    """What click has no error of its own for."""
    given = _given(error)
    if not isinstance(command, click.Group):
        return SUPERFLUOUS.filled(given=given)
    return unknown(given, command.list_commands(click.Context(command)), COMMAND) if given else NO_COMMAND


def _given(error: click.UsageError) -> str:
    found = GIVEN.search(error.message)
    return next(filter(None, found.groups()), "") if found else ""


def _metavar(parameter: click.Parameter) -> str:
    return parameter.metavar or str(parameter.name).upper()


KINDS: Mapping[str, Callable[[Any, click.Command, str], Words]] = {
    "NoSuchOption": _no_such_option,
    "NoSuchCommand": _rest,
    "MissingParameter": _missing,
    "BadParameter": _bad_value,
    "BadOptionUsage": _bad_use,
    "UsageError": _rest,
}
"""By the name of click's error: older versions lack some of them."""
