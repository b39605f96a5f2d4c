"""The ``docgen`` command: finds the subcommand, and turns what stops a run into a message and an exit code."""

from __future__ import annotations

import errno
import gc
import sys
from io import TextIOWrapper
from typing import Any, NoReturn

import click

from docgen import __version__
from docgen.cli import usage
from docgen.cli.group import Commands
from docgen.cli.language import keep_language, language_option, ui_language
from docgen.errors import EXIT_ENVIRONMENT, DocgenError
from docgen.model.problems import Words
from docgen.office.visible import visible

COMMANDS = (
    *("check", "generate", "blank", "preview", "new", "rollover", "status", "due", "pack", "archive"),
    *("void", "close", "reopen", "pause", "resume", "extend", "recover"),
    *("init", "templates", "forms", "schema", "explain", "doctor"),
)
EXIT_INTERRUPTED = 130
STOPPED = Words("Stopped; no half-written file was left.", "已停止；未留下写到一半的文件。")


class App(Commands):
    """Ends with a message and an exit code, whatever stops a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        keep_language(ctx, args)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            _stop(ctx, usage.told(error, ctx))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            _stop(ctx, usage.told(error, ctx))
        except DocgenError as error:
            _stop(ctx, error)
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader has had enough; click ends quietly
                raise
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"docgen: {visible(place + (error.strerror or str(error)))}", err=True)
            ctx.exit(EXIT_ENVIRONMENT)
        except KeyboardInterrupt:
            click.echo(STOPPED[ui_language(ctx)], err=True)
            ctx.exit(EXIT_INTERRUPTED)


def _stop(ctx: click.Context, error: DocgenError) -> NoReturn:
    click.echo(f"docgen: {visible(error.words[ui_language(ctx)])}", err=True)
    ctx.exit(error.exit_code)


@click.group(
    cls=App,
    modules={name: f"docgen.cli.{name}" for name in COMMANDS},
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, package_name="docgen", message="docgen %(version)s")
@language_option
def app() -> None:
    """Make the paperwork of a performance improvement: checked data in, Word and PDF out, signed copies back.

    Exit codes: 0 fine; 1 the data has problems, or a page waits for a person; 2 usage; 3 a document could not be made;
    4 the machine lacks something; 5 the record of what was issued or came back, or a file of it, was damaged.
    """


def calm_collector() -> None:
    """Let Python look for circles of garbage seldom: a run makes millions of rows and values, and no such circle.

    A tenth of the time of a big check went into looking through them again and again.
    """
    gc.set_threshold(50_000, 20, 20)


def main() -> None:
    """Run the command line and exit; a terminal that can't show a character shows ``?`` in its place."""
    calm_collector()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    app(prog_name="docgen")
