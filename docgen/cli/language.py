"""The language in which docgen speaks to its user: ``--language``, or that of the terminal."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile, zip_longest
from typing import Any, TypeVar, cast

import click

from docgen.model.problems import UiLanguage

KEY = "docgen.language"
FLAG = "--language"
LANGUAGES = ("en", "zh")
Function = TypeVar("Function", bound=Callable[..., Any])


def keep_language(ctx: click.Context, line: Sequence[str]) -> None:
    """Keep what ``--language`` names anywhere on the line, so that errors found before it is read are told in it."""
    options = list(takewhile(lambda one: one != "--", line))
    for one, following in zip_longest(options, options[1:]):
        flag, _, value = one.partition("=")
        if flag == FLAG and (value or following) in LANGUAGES:
            ctx.meta[KEY] = value or following


def language_option(command: Function) -> Function:
    """Add ``--language``; it may stand before the command or after it."""
    add = click.option(
        FLAG,
        type=click.Choice(LANGUAGES),
        expose_value=False,
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
