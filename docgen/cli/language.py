"""The language in which docgen speaks to its user: ``--language``, or that of the terminal."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import click

from docgen.model.problems import UiLanguage

KEY = "docgen.language"
Function = TypeVar("Function", bound=Callable[..., Any])


def _keep(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value:
        ctx.meta[KEY] = value


def language_option(command: Function) -> Function:
    """Add ``--language``; it may stand before the command or after it."""
    add = click.option(
        "--language",
        type=click.Choice(["en", "zh"]),
        callback=_keep,
        expose_value=False,
        is_eager=True,
        help="Language of messages; by default that of the terminal.",
    )
    return add(command)


def ui_language(ctx: click.Context | None = None) -> UiLanguage:
    """The language asked for in this run; ``meta`` is shared by the contexts of one run."""
    ctx = ctx or click.get_current_context()
    return cast(UiLanguage, ctx.meta.get(KEY) or language_of(os.environ))


def language_of(environment: Mapping[str, str]) -> UiLanguage:
    """``zh`` where the locale is Chinese, else ``en``."""
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next(filter(None, names), "").lower().startswith("zh") else "en"
