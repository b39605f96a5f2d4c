"""``docgen archive``: the signed copies as they come back. Finds the sub-command; what several of them share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from docgen.archive.filing import opened_archive
from docgen.cli import record
from docgen.cli.deciding import office_folder
from docgen.cli.group import Commands
from docgen.cli.language import language_option
from docgen.office.store import Store, looked_at, lost

COMMANDS = ("add", "queue", "file", "dismiss", "reopen", "confirm", "status", "verify", "anchor")


@click.group("archive", cls=Commands, modules={name: f"docgen.cli.archive_{name}" for name in COMMANDS})
@language_option
def command() -> None:
    """File what comes back signed: a pile of scans finds its papers by the codes on their pages.

    What is unclear waits for a person; nothing that was scanned is thrown away or changed.
    """


@contextmanager
def held_or_seen(out: Path | None, dry_run: bool) -> Iterator[Store]:
    """The office's folder: held, with what a stopped run left in its archive settled; or only looked at. What is wrong
    with its record is told.

    Raises:
        UsageError: nothing is on record there.
        EnvironmentLacks: another run holds it.
        RecordFault: its ledger has lost what its register knows.
    """
    office, folder = office_folder(out)
    with looked_at(folder) if dry_run else opened_archive(folder, office.access) as store:
        assert store is not None
        if store.register.before:  # what a trial would tell of the rest of the ledger would be wrong
            raise lost(store.register)
        record.tell(store.register.faults)
        yield store


@contextmanager
def archived(out: Path | None, dry_run: bool) -> Iterator[Store]:
    """The same; what is wrong with the record ends the command with the exit code for that."""
    with held_or_seen(out, dry_run) as store:
        code = record.exit_code(store.register.faults)
        yield store
    if code:
        click.get_current_context().exit(code)
