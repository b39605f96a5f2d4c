"""Options that several commands share, and the reading of their values."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import click

from docgen.company import SETTINGS_FILES
from docgen.definitions.definition import Definitions
from docgen.definitions.fields import parse
from docgen.errors import EXIT_FINE, EXIT_USAGE, UsageError
from docgen.model.case import Month
from docgen.model.problems import Words

Function = TypeVar("Function", bound=Callable[..., Any])


class CasePath(click.Path):
    """A path; nothing at all, as an unset shell variable gives, must not come to mean the folder one is in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value).strip():
            raise UsageError(Words("a FILE is empty; name a file or a folder", "FILE 为空：请指定文件或文件夹"))
        return super().convert(value, param, ctx)


def names_option(flag: str, help: str) -> Callable[[Function], Function]:
    """An option that takes names parted by commas, and may be given several times."""
    return click.option(flag, multiple=True, metavar="NAME,...", callback=_parted, help=help)


def forms_option(help: str = "Only these forms, by name; docgen forms lists them.") -> Callable[[Function], Function]:
    return names_option("--forms", help)


def paths_argument(function: Function) -> Function:
    """``FILE...``: workbooks, case files or folders of them. What can't be read is told with the other problems."""
    add = click.argument(
        "paths",
        nargs=-1,
        required=True,
        metavar="FILE...",
        type=CasePath(path_type=Path, readable=False),
        callback=_cases,
    )
    return add(function)


def only_option(function: Function) -> Function:
    return names_option("--only", "Only these cases, by case number or employee number.")(function)


def password_option(function: Function) -> Function:
    add = click.option(
        "--password",
        metavar="TEXT",
        default="",
        envvar="DOCGEN_PASSWORD",
        callback=_asked,
        help='Opens protected workbooks among FILE; "-" asks for it, so that it stands in no list of commands.',
    )
    return add(function)


def out_option(function: Function) -> Function:
    return click.option(
        "-o",
        "--out",
        metavar="PATH",
        callback=folder_given,
        help="The folder to write to; by default that of docgen.yaml, else ./out.",
    )(function)


def json_option(function: Function) -> Function:
    return click.option("--json", "for_programs", is_flag=True, help="For programs; docs/json.md describes it.")(
        function
    )


def date_option(help: str) -> Callable[[Function], Function]:
    return click.option("--date", "day", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help=help)


def month_option(help: str, required: bool = False) -> Callable[[Function], Function]:
    return click.option("--month", "month_text", metavar="YYYY-MM", required=required, help=help)


def report_option(function: Function) -> Function:
    add = click.option("--xlsx", "report", metavar="FILE", callback=_report, help="Also write the list as a workbook.")
    return add(function)


def month_named(text: str, definitions: Definitions) -> Month:
    """The month that ``--month`` names.

    Raises:
        UsageError: it names none.
    """
    month = parse(definitions.sheets["months"].fields["month"], text)
    if not isinstance(month, Month):
        raise UsageError(Words(NO_MONTH.en.format(value=text), NO_MONTH.zh.format(value=text)))
    return month


def known(names: Iterable[str], all_known: Collection[str], what: Words) -> tuple[str, ...]:
    """``names``, if each is one of ``all_known``.

    Raises:
        UsageError: one is not; the nearest is named.
    """
    wanted = tuple(dict.fromkeys(names))
    for name in wanted:
        if name not in all_known:
            raise UsageError(unknown(name, all_known, what))
    return wanted


def unknown(name: str, all_known: Collection[str], what: Words) -> Words:
    """That there is no such thing; the nearest is named, and all."""
    near = "".join(get_close_matches(name, all_known, 1))
    everything = ", ".join(all_known)
    return Words(
        f"{what.en} {name!r} is unknown{f'; did you mean {near!r}?' if near else '.'} Known: {everything}",
        f"{what.zh}“{name}”不存在{f'，是否指“{near}”？' if near else '。'}可用：{everything}",
    )


NO_MONTH = Words("--month {value}: name a month, as 2026-04", "--month {value}：请指定月份，如 2026-04")
FORM = Words("form", "表单")
FORMAT = Words("format", "格式")


def _cases(_ctx: click.Context, _parameter: click.Parameter, paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Without the settings, which ``*.yaml`` names along with the cases."""
    return tuple(path for path in paths if path.name.lower() not in SETTINGS_FILES) or paths


def _asked(_ctx: click.Context, _parameter: click.Parameter, value: str) -> str:
    return str(click.prompt("Password", hide_input=True, err=True)) if value == "-" else value


def missing(paths: tuple[Path, ...]) -> int:
    """The exit code for the names given: of a file that isn't there the list of problems speaks already."""
    return EXIT_FINE if all(map(os.path.exists, paths)) else EXIT_USAGE


def _parted(_ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Names parted by commas. Nothing at all, as an unset shell variable gives, must not come to mean everything."""
    parts = tuple(part.strip() for value in values for part in value.split(",") if part.strip())
    if values and not parts:
        raise empty(parameter)
    return parts


def _report(_ctx: click.Context, parameter: click.Parameter, value: str | None) -> Path | None:
    file = folder_given(_ctx, parameter, value)
    if file is not None and file.suffix.lower() != ".xlsx":
        raise UsageError(Words(f"{file}: name it .xlsx", f"{file}：文件名须以 .xlsx 结尾"))
    return file


def folder_given(_ctx: click.Context, parameter: click.Parameter, value: str | None) -> Path | None:
    """The folder an option names; nothing at all, as an unset shell variable gives, is refused."""
    if value is not None and not value.strip():
        raise empty(parameter)
    return None if value is None else Path(value)


def empty(parameter: click.Parameter) -> UsageError:
    """That an option was given with nothing, as an unset shell variable gives."""
    flag = parameter.opts[-1]
    return UsageError(Words(f"{flag} is empty; name something or leave it out", f"{flag} 为空：请填写内容或去掉该选项"))
