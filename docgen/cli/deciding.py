"""What the commands have in common that record what an office decides on its cases and documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from docgen.cli import record
from docgen.cli.language import language_option, ui_language
from docgen.cli.options import Function, empty, out_option
from docgen.errors import UsageError
from docgen.model.problems import Words
from docgen.office.decisions import Decision, decide
from docgen.office.publish import Access
from docgen.office.run import Office, definitions_near, office_near
from docgen.office.store import Store, is_on_record, looked_at, lost, opened
from docgen.office.visible import visible

WOULD_BE = Words("Would be recorded: {line}", "将登记：{line}")
NOTHING = Words(
    "{out}: nothing is on record there; name the folder of the office's documents with -o",
    "{out}：其中没有任何登记；请用 -o 指定存放文档的文件夹",
)


def names_argument(metavar: str) -> Callable[[Function], Function]:
    return click.argument("names", nargs=-1, required=True, metavar=f"{metavar}...")


def cases_argument(function: Function) -> Function:
    return names_argument("CASE")(function)


def why_option(function: Function) -> Function:
    add = click.option(
        "--why", metavar="TEXT", required=True, callback=_why, help="The reason, which is kept in the ledger."
    )
    return add(function)


def day_option(flag: str, name: str, help: str, required: bool = False) -> Callable[[Function], Function]:
    kind = click.DateTime(["%Y-%m-%d"])
    return click.option(flag, name, metavar="DATE", type=kind, required=required, help=help)


def decision_options(function: Function) -> Function:
    """``-o``, ``--dry-run`` and ``--language``."""
    dry_run = click.option("--dry-run", is_flag=True, help="Tell what would be recorded, and record nothing.")
    return out_option(dry_run(language_option(function)))


def carry_out(decision: Decision, names: Iterable[str], out: Path | None, dry_run: bool) -> None:
    """Record what is decided on cases, and tell it."""
    with on_record(out, dry_run) as store:
        tell(decide(store, decision, list(names), date.today(), dry_run), dry_run)


def tell(lines: Iterable[Words], dry_run: bool) -> None:
    language = ui_language()
    for line in lines:
        text = visible(line[language])
        click.echo(WOULD_BE[language].format(line=text) if dry_run else text)


@contextmanager
def on_record(out: Path | None, dry_run: bool) -> Iterator[Store]:
    """The office's folder: held, or only looked at. What is wrong with its record is told, and ends the command with
    the exit code for that.

    Raises:
        UsageError: nothing is on record there.
        EnvironmentLacks: another run holds it.
        RecordFault: its ledger has lost what its register knows.
    """
    office, folder = office_folder(out)
    with held_or_seen(folder, office.access, dry_run) as store:
        code = record.tell(store.register.faults)
        yield store
    if code:
        click.get_current_context().exit(code)


@contextmanager
def held_or_seen(folder: Path, access: Access, dry_run: bool) -> Iterator[Store]:
    """A folder where something is on record: held, or only looked at.

    Raises:
        EnvironmentLacks: another run holds it.
        RecordFault: its ledger has lost what its register knows.
    """
    with looked_at(folder) if dry_run else opened(folder, access) as store:
        assert store is not None
        if store.register.before:  # what a trial would tell of the rest of the ledger would be wrong
            raise lost(store.register)
        yield store


def office_folder(out: Path | None) -> tuple[Office, Path]:
    """The office whose settings hold here, and its folder.

    Raises:
        UsageError: nothing is on record there.
    """
    office = office_near(Path("."), definitions_near())
    folder = out or office.out
    if not is_on_record(folder):
        raise UsageError(NOTHING.filled(out=folder))
    return office, folder


def _why(_ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    text = " ".join(value.split())
    if not text:
        raise empty(parameter)
    return text
