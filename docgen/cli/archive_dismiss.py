"""``docgen archive dismiss``: scanned pages that are none of ours."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from docgen.archive.dismissal import dismiss
from docgen.cli.archive import archived
from docgen.cli.deciding import decision_options, tell, why_option


@click.command("dismiss")
@click.argument("leaves", nargs=-1, required=True, metavar="PAGE...")
@why_option
@decision_options
def command(leaves: tuple[str, ...], why: str, out: Path | None, dry_run: bool) -> None:
    """Deal with waiting pages that belong to no paper: a sheet of somebody else, a page that was scanned twice.

    PAGE is a name such as 1a2b3c4d-17, as docgen archive queue lists it. The reason is kept in the ledger; the page
    stays in the pile with which it came.
    """
    with archived(out, dry_run) as store:
        tell(dismiss(store, leaves, why, date.today(), dry_run), dry_run)
