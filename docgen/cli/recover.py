"""``docgen recover``: a ledger that was damaged is made fit to go on with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from docgen.cli.deciding import decision_options, office_folder, tell, why_option
from docgen.office.recovery import recover


@click.command("recover")
@why_option
@decision_options
def command(why: str, out: Path | None, dry_run: bool) -> None:
    """Go on with a damaged ledger of which there is no backup.

    What the register (register.sqlite) still knows and the ledger has lost is added to it; all other damage is noted,
    with the reason, and no longer told by each run. Nothing is taken out. A backup of the ledger is better: put it back
    first, and see what --dry-run tells.
    """
    office, folder = office_folder(out)
    tell(recover(folder, why, date.today(), office.access, dry_run), dry_run)
